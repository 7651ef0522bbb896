"""What can be done when the file of the open project was moved, replaced or deleted."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qualcode.errors import MovedProjectError

from . import auth, session
from .widgets.notices import errors_shown


def show(error: MovedProjectError) -> None:
    """Say what happened, and offer what was saved."""
    _ = session.words()
    st.error(_.translate(str(error)), icon=":material/error:")
    st.write(
        _(
            "Edits that were not saved yet wait in this browser: they are saved as soon as the "
            "project is open again."
        )
    )
    # A path of the server is nothing for the coders who are served.
    if auth.serving():
        return
    if error.place is not None:
        _offer_place(error.place)
    else:
        _offer_file()
    if st.button(_("Close this project"), icon=":material/close:"):
        session.close_lost_project()
        st.rerun()


def _offer_place(place: Path) -> None:
    _ = session.words()
    st.markdown(f"`{place}`")
    if st.button(_("Open it there"), type="primary", icon=":material/folder_open:"):
        with errors_shown():
            session.leave_lost_project(str(place))
            st.rerun()


def _offer_file() -> None:
    _ = session.words()
    lost = Path(session.project_path())
    with st.form("kept", border=False):
        path = st.text_input(_("New file for it"), value=str(lost.with_stem(f"{lost.stem}-2")))
        if not st.form_submit_button(_("Keep what was saved"), type="primary") or not path.strip():
            return
    with errors_shown():
        to = Path(path.strip()).expanduser()
        session.project().history.back_up(to)
        session.leave_lost_project(str(to))
        st.rerun()
