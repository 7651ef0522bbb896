"""What is compared: the interviews that coders share, their units, the codings that count.

A unit has a code when a coding of that code covers at least one character of the unit that
is not white space. Only respondents' words belong to a unit: what an interviewer says is in
none, so adding an interviewer's turn changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualcode.errors import InvalidValueError, UndefinedRequestError, unknown_name
from qualcode.model import AgreementUnit, Codebook, Coding, Segment, Span, Transcript

UNIT_WORDS = {
    AgreementUnit.TURN: "respondents' turns",
    AgreementUnit.SENTENCE: "respondents' sentences",
    AgreementUnit.PARAGRAPH: "respondents' paragraphs",
    AgreementUnit.ANSWER: "respondents' answers",
    AgreementUnit.CHARACTER: "characters of respondents' words",
}

Finished = Mapping[str, Collection[str]]
"""Per coder the names of transcripts gone through, also where nothing in them was coded."""


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
    unit_of(segments)
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


def unit_of(segments: Sequence[Segment] | None, unit: str = "") -> AgreementUnit:
    """Return what is counted: the segments, or their characters where that is asked for.

    Raises:
        InvalidValueError: segments of several kinds, or another unit than they are of.
    """
    kinds = {segment.kind.value for segment in segments or ()} or {AgreementUnit.TURN.value}
    if len(kinds) > 1:
        names = ", ".join(sorted(kinds))
        raise InvalidValueError(f"Units of several kinds ({names}) cannot be compared: give one.")
    (kind,) = kinds
    if unit not in ("", kind, AgreementUnit.CHARACTER):
        raise InvalidValueError(
            f"'{unit}' cannot be the unit here: the segments given are of kind '{kind}'. Give "
            f"segments of that kind, or ask for '{AgreementUnit.CHARACTER}'."
        )
    return AgreementUnit(unit or kind)


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


@dataclass(frozen=True, slots=True)
class Material:
    """What is compared.

    Attributes:
        coders: The coders, in the order given.
        transcripts: The interviews that enough of them coded, in the order given.
        left_out: Names of the others.
        units: The units of each transcript compared.
        codings: The codings that count, by coder and name of transcript.
        coded: Per coder the names of the transcripts compared that the coder coded; one gone
            through without finding anything is among them.
        paths: Codes that get a row: all that may be used, and all that were.
    """

    coders: tuple[str, ...]
    transcripts: tuple[Transcript, ...]
    left_out: tuple[str, ...]
    units: Mapping[str, tuple[Unit, ...]]
    codings: Mapping[str, Mapping[str, list[Coding]]]
    coded: Mapping[str, frozenset[str]]
    paths: tuple[str, ...]


def gather(
    transcripts: Sequence[Transcript],
    codings: Iterable[Coding],
    codebook: Codebook,
    coders: Sequence[str],
    *,
    finished: Finished | None = None,
    segments: Sequence[Segment] | None = None,
    least: int = 0,
) -> Material:
    """Return what is compared: the interviews that coders share, with units and codings.

    Args:
        transcripts: The interviews to compare.
        codings: Codings of any coder; withdrawn ones and those of other coders do not count.
        codebook: The codes that count.
        coders: Two or more.
        finished: Transcripts that a coder went through beside those with codings.
        segments: Units of one kind; respondents' turns by default.
        least: How many of the coders must have coded a transcript; all by default.

    Raises:
        UndefinedRequestError: fewer than two coders, or one of them twice.
        UnknownNameError: a coding with a code that the codebook lacks.
        InvalidValueError: segments of several kinds, or segments that overlap.
    """
    check_coders(coders)
    names = [transcript.name for transcript in transcripts]
    counting = standing(codings, codebook, coders, names)
    went = {coder: set((finished or {}).get(coder, ())) for coder in coders}
    coded = {c: {n for n in names if counting[c][n] or n in went[c]} for c in coders}
    needed = least or len(coders)
    shared = tuple(t for t in transcripts if sum(t.name in coded[c] for c in coders) >= needed)
    kept = {transcript.name for transcript in shared}
    return Material(
        coders=tuple(coders),
        transcripts=shared,
        left_out=tuple(name for name in names if name not in kept),
        units=collect_units(shared, segments),
        codings=counting,
        coded={coder: frozenset(coded[coder] & kept) for coder in coders},
        paths=_paths(codebook, counting),
    )


def fully_coded(material: Material) -> Material:
    """Return the part that every one of the coders coded: figures on passages need that."""
    kept = tuple(
        t for t in material.transcripts if all(t.name in own for own in material.coded.values())
    )
    return replace(material, transcripts=kept)


def _paths(
    codebook: Codebook, codings: Mapping[str, Mapping[str, list[Coding]]]
) -> tuple[str, ...]:
    used = {c.code for own in codings.values() for made in own.values() for c in made}
    leaves = {c.path for c in codebook.active if c.parent or not codebook.children(c.path)}
    return tuple(path for path in codebook.paths if path in used or path in leaves)


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
