"""The coding screen: one transcript, its codings, the codebook."""

from __future__ import annotations

import screen
import session
import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.frontend import component_messages, mount_coder


def _open() -> None:
    chosen = st.session_state["coder-screen"].get("open")
    if chosen:
        st.session_state["transcript"] = chosen
        st.session_state.pop("focus", None)


# Suggestions less likely than this are more work than help.
FLOOR = 0.5


def _suggest() -> None:
    name = st.session_state["coder-screen"].get("suggest")
    if not name:
        return
    try:
        session.offers()[name] = session.project().suggestions.offer(name, limit=2, floor=FLOOR)
    except QualcodeError as error:
        session.flash(session.words().sentence(str(error)))


session.needs_transcripts()
session.book()
session.ask_coder()
project = session.project()
_one = session.open_round()
mount_coder(
    "coder-screen",
    {
        **screen.document(session.transcript()),
        "kind": "doc",
        "project": project.info.key,
        "coder": session.coder(),
        "round": _one.name if _one else "",
        "language": session.language(),
        "i18n": dict(component_messages(session.language())),
        "focus": st.session_state.get("focus"),
        "suggesting": project.suggestions.allowed(session.transcript()),
        "suggested": session.transcript() in session.offers(),
    },
    on_open_change=_open,
    on_suggest_change=_suggest,
)
