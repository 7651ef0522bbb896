"""A table whose cells can be clicked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from .. import session
from .number_columns import number_columns, pad_numbers


def clickable_table(
    rows: Sequence[Mapping[str, Any]],
    key: str,
    *,
    height: int | None = None,
    columns: Mapping[str, Any] | None = None,
    alt: str = "",
) -> tuple[int, str] | None:
    """Show a table; return the clicked cell as row number and column name, or None.

    Args:
        rows: The table.
        key: Its key on the page.
        height: Its largest height in pixels.
        columns: Settings of the columns for Streamlit.
        alt: Description of the table for people who cannot see it.
    """
    settings = dict(columns or {})
    for name in number_columns(rows):
        # Under each other, numbers can be compared at a glance.
        settings[name] = {**settings.get(name, st.column_config.Column()), "alignment": "right"}
    # 36 pixels a row and 38 for the header, as Streamlit draws them.
    shown_height = min(36 * len(rows) + 38, height or 620)
    chosen = st.dataframe(
        pad_numbers(rows, "," if session.language() == "nl" else "."),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        height=shown_height,
        key=key,
        column_config=settings,
        alt=alt or None,
    )
    cells = chosen.selection.cells
    # Streamlit keeps the selection when the table gets shorter.
    if not cells or cells[0][0] >= len(rows):
        return None
    return int(cells[0][0]), str(cells[0][1])
