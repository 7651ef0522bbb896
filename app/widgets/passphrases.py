"""Passphrase fields: a passphrase is read once, and the window does not keep it."""

from __future__ import annotations

import streamlit as st

from .. import session


def passphrase_field(label: str, name: str) -> str:
    """Ask for a passphrase inside a form; the window forgets it as soon as it is read.

    Args:
        label: Label of the field.
        name: Name of the field, unique on the page.
    """
    key = f"secret-{name}"
    typed = str(st.text_input(label, type="password", autocomplete="off", key=key))
    # Streamlit keeps the value of a field in the memory of the session; a passphrase must not stay.
    if typed:
        del st.session_state[key]
    return typed


def new_passphrase_fields(name: str) -> tuple[str, bool]:
    """Ask for a new passphrase twice; return it, and whether both were the same."""
    _ = session.words()
    left_column, right_column = st.columns(2, vertical_alignment="bottom")
    with left_column:
        first = passphrase_field(_("New passphrase"), f"{name}-first")
    with right_column:
        again = passphrase_field(_("The same passphrase again"), f"{name}-again")
    return first, first == again


def refuse_different() -> None:
    """Say that the two entries of a new passphrase differ."""
    _ = session.words()
    st.error(_("The two passphrases differ. Type them again."), icon=":material/error:")
