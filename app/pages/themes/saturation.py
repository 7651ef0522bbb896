"""Saturation: the number of new codes per interview."""

from __future__ import annotations

import streamlit as st

from qualcode.model import Saturation

from ... import session
from ...widgets import passages
from ...widgets.chart import show_chart
from ...widgets.clickable_table import clickable_table
from .view import ThemesView, group_label


def _said(text: str) -> str:
    return session.words().translate(text)


def show_saturation(view: ThemesView) -> None:
    """Show how the number of new codes falls over the interviews."""
    _ = session.words()
    curves = view.report.saturation
    if not curves or not any(curve.interviews for curve in curves):
        st.info(_("Saturation needs coded interviews of respondents."))
        return
    chart = session.project().themes.draw_saturation(curves, language=session.language())
    show_chart(
        chart, "saturation", _("Codes known after each interview; the table has the numbers")
    )
    st.caption(
        _(
            "Saturated: in a run of interviews after the first ones, the share of new codes "
            "is at or below the threshold (Guest, Namey and Chen 2020). “6+2” is a base of "
            "six and a run of two. The random orders show how much this depends on the order."
        )
    )
    rows = [row for curve in curves for row in _result_rows(curve)]
    if rows:
        # The reason why there is none is a sentence, which a cell would cut off.
        wide = {_("Saturated after"): st.column_config.Column(width=440)}
        st.dataframe(rows, hide_index=True, height="content", column_config=wide)
    # The first curve is that of all respondents; the others are of groups.
    _show_new_codes(curves[0], view)


def _result_rows(curve: Saturation) -> list[dict[str, object]]:
    _ = session.words()
    rows = []
    for result in curve.findings:
        spread = result.spread
        orders = "–"
        if spread is not None and spread.median is not None:
            # Saturation depends on the order of interviews; random orders show how strongly.
            orders = _("after {median}", median=spread.median)
            if spread.low is not None:
                high = spread.high if spread.high is not None else "…"
                orders += f" ({spread.low} – {high})"
        elif spread is not None:
            orders = _(
                "reached in {reached} of {orders}",
                reached=_.number(spread.reached),
                orders=_.number(spread.orders),
            )
        because = _said(result.undefined_because or "")
        rows.append(
            {
                _("Group"): group_label(curve.group),
                _("Interviews"): len(curve.interviews),
                _("Run"): result.run_length,
                _("Threshold"): _.percent(result.threshold),
                _("Saturated after"): because or result.notation or _("not reached"),
                _("In random orders"): orders,
            }
        )
    return rows


def _show_new_codes(curve: Saturation, view: ThemesView) -> None:
    """Show the number of new codes per interview; a click shows their first passages."""
    _ = session.words()
    cell = clickable_table(
        [
            {_("Interview"): name, _("New codes"): new, _("Codes so far"): total}
            for name, new, total in zip(
                curve.interviews, curve.new_codes, curve.known_codes, strict=True
            )
        ],
        f"new-codes-{view.layer}",
        height=420,
    )
    if cell is None:
        st.caption(_("Click a row to read where its new codes are first used."))
        return
    before = set(curve.interviews[: cell[0]])
    name = curve.interviews[cell[0]]
    codings = session.project().codings.collect_layer(view.layer)
    codes_before = {coding.code for coding in codings if coding.transcript in before}
    # Codings in the order of the text: the first of each new code is kept.
    first: dict[str, str] = {}
    for coding in sorted(codings, key=lambda c: c.span):
        if coding.transcript == name and coding.code not in codes_before:
            first.setdefault(coding.code, coding.id)
    passages.show_codings(first.values(), f"first-{name}", name)
