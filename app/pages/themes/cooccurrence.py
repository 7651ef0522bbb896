"""Codes that occur together."""

from __future__ import annotations

import streamlit as st

from qualcode.model import CodePair

from ... import session, wire
from ...widgets import matrix, passages
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

    scale_end = max(pair.together for pair in pairs.values())

    def cell_of(first: str, second: str) -> wire.MatrixCell:
        pair = pair_of(first, second)
        if pair is None:
            # The diagonal is marked: empty there says nothing, and elsewhere that two never occur
            # together.
            return matrix.cell("", opens=False, look="same" if first == second else "heat")
        return matrix.cell(_.number(pair.together), pair.together, pair.together / scale_end)

    rows = [
        matrix.code_row(code, name, [cell_of(code, column) for column in codes])
        for name, code in zip(names, codes, strict=True)
    ]
    chosen = matrix.show_matrix(
        rows,
        names,
        key,
        corner=_("Code"),
        label=_("How often two codes occur together"),
        scale=("0", _.number(scale_end)),
    )
    if chosen is None:
        st.caption(_("Click a cell to read the passages behind it."))
        return
    row, column = chosen
    pair = pair_of(codes[row], codes[column])
    if pair is None:
        st.caption(_("No passage is behind this cell."))
        return
    title = f"{names[row]} + {names[column]}"
    passages.show_codings(pair.codings, f"both-{pair.first}-{pair.second}-{pair.unit}", title)


def _show_list(pairs: list[CodePair], key: str) -> None:
    _ = session.words()
    language = session.language()
    # Pairs of equal counts differ in how often each code occurs alone, which c takes in.
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
