"""The tree of codes: selections, moves and renames in it reach the project here."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import Any

import streamlit as st

from qualcode.errors import EditConflictError, QualcodeError
from qualcode.model import Code, Codebook, LocalText
from qualcode.model.code_colors import code_colors, color_of_new_code
from qualcode.project import Project, code_name

from ... import session
from ...components.mount import mount_tree
from ...i18n import component_messages
from ...widgets.edit_conflicts import Form, keep_conflict
from .fields import code_form

_KEY = "codebook-tree"
_PICKED = "code-picked"
_REFUSED = "tree-refused"
_DONE = "tree-done"
_APPLYING = Lock()


def select_code(code: Code) -> None:
    """Show this code next to the tree from now on."""
    st.session_state[_PICKED] = code.id


def show(book: Codebook, counts: dict[str, int], *, retired: bool) -> Code | None:
    """Draw the tree and return the selected code."""
    ids = {code.path: code.id for code in book.codes}
    colors = code_colors(book)
    codes = book.codes if retired else book.active
    picked = st.session_state.get(_PICKED, "")
    language = session.language()
    mount_tree(
        _KEY,
        {
            "codes": [
                {
                    "id": code.id,
                    "parent": ids.get(code.parent, ""),
                    "name": code.title(language),
                    "color": colors[code.path],
                    "retired": code.retired,
                    "count": counts.get(code.path, 0),
                }
                for code in codes
            ],
            "picked": picked if picked in {code.id for code in codes} else "",
            "done": st.session_state.get(_DONE, {"client": "", "number": 0}),
            "language": language,
            "messages": dict(component_messages(language)),
        },
        on_acts_change=_take_actions,
        on_pick_change=_take_choice,
    )
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.error(refused, icon=":material/error:")
    return next((code for code in book.codes if code.id == picked), None)


def _take_choice() -> None:
    picked = st.session_state[_KEY].get("pick")
    if picked:
        st.session_state[_PICKED] = picked


def _take_actions() -> None:
    """Apply the actions made in the tree, each once."""
    message = st.session_state[_KEY].get("acts")
    if not message:
        return
    project, language, words = session.project(), session.language(), session.words()
    refused, picked = "", ""
    # Streamlit may start a run while another still applies actions, and may end a run at every
    # look at the session: so one run at a time, and no look between an action and its mark.
    with _APPLYING:
        progress = st.session_state.setdefault(_DONE, {"client": "", "number": 0})
        # Another window, or the page loaded again: its numbers start from one.
        if progress["client"] != message["client"]:
            progress = st.session_state[_DONE] = {"client": message["client"], "number": 0}
        for act in message["acts"]:
            # The tree sends an action until it is acknowledged, so it can arrive twice.
            if act["number"] <= progress["number"]:
                continue
            try:
                picked = _apply_action(project, language, act) or picked
            except EditConflictError as error:
                keep_conflict(_form_of(error, str(act["text"])), error)
            except QualcodeError as error:
                refused = words.translate(str(error))
            progress["number"] = act["number"]
    if refused:
        st.session_state[_REFUSED] = refused
    if picked:
        st.session_state[_PICKED] = picked


def _form_of(error: EditConflictError, text: str) -> Form:
    if isinstance(error.stored, Code):
        return code_form(error.stored)
    # A code that is gone: there is nothing to save, only a text to show.
    return Form(text, lambda _as_read, _fields: None)


def _apply_action(project: Project, language: str, act: dict[str, Any]) -> str:
    """Apply an action of the tree; return the id of the code to show, if it is about one."""
    book = project.codebook.get()
    paths = {code.id: code.path for code in book.codes}
    if act["kind"] == "add":
        above, text = paths.get(act["parent"], ""), act["text"]
        path = f"{above}/{code_name(text)}" if above else code_name(text)
        label, color = LocalText.of(text, language), color_of_new_code(book, above)
        project.codebook.add(Code(path, label=label, id=act["id"], color=color))
        return ""
    path = paths[act["id"]]
    if act["kind"] == "place":
        above, before = paths.get(act["parent"], ""), paths.get(act["before"], "")
        project.codebook.move(path, above, before)
    elif act["kind"] == "label":
        # Read again: an earlier action in the same message may have changed the codebook.
        code = project.codebook.get().code(path)
        text = LocalText({**code.label, language: act["text"]})
        if act["was"] != code.title(language):
            # The name was changed elsewhere since the tree was drawn.
            code = replace(code, label=LocalText({**code.label, language: act["was"]}))
        project.codebook.edit(path, as_read=code, label=text)
    return str(act["id"])
