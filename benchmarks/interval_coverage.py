"""Do the 95% intervals cover? Simulated studies of 4 to 40 interviews.

Interviews differ in how often a code occurs and in how well each coder sees it (beta
distributions with an intraclass correlation of .10), so units of one interview resemble each
other. A study has 40 codes of .5 to 25% of the units, and 30 to 90 units to an interview. Coders
see a code where it is with probability .85; a tenth of what they give is given where it is not.

For each figure: how often its interval holds the true figure, of the studies that give it one,
and the share of the studies that do. "exact" are codes on which the coders never disagreed: their
lower limit is Clopper and Pearson's. Other codes without an interval occur in a single interview,
or were never given by one of the coders.

Measured with 500 studies each; "given" is how many figures get an interval, where not all do. The
last two columns of figures are the same with plain t below 20 interviews and bootstrap percentiles
from 20 on, as it was before, 400 and 150 studies. Alpha is as kappa, within 1 point.

    interviews                4      6     10     19     20     40   before:  10     20
    mean of kappas          (a)  94.2%  90.2%  92.2%  89.4%  96.0%         77.2%  24.0%
      given                  4%    24%    80%
    pooled kappa          93.0%  94.0%  93.6%  94.2%  93.6%  94.2%         93.8%  90.7%
    kappa, .5 to 1.5%     94.7%  93.3%  93.1%  95.1%  94.4%  95.0%         87.5%  81.8%
      given                  8%    23%    50%    82%    85%    99%
    kappa, 1.5 to 5%      94.3%  94.0%  94.4%  94.8%  94.7%  94.7%         91.6%  88.6%
      given                 46%    75%    95%
    kappa, 5 to 12%       94.8%  94.1%  93.9%  94.2%  94.1%  94.6%         93.2%  89.9%
    kappa, 12 to 25%      93.9%  93.3%  94.9%  94.3%  94.7%  94.9%         93.8%  91.3%
    kappa = 1, exact       100%   100%   100%   100%   100%   100%          none   none
    AC1, .5 to 5%         98.4%  97.9%  97.1%  95.7%  96.2%  94.4%
    AC1, 5 to 25%         95.6%  94.8%  94.4%  94.5%  94.3%  94.1%

(a) 16 of 22: with 4 interviews hardly a study gives an interval to a mean over codes this rare.
Half-widths of kappa by prevalence (.5 to 1.5, 1.5 to 5, 5 to 12, 12 to 25%): .73 .58 .33 .20 with
6 interviews, .56 .25 .12 .08 with 20, .36 .14 .08 .06 with 40.

Run: python benchmarks/interval_coverage.py [--studies 500] [--intervals jackknife]
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict

import numpy as np

from qualcode.agreement.alpha import table_alpha
from qualcode.agreement.arrays import Booleans, Floats, Integers
from qualcode.agreement.distance import BINARY
from qualcode.agreement.fleiss_family import gwet_ac, table_sums
from qualcode.agreement.kappa import cohen_kappa, mean_kappa, pooled_kappa
from qualcode.agreement.report_columns import code_occurs
from qualcode.agreement.uncertainty import (
    IntervalMethod,
    Uncertainty,
    cluster_uncertainty,
    mean_uncertainty,
    value_of_all,
)

ICC = 0.10
SEEN, GIVEN_WRONGLY = 0.85, 0.10
PREVALENCES = np.geomspace(0.005, 0.25, 40)
BANDS = ((0.0, 0.015), (0.015, 0.05), (0.05, 0.12), (0.12, 1.0))
"""Prevalences of the codes that share a row of the table."""


def kappas(tables: Floats) -> Floats:
    return cohen_kappa(tables, BINARY)


def alphas(tables: Floats) -> Floats:
    return table_alpha(tables, BINARY)


def ac1s(tables: Floats) -> Floats:
    return gwet_ac(table_sums(tables, BINARY), BINARY)


PER_CODE = {"kappa": kappas, "alpha": alphas, "AC1": ac1s}


def shares(rng: np.random.Generator, mean: Floats, interviews: int) -> Floats:
    """Return a share for each interview and code, with the intraclass correlation."""
    scale = 1 / ICC - 1
    return rng.beta(mean * scale, (1 - mean) * scale, (interviews, len(mean)))


def give(rng: np.random.Generator, units: Integers, sees_a: Floats, sees_b: Floats) -> Integers:
    """Return how many of the units get the code of neither, of B, of A, and of both."""
    both = rng.binomial(units, sees_a * sees_b)
    only_a = rng.binomial(units - both, sees_a * (1 - sees_b) / (1 - sees_a * sees_b))
    only_b = rng.binomial(units - both - only_a, sees_b)
    return np.stack([units - both - only_a - only_b, only_b, only_a, both], -1)


def simulate_study(rng: np.random.Generator, interviews: int) -> Floats:
    """Return the table of each code in each interview, ``(interviews, codes, 2, 2)``."""
    codes = len(PREVALENCES)
    units = rng.integers(30, 91, (interviews, 1))
    present = rng.binomial(units, shares(rng, PREVALENCES, interviews))
    # a coder who always sees the code would divide by zero
    sees_a, sees_b = (
        np.minimum(shares(rng, np.full(codes, SEEN), interviews), 0.9999) for _ in range(2)
    )
    wrong = np.broadcast_to(wrongly_given(), present.shape)
    cells = give(rng, present, sees_a, sees_b) + give(rng, units - present, wrong, wrong)
    return cells.reshape(interviews, codes, 2, 2).astype(float)


def wrongly_given() -> Floats:
    """Return how often a coder gives a code to a unit that lacks it."""
    return PREVALENCES * GIVEN_WRONGLY / (1 - PREVALENCES)


def true_tables() -> Floats:
    """Return the table of each code in a study that never ends."""
    wrong, present = wrongly_given(), PREVALENCES
    both = present * SEEN**2 + (1 - present) * wrong**2
    one = present * SEEN * (1 - SEEN) + (1 - present) * wrong * (1 - wrong)
    # alpha corrects for the number of units: as good as endless
    return 1e9 * np.stack([1 - both - 2 * one, one, one, both], -1).reshape(-1, 2, 2)


class Tally:
    """How often intervals of one kind hold the true figure."""

    def __init__(self) -> None:
        self.figures = self.intervals = self.covering = self.width = 0.0

    def count(self, uncertainty: Uncertainty, true: Floats, which: Booleans) -> None:
        """Add the intervals of some figures, out of all that were computed."""
        low, high = (np.atleast_1d(end)[which] for end in (uncertainty.low, uncertainty.high))
        truth = np.atleast_1d(true)[which]
        finite = np.isfinite(low)
        self.figures += len(low)
        self.intervals += finite.sum()
        self.covering += ((low <= truth) & (truth <= high)).sum()
        self.width += (high - low)[finite].sum() / 2

    def __str__(self) -> str:
        if not self.intervals:
            return f"{'-':>8} {'-':>6} {0:>5.0%}"
        covering, width = self.covering / self.intervals, self.width / self.intervals
        return f"{covering:>8.1%} {width:>6.2f} {self.intervals / self.figures:>5.0%}"


def measure(
    rng: np.random.Generator, interviews: int, studies: int, method: IntervalMethod
) -> dict[str, Tally]:
    """Return the tally of each kind of figure."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    whole = true_tables()
    single = np.ones(1, dtype=bool)
    for _ in range(studies):
        tables = simulate_study(rng, interviews)
        mean = mean_uncertainty((tables,), kappas, method)
        tallies["mean of kappas"].count(mean, mean_kappa(whole), single)
        pooled = cluster_uncertainty((tables,), pooled_kappa, method)
        tallies["pooled kappa"].count(pooled, pooled_kappa(whole), single)
        for name, value in PER_CODE.items():
            point = value_of_all((tables,), value)
            occurs = code_occurs(tables, of_pair=True)
            uncertainty = cluster_uncertainty((tables,), value, method, occurs=occurs)
            exact = np.isfinite(uncertainty.low) & ~np.isfinite(uncertainty.error)
            tallies[f"{name}, exact"].count(uncertainty, value(whole), exact)
            for low, high in BANDS:
                band = (low <= PREVALENCES) & (high > PREVALENCES) & np.isfinite(point)
                label = f"{name}, {low:.1%} to {high:.1%}"
                tallies[label].count(uncertainty, value(whole), band & ~exact)
    return tallies


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=500)
    parser.add_argument("--intervals", default="jackknife")
    parser.add_argument("--resamples", type=int, default=500)
    arguments = parser.parse_args()
    method = IntervalMethod(arguments.intervals, arguments.resamples)
    started = time.process_time()
    columns = {
        interviews: measure(np.random.default_rng(15), interviews, arguments.studies, method)
        for interviews in (4, 6, 10, 19, 20, 40)
    }
    print(" " * 24 + "".join(f"{count:>14} interviews" for count in columns))
    print(" " * 24 + f"{'covers':>10} {'half':>6} {'given':>6}" * len(columns))
    for label in columns[4]:
        print(f"{label:<24}" + "    ".join(str(tallies[label]) for tallies in columns.values()))
    print(f"{time.process_time() - started:.0f} s of processor time")


if __name__ == "__main__":
    main()
