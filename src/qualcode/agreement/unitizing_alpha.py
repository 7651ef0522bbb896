"""Krippendorff's alpha for unitizing: agreement on lengths of a continuum.

The sums that the figures are made of add up over texts, so that what interviews give can be
resampled.

Follows Krippendorff, Mathet, Bouvry and Widlöcher 2016 ("On the reliability of unitizing
textual continua: further developments", Quality & Quantity 50(6), 2347-2364, sections 3 to
5) in the form in which Krippendorff 2019 ("Content Analysis", 4th edition, section 12.6,
equations 34 to 38) restates it after the erratum (50(6), 2365):

- observed coincidences: lengths that pairs of different coders share, divided by the number
  of coders less one; gaps between units are a value of their own;
- expected coincidences: products of the values' lengths, less what a unit would share with
  itself. A unit is rigid and subtracts its length squared; a gap has no structure and
  subtracts its length.

Where only part of a unit can be compared (cu-alpha, ku-alpha), its marginal is the sum, over each
other coder, of the length that it shares with a unit of that coder, divided by the number of coders
less one. With two coders this is its overlap with the other's units. With three, the papers leave
open whether a part that two others marked counts once (its overlap with their union) or twice. Here
it counts twice and is divided by two: these marginals are the row sums of the observed
coincidences, so that expected and observed ones have the same total. With the union a unit would
subtract more than it adds: for c1 (0, 10, a), c2 (0, 10, b), c3 (20, 30, a) expected coincidences
become negative and alpha is 3.0 where all disagree.

The binary, coded-units-only and per-label members of the family follow from these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement.arrays import Floats, share
from qualcode.agreement.spans import Account, SpanMeasure, Spans
from qualcode.messages import Message

GAP = 0


class Lengths(NamedTuple):
    """What unitizing alphas need of a text; sums over texts mean the same.

    Attributes:
        observed: Coincidences of values by length, ``(..., 1 + labels, 1 + labels)``; value 0
            is the gap.
        own: What units (of a gap: positions) would share with themselves, per value.
        coded_own: The same for the parts of units where another coder has a unit too.
    """

    observed: Floats
    own: Floats
    coded_own: Floats

    @property
    def expected(self) -> Floats:
        """Expected coincidences, with the same total as the observed ones (eq. 34)."""
        return _expected(self.observed.sum(-1), self.own)

    @property
    def coded(self) -> Floats:
        """Observed coincidences of labels where both coders have a unit."""
        inner: Floats = self.observed[..., 1:, 1:]
        return inner

    @property
    def coded_expected(self) -> Floats:
        """Expected coincidences of labels where both coders have a unit (eq. 36)."""
        return _expected(self.coded.sum(-1), self.coded_own[..., 1:])


def _expected(totals: Floats, self_coincidences: Floats) -> Floats:
    # pairs of positions within one unit cannot disagree, so chance must not count them
    total = totals.sum(-1)
    free = total**2 - self_coincidences.sum(-1)
    # one unit over the whole text leaves chance nothing to pair
    factor = np.where(free > 0, total / np.where(free > 0, free, 1.0), 0.0)
    products = totals[..., :, None] * totals[..., None, :] - self_coincidences[..., None] * np.eye(
        self_coincidences.shape[-1]
    )
    expected: Floats = products * factor[..., None, None]
    return expected


def measure(spans: Spans, length: int, labels: Sequence[str]) -> Lengths:
    """Return the sums of one text.

    Args:
        spans: Per coder spans in order that do not overlap.
        length: Length of the text.
        labels: The labels: values 1 and up.
    """
    number = {label: i for i, label in enumerate(labels, 1)}
    coders = list(spans.values())
    # between two cuts no coder changes: the work grows with the passages, not with the text
    points = sorted(
        {0, length, *(p for coder_spans in coders for s, e, _ in coder_spans for p in (s, e))}
    )
    cuts = np.array(points)
    sizes = np.diff(cuts).astype(float)
    values, units = zip(
        *(_laid_out(coder_spans, cuts[:-1], number) for coder_spans in coders), strict=True
    )
    q, other_coders = len(labels) + 1, len(coders) - 1
    # each ordered pair of coders, weighted so that every position counts once per coder
    observed = np.zeros(q * q)
    for values_a, values_b in permutations(values, 2):
        observed += np.bincount(
            values_a * q + values_b, weights=sizes / other_coders, minlength=q * q
        )
    coded = np.sum([value > 0 for value in values], axis=0)
    own_lengths, coded_own = np.zeros(q), np.zeros(q)
    for value, unit in zip(values, units, strict=True):
        in_unit = value > 0
        count = int(unit.max(initial=-1)) + 1
        label = np.zeros(count, dtype=np.int64)
        label[unit[in_unit]] = value[in_unit]
        whole = np.bincount(unit[in_unit], weights=sizes[in_unit], minlength=count)
        # for cu-alpha only the part of a unit where others have a unit too can disagree
        shared = np.bincount(
            unit[in_unit], weights=(sizes * (coded - 1) / other_coders)[in_unit], minlength=count
        )
        own_lengths += np.bincount(label, weights=whole**2, minlength=q)
        coded_own += np.bincount(label, weights=shared**2, minlength=q)
        # a gap is not rigid like a unit: it subtracts its length, not the square of it
        own_lengths[GAP] += sizes[~in_unit].sum()
    return Lengths(observed.reshape(q, q), own_lengths, coded_own)


def _laid_out(
    coder_spans: Sequence[tuple[int, int, str]], starts: NDArray[np.int64], number: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the value and the number of the unit of each piece of text; 0 and -1 in gaps."""
    if not coder_spans:
        return np.full(len(starts), GAP), np.full(len(starts), -1)
    begins = np.array([start for start, _, _ in coder_spans], dtype=np.int64)
    ends = np.array([end for _, end, _ in coder_spans], dtype=np.int64)
    value = np.array([number[label] for _, _, label in coder_spans], dtype=np.int64)
    unit = np.searchsorted(begins, starts, side="right") - 1
    inside = (unit >= 0) & (starts < ends[np.maximum(unit, 0)])
    return np.where(inside, value[unit], GAP), np.where(inside, unit, -1)


Pick = Callable[[Lengths], tuple[Floats, Floats]]
"""Takes the observed and the expected coincidences of a figure out of the sums."""


def _apart(coincidences: Floats) -> Floats:
    """Return what lies off the diagonal."""
    off_diagonal: Floats = coincidences.sum((-2, -1)) - np.trace(coincidences, axis1=-2, axis2=-1)
    return off_diagonal


def _alpha(labels: Sequence[str], pick: Pick, account: Callable[[Lengths], Account]) -> SpanMeasure:
    """Return 1 - observed / expected disagreement of two coincidence matrices."""

    def value(*sums: Floats) -> Floats:
        observed, expected = pick(Lengths(*sums))
        return 1.0 - share(_apart(observed), _apart(expected))

    return SpanMeasure(
        lambda spans, length: measure(spans, length, labels),
        value,
        lambda *sums: account(Lengths(*sums)),
    )


def _account(observed: Floats, expected: Floats, detail: str = "") -> Account:
    total = observed.sum()
    if total <= 0:
        return Account(None, "the coders' units do not overlap anywhere")
    agreed = float(1 - _apart(observed) / total)
    # rounding leaves a trace where chance allows no disagreement at all
    if _apart(expected) <= 1e-12:
        return Account(agreed, "all of it has the same value, so nothing varies")
    return Account(agreed, "", detail)


def u_alpha(labels: Sequence[str]) -> SpanMeasure:
    """Units and gaps, with their labels (Krippendorff et al. 2016, section 5.1; eq. 34)."""

    def pick(sums: Lengths) -> tuple[Floats, Floats]:
        return sums.observed, sums.expected

    return _alpha(labels, pick, lambda sums: _account(*pick(sums)))


def u_alpha_binary(labels: Sequence[str]) -> SpanMeasure:
    """Units against gaps, whatever their labels (2016, section 5.2; eq. 35)."""

    def pick(sums: Lengths) -> tuple[Floats, Floats]:
        return _merged(sums.observed), _merged(sums.expected)

    return _alpha(labels, pick, lambda sums: _account(*pick(sums)))


def _merged(coincidences: Floats) -> Floats:
    inner = coincidences[..., 1:, 1:].sum((-2, -1))
    outer = coincidences[..., GAP, 1:].sum(-1)
    gaps = coincidences[..., GAP, GAP]
    return np.stack([np.stack([gaps, outer], -1), np.stack([outer, inner], -1)], -2)


def cu_alpha(labels: Sequence[str]) -> SpanMeasure:
    """Labels where coders both have a unit (2016, section 5.3; eq. 36 and 37, nominal).

    With three coders and more, marginals are sums over the other coders: see above.
    """

    def pick(sums: Lengths) -> tuple[Floats, Floats]:
        return sums.coded, sums.coded_expected

    def account(sums: Lengths) -> Account:
        if len(labels) < 2:
            return Account(None, "only one label is used, so nothing varies")
        part = sums.coded.sum() / sums.observed.sum()
        return _account(*pick(sums), Message("rests on {part} of the text", part=f"{part:.1%}"))

    return _alpha(labels, pick, account)


def ku_alpha(labels: Sequence[str], *, label: str) -> SpanMeasure:
    """One label where coders both have a unit (2016, section 5.4; eq. 38)."""
    place = list(labels).index(label)

    def parts(sums: Lengths) -> tuple[Floats, Floats]:
        """Observed agreement where one of them gave the label, and what chance leaves."""
        coded, expected = sums.coded[..., place, :], sums.coded_expected[..., place, :]
        agreed = share(coded[..., place], coded.sum(-1))
        return agreed, 1.0 - share(expected[..., place], expected.sum(-1))

    def value(*sums: Floats) -> Floats:
        agreed, chance_left = parts(Lengths(*sums))
        return 1.0 - share(1.0 - agreed, chance_left)

    def account(*sums: Floats) -> Account:
        whole = Lengths(*sums)
        total = whole.coded[place].sum()
        if total <= 0:
            return Account(
                None, Message("where '{label}' was coded, no other coder has a unit", label=label)
            )
        agreed, chance_left = map(float, parts(whole))
        # turned round so that it holds for NaN too
        if not chance_left > 1e-12:
            return Account(
                agreed,
                Message(
                    "wherever both have a unit it is '{label}', so nothing varies", label=label
                ),
            )
        part = total / whole.observed[place + 1].sum()
        return Account(
            agreed,
            "",
            Message("rests on {part} of what is coded '{label}'", part=f"{part:.1%}", label=label),
        )

    return SpanMeasure(lambda spans, length: measure(spans, length, labels), value, account)
