"""The coders of the project, and the coder of this window."""

from __future__ import annotations

import streamlit as st

from ... import auth, session
from ...widgets.coder_select import coder_buttons, new_coder_field
from ...widgets.text import escape_markdown


def show() -> None:
    """Draw the coders; let the reader switch to another coder or add one."""
    _ = session.words()
    # The list of coders is then the server's; nobody picks a name.
    if auth.serving():
        st.markdown("## " + _("Coders"))
        for name in session.coders():
            st.markdown(escape_markdown(name))
        return
    st.markdown("## " + _("Who is coding in this window"))
    with st.container(horizontal=True):
        coder_buttons("be")
    if session.has_list():
        return
    # A colleague who is added codes elsewhere: this window keeps its coder.
    new_coder_field("add-coder", _("Another coder"), _("Add"), switch=False)
