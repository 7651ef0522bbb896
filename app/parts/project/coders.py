"""Who is coding in this window, and who else codes in the project."""

from __future__ import annotations

import admitting
import session
import streamlit as st
import telling


def show() -> None:
    """Draw the coders, with a way to become another one or to add one."""
    _ = session.words()
    if admitting.serving():
        st.markdown("#### " + _("Coders"))
        for name in session.people():
            st.markdown(telling.plain(name))
        return
    st.markdown("#### " + _("Who is coding in this window"))
    current = session.coder()
    with st.container(horizontal=True):
        for name in session.people():
            own = name == current
            if st.button(
                name,
                key=f"be-{name}",
                icon=":material/check:" if own else ":material/person:",
                type="primary" if own else "secondary",
            ):
                session.set_coder(name)
                st.rerun()
    with (
        st.form("add-coder", border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        new = st.text_input(_("Another coder"), max_chars=40, width=260)
        if st.form_submit_button(_("Add")) and new.strip():
            with session.guarded():
                session.project().rounds.add_coder(new.strip())
                session.set_coder(new.strip())
                st.rerun()
