"""Alpha of sets of codes in blocks: the same values as with all distances at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from qualcode.agreement import distance
from qualcode.agreement.alpha import alpha
from qualcode.agreement.incidence import Incidence, label_sets
from qualcode.agreement.interval_method import IntervalMethod
from qualcode.agreement.resampling import bootstrap_values, leave_one_out
from qualcode.agreement.set_alpha import BLOCK, OF_SETS, SetDistances, _Expected, set_alphas

UNITS, CODES, INTERVIEWS = 1200, 12, 9
MATRICES = {"alpha_masi": distance.masi, "alpha_jaccard": distance.jaccard}


@pytest.fixture(scope="module")
def incidence() -> Incidence:
    rng = np.random.default_rng(3)
    true = rng.random((UNITS, CODES)) < 0.3
    return Incidence(
        tuple(map(str, range(CODES))),
        tuple(map(str, range(INTERVIEWS))),
        np.sort(rng.integers(0, INTERVIEWS, UNITS)),
        rng.integers(1, 4, UNITS),
        {name: true ^ (rng.random(true.shape) < 0.05) for name in "abc"},
        {name: np.ones(INTERVIEWS, dtype=bool) for name in "abc"},
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", MATRICES)
@pytest.mark.parametrize("method", [IntervalMethod(), IntervalMethod("bootstrap", 50)])
def test_values_are_those_of_the_whole_matrix(
    name: str, method: IntervalMethod, incidence: Incidence
) -> None:
    members, sets = label_sets(incidence)
    assert len(members) > BLOCK
    between = MATRICES[name](members)
    counts = np.zeros((INTERVIEWS, len(members)))
    unlike = np.zeros(UNITS)
    for first in range(3):
        np.add.at(counts, (incidence.interview, sets[first]), incidence.weights)
        for second in range(first):
            unlike += between[sets[first], sets[second]]
    sums = (incidence.sum_by_cluster(unlike), counts)

    def whole(disagreement: np.ndarray, given: np.ndarray) -> np.ndarray:
        return alpha(disagreement, given, between)

    figure = next(f for f in set_alphas(incidence, method) if f.name == name)
    assert figure.value == pytest.approx(float(whole(*(part.sum(0) for part in sums))), rel=1e-12)
    if method.name == "jackknife":
        without = leave_one_out(sums, whole)
        spread = ((without - without.mean()) ** 2).sum()
        error = (INTERVIEWS - 1) / INTERVIEWS * spread
        assert figure.standard_error == pytest.approx(error**0.5, rel=1e-9)
    else:
        low, high = np.quantile(bootstrap_values(sums, whole, 50, method.seed), (0.025, 0.975))
        assert figure.interval == pytest.approx((low, high), rel=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("name", MATRICES)
def test_blocks_hold_each_distance(name: str, incidence: Incidence) -> None:
    members, _ = label_sets(incidence)
    distances = SetDistances(members, OF_SETS)
    everything = slice(0, len(members))
    whole = distances.tables[name].take(distances.place_of_block(everything, everything))
    assert np.array_equal(whole, MATRICES[name](members))
    expected = _Expected(distances, np.ones((1, len(members))))
    assert expected.to_all[name][0] == pytest.approx(whole.sum())
    assert expected.between_interviews[name][0, 0] == pytest.approx(whole.sum())


def test_a_sibling_is_half_a_disagreement() -> None:
    """By hand, four units of two coders: x/a x/a, x/a x/b, x/a y/c, y/c y/c.

    Jaccard's distances of codes: 0, 1, 1, 0; of themes: 0, 0, 1, 0; their means: 0, .5, 1, 0. The
    observed disagreement of eight values is 2 * 1.5 = 3. Values: a 4, b 1, c 3; distances a-b .5,
    a-c 1, b-c 1, so expected 2 * (4 * .5 + 12 + 3) = 34. Alpha is 1 - 3 * 7 / 34 = 13 / 34.
    """
    labels = {"anna": ("x/a", "x/a", "x/a", "y/c"), "bram": ("x/a", "x/b", "y/c", "y/c")}
    codes = ("x/a", "x/b", "y/c")
    has = {
        coder: np.array([[label == code for code in codes] for label in given])
        for coder, given in labels.items()
    }
    coded = dict.fromkeys(labels, np.ones(2, dtype=bool))
    weights = np.ones(4, dtype=np.int64)
    incidence = Incidence(codes, ("P1", "P2"), np.array([0, 0, 1, 1]), weights, has, coded)
    figures = {figure.name: figure for figure in set_alphas(incidence, IntervalMethod())}
    assert figures["alpha_tree"].value == pytest.approx(13 / 34)
    # nominal: expected 2 * (4 + 12 + 3) = 38, observed 4: 1 - 4 * 7 / 38
    assert figures["alpha_jaccard"].value == pytest.approx(1 - 28 / 38)
    flat = replace(incidence, codes=("a", "b", "c"))
    assert "alpha_tree" not in {figure.name for figure in set_alphas(flat, IntervalMethod())}
