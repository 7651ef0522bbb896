"""The suggestions of a project: codes offered, accepted or rejected, measured; searching.

A suggestion never counts as a coding. What a coder was shown is kept; in a round without
suggestions nothing is shown and nothing computed for its coders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode import exporting
from qualcode.errors import UndefinedRequestError
from qualcode.importing.column_aliases import match_column
from qualcode.messages import Message
from qualcode.model import (
    Case,
    CodeCandidate,
    Coding,
    Exposure,
    Hit,
    Rejection,
    Round,
    Segment,
    SegmentKind,
    Span,
    Suggestion,
    SuggestionReport,
    Transcript,
)
from qualcode.placement import Placement
from qualcode.project.layers import FINAL
from qualcode.project.part import Part

if TYPE_CHECKING:
    import altair as alt

    from qualcode.project.snapshot import Snapshot
    from qualcode.suggesting import CodedPassage, Ranker, SegmentText

OfferedSegment = tuple[Segment, tuple[Suggestion, ...]]


class Suggestions(Part):
    """What the program suggests, and what a search finds."""

    def offer(
        self,
        transcript: str,
        *,
        unit: SegmentKind = SegmentKind.SENTENCE,
        limit: int = 3,
        floor: float = 0.0,
    ) -> tuple[tuple[Segment, tuple[Suggestion, ...]], ...]:
        """Return suggestions for what respondents said, and keep that the acting coder saw them.

        Args:
            transcript: Name of the transcript.
            unit: The pieces of text: sentences, turns or paragraphs.
            limit: Suggestions per piece, at most.
            floor: Least probability.

        Returns:
            Each piece with its suggestions, best first, rejected ones left out; pieces
            without any are left out.

        Raises:
            UndefinedRequestError: the coder is in an open round without suggestions, or the
                transcripts are not segmented yet.
        """
        with self._snapshot() as snapshot:
            self._refuse_suggestions(snapshot, transcript)
            text = snapshot.transcript(transcript)
            segments = _respondents_segments(snapshot, text, unit)
            questions = _questions(snapshot, text)
            ranking = self._ranker(snapshot).rank(
                [_segment_text(text, segment.span, questions) for segment in segments]
            )
            rejected: dict[Span, set[str]] = {}
            for rejection in snapshot.rejections:
                if (rejection.coder, rejection.transcript) == (self._coder, transcript):
                    rejected.setdefault(rejection.span, set()).add(rejection.code)
        offers: list[OfferedSegment] = []
        for row, segment in enumerate(segments):
            leave_out = rejected.get(segment.span, set())
            suggestions = ranking.of(row, limit, floor, leave_out=leave_out, with_reason=True)
            if suggestions:
                offers.append((segment, suggestions))
        # Kept though nothing was accepted yet: the report compares agreement with and without.
        self._keep_exposures(offers)
        return tuple(offers)

    def allowed(self, transcript: str) -> bool:
        """Tell whether suggestions may be shown to the acting coder in a transcript now."""
        with self._snapshot() as snapshot:
            return not any(
                self._coder in round_.coders and _is_silent(round_, transcript)
                for round_ in snapshot.rounds
            )

    def _refuse_suggestions(self, snapshot: Snapshot, transcript: str) -> None:
        for round_ in snapshot.rounds:
            if self._coder in round_.coders and _is_silent(round_, transcript):
                raise UndefinedRequestError(
                    Message(
                        "{coder} codes '{transcript}' in round '{name}', which has no "
                        "suggestions: they would steer the coding. They are shown once all "
                        "have handed in, and outside that round.",
                        coder=self._coder,
                        transcript=transcript,
                        name=round_.name,
                    )
                )

    def _ranker(self, snapshot: Snapshot) -> Ranker:
        """Return the suggesters, taught by what the acting coder coded and rejected."""
        from qualcode.language import load_language
        from qualcode.suggesting import ExamplesSuggester, Ranker

        language = load_language(snapshot.info.language)
        ranker = Ranker(snapshot.codebook, language, snapshot.guides)
        passages = tuple(_passages_of_coder(snapshot, self._coder))
        if not passages:
            return ranker
        examples = ExamplesSuggester(ranker.book.paths, passages)
        for rejection in snapshot.rejections:
            if rejection.coder == self._coder:
                text = snapshot.transcript(rejection.transcript).text
                examples.learn(rejection.span.of(text), rejection.code, accepted=False)
        return ranker.fit_to(passages).with_suggesters(examples)

    def _keep_exposures(self, offers: Sequence[OfferedSegment]) -> None:
        exposures = tuple(
            Exposure(
                self._coder,
                segment.transcript,
                segment.span,
                tuple(suggestion.code for suggestion in suggestions),
                f"{suggestions[0].suggester}@{suggestions[0].version}",
            )
            for segment, suggestions in offers
        )
        with self._store.step(self._coder):
            self._store.add_coder(self._coder, self._coder)
            self._store.expose(exposures, self._coder)

    def accept(self, suggestion: Suggestion, transcript: str) -> Coding:
        """Make a coding of a suggestion; its origin names the suggester.

        Raises:
            UndefinedRequestError: the suggestion is for no text.
            DuplicateError: this coder gave this passage this code already.
        """
        if suggestion.span is None:
            raise UndefinedRequestError("This suggestion is for an empty text; code by hand.")
        placement = Placement(transcript, suggestion.span, suggestion.code, self._coder)
        (coding,) = self._project.codings.add_placements((placement,), origin=suggestion.origin)
        return coding

    def reject(self, suggestion: Suggestion, segment: Segment, *, again: bool = False) -> None:
        """Keep that the acting coder rejected a suggestion, so that it is not shown again.

        Args:
            suggestion: What was suggested.
            segment: The piece of text it was suggested for.
            again: Take the rejection back instead.
        """
        rejection = Rejection(
            self._coder,
            segment.transcript,
            segment.span,
            suggestion.code,
            f"{suggestion.suggester}@{suggestion.version}",
        )
        with self._store.step(self._coder):
            self._store.add_coder(self._coder, self._coder)
            if again:
                self._store.unreject(rejection, self._coder)
            else:
                self._store.reject(rejection, self._coder)

    def collect_exposures(self) -> tuple[Exposure, ...]:
        """Return which suggestions coders were shown, in the order of time."""
        with self._snapshot() as snapshot:
            return snapshot.exposures

    def collect_rejections(self) -> tuple[Rejection, ...]:
        """Return which suggested codes coders rejected, in the order of time."""
        with self._snapshot() as snapshot:
            return snapshot.rejections

    # --- measuring ---------------------------------------------------------------------------

    def evaluate(
        self, layer: str = FINAL, tell: Callable[[float], None] = lambda _share: None
    ) -> SuggestionReport:
        """Return how good suggestions are against the project's own codings.

        Args:
            layer: Whose codings count, as in ``codings.collect_layer``.
            tell: Is called with the share of the work that is done, 0 to 1; what it raises ends
                the work.

        Raises:
            UndefinedRequestError: nothing is coded yet.
        """
        from qualcode.language import load_language
        from qualcode.suggesting import evaluate

        with self._snapshot() as snapshot:
            codebook, guides = snapshot.codebook, snapshot.guides
            language = load_language(snapshot.info.language)
            codings = self._project.codings.collect_layer(layer)
            passages = tuple(_coded_and_uncoded_passages(snapshot, codings))
        return evaluate(codebook, language, passages, guides, tell)

    def draw_calibration(self, report: SuggestionReport, *, language: str = "") -> alt.LayerChart:
        """Return how sure suggestions were against how often they were right."""
        language = language or self._project.info.language
        return exporting.draw_calibration(report, language=language)

    # --- searching ---------------------------------------------------------------------------

    def find(
        self,
        *,
        lemma: str = "",
        pattern: str = "",
        code: str | Sequence[str] = (),
        where: Mapping[str, str] | None = None,
        everyone: bool = False,
    ) -> tuple[Hit, ...]:
        """Return the places where something is said, in the order of the texts.

        Args:
            lemma: Words, found in any form.
            pattern: A regular expression.
            code: Path of a code, or several: only where it was given, or each of them.
            where: Case attributes and the values they must have.
            everyone: Look in what interviewers said too.

        Raises:
            UnknownNameError: no such code, attribute or value of an attribute.
        """
        from qualcode.language import load_language
        from qualcode.suggesting import find, transcripts_where

        with self._snapshot() as snapshot:
            for path in (code,) if isinstance(code, str) else code:
                if path:
                    snapshot.codebook.code(path)
            attributes = dict(_attribute_names(where or {}, snapshot.cases))
            transcripts = transcripts_where(snapshot.transcripts, snapshot.cases, attributes)
            codings, language = snapshot.codings, load_language(snapshot.info.language)
        return find(
            transcripts,
            language,
            lemma=lemma,
            pattern=pattern,
            code=code,
            codings=codings,
            everyone=everyone,
        )

    def code_hits(self, hits: Iterable[Hit], code: str) -> tuple[Coding, ...]:
        """Give every hit a code, as one step that can be undone.

        Raises:
            DuplicateError: one of them has it already; nothing was coded.
        """
        placements = [Placement(hit.transcript, hit.span, code, self._coder) for hit in hits]
        return self._project.codings.add_placements(placements, origin="find")

    def propose_codes(self, layer: str = FINAL) -> tuple[CodeCandidate, ...]:
        """Return words that respondents say often and that the codebook does not have."""
        from qualcode.language import load_language
        from qualcode.suggesting import propose_codes

        with self._snapshot() as snapshot:
            return propose_codes(
                snapshot.transcripts,
                self._project.codings.collect_layer(layer),
                snapshot.codebook,
                load_language(snapshot.info.language),
            )


def _is_silent(round_: Round, transcript: str) -> bool:
    """Tell whether suggestions would steer the coding of a round that is under way."""
    open_ = not round_.closed and round_.covers(transcript)
    return open_ and (round_.blind or not round_.suggestions)


def _respondents_segments(
    snapshot: Snapshot, text: Transcript, unit: SegmentKind
) -> tuple[Segment, ...]:
    segments = snapshot.segments(unit, text.name)
    if not segments:
        raise UndefinedRequestError(
            Message(
                "Transcript '{name}' is not cut into units of kind '{value}' yet. Cut it: "
                "qualcode segment",
                name=text.name,
                value=unit.value,
            )
        )
    respondents = {turn.number for turn in text.respondent_turns()}
    return tuple(segment for segment in segments if set(segment.turns) <= respondents)


def _questions(snapshot: Snapshot, text: Transcript) -> tuple[tuple[Span, str, str], ...]:
    """Return each answer with the id of its guide question and the interviewer's words."""
    respondents = {turn.number for turn in text.respondent_turns()}
    turns = {turn.number: turn for turn in text.turns}
    questions = []
    for answer in snapshot.segments(SegmentKind.ANSWER, text.name):
        words = [turns[n].span.of(text.text) for n in answer.turns if n not in respondents]
        questions.append((answer.span, answer.question or "", " ".join(words)))
    return tuple(questions)


def _segment_text(
    text: Transcript, span: Span, questions: Sequence[tuple[Span, str, str]]
) -> SegmentText:
    from qualcode.suggesting import SegmentText

    key = f"{text.name}:{span.start}-{span.end}"
    for answer, question, words in questions:
        if answer.contains(span):
            return SegmentText(key, span.of(text.text), question or words, span.start, words)
    return SegmentText(key, span.of(text.text), "", span.start)


def _passages_of_coder(snapshot: Snapshot, coder: str) -> Iterator[CodedPassage]:
    """Yield the passages that a coder coded, with their questions."""
    from qualcode.suggesting import CodedPassage

    passages: dict[str, dict[Span, set[str]]] = {}
    for coding in snapshot.codings:
        if coding.coder == coder:
            spans = passages.setdefault(coding.transcript, {})
            spans.setdefault(coding.span, set()).add(coding.code)
    for name, spans in passages.items():
        text = snapshot.transcript(name)
        questions = _questions(snapshot, text)
        for span, codes in spans.items():
            segment = _segment_text(text, span, questions)
            yield CodedPassage(segment, name, frozenset(codes))


def _coded_and_uncoded_passages(
    snapshot: Snapshot, codings: Sequence[Coding]
) -> Iterator[CodedPassage]:
    """Yield the coded passages, and the sentences of coded interviews without a code."""
    from qualcode.suggesting import CodedPassage

    for text in snapshot.transcripts_coded_in(codings):
        text_codings = [coding for coding in codings if coding.transcript == text.name]
        questions = _questions(snapshot, text)
        for span in sorted({coding.span for coding in text_codings}):
            # A longer coding holds for the shorter passage within it too.
            codes = frozenset(c.code for c in text_codings if c.span.contains(span))
            yield CodedPassage(_segment_text(text, span, questions), text.name, codes)
        # What a coder read and left uncoded is evidence too: against every code.
        for segment in _respondents_segments(snapshot, text, SegmentKind.SENTENCE):
            if not any(coding.span.overlaps(segment.span) for coding in text_codings):
                words = _segment_text(text, segment.span, questions)
                yield CodedPassage(words, text.name, frozenset())


def _attribute_names(where: Mapping[str, str], cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """Yield attributes with their values, by the names that the table of respondents became."""
    known = {name for case in cases for name in case.attributes}
    for key, value in where.items():
        # A column "groep" was read as the attribute "group": its reader asks for "groep".
        names = (n for n in Case.USUAL_ATTRIBUTES if match_column((key,), n) is not None)
        yield (key if key in known else next(names, key)), value
