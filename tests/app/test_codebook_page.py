"""The Codebook page: fields, merging with what to look at again, versions, files in and out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app_in_process import open_page
from qualcode import study
from qualcode.app import server
from qualcode.model import Span
from qualcode.project import Project
from small_book import BOOK

MONEY, SUPPLY = "influences/finances", "influences/availability"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project of anna with a codebook, an interview and two codings of one code."""
    path = tmp_path / "study.qualcode"
    with Project.create(path, name="Proef") as project:
        project._store.save_codebook(BOOK)
        list(project.transcripts.read_files(study.transcripts()[:1]))
        for start in (100, 300):
            project.acting_as("anna").codings.add("G01", Span(start, start + 30), MONEY)
    return path


@pytest.fixture
def app(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page, in Dutch, with the code about money picked."""
    monkeypatch.setattr(server, "_launched", [server.Launch(str(path), "anna", "nl")])
    st.cache_resource.clear()
    one = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    with Project.open(path) as project:
        one.session_state["code-picked"] = project.codebook.get().code(MONEY).id
    one.run()
    open_page(one, "codebook").run()
    assert not one.exception
    yield one
    st.cache_resource.clear()


def press(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception


def told(app: AppTest, column: str) -> list[Any]:
    """Return the column of the last table that has it."""
    found = [one.value for one in app.dataframe if column in one.value.columns]
    return list(found[-1][column])


def test_every_field_of_a_code_is_kept(app: AppTest, path: Path) -> None:
    areas = {one.label: one for one in app.text_area}
    areas["Definitie"].set_value("Wat het kost, en wie het betaalt.")
    areas["Grensgeval"].set_value("Schulden van een ander.")
    areas["Kenmerken, één per regel: naam: waarde, waarde"].set_value("level: groep, stad\nleeg:")
    next(one for one in app.text_input if one.label.startswith("Woorden")).set_value("geld, duur,")
    press(app, "Opslaan")
    with Project.open(path) as project:
        code = project.codebook.get().code(MONEY)
    assert code.definition["nl"] == "Wat het kost, en wie het betaalt."
    assert code.borderline["nl"] == "Schulden van een ander."
    assert code.terms == ("geld", "duur")
    assert dict(code.attributes) == {"level": ("groep", "stad")}


def test_a_field_shows_what_was_changed_elsewhere(app: AppTest, path: Path) -> None:
    with Project.open(path) as project:
        project.acting_as("bram").codebook.edit(MONEY, label=BOOK.code(SUPPLY).label)
    app.run()
    name = next(one for one in app.text_input if one.label == "Naam" and one.value)
    assert name.value == "Verkrijgbaarheid"


def test_merging_lists_the_codings_to_look_at_again(app: AppTest, path: Path) -> None:
    into = next(one for one in app.selectbox if one.label == "Samenvoegen met")
    into.select(SUPPLY).run()
    press(app, "Samenvoegen")
    assert any(one.label.startswith("2 coderingen") for one in app.expander)
    with Project.open(path) as project:
        assert {one.code for one in project.codings.collect()} == {SUPPLY}
    press(app, "Gezien")
    assert any(one.label.startswith("1 codering ") for one in app.expander)


def test_a_difference_between_versions_is_told_in_words(app: AppTest, path: Path) -> None:
    with Project.open(path) as project:
        project.acting_as("anna").codebook.edit(MONEY, terms=("geld",))
    app.run()
    assert told(app, "Code") == ["Geld"]
    assert told(app, "Veld") == ["Woorden die erop wijzen"]
    assert told(app, "Voor") == ["geld, euro, betalen"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("leeg.yaml", b""), ("leeg.csv", b""), ("kapot.docx", b"no zip"), ("x.qdc", b"<a/>")],
)
def test_a_file_that_is_no_codebook_changes_nothing(
    app: AppTest, path: Path, name: str, data: bytes
) -> None:
    uploader = next(one for one in app.file_uploader if one.label == "Codeboekbestand")
    uploader.set_value((name, data, "")).run()
    press(app, "Importeer dit codeboek")
    assert len(app.error) == 1
    assert "Traceback" not in app.error[0].value
    with Project.open(path) as project:
        assert project.codebook.get().version == 1


def test_where_a_code_is_used_is_counted_by_interview_and_coder(app: AppTest) -> None:
    assert any(one.label == "Gebruikt in 1 interview" for one in app.expander)
    assert told(app, "anna") == [2]
