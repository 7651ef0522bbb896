"""A table whose cells can be clicked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st


def clickable_table(
    rows: Sequence[Mapping[str, Any]],
    key: str,
    *,
    height: int | None = None,
    columns: Mapping[str, Any] | None = None,
    alt: str = "",
) -> tuple[int, str] | None:
    """Show a table and return the cell that was clicked: number of its row, name of its column.

    Args:
        rows: The table.
        key: A name for it on the page.
        height: Its height where it has many rows.
        columns: What Streamlit should know of its columns.
        alt: What the table shows, for who cannot see it.
    """
    shown_height = min(36 * len(rows) + 38, height or 620)
    chosen = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        height=shown_height,
        key=key,
        column_config=columns,
        alt=alt or None,
    )
    cells = chosen.selection.cells
    if not cells or cells[0][0] >= len(rows):
        return None
    return int(cells[0][0]), str(cells[0][1])
