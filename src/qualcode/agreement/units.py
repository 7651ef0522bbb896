"""Units of analysis, and which of them each coder gave which code.

A unit has a code when a coding of that code covers at least one character of the unit that
is not white space. Only respondents' words belong to a unit: what an interviewer says is in
none, so adding an interviewer's turn changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.errors import InvalidValueError, UndefinedRequestError, unknown_name
from qualcode.model import Codebook, Coding, Segment, SegmentKind, Span, Transcript

UNIT_WORDS = {
    SegmentKind.TURN: "respondents' turns",
    SegmentKind.SENTENCE: "respondents' sentences",
    SegmentKind.PARAGRAPH: "respondents' paragraphs",
    SegmentKind.ANSWER: "respondents' answers",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of analysis.

    Attributes:
        transcript: Name of the transcript.
        span: From its first to its last word, in code points.
        parts: Where respondents speak within it.
    """

    transcript: str
    span: Span
    parts: tuple[Span, ...]


def collect_units(
    transcripts: Sequence[Transcript], segments: Sequence[Segment] | None = None
) -> dict[str, tuple[Unit, ...]]:
    """Return the units of each transcript in order: segments, else respondents' turns.

    Raises:
        InvalidValueError: segments of several kinds, or segments that overlap.
    """
    given: dict[str, list[Span]] = {transcript.name: [] for transcript in transcripts}
    for segment in segments or ():
        if segment.transcript in given:
            given[segment.transcript].append(segment.span)
    unit_words(segments)
    units = {}
    for transcript in transcripts:
        spoken = tuple(turn.span for turn in transcript.respondent_turns())
        spans = spoken if segments is None else tuple(sorted(given[transcript.name]))
        for one, two in pairwise(spans):
            if one.overlaps(two):
                raise InvalidValueError(
                    f"Segments of '{transcript.name}' overlap at {two.start}: use units that "
                    "do not."
                )
        units[transcript.name] = tuple(_cut(transcript, spans, spoken))
    return units


def _cut(transcript: Transcript, spans: Sequence[Span], spoken: Sequence[Span]) -> Iterator[Unit]:
    for span in spans:
        shared = (turn.intersection(span) for turn in _near(spoken, span))
        parts = tuple(p for p in shared if p and not p.of(transcript.text).isspace())
        if parts:
            yield Unit(transcript.name, span, parts)


def _near(spans: Sequence[Span], span: Span) -> Iterator[Span]:
    """Yield those of ordered, disjoint ``spans`` that overlap ``span``."""
    first = bisect_right(spans, span.start, key=lambda one: one.end)
    for one in spans[first:]:
        if one.start >= span.end:
            return
        yield one


def unit_words(segments: Sequence[Segment] | None) -> str:
    """Return what the units are, in words."""
    kinds = {segment.kind for segment in segments or ()} or {SegmentKind.TURN}
    if len(kinds) > 1:
        names = ", ".join(sorted(kinds))
        raise InvalidValueError(f"Units of several kinds ({names}) cannot be compared: give one.")
    return UNIT_WORDS[kinds.pop()]


def check_coders(coders: Sequence[str]) -> None:
    """Refuse fewer than two coders, and a coder compared with itself.

    Raises:
        UndefinedRequestError: either of these.
    """
    if len(coders) < 2:
        raise UndefinedRequestError(
            "Agreement needs two coders; give the name of another one beside "
            f"'{coders[0] if coders else ''}'."
        )
    for coder in coders:
        if coders.count(coder) > 1:
            raise UndefinedRequestError(
                f"Coder '{coder}' was given twice: choose two different coders."
            )


def standing(
    codings: Iterable[Coding], codebook: Codebook, coders: Sequence[str], names: Iterable[str]
) -> dict[str, dict[str, list[Coding]]]:
    """Return the codings that count, by coder and transcript, in order of position.

    Withdrawn codings, other coders and other transcripts are left out.

    Raises:
        UnknownNameError: a coding has a code that the codebook lacks.
    """
    known = set(codebook.paths)
    wanted = list(names)
    found: dict[str, dict[str, list[Coding]]] = {c: {n: [] for n in wanted} for c in coders}
    for coding in codings:
        if coding.withdrawn_at is not None or coding.transcript not in found.get(coding.coder, {}):
            continue
        if coding.code not in known:
            raise unknown_name("code", coding.code, known, f"codebook '{codebook.name}'")
        found[coding.coder][coding.transcript].append(coding)
    for own in found.values():
        for made in own.values():
            made.sort(key=lambda coding: (coding.span, coding.code, coding.id))
    return found


def codings_by_unit(
    units: Sequence[Unit], codings: Iterable[Coding], text: str
) -> dict[int, list[Coding]]:
    """Return, per number of a unit, the codings that cover a character of it."""
    parts = [(part, number) for number, unit in enumerate(units) for part in unit.parts]
    spans = [part for part, _ in parts]
    owner: Mapping[Span, int] = dict(parts)
    found: dict[int, list[Coding]] = {}
    for coding in codings:
        numbers = {
            owner[part]
            for part in _near(spans, coding.span)
            if (shared := part.intersection(coding.span)) and not shared.of(text).isspace()
        }
        for number in numbers:
            found.setdefault(number, []).append(coding)
    return found
