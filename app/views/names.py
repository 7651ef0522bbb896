"""Names: found by rules, decided on by a person, and replaced by roles in brackets, for good."""

from __future__ import annotations

import session
import streamlit as st
from parts.names import finding, replacing, reviewing
from parts.names.desk import desk

_ = session.words()
session.ask_coder()
session.needs_transcripts()

st.subheader(_("Names"), anchor=False)
st.write(
    _(
        "Names of people, places and employers, addresses, numbers, dates and ages give way to "
        "roles in brackets, as in [buurvrouw 1]. You decide on each of them, and every coding "
        "keeps covering its words."
    ).replace("[", "\\[")
)
_wanted = "replace" if desk().told else st.session_state.pop("names-go", "")
if _wanted or not st.session_state.get("names-step"):
    st.session_state["names-step"] = _wanted or "find"
_left = len(desk().left)
_steps = {
    "find": _("1 Find"),
    "review": _("2 Review") + (f" ({_.number(_left)})" if _left else ""),
    "replace": _("3 Replace"),
}
_step = st.segmented_control(
    _("Step"),
    list(_steps),
    format_func=_steps.__getitem__,
    label_visibility="collapsed",
    key="names-step",
)
{"find": finding.show, "review": reviewing.show, "replace": replacing.show}[_step or "find"]()
