"""Crosstabs of codes by group and by respondent; each cell leads to its passages."""

from __future__ import annotations

import streamlit as st

from qualcode.model import Cell, CrossTable
from qualcode.project import attribute_name, attribute_value

from ... import session, wire
from ...widgets import matrix, passages
from ...widgets.chart import show_chart
from .view import ThemesView


def show_by_group(view: ThemesView) -> None:
    """Show codes by group, or by another attribute of the respondents."""
    _ = session.words()
    project = session.project()
    names = {name for case in project.cases.collect() for name in case.all_attributes()}
    names |= {name for text in project.transcripts.collect() for name in text.attributes}
    attributes = sorted(names)
    if not attributes:
        st.info(
            _("The respondents have no groups or attributes yet. Add them on the Project page.")
        )
        return
    # The group is what the report itself compares, so the page begins where the report does.
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
    # The picture leaves the page as a file, so it shows what may be printed.
    printed = project.themes.matrix_for_print(table.name, view.layer)
    chart = project.themes.draw_reach(printed, language=session.language())
    alt = _("Codes against groups: how many respondents of how many; the table has the numbers")
    with st.expander(_("The picture of this table"), icon=":material/image:"):
        show_chart(chart, f"codes-by-{chosen}", alt)


def show_changes(view: ThemesView) -> None:
    """Show who has a code at one wave and at the next, of those who took part in both."""
    _ = session.words()
    if not view.report.changes:
        st.info(
            _(
                "Nobody took part in two waves. Say on the Project page at which wave an interview "
                "was held: an attribute called wave."
            )
        )
        return
    labels = [
        _("Code"),
        _("First wave"),
        _("Second wave"),
        _("Took part in both"),
        _("At both"),
        _("Only at the first"),
        _("Only at the second"),
        _("At neither"),
    ]
    language = session.language()
    rows = [
        (
            change.label.in_language(language) or change.code,
            change.first,
            change.second,
            change.of,
            ", ".join(change.at_both),
            ", ".join(change.only_first),
            ", ".join(change.only_second),
            change.at_neither,
        )
        for change in view.report.changes
    ]
    st.dataframe([dict(zip(labels, row, strict=True)) for row in rows], hide_index=True)


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
    names = [
        label.in_language(language) or path
        for path, label in zip(table.rows, table.row_labels, strict=True)
    ]
    # The sums of themes are no cells of the same scale: they would make all others pale.
    sums = {path for path in table.rows for other in table.rows if other.startswith(f"{path}/")}
    scale_end = max(
        (
            cell.count or 0
            for path, cells in zip(table.rows, table.cells, strict=True)
            for cell in cells
            if path not in sums
        ),
        default=0,
    )
    rows = [
        matrix.code_row(
            path, name, [_matrix_cell(cell, scale_end, is_sum=path in sums) for cell in cells]
        )
        for path, name, cells in zip(table.rows, names, table.cells, strict=True)
    ]
    of_cases = table.counts == "cases"
    chosen = matrix.show_matrix(
        rows,
        columns,
        f"matrix-{key}",
        corner=_("Code"),
        label=_("Codes against groups") if of_cases else _("Codes against respondents"),
        scale=(_("nobody"), _("everybody")) if of_cases else ("0", _.number(scale_end)),
    )
    if chosen is None:
        st.caption(_("Click a cell to read the passages behind it. –: not asked."))
        return
    row, column = chosen
    cell = table.cells[row][column]
    if cell.codings:
        title = f"{names[row]} · {columns[column]}"
        passages.show_codings(cell.codings, f"cell-{key}-{row}-{columns[column]}", title)
    else:
        st.caption(_("No passage is behind this cell."))


def _matrix_cell(cell: Cell, scale_end: int, *, is_sum: bool) -> wire.MatrixCell:
    """Return a cell of the matrix; a hidden count gets no shade, which would give it away."""
    text, opens = _cell_text(cell), bool(cell.codings)
    if cell.count is None or cell.hidden:
        return matrix.cell(text, opens=opens)
    if cell.of is not None:
        share = cell.count / cell.of if cell.of else 0.0
        return matrix.cell(text, share, share, opens=opens)
    # A sum gets no shade: next to single codes it would always be the darkest.
    share = cell.count / scale_end if scale_end and not is_sum else 0.0
    return matrix.cell(text, cell.count, share, opens=opens)


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
        return "–"
    if cell.of is not None:
        return _("{cases} of {all}", cases=cell.count, all=cell.of)
    return str(cell.count) if cell.count else "·"
