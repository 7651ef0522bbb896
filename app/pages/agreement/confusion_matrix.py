"""Codes that two coders use for the same passages: pairs of codes, and the confusion matrix."""

from __future__ import annotations

import streamlit as st

from qualcode.model import Disagreement, DisagreementKind, UnitCodings

from ... import session, wire
from ...widgets import matrix, passages
from ...widgets.clickable_table import clickable_table
from ...widgets.text import distinct_names
from .view import AgreementView


def show_confusions(view: AgreementView) -> None:
    """Show the pairs of codes that coders exchange, then the matrix; cells lead to the text."""
    _ = session.words()
    if not view.confusion.leaks:
        st.success(_("No code was confused with another."))
    else:
        _show_pairs(view)
    _show_matrix(view)


def _show_pairs(view: AgreementView) -> None:
    _ = session.words()
    labels, leaks = session.labels(), view.confusion.leaks
    st.write(_("Codes that the coders confuse with each other:"))
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
        f"leaks-{view.report.coders}-{view.unit.value}-{view.round}",
        height=320,
    )
    if cell:
        leak = leaks[cell[0]]
        exchanges = leak.exchanges(view.study.disagreements)
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
        _(
            "Rows: the code of {first}. Columns: the code of {second} at the same place.",
            first=first,
            second=second,
        )
    )
    order = [*used_places, uncoded_place]
    shown_as = distinct_names([names[place] for place in order])
    scale_end = max((counts[r][c] for r in order for c in order if r != c), default=0)

    def cell_of(row: int, column: int) -> wire.MatrixCell:
        count = counts[row][column]
        # What both gave is no confusion: it would be the darkest by far.
        look: wire.MatrixLook = "same" if row == column else "heat"
        share = count / scale_end if scale_end and row != column else 0.0
        return matrix.cell(
            _.number(count) if count else "·", count, share, opens=bool(count), look=look
        )

    codes = (*confusion.codes, "")
    chosen = matrix.show_matrix(
        [
            matrix.code_row(codes[row], name, [cell_of(row, column) for column in order])
            for name, row in zip(shown_as, order, strict=True)
        ],
        shown_as,
        f"confusion-{first}-{second}-{view.unit.value}-{view.round}",
        corner=f"{first} ↓ · {second} →",
        label=_("Codes of one coder against codes of the other at the same place"),
        scale=("0", _.number(scale_end)) if scale_end else ("", ""),
        same=_("Both gave this code"),
    )
    if chosen is None:
        st.caption(_("Click a cell to read the passages behind it."))
        return
    row, column = order[chosen[0]], order[chosen[1]]
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
