"""The quotes page: sifted, shortened, looked at in print; who could be recognised, and measures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_in_process import opened, said, settled, show
from qualcode.model import FrozenMap
from qualcode.project import Project, QuoteFilter


def count(app: AppTest) -> int:
    """Return how many quotes the page says there are."""
    line = next(one.value for one in app.markdown if "quote" in one.value and "**" in one.value)
    return int("".join(c for c in line if c.isdigit()))


def test_an_attribute_of_the_respondent_sifts_the_quotes(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    show(app, "quotes")
    every = count(app)
    with Project.open(path) as project:
        case = next(one for one in project.cases.collect() if "G01" in one.transcripts)
        own = len([c for c in project.codings.collect(coder="anna") if c.transcript == "G01"])
    app.selectbox(key="quotes-attribute").set_value(("sex", case.attributes["sex"]))
    settled(app)
    assert 0 < own <= count(app) <= every


def test_words_sift_the_quotes(pages: tuple[AppTest, Path]) -> None:
    app, _ = pages
    show(app, "quotes")
    app.text_input(key="quotes-words").set_value("zo'n woord staat er niet")
    settled(app)
    assert count(app) == 0
    assert "No quote fits" in said(app)


def test_the_preview_reads_as_the_document(pages: tuple[AppTest, Path]) -> None:
    app, _ = pages
    app.session_state["quotes-part"] = "preview"
    show(app, "quotes")
    page = max((one.value for one in app.markdown), key=len)
    assert "> “" in page
    assert "> — " in page
    assert "anna" not in page


def test_a_risk_is_accepted_with_a_reason_that_is_kept(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    app.session_state["quotes-part"] = "risks"
    show(app, "quotes")
    reason = next(one for one in app.text_input if one.label == "Why this may be printed")
    reason.set_value("staat al in het jaarverslag")
    next(one for one in app.button if one.label == "Accept").click()
    settled(app)
    with Project.open(path) as project:
        assert list(project.disclosure.measures().confirmed.values()) == [
            "staat al in het jaarverslag"
        ]
    next(one for one in app.button if one.label == "Take back").click()
    settled(app)
    with Project.open(path) as project:
        assert not project.disclosure.measures().confirmed


def test_a_table_by_another_attribute_is_decided_on_here(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    app.session_state["quotes-part"] = "risks"
    show(app, "quotes")
    assert "attribute region" not in said(app)
    app.multiselect(key="disclosure-tables").set_value(["region"])
    settled(app)
    assert "Values that few have" in said(app)
    with Project.open(path) as project:
        risks = project.disclosure.check(QuoteFilter(layer="anna"), tables=["code_by_region"])
    (risk,) = [risk for risk in risks if risk.where == "attribute region"]
    form = f"accept-{risk.id}"
    next(one for one in app.text_input if one.form_id == form).set_value("staat in het verslag")
    next(one for one in app.button if one.form_id == form).click()
    settled(app)
    assert "Values that few have" not in said(app)


def test_a_quote_that_is_left_out_is_printed_no_more(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    show(app, "quotes")
    before = count(app)
    next(one for one in app.button if one.label == "Do not print this quote").click()
    settled(app)
    assert count(app) == before - 1
    with Project.open(path) as project:
        assert len(project.disclosure.measures().left_out) == 1


def test_in_a_blind_round_no_quote_is_shown(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.rounds.create("proef", coders=("anna", "bram"), blind=True)
    show(app, "quotes")
    assert "blind round “proef”" in said(app)
    assert not [one for one in app.button if one.label == "In the text"]


def test_one_person_too_often_is_flagged_and_a_swap_is_taken(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path, as_coder="anna") as project:
        own = [c.id for c in project.codings.collect(coder="anna") if c.transcript == "G01"]
        project.quotes.choose(own[:25])
    app.session_state["quotes-layer"] = "anna"
    app.session_state["quotes-part"] = "balance"
    show(app, "quotes")
    said_first = [warning.value for warning in app.warning]
    assert any("G1 is quoted 25 times: 100% of all chosen quotes." in one for one in said_first)
    next(one for one in app.button if one.label == "Swap them").click()
    settled(app)
    assert any("G1 is quoted 24 times: 96%" in warning.value for warning in app.warning)


def test_the_files_for_publication_stand_below_who_could_be_recognised(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    with Project.open(path, as_coder="anna") as project:
        own = [c.id for c in project.codings.collect(coder="anna") if c.transcript == "G01"]
        project.quotes.choose(own[:2])
    app.session_state["quotes-layer"] = "anna"
    app.session_state["quotes-part"] = "balance"
    show(app, "quotes")
    assert "fits" in said(app)


def test_an_attribute_with_the_sign_in_its_name_sifts_too(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path, as_coder="anna") as project:
        case = next(case for case in project.cases.collect() if "G01" in case.transcripts)
        attributes = FrozenMap({**case.attributes, "Geslacht (1=man, 2=vrouw)": "2"})
        project.cases.add([replace(case, attributes=attributes)])
    show(app, "quotes")
    every = count(app)
    app.selectbox(key="quotes-attribute").set_value(("Geslacht (1=man, 2=vrouw)", "2"))
    settled(app)
    assert 0 < count(app) < every


def test_the_balance_names_groups_in_the_language_of_the_page(
    pages: tuple[AppTest, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = pages
    with Project.open(path, as_coder="anna") as project:
        project.quotes.choose([c.id for c in project.codings.collect(coder="anna")][:25])
        groups = {case.group for case in project.cases.collect()} - {""}
    with opened(path, monkeypatch, language="nl") as app:
        app.session_state["quotes-layer"] = "anna"
        app.session_state["quotes-part"] = "balance"
        show(app, "quotes")
        table = next(table.value for table in app.dataframe if "Groep" in table.value.columns)
    assert groups == {"users"}
    assert list(table["Groep"]) == ["gebruikers"]
