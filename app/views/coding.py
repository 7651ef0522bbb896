"""The coding screen: one transcript, its codings, the codebook."""

from __future__ import annotations

from typing import Any

import session
import streamlit as st

from qualcode.frontend import coding_document, component_messages, mount_coder
from qualcode.model import SegmentKind


def _document() -> dict[str, Any]:
    project, name, language = session.project(), session.transcript(), session.language()
    cases = project.collect_cases()
    return coding_document(
        project.transcript(name),
        project.codebook(),
        language=language,
        title=session.case_title(name, cases),
        documents=[
            (one.name, session.case_title(one.name, cases)) for one in project.collect_transcripts()
        ],
        answers=project.collect_segments(SegmentKind.ANSWER, name),
        questions={
            question.id: question.text.in_language(language)
            for guide in project.collect_guides()
            for question in guide.questions
        },
    )


def _open() -> None:
    chosen = st.session_state["coder-screen"].get("open")
    if chosen:
        st.session_state["transcript"] = chosen
        st.session_state.pop("focus", None)


session.needs_transcripts()
session.book()
session.ask_coder()
project = session.project()
_one = session.open_round()
mount_coder(
    "coder-screen",
    {
        **_document(),
        "kind": "doc",
        "project": project.key,
        "coder": session.coder(),
        "round": _one.name if _one else "",
        "language": session.language(),
        "i18n": dict(component_messages(session.language())),
        "focus": st.session_state.get("focus"),
    },
    on_open_change=_open,
)
