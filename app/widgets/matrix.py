"""A matrix of codes: shaded on one scale, with cells that lead to their passages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from qualcode.model.code_colors import code_colors

from .. import session, wire
from ..components.mount import mount_matrix
from ..i18n import component_messages


def cell(
    text: str,
    value: float | None = None,
    share: float = 0.0,
    *,
    opens: bool = True,
    look: wire.MatrixLook = "heat",
) -> wire.MatrixCell:
    """Return a cell.

    Args:
        text: What it shows.
        value: What it is sorted by; None where there is no number.
        share: Where it lies on the scale of the matrix, 0 to 1.
        opens: Whether passages are behind it.
        look: ``heat`` shades it, ``bar`` draws a bar, ``same`` marks the diagonal.
    """
    shade = round(min(max(share, 0.0), 1.0), 3)
    return {"text": text, "value": value, "shade": shade, "look": look, "opens": opens}


def code_row(path: str, name: str, cells: Sequence[wire.MatrixCell]) -> wire.MatrixRow:
    """Return the row of a code, with its color and below its theme."""
    color = code_colors(session.codebook()).get(path, "")
    return {"name": name, "depth": path.count("/"), "color": color, "cells": list(cells)}


def show_matrix(
    rows: Sequence[wire.MatrixRow],
    columns: Sequence[str],
    key: str,
    *,
    corner: str,
    label: str,
    scale: tuple[str, str] = ("", ""),
    same: str = "",
) -> tuple[int, int] | None:
    """Show a matrix; return the chosen cell as places of its row and column, or None.

    Args:
        rows: The rows, each with a cell for every column.
        columns: Names of the columns.
        key: Its key on the page.
        corner: Heading of the names of the rows.
        label: Description of the matrix for people who cannot see it.
        scale: Names of the two ends of the scale; empty for no legend.
        same: What the marked diagonal is.
    """
    language = session.language()
    chosen = st.session_state.get(_choice_key(key))
    # The matrix may have become smaller since the click.
    if chosen and (chosen[0] >= len(rows) or chosen[1] >= len(columns)):
        chosen = None
    mount_matrix(
        key,
        {
            "label": label,
            "corner": corner,
            "columns": list(columns),
            "rows": list(rows),
            "chosen": list(chosen or ()),
            "low": scale[0],
            "high": scale[1],
            "same": same,
            "language": language,
            "messages": dict(component_messages(language)),
        },
        on_cell_change=partial(_take_choice, key),
    )
    return chosen


def _choice_key(key: str) -> str:
    return f"{key}-chosen"


def _take_choice(key: str) -> None:
    choice = st.session_state[key].get("cell")
    if not choice:
        return
    place = (int(choice["row"]), int(choice["column"]))
    # A second click on the same cell closes its passages.
    before = st.session_state.get(_choice_key(key))
    st.session_state[_choice_key(key)] = None if place == before else place
