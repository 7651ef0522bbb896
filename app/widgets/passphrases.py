"""Passphrases asked on a page: read once, and not held on to by the window."""

from __future__ import annotations

import streamlit as st

from .. import session


def passphrase_field(label: str, name: str) -> str:
    """Ask a passphrase, inside a form; what is typed is forgotten once it is read.

    Args:
        label: What the reader is asked.
        name: Name of this field, one of its kind on the page.
    """
    key = f"secret-{name}"
    typed = str(st.text_input(label, type="password", autocomplete="off", key=key))
    if typed:
        del st.session_state[key]
    return typed


def new_passphrase_fields(name: str) -> tuple[str, bool]:
    """Ask a new passphrase twice; return it and whether both were the same."""
    _ = session.words()
    left_column, right_column = st.columns(2, vertical_alignment="bottom")
    with left_column:
        first = passphrase_field(_("New passphrase"), f"{name}-first")
    with right_column:
        again = passphrase_field(_("The same passphrase again"), f"{name}-again")
    return first, first == again


def refuse_different() -> None:
    """Say that a new passphrase was not typed twice the same."""
    _ = session.words()
    st.error(_("The two passphrases differ. Type them again."), icon=":material/error:")
