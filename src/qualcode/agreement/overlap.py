"""Overlap of two coders' spans, as other programs for qualitative analysis print it.

Characters are compared label by label: a position that both gave the label counts as shared.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

import numpy as np

from qualcode.agreement.arrays import Floats, share
from qualcode.agreement.checks import is_number
from qualcode.agreement.distance import nominal
from qualcode.agreement.kappa import cohen_kappa, mean_kappa
from qualcode.agreement.spans import Account, SpanMeasure, Spans
from qualcode.errors import InvalidValueError
from qualcode.messages import Message

MATCH = 0.9
"""Share of overlap at which two segments match, unless another is asked for."""


def _pieces(spans: Sequence[tuple[int, int, str]], label: str) -> list[tuple[int, int]]:
    """Return where a coder gave a label, touching and overlapping spans joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((s, e) for s, e, name in spans if name == label):
        # figures count characters: what a coder marked twice counts once
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def shared_lengths(spans: Spans, label: str) -> tuple[int, int, int]:
    """Return the lengths that both coders, the first and the second gave a label."""
    pieces_a, pieces_b = (_pieces(coder_spans, label) for coder_spans in spans.values())
    shared = i = j = 0
    # both lists are in order and without overlap: one walk along the text is enough
    while i < len(pieces_a) and j < len(pieces_b):
        shared += max(0, min(pieces_a[i][1], pieces_b[j][1]) - max(pieces_a[i][0], pieces_b[j][0]))
        if pieces_a[i][1] <= pieces_b[j][1]:
            i += 1
        else:
            j += 1
    return shared, sum(e - s for s, e in pieces_a), sum(e - s for s, e in pieces_b)


def _lengths(labels: Sequence[str], value: Callable[[Floats, Floats], Floats]) -> SpanMeasure:
    """Return a figure of the characters that both gave a label, and that each gave one."""

    def sums(spans: Spans, length: int) -> tuple[Floats, ...]:
        del length
        lengths = np.array([shared_lengths(spans, name) for name in labels], dtype=float).sum(0)
        return lengths[0], lengths[1] + lengths[2]

    return SpanMeasure(sums, value, lambda *_: Account(None))


def holsti(labels: Sequence[str]) -> SpanMeasure:
    """2M / (N1 + N2) on coded lengths (Holsti 1969, p. 140), as ATLAS.ti prints it."""
    return _lengths(labels, lambda shared, lengths: share(2 * shared, lengths))


def dice(labels: Sequence[str]) -> SpanMeasure:
    """2 |shared| / (|A| + |B|) in characters (Dice 1945, p. 298)."""
    return _lengths(labels, lambda shared, lengths: share(2 * shared, lengths))


def jaccard(labels: Sequence[str]) -> SpanMeasure:
    """|shared| / |either| in characters (Jaccard 1912, p. 39)."""
    # the two lengths hold the shared part twice
    return _lengths(labels, lambda shared, lengths: share(shared, lengths - shared))


def nvivo_kappa(labels: Sequence[str]) -> SpanMeasure:
    """Cohen's kappa on characters, per code and file, as NVivo prints it.

    Of several labels: the plain mean over those that have one. Observed agreement is NVivo's
    "agreement (%)".
    """

    def sums(spans: Spans, length: int) -> tuple[Floats, ...]:
        tables = []
        for name in labels:
            shared, length_a, length_b = shared_lengths(spans, name)
            tables.append(
                [
                    [length - length_a - length_b + shared, length_b - shared],
                    [length_a - shared, shared],
                ]
            )
        return (np.array(tables, dtype=float),)

    def account(tables: Floats) -> Account:
        agreed = float(np.mean(np.trace(tables, axis1=-2, axis2=-1) / tables.sum((-2, -1))))
        defined = int(np.isfinite(cohen_kappa(tables, nominal(2))).sum())
        if not defined:
            return Account(agreed, "both coders coded the whole text, so nothing varies")
        return Account(
            agreed,
            "",
            "" if len(labels) == 1 else Message("mean over {defined} labels", defined=defined),
        )

    return SpanMeasure(sums, mean_kappa, account, in_positions=True)


def segment_match(labels: Sequence[str], *, overlap: float = MATCH) -> SpanMeasure:
    """Share of all segments that the other coder has too, as MAXQDA prints it.

    A segment matches where the other coder has one with the same label and the two share at
    least ``overlap`` of what they cover together. The detail gives MAXQDA's chance-corrected
    figure: chance is 1 / number of labels (Brennan & Prediger 1981).
    """
    if not (is_number(overlap) and 0 < overlap <= 1):
        raise InvalidValueError(
            Message("overlap lies between 0 and 1; got {overlap}.", overlap=overlap)
        )

    def sums(spans: Spans, length: int) -> tuple[Floats, ...]:
        del length
        segments_a, segments_b = spans.values()
        matched = _count_matches(segments_a, segments_b, overlap)
        matched += _count_matches(segments_b, segments_a, overlap)
        return np.array(float(matched)), np.array(float(len(segments_a) + len(segments_b)))

    def account(matched: Floats, count: Floats) -> Account:
        part, chance = float(matched / count), 1 / len(labels)
        detail = Message(
            "{matched} of {count} segments match at {overlap} overlap",
            matched=f"{matched:.0f}",
            count=f"{count:.0f}",
            overlap=f"{overlap:.0%}",
        )
        # with a single label chance is 1, so nothing is left above it
        if len(labels) > 1:
            kappa = (part - chance) / (1 - chance)
            corrected = Message(
                "kappa with chance 1/{count_labels}: {kappa}",
                count_labels=len(labels),
                kappa=f"{kappa:.3f}",
            )
            detail = Message("{detail}; {corrected}", detail=detail, corrected=corrected)
        return Account(part, "", detail)

    return SpanMeasure(sums, share, account)


def _count_matches(
    segments: Sequence[tuple[int, int, str]],
    other_segments: Sequence[tuple[int, int, str]],
    overlap: float,
) -> int:
    """Return how many segments the other coder has too."""
    by_label: dict[str, list[tuple[int, int]]] = {}
    for start, end, label in other_segments:
        by_label.setdefault(label, []).append((start, end))
    for of_label in by_label.values():
        of_label.sort()
    return sum(
        _matches(start, end, by_label.get(label, ()), overlap) for start, end, label in segments
    )


def _matches(start: int, end: int, candidates: Sequence[tuple[int, int]], overlap: float) -> bool:
    # what they share is at most the shorter one, so starts lie near: all pairs took half an hour
    reach = (end - start) * (1.0 - overlap) / overlap
    first = bisect_left(candidates, (start - reach - 1.0,))
    for low, high in candidates[first:]:
        if low > start + reach + 1.0:
            return False
        shared = min(end, high) - max(start, low)
        # shared over joined length, as MAXQDA does: a segment inside a long one is no match
        if shared > 0 and shared >= overlap * (max(end, high) - min(start, low)):
            return True
    return False
