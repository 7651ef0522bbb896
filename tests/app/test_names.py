"""The page of names: found, decided on by a person, kept in a key, replaced for good."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app_in_process import open_page
from qualcode.app import server
from qualcode.model import Role, Span
from qualcode.project import CANNOT_SEE, Project, restore_backup
from small_book import BOOK

SECRET = "paard batterij nietje juist"
TEXT = (
    "I: Met wie ging je?\n"
    "R: Met mijn vriendin Fatima El Amrani, altijd. Fatima belde elke dag.\n"
    "I: En je werk?\n"
    "R: Ik werkte bij Bakkerij Vermeulen in Purmerend. Paniek had ik daar.\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project of one interview with names in it, in a folder of its own."""
    folder = tmp_path / "studie"
    folder.mkdir()
    (folder / "G01.txt").write_text(TEXT, encoding="utf-8")
    path = folder / "study.qualcode"
    roles = {"I": Role.INTERVIEWER, "R": Role.RESPONDENT}
    with Project.create(path, name="Proef") as project:
        assert [
            one.refused for one in project.transcripts.read_files([folder / "G01.txt"], roles=roles)
        ] == [""]
        project.rounds.add_coder("anna")
    (folder / "G01.txt").unlink()
    return path


@pytest.fixture
def app(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page of names; anna is coding."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(server, "_launched", [server.Launch(str(path), "anna", "en")])
    st.cache_resource.clear()
    one = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    one.run()
    open_page(one, "names").run()
    assert not one.exception
    yield one
    st.cache_resource.clear()


def press(app: AppTest, label: str) -> None:
    """Press a button and draw the page until no work runs."""
    next(one for one in app.button if one.label == label).click().run()
    until = time.monotonic() + 30
    while any(one.label == "Stop" for one in app.button) and time.monotonic() < until:
        time.sleep(0.1)
        app.run()
    assert not any(one.label == "Stop" for one in app.button)
    assert not app.exception


def labels(app: AppTest) -> set[str]:
    return {one.label for one in app.button}


def said(app: AppTest) -> str:
    kinds: list[Any] = [app.markdown, app.caption, app.error, app.success, app.info, app.warning]
    return "\n".join(str(one.value) for kind in kinds for one in kind)


def fill(app: AppTest, label: str, value: str) -> None:
    next(one for one in app.text_input if one.label == label).set_value(value)


def review(app: AppTest) -> None:
    """Look for names and accept every proposal, one by one."""
    press(app, "Look for names")
    press(app, "Review the proposals")
    while "Replace" in labels(app):
        press(app, "Replace")


def go(app: AppTest, step: str) -> None:
    app.session_state["names-go"] = step
    app.run()
    assert not app.exception


def tick(app: AppTest, label: str) -> None:
    next(one for one in app.checkbox if one.label == label).check()


def test_it_tells_what_was_looked_at_and_what_it_cannot_see(app: AppTest) -> None:
    press(app, "Look for names")
    text = said(app)
    assert "Looked at: 1 interview" in text
    assert all(f"- {line}" in text for line in CANNOT_SEE)
    assert "anonym" not in text.casefold()


def test_a_proposal_is_shown_with_its_place_and_the_rule_that_found_it(app: AppTest) -> None:
    press(app, "Look for names")
    press(app, "Review the proposals")
    text = said(app)
    assert "## Fatima El Amrani" in text
    assert "Met mijn vriendin **Fatima El Amrani**, altijd" in text
    assert "person · 1 place · after 'vriendin'" in text


def replace(app: AppTest, first: str = SECRET, again: str = SECRET, *, place: str = "") -> None:
    """Fill in the last step for a new key, and press its button."""
    go(app, "replace")
    if place:
        fill(app, "File of the key", place)
        app.run()
    fill(app, "New passphrase", first)
    fill(app, "The same passphrase again", again)
    tick(app, "I know that nobody can undo this")
    press(app, next(one for one in labels(app) if one.startswith("Replace ")))


def test_from_names_to_roles_with_a_key_and_a_backup(
    app: AppTest, path: Path, tmp_path: Path
) -> None:
    review(app)
    replace(app)
    assert "Every coding still covers its words" in said(app)
    with Project.open(path) as project:
        text = project.transcripts.get("G01").text
        assert "Fatima" not in text
        assert "[vriendin 1] belde" in text
        key = project.pseudonyms.open_key(tmp_path / "qualcode-keys" / "study.key", SECRET)
        assert {"Fatima El Amrani", "Fatima"} <= {one.text for one in key.replaced}
    backup = tmp_path / "qualcode-keys" / "study-with-names.sealed"
    restore_backup(backup, tmp_path / "back.qualcode", SECRET)
    with Project.open(tmp_path / "back.qualcode") as project:
        assert project.transcripts.get("G01").text == TEXT


def held(app: AppTest) -> str:
    """Return all that the window holds on to, as text."""
    state = app._session_state._state
    widgets = {key: state._new_widget_state.get(key) for key in state._new_widget_state.states}
    return repr((state._old_state, state._new_session_state, widgets))


@pytest.mark.parametrize("first", [SECRET, "iets heel anders"], ids=["done", "refused"])
def test_no_passphrase_stays_in_the_window_or_the_project(
    app: AppTest, path: Path, tmp_path: Path, first: str
) -> None:
    review(app)
    replace(app, first)
    assert SECRET not in held(app)
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert [one for one in files if SECRET.encode() in one.read_bytes()] == []
    assert path in files


def test_two_passphrases_that_differ_make_no_key(app: AppTest, path: Path, tmp_path: Path) -> None:
    review(app)
    replace(app, again="iets heel anders")
    assert "The two passphrases differ" in said(app)
    assert not (tmp_path / "qualcode-keys" / "study.key").exists()
    with Project.open(path) as project:
        assert project.transcripts.get("G01").text == TEXT


def test_a_wrong_passphrase_replaces_nothing(app: AppTest, path: Path, tmp_path: Path) -> None:
    review(app)
    key = tmp_path / "qualcode-keys" / "study.key"
    key.parent.mkdir()
    with Project.open(path) as project:
        project.pseudonyms.save_key(project.pseudonyms.open_key(key, SECRET), key, SECRET)
    go(app, "replace")
    fill(app, "Passphrase", "een heel andere zin")
    tick(app, "I know that nobody can undo this")
    press(app, next(one for one in labels(app) if one.startswith("Replace ")))
    assert "the passphrase is another one" in said(app)
    with Project.open(path) as project:
        assert project.transcripts.get("G01").text == TEXT


@pytest.mark.parametrize(
    ("place", "why"),
    [("studie/study.key", "lies in the folder of the project"), ("nergens/a.key", "Cannot write")],
)
def test_a_key_in_a_bad_place_is_refused_in_one_sentence(
    app: AppTest, path: Path, tmp_path: Path, place: str, why: str
) -> None:
    review(app)
    replace(app, place=str(tmp_path / place))
    assert why in said(app)
    with Project.open(path) as project:
        assert project.transcripts.get("G01").text == TEXT
    assert [one.name for one in path.parent.iterdir() if one.suffix == ".key"] == []


def test_nothing_is_replaced_before_the_box_is_ticked(app: AppTest, path: Path) -> None:
    review(app)
    go(app, "replace")
    fill(app, "New passphrase", SECRET)
    fill(app, "The same passphrase again", SECRET)
    press(app, next(one for one in labels(app) if one.startswith("Replace ")))
    assert "Tick the box first" in said(app)
    with Project.open(path) as project:
        assert project.transcripts.get("G01").text == TEXT


def test_a_blind_round_shows_no_note_of_the_other_coder(app: AppTest, path: Path) -> None:
    with Project.open(path, as_coder="bram") as project:
        project.rounds.add_coder("bram")
        project._store.save_codebook(BOOK)
        project.rounds.create("r1", coders=["anna", "bram"])
        start = TEXT.index("Paniek")
        project.acting_as("bram").codings.add(
            "G01", Span(start, start + 6), project.codebook.get().paths[0], memo="Zoals Kees"
        )
    press(app, "Look for names")
    assert "note" not in said(app).partition("Looked at:")[2].partition("\n")[0]
    press(app, "Review the proposals")
    while "Later" in labels(app) and "Kees" not in said(app):
        press(app, "Replace")
    assert "Kees" not in said(app)


def test_names_of_a_project_are_not_those_of_its_copy(app: AppTest, path: Path) -> None:
    """A restored copy has the key of its project; a file that was moved is the same project."""
    press(app, "Look for names")
    press(app, "Review the proposals")
    copy, moved = path.with_name("kopie.qualcode"), path.with_name("verplaatst.qualcode")
    shutil.copy(path, copy)
    app.session_state["project"], app.session_state["coder"] = str(copy), (str(copy), "anna")
    app.run()
    assert "Fatima" not in said(app)
    assert app.session_state["names-desk"].key_path.endswith("kopie.key")
    go(app, "find")
    press(app, "Look for names")
    copy.rename(moved)
    app.session_state["project"], app.session_state["coder"] = str(moved), (str(moved), "anna")
    app.run()
    assert app.session_state["names-desk"].scan is not None
