"""The agreement page: what the figures mean, in words of the reader's language; nothing leaks."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_in_process import opened, said, settled, show
from qualcode.model import FrozenMap, SegmentKind
from qualcode.project import Project

PARTS = [
    "Per code",
    "Forest plot",
    "Overall figures",
    "By unit",
    "Confusions",
    "Over the interviews",
    "Other programs",
    "A table of labels",
    "How many interviews",
]


def test_one_sentence_says_what_the_figures_mean(pages: tuple[AppTest, Path]) -> None:
    app, _ = pages
    show(app, "agreement")
    assert re.search(r"of 34 codes that were used \d+ lie above \.667", said(app))


def test_few_interviews_are_warned_of(pages: tuple[AppTest, Path]) -> None:
    app, _ = pages
    show(app, "agreement")
    assert any("say little of others" in one.value for one in app.warning)


def test_a_dutch_page_says_nothing_in_english(
    pages: tuple[AppTest, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = pages
    with opened(path, monkeypatch, language="nl") as app:
        show(app, "agreement")
        words = said(app)
    assert "Vergeleken" in words
    assert not re.search(r"\b(the|with|coded by|Compared|interviews cannot)\b", words)
    assert not re.search(r"\b[01]\.\d\d\b", words)


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_drawn(pages: tuple[AppTest, Path], part: str) -> None:
    app, _ = pages
    app.session_state["agreement-part"] = part
    show(app, "agreement")
    assert part in {one.label for one in app.tabs}


def test_a_round_can_be_chosen(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.rounds.create("proef", coders=("anna", "bram"), blind=False)
    show(app, "agreement")
    app.selectbox(key="agreement-round").set_value("proef")
    settled(app)
    assert any("no transcript that both" in one.value for one in app.info)


def test_one_coder_is_told_what_is_missing(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.acting_as("anna").codings.withdraw(
            [one.id for one in project.codings.collect(coder="bram")]
        )
    show(app, "agreement")
    assert any("There is no transcript that both" in one.value for one in app.info)


def test_in_a_blind_round_no_figure_is_shown(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.rounds.create("proef", coders=("anna", "bram"), blind=True)
    show(app, "agreement")
    assert "blind round “proef”" in said(app)
    assert not re.search(r"\d\.\d\d", said(app))


@pytest.mark.parametrize("unit", [SegmentKind.TURN, SegmentKind.SENTENCE])
def test_the_units_behind_a_count_are_as_many_as_it_says(
    small_study: Path, unit: SegmentKind
) -> None:
    with Project.open(small_study) as project:
        report = project.agreement.compare(("anna", "bram"), unit=unit)
        for theme, rows in ((False, report.codes), (True, report.themes)):
            for row in rows:
                units = project.agreement.collect_units(report, row.code, unit=unit, theme=theme)
                assert row.both == sum(bool(u.codings_a and u.codings_b) for u in units)
                assert row.only_a == sum(not u.codings_b for u in units)
                assert row.only_b == sum(not u.codings_a for u in units)


def test_the_page_opens_on_the_latest_blind_round_that_all_handed_in(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.rounds.create("proef", coders=("anna", "bram"), blind=True)
        for coder in ("anna", "bram"):
            project.acting_as(coder).rounds.hand_in("proef")
    show(app, "agreement")
    assert app.selectbox(key="agreement-round").value == "proef"


def test_the_unit_is_chosen_once_and_a_plan_is_frozen(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    show(app, "agreement")
    next(one for one in app.button if one.label == "Choose this unit").click()
    settled(app)
    assert any("Say why this is the unit" in one.value for one in app.error)
    reason = next(one for one in app.text_input if one.label.startswith("Why this unit"))
    reason.set_value("Elke beurt is een antwoord")
    next(one for one in app.button if one.label == "Choose this unit").click()
    settled(app)
    assert "Elke beurt is een antwoord" in said(app)
    assert "Choose this unit" not in {one.label for one in app.button}
    next(one for one in app.button if one.label == "Freeze this plan").click()
    settled(app)
    with Project.open(path) as project:
        (plan,) = project.agreement.planning.plans()
        assert plan.by == "anna"
        assert plan.share == 0.2


def test_groups_are_compared_in_the_language_of_the_page(
    pages: tuple[AppTest, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = pages
    with Project.open(path, as_coder="anna") as project:
        cases = project.cases.collect()
        for case, group in zip(cases, ("users", *["partners"] * len(cases)), strict=False):
            attributes = FrozenMap({**case.attributes, "group": group})
            project.cases.add([replace(case, attributes=attributes)])
    with opened(path, monkeypatch, language="nl") as app:
        app.session_state["agreement-part"] = "Voor en na"
        app.session_state["contrast-kind"] = "Twee groepen"
        show(app, "agreement")
        attribute = app.selectbox(key="contrast-attribute")
        assert "group" not in attribute.options
        assert "groep" in {option.casefold() for option in attribute.options}
        attribute.set_value("group")
        settled(app)
        assert app.selectbox(key="contrast-1-group").options == ["partners", "gebruikers"]
        headings = {name for table in app.dataframe for name in table.value.columns}
        assert "gebruikers" in {heading.strip() for heading in headings}
