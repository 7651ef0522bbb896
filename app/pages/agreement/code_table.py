"""The table of agreement per code, with the passages of each count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualcode.model import AgreementReport, CodeAgreement

from ... import session
from ...page_links import open_page
from ...widgets import passages
from ...widgets.clickable_table import clickable_table
from ...widgets.text import escape_markdown
from .view import AgreementView, column_name, figure_text, translated


def _row(row: CodeAgreement, labels: dict[str, str], report: AgreementReport) -> dict[str, Any]:
    _ = session.words()
    first, second = report.coders
    counts = {
        _("Code"): _row_name(row, labels, report),
        _("Both"): row.both,
        _("Only {coder}", coder=first): row.only_a,
        _("Only {coder}", coder=second): row.only_b,
        _("Neither"): row.neither,
        _("Observed"): _.percent(row.observed) if row.observed is not None else "–",
    }
    figures = {
        column_name(column): figure_text(row.figure(column.key)) for column in report.columns
    }
    return counts | figures


def _row_name(row: CodeAgreement, labels: dict[str, str], report: AgreementReport) -> str:
    """Return the label of a row; among codes a theme is about the codings directly on it."""
    _ = session.words()
    label = labels.get(row.code, row.code)
    is_theme_among_codes = row in report.codes and any(
        other.code.startswith(f"{row.code}/") for other in report.codes
    )
    return _("{theme} (directly on the theme)", theme=label) if is_theme_among_codes else label


def _columns(report: AgreementReport) -> dict[str, Any]:
    """Return the help text of each column."""
    _ = session.words()
    first, second = report.coders
    help_texts = {
        _("Both"): _("Units that both coders gave the code. Click to read them."),
        _("Only {coder}", coder=first): _("Click to read them."),
        _("Only {coder}", coder=second): _("Click to read them."),
        _("Observed"): _(
            "Share of all units on which they agree, also that the code does not apply."
        ),
    }
    help_texts |= {
        column_name(column): column.explanation.in_language(session.language())
        for column in report.columns
    }
    return {name: st.column_config.Column(help=text) for name, text in help_texts.items()}


def show_code_table(view: AgreementView) -> None:
    """Show the table of codes or themes; a click on a count shows its passages."""
    _ = session.words()
    report, labels = view.report, session.labels()
    level = st.segmented_control(
        _("Rows"),
        ["themes", "codes"],
        default="themes",
        format_func=lambda level: _("Themes") if level == "themes" else _("Codes"),
        label_visibility="collapsed",
        required=True,
        key="agreement-level",
    )
    themes = level == "themes"
    rows = report.themes if themes else report.codes
    cell = clickable_table(
        [_row(row, labels, report) for row in rows],
        f"agreement-{level}-{report.coders}-{view.unit.value}-{view.round}",
        columns=_columns(report),
        alt=_("Agreement per code: counts of units and figures with their intervals"),
    )
    if cell is None:
        st.caption(_("Click a count to read the passages behind it."))
    else:
        _show_units(view, rows[cell[0]], cell[1], themes=themes)
    _show_cautions(rows, labels, report.headline.key)


def _show_units(view: AgreementView, row: CodeAgreement, column: str, *, themes: bool) -> None:
    _ = session.words()
    first, second = view.report.coders
    units = view.units_of(row.code, theme=themes)
    label = session.labels().get(row.code, row.code)
    parts = {
        _("Both"): [u for u in units if u.codings_a and u.codings_b],
        _("Only {coder}", coder=first): [u for u in units if not u.codings_b],
        _("Only {coder}", coder=second): [u for u in units if not u.codings_a],
    }
    # Mostly the largest group of units, with nothing in them to compare.
    if column == _("Neither"):
        st.caption(_("Neither coder marked anything there, so there is nothing to read."))
        return
    chosen = parts.get(column, list(units))
    title = f"{label} · {column}" if column in parts else label
    passages.show_units(chosen, view.report.coders, f"behind-{row.code}-{column}", title)
    # Where both agree there is nothing to settle.
    if column != _("Both") and row.only_a + row.only_b:
        settle = _("Resolve the disagreements about {code}", code=label)
        if st.button(settle, type="primary", icon=":material/rule:"):
            st.session_state["only-code"] = row.code
            open_page("adjudication")


def _show_cautions(
    rows: Sequence[CodeAgreement], labels: dict[str, str], headline_key: str
) -> None:
    """List the cautions per code in full sentences: a table cell would cut them off."""
    _ = session.words()
    cautions = [
        (labels.get(row.code, row.code), translated(text))
        for row in rows
        # The reason of a missing figure is often one of the warnings too.
        for text in dict.fromkeys((*row.warnings, row.figure(headline_key).undefined_because))
        if text
    ]
    if not cautions:
        return
    count = len({name for name, _text in cautions})
    label = _.many(
        "Read the figures of {count} row with care",
        "Read the figures of {count} rows with care",
        count,
    )
    with st.expander(label, icon=":material/info:"):
        lines = [
            f"- **{escape_markdown(name)}**: {escape_markdown(text)}" for name, text in cautions
        ]
        st.markdown("\n".join(lines))
