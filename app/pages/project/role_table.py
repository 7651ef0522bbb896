"""The table in which a person says who is interviewer and who respondent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from qualcode.model import Role

from ... import session


def edit_roles(
    rows: list[dict[str, Any]], names: Mapping[Role, str], *, title: str, key: str
) -> list[tuple[dict[str, Any], Role]]:
    """Show speakers with their roles to edit; return each row with the role it has now.

    Args:
        rows: ``file``, ``speaker``, ``role`` (its name), ``turns`` and ``example`` of each.
        names: Name of each role in the language of the page.
        title: Title of the column ``file``.
        key: Key of the table: another one where other rows stand, to which earlier edits do not
            belong.
    """
    _ = session.words()
    edited: list[dict[str, Any]] = st.data_editor(
        rows,
        hide_index=True,
        disabled=["file", "speaker", "turns", "example"],
        column_order=["file", "speaker", "role", "turns", "example"],
        column_config={
            "file": title,
            "speaker": _("Speaker"),
            "role": st.column_config.SelectboxColumn(
                _("Role"), options=list(names.values()), required=True
            ),
            "turns": _("Turns"),
            "example": st.column_config.TextColumn(_("Says first"), width="large"),
        },
        key=key,
        height="content" if len(rows) <= 15 else 560,
    )
    by_name = {name: role for role, name in names.items()}
    return [(row, by_name[row["role"]]) for row in edited]
