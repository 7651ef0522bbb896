"""Do the 95% intervals cover? Simulated studies of 4 to 40 interviews.

Interviews differ in how often a code occurs and in how well each coder sees it (beta
distributions with an intraclass correlation, ICC), so units of one interview resemble each other.
There are 30 to 90 units to an interview. Coders see a code where it is with probability .85; a
tenth of what they give is given where it is not.

For each figure: how often its interval holds the true figure, of the studies that give it one;
half its width on average; and the share of the studies that give one. "exact" are codes on which
the coders never disagreed: their limit is Clopper and Pearson's, one-sided. Other codes without an
interval occur in a single interview, in fewer than three, or on fewer than four units. "pooled"
and "mean" are of 20 codes of the same prevalence, or of 3, and in rows of their own of 40 codes of
.5 to 25%.

docs/agreement.md has the table of 1,000 studies each.

Run: python benchmarks/interval_coverage.py [--studies 1000] [--intervals jackknife] [--markdown]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

import numpy as np
from scipy.stats import beta, binom

from qualcode.agreement.alpha import table_alpha
from qualcode.agreement.arrays import Booleans, Floats, Integers
from qualcode.agreement.distance import BINARY
from qualcode.agreement.fleiss_family import gwet_ac, table_sums
from qualcode.agreement.interval_method import IntervalMethod
from qualcode.agreement.kappa import cohen_kappa, mean_kappa, pooled_kappa
from qualcode.agreement.mean_uncertainty import mean_uncertainty
from qualcode.agreement.report_columns import units_with_code
from qualcode.agreement.resampling import value_of_all
from qualcode.agreement.uncertainty import Uncertainty, cluster_uncertainty

INTERVIEWS = (4, 6, 10, 19, 20, 40)
ICCS = (0.05, 0.10, 0.20)
PREVALENCES = (0.02, 0.10, 0.40)
MIXED = np.geomspace(0.005, 0.25, 40)
SEEN, GIVEN_WRONGLY = 0.85, 0.10


def kappas(tables: Floats) -> Floats:
    return cohen_kappa(tables, BINARY)


def alphas(tables: Floats) -> Floats:
    return table_alpha(tables, BINARY)


def ac1s(tables: Floats) -> Floats:
    return gwet_ac(table_sums(tables, BINARY), BINARY)


PER_CODE = {"kappa": kappas, "alpha": alphas, "AC1": ac1s}


def shares(rng: np.random.Generator, mean: Floats, interviews: int, icc: float) -> Floats:
    """Return a share for each interview and code, with the intraclass correlation."""
    scale = 1 / icc - 1
    return rng.beta(mean * scale, (1 - mean) * scale, (interviews, len(mean)))


def give(rng: np.random.Generator, units: Integers, sees_a: Floats, sees_b: Floats) -> Integers:
    """Return how many of the units get the code of neither, of B, of A, and of both."""
    both = rng.binomial(units, sees_a * sees_b)
    only_a = rng.binomial(units - both, sees_a * (1 - sees_b) / (1 - sees_a * sees_b))
    only_b = rng.binomial(units - both - only_a, sees_b)
    return np.stack([units - both - only_a - only_b, only_b, only_a, both], -1)


def simulate_codes(
    rng: np.random.Generator, interviews: int, prevalences: Floats, icc: float
) -> Floats:
    """Return the table of each code in each interview, ``(interviews, codes, 2, 2)``."""
    codes = len(prevalences)
    units = rng.integers(30, 91, (interviews, 1))
    present = rng.binomial(units, shares(rng, prevalences, interviews, icc))
    # a coder who always sees the code would divide by zero
    sees_a, sees_b = (
        np.minimum(shares(rng, np.full(codes, SEEN), interviews, icc), 0.9999) for _ in range(2)
    )
    wrong = np.broadcast_to(wrongly_given(prevalences), present.shape)
    cells = give(rng, present, sees_a, sees_b) + give(rng, units - present, wrong, wrong)
    return cells.reshape(interviews, codes, 2, 2).astype(float)


def wrongly_given(prevalences: Floats) -> Floats:
    """Return how often a coder gives a code to a unit that lacks it."""
    return prevalences * GIVEN_WRONGLY / (1 - prevalences)


def true_tables(prevalences: Floats) -> Floats:
    """Return the table of each code in a study that never ends."""
    wrong = wrongly_given(prevalences)
    both = prevalences * SEEN**2 + (1 - prevalences) * wrong**2
    one = prevalences * SEEN * (1 - SEEN) + (1 - prevalences) * wrong * (1 - wrong)
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

    @property
    def cells(self) -> tuple[str, str, str]:
        """Coverage, half of the width, and the share that has an interval, to print."""
        if not self.intervals:
            return "-", "-", "0%" if self.figures else "-"
        covering, width = self.covering / self.intervals, self.width / self.intervals
        # a share of a hundred studies or fewer is too unsure to print as a share
        covers = f"{covering:.1%}" if self.intervals > 100 else f"({covering:.0%})"
        return covers, f"{width:.2f}", f"{self.intervals / self.figures:.0%}"


Row = tuple[str, float, str]
"""Prevalence, ICC and figure."""


def measure_codes(
    prevalence: float, icc: float, interviews: int, studies: int, method: IntervalMethod
) -> Iterator[tuple[str, Tally]]:
    """Yield the tally of each coefficient of one code: all studies are computed at once."""
    prevalences = np.full(studies, prevalence)
    tables = simulate_codes(np.random.default_rng(15), interviews, prevalences, icc)
    true = true_tables(prevalences)
    occurs = units_with_code(tables, of_pair=True)
    for name, value in PER_CODE.items():
        point = value_of_all((tables,), value)
        uncertainty = cluster_uncertainty((tables,), value, method, occurs=occurs)
        exact = np.isfinite(uncertainty.low) & ~np.isfinite(uncertainty.error)
        tally, of_exact = Tally(), Tally()
        tally.count(uncertainty, value(true), np.isfinite(point) & ~exact)
        of_exact.count(uncertainty, value(true), exact)
        of_exact.figures = float(np.isfinite(point).sum())
        yield name, tally
        if name == "kappa":
            yield "kappa = 1, exact", of_exact


def measure_overall(
    prevalences: Floats, icc: float, interviews: int, studies: int, method: IntervalMethod
) -> Iterator[tuple[str, Tally]]:
    """Yield the tally of the figures over all codes."""
    rng = np.random.default_rng(15)
    pooled, mean = Tally(), Tally()
    true = true_tables(prevalences)
    single = np.ones(1, dtype=bool)
    for _ in range(studies):
        tables = simulate_codes(rng, interviews, prevalences, icc)
        uncertainty = cluster_uncertainty((tables,), pooled_kappa, method)
        occurs = units_with_code(tables, of_pair=True)
        pooled.count(uncertainty, pooled_kappa(true), single)
        of_mean = mean_uncertainty((tables,), kappas, method, occurs=occurs)
        mean.count(of_mean, mean_kappa(true), single)
    yield "pooled kappa", pooled
    yield "mean of kappas", mean


def measure(studies: int, method: IntervalMethod) -> dict[Row, list[Tally]]:
    """Return the tallies of each row of the table, one per number of interviews."""
    rows: dict[Row, list[Tally]] = {}
    for interviews in INTERVIEWS:
        for icc in ICCS:
            for prevalence in PREVALENCES:
                of_codes = measure_codes(prevalence, icc, interviews, studies, method)
                alike = np.full(20, prevalence)
                overall = measure_overall(alike, icc, interviews, studies, method)
                of_few = measure_overall(alike[:3], icc, interviews, studies, method)
                few = ((f"{name}, 3 codes", tally) for name, tally in of_few if "mean" in name)
                for name, tally in (*of_codes, *overall, *few):
                    rows.setdefault((f"{prevalence:.0%}", icc, name), []).append(tally)
            for name, tally in measure_overall(MIXED, icc, interviews, studies, method):
                rows.setdefault((".5-25%", icc, name), []).append(tally)
    return rows


def exact_coverage(prevalence: float, units: int) -> float:
    """Return how often exact limits of the share of disagreements cover it.

    Units do not resemble each other here, and there is a disagreement at all. Counts of a few
    are lumpy, so that the limits of Clopper and Pearson (1934) cover more than 95% too.
    """
    (table,) = true_tables(np.array([prevalence]))
    share = float(table[0, 1] + table[1, 0]) / float(table.sum())
    counts = np.arange(1, units + 1)
    chance = binom.pmf(counts, units, share)
    covers = (beta.ppf(0.025, counts, units - counts + 1) <= share) & (
        share <= beta.ppf(0.975, counts + 1, units - counts)
    )
    return float(chance[covers].sum() / chance.sum())


def print_exact_coverage() -> None:
    """Print for each prevalence what the exact limits of independent units cover."""
    print("Exact limits of the share of disagreements, 60 independent units to an interview:")
    for prevalence in PREVALENCES:
        shares = (f"{exact_coverage(prevalence, 60 * count):.1%}" for count in INTERVIEWS)
        print(f"{prevalence:>4.0%}  " + "  ".join(shares))


def print_rows(rows: dict[Row, list[Tally]], *, markdown: bool) -> None:
    """Print coverage, half width and the share that has an interval, by number of interviews."""
    order = sorted(rows, key=lambda row: list(dict.fromkeys(r[2] for r in rows)).index(row[2]))
    if markdown:
        print("| figure | prevalence | ICC |" + "".join(f" {n} |" for n in INTERVIEWS))
        print("| --- | --- | --- |" + " --- |" * len(INTERVIEWS))
    else:
        print(" " * 32 + "".join(f"{n:>12} interviews" for n in INTERVIEWS))
    for prevalence, icc, name in order:
        cells = [tally.cells for tally in rows[prevalence, icc, name]]
        if markdown:
            # the share is printed where not all have an interval
            words = (
                f" {covers} ±{width}" + ("" if given == "100%" else f" *{given}*") + " |"
                for covers, width, given in cells
            )
            print(f"| {name} | {prevalence} | {icc:.2f} |" + "".join(words))
        else:
            numbers = (f"  {c:>8} {w:>5} {g:>5}" for c, w, g in cells)
            print(f"{name:<17} {prevalence:>7} {icc:>5.2f}" + " ".join(numbers))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=1000)
    parser.add_argument("--intervals", default="jackknife")
    parser.add_argument("--resamples", type=int, default=500)
    parser.add_argument("--markdown", action="store_true")
    arguments = parser.parse_args()
    method = IntervalMethod(arguments.intervals, arguments.resamples)
    started = time.process_time()
    rows = measure(arguments.studies, method)
    print_rows(rows, markdown=arguments.markdown)
    print_exact_coverage()
    print(f"{time.process_time() - started:.0f} s of processor time")


if __name__ == "__main__":
    main()
