"""Crosstabs of codes by group and by respondent; each cell leads to its passages."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualcode.model import Cell, CrossTable
from qualcode.project import attribute_name, attribute_value

from ... import session
from ...widgets import passages
from ...widgets.chart import show_chart
from ...widgets.clickable_table import clickable_table
from .view import ThemesView


def show_by_group(view: ThemesView) -> None:
    """Show codes by group, or by another attribute of the respondents."""
    _ = session.words()
    project = session.project()
    attributes = sorted({name for case in project.cases.collect() for name in case.attributes})
    if not attributes:
        st.info(
            _("The respondents have no groups or attributes yet. Add them on the Project page.")
        )
        return
    first = attributes.index("group") if "group" in attributes else 0
    chosen = st.selectbox(
        _("Attribute of the respondents"),
        attributes,
        index=first,
        format_func=lambda name: attribute_name(name, session.language()),
        width=260,
        key="themes-by",
    )
    table = project.themes.count_by(str(chosen), view.layer)
    _show_crosstab(table, f"by-{chosen}-{view.layer}")
    chart = project.themes.draw_reach(table, language=session.language())
    alt = _("Codes against groups: how many respondents of how many; the table has the numbers")
    show_chart(chart, f"codes-by-{chosen}", alt)


def show_by_case(view: ThemesView) -> None:
    """Show codes by respondent, and the respondents with their attributes."""
    _ = session.words()
    if not session.project().cases.collect():
        st.info(_("There are no respondents yet. Add them on the Project page."))
        return
    st.write(_("How many passages of each respondent have the code:"))
    _show_crosstab(view.table("code_by_case"), f"case-{view.layer}")
    with st.expander(_("The respondents and their attributes")):
        _show_attribute_crosstabs(view.table("case_by_attribute"))


def _column_names(table: CrossTable) -> list[str]:
    language = session.language()

    def name(key: str) -> str:
        if table.name == "case_by_attribute":
            return attribute_name(key, language)
        return attribute_value(table.name.removeprefix("code_by_"), key, language)

    names = [name(key) for key in table.columns]
    # A respondent's own value may be called what another one is called here.
    return names if len(set(names)) == len(names) else list(table.columns)


def _show_crosstab(table: CrossTable, key: str) -> None:
    _ = session.words()
    language, columns = session.language(), _column_names(table)
    rows: list[dict[str, Any]] = []
    for path, label, cells in zip(table.rows, table.row_labels, table.cells, strict=True):
        # Spaces of one em show the level of a code, where a table has no tree.
        name = "\u2003" * path.count("/") + (label.in_language(language) or path)
        cell_texts = {column: _cell_text(cell) for column, cell in zip(columns, cells, strict=True)}
        rows.append({_("Code"): name, **cell_texts})
    pinned = {_("Code"): st.column_config.Column(pinned=True, width=260)}
    clicked = clickable_table(rows, f"matrix-{key}", columns=pinned)
    if clicked is None or clicked[1] not in columns:
        st.caption(_("Click a cell to read the passages behind it."))
        return
    cell = table.cells[clicked[0]][columns.index(clicked[1])]
    if cell.codings:
        title = f"{rows[clicked[0]][_('Code')].strip()} · {clicked[1]}"
        passages.show_codings(cell.codings, f"cell-{key}-{clicked[0]}-{clicked[1]}", title)
    else:
        st.caption(_("No passage is behind this cell."))


def _show_attribute_crosstabs(table: CrossTable) -> None:
    _ = session.words()
    language = session.language()
    columns = list(zip(table.columns, _column_names(table), strict=True))
    st.dataframe(
        [
            {
                _("Respondent"): name,
                **{
                    column: attribute_value(key, cell.text, language)
                    for (key, column), cell in zip(columns, cells, strict=True)
                },
            }
            for name, cells in zip(table.rows, table.cells, strict=True)
        ],
        hide_index=True,
        height="content",
    )


def _cell_text(cell: Cell) -> str:
    _ = session.words()
    if cell.hidden or cell.text:
        return cell.hidden or cell.text
    if cell.count is None:
        return _("not asked")
    if cell.of is not None:
        return _("{cases} of {all}", cases=cell.count, all=cell.of)
    return str(cell.count) if cell.count else "·"
