"""Tables that are edited: what is filled in stays until it is saved, whatever others change."""

from __future__ import annotations

from typing import Any, TypeVar

import streamlit as st

from .. import session

T = TypeVar("T")


def rows_to_edit(name: str, rows: T) -> tuple[T, str]:
    """Return the rows to draw in a table, and its key: those of before while they hold edits.

    Streamlit drops the edits of a table whose rows changed, and draws at each edit.

    Args:
        name: Name of the table.
        rows: The rows as they are stored now.
    """
    drawn_rows, key = st.session_state.get(_place(name), (rows, ""))
    edits: dict[str, Any] = (st.session_state.get(key) or {}) if key else {}
    if not any(edits.get(kind) for kind in ("edited_rows", "added_rows", "deleted_rows")):
        drawn_rows, key = rows, f"{_place(name)}-{hash(str(rows))}"
        st.session_state[_place(name)] = (drawn_rows, key)
    return drawn_rows, key


def forget_edits(name: str) -> None:
    """Draw what is stored from now on: the edits were saved, or are asked about."""
    st.session_state.pop(_place(name), None)


def _place(name: str) -> str:
    return f"edited-{name}-{session.view()}"
