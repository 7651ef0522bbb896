"""The themes page: every part is drawn, with little in the project too, and speaks Dutch."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app_in_process import opened, said, show
from qualcode.project import Project

PARTS = {
    "Summaries": "Representative quotes",
    "By group": "Click a cell to read the passages behind it.",
    "By respondent": "How many passages of each respondent",
    "Together": "As a list, most often first",
    "Levels": "Click a row to read the passages behind it.",
    "Saturation": "Click a row to read where its new codes are first used.",
    "Coverage": "of what respondents said is coded",
    "Types": "",
}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_drawn(pages: tuple[AppTest, Path], part: str) -> None:
    app, _ = pages
    app.session_state["themes-part"] = part
    show(app, "themes")
    words = said(app) + " ".join(one.label for one in app.expander)
    assert PARTS[part] in words


def test_the_page_says_that_its_small_counts_are_not_for_print(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    show(app, "themes")
    assert "Small counts are hidden in files" not in said(app)
    with Project.open(path, as_coder="anna") as project:
        project.disclosure.hide_counts()
    show(app, "themes")
    assert "Small counts are hidden in files" in said(app)


@pytest.mark.parametrize("part", PARTS)
def test_a_project_without_respondents_has_every_part(
    pages: tuple[AppTest, Path], part: str
) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.cases.replace([])
    app.session_state["themes-part"] = part
    show(app, "themes")
    assert not app.error


def test_a_dutch_page_has_dutch_sentences(
    pages: tuple[AppTest, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = pages
    with opened(path, monkeypatch, language="nl") as app:
        app.session_state["themes-part"] = "Verzadiging"
        show(app, "themes")
        assert "Verzadigd" in said(app)
        table = app.dataframe[0].value.to_string()
    assert "too few" not in table
    assert re.search(r"te weinig interviews", table)


def matrix(app: AppTest) -> dict[str, Any]:
    """Return what the page gives to the browser for the matrix on it."""
    mounts = [json.loads(one.proto.json) for one in app.get("bidi_component")]
    (data,) = (mount for mount in mounts if "corner" in mount)
    return dict(data)


def test_attributes_and_groups_have_dutch_names(
    pages: tuple[AppTest, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = pages
    with opened(path, monkeypatch, language="nl") as app:
        app.session_state["themes-part"] = "Per groep"
        show(app, "themes")
        assert matrix(app)["columns"] == ["gebruikers"]
        app.session_state["themes-part"] = "Per respondent"
        show(app, "themes")
        attributes = app.dataframe[0].value
    assert list(attributes["groep"]) == ["gebruikers", "gebruikers"]


def test_what_only_one_coder_coded_is_reported_without_settling(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    with Project.open(path) as project:
        project.acting_as("bram").codings.withdraw(
            [one.id for one in project.codings.collect(coder="bram")]
        )
    show(app, "themes")
    assert "Representative quotes" in said(app)
