"""The page Interviews and participants: names, corrected texts, removal, and withdrawal."""

from __future__ import annotations

import streamlit as st

from ... import session
from . import correction, removal, withdrawal


def show() -> None:
    """Draw the page."""
    _ = session.words()
    st.title(_("Interviews and participants"), anchor=False)
    names = [text.name for text in session.project().transcripts.collect()]
    if not names:
        st.info(_("There is no interview yet. Import one on the page Project."))
        return
    tabs = {
        _("One interview"): lambda: _show_interview(names),
        _("A participant who withdraws"): withdrawal.show,
    }
    for tab, show_part in zip(st.tabs(list(tabs)), tabs.values(), strict=True):
        with tab:
            show_part()


def _show_interview(names: list[str]) -> None:
    _ = session.words()
    now = session.transcript()
    chosen = st.selectbox(
        _("Interview"), names, index=names.index(now), key="managed-interview", width=420
    )
    removal.show_name(chosen)
    correction.show(chosen)
    removal.show_removal(chosen)
