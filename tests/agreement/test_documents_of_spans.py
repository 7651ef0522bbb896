"""Figures on spans with intervals clustered by document, and passages of a study."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from qualcode.agreement import UNITIZING, compare_coders, unitizing
from qualcode.agreement.student_t import student_t
from qualcode.errors import InvalidValueError, UndefinedRequestError
from studies import CODERS, coded, coding_study, interview

SPANS = {
    "a": [(2, 9, "x"), (12, 20, "y"), (33, 40, "x"), (61, 75, "x"), (80, 88, "y")],
    "b": [(2, 7, "x"), (13, 20, "y"), (35, 44, "y"), (60, 75, "x")],
}
STARTS = [0, 30, 60]
LENGTH = 90
FIGURES = [name for name in UNITIZING if name != "gamma_disorder"]


def asked(name: str) -> dict[str, Any]:
    return {"label": "x"} if name in ("ku_alpha", "gamma_k") else {}


@pytest.mark.slow
@pytest.mark.parametrize("name", FIGURES)
def test_documents_give_an_interval_and_leave_the_figure_as_it_is(name: str) -> None:
    plain = unitizing(name, SPANS, length=LENGTH, **asked(name))
    found = unitizing(name, SPANS, length=LENGTH, documents=STARTS, **asked(name))
    # chance never carries a passage of gamma from one document to another, so it differs there
    if not name.startswith("gamma"):
        assert found.value == pytest.approx(plain.value)
        assert found.observed == (plain.observed and pytest.approx(plain.observed))
    assert plain.interval is None
    assert found.interval is not None
    assert found.value is not None
    assert found.interval[0] <= found.value <= found.interval[1]
    assert "jackknife over 3 interviews" in found.detail


@pytest.mark.parametrize("name", ["u_alpha", "u_alpha_binary", "dice", "segment_match"])
def test_the_standard_error_is_the_jackknife_over_documents(name: str) -> None:
    """Each document left out in turn, the rest laid end to end."""
    without = []
    for gone in range(3):
        kept: dict[str, list[tuple[int, int, str]]] = {coder: [] for coder in SPANS}
        for place, (low, high) in enumerate(pairwise([*STARTS, LENGTH])):
            shift = low - 30 * (place - (place > gone))
            for coder, own in SPANS.items():
                inside = [one for one in own if low <= one[0] < high and place != gone]
                kept[coder] += [(s - shift, e - shift, c) for s, e, c in inside]
        without.append(unitizing(name, kept, length=60).value)
    values = np.array(without, dtype=float)
    error = math.sqrt(2 / 3 * float(((values - values.mean()) ** 2).sum()))
    found = unitizing(name, SPANS, length=LENGTH, documents=STARTS)
    assert found.standard_error == pytest.approx(error)
    assert found.value is not None
    assert found.interval is not None
    # on the scale of Fisher's z; a share is first stretched from 0..1 to -1..1
    share = name in {"dice", "segment_match"}
    scaled = float(2 * found.value - 1 if share else found.value)
    half = float(student_t(2)) * error * (2 if share else 1) / (1 - scaled**2)
    upper = math.tanh(math.atanh(scaled) + half)
    assert found.interval[1] == pytest.approx((upper + 1) / 2 if share else upper)


def test_a_bootstrap_that_is_asked_for_resamples_documents_with_a_seed() -> None:
    many = {
        coder: [(n * 30 + 2, n * 30 + 9 + (n % 3) * (coder == "b"), "x") for n in range(20)]
        for coder in "ab"
    }
    starts = [n * 30 for n in range(20)]
    found, again, other = (
        unitizing(
            "u_alpha",
            many,
            length=600,
            documents=starts,
            intervals="bootstrap",
            resamples=200,
            seed=seed,
        )
        for seed in (4, 4, 5)
    )
    assert "bootstrap over 20 interviews, 200 samples, seed 4" in found.detail
    assert found == again
    assert found.interval != other.interval


def test_one_document_has_no_interval_and_says_so() -> None:
    found = unitizing("u_alpha", SPANS, length=LENGTH, documents=[0])
    assert found.interval is None
    assert "no interval from one interview" in found.detail


@pytest.mark.parametrize("documents", [[5, 30], [0, 60, 30], [0, 90], [0, 30, 30], [], [0, 1.5]])
def test_documents_out_of_order_are_refused(documents: list[int]) -> None:
    with pytest.raises(InvalidValueError, match="ocument"):
        unitizing("u_alpha", SPANS, length=LENGTH, documents=documents)


def test_a_span_into_the_next_document_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="runs on into the document"):
        unitizing("dice", SPANS, length=LENGTH, documents=[0, 15])


def test_a_seed_without_documents_is_refused_where_nothing_is_drawn() -> None:
    with pytest.raises(UndefinedRequestError, match="takes no seed"):
        unitizing("u_alpha", SPANS, length=LENGTH, seed=1)


ONE = interview("P1", "I: and then", "R: it was fun", "I: aha", "R: all the day")
TWO = interview("P2", "R: no fun at all", "R: so I left")


def passages(*more: str) -> dict[tuple[str, str], float | None]:
    first = interview("P1", *(more or ("I: and then", "R: it was fun", "I: aha", "R: all the day")))
    codings = [
        coded(first, "anna", "was fun", "why/fun"),
        coded(first, "bram", "fun", "why/fun"),
        coded(TWO, "anna", "fun", "why/fun"),
        coded(TWO, "bram", "no fun at", "why/fun"),
        coded(TWO, "bram", "left", "who"),
    ]
    report = compare_coders(coding_study([first, TWO], codings))
    return {(one.figure.name, one.code): one.figure.value for one in report.passages}


def test_passages_are_compared_in_respondents_words_alone() -> None:
    """What the interviewer adds changes nothing; the figures are those of the words laid out."""
    found = passages()
    assert found == passages(
        "I: and then, and then", "R: it was fun", "I: aha, oh", "R: all the day"
    )
    # "it was fun" + "all the day" + "no fun at all" + "so I left"
    spans = {
        "a": [(3, 10, "why/fun"), (24, 27, "why/fun")],
        "b": [(7, 10, "why/fun"), (21, 30, "why/fun"), (39, 43, "who")],
    }
    wanted = unitizing("u_alpha", spans, length=43).value
    assert found["u_alpha", ""] == pytest.approx(wanted)
    only = {coder: [one for one in own if one[2] != "who"] for coder, own in spans.items()}
    wanted = unitizing("u_alpha_binary", only, length=43).value
    assert found["u_alpha_binary", "why/fun"] == pytest.approx(wanted)


def test_a_passage_at_the_end_of_an_interview_ends_there() -> None:
    """The same code on the last turn of one and the first of the next: two passages."""
    first, second = interview("P1", "R: one two"), interview("P2", "R: three four")
    codings = [
        coded(transcript, coder, words, "who")
        for transcript, words in ((first, "two"), (second, "three"))
        for coder in CODERS
    ]
    report = compare_coders(coding_study([first, second], codings))
    figures = {(one.figure.name, one.code): one.figure for one in report.passages}
    assert figures["u_alpha", ""].value == 1
    assert figures["u_alpha_binary", ""].value == 1
    assert figures["u_alpha_binary", "who"].value == 1


def test_a_code_of_one_coder_alone_has_a_figure_on_passages() -> None:
    codings = [coded(ONE, "anna", "was fun", "who"), coded(ONE, "bram", "was fun", "why/fun")]
    report = compare_coders(coding_study([ONE], codings))
    values = {one.code: one.figure.value for one in report.passages if one.code}
    assert values["who"] is not None
    assert values["who"] < 0
    assert values["why/fun"] == pytest.approx(values["who"])


def test_overlapping_passages_with_other_codes_leave_only_the_binary_figures() -> None:
    codings = [
        coded(ONE, coder, words, code)
        for coder in CODERS
        for words, code in (("was fun", "why/fun"), ("fun", "who"), ("the day", "who"))
    ]
    report = compare_coders(coding_study([ONE], codings))
    found = {(one.figure.name, one.code): one.figure for one in report.passages}
    assert "overlapping passages" in str(found["u_alpha", ""].undefined_because)
    assert found["u_alpha_binary", ""].value == 1
    assert found["u_alpha_binary", "who"].value == 1
