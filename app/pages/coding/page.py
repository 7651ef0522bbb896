"""The page Coding: one transcript, its codings, and the codebook."""

from __future__ import annotations

import streamlit as st

from qualcode.errors import QualcodeError

from ... import session
from ...components.mount import mount_coder
from ...i18n import component_messages
from ...widgets import coding_document
from ...widgets.hand_in_banner import show_hand_in_banner
from ...widgets.notices import notify
from ...widgets.requirements import require_codebook, require_coder, require_transcripts


def _take_transcript() -> None:
    chosen = st.session_state["coder-screen"].get("open")
    if chosen:
        st.session_state["transcript"] = chosen
        # The focus was a passage of the transcript before.
        st.session_state.pop("focus", None)


# Suggestions less likely than this are more work than help.
FLOOR = 0.5


def _take_request() -> None:
    name = st.session_state["coder-screen"].get("suggest")
    if not name:
        return
    try:
        session.offers()[name] = session.project().suggestions.offer(
            # Two per passage: more of them cover the margin next to the text.
            name,
            limit=2,
            floor=FLOOR,
        )
    except QualcodeError as error:
        notify(session.words().translate(str(error)))


def show() -> None:
    """Draw the page."""
    require_transcripts()
    require_codebook(may_begin=True)
    require_coder()
    project = session.project()
    round_ = session.open_round()
    show_hand_in_banner(session.transcript())
    mount_coder(
        "coder-screen",
        {
            **coding_document.transcript_document(session.transcript()),
            "kind": "screen",
            "project": project.info.key,
            "coder": session.coder(),
            "round": round_.name if round_ else "",
            "language": session.language(),
            "messages": dict(component_messages(session.language())),
            "comparison": None,
            "focus": st.session_state.get("focus"),
            "suggesting": project.suggestions.allowed(session.transcript()),
            "suggested": session.transcript() in session.offers(),
        },
        on_open_change=_take_transcript,
        on_suggest_change=_take_request,
    )
