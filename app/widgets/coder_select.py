"""The choice of the coder, and of two coders to compare."""

from __future__ import annotations

import streamlit as st

from .. import session
from ..page_links import open_page


def coder_form() -> None:
    """Ask for the coder of this window."""
    _ = session.words()
    st.subheader(_("Who is coding?"))
    st.write(_("Codings carry the name of the coder, so that two coders can be compared."))
    for coder in session.coders():
        if st.button(coder, key=f"coder-{coder}", icon=":material/person:"):
            session.set_coder(coder)
            st.rerun()
    with (
        st.form("new-coder", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        new = st.text_input(_("Your name or initials"), max_chars=40)
        if st.form_submit_button(_("Start coding"), type="primary") and new.strip():
            session.project().rounds.add_coder(new.strip())
            session.set_coder(new.strip())
            st.rerun()


def coder_pair_select() -> tuple[str, str] | None:
    """Return the two coders to compare; with too few coders, explain it and return None."""
    _ = session.words()
    everyone = session.coders()
    if len(everyone) < 2:
        st.info(
            _(
                "Agreement is between two coders, and this project has {count}. Add the other "
                "coder on the Project page, under Coders and rounds, and let both code the same "
                "interview.",
                count=len(everyone),
            )
        )
        if st.button(_("Go to the project"), type="primary"):
            open_page("project")
        return None
    if len(everyone) == 2:
        return everyone[0], everyone[1]
    with st.container(horizontal=True):
        first = str(st.selectbox(_("First coder"), everyone, width=200, key="coder-a"))
        other_coders = [name for name in everyone if name != first]
        second = str(st.selectbox(_("Second coder"), other_coders, width=200, key="coder-b"))
    return first, second
