"""The tree of codes: selections, moves and renames in it reach the project here."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import Code, Codebook, LocalText

from ... import session
from ...components.mount import mount_tree
from ...i18n import component_messages

_KEY = "codebook-tree"
_PICKED = "code-picked"
_REFUSED = "tree-refused"


def select_code(code: Code) -> None:
    """Show this code next to the tree from now on."""
    st.session_state[_PICKED] = code.id


def show(book: Codebook, counts: dict[str, int], *, retired: bool) -> Code | None:
    """Draw the tree and return the selected code."""
    ids = {code.path: code.id for code in book.codes}
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
                    "color": code.color,
                    "retired": code.retired,
                    "count": counts.get(code.path, 0),
                }
                for code in codes
            ],
            "picked": picked if picked in {code.id for code in codes} else "",
            "done": st.session_state.get("tree-done", {"client": "", "number": 0}),
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
    progress = st.session_state.setdefault("tree-done", {"client": "", "number": 0})
    # Another window, or the page loaded again: its numbers start from one.
    if progress["client"] != message["client"]:
        progress = {"client": message["client"], "number": 0}
    for act in message["acts"]:
        # The tree sends an action until it is acknowledged, so it can arrive twice.
        if act["number"] > progress["number"]:
            progress["number"] = act["number"]
            try:
                _apply_action(act)
            except QualcodeError as error:
                st.session_state[_REFUSED] = session.words().translate(str(error))
    st.session_state["tree-done"] = progress


def _apply_action(act: dict[str, Any]) -> None:
    project = session.project()
    paths = {code.id: code.path for code in project.codebook.get().codes}
    path = paths[act["id"]]
    st.session_state[_PICKED] = act["id"]
    if act["kind"] == "place":
        above, before = paths.get(act["parent"], ""), paths.get(act["before"], "")
        project.codebook.move(path, above, before)
    elif act["kind"] == "label":
        # Read again: an earlier action in the same message may have changed the codebook.
        label = project.codebook.get().code(path).label
        text = LocalText({**label, session.language(): act["text"]})
        project.codebook.edit(path, label=text)
