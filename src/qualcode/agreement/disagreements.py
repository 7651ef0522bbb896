"""What two coders disagree on, unit by unit, and what they agree on.

Within a unit, a code of only one coder is paired with a code that only the other gave to an
overlapping passage ("other code", siblings first); what finds no pair was missed by the
other. The same code over other words is a boundary difference; white space and punctuation
do not count. Codings outside the units (interviewers' words) are in neither list.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from qualcode.agreement.contingency import cohen, nominal
from qualcode.agreement.presence import find_presence, tables
from qualcode.agreement.units import Unit, check_coders, codings_by_unit, collect_units, standing
from qualcode.model import (
    AgreedCoding,
    Codebook,
    Coding,
    Disagreement,
    DisagreementKind,
    Segment,
    Span,
    Transcript,
    trimmed,
)
from qualcode.model.codebook import theme_path

WORD = re.compile(r"\w+(?:['’-]\w+)*")


def collect_disagreements(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: tuple[str, str],
    segments: Sequence[Segment] | None = None,
) -> tuple[Disagreement, ...]:
    """Return every difference between two coders, worst code first, then by position.

    The worst code has the lowest kappa; codes without a kappa come last. Transcripts that
    one of the two did not code at all are left out, as in ``compare_coders``.

    Raises:
        UndefinedRequestError: the same coder twice.
        UnknownNameError: a coding with a code that the codebook lacks.
    """
    check_coders(coders)
    counting = standing(codings, codebook, coders, [t.name for t in transcripts])
    shared = [t for t in transcripts if all(counting[coder][t.name] for coder in coders)]
    units = collect_units(shared, segments)
    found: list[Disagreement] = []
    for transcript in shared:
        own = units[transcript.name]
        sides = [
            codings_by_unit(own, counting[coder][transcript.name], transcript.text)
            for coder in coders
        ]
        for number, unit in enumerate(own):
            pair = sides[0].get(number, []), sides[1].get(number, [])
            found.extend(_in_unit(transcript, unit, pair, coders))
    presence = find_presence(shared, units, counting, codebook.paths)
    kappas = cohen(tables(presence, coders).sum(0), nominal(2))
    kappas = np.nan_to_num(kappas, nan=np.inf)
    rank = {codebook.paths[i]: n for n, i in enumerate(np.argsort(kappas, kind="stable"))}
    order = {transcript.name: number for number, transcript in enumerate(transcripts)}
    return tuple(
        sorted(found, key=lambda d: (rank[d.code], order[d.transcript], d.unit, d.kind, d.id))
    )


def _in_unit(
    transcript: Transcript,
    unit: Unit,
    pair: tuple[list[Coding], list[Coding]],
    coders: tuple[str, str],
) -> Iterator[Disagreement]:
    by_code: tuple[dict[str, list[Coding]], dict[str, list[Coding]]] = ({}, {})
    for side, made in zip(by_code, pair, strict=True):
        for coding in made:
            side.setdefault(coding.code, []).append(coding)
    one, two = by_code

    def disagreement(kind: DisagreementKind, a: str, b: str, words: int = 0) -> Disagreement:
        code = a or b
        return Disagreement(
            _identity(transcript.name, unit.span, a, b, coders),
            transcript.name,
            unit.span,
            code,
            *coders,
            kind,
            tuple(one.get(a, ())),
            tuple(two.get(b, ())),
            words,
            same_theme=bool(a and b and a != b and theme_path(a) == theme_path(b)),
            other_code=b if a and b and a != b else "",
        )

    for code in one:
        if code in two:
            words = len(words_apart(transcript.text, one[code], two[code], unit.parts))
            if words:
                yield disagreement(DisagreementKind.BOUNDARY, code, code, words)
    only_a = [code for code in one if code not in two]
    only_b = [code for code in two if code not in one]
    for a, b in _paired(
        {a: one[a] for a in only_a}, {b: two[b] for b in only_b}, unit, transcript.text
    ):
        only_a.remove(a)
        only_b.remove(b)
        yield disagreement(DisagreementKind.OTHER_CODE, a, b)
    for a in only_a:
        yield disagreement(DisagreementKind.MISSED, a, "")
    for b in only_b:
        yield disagreement(DisagreementKind.MISSED, "", b)


def _paired(
    one: dict[str, list[Coding]], two: dict[str, list[Coding]], unit: Unit, text: str
) -> list[tuple[str, str]]:
    """Return codes of A and B on overlapping passages: siblings, then most words shared."""
    offers = []
    for a, b in product(one, two):
        shared = _covered(one[a], unit.parts) & _covered(two[b], unit.parts)
        size = sum(not text[position].isspace() for position in shared)
        if size:
            offers.append((theme_path(a) != theme_path(b), -size, a, b))
    chosen: list[tuple[str, str]] = []
    for _, _, a, b in sorted(offers):
        if all(a != x and b != y for x, y in chosen):
            chosen.append((a, b))
    return chosen


def _covered(codings: Sequence[Coding], parts: Sequence[Span]) -> set[int]:
    return {
        position
        for coding, part in product(codings, parts)
        if (shared := coding.span.intersection(part))
        for position in range(shared.start, shared.end)
    }


def words_apart(
    text: str, one: Sequence[Coding], two: Sequence[Coding], parts: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the words within ``parts`` that only one of two sets of codings covers."""
    apart = _covered(one, parts) ^ _covered(two, parts)
    return tuple(
        Span(*match.span())
        for part in parts
        for match in WORD.finditer(text, part.start, part.end)
        if not apart.isdisjoint(range(*match.span()))
    )


def _identity(transcript: str, unit: Span, a: str, b: str, coders: tuple[str, str]) -> str:
    key = "\n".join((transcript, f"{unit.start}-{unit.end}", a, b, *coders))
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def agreed_codings(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: tuple[str, str],
) -> tuple[AgreedCoding, ...]:
    """Return the passages that both coders gave the same code, by transcript and position.

    A passage is the part that codings of both share; what lies around it is counted in
    ``words``, per cluster of codings that overlap one another.

    Raises:
        UndefinedRequestError: the same coder twice.
        UnknownNameError: a coding with a code that the codebook lacks.
    """
    check_coders(coders)
    counting = standing(codings, codebook, coders, [t.name for t in transcripts])
    found: list[AgreedCoding] = []
    for transcript in transcripts:
        own = [counting[coder][transcript.name] for coder in coders]
        for code in sorted({coding.code for coding in own[0]}):
            made = [[c for c in side if c.code == code] for side in own]
            found.extend(_agreed(transcript, code, made[0], made[1]))
    order = {transcript.name: number for number, transcript in enumerate(transcripts)}
    return tuple(sorted(found, key=lambda agreed: (order[agreed.transcript], agreed.span)))


def _agreed(
    transcript: Transcript, code: str, one: list[Coding], two: list[Coding]
) -> Iterator[AgreedCoding]:
    for group_a, group_b in _clusters(one, two):
        whole = Span(
            min(c.span.start for c in (*group_a, *group_b)),
            max(c.span.end for c in (*group_a, *group_b)),
        )
        both = _covered(group_a, [whole]) & _covered(group_b, [whole])
        words = len(words_apart(transcript.text, group_a, group_b, [whole]))
        for passage in _runs(both, transcript.text):
            yield AgreedCoding(
                transcript.name,
                passage,
                code,
                tuple(c for c in group_a if c.span.overlaps(passage)),
                tuple(c for c in group_b if c.span.overlaps(passage)),
                words,
            )


def _clusters(one: list[Coding], two: list[Coding]) -> Iterator[tuple[list[Coding], list[Coding]]]:
    """Yield groups of codings that overlap one another, those with both coders only."""
    made = sorted(
        [(c.span, 0, c) for c in one] + [(c.span, 1, c) for c in two], key=lambda x: x[:2]
    )
    sides: tuple[list[Coding], list[Coding]] = ([], [])
    end = 0
    for span, side, coding in made:
        if span.start >= end:
            if all(sides):
                yield sides
            sides = ([], [])
        sides[side].append(coding)
        end = max(end, span.end)
    if all(sides):
        yield sides


def _runs(positions: set[int], text: str) -> Iterator[Span]:
    """Yield the unbroken stretches of positions, without white space at their ends."""
    ordered = sorted(positions)
    start = 0
    for number in range(1, len(ordered) + 1):
        if number == len(ordered) or ordered[number] != ordered[number - 1] + 1:
            span = trimmed(text, ordered[start], ordered[number - 1] + 1)
            if span:
                yield span
            start = number
