"""Overlap of two coders' spans, as other programs for qualitative analysis print it.

Characters are compared label by label: a position that both gave the label counts as shared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from qualcode.agreement.contingency import cohen, nominal
from qualcode.agreement.options import is_number
from qualcode.errors import InvalidValueError
from qualcode.model import Coefficient

Spans = Mapping[str, Sequence[tuple[int, int, str]]]
MATCH = 0.9
"""Share of overlap at which two segments match, unless another is asked for."""


def labels_of(spans: Spans, label: str | None = None) -> tuple[str, ...]:
    """Return the labels in use, or just the one asked for."""
    if label is not None:
        return (label,)
    return tuple(sorted({name for own in spans.values() for _, _, name in own}))


def _pieces(own: Sequence[tuple[int, int, str]], label: str) -> list[tuple[int, int]]:
    """Return where a coder gave a label, touching and overlapping spans joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((s, e) for s, e, name in own if name == label):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def shared_lengths(spans: Spans, label: str) -> tuple[int, int, int]:
    """Return the lengths that both coders, the first and the second gave a label."""
    one, two = (_pieces(own, label) for own in spans.values())
    both = i = j = 0
    while i < len(one) and j < len(two):
        both += max(0, min(one[i][1], two[j][1]) - max(one[i][0], two[j][0]))
        if one[i][1] <= two[j][1]:
            i += 1
        else:
            j += 1
    return both, sum(e - s for s, e in one), sum(e - s for s, e in two)


def _totals(spans: Spans, label: str | None) -> tuple[int, int, int]:
    sums = [shared_lengths(spans, name) for name in labels_of(spans, label)]
    both, one, two = np.sum(sums, axis=0).tolist()
    return both, one, two


def _size(spans: Spans) -> int:
    return sum(map(len, spans.values()))


def holsti(spans: Spans, length: int, *, label: str | None = None) -> Coefficient:
    """2M / (N1 + N2) on coded lengths (Holsti 1969, p. 140), as ATLAS.ti prints it."""
    del length
    both, one, two = _totals(spans, label)
    return Coefficient("holsti", 2 * both / (one + two), units=_size(spans))


def dice(spans: Spans, length: int, *, label: str | None = None) -> Coefficient:
    """2 |shared| / (|A| + |B|) in characters (Dice 1945, p. 298)."""
    del length
    both, one, two = _totals(spans, label)
    return Coefficient("dice", 2 * both / (one + two), units=_size(spans))


def jaccard(spans: Spans, length: int, *, label: str | None = None) -> Coefficient:
    """|shared| / |either| in characters (Jaccard 1912, p. 39)."""
    del length
    both, one, two = _totals(spans, label)
    return Coefficient("jaccard", both / (one + two - both), units=_size(spans))


def nvivo_kappa(spans: Spans, length: int, *, label: str | None = None) -> Coefficient:
    """Cohen's kappa on characters, per code and file, as NVivo prints it.

    Without ``label``: the plain mean over the labels that have one. Observed agreement is
    NVivo's "agreement (%)".
    """
    values, observed = [], []
    for name in labels_of(spans, label):
        both, one, two = shared_lengths(spans, name)
        table = [[length - one - two + both, two - both], [one - both, both]]
        values.append(float(cohen(np.array(table, dtype=float), nominal(2))))
        observed.append((length - one - two + 2 * both) / length)
    defined = [value for value in values if np.isfinite(value)]
    agreed = float(np.mean(observed))
    if not defined:
        reason = "both coders coded the whole text, so nothing varies"
        return Coefficient("nvivo_kappa", None, reason, agreed, units=length)
    detail = "" if len(values) == 1 else f"mean over {len(defined)} labels"
    value = float(np.mean(defined))
    return Coefficient("nvivo_kappa", value, None, agreed, units=length, detail=detail)


def segment_match(spans: Spans, length: int, *, overlap: float = MATCH) -> Coefficient:
    """Share of all segments that the other coder has too, as MAXQDA prints it.

    A segment matches where the other coder has one with the same label and the two share at
    least ``overlap`` of what they cover together. The detail gives MAXQDA's chance-corrected
    figure: chance is 1 / number of labels (Brennan & Prediger 1981).
    """
    del length
    if not (is_number(overlap) and 0 < overlap <= 1):
        raise InvalidValueError(f"overlap lies between 0 and 1; got {overlap}.")
    one, two = spans.values()
    matched = sum(_matches(own, two, overlap) for own in one)
    matched += sum(_matches(own, one, overlap) for own in two)
    count = len(one) + len(two)
    share, labels = matched / count, len(labels_of(spans))
    detail = f"{matched} of {count} segments match at {overlap:.0%} overlap"
    if labels > 1:
        detail += f"; kappa with chance 1/{labels}: {(share - 1 / labels) / (1 - 1 / labels):.3f}"
    return Coefficient("segment_match", share, None, share, units=count, detail=detail)


def _matches(
    segment: tuple[int, int, str], others: Sequence[tuple[int, int, str]], overlap: float
) -> bool:
    start, end, label = segment
    for low, high, name in others:
        shared = min(end, high) - max(start, low)
        if name == label and shared > 0 and shared >= overlap * (max(end, high) - min(start, low)):
            return True
    return False
