"""Which codes two coders take for one another, as pairs and as a matrix."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualcode.model import Disagreement, DisagreementKind, UnitCodings

from ... import session
from ...widgets import passages
from ...widgets.clickable_table import clickable_table
from ...widgets.text import distinct_names
from .view import AgreementView


def show_confusions(shown: AgreementView) -> None:
    """Show the pairs of codes that are exchanged, then the matrix; each cell leads to its text."""
    _ = session.words()
    if not shown.study.confusion.leaks:
        st.success(_("No two codes were taken for one another."))
    else:
        _pairs(shown)
    _matrix(shown)


def _pairs(shown: AgreementView) -> None:
    _ = session.words()
    labels, leaks = session.labels(), shown.study.confusion.leaks
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
        f"leaks-{shown.unit.value}-{shown.round}",
        height=320,
    )
    if cell:
        leak = leaks[cell[0]]
        pair = {leak.code, leak.other}
        found = [one for one in _exchanged(shown) if {one.code, one.other_code} == pair]
        title = " ↔ ".join(labels.get(code, code) for code in (leak.code, leak.other))
        passages.read_units([_unit(one) for one in found], shown.report.coders, "leak", title)


def _exchanged(shown: AgreementView) -> list[Disagreement]:
    found = shown.study.disagreements
    return [one for one in found if one.kind is DisagreementKind.OTHER_CODE]


def _unit(one: Disagreement) -> UnitCodings:
    return UnitCodings(one.transcript, one.unit, one.codings_a, one.codings_b)


def _matrix(shown: AgreementView) -> None:
    """Show the matrix of the codes that were used, rows of the first coder."""
    _ = session.words()
    found, labels = shown.study.confusion, session.labels()
    first, second = found.coders
    counts = found.counts
    used = [
        place
        for place in range(len(found.codes))
        if any(counts[place]) or any(row[place] for row in counts)
    ]
    none = len(found.codes)
    names = [labels.get(code, code) for code in found.codes] + [_("not coded")]
    st.write(
        _("Rows: what {first} gave. Columns: what {second} gave there.", first=first, second=second)
    )
    order = [*used, none]
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
        f"confusion-{shown.unit.value}-{shown.round}",
        columns=columns,
        alt=_("Which code of one coder met which code of the other"),
    )
    if cell is None or cell[1] not in shown_as:
        st.caption(_("Click a cell to read the passages behind it."))
        return
    row, column = order[cell[0]], order[shown_as.index(cell[1])]
    title = f"{names[row]} → {names[column]}"
    passages.read_units(_cell_units(shown, row, column), found.coders, f"met-{row}-{column}", title)


def _cell_units(shown: AgreementView, row: int, column: int) -> list[UnitCodings]:
    codes = (*shown.study.confusion.codes, "")
    given, met = codes[row], codes[column]
    if row == column:
        units = shown.behind(given) if given else ()
        return [one for one in units if one.codings_a and one.codings_b]
    if given and met:
        return [_unit(d) for d in _exchanged(shown) if (d.code, d.other_code) == (given, met)]
    missed = [
        d
        for d in shown.study.disagreements
        if d.kind is DisagreementKind.MISSED and d.code == (given or met)
    ]
    return [_unit(d) for d in missed if bool(d.codings_a) == bool(given)]
