"""The coders of the project, and the coder of this window."""

from __future__ import annotations

import streamlit as st

from ... import auth, session
from ...widgets.notices import errors_shown
from ...widgets.text import escape_markdown


def show() -> None:
    """Draw the coders; let the reader switch to another coder or add one."""
    _ = session.words()
    # The list of coders is then the server's; nobody picks a name.
    if auth.serving():
        st.markdown("#### " + _("Coders"))
        for name in session.coders():
            st.markdown(escape_markdown(name))
        return
    st.markdown("#### " + _("Who is coding in this window"))
    current = session.coder()
    with st.container(horizontal=True):
        for name in session.coders():
            is_current = name == current
            if st.button(
                name,
                key=f"be-{name}",
                icon=":material/check:" if is_current else ":material/person:",
                type="primary" if is_current else "secondary",
            ):
                session.set_coder(name)
                st.rerun()
    with (
        st.form("add-coder", border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        new = st.text_input(_("Another coder"), max_chars=40, width=260)
        if st.form_submit_button(_("Add")) and new.strip():
            with errors_shown():
                session.project().add_coder(new.strip())
                session.set_coder(new.strip())
                st.rerun()
