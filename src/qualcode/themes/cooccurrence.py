"""Finds codes that occur together, in one passage or in one answer.

The c-coefficient is n12 / (n1 + n2 - n12): of all places that have either code, the share that
has both (Jaccard's index; the name is ATLAS.ti's). A coding counts for
its own code, not for the codes above it. In passages, n12 is the number of codings of one code
that overlap a coding of the other, on the side with fewer: one long passage over three short
ones counts once, and the coefficient stays within 0 and 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from qualcode.model import CodePair, Coding, Segment, SegmentKind
from qualcode.themes.dataset import ThemeDataset

Place = tuple[str, str]


def collect_pairs(dataset: ThemeDataset, answers: Iterable[Segment] = ()) -> tuple[CodePair, ...]:
    """Return each pair of codes that co-occur in passages or in answers, most frequent first.

    Args:
        dataset: The codings and the study.
        answers: Segments of the kind ``answer``; other kinds are ignored.
    """
    blocks = [segment for segment in answers if segment.kind is SegmentKind.ANSWER]
    pairs = [*_in_passages(dataset), *_in_answers(dataset, blocks)]
    rank = dataset.rank
    return tuple(
        sorted(
            pairs,
            key=lambda p: (
                -p.together, -p.c_coefficient, rank[p.first], rank[p.second], p.unit != "passage"
            ),
        )
    )  # fmt: skip


def pairs_of_theme(pairs: Iterable[CodePair], paths: Collection[str]) -> tuple[CodePair, ...]:
    """Return the pairs that contain at least one of the codes, in the same order."""
    return tuple(pair for pair in pairs if pair.first in paths or pair.second in paths)


def _in_passages(dataset: ThemeDataset) -> list[CodePair]:
    meeting: dict[Place, tuple[dict[str, Coding], dict[str, Coding]]] = {}
    for coding, overlapping in _overlapping(dataset):
        first, second = sorted((coding, overlapping), key=lambda c: dataset.rank[c.code])
        firsts, seconds = meeting.setdefault((first.code, second.code), ({}, {}))
        firsts[first.id] = first
        seconds[second.id] = second
    counts = {path: sum(1 for c in dataset.below(path) if c.code == path) for path in dataset.codes}
    return [
        _pair(
            dataset,
            "passage",
            min(len(firsts), len(seconds)),
            counts,
            (*firsts.values(), *seconds.values()),
        )
        for firsts, seconds in meeting.values()
    ]


def _overlapping(dataset: ThemeDataset) -> Iterable[tuple[Coding, Coding]]:
    """Yield each two codings of different codes that overlap, in one pass over the sorted list."""
    open_codings: list[Coding] = []
    for coding in dataset.codings:
        # Sorted by start: a coding that ended before this one cannot overlap a later one either.
        open_codings = [
            earlier
            for earlier in open_codings
            if earlier.transcript == coding.transcript and earlier.span.end > coding.span.start
        ]
        for earlier in open_codings:
            if earlier.code != coding.code:
                yield earlier, coding
        open_codings.append(coding)


def _in_answers(dataset: ThemeDataset, answers: Sequence[Segment]) -> list[CodePair]:
    counts: Counter[str] = Counter()
    together: Counter[Place] = Counter()
    codings_by_pair: dict[Place, dict[str, Coding]] = {}
    by_transcript: dict[str, list[Coding]] = {}
    for coding in dataset.codings:
        by_transcript.setdefault(coding.transcript, []).append(coding)
    for answer in answers:
        codings = by_transcript.get(answer.transcript, ())
        inside = [coding for coding in codings if coding.span.overlaps(answer.span)]
        codes = sorted({coding.code for coding in inside}, key=dataset.rank.__getitem__)
        # Counted per answer, not per coding: a code that returns within one answer occurs once
        # there.
        counts.update(codes)
        for pair in combinations(codes, 2):
            together[pair] += 1
            pair_codings = {coding.id: coding for coding in inside if coding.code in pair}
            codings_by_pair.setdefault(pair, {}).update(pair_codings)
    return [
        _pair(dataset, "answer", count, counts, codings_by_pair[pair].values())
        for pair, count in together.items()
    ]


def _pair(
    dataset: ThemeDataset,
    unit: str,
    together: int,
    counts: dict[str, int],
    codings: Iterable[Coding],
) -> CodePair:
    ordered = dataset.in_order(codings)
    first, second = sorted({coding.code for coding in ordered}, key=dataset.rank.__getitem__)
    return CodePair(
        first=first,
        second=second,
        first_label=dataset.codes[first].label,
        second_label=dataset.codes[second].label,
        unit=unit,
        together=together,
        first_count=counts[first],
        second_count=counts[second],
        c_coefficient=together / (counts[first] + counts[second] - together),
        codings=tuple(coding.id for coding in ordered),
    )
