"""Units of analysis: which stretches of the interviews are compared.

A unit has a code when a coding of that code covers at least one character of the unit that
is not white space. Only respondents' words belong to a unit: what an interviewer says is in
none, so adding an interviewer's turn changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import AgreementUnit, Coding, Segment, Span, Transcript

UNIT_WORDS = {
    AgreementUnit.TURN: "respondents' turns",
    AgreementUnit.SENTENCE: "respondents' sentences",
    AgreementUnit.PARAGRAPH: "respondents' paragraphs",
    AgreementUnit.ANSWER: "respondents' answers",
    AgreementUnit.CHARACTER: "characters of respondents' words",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of analysis.

    Attributes:
        transcript: Name of the transcript.
        span: From its first to its last word, in code points.
        parts: Where respondents speak within it.
        cluster: Whose words they are, where respondents are the sample; ``""`` where interviews
            are. Units of one cluster resemble each other, so intervals leave out whole clusters.
    """

    transcript: str
    span: Span
    parts: tuple[Span, ...]
    cluster: str = ""


class _CutUnits(Mapping[str, tuple[Unit, ...]]):
    """The units of interviews by name, cut when they are asked for; the latest are kept."""

    def __init__(
        self,
        transcripts: Sequence[Transcript],
        spans: Mapping[str, Sequence[Span]] | None,
        answers: Collection[str],
    ) -> None:
        self._transcripts = {transcript.name: transcript for transcript in transcripts}
        self._spans = spans
        self._answers = answers
        self._latest: tuple[str, tuple[Unit, ...]] | None = None

    def __getitem__(self, name: str) -> tuple[Unit, ...]:
        latest = self._latest
        if latest is None or latest[0] != name:
            latest = self._latest = name, self._cut(self._transcripts[name])
        return latest[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._transcripts)

    def __len__(self) -> int:
        return len(self._transcripts)

    def _cut(self, transcript: Transcript) -> tuple[Unit, ...]:
        spoken = tuple(turn.span for turn in transcript.respondent_turns())
        cuts = spoken
        if self._spans is not None:
            cuts = tuple(sorted(self._spans.get(transcript.name, ())))
        _refuse_overlap(transcript, cuts)
        units = tuple(_cut_units(transcript, cuts, spoken))
        if transcript.name in self._answers:
            units = tuple(_with_speakers(transcript, units))
        return units


@dataclass(frozen=True, slots=True)
class UnitsOfAnalysis:
    """The units of some interviews.

    Attributes:
        kind: What is counted: the units themselves, or their characters.
        transcripts: The interviews, in the order given.
        by_transcript: The units of each interview by its name, in order of position.
        answers: Names of the transcripts in which the units have clusters: the speakers.
    """

    kind: AgreementUnit
    transcripts: tuple[Transcript, ...]
    by_transcript: Mapping[str, tuple[Unit, ...]]
    answers: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        transcripts: Sequence[Transcript],
        segments: Sequence[Segment] | None = None,
        kind: str = "",
        *,
        answers: Collection[str] = (),
    ) -> UnitsOfAnalysis:
        """Return the units of interviews.

        Args:
            transcripts: The interviews.
            segments: Units of one kind; respondents' turns by default.
            kind: ``character`` counts the characters of these units instead, white space left
                out; by default the units themselves are counted.
            answers: Names of transcripts that hold the answers of several respondents, such as
                those to a survey: there each speaker is a cluster of units, not the transcript.

        Raises:
            InvalidValueError: segments of several kinds, segments that overlap, or a kind that
                is not theirs.
        """
        unit_kind = _check_kind(segments, kind)
        # an empty list of segments means no units; only None means turns
        if segments is None:
            return cls.of_spans(transcripts, None, unit_kind, answers=answers)
        spans: dict[str, list[Span]] = {transcript.name: [] for transcript in transcripts}
        for segment in segments:
            if segment.transcript in spans:
                spans[segment.transcript].append(segment.span)
        return cls.of_spans(transcripts, spans, unit_kind, answers=answers)

    @classmethod
    def of_spans(
        cls,
        transcripts: Sequence[Transcript],
        spans: Mapping[str, Sequence[Span]] | None,
        kind: AgreementUnit,
        *,
        answers: Collection[str] = (),
        keep: bool = True,
    ) -> UnitsOfAnalysis:
        """Return the units that lie at given places of interviews.

        Args:
            transcripts: The interviews.
            spans: The places by name of the transcript; None for respondents' turns.
            kind: What is counted.
            answers: Names of transcripts that hold the answers of several respondents; see
                :meth:`of`.
            keep: Whether all units are made now and kept. Otherwise those of an interview are made
                when they are asked for, and only the latest are kept: for one pass over a million
                sentences.

        Raises:
            InvalidValueError: places that overlap; only when they are asked for if not kept.
        """
        by_transcript: Mapping[str, tuple[Unit, ...]] = _CutUnits(transcripts, spans, answers)
        if keep:
            by_transcript = dict(by_transcript)
        in_transcripts = frozenset(answers) & {transcript.name for transcript in transcripts}
        return cls(kind, tuple(transcripts), by_transcript, in_transcripts)

    @property
    def of_respondents(self) -> bool:
        """Whether respondents are the sample, not interviews."""
        return any(self.by_transcript[name] for name in self.answers)

    @property
    def words(self) -> str:
        """What is counted, in words."""
        return UNIT_WORDS[self.kind]

    def within(self, names: Collection[str]) -> UnitsOfAnalysis:
        """Return the units of some of the interviews."""
        transcripts = tuple(t for t in self.transcripts if t.name in names)
        return replace(self, transcripts=transcripts)


def _check_kind(segments: Sequence[Segment] | None, unit: str) -> AgreementUnit:
    """Return what is counted: the segments, or their characters."""
    # figures of turns and of sentences together would be of neither
    kinds = {segment.kind.value for segment in segments or ()} or {AgreementUnit.TURN.value}
    if len(kinds) > 1:
        names = ", ".join(sorted(kinds))
        raise InvalidValueError(
            Message("Units of several kinds ({names}) cannot be compared: give one.", names=names)
        )
    (kind,) = kinds
    if unit not in ("", kind, AgreementUnit.CHARACTER):
        raise InvalidValueError(
            Message(
                "'{unit}' cannot be the unit here: the segments given are of kind '{kind}'. "
                "Give segments of that kind, or ask for '{character}'.",
                unit=unit,
                kind=kind,
                character=AgreementUnit.CHARACTER,
            )
        )
    return AgreementUnit(unit or kind)


def _refuse_overlap(transcript: Transcript, spans: Sequence[Span]) -> None:
    for span, following in pairwise(spans):
        if span.overlaps(following):
            raise InvalidValueError(
                Message(
                    "Segments of '{name}' overlap at {start}: use units that do not.",
                    name=transcript.name,
                    start=following.start,
                )
            )


def _cut_units(
    transcript: Transcript, spans: Sequence[Span], spoken: Sequence[Span]
) -> Iterator[Unit]:
    for span in spans:
        shared = (turn.intersection(span) for turn in _overlapping(spoken, span))
        # a unit of white space only cannot have a code, so nobody could agree on it
        parts = tuple(p for p in shared if p and not p.of(transcript.text).isspace())
        if parts:
            yield Unit(transcript.name, span, parts)


def words_of_unit(unit: Unit, text: str) -> int:
    """Return the number of respondents' words in a unit."""
    return sum(len(part.of(text).split()) for part in unit.parts)


def _with_speakers(transcript: Transcript, units: Sequence[Unit]) -> Iterator[Unit]:
    """Yield units with the speaker of their first words as their cluster."""
    turns = transcript.respondent_turns()
    spans = [turn.span for turn in turns]
    for unit in units:
        turn = turns[bisect_right(spans, unit.span.start, key=lambda span: span.end)]
        yield replace(unit, cluster=turn.speaker)


def _overlapping(spans: Sequence[Span], span: Span) -> Iterator[Span]:
    """Yield those of ordered, disjoint ``spans`` that overlap ``span``."""
    # long interviews have thousands of turns: all pairs would take seconds
    first = bisect_right(spans, span.start, key=lambda candidate: candidate.end)
    for candidate in spans[first:]:
        if candidate.start >= span.end:
            return
        yield candidate


def codings_by_unit(
    units: Sequence[Unit], codings: Iterable[Coding], text: str
) -> dict[int, list[Coding]]:
    """Return, per number of a unit, the codings that cover a character of it."""
    # an answer may have several parts: the interviewer's words between them are no part
    parts = [(part, number) for number, unit in enumerate(units) for part in unit.parts]
    spans = [part for part, _ in parts]
    unit_of: Mapping[Span, int] = dict(parts)
    by_unit: dict[int, list[Coding]] = {}
    ends = [part.end for part in spans]
    for coding in codings:
        start, end = coding.span.start, coding.span.end
        numbers = []
        for place in range(bisect_right(ends, start), len(spans)):
            part = spans[place]
            if part.start >= end:
                break
            # white space that a coding touches is no word of the unit
            if not text[max(part.start, start) : min(part.end, end)].isspace():
                numbers.append(unit_of[part])
        for number in dict.fromkeys(numbers):
            by_unit.setdefault(number, []).append(coding)
    return by_unit
