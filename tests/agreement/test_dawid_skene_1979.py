"""Dawid & Skene 1979, Applied Statistics 28(1), 20-28: five anaesthetists judge 45 patients.

Table 1 has the fitness of each patient for a general anaesthetic, 1 (fit) to 4 (unfit), as seen by
five anaesthetists; the first of them judged each patient three times. Here a patient is seven
digits: three judgments of the first, then one of each of the others.
"""

import numpy as np
import pytest

from qualcode.agreement.dawid_skene import ErrorRates, count_labels, estimate_error_rates

TABLE = """\
1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223
2322223 4444444 2223343 1111111 2223212 1211111 1112111 1111111 1111111
2222221 2221322 2222222 2222221 2223222 2212222 1111111 1111111 2322222
1111111 1111111 1121121 1111111 3333233 1111111 2222222 2223232 4334343
2212232 2323233 3333432 1111111 1111111 1212111 2322222 1211111 2222222
"""
PATIENTS = TABLE.split()


def model() -> ErrorRates:
    labels = np.array([[int(label) - 1 for label in patient] for patient in PATIENTS]).T
    each = count_labels(labels, 4)
    given = np.concatenate([each[:3].sum(0, keepdims=True), each[3:]])
    return estimate_error_rates(given, np.ones(45))


def test_prevalence_is_that_of_the_paper() -> None:
    """Of the patients .40, .42, .11 and .07 are of class 1 to 4."""
    assert model().prevalence == pytest.approx([0.40, 0.42, 0.11, 0.07], abs=0.005)


def test_error_rates_of_the_first_anaesthetist_are_those_of_the_paper() -> None:
    """Rows are the true class, columns what was seen."""
    expected = [[0.89, 0.11, 0, 0], [0.07, 0.88, 0.05, 0], [0, 0.34, 0.66, 0], [0, 0, 0.56, 0.44]]
    assert model().rates[0] == pytest.approx(np.array(expected), abs=0.006)


def test_the_class_of_each_patient_is_hardly_in_doubt() -> None:
    assert (model().right.max(1) > 0.9).all()
