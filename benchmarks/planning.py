"""Is the promised width reached? A pilot plans a study, and the study is done.

Pilots of 6 to 20 interviews of one code (the simulation of ``interval_coverage``) say how many
interviews give an interval of alpha of +-.12; a study of that number is then simulated, and its
half-width compared. From pilots of fewer than six interviews nothing is planned, nor for codes on
fewer than 20 units of the pilot.

Run: python benchmarks/planning.py [--pilots 400]
"""

from __future__ import annotations

import argparse

import numpy as np
from interval_coverage import ICCS, alphas, simulate_codes

from qualcode.agreement.planning import FEWEST_SEEN, Goal, Spread
from qualcode.agreement.report_columns import units_with_code
from qualcode.agreement.resampling import value_of_all
from qualcode.agreement.uncertainty import Uncertainty, cluster_uncertainty, effective_number
from qualcode.model import Coefficient

GOAL = Goal(half_width=0.12, threshold=0.667, power=0.8)


def estimate(tables: np.ndarray) -> Uncertainty:
    occurs = units_with_code(tables, of_pair=True)
    return cluster_uncertainty((tables,), alphas, occurs=occurs)


def measure(pilots: int, prevalence: float, icc: float, interviews: int) -> tuple[float, float]:
    """Return how often the width is reached, and the median number of interviews."""
    rng = np.random.default_rng(5)
    codes = np.full(pilots, prevalence)
    tables = simulate_codes(rng, interviews, codes, icc)
    occurs = units_with_code(tables, of_pair=True)
    values, found = value_of_all((tables,), alphas), estimate(tables)
    counting = ((occurs > 0) | np.isfinite(alphas(tables))).mean(0)
    effective = effective_number(occurs)
    sizes, reached = [], []
    for i in np.nonzero((occurs.sum(0) >= FEWEST_SEEN) & np.isfinite(found.low))[0]:
        figure = Coefficient("alpha", float(values[i]), standard_error=float(found.error[i]))
        spread = Spread(figure, interviews, float(counting[i]), float(effective[i]))
        size = spread.for_width(GOAL)
        if size is not None and size <= 400:
            study = estimate(simulate_codes(rng, size, codes[:1], icc))
            sizes.append(size)
            reached.append(bool((study.high - study.low)[0] / 2 <= GOAL.half_width))
    return (float(np.mean(reached)), float(np.median(sizes))) if sizes else (np.nan, np.nan)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pilots", type=int, default=400)
    pilots = parser.parse_args().pilots
    print("| prevalence | ICC | 6 | 10 | 20 |\n| --- | --- | --- | --- | --- |")
    for prevalence in (0.05, 0.10, 0.40):
        for icc in ICCS:
            cells = (measure(pilots, prevalence, icc, n) for n in (6, 10, 20))
            words = (f" {reached:.0%} (n = {size:.0f}) |" for reached, size in cells)
            print(f"| {prevalence:.0%} | {icc:.2f} |" + "".join(words))


if __name__ == "__main__":
    main()
