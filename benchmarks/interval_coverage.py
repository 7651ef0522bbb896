"""Do the 95% intervals cover? Simulated studies of 4 to 40 interviews.

Interviews differ in how often a code occurs and in how far the coders agree, so segments of
one interview resemble each other. Coverage should lie between 90% and 97%; the interval that
takes segments as independent is shown beside it. "narrow" is the half-width that one in
twenty studies stays under: with few interviews it is far below the mean one.

Run: python benchmarks/interval_coverage.py [--studies 600]
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement import uncertainty
from qualcode.agreement.alpha import table_alpha
from qualcode.agreement.arrays import Floats
from qualcode.agreement.distance import nominal
from qualcode.agreement.kappa import cohen_kappa, kappa_influence

SEGMENTS = 60
RESAMPLES = 500
BINARY = nominal(2)


def study(rng: np.random.Generator, interviews: int) -> Floats:
    """Return the table of one code in each interview, ``(interviews, 2, 2)``."""
    sizes = rng.integers(SEGMENTS // 2, SEGMENTS * 3 // 2, interviews)
    occurs = rng.beta(1.6, 6.4, interviews)
    careless = rng.beta(1.2, 8.0, interviews)
    cells = np.empty((interviews, 4))
    for i, (size, often, error) in enumerate(zip(sizes, occurs, careless, strict=True)):
        true = rng.random(size) < often
        one, two = (true ^ (rng.random(size) < error) for _ in range(2))
        cells[i] = np.bincount(2 * one + two, minlength=4)
    return cells.reshape(interviews, 2, 2)


def truth(rng: np.random.Generator) -> dict[str, float]:
    """Return the figures of a study that never ends."""
    whole = study(rng, 60_000).sum(0)
    return {"kappa": float(cohen_kappa(whole, BINARY)), "alpha": float(table_alpha(whole, BINARY))}


def naive(table: Floats) -> tuple[float, float]:
    """Return the interval of kappa that takes segments as independent."""
    whole = table.sum(0)
    spread: NDArray[np.float64] = np.square(kappa_influence(whole, BINARY)) * whole
    half = 1.96 * float(spread.sum()) ** 0.5 / float(whole.sum())
    value = float(cohen_kappa(whole, BINARY))
    return value - half, value + half


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=600)
    studies = parser.parse_args().studies
    rng = np.random.default_rng(2024)
    true = truth(rng)
    print(f"true kappa {true['kappa']:.3f}, alpha {true['alpha']:.3f}; {studies} studies each")
    print(
        f"{'interviews':>10} {'kappa':>7} {'alpha':>7} {'half-width':>11} {'narrow':>7} "
        f"{'naive kappa':>12}"
    )
    started = time.perf_counter()
    figures = {
        "kappa": lambda table: cohen_kappa(table, BINARY),
        "alpha": lambda table: table_alpha(table, BINARY),
    }
    for interviews in (4, 6, 10, 20, 40):
        covered = dict.fromkeys((*figures, "naive"), 0)
        widths = []
        for number in range(studies):
            table = study(rng, interviews)
            for name, value in figures.items():
                found = uncertainty.cluster_uncertainty(
                    (table,), value, resamples=RESAMPLES, seed=number
                )
                covered[name] += bool(found.low <= true[name] <= found.high)
                if name == "kappa":
                    widths.append(float(found.high - found.low) / 2)
            low, high = naive(table)
            covered["naive"] += low <= true["kappa"] <= high
        kappa, alpha, simple = (covered[name] / studies for name in ("kappa", "alpha", "naive"))
        print(
            f"{interviews:>10} {kappa:>7.1%} {alpha:>7.1%} {np.mean(widths):>11.3f} "
            f"{np.quantile(widths, 0.05):>7.3f} {simple:>12.1%}"
        )
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
