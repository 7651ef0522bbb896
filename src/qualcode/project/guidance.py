"""What suggestions say of the work: what to code next, what was missed, which codes to trust.

Nothing is said of an interview in an open round without suggestions, not even in which order to
read: it would steer the coding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.errors import ReadOnlyProjectError, UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import (
    CONSENSUS,
    CodeTrust,
    Coding,
    Coefficient,
    Exposure,
    MissedCode,
    MissedReport,
    NextInterview,
    NextPassage,
    Segment,
    SegmentKind,
    Transcript,
    TrustReport,
)
from qualcode.model.suggestion import LIKELY
from qualcode.project.coded_passages import TextReader, collect_passages, respondents_segments
from qualcode.project.languages import commonest_language
from qualcode.project.part import Part

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot
    from qualcode.project.suggestion_model import SuggestionModel
    from qualcode.storage import Store

Tell = Callable[[float], None]


class Guidance(Part):
    """What suggestions say of the work of the acting coder."""

    def __init__(self, project: Project, store: Store, coder: str, model: SuggestionModel) -> None:
        super().__init__(project, store, coder)
        self._model = model

    def plan_next(self, limit: int = 5) -> tuple[NextInterview, ...]:
        """Return the interviews that the acting coder has not coded, the most instructive first.

        That the coder saw the codes of sentences is kept, as for every suggestion. Where nothing
        can be kept, the sentences have no codes.

        Args:
            limit: Sentences per interview, at most.

        Raises:
            UndefinedRequestError: the transcripts are not segmented yet.
        """
        with self._snapshot() as snapshot:
            coded = {c.transcript for c in snapshot.codings if c.coder == self._coder}
            texts = [
                text
                for text in snapshot.transcripts
                if text.name not in coded and self._may_see(snapshot, text)
            ]
            read = [self._value(snapshot, text, limit) for text in texts]
        try:
            self._keep_shown(read)
            self._model.keep()
        except ReadOnlyProjectError:
            read = [_without_codes(interview) for interview in read]
        usual = sum(i.value * i.sentences for i in read) / max(sum(i.sentences for i in read), 1)
        relative = [
            NextInterview(i.transcript, i.value / (usual or 1), i.sentences, i.passages)
            for i in read
        ]
        return tuple(sorted(relative, key=lambda interview: -interview.value))

    def _value(self, snapshot: Snapshot, text: Transcript, limit: int) -> NextInterview:
        from qualcode.suggesting import example_counts, most_instructive

        segments = respondents_segments(snapshot, text, SegmentKind.SENTENCE)
        reader = TextReader(snapshot, text)
        ranking = self._model.ranker(snapshot, text).rank(
            [reader.segment_text(segment.span) for segment in segments]
        )
        passages = list(collect_passages(snapshot, snapshot.codings, finished=False))
        examples = example_counts(snapshot.codebook, passages)
        mean, instructive = most_instructive(ranking, examples, limit)
        chosen = tuple(
            NextPassage(segments[row], value, codes) for row, value, codes in instructive
        )
        return NextInterview(text.name, mean, len(segments), chosen)

    def find_missed(self, transcript: str = "", tell: Tell = lambda _share: None) -> MissedReport:
        """Return likely codes that the acting coder did not give in finished interviews.

        Each interview is judged by what the others taught. What is shown is kept, as for every
        suggestion. An interview is finished where the coder handed in a round that it is in, or
        where it is coded and in no open round.

        Args:
            transcript: Name of one finished interview; all of them by default.
            tell: Receives the share of the work done, 0 to 1; what it raises ends the work.

        Raises:
            UndefinedRequestError: the interview is not finished, or in an open round without
                suggestions.
        """
        with self._snapshot() as snapshot:
            finished = self._finished(snapshot)
            if transcript:
                snapshot.transcript(transcript)
                if transcript not in {text.name for text in finished}:
                    raise _not_finished(transcript)
                finished = [text for text in finished if text.name == transcript]
            missed: list[MissedCode] = []
            for number, text in enumerate(finished):
                tell(number / len(finished))
                missed += self._missed_in(snapshot, text)
            checked = self._check(snapshot, missed)
        missed.sort(key=lambda item: -item.suggestion.probability)
        self._keep_exposures(missed)
        return MissedReport(tuple(missed), tuple(text.name for text in finished), checked)

    def _missed_in(self, snapshot: Snapshot, text: Transcript) -> list[MissedCode]:
        segments = respondents_segments(snapshot, text, SegmentKind.SENTENCE)
        reader = TextReader(snapshot, text)
        ranking = self._model.ranker_without(snapshot, text).rank(
            [reader.segment_text(segment.span) for segment in segments]
        )
        own_codings = [c for c in snapshot.codings if _is_of(c, text.name, self._coder)]
        return [
            MissedCode(text.name, segment, suggestion)
            for row, segment in enumerate(segments)
            for suggestion in ranking.of(row, None, LIKELY, with_reason=True)
            if not any(
                coding.span.overlaps(segment.span) and _is_near(coding.code, suggestion.code)
                for coding in own_codings
            )
        ]

    def _check(self, snapshot: Snapshot, missed: Sequence[MissedCode]) -> Coefficient:
        """Return to which share of the sentences somebody else gave the code."""
        codings_of_others: dict[str, list[Coding]] = defaultdict(list)
        for coding in snapshot.codings:
            if coding.coder not in (self._coder, CONSENSUS):
                codings_of_others[coding.transcript].append(coding)
        read = [item for item in missed if item.transcript in codings_of_others]
        if not read:
            reason = Message("nobody else coded these interviews, or nothing was found in them")
            return Coefficient("checked", None, reason)
        right = sum(
            any(
                coding.span.overlaps(item.segment.span) and coding.code == item.suggestion.code
                for coding in codings_of_others[item.transcript]
            )
            for item in read
        )
        return Coefficient("checked", right / len(read), units=len(read))

    def judge_codes(self, tell: Tell = lambda _share: None) -> TrustReport:
        """Return per code whether to suggest it, and from which probability on to trust it.

        Args:
            tell: Receives the share of the work done, 0 to 1; what it raises ends the work.

        Raises:
            UndefinedRequestError: too few interviews are coded.
        """
        from qualcode.language import load_language
        from qualcode.suggesting import Ranker, judge_codes

        with self._snapshot() as snapshot:
            codings = snapshot.codings
            coded = snapshot.transcripts_coded_in(codings)
            language = commonest_language(coded, snapshot.info.language)
            names = {text.name for text in coded if text.language == language}
            codings = tuple(coding for coding in codings if coding.transcript in names)
            passages = tuple(collect_passages(snapshot, codings))
            agreement = _agreement_of(snapshot, codings)
            vectors = self._model.vectors(snapshot)
            words = load_language(language)
            ranker = Ranker(snapshot.codebook, words, snapshot.guides, vectors=vectors)
            ranker = self._model.extension(snapshot)(ranker)
            report = judge_codes(ranker, passages, agreement, tell)
        with suppress(ReadOnlyProjectError):
            self._model.keep_trust(report, [code.code for code in report.codes])
        return report

    def read_trust(self) -> dict[str, CodeTrust]:
        """Return what :meth:`judge_codes` said last, per code of the present codebook."""
        with self._snapshot() as snapshot:
            paths = [code.path for code in snapshot.codebook.active]
        # Kept before a blind round began, it may rest on codings that are hidden now.
        return {} if self._store.bound() else self._model.read_trust(paths)

    # --- what may be seen --------------------------------------------------------------------

    def _may_see(self, snapshot: Snapshot, text: Transcript) -> bool:
        from qualcode.project.suggestions import is_silent

        return not any(
            self._coder in round_.coders and is_silent(round_, text.name)
            for round_ in snapshot.rounds
        )

    def _finished(self, snapshot: Snapshot) -> list[Transcript]:
        own_texts = {c.transcript for c in snapshot.codings if c.coder == self._coder}
        finished = []
        for text in snapshot.transcripts:
            rounds = [r for r in snapshot.rounds if self._coder in r.coders and r.covers(text.name)]
            is_handed_in = any(self._coder in round_.handed_in for round_ in rounds)
            # Handed in and opened again is not finished: a list would steer what is still to come.
            under_way = any(not r.closed and self._coder not in r.handed_in for r in rounds)
            if (
                (is_handed_in or text.name in own_texts)
                and not under_way
                and self._may_see(snapshot, text)
            ):
                finished.append(text)
        return finished

    def _keep_shown(self, interviews: Iterable[NextInterview]) -> None:
        from qualcode.suggesting import VERSION

        self._expose(
            Exposure(self._coder, interview.transcript, p.segment.span, p.codes, f"next@{VERSION}")
            for interview in interviews
            for p in interview.passages
        )

    def _keep_exposures(self, missed: Iterable[MissedCode]) -> None:
        by_place: dict[tuple[str, Segment], list[str]] = {}
        for item in missed:
            by_place.setdefault((item.transcript, item.segment), []).append(item.suggestion.code)
        version = next((f"missed@{item.suggestion.version}" for item in missed), "missed")
        self._expose(
            Exposure(self._coder, name, segment.span, tuple(codes), version)
            for (name, segment), codes in by_place.items()
        )
        self._model.keep()

    def _expose(self, exposures: Iterable[Exposure]) -> None:
        with self._store.step(self._coder):
            # Who only read suggestions has no codings yet, and an exposure belongs to a coder.
            self._store.add_coder(self._coder, self._coder)
            self._store.expose(tuple(exposures), self._coder)


def _without_codes(interview: NextInterview) -> NextInterview:
    passages = tuple(replace(passage, codes=()) for passage in interview.passages)
    return replace(interview, passages=passages)


def _is_of(coding: Coding, transcript: str, coder: str) -> bool:
    return (coding.transcript, coding.coder) == (transcript, coder)


def _is_near(code: str, path: str) -> bool:
    """Tell whether a code is the other, or above or below it."""
    return code == path or code.startswith(f"{path}/") or path.startswith(f"{code}/")


def _not_finished(transcript: str) -> UndefinedRequestError:
    return UndefinedRequestError(
        Message(
            "'{transcript}' is not finished: hand in its round first, or code it outside a "
            "round. A list of missed codes would steer the coding.",
            transcript=transcript,
        )
    )


def _agreement_of(snapshot: Snapshot, codings: Sequence[Coding]) -> dict[str, tuple[float, int]]:
    """Return the positive agreement of coders on each code, and the sentences it rests on.

    Of the sentences to which one coder of a pair gave the code, counted per coder, the share to
    which the other did too (Dice 1945), in interviews that several coded.
    """
    spans: dict[tuple[str, str], dict[str, list[Coding]]] = defaultdict(lambda: defaultdict(list))
    coders: dict[str, set[str]] = defaultdict(set)
    for coding in codings:
        if coding.coder != CONSENSUS:
            spans[coding.transcript, coding.code][coding.coder].append(coding)
            coders[coding.transcript].add(coding.coder)
    agreeing: dict[str, int] = defaultdict(int)
    possible: dict[str, int] = defaultdict(int)
    places: dict[str, int] = defaultdict(int)
    for (name, code), by_coder in spans.items():
        if len(coders[name]) < 2:
            continue
        text = snapshot.transcript(name)
        for segment in respondents_segments(snapshot, text, SegmentKind.SENTENCE):
            gave = sum(
                any(coding.span.overlaps(segment.span) for coding in own)
                for own in by_coder.values()
            )
            further_coders = len(coders[name]) - 1
            # Each pair of coders is counted from both sides.
            agreeing[code] += gave * (gave - 1)
            possible[code] += gave * further_coders
            places[code] += bool(gave)
    return {
        code: (agreeing[code] / possible[code], places[code]) for code in possible if possible[code]
    }
