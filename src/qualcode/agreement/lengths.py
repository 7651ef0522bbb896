"""Krippendorff's alpha for unitizing: agreement on lengths of a continuum.

Follows Krippendorff, Mathet, Bouvry and Widlöcher 2016 ("On the reliability of unitizing
textual continua: further developments", Quality & Quantity 50(6), 2347-2364, sections 3 to
5) in the form in which Krippendorff 2019 ("Content Analysis", 4th edition, section 12.6,
equations 34 to 38) restates it after the erratum (50(6), 2365):

- observed coincidences: lengths that pairs of different coders share, divided by the number
  of coders less one; gaps between units are a value of their own;
- expected coincidences: products of the values' lengths, less what a unit would share with
  itself. A unit is rigid and subtracts its length squared; a gap has no structure and
  subtracts its length.

The binary, coded-units-only and per-label members of the family follow from these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement.contingency import Floats
from qualcode.model import Coefficient

Spans = Mapping[str, Sequence[tuple[int, int, str]]]
GAP = 0


@dataclass(frozen=True, slots=True)
class Lengths:
    """What unitizing alphas need of one text; sums over texts mean the same.

    Attributes:
        observed: Coincidences of values by length, ``(1 + labels, 1 + labels)``; value 0 is
            the gap.
        own: What units (of a gap: positions) would share with themselves, per value.
        coded_own: The same for the parts of units where another coder has a unit too.
        labels: The labels, values 1 and up.
    """

    observed: Floats
    own: Floats
    coded_own: Floats
    labels: tuple[str, ...]

    @property
    def expected(self) -> Floats:
        """Expected coincidences, with the same total as the observed ones (eq. 34)."""
        return _expected(self.observed.sum(1), self.own)

    @property
    def coded(self) -> Floats:
        """Observed coincidences of labels where both coders have a unit."""
        inner: Floats = self.observed[1:, 1:]
        return inner

    @property
    def coded_expected(self) -> Floats:
        """Expected coincidences of labels where both coders have a unit (eq. 36)."""
        return _expected(self.coded.sum(1), self.coded_own[1:])


def _expected(totals: Floats, own: Floats) -> Floats:
    total = totals.sum()
    free = total**2 - own.sum()
    if free <= 0:
        return np.zeros((len(totals), len(totals)))
    expected: Floats = (np.outer(totals, totals) - np.diag(own)) * total / free
    return expected


def measure(spans: Spans, length: int) -> Lengths:
    """Return the sums of one text.

    Args:
        spans: Per coder spans in order that do not overlap.
        length: Length of the text.
    """
    labels = tuple(sorted({label for own in spans.values() for _, _, label in own}))
    number = {label: i for i, label in enumerate(labels, 1)}
    coders = list(spans.values())
    points = sorted({0, length, *(p for own in coders for s, e, _ in own for p in (s, e))})
    cuts = np.array(points)
    sizes = np.diff(cuts).astype(float)
    values, units = zip(*(_laid_out(own, cuts[:-1], number) for own in coders), strict=True)
    q, others = len(labels) + 1, len(coders) - 1
    observed = np.zeros(q * q)
    for one, two in permutations(values, 2):
        observed += np.bincount(one * q + two, weights=sizes / others, minlength=q * q)
    coded = np.sum([value > 0 for value in values], axis=0)
    own_lengths, coded_own = np.zeros(q), np.zeros(q)
    for value, unit in zip(values, units, strict=True):
        held = value > 0
        count = int(unit.max(initial=-1)) + 1
        label = np.zeros(count, dtype=np.int64)
        label[unit[held]] = value[held]
        whole = np.bincount(unit[held], weights=sizes[held], minlength=count)
        shared = np.bincount(
            unit[held], weights=(sizes * (coded - 1) / others)[held], minlength=count
        )
        own_lengths += np.bincount(label, weights=whole**2, minlength=q)
        coded_own += np.bincount(label, weights=shared**2, minlength=q)
        own_lengths[GAP] += sizes[~held].sum()
    return Lengths(observed.reshape(q, q), own_lengths, coded_own, labels)


def _laid_out(
    own: Sequence[tuple[int, int, str]], starts: NDArray[np.int64], number: Mapping[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the value and the number of the unit of each piece of text; 0 and -1 in gaps."""
    begins = np.array([start for start, _, _ in own], dtype=np.int64)
    ends = np.array([end for _, end, _ in own], dtype=np.int64)
    value = np.array([number[label] for _, _, label in own], dtype=np.int64)
    unit = np.searchsorted(begins, starts, side="right") - 1
    inside = (unit >= 0) & (starts < ends[np.maximum(unit, 0)])
    return np.where(inside, value[unit], GAP), np.where(inside, unit, -1)


def _alpha(
    name: str, observed: Floats, expected: Floats, spans: Spans, detail: str = ""
) -> Coefficient:
    """Return 1 - observed / expected disagreement of two coincidence matrices."""
    units = sum(map(len, spans.values()))
    total = observed.sum()
    apart, chance = total - observed.trace(), expected.sum() - expected.trace()
    if total <= 0:
        return Coefficient(name, None, "the coders' units do not overlap anywhere", units=units)
    agreed = float(1 - apart / total)
    if chance <= 1e-12:
        reason = "all of it has the same value, so nothing varies"
        return Coefficient(name, None, reason, agreed, units=units)
    return Coefficient(name, float(1 - apart / chance), None, agreed, units=units, detail=detail)


def u_alpha(spans: Spans, length: int) -> Coefficient:
    """Units and gaps, with their labels (Krippendorff et al. 2016, section 5.1; eq. 34)."""
    measured = measure(spans, length)
    observed = measured.observed
    return _alpha("u_alpha", observed, measured.expected, spans)


def u_alpha_binary(spans: Spans, length: int) -> Coefficient:
    """Units against gaps, whatever their labels (2016, section 5.2; eq. 35)."""
    measured = measure(spans, length)
    observed, expected = _merged(measured.observed), _merged(measured.expected)
    return _alpha("u_alpha_binary", observed, expected, spans)


def _merged(coincidences: Floats) -> Floats:
    inner, outer = coincidences[1:, 1:].sum(), coincidences[GAP, 1:].sum()
    return np.array([[coincidences[GAP, GAP], outer], [outer, inner]])


def cu_alpha(spans: Spans, length: int) -> Coefficient:
    """Labels where coders both have a unit (2016, section 5.3; eq. 36 and 37, nominal)."""
    measured = measure(spans, length)
    coded = measured.coded
    if len(measured.labels) < 2:
        reason = "only one label is used, so nothing varies"
        return Coefficient("cu_alpha", None, reason, units=sum(map(len, spans.values())))
    part = coded.sum() / measured.observed.sum()
    detail = f"rests on {part:.1%} of the text"
    return _alpha("cu_alpha", coded, measured.coded_expected, spans, detail)


def ku_alpha(spans: Spans, length: int, *, label: str) -> Coefficient:
    """One label where coders both have a unit (2016, section 5.4; eq. 38)."""
    measured = measure(spans, length)
    value = measured.labels.index(label)
    coded, expected = measured.coded[value], measured.coded_expected[value]
    units = sum(map(len, spans.values()))
    total, agreed = coded.sum(), coded[value]
    if total <= 0:
        reason = f"where '{label}' was coded, no other coder has a unit"
        return Coefficient("ku_alpha", None, reason, units=units)
    chance = 1 - expected[value] / expected.sum() if expected.sum() > 0 else 0.0
    observed = float(agreed / total)
    if chance <= 1e-12:
        reason = f"wherever both have a unit it is '{label}', so nothing varies"
        return Coefficient("ku_alpha", None, reason, observed, units=units)
    part = total / measured.observed[value + 1].sum()
    detail = f"rests on {part:.1%} of what is coded '{label}'"
    return Coefficient(
        "ku_alpha", float(1 - (1 - observed) / chance), None, observed, units=units, detail=detail
    )
