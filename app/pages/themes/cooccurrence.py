"""Codes that occur together."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualcode.model import CodePair

from ... import session
from ...widgets import passages
from ...widgets.clickable_table import clickable_table
from ...widgets.text import distinct_names
from .view import ThemesView


def show_cooccurrence(view: ThemesView) -> None:
    """Show which codes occur together, as a matrix and a list; cells lead to passages."""
    _ = session.words()
    units = {"passage": _("In the same passage"), "answer": _("In the same answer")}
    pairs_by_level = {
        (pair.unit, pair.first, pair.second): pair
        for theme in view.report.themes
        for pair in theme.pairs
    }
    if not pairs_by_level:
        st.info(_("No two codes occur together yet."))
        return
    unit = st.segmented_control(
        _("Where"),
        list(units),
        default="passage",
        format_func=units.__getitem__,
        label_visibility="collapsed",
        required=True,
        key="together-where",
    )
    pairs = {key[1:]: pair for key, pair in pairs_by_level.items() if key[0] == unit}
    if not pairs:
        st.info(_("No two codes occur together here."))
        return
    _show_matrix(pairs, f"together-{unit}-{view.layer}")
    _show_list(list(pairs.values()), f"pairs-{unit}-{view.layer}")


def _show_matrix(pairs: dict[tuple[str, str], CodePair], key: str) -> None:
    _ = session.words()
    labels = session.labels()
    codes = [path for path in session.codebook().paths if any(path in pair for pair in pairs)]
    names = distinct_names([labels.get(path, path) for path in codes])

    # A pair is stored once, in one of its two orders.
    def pair_of(first: str, second: str) -> CodePair | None:
        return pairs.get((first, second)) or pairs.get((second, first))

    rows: list[dict[str, Any]] = []
    for name, code in zip(names, codes, strict=True):
        row_pairs = [pair_of(code, two) for two in codes]
        counts = [str(pair.together) if pair else "" for pair in row_pairs]
        rows.append({_("Code"): name, **dict(zip(names, counts, strict=True))})
    columns = {name: st.column_config.Column(width=72, help=name) for name in names}
    columns[_("Code")] = st.column_config.Column(pinned=True, width=240)
    cell = clickable_table(rows, key, columns=columns, height=480)
    if cell is None or cell[1] not in names:
        st.caption(_("Click a cell to read the passages behind it."))
        return
    pair = pair_of(codes[cell[0]], codes[names.index(cell[1])])
    if pair is None:
        st.caption(_("No passage is behind this cell."))
        return
    title = f"{names[cell[0]]} + {cell[1]}"
    passages.show_codings(pair.codings, f"both-{pair.first}-{pair.second}-{pair.unit}", title)


def _show_list(pairs: list[CodePair], key: str) -> None:
    _ = session.words()
    language = session.language()
    ordered = sorted(pairs, key=lambda pair: (-pair.together, -pair.c_coefficient))
    with st.expander(_("As a list, most often first")):
        st.caption(_("c: how far two codes go together, from 0 (never) to 1 (always both)."))
        cell = clickable_table(
            [
                {
                    _("Code"): pair.first_label.in_language(language) or pair.first,
                    _("With"): pair.second_label.in_language(language) or pair.second,
                    _("Together"): pair.together,
                    "c": _.number(pair.c_coefficient, 2),
                }
                for pair in ordered
            ],
            key,
            height=420,
        )
        if cell:
            pair = ordered[cell[0]]
            passages.show_codings(pair.codings, f"pair-{pair.first}-{pair.second}-{pair.unit}")
