"""Compares groups: codes that one group brings up more than another, with an interval.

The interval of the difference between two shares is exact and unconditional: the tail method
of Santner, T. J. and Snell, M. K. (1980), Journal of the American Statistical Association
75(370), 386-394, with the difference itself as the statistic. It covers the true difference
at least 95% of the time for groups of any size, and is therefore wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import lgamma

import numpy as np
from numpy.typing import NDArray

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import GROUP_NAMES, Contrast, LocalText, Reach
from qualcode.themes.dataset import ThemeDataset, pairs_of_groups

WIDE = 0.5
"""An interval that contains 0 and is wider than this allows no conclusion."""
TOO_FEW = LocalText({"nl": "te weinig respondenten om te zeggen", "en": "too few cases to tell"})
NO_DIFFERENCE = LocalText({"nl": "geen duidelijk verschil", "en": "no clear difference"})

# Shares on the grid; refined three times around its maximum, so the maximum is not missed.
_GRID = 65
_STEPS = 40
# Keeps the logarithm of an impossible share finite.
_TINY = 1e-300


def compare_groups(
    dataset: ThemeDataset, path: str, reaches: Sequence[Reach]
) -> tuple[Contrast, ...]:
    """Return the contrasts of one code, one per pair of groups.

    Args:
        dataset: The codings and the study.
        path: Path of the code.
        reaches: Its reaches, as :func:`qualcode.themes.collect_reach` gives them.
    """
    by_group = {reach.group: reach for reach in reaches}
    return tuple(
        _contrast(dataset, path, by_group[first], by_group[second])
        for first, second in pairs_of_groups(dataset.groups)
    )


def _contrast(dataset: ThemeDataset, path: str, first: Reach, second: Reach) -> Contrast:
    label = dataset.codes[path].label
    if first.of is None or second.of is None:
        unasked = first if first.of is None else second
        words = LocalText(
            {"nl": f"niet te vergelijken: niet gevraagd aan {_name(unasked, 'nl')}",
             "en": f"cannot be compared: not asked of {_name(unasked, 'en')}"}
        )  # fmt: skip
        reason = f"not asked of group '{unasked.group}'"
        return Contrast(path, label, first, second, None, None, False, words, reason)
    cases = (first.cases or 0, second.cases or 0)
    difference = cases[0] / first.of - cases[1] / second.of
    interval = exact_interval(cases[0], first.of, cases[1], second.of)
    holds_zero = interval[0] <= 0 <= interval[1]
    too_few = holds_zero and interval[1] - interval[0] > WIDE
    words = _in_words(first, second, difference, holds_zero=holds_zero, too_few=too_few)
    return Contrast(path, label, first, second, difference, interval, too_few, words)


def _in_words(
    first: Reach, second: Reach, difference: float, *, holds_zero: bool, too_few: bool
) -> LocalText:
    if too_few:
        return TOO_FEW
    if holds_zero:
        return NO_DIFFERENCE
    higher, lower = (first, second) if difference > 0 else (second, first)
    return LocalText(
        {
            "nl": f"vaker bij {_name(higher, 'nl')} ({higher.cases} van {higher.of}) dan bij "
            f"{_name(lower, 'nl')} ({lower.cases} van {lower.of})",
            "en": f"more often among {_name(higher, 'en')} ({higher.cases} of {higher.of}) "
            f"than among {_name(lower, 'en')} ({lower.cases} of {lower.of})",
        }
    )


def _name(reach: Reach, language: str) -> str:
    """Return the name of the members of a group."""
    names = GROUP_NAMES.get(reach.group)
    return names.in_language(language) if names else reach.group


# Many codes have the same counts, and each limit takes a search over the whole grid.
@lru_cache(maxsize=4096)
def exact_interval(
    cases_1: int, of_1: int, cases_2: int, of_2: int, level: float = 0.95
) -> tuple[float, float]:
    """Return the exact interval of ``cases_1 / of_1 - cases_2 / of_2``, both within -1 to 1.

    Each limit is the difference at which the largest tail probability over all values of the
    nuisance share is ``(1 - level) / 2`` (Santner and Snell 1980, the tail method). Limits are
    exact to 1e-6; the worst nuisance share is searched on a grid, refined around its maximum.

    Raises:
        InvalidValueError: A group has no cases, or more cases with the code than cases.
    """
    if not (0 <= cases_1 <= of_1 and 0 <= cases_2 <= of_2 and of_1 and of_2):
        raise InvalidValueError(
            Message(
                "{cases_1} of {of_1} and {cases_2} of {of_2} cannot be compared: each group "
                "needs at least one case, and no more cases with the code than cases.",
                cases_1=cases_1,
                of_1=of_1,
                cases_2=cases_2,
                of_2=of_2,
            )
        )
    tail = (1 - level) / 2
    lower = _lower_limit(cases_1, of_1, cases_2, of_2, tail)
    # The upper limit is the lower limit of the groups in the other order, with its sign changed.
    upper = -_lower_limit(cases_2, of_2, cases_1, of_1, tail)
    return lower, upper


def _lower_limit(cases_1: int, of_1: int, cases_2: int, of_2: int, tail: float) -> float:
    """Return the largest difference with an upper tail of at most ``tail``, by bisection.

    The tail rises with the difference, as every more extreme table has more cases in the
    first group or fewer in the second (Barnard's convexity).
    """
    observed = cases_1 * of_2 - cases_2 * of_1
    # Every possible table has at least this difference, so no true difference is excluded.
    if observed == -of_1 * of_2:
        return -1.0
    counts_2 = np.arange(of_2 + 1)
    # For each count in group 2: the smallest count in group 1 with at least this difference.
    needed = np.clip(-(-(observed + counts_2 * of_1) // of_2), 0, of_1 + 1)
    low, high = -1.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if _largest_tail(middle, needed, of_1, of_2) <= tail:
            low = middle
        else:
            high = middle
        if high - low < 1e-6:
            break
    return low


def _largest_tail(difference: float, needed: NDArray[np.int64], of_1: int, of_2: int) -> float:
    # Both shares must lie between 0 and 1.
    low, high = max(0.0, -difference), min(1.0, 1.0 - difference)
    largest = 0.0
    for _ in range(3):
        shares_2 = np.linspace(low, high, _GRID)
        tails = _tails(shares_2 + difference, shares_2, needed, of_1, of_2)
        best = int(tails.argmax())
        largest = max(largest, float(tails[best]))
        low, high = shares_2[max(best - 1, 0)], shares_2[min(best + 1, _GRID - 1)]
    return largest


def _tails(
    shares_1: NDArray[np.float64],
    shares_2: NDArray[np.float64],
    needed: NDArray[np.int64],
    of_1: int,
    of_2: int,
) -> NDArray[np.float64]:
    """Return, per pair of shares, the probability of a difference at least as large."""
    at_least = np.zeros((len(shares_1), of_1 + 2))
    at_least[:, :-1] = _binomial(shares_1, of_1)[:, ::-1].cumsum(axis=1)[:, ::-1]
    tails: NDArray[np.float64] = (at_least[:, needed] * _binomial(shares_2, of_2)).sum(axis=1)
    return tails


def _binomial(shares: NDArray[np.float64], of: int) -> NDArray[np.float64]:
    """Return the probabilities of 0..of cases, one row per share."""
    counts, ways = np.arange(of + 1), _log_ways(of)
    p, q = (np.log(np.clip(side, _TINY, 1.0))[:, None] for side in (shares, 1 - shares))
    probabilities: NDArray[np.float64] = np.exp(ways + counts * p + (of - counts) * q)
    return probabilities


@lru_cache(maxsize=64)
def _log_ways(of: int) -> NDArray[np.float64]:
    """Return the logarithm of the number of ways to choose 0..of cases."""
    # The number itself overflows a float above a thousand cases.
    return np.array([lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) for k in range(of + 1)])
