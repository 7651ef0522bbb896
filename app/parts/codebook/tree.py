"""The tree of codes: what was dragged, typed or picked in it reaches the project here."""

from __future__ import annotations

from typing import Any

import session
import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.frontend import component_messages, mount_tree
from qualcode.model import Code, Codebook, LocalText

_KEY = "codebook-tree"
_PICKED = "code-picked"
_REFUSED = "tree-refused"


def pick(code: Code) -> None:
    """Show this code beside the tree from now on."""
    st.session_state[_PICKED] = code.id


def show(book: Codebook, counts: dict[str, int], *, retired: bool) -> Code | None:
    """Draw the tree, and return the code that is picked in it."""
    ids = {code.path: code.id for code in book.codes}
    shown = book.codes if retired else book.active
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
                for code in shown
            ],
            "picked": picked if picked in {code.id for code in shown} else "",
            "done": st.session_state.get("tree-done", {"client": "", "n": 0}),
            "language": language,
            "i18n": dict(component_messages(language)),
        },
        on_acts_change=_acts,
        on_pick_change=_pick,
    )
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.error(refused, icon=":material/error:")
    return next((code for code in book.codes if code.id == picked), None)


def _pick() -> None:
    picked = st.session_state[_KEY].get("pick")
    if picked:
        st.session_state[_PICKED] = picked


def _acts() -> None:
    """Do what was done in the tree, each act once."""
    message = st.session_state[_KEY].get("acts")
    if not message:
        return
    done = st.session_state.setdefault("tree-done", {"client": "", "n": 0})
    if done["client"] != message["client"]:
        done = {"client": message["client"], "n": 0}
    for act in message["ops"]:
        if act["n"] > done["n"]:
            done["n"] = act["n"]
            try:
                _act(act)
            except QualcodeError as error:
                st.session_state[_REFUSED] = session.words().sentence(str(error))
    st.session_state["tree-done"] = done


def _act(act: dict[str, Any]) -> None:
    project = session.project()
    paths = {code.id: code.path for code in project.codebook.get().codes}
    path = paths[act["id"]]
    st.session_state[_PICKED] = act["id"]
    if act["op"] == "place":
        above, before = paths.get(act["parent"], ""), paths.get(act["before"], "")
        project.codebook.move(path, above, before)
    elif act["op"] == "label":
        label = project.codebook.get().code(path).label
        text = LocalText({**label, session.language(): act["text"]})
        project.codebook.edit(path, label=text)
