"""Saturation: how new codes dry up over the interviews."""

from __future__ import annotations

import streamlit as st

from qualcode.model import Saturation

from ... import session
from ...widgets import passages
from ...widgets.chart import show_chart
from ...widgets.clickable_table import clickable_table
from .view import ThemesView, group_label


def _said(text: str) -> str:
    return session.words().sentence(text)


def show_saturation(shown: ThemesView) -> None:
    """Show how new codes dry up over the interviews."""
    _ = session.words()
    found = shown.report.saturation
    if not found or not any(one.interviews for one in found):
        st.info(_("Saturation needs coded interviews of respondents."))
        return
    chart = session.project().draw_saturation(found, language=session.language())
    show_chart(
        chart, "saturation", _("Codes known after each interview; the table has the numbers")
    )
    st.caption(
        _(
            "Saturated: in a run of interviews after the first ones, the share of new codes is at "
            "or below the threshold (Guest, Namey and Chen 2020). “6+2” is a base of six and a "
            "run of two. The random orders tell how far that hangs on the order."
        )
    )
    rows = [row for one in found for row in _findings(one)]
    if rows:
        st.dataframe(rows, hide_index=True, height="content")
    _new_codes(found[0], shown)


def _findings(one: Saturation) -> list[dict[str, object]]:
    _ = session.words()
    rows = []
    for finding in one.findings:
        spread = finding.spread
        orders = "–"
        if spread is not None and spread.median is not None:
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
        because = _said(finding.undefined_because or "")
        rows.append(
            {
                _("Group"): group_label(one.group),
                _("Interviews"): len(one.interviews),
                _("Run"): finding.run_length,
                _("Threshold"): _.percent(finding.threshold),
                _("Saturated after"): because or finding.notation or _("not reached"),
                _("In random orders"): orders,
            }
        )
    return rows


def _new_codes(one: Saturation, shown: ThemesView) -> None:
    """Show which interview brought how many new codes; a click shows their first passages."""
    _ = session.words()
    cell = clickable_table(
        [
            {_("Interview"): name, _("New codes"): new, _("Codes so far"): known}
            for name, new, known in zip(one.interviews, one.new_codes, one.known_codes, strict=True)
        ],
        f"new-codes-{shown.layer}",
        height=420,
    )
    if cell is None:
        st.caption(_("Click a row to read where its new codes are first used."))
        return
    before = set(one.interviews[: cell[0]])
    name = one.interviews[cell[0]]
    codings = session.project().layer(shown.layer)
    known = {coding.code for coding in codings if coding.transcript in before}
    first: dict[str, str] = {}
    for coding in sorted(codings, key=lambda c: c.span):
        if coding.transcript == name and coding.code not in known:
            first.setdefault(coding.code, coding.id)
    passages.read(first.values(), f"first-{name}", name)
