"""The page Typology: a researcher without a terminal makes a typology, in both languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_in_process import opened, said, settled, show
from qualcode.messages import Message
from qualcode.model import FrozenMap
from qualcode.project import Project
from qualcode.translation import translator


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click()
    settled(app)


def part(app: AppTest, name: str) -> None:
    app.session_state["typology-part"] = name
    show(app, "typology")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_typology_is_made_from_dimensions_to_pages(
    pages: tuple[AppTest, Path], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    _, path = pages
    words_of = translator(language).translate
    save_dimensions, save_type, save = map(
        words_of, map(Message, ("Save the dimensions", "Save the type", "Save"))
    )
    with opened(path, monkeypatch, language=language) as app:
        app.session_state["typology-layer"] = "anna"
        show(app, "typology")
        app.text_area[0].set_value("Wie: @sex\nMotief: samen = motives/sociability; anders = *")
        press(app, save_dimensions)
        assert len(app.dataframe[0].value) == 2
        part(app, "types")
        app.text_input[-2].set_value("Samen")
        app.text_area[-1].set_value("Gebruikt met anderen.")
        press(app, save_type)
        part(app, "who")
        case = str(app.selectbox(key="assign-case").value)
        app.multiselect[0].set_value(["Samen"])
        press(app, save)
        part(app, "pages")
        words = said(app)
        assert "Gebruikt met anderen." in words
        assert case in words
        assert not app.error
    with Project.open(path, as_coder="anna") as project:
        (assignment,) = project.themes.typology.assignments()
        assert (assignment.case, assignment.type) == (case, "Samen")


def test_a_dimension_that_cannot_be_is_told_on_the_page(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    app.session_state["typology-layer"] = "anna"
    show(app, "typology")
    app.text_area[0].set_value("Werk: @beroep")
    press(app, "Save the dimensions")
    assert "beroep" in app.error[0].value
    with Project.open(path) as project:
        assert project.themes.typology.design().dimensions == ()


def test_a_small_type_asks_for_a_decision(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path, as_coder="anna") as project:
        typology = project.themes.typology
        typology.set_dimensions(["Wie: @sex"], layer="anna")
        typology.set_type("Klein")
        typology.assign(project.cases.collect()[0].name, ["Klein"])
    app.session_state["typology-layer"] = "anna"
    part(app, "pages")
    assert "Fewer than 3 respondents are of this type" in app.warning[0].value
    app.text_input(key="print-why-Klein").set_value("gelezen en goed")
    press(app, "Print it all the same")
    with Project.open(path) as project:
        assert "gelezen en goed" in project.disclosure.measures().confirmed.values()


def test_each_coder_sees_their_own_types_also_after_undo(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path, as_coder="anna") as project:
        typology = project.themes.typology
        typology.set_dimensions(["Wie: @sex"], layer="anna")
        typology.set_type("Klein", definition="eerst")
        case = project.cases.collect()[0].name
        typology.assign(case, ["Klein"], reason="zegt het zelf")
    app.session_state["typology-layer"] = "anna"

    def chosen() -> tuple[list[str], str]:
        part(app, "who")
        app.selectbox(key="assign-case").set_value(case)
        settled(app)
        why = next(field for field in app.text_input if field.label == "Why")
        return list(app.multiselect[0].value), str(why.value)

    assert chosen() == (["Klein"], "zegt het zelf")
    app.session_state["coder"] = (str(path), "bram")
    assert chosen() == ([], "")
    app.session_state["coder"] = (str(path), "anna")
    assert chosen() == (["Klein"], "zegt het zelf")
    with Project.open(path, as_coder="anna") as project:
        project.history.undo()
    assert chosen() == ([], "")
    part(app, "types")
    assert app.text_area[0].value == "eerst"
    with Project.open(path, as_coder="anna") as project:
        project.themes.typology.set_type("Klein", definition="later")
    part(app, "types")
    assert app.text_area[0].value == "later"


def test_a_type_of_a_category_with_a_comma_is_saved(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path, as_coder="anna") as project:
        case = project.cases.collect()[0]
        attributes = FrozenMap({**case.attributes, "werk": "deeltijd, nachten; soms"})
        project.cases.add([replace(case, attributes=attributes)])
        project.themes.typology.set_dimensions(["Werk: @werk"], layer="anna")
    part(app, "types")
    app.text_input[-2].set_value("Nachtwerkers")
    app.multiselect[0].set_value([("deeltijd, nachten; soms",)])
    press(app, "Save the type")
    assert not app.error
    with Project.open(path) as project:
        (case_type,) = project.themes.typology.design().types
    assert case_type.cells == (("deeltijd, nachten; soms",),)


def test_groups_and_categories_are_in_the_language_of_the_page(
    pages: tuple[AppTest, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = pages
    with Project.open(path, as_coder="anna") as project:
        for case in project.cases.collect():
            attributes = FrozenMap({**case.attributes, "group": "users"})
            project.cases.add([replace(case, attributes=attributes)])
        project.themes.typology.set_dimensions(["Wie: @group"], layer="anna")
    with opened(path, monkeypatch, language="nl") as app:
        app.session_state["typology-layer"] = "anna"
        show(app, "typology")
        (table,) = app.dataframe
        assert {*table.value["Wie"]} == {"gebruikers"}
        assert "users" not in app.selectbox(key="typology-group-").options
        part(app, "types")
        assert app.multiselect[0].options == ["gebruikers"]
