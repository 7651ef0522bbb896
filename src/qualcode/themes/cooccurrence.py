"""Codes that occur together, in one passage or in one answer.

The c-coefficient is n12 / (n1 + n2 - n12): of all places that have either code, the share that
has both (Jaccard's index; the name is ATLAS.ti's). Codings count under the code they have, not
under the codes above it. In passages n12 counts the codings of the one code that overlap a
coding of the other, on the side with fewest: one long passage over three short ones meets
once, and the coefficient stays within 0 to 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from qualcode.model import CodePair, Coding, Segment, SegmentKind
from qualcode.themes.dataset import Material

Place = tuple[str, str]


def collect_pairs(material: Material, answers: Iterable[Segment] = ()) -> tuple[CodePair, ...]:
    """Return each two codes that meet, in passages and in answers, most often first.

    Args:
        material: The codings and the study.
        answers: Segments of the kind ``answer``; other kinds are left out.
    """
    blocks = [segment for segment in answers if segment.kind is SegmentKind.ANSWER]
    pairs = [*_in_passages(material), *_in_answers(material, blocks)]
    rank = material.rank
    return tuple(
        sorted(
            pairs,
            key=lambda p: (
                -p.together, -p.c_coefficient, rank[p.first], rank[p.second], p.unit != "passage"
            ),
        )
    )  # fmt: skip


def pairs_of_theme(pairs: Iterable[CodePair], paths: Collection[str]) -> tuple[CodePair, ...]:
    """Return the pairs with at least one of the codes, in their order."""
    return tuple(pair for pair in pairs if pair.first in paths or pair.second in paths)


def _in_passages(material: Material) -> list[CodePair]:
    meeting: dict[Place, tuple[dict[str, Coding], dict[str, Coding]]] = {}
    for one, other in _overlapping(material):
        first, second = sorted((one, other), key=lambda c: material.rank[c.code])
        firsts, seconds = meeting.setdefault((first.code, second.code), ({}, {}))
        firsts[first.id] = first
        seconds[second.id] = second
    counts = {
        path: sum(1 for c in material.below(path) if c.code == path) for path in material.codes
    }
    return [
        _pair(
            material,
            "passage",
            min(len(firsts), len(seconds)),
            counts,
            (*firsts.values(), *seconds.values()),
        )
        for firsts, seconds in meeting.values()
    ]


def _overlapping(material: Material) -> Iterable[tuple[Coding, Coding]]:
    """Give each two codings of different codes that share text, by one sweep over the order."""
    open_codings: list[Coding] = []
    for coding in material.codings:
        open_codings = [
            other
            for other in open_codings
            if other.transcript == coding.transcript and other.span.end > coding.span.start
        ]
        for other in open_codings:
            if other.code != coding.code:
                yield other, coding
        open_codings.append(coding)


def _in_answers(material: Material, answers: Sequence[Segment]) -> list[CodePair]:
    counts: Counter[str] = Counter()
    together: Counter[Place] = Counter()
    behind: dict[Place, dict[str, Coding]] = {}
    by_transcript: dict[str, list[Coding]] = {}
    for coding in material.codings:
        by_transcript.setdefault(coding.transcript, []).append(coding)
    for answer in answers:
        own = by_transcript.get(answer.transcript, ())
        inside = [coding for coding in own if coding.span.overlaps(answer.span)]
        codes = sorted({coding.code for coding in inside}, key=material.rank.__getitem__)
        counts.update(codes)
        for place in combinations(codes, 2):
            together[place] += 1
            here = {coding.id: coding for coding in inside if coding.code in place}
            behind.setdefault(place, {}).update(here)
    return [
        _pair(material, "answer", count, counts, behind[place].values())
        for place, count in together.items()
    ]


def _pair(
    material: Material,
    unit: str,
    together: int,
    counts: dict[str, int],
    codings: Iterable[Coding],
) -> CodePair:
    behind = material.in_order(codings)
    first, second = sorted({coding.code for coding in behind}, key=material.rank.__getitem__)
    return CodePair(
        first=first,
        second=second,
        first_label=material.codes[first].label,
        second_label=material.codes[second].label,
        unit=unit,
        together=together,
        first_count=counts[first],
        second_count=counts[second],
        c_coefficient=together / (counts[first] + counts[second] - together),
        codings=tuple(coding.id for coding in behind),
    )
