"""Saturation: Guest, Namey and Chen 2020."""

from dataclasses import replace
from typing import Any

import pytest

from qualcode.model import Saturation, SaturationFinding
from qualcode.themes import assess_saturation


def _interviews(book: Any, study: Any, new: list[int], **groups: str) -> Any:
    """Return a study whose i-th interview uses ``new[i]`` codes that none used before."""
    codes, texts = ["old"], {}
    for i, count in enumerate(new, start=1):
        own = [f"c{i}_{j}" for j in range(count)]
        codes += own
        texts[f"T{i:02}"] = "R: [so|old] " + " ".join(f"[x|{code}]" for code in own)
    return study(texts, book(*codes), **groups)


def _finding(saturation: Saturation, length: int, threshold: float) -> SaturationFinding:
    (found,) = (
        f for f in saturation.findings if (f.run_length, f.threshold) == (length, threshold)
    )
    return found


def test_the_worked_example_of_the_paper(study: Any, book: Any) -> None:
    """The figures of the paper's example: 37 themes in the first four interviews; the run of
    6 and 7 gives 4 new themes, 4/37 = 11%; that of 7 and 8 gives 1, 1/37 = 3%: at 5%,
    saturation at 6+2 for a run of two and at 7+3 for a run of three. (The code "old" is one of
    the 37; new themes per interview were chosen to give these sums.)
    """
    made = _interviews(book, study, [15, 9, 7, 5, 3, 3, 1, 0, 1, 0])
    (saturation,) = assess_saturation(*made.parts, orders=10)
    assert saturation.base_codes == 37
    two, three = _finding(saturation, 2, 0.05), _finding(saturation, 3, 0.05)
    ratios = {run.after: run.ratio for run in two.runs}
    assert (round(ratios[5], 2), round(ratios[6], 2)) == (0.11, 0.03)
    assert (two.notation, three.notation) == ("6+2", "7+3")


def test_no_new_information_at_all_by_hand(study: Any, book: Any) -> None:
    """New codes 2+old, 1, 1, 0 | 1, 0, 0: base 5; runs of two: 1, 0 -> 5+2 at 0%."""
    made = _interviews(book, study, [2, 1, 1, 0, 1, 0, 0])
    (saturation,) = assess_saturation(*made.parts, orders=10)
    assert saturation.new_codes == (3, 1, 1, 0, 1, 0, 0)
    assert saturation.known_codes == (3, 4, 5, 5, 6, 6, 6)
    finding = _finding(saturation, 2, 0.0)
    assert [(run.after, run.ratio) for run in finding.runs] == [(4, 0.2), (5, 0.0)]
    assert finding.runs[0].new_codes == ("c5_0",)
    assert finding.runs[1].interviews == ("T06", "T07")
    assert finding.notation == "5+2"
    assert _finding(saturation, 3, 0.0).reached_after is None
    assert _finding(saturation, 3, 0.0).notation == ""


def test_exactly_five_percent_is_saturated(study: Any, book: Any) -> None:
    """Base 20 codes (old and 19), 1 new in the run: 1/20 = 5%."""
    made = _interviews(book, study, [19, 0, 0, 0, 1, 0])
    (saturation,) = assess_saturation(*made.parts, orders=10)
    assert _finding(saturation, 2, 0.05).notation == "4+2"


@pytest.mark.parametrize(("interviews", "length"), [(5, 2), (6, 3), (0, 2)])
def test_too_few_interviews_say_so(study: Any, book: Any, interviews: int, length: int) -> None:
    made = _interviews(book, study, [1] * interviews)
    finding = _finding(assess_saturation(*made.parts, orders=10)[0], length, 0.05)
    assert finding.reached_after is None
    assert finding.spread is None
    assert finding.undefined_because == (
        f"too few interviews: {interviews}, where a base of 4 and a run of {length} need at "
        f"least {4 + length}"
    )


def test_a_base_without_codes_says_so(study: Any, book: Any) -> None:
    made = study({f"T{i}": "R: so" for i in range(6)}, book("a"))
    finding = assess_saturation(*made.parts, orders=10)[0].findings[0]
    assert finding.undefined_because == "no codes in the first 4 interviews"


def test_each_group_is_assessed_on_its_own_interviews(study: Any, book: Any) -> None:
    made = _interviews(book, study, [1] * 4, users="T01 T03", professionals="T02 T04")
    everyone, users, professionals = assess_saturation(*made.parts, orders=10)
    assert (everyone.group, len(everyone.interviews)) == ("", 4)
    assert (users.group, users.interviews) == ("users", ("T01", "T03"))
    assert professionals.base_codes is None


def test_random_orders_are_spread_around_the_same_interviews(study: Any, book: Any) -> None:
    """Six interviews with the same code: every order is saturated after four."""
    made = _interviews(book, study, [0] * 6)
    spread = _finding(assess_saturation(*made.parts)[0], 2, 0.0).spread
    assert spread is not None
    assert (spread.orders, spread.reached) == (1000, 1000)
    assert (spread.low, spread.median, spread.high) == (4, 4, 4)


def test_the_spread_by_hand_where_one_interview_holds_all_that_is_new(
    study: Any, book: Any
) -> None:
    """Six interviews, one with a code of its own. At 0% a base of four and a run of two are
    saturated exactly when it is in the base: in 4 of 6 orders. With the seed given: 2/3 of
    1,000 within four standard errors (60), and the median is 4, the 95th percentile none.
    """
    made = _interviews(book, study, [1, 0, 0, 0, 0, 0])
    spread = _finding(assess_saturation(*made.parts)[0], 2, 0.0).spread
    assert spread is not None
    assert abs(spread.reached - 667) < 60
    assert (spread.low, spread.median, spread.high) == (4, 4, None)


def test_the_same_seed_gives_the_same_spread_whatever_the_order_of_codings(
    study: Any, book: Any
) -> None:
    made = _interviews(book, study, [3, 1, 2, 0, 1, 0, 1, 0])
    turned = replace(made, codings=made.codings[::-1])
    assert assess_saturation(*made.parts) == assess_saturation(*turned.parts)


def test_codes_above_a_used_code_are_no_information(study: Any, book: Any) -> None:
    made = study({"T1": "R: [so|a/x]"}, book("a", "a/x"))
    assert assess_saturation(*made.parts, orders=10)[0].known_codes == (1,)
