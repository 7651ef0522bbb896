"""Short notices to the reader: errors, and actions that were done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from qualcode.errors import QualcodeError

from .. import session


def show_error(error: BaseException) -> None:
    """Show an error as one sentence on the page; an unexpected one as where to read about it."""
    _ = session.words()
    if isinstance(error, QualcodeError):
        text = _.translate(str(error))
    else:
        # Never its own words: they are English, and may hold what a respondent said.
        text = _(
            "Something went wrong in qualcode itself ({error}). What was saved is kept. Load this "
            "page again. If it comes back: the window in which qualcode was started says where "
            "it happened.",
            error=type(error).__name__,
        )
    st.error(text, icon=":material/error:")


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show an error of the project as one sentence on the page."""
    try:
        yield
    except QualcodeError as error:
        show_error(error)


def notify(text: str) -> None:
    """Show a notice once, also if the page is drawn again."""
    # A toast of this run would be lost in the rerun that mostly follows.
    st.session_state.setdefault("flashes", []).append(text)


def tell_error(error: BaseException) -> None:
    """Show an error on top of the page when it is drawn the next time."""
    st.session_state.setdefault("untold", []).append(error)


def show_notices() -> None:
    """Show the waiting notices, and the errors that are still to be told."""
    for error in st.session_state.pop("untold", []):
        show_error(error)
    for text in st.session_state.pop("flashes", []):
        st.toast(text)
