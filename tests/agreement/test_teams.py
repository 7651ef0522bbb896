"""Three coders or more: figures, disagreements and agreed passages; interviews without a coding."""

from __future__ import annotations

import pytest

from qualcode.adjudication import choose_coder, choose_most
from qualcode.agreement import (
    UnitsOfAnalysis,
    agreed_codings,
    agreement_over_time,
    coefficient,
    collect_disagreements,
    collect_program_figures,
    compare_coders,
    find_confusion,
    split_by_group,
    study_of_rounds,
)
from qualcode.errors import InvalidValueError, UndefinedRequestError, UnknownNameError
from qualcode.model import Choice, Disagreement, DisagreementKind, Span
from studies import BOOK, CODERS, coded, coding_study, interview

ONE = interview("P01", "I: how old", "R: I am thirty", "R: nights off", "R: it is fun", "R: well")
TWO = interview("P02", "R: forty", "R: days", "R: dull", "R: hm")
TEAM = ("anna", "bram", "cleo")
CODINGS = [
    *[coded(ONE, coder, "thirty", "who/age") for coder in TEAM],
    *[coded(TWO, coder, "forty", "who/age") for coder in CODERS],
    coded(ONE, "anna", "is fun", "why/fun"),
    coded(ONE, "bram", "it is fun", "why/fun"),
    coded(ONE, "cleo", "is fun", "why/fun"),
    coded(ONE, "anna", "nights", "who/work"),
    coded(ONE, "cleo", "nights off", "who/work"),
    coded(TWO, "bram", "dull", "why/fun"),
]


def found(code: str) -> Disagreement:
    everything = collect_disagreements(coding_study([ONE, TWO], CODINGS, coders=TEAM))
    return next(d for d in everything if d.code == code and d.transcript == "P01")


@pytest.mark.parametrize("code", ["who/age", "who/work", "why/fun"])
def test_each_figure_of_a_team_is_that_of_its_ratings(code: str) -> None:
    """Cleo did not code the second interview: its units are missing for her."""
    report = compare_coders(coding_study([ONE, TWO], CODINGS, coders=TEAM))
    place = {"who/age": (0, 4), "who/work": (1,), "why/fun": (2,)}
    ratings: dict[str, list[int | None]] = {
        coder: [int(n in place[code]) for n in range(8)] for coder in TEAM
    }
    if code == "who/work":
        ratings["bram"][1] = 0
    if code == "why/fun":
        ratings["bram"][6] = 1
    ratings["cleo"][4:] = [None] * 4
    row = next(row for row in report.codes if row.code == code)
    for figure in row.figures.values():
        wanted = coefficient(
            figure.name, ratings, categories=(0, 1), documents=["P01"] * 4 + ["P02"] * 4
        )
        assert figure.value == pytest.approx(wanted.value)
        assert figure.observed == pytest.approx(wanted.observed)
        assert (figure.interval is None) == (wanted.interval is None)
        if figure.interval and wanted.interval:
            assert figure.interval == pytest.approx(wanted.interval)


def test_the_order_of_the_team_changes_nothing_but_the_order() -> None:
    one = compare_coders(coding_study([ONE, TWO], CODINGS, coders=TEAM))
    two = compare_coders(coding_study([ONE, TWO], CODINGS, coders=TEAM[::-1]))
    for row, other in zip(one.codes, two.codes, strict=True):
        assert row.used == other.used[::-1]
        assert row.figure("fleiss").value == pytest.approx(other.figure("fleiss").value)
        assert row.figure("conger").value == pytest.approx(other.figure("conger").value)
    ids = [
        {d.id for d in collect_disagreements(coding_study([ONE, TWO], CODINGS, coders=order))}
        for order in (TEAM, TEAM[::-1])
    ]
    assert ids[0] == ids[1]


def test_a_code_that_nobody_of_a_team_used_has_a_reason() -> None:
    report = compare_coders(coding_study([ONE, TWO], CODINGS, coders=TEAM))
    row = next(row for row in report.codes if row.code == "why/habit")
    assert row.figure("fleiss").undefined_because == "no coder used this code"
    assert any("Used by no coder" in warning for warning in report.warnings)


def test_a_team_differs_on_who_gave_a_code_and_on_its_words() -> None:
    work, fun = found("who/work"), found("why/fun")
    assert (work.kind, work.coders_a, work.coders_b) == (
        DisagreementKind.MISSED,
        ("anna", "cleo"),
        ("bram",),
    )
    assert (fun.kind, fun.coders_a, fun.coders_b) == (
        DisagreementKind.BOUNDARY,
        ("anna", "cleo"),
        ("bram",),
    )
    assert fun.words == 1
    assert len(work.codings_a) == 2
    assert work.codings_b == ()


def test_a_decision_can_follow_one_coder() -> None:
    """Bram is a side of his own; of anna's and cleo's passages one has to be taken."""
    assert choose_coder(found("who/work"), "bram", ONE.text) == (Choice.TAKE_B, None)
    assert choose_coder(found("why/fun"), "cleo", ONE.text) == (Choice.TAKE_A, None)
    start = ONE.text.index("nights")
    choice, span = choose_coder(found("who/work"), "anna", ONE.text)
    assert (choice, span) == (Choice.NEW, Span(start, start + len("nights")))
    with pytest.raises(UnknownNameError, match="dora"):
        choose_coder(found("who/work"), "dora", ONE.text)


def test_several_passages_of_the_coder_to_follow_are_refused() -> None:
    more = [*CODINGS, coded(ONE, "anna", "off", "who/work")]
    everything = collect_disagreements(coding_study([ONE, TWO], more, coders=TEAM))
    about = next(d for d in everything if d.code == "who/work")
    with pytest.raises(InvalidValueError, match="anna marked 2 passages"):
        choose_coder(about, "anna", ONE.text)


def test_most_of_a_team_can_be_followed_and_a_tie_stays_open() -> None:
    assert choose_most(found("who/work")) is Choice.TAKE_A
    tie = next(
        d
        for d in collect_disagreements(coding_study([ONE, TWO], CODINGS, coders=TEAM))
        if d.transcript == "P02"
    )
    assert choose_most(tie) is None


def test_what_all_of_a_team_marked_is_agreed() -> None:
    agreed = agreed_codings(coding_study([ONE, TWO], CODINGS, coders=TEAM))
    passages = {
        (a.transcript, a.span.of(ONE.text if a.transcript == "P01" else TWO.text)) for a in agreed
    }
    assert passages == {("P01", "thirty"), ("P01", "is fun"), ("P02", "forty")}
    assert {a.words for a in agreed if a.transcript == "P01"} == {0, 1}


# --- an interview gone through without finding anything -------------------------------------

EMPTY = interview("P03", "R: nothing here", "R: nor here")
WITH_EMPTY = [*CODINGS, coded(EMPTY, "anna", "nor", "who/age")]
HANDED_IN = {"bram": ["P03"]}


def test_an_interview_without_codings_counts_where_it_was_gone_through() -> None:
    texts = [ONE, TWO, EMPTY]
    left = compare_coders(coding_study(texts, WITH_EMPTY))
    assert left.left_out == ("P03",)
    report = compare_coders(coding_study(texts, WITH_EMPTY, finished=HANDED_IN))
    assert report.transcripts == ("P01", "P02", "P03")
    assert report.units == left.units + 2
    assert report.code("who/age").only_a == left.code("who/age").only_a + 1
    assert "bram handed in without a single coding: P03." in report.warnings


def test_every_part_of_a_report_takes_that_interview_in() -> None:
    texts = [ONE, TWO, EMPTY]
    study = coding_study(texts, WITH_EMPTY, finished=HANDED_IN)
    report = compare_coders(study)
    differing = collect_disagreements(study)
    assert [d.kind for d in differing if d.transcript == "P03"] == [DisagreementKind.MISSED]
    matrix = find_confusion(study, report)
    assert matrix.counts[matrix.codes.index("who/age")][-1] == 1
    moments = agreement_over_time(study)
    assert [m.transcript for m in moments] == ["P01", "P02", "P03"]
    assert collect_program_figures(coding_study([EMPTY], WITH_EMPTY, finished=HANDED_IN))
    team = compare_coders(coding_study(texts, WITH_EMPTY, coders=TEAM, finished=HANDED_IN))
    assert team.transcripts == ("P01", "P02", "P03")
    assert team.coded == (3, 3, 1)


def test_both_may_have_found_nothing() -> None:
    none = {coder: ["P03"] for coder in CODERS}
    report = compare_coders(coding_study([EMPTY], [], finished=none))
    assert report.units == 2
    assert all(row.figure("kappa").value is None for row in report.codes)
    assert {f.undefined_because for f in report.overall} <= {
        "no code has a kappa",
        "every unit got the same codes from both coders, so nothing varies",
    }


# --- groups and oneself ----------------------------------------------------------------------


def test_groups_are_compared_apart_and_say_why_a_figure_is_missing() -> None:
    groups = split_by_group(coding_study([ONE, TWO], CODINGS), {"P01": "users", "P02": ""})
    assert [(one.group, one.report.transcripts) for one in groups] == [
        ("users", ("P01",)),
        ("", ("P02",)),
    ]
    kappa = groups[1].report.code("who/work").figure("kappa")
    assert kappa.undefined_because == "neither coder used this code"
    assert groups[0].report.figure("pooled_kappa").interval is None


def test_oneself_in_two_rounds_counts_what_was_handed_in_empty() -> None:
    codings = [coded(ONE, "anna", "thirty", "who/age", round="one")]
    units = UnitsOfAnalysis.of([ONE], kind="character")
    study = study_of_rounds(codings, units, BOOK, "anna", ("one", "two"), finished={"two": ["P01"]})
    report = compare_coders(study, level="theme")
    assert report.code("who/age").only_a == len("thirty")


@pytest.mark.parametrize("coders", [("anna",), ("anna", "anna", "bram"), ()])
def test_a_team_of_one_or_of_the_same_twice_is_refused(coders: tuple[str, ...]) -> None:
    with pytest.raises(UndefinedRequestError, match=r"two coders|twice"):
        compare_coders(coding_study([ONE], CODINGS, coders=coders))
    with pytest.raises(UndefinedRequestError, match=r"two coders|twice"):
        collect_disagreements(coding_study([ONE], CODINGS, coders=coders))
