"""The Memos page: every memo with what it is about, filtered, changed by its author only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from app_in_process import said, settled, show
from qualcode.model import MemoTarget
from qualcode.project import Project


def widget(widgets: Any, key: str) -> Any:
    return next(one for one in widgets if one.key == key)


def press(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click()
    settled(app)


def write_memos(path: Path) -> None:
    with Project.open(path) as project:
        anna, bram = project.acting_as("anna"), project.acting_as("bram")
        coding = project.codings.collect(coder="anna")[0]
        anna.codings.add_memo(MemoTarget.CODING, coding.id, "let op het *woord* druk")
        bram.codings.add_memo(MemoTarget.TURN, "G01#4", "van bram")
        anna.codings.add_memo(MemoTarget.PROJECT, "", "opzet van de studie")


def test_every_memo_stands_with_what_it_is_about(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    write_memos(path)
    show(app, "memos")
    for text in ("let op het \\*woord\\* druk", "van bram", "opzet van de studie", "3 memos"):
        assert text in said(app)
    assert "turn 4" in said(app)
    widget(app.selectbox, "memos-kind").set_value("turn")
    settled(app)
    assert "1 memo" in said(app)
    widget(app.selectbox, "memos-kind").set_value("")
    widget(app.text_input, "memos-words").set_value("OPZET")
    settled(app)
    assert "1 memo" in said(app)
    assert "van bram" not in said(app)


def test_a_memo_is_written_with_a_quote_changed_and_removed(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    show(app, "memos")
    widget(app.text_area, "new-memo-text").set_value("een gedachte")
    select = widget(app.selectbox, "quote-new-memo-text")
    select.select_index(0)
    settled(app)
    press(app, "Save memo")
    with Project.open(path) as project:
        (memo,) = project.codings.collect_memos()
        assert memo.text.startswith("een gedachte\n“")
    press(app, "Change")
    widget(app.text_area, f"text-{memo.id}").set_value("een betere gedachte")
    widget(app.button, f"save-{memo.id}").click()
    settled(app)
    with Project.open(path) as project:
        assert [m.text for m in project.codings.collect_memos()] == ["een betere gedachte"]
    press(app, "Remove")
    with Project.open(path) as project:
        assert project.codings.collect_memos() == ()


def test_only_own_memos_can_be_changed(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    write_memos(path)
    show(app, "memos")
    assert sum(one.label == "Change" for one in app.button) == 2


def test_a_memo_without_text_is_refused(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    show(app, "memos")
    press(app, "Save memo")
    with Project.open(path) as project:
        assert project.codings.collect_memos() == ()
    assert any("needs a text" in toast.value for toast in app.toast)


def test_a_memo_that_is_refused_stays_open_to_be_changed(pages: tuple[AppTest, Path]) -> None:
    app, path = pages
    write_memos(path)
    show(app, "memos")
    press(app, "Change")
    field = next(one for one in app.text_area if (one.key or "").startswith("text-"))
    field.set_value(" ")
    widget(app.button, f"save-{(field.key or '').removeprefix('text-')}").click()
    settled(app)
    assert any(one.label == "Cancel" for one in app.button)
