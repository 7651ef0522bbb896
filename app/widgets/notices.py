"""Short notices to the reader: errors, and actions that were done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from qualcode.errors import QualcodeError

from .. import session


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show an error of the project as one sentence on the page."""
    try:
        yield
    except QualcodeError as error:
        st.error(session.words().translate(str(error)), icon=":material/error:")


def notify(text: str) -> None:
    """Show a notice once, also if the page is drawn again."""
    # A toast of this run would be lost in the rerun that mostly follows.
    st.session_state.setdefault("flashes", []).append(text)


def show_notices() -> None:
    """Show the waiting notices."""
    for text in st.session_state.pop("flashes", []):
        st.toast(text)
