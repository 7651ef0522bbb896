"""The page Names: rules find names, a person decides, and roles in brackets replace them."""

from __future__ import annotations

import streamlit as st

from ... import session
from ...widgets.requirements import require_coder, require_transcripts
from . import replace, review, scan
from .state import review_state


def show() -> None:
    """Draw the page."""
    _ = session.words()
    require_coder()
    require_transcripts()

    st.title(_("Names"), anchor=False)
    st.write(
        _(
            "Names of people, places and employers, addresses, numbers, dates and ages give way to "
            "roles in brackets, as in [buurvrouw 1]. You decide on each of them, and every coding "
            "keeps covering its words."
            # Markdown would take a role in brackets for the text of a link.
        ).replace("[", "\\[")
    )
    # Streamlit forbids setting the key of a widget that is already drawn, so it is set here.
    next_step = "replace" if review_state().summary else st.session_state.pop("names-go", "")
    if next_step or not st.session_state.get("names-step"):
        st.session_state["names-step"] = next_step or "find"
    undecided = len(review_state().undecided)
    steps = {
        "find": _("1 Find"),
        "review": _("2 Review") + (f" ({_.number(undecided)})" if undecided else ""),
        "replace": _("3 Replace"),
    }
    step = st.segmented_control(
        _("Step"),
        list(steps),
        format_func=steps.__getitem__,
        label_visibility="collapsed",
        key="names-step",
    )
    {"find": scan.show, "review": review.show, "replace": replace.show}[step or "find"]()
