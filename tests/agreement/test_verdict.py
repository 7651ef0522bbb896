"""What a report says of its codes: by the intervals of alpha, the least reliable by name."""

from __future__ import annotations

import pytest

from qualcode.agreement import compare_coders
from qualcode.agreement.verdict import CodeVerdicts, judge_codes
from qualcode.model import CodeAgreement, Coefficient
from studies import coded, coding_study, interview

MEAN = Coefficient("macro_mean_kappa", 0.81, interval=(0.35, 1.0))


def row(code: str, value: float, interval: tuple[float, float] | None) -> CodeAgreement:
    alpha = Coefficient("alpha_nominal", value, interval=interval)
    return CodeAgreement(code, (4, 5), 3, 30, 36, {"alpha": alpha})


ROWS = (
    row("a", 0.9, (0.82, 0.95)),
    row("b", 0.8, (0.68, 0.9)),
    row("c", 0.81, (0.35, 0.97)),
    row("d", 0.3, (0.05, 0.6)),
    row("e", 1.0, None),
    CodeAgreement("unused", (0, 0), 0, 36, 36, {}),
)


def test_codes_are_counted_by_where_their_intervals_lie() -> None:
    verdicts = CodeVerdicts.of(ROWS)
    assert [one.code for one in verdicts.above] == ["a", "b"]
    assert [one.code for one in verdicts.below] == ["d"]
    assert [one.code for one in verdicts.undecided] == ["c", "e"]
    assert verdicts.reliable == 1


def test_the_least_reliable_codes_come_first_by_their_lower_limits() -> None:
    text = " ".join(judge_codes(ROWS, [MEAN]))
    assert text.index("d (alpha 0.30") < text.index("c (alpha 0.81") < text.index("b (alpha 0.80")
    assert "of 5 codes that were used 2 lie above .667 (1 of them above .8), 1 below it" in text


def test_a_good_mean_is_a_description_not_a_verdict() -> None:
    *_, last = judge_codes(ROWS, [MEAN])
    assert last == (
        "Over all codes the mean of the kappas is 0.81, 95% interval 0.35 to 1.00: a description, "
        "not a verdict on any code."
    )


@pytest.mark.parametrize("count", [1, 2])
def test_many_intervals_are_warned_of(count: int) -> None:
    text = " ".join(judge_codes(ROWS[:count], []))
    assert ("one in twenty misses" in text) == (count > 1)


def test_widths_follow_from_the_spread_of_the_study() -> None:
    """With n times the interviews the spread of their mean shrinks by the root of n."""
    interviews = [interview(f"P{n}", *(f"R: word{k}" for k in range(8))) for n in range(4)]
    codings = [
        coded(transcript, coder, f"word{k}", "who/age")
        for n, transcript in enumerate(interviews)
        for coder in ("anna", "bram")
        for k in range(1 + n)
        if not (coder == "bram" and k == 0 and n % 2)
    ]
    report = compare_coders(coding_study(interviews, codings))
    alpha = report.code("who/age").figure("alpha")
    assert alpha.standard_error is not None
    # Student's t at .975 with 7 and 15 degrees of freedom: 2.3646 and 2.1314
    twice, fourfold = (
        f"{t * alpha.standard_error * factor**-0.5:.2f}" for t, factor in ((2.3646, 2), (2.1314, 4))
    )
    assert any(
        f"8 interviews would give about {twice}, and 16 about {fourfold}" in warning
        for warning in report.warnings
    )


def test_a_figure_without_an_interval_says_why() -> None:
    interviews = [interview(f"P{n}", "R: one", "R: two", "R: three") for n in range(4)]
    codings = [
        coded(interviews[0], coder, word, "who/age")
        for coder, words in (("anna", ("one", "two")), ("bram", ("one",)))
        for word in words
    ]
    codings += [coded(t, coder, "one", "why/fun") for t in interviews for coder in ("anna", "bram")]
    row_ = compare_coders(coding_study(interviews, codings)).code("who/age")
    assert row_.figure("alpha").interval is None
    assert any("Alpha has no interval" in warning for warning in row_.warnings)


def test_agreement_on_units_and_on_characters_stand_side_by_side() -> None:
    """Each coder marks another word of one long turn: full agreement on turns, none on words."""
    text = interview("P1", "R: alpha beta gamma delta", "R: nothing")
    codings = [coded(text, "anna", "alpha", "who"), coded(text, "bram", "delta", "who")]
    verdict = " ".join(compare_coders(coding_study([text], codings)).verdict)
    assert "the pooled kappa is 1.00 on whole units and -0." in verdict
    assert "They differ" in verdict


def test_units_that_the_coders_mark_alike_are_not_warned_of() -> None:
    text = interview("P1", "R: alpha beta", "R: nothing")
    codings = [coded(text, coder, "alpha beta", "who") for coder in ("anna", "bram")]
    verdict = " ".join(compare_coders(coding_study([text], codings)).verdict)
    assert "is 1.00 on whole units and 1.00 on their characters" in verdict
    assert "They differ" not in verdict
