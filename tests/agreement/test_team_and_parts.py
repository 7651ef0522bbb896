"""Teams, exposed units, the order of the work, confusions, other programs' figures."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qualcode.agreement import (
    UnitsOfAnalysis,
    agreement_over_time,
    coefficient,
    collect_program_figures,
    compare_coders,
    compare_pairs,
    find_confusion,
    split_by_exposure,
    study_of_rounds,
)
from qualcode.errors import UndefinedRequestError
from qualcode.model import Coefficient
from studies import BOOK, CODERS, coded, coding_study, interview

ONE = interview("P01", "I: how old", "R: thirty", "R: nights", "R: fun", "R: well", "R: so")
TWO = interview("P02", "R: forty", "R: days", "R: dull", "R: hm")
TEAM = ("anna", "bram", "cleo")
CODINGS = [
    *[coded(ONE, coder, "thirty", "who/age") for coder in TEAM],
    *[coded(TWO, coder, "forty", "who/age") for coder in CODERS],
    coded(ONE, "anna", "fun", "why/fun"),
    coded(ONE, "bram", "fun", "why/habit"),
    coded(ONE, "cleo", "fun", "why/fun"),
    coded(ONE, "anna", "nights", "who/work"),
    coded(TWO, "bram", "dull", "why/fun"),
]


def test_every_pair_of_a_team_is_compared() -> None:
    reports = compare_pairs(coding_study([ONE, TWO], CODINGS, coders=TEAM))
    assert [r.coders for r in reports] == [("anna", "bram"), ("anna", "cleo"), ("bram", "cleo")]
    assert [r.units for r in reports] == [9, 5, 5]


def test_a_transcript_a_coder_did_not_code_is_missing_for_that_coder() -> None:
    """Cleo coded one of the two interviews; the other two are still compared on both."""
    row = next(
        r
        for r in compare_coders(coding_study([ONE, TWO], CODINGS, coders=TEAM)).codes
        if r.code == "why/fun"
    )
    ratings: dict[str, list[int | None]] = {
        "anna": [0, 0, 1, 0, 0, 0, 0, 0, 0],
        "bram": [0, 0, 0, 0, 0, 0, 0, 1, 0],
        "cleo": [0, 0, 1, 0, 0, None, None, None, None],
    }
    plain = coefficient("alpha_nominal", ratings, categories=[0, 1])
    assert row.used == (1, 1, 1)
    assert row.figure("alpha").value == pytest.approx(plain.value)


def test_a_team_of_one_is_refused() -> None:
    with pytest.raises(UndefinedRequestError, match="two coders"):
        compare_coders(coding_study([ONE], CODINGS, coders=["anna"]))


def test_units_are_split_by_who_saw_a_suggestion() -> None:
    """Bram adopted one of the two suggestions shown on a unit that he coded."""
    suggested = coded(ONE, "bram", "nights", "who/work", origin="suggestion:terms@1")
    shown = {
        coder: [("P01", ONE.turns[n].span) for n in turns]
        for coder, turns in (("anna", [1]), ("bram", [1, 2]))
    }
    groups = split_by_exposure(coding_study([ONE], [*CODINGS, suggested]), shown)
    assert [(g.group, g.report.units) for g in groups] == [("blind", 3), ("one", 1), ("both", 1)]
    assert [g.adopted for g in groups] == [None, 1.0, 0.0]


def test_transcripts_follow_the_order_of_the_work() -> None:
    early, late = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)
    codings = [
        *[coded(ONE, coder, "thirty", "who/age", created_at=late) for coder in CODERS],
        *[coded(TWO, coder, "forty", "who/age", created_at=early) for coder in CODERS],
        coded(ONE, "anna", "fun", "why/fun", created_at=late),
    ]
    moments = agreement_over_time(coding_study([ONE, TWO], codings))
    assert [m.transcript for m in moments] == ["P02", "P01"]
    assert [m.positive_agreement.value for m in moments] == [1, pytest.approx(2 / 3)]


def test_a_coder_can_be_compared_with_an_earlier_round() -> None:
    codings = [
        coded(ONE, "anna", "thirty", "who/age", round="one"),
        coded(ONE, "anna", "thirty", "who/age", round="two"),
        coded(ONE, "anna", "fun", "why/fun", round="two"),
    ]
    units = UnitsOfAnalysis.of([ONE])
    report = compare_coders(study_of_rounds(codings, units, BOOK, "anna", ("one", "two")))
    assert report.coders == ("anna (one)", "anna (two)")
    assert report.code("why/fun").only_b == 1
    with pytest.raises(UndefinedRequestError, match="twice"):
        study_of_rounds(codings, units, BOOK, "anna", ("one", "one"))


def test_confusions_say_which_codes_are_exchanged() -> None:
    report = compare_coders(coding_study([ONE, TWO], CODINGS))
    found = find_confusion(coding_study([ONE, TWO], CODINGS), report)
    at = {code: n for n, code in enumerate(found.codes)}
    none = len(found.codes)
    assert found.counts[at["who/age"]][at["who/age"]] == 2
    assert found.counts[at["why/fun"]][at["why/habit"]] == 1
    assert found.counts[at["who/work"]][none] == 1
    assert found.counts[none][at["why/fun"]] == 1
    (leak,) = found.leaks
    assert (leak.code, leak.other, leak.units) == ("why/fun", "why/habit", 1)
    assert leak.share == pytest.approx(1 / 2)


def test_other_programs_figures_stand_side_by_side() -> None:
    report = compare_coders(coding_study([ONE, TWO], CODINGS))
    found = collect_program_figures(coding_study([ONE, TWO], CODINGS), report)
    by_label = {(f.program, f.label, f.code): f.figure for f in found}
    assert {f.program for f in found} == {"NVivo", "MAXQDA", "ATLAS.ti", "Dedoose"}
    assert by_label["NVivo", "kappa (characters)", "who/age"].value == 1
    assert by_label["Dedoose", "pooled kappa", ""] == report.figure("pooled_kappa")
    assert collect_program_figures(coding_study([ONE], [])) == ()


def test_cu_alpha_is_undefined_where_a_coder_gave_overlapping_passages() -> None:
    codings = [*CODINGS, coded(ONE, "anna", "fun", "why")]
    found = collect_program_figures(coding_study([ONE], codings))
    (figure,) = [f.figure for f in found if "cu-alpha" in f.label]
    assert figure.value is None
    assert "overlapping" in str(figure.undefined_because)


@pytest.mark.parametrize(
    ("low", "band"), [(0.81, "rely"), (0.7, "tentative"), (0.5, "below"), (None, "")]
)
def test_the_lower_limit_falls_in_a_band(low: float | None, band: str) -> None:
    interval = None if low is None else (low, 0.95)
    assert Coefficient("alpha_nominal", 0.9, interval=interval).band == band


def test_high_agreement_with_low_kappa_is_warned_of() -> None:
    """A rare code: nine in ten units agree, kappa is low; both are in the warning."""
    lines = [f"R: word{n}" for n in range(40)]
    many = interview("P", *lines)
    codings = [
        *[coded(many, coder, "word0", "who/age") for coder in CODERS],
        *[coded(many, "anna", f"word{n} "[:-1], "who/age") for n in (20, 21)],
        *[coded(many, "bram", f"word{n}", "who/age") for n in (30, 31)],
    ]
    row = compare_coders(coding_study([many], codings)).code("who/age")
    assert row.observed == pytest.approx(0.9)
    assert any("High observed agreement (0.90)" in warning for warning in row.warnings)


def test_a_bootstrap_stands_in_the_figure() -> None:
    """The method, the number of samples and the seed stand in the figure."""
    many = [interview(f"P{n:02}", "R: one", "R: two", "R: three") for n in range(20)]
    codings = [
        coded(t, coder, word, "who/age")
        for n, t in enumerate(many)
        for coder, word in (("anna", "one"), ("bram", "one" if n % 4 else "two"))
    ]
    report = compare_coders(
        coding_study(many, codings), intervals="bootstrap", resamples=200, seed=9
    )
    kappa = report.code("who/age").figure("kappa")
    assert "bootstrap over 20 interviews, 200 samples, seed 9" in kappa.detail
    assert "below .667" in kappa.detail
    assert kappa.interval is not None
    assert kappa.value is not None
    assert kappa.interval[0] < kappa.value < kappa.interval[1]
    again = compare_coders(
        coding_study(many, codings), intervals="bootstrap", resamples=200, seed=9
    )
    assert again == report
