"""What can be done when a project is damaged: go back to a backup, or save what is whole."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qualcode.errors import DamagedProjectError, NotAProjectError, QualcodeError
from qualcode.project import find_backups_of

from . import auth, session
from .widgets.restore_form import show_rescue, show_restore

_KEY = "damaged"


def note(path: str, error: QualcodeError) -> bool:
    """Keep, for this window, which project turned out to be damaged, if that is the error.

    Returns:
        Whether it is.
    """
    is_harm = isinstance(error, DamagedProjectError) or (
        # Without its first page, a project is not even known as one.
        isinstance(error, NotAProjectError) and Path(path).suffix == ".qualcode"
    )
    if not is_harm or auth.serving() is not None or "://" in path:
        return False
    st.session_state[_KEY] = path
    st.session_state.pop("rescued", None)
    return True


def is_noted() -> bool:
    """Tell whether a damaged project waits for what is to be done with it."""
    return _KEY in st.session_state


def show() -> None:
    """Draw what can be done."""
    _ = session.words()
    file = Path(st.session_state[_KEY])
    st.error(
        _(
            "{file} is damaged. Keep it as it is: nothing below changes it.",
            file=f"`{file}`",
        ),
        icon=":material/heart_broken:",
    )
    left_column, right_column = st.columns(2, gap="large")
    with left_column:
        st.markdown("## " + _("Go back to a backup"))
        show_restore(file, find_backups_of(file), None, _open)
    with right_column:
        st.markdown("## " + _("Save what is whole"))
        st.caption(
            _(
                "Every row of the file is looked at. What is whole comes into a new project; what "
                "is not is listed."
            )
        )
        show_rescue(file, _open)
    if st.button(_("Leave it for now"), icon=":material/close:"):
        _forget()
        st.rerun()


def _open(path: str) -> None:
    session.open_project(path)
    _forget()
    st.rerun()


def _forget() -> None:
    for key in (_KEY, "rescued", "restore-backup"):
        st.session_state.pop(key, None)
