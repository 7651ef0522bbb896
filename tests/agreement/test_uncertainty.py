"""Intervals with interviews as the sample: one method, exact limits, means corrected for bias."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qualcode.agreement.arrays import Floats
from qualcode.agreement.distance import BINARY
from qualcode.agreement.interval_method import IntervalMethod
from qualcode.agreement.kappa import cohen_kappa, mean_kappa
from qualcode.agreement.mean_uncertainty import mean_uncertainty
from qualcode.agreement.student_t import student_t
from qualcode.agreement.uncertainty import cluster_uncertainty

BOOTSTRAP = IntervalMethod("bootstrap", 500)


def kappa_per_code(tables: Floats) -> Floats:
    return cohen_kappa(tables, BINARY)


def random_tables(interviews: int, prevalences: list[float], seed: int = 1) -> Floats:
    """Return tables of codes, ``(interviews, codes, 2, 2)``, of 60 units to an interview."""
    rng = np.random.default_rng(seed)
    tables = []
    for _ in range(interviews):
        present = rng.random((60, len(prevalences))) < prevalences
        codes_a, codes_b = (present & (rng.random(present.shape) < 0.85) for _ in range(2))
        tables.append(
            [
                np.bincount(2 * code_a + code_b, minlength=4).reshape(2, 2)
                for code_a, code_b in zip(codes_a.T, codes_b.T, strict=True)
            ]
        )
    return np.array(tables, dtype=float)


def half_width(tables: Floats) -> float:
    uncertainty = mean_uncertainty((tables,), kappa_per_code)
    return float(uncertainty.high - uncertainty.low) / 2


def test_the_interval_does_not_jump_between_nineteen_and_twenty_interviews() -> None:
    tables = random_tables(20, [0.02, 0.05, 0.1, 0.2])
    assert half_width(tables[:19]) == pytest.approx(half_width(tables), rel=0.1)
    assert "jackknife over 20" in mean_uncertainty((tables,), kappa_per_code).reasons[0]


def test_limits_of_one_coefficient_stay_within_its_range() -> None:
    """Kappas of .9 and -.9 in three interviews: plain limits would pass 1 and -1."""
    agree = np.array([[[10, 0], [0, 10]], [[9, 1], [1, 9]], [[10, 0], [1, 9]]], dtype=float)
    for tables in (agree, agree[:, ::-1]):
        uncertainty = cluster_uncertainty((tables,), kappa_per_code)
        assert -1 < float(uncertainty.low) < float(kappa_per_code(tables.sum(0)))
        assert float(kappa_per_code(tables.sum(0))) < float(uncertainty.high) < 1


def test_limits_of_one_coefficient_are_those_of_t_on_the_scale_of_z() -> None:
    tables = random_tables(8, [0.2])[:, 0]
    kappa = float(kappa_per_code(tables.sum(0)))
    assert np.isfinite(kappa_per_code(tables)).all()
    without = np.array([kappa_per_code(tables.sum(0) - table) for table in tables])
    error = math.sqrt(7 / 8 * float(((without - without.mean()) ** 2).sum()))
    half = student_t(7) * error / (1 - kappa**2)
    uncertainty = cluster_uncertainty((tables,), kappa_per_code)
    assert float(uncertainty.error) == pytest.approx(error)
    assert float(uncertainty.low) == pytest.approx(math.tanh(math.atanh(kappa) - half))
    assert float(uncertainty.high) == pytest.approx(math.tanh(math.atanh(kappa) + half))


def test_the_interval_of_a_mean_stands_around_the_mean_less_its_bias() -> None:
    tables = random_tables(8, [0.1, 0.2, 0.3])
    mean = float(mean_kappa(tables.sum(0)))
    without = np.array([mean_kappa(tables.sum(0) - table) for table in tables])
    corrected = 8 * mean - 7 * float(without.mean())
    uncertainty = mean_uncertainty((tables,), kappa_per_code)
    assert float(uncertainty.low + uncertainty.high) / 2 == pytest.approx(corrected)
    assert "corrected for bias" in uncertainty.reasons[0]


def test_a_mean_whose_codes_come_and_go_has_no_interval() -> None:
    """Two of five codes occur in one interview: without it the mean is of other codes."""
    tables = random_tables(6, [0.3, 0.3, 0.3, 0.3, 0.3])
    tables[1:, 3:] = [[60, 0], [0, 0]]
    uncertainty = mean_uncertainty((tables,), kappa_per_code)
    assert uncertainty.limits == [None]
    assert "the mean of other codes" in uncertainty.reasons[0]


def test_a_rare_code_without_disagreement_has_an_exact_limit() -> None:
    """Two of six interviews have the code: .05 ** (1 / 2)."""
    tables = np.tile(np.array([[60.0, 0], [0, 0]]), (6, 1, 1))
    tables[:2] = [[59, 0], [0, 1]]
    for method in (IntervalMethod(), BOOTSTRAP):
        uncertainty = cluster_uncertainty((tables,), kappa_per_code, method)
        assert uncertainty.limits == [pytest.approx((0.05**0.5, 1))]
        assert "the 2 interviews that have something" in uncertainty.reasons[0]


def test_a_code_that_one_coder_never_gave_has_no_interval() -> None:
    """Kappa is 0 whichever interview is left out: nothing to estimate an error from."""
    tables = np.tile(np.array([[58.0, 0], [2, 0]]), (6, 1, 1))
    uncertainty = cluster_uncertainty((tables,), kappa_per_code)
    assert uncertainty.limits == [None]
    assert "no variation to estimate from" in uncertainty.reasons[0]


def test_degrees_of_freedom_are_the_interviews_that_have_the_code() -> None:
    tables = random_tables(8, [0.2])[:, 0]
    tables[4:] = [[60, 0], [0, 0]]
    uncertainty = cluster_uncertainty((tables,), kappa_per_code)
    assert "8 interviews, t with 3 degrees of freedom" in uncertainty.reasons[0]


def test_two_interviews_with_the_code_are_too_few_for_an_interval() -> None:
    tables = random_tables(8, [0.2])[:, 0]
    tables[2:] = [[60, 0], [0, 0]]
    uncertainty = cluster_uncertainty((tables,), kappa_per_code)
    assert uncertainty.limits == [None]
    assert "fewer than three" in uncertainty.reasons[0]


def test_a_code_on_three_units_has_no_interval() -> None:
    """Each in another interview, one of them given by both coders."""
    tables = np.tile(np.array([[60.0, 0], [0, 0]]), (8, 1, 1))
    tables[:3] = [[[59, 0], [0, 1]], [[59, 1], [0, 0]], [[59, 0], [1, 0]]]
    occurs = tables.sum((-2, -1)) - tables[..., 0, 0]
    uncertainty = cluster_uncertainty((tables,), kappa_per_code, occurs=occurs)
    assert uncertainty.limits == [None]
    assert "fewer than four units" in uncertainty.reasons[0]
    tables[3] = [[59, 0], [0, 1]]
    occurs = tables.sum((-2, -1)) - tables[..., 0, 0]
    uncertainty = cluster_uncertainty((tables,), kappa_per_code, occurs=occurs)
    assert uncertainty.limits != [None]


def test_where_the_bias_is_corrected_to_the_limit_lies_further_away() -> None:
    """Rare codes: the mean is too low, and how much is itself uncertain."""
    tables = random_tables(10, [0.01, 0.01, 0.02, 0.02, 0.2, 0.2], seed=4)
    mean = float(mean_kappa(tables.sum(0)))
    without = np.array([mean_kappa(tables.sum(0) - table) for table in tables])
    corrected = 10 * mean - 9 * float(without.mean())
    assert corrected > mean
    # a second jackknife: the corrected mean without each interview
    pairs = [
        np.mean([mean_kappa(tables.sum(0) - tables[i] - tables[j]) for j in range(10) if j != i])
        for i in range(10)
    ]
    corrected_without = 9 * without - 8 * np.array(pairs)
    errors = [
        math.sqrt(0.9 * float(((values - values.mean()) ** 2).sum()))
        for values in (without, corrected_without)
    ]
    uncertainty = mean_uncertainty((tables,), kappa_per_code)
    t = float(student_t(9))
    assert float(uncertainty.low) == pytest.approx(corrected - t * errors[0])
    wider = math.sqrt(errors[0] * max(errors))
    assert float(uncertainty.high) == pytest.approx(min(corrected + t * wider, 1))


def test_a_mean_without_any_disagreement_has_no_interval() -> None:
    """One interview has the three codes: an exact limit of .05 would speak of one interview."""
    tables = np.tile(np.array([[60.0, 0], [0, 0]]), (6, 3, 1, 1))
    tables[0] = [[59, 0], [0, 1]]
    uncertainty = mean_uncertainty((tables,), kappa_per_code)
    assert uncertainty.limits == [None]
    assert "never disagreed on these codes" in uncertainty.reasons[0]


def test_a_mean_of_few_codes_needs_units_of_each() -> None:
    """Of two codes one is on three units: alone it would have no interval either."""
    tables = random_tables(8, [0.2, 0.2])
    tables[:, 1] = [[60, 0], [0, 0]]
    tables[:3, 1] = [[[59, 0], [0, 1]], [[59, 1], [0, 0]], [[59, 0], [1, 0]]]
    for added, limits in ((0, False), (2, True)):
        tables[3, 1] = [[60 - added, 0], [0, added]]
        occurs = tables.sum((-2, -1)) - tables[..., 0, 0]
        uncertainty = mean_uncertainty((tables,), kappa_per_code, occurs=occurs)
        assert (uncertainty.limits != [None]) is limits
        if not limits:
            assert "fewer than five codes" in uncertainty.reasons[0]
        else:
            low, high = uncertainty.limits[0] or (np.nan, np.nan)
            assert low < high


def test_a_mean_that_two_interviews_carry_has_no_interval() -> None:
    """Without those two the mean does not exist: its bias cannot be told, and no limit is NaN."""
    tables = np.tile(np.array([[60.0, 0], [0, 0]]), (5, 1, 1, 1))
    tables[:2] = [[50, 1], [2, 7]]
    uncertainty = mean_uncertainty((tables,), kappa_per_code)
    assert uncertainty.limits == [None]
    assert np.isnan(uncertainty.high).all()
