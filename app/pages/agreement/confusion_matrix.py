"""Codes that two coders use for the same passages: pairs of codes, and the confusion matrix."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualcode.model import Disagreement, DisagreementKind, UnitCodings

from ... import session
from ...widgets import passages
from ...widgets.clickable_table import clickable_table
from ...widgets.text import distinct_names
from .view import AgreementView


def show_confusions(view: AgreementView) -> None:
    """Show the pairs of codes that coders exchange, then the matrix; cells lead to the text."""
    _ = session.words()
    if not view.confusion.leaks:
        st.success(_("No two codes were taken for one another."))
    else:
        _show_pairs(view)
    _show_matrix(view)


def _show_pairs(view: AgreementView) -> None:
    _ = session.words()
    labels, leaks = session.labels(), view.confusion.leaks
    st.write(_("Codes that one coder used where the other used another:"))
    cell = clickable_table(
        [
            {
                _("Code"): labels.get(leak.code, leak.code),
                _("Taken for"): labels.get(leak.other, leak.other),
                _("Units"): leak.units,
                _("Share"): _.percent(leak.share),
            }
            for leak in leaks
        ],
        f"leaks-{view.unit.value}-{view.round}",
        height=320,
    )
    if cell:
        leak = leaks[cell[0]]
        pair = {leak.code, leak.other}
        exchanges = [
            disagreement
            for disagreement in _code_exchanges(view)
            if {disagreement.code, disagreement.other_code} == pair
        ]
        title = " ↔ ".join(labels.get(code, code) for code in (leak.code, leak.other))
        passages.show_units(
            [_unit_codings(exchange) for exchange in exchanges], view.report.coders, "leak", title
        )


def _code_exchanges(view: AgreementView) -> list[Disagreement]:
    disagreements = view.study.disagreements
    return [
        disagreement
        for disagreement in disagreements
        if disagreement.kind is DisagreementKind.OTHER_CODE
    ]


def _unit_codings(disagreement: Disagreement) -> UnitCodings:
    return UnitCodings(
        disagreement.transcript, disagreement.unit, disagreement.codings_a, disagreement.codings_b
    )


def _show_matrix(view: AgreementView) -> None:
    """Show the confusion matrix of the codes in use; the rows are the first coder's codes."""
    _ = session.words()
    confusion, labels = view.confusion, session.labels()
    first, second = confusion.coders
    counts = confusion.counts
    # A matrix of the whole codebook would be mostly zeros.
    used_places = [
        place
        for place in range(len(confusion.codes))
        if any(counts[place]) or any(row[place] for row in counts)
    ]
    uncoded_place = len(confusion.codes)
    names = [labels.get(code, code) for code in confusion.codes] + [_("not coded")]
    st.write(
        _("Rows: what {first} gave. Columns: what {second} gave there.", first=first, second=second)
    )
    order = [*used_places, uncoded_place]
    shown_as = distinct_names([names[place] for place in order])
    rows: list[dict[str, Any]] = [
        {
            first: name,
            **{
                column: str(counts[row][place] or "·")
                for column, place in zip(shown_as, order, strict=True)
            },
        }
        for name, row in zip(shown_as, order, strict=True)
    ]
    columns = {name: st.column_config.Column(width=64, help=name) for name in shown_as}
    columns[first] = st.column_config.Column(pinned=True, width=240)
    cell = clickable_table(
        rows,
        f"confusion-{view.unit.value}-{view.round}",
        columns=columns,
        alt=_("Which code of one coder met which code of the other"),
    )
    if cell is None or cell[1] not in shown_as:
        st.caption(_("Click a cell to read the passages behind it."))
        return
    row, column = order[cell[0]], order[shown_as.index(cell[1])]
    title = f"{names[row]} → {names[column]}"
    passages.show_units(
        _cell_units(view, row, column), confusion.coders, f"met-{row}-{column}", title
    )


def _cell_units(view: AgreementView, row: int, column: int) -> list[UnitCodings]:
    codes = (*view.confusion.codes, "")
    first_code, second_code = codes[row], codes[column]
    if row == column:
        units = view.units_of(first_code) if first_code else ()
        return [unit for unit in units if unit.codings_a and unit.codings_b]
    if first_code and second_code:
        return [
            _unit_codings(d)
            for d in _code_exchanges(view)
            if (d.code, d.other_code) == (first_code, second_code)
        ]
    missed = [
        d
        for d in view.study.disagreements
        if d.kind is DisagreementKind.MISSED and d.code == (first_code or second_code)
    ]
    return [_unit_codings(d) for d in missed if bool(d.codings_a) == bool(first_code)]
