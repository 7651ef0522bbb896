"""A form that was drawn before a colleague's change: both texts are shown, neither is lost.

Each page that shows a stored text and saves it whole is drawn, a colleague changes the text, and
the reader saves another one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app_in_process import said, settled, show
from qualcode.model import MemoTarget
from qualcode.project import Project

MINE, THEIRS = "Wat anna schreef", "Wat bram schreef"


@dataclass(frozen=True)
class FormCase:
    """A form, how it is filled in, and where its text is stored.

    Attributes:
        page: The page.
        state: What is chosen on the page.
        prepare: Makes what the form shows.
        fill: Types a text in the form.
        button: Its button.
        write: Stores a text, as a colleague does.
        read: Returns the stored text.
    """

    page: str
    state: dict[str, str]
    prepare: Callable[[Project], object]
    fill: Callable[[AppTest, str], object]
    button: str
    write: Callable[[Project, str], object]
    read: Callable[[Project], str]


def _area(app: AppTest, label: str) -> Any:
    fields = (*app.text_area, *app.text_input)
    return next(field for field in fields if field.label == label)


def _make_type(project: Project) -> None:
    typology = project.themes.typology
    typology.set_dimensions(["Wie: @sex"], layer="anna")
    typology.set_type("Klein", definition="eerst")


def _write_dimension(project: Project, text: str) -> None:
    project.themes.typology.set_dimensions([f"{text}: @sex"], layer="anna")


def _write_team_type(project: Project, text: str) -> None:
    case = project.cases.collect()[0].name
    project.themes.typology.assign(case, ["Klein"], reason=text, settled=True)


def _settle(app: AppTest, text: str) -> None:
    _area(app, "Why").set_value(text)
    _field_of(app.multiselect, "Is").set_value(["Klein"])
    app.checkbox[0].set_value(True)


def _field_of(fields: Any, label: str) -> Any:
    return next(field for field in fields if field.label == label)


def _team_reason(project: Project) -> str:
    assigned = project.themes.typology.assignments("consensus")
    return "".join(assignment.reason for assignment in assigned)


def _cell_text(project: Project) -> str:
    summary = project.themes.framework.cell("G1", "motives", "anna").summary
    return summary.text if summary else ""


FORMS = {
    "a type": FormCase(
        "typology",
        {"typology-layer": "anna", "typology-part": "types"},
        _make_type,
        lambda app, text: _area(app, "What its respondents have in common").set_value(text),
        "Save the type",
        lambda project, text: project.themes.typology.set_type("Klein", definition=text),
        lambda project: project.themes.typology.design().types[0].definition,
    ),
    "dimensions": FormCase(
        "typology",
        {"typology-layer": "anna"},
        _make_type,
        lambda app, text: _area(app, "Dimensions, one on a line").set_value(f"{text}: @sex"),
        "Save the dimensions",
        _write_dimension,
        lambda project: project.themes.typology.design().dimensions[0].name,
    ),
    "what the team settled": FormCase(
        "typology",
        {"typology-layer": "anna", "typology-part": "who"},
        _make_type,
        _settle,
        "Save",
        _write_team_type,
        _team_reason,
    ),
    "a cell of the framework": FormCase(
        "framework",
        {"framework-layer": "anna", "framework-case": "G1", "framework-code": "motives"},
        lambda project: project.themes.framework.write_summary(
            "G1", "motives", "Eerst.", layer="anna"
        ),
        lambda app, text: app.text_area[0].set_value(text),
        "Save the summary",
        lambda project, text: project.themes.framework.write_summary(
            "G1", "motives", text, layer="anna"
        ),
        _cell_text,
    ),
    "a finding": FormCase(
        "findings",
        {"findings-layer": "anna"},
        lambda project: project.themes.findings.add("Eerst.", layer="anna"),
        lambda app, text: app.text_area[1].set_value(text),
        "Save the finding",
        lambda project, text: project.themes.findings.edit(1, text=text),
        lambda project: project.themes.findings.report().findings[0].finding.text,
    ),
    "the names of levels": FormCase(
        "figures",
        {},
        lambda project: project.themes.figures.name_levels(["Eerst", "Groep"]),
        lambda app, text: _field_of(app.text_input, _LEVELS).set_value(f"{text}, Groep"),
        "Save the levels",
        lambda project, text: project.themes.figures.name_levels([text, "Groep"]),
        lambda project: project.themes.figures.levels().levels[0],
    ),
}
_LEVELS = "Names of the levels, from the person outwards, with commas between them"


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click()
    settled(app)


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> FormCase:
    return FORMS[str(request.param)]


def _fill_stale(form: FormCase, app: AppTest, path: Path) -> None:
    """Draw a form, let a colleague change what it shows, and type another text in it."""
    with Project.open(path, as_coder="anna") as project:
        form.prepare(project)
    for key, value in form.state.items():
        app.session_state[key] = value
    show(app, form.page)
    form.fill(app, MINE)
    with Project.open(path, as_coder="bram") as project:
        form.write(project, THEIRS)
    press(app, form.button)


def _stored(form: FormCase, path: Path) -> str:
    with Project.open(path, as_coder="anna") as project:
        return form.read(project)


@pytest.mark.slow
@pytest.mark.parametrize(("keep", "kept"), [("mine", MINE), ("theirs", THEIRS)])
def test_both_texts_are_shown_and_the_chosen_one_is_kept(
    pages: tuple[AppTest, Path], form: FormCase, keep: str, kept: str
) -> None:
    app, path = pages
    _fill_stale(form, app, path)
    assert _stored(form, path) == THEIRS
    shown = "\n".join(str(text.value) for text in app.text)
    assert MINE in shown
    assert THEIRS in shown
    for radio in app.radio:
        if radio.label == "Keep":
            radio.set_value(keep)
    settled(app)
    press(app, "Save what I chose")
    assert _stored(form, path) == kept
    assert "changed by two people at once" not in said(app)


@pytest.mark.slow
def test_nothing_is_saved_and_a_second_change_is_asked_about_too(
    pages: tuple[AppTest, Path], form: FormCase
) -> None:
    app, path = pages
    _fill_stale(form, app, path)
    for radio in app.radio:
        if radio.label == "Keep":
            radio.set_value("mine")
    settled(app)
    with Project.open(path, as_coder="bram") as project:
        form.write(project, "Nog iets anders")
    press(app, "Save what I chose")
    assert _stored(form, path) == "Nog iets anders"
    shown = "\n".join(str(text.value) for text in app.text)
    assert MINE in shown
    assert "Nog iets anders" in shown
    press(app, "Do not save")
    assert _stored(form, path) == "Nog iets anders"
    assert "changed by two people at once" not in said(app)


@pytest.mark.slow
def test_a_text_about_what_a_colleague_removed_is_shown_to_copy(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    form = FORMS["a finding"]
    with Project.open(path, as_coder="anna") as project:
        form.prepare(project)
    app.session_state["findings-layer"] = "anna"
    show(app, form.page)
    form.fill(app, MINE)
    with Project.open(path, as_coder="bram") as project:
        project.themes.findings.remove(1)
    press(app, form.button)
    assert "Somebody removed or renamed this since you opened it" in said(app)
    assert MINE in [text.value for text in app.text]
    press(app, "Close")
    assert not [text for text in app.text if text.value == MINE]


@pytest.mark.slow
def test_a_new_type_under_a_name_that_a_colleague_gave_meanwhile_changes_theirs_only_if_chosen(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    app.session_state["typology-part"] = "types"
    app.session_state["typology-layer"] = "anna"
    show(app, "typology")
    app.text_input[-2].set_value("Nacht")
    app.text_area[-1].set_value(MINE)
    with Project.open(path, as_coder="bram") as project:
        project.themes.typology.set_type("Nacht", definition=THEIRS, target="jongeren")
    press(app, "Save the type")
    with Project.open(path) as project:
        (case_type,) = project.themes.typology.design().types
        assert case_type.definition == THEIRS
    _field_of(app.radio, "Keep").set_value("mine")
    settled(app)
    press(app, "Save what I chose")
    with Project.open(path) as project:
        (case_type,) = project.themes.typology.design().types
    # What only the colleague filled in stays.
    assert (case_type.definition, case_type.target) == (MINE, "jongeren")


@pytest.mark.slow
def test_an_excerpt_that_a_colleague_made_meanwhile_is_asked_about(
    pages: tuple[AppTest, Path],
) -> None:
    app, path = pages
    show(app, "quotes")
    field = next(f for f in app.text_area if len(str(f.value).split()) > 8)
    coding = str(field.key).split("-")[1]
    first, second, *others = str(field.value).split()
    mine, theirs = f"{first} [...] {others[-1]}", f"{second} [...] {others[-1]}"
    field.set_value(mine)
    with Project.open(path, as_coder="bram") as project:
        ids = [c.id for c in project.codings.collect() if c.id.startswith(coding)]
        project.quotes.set_excerpt(ids[0], theirs)
    next(b for b in app.button if b.label == "Keep" and ids[0] in str(b.form_id)).click()
    settled(app)
    shown = "\n".join(str(text.value) for text in app.text)
    assert mine in shown
    assert theirs in shown
    _field_of(app.radio, "Keep").set_value("mine")
    settled(app)
    press(app, "Save what I chose")
    with Project.open(path) as project, project.snapshot() as snapshot:
        assert snapshot.excerpts[ids[0]] == mine


@pytest.mark.slow
def test_a_memo_changed_in_two_windows_keeps_both_texts(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    with Project.open(path, as_coder="anna") as project:
        memo = project.codings.add_memo(MemoTarget.PROJECT, "", "Eerst.")
    show(app, "memos")
    app.button(key=f"change-{memo.id}").click()
    settled(app)
    app.text_area(key=f"text-{memo.id}").set_value(MINE)
    with Project.open(path, as_coder="anna") as project:
        project.codings.revise_memo(memo.id, THEIRS)
    app.button(key=f"save-{memo.id}").click()
    settled(app)
    assert MINE in [text.value for text in app.text]
    assert THEIRS in said(app)
    with Project.open(path, as_coder="anna") as project:
        assert [memo.text for memo in project.codings.collect_memos()] == [THEIRS]
