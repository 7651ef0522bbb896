"""The page Framework matrix: a row per participant, a column per code, a summary in each cell."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from qualcode.model.framework import FrameworkCell, FrameworkGrid
from qualcode.project import attribute_value

from ... import session
from ...page_links import open_page
from ...widgets import uploads
from ...widgets.clickable_table import clickable_table
from ...widgets.downloads import of_now
from ...widgets.layer_select import layer_select
from ...widgets.notices import errors_shown, notify
from ...widgets.problems import show_problems
from ...widgets.requirements import require_codebook, require_coder, require_transcripts
from ...widgets.text import escape_markdown
from .cell_editor import show_cell

_SHORT = 80


def show() -> None:
    """Draw the page."""
    _ = session.words()
    require_transcripts()
    require_codebook()
    st.title(_("Framework matrix"), anchor=False)
    if not session.project().codings.collect():
        st.info(_("Nothing is coded yet. A summary rests on coded passages."))
        if st.button(_("Start coding"), type="primary"):
            open_page("coding")
        return
    require_coder()
    with errors_shown():
        _show_matrix()


def _show_matrix() -> None:
    _ = session.words()
    framework = session.project().themes.framework
    layer = layer_select("framework-layer")
    _show_columns()
    grid = framework.grid(layer)
    st.caption(
        _(
            "Click on a cell to write what this participant says about it. To do: passages without "
            "a summary. ⚠ a coding changed, or two people wrote one. ? a sentence without a "
            "passage."
        )
    )
    _take_click(grid)
    place = _choose_cell(grid)
    if place is not None:
        show_cell(*place, layer)
    _show_files(grid, layer)


def _show_columns() -> None:
    _ = session.words()
    framework, labels = session.project().themes.framework, session.labels()
    columns = framework.columns()
    with st.expander(_("Columns"), icon=":material/view_column:"):
        paths = st.multiselect(
            _("The codes that are columns"),
            [code.path for code in session.codebook().active],
            default=columns,
            format_func=lambda path: labels.get(path, path),
            placeholder=_("the themes"),
            # Drawn again where somebody else chose other columns.
            key=f"framework-columns-{hash(columns)}",
        )
        if st.button(_("Save the columns"), disabled=tuple(paths) == columns):
            framework.choose_columns(paths)
            notify(_("Saved."))
            st.rerun()


def _take_click(grid: FrameworkGrid) -> None:
    """Show the matrix, and make the clicked cell the one to write in."""
    _ = session.words()
    labels, language = session.labels(), session.language()
    titles = {path: labels.get(path, path) for path in grid.codes}
    rows = [
        {
            _("Participant"): row.case,
            _("Group"): attribute_value("group", row.group, language) if row.group else "",
            **{titles[cell.code]: _cell_text(cell) for cell in row.cells},
        }
        for row in grid.rows
    ]
    clicked = clickable_table(
        rows,
        "framework-grid",
        alt=_("A row per participant, a column per code, with the begin of each summary"),
    )
    # The table keeps its selection at each run; only a new click chooses a cell.
    if clicked is None or st.session_state.get("framework-clicked") == clicked:
        return
    st.session_state["framework-clicked"] = clicked
    number, title = clicked
    st.session_state["framework-case"] = grid.rows[number].case
    for path, name in titles.items():
        if name == title:
            st.session_state["framework-code"] = path


def _cell_text(cell: FrameworkCell) -> str:
    _ = session.words()
    if cell.summary is None:
        if cell.codings:
            return _.many("To do: {count} passage", "To do: {count} passages", len(cell.codings))
        return "–" if cell.is_asked else _("not asked")
    text = cell.summary.text
    mark = "⚠ " if cell.is_stale or cell.others else "? " if cell.unsupported else ""
    return mark + (text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…")


def _choose_cell(grid: FrameworkGrid) -> tuple[str, str] | None:
    _ = session.words()
    labels, names = session.labels(), [row.case for row in grid.rows]
    if not names:
        return None
    for key, options in (("framework-case", names), ("framework-code", [*grid.codes])):
        # A cell of an earlier state may be gone.
        if st.session_state.get(key) not in options:
            st.session_state[key] = options[0]
    with st.container(horizontal=True):
        case = st.selectbox(_("Participant"), names, key="framework-case", width=260)
        code = st.selectbox(
            _("Code"),
            grid.codes,
            format_func=lambda path: labels.get(path, path),
            key="framework-code",
            width=360,
        )
    return str(case), str(code)


def _show_files(grid: FrameworkGrid, layer: str) -> None:
    _ = session.words()
    framework = session.project().themes.framework
    st.divider()
    show_problems(framework.check(grid), _)
    for group in framework.for_print(grid).withheld:
        _show_decision(group, grid.threshold)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("For others:"), width="content")
        for label, suffix, paper in (
            ("docx, A4", "docx", "A4"),
            ("docx, A3", "docx", "A3"),
            ("xlsx", "xlsx", "A4"),
        ):
            st.download_button(
                label,
                data=of_now(partial(_file, layer, suffix, paper)),
                file_name=f"framework.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                key=f"framework-as-{suffix}-{paper}",
            )
        st.markdown(_("To edit in Excel:"), width="content")
        st.download_button(
            "xlsx",
            data=of_now(partial(_table, layer)),
            file_name="framework-cells.xlsx",
            icon=":material/download:",
            on_click="ignore",
            key="framework-table",
        )
    with st.expander(_("Read the edited table"), icon=":material/upload:"):
        file = uploads.new_file(_("The edited table"), ("xlsx", "csv"), "framework")
        if file is not None:
            with uploads.on_disk(file) as path:
                cells, problems = framework.read_table(path, layer)
            uploads.keep_problems("framework", problems)
            notify(_.many("{count} summary changed.", "{count} summaries changed.", len(cells)))
            st.rerun()
        uploads.show_problems("framework")


def _show_decision(group: str, threshold: int) -> None:
    _ = session.words()
    name = attribute_value("group", group, session.language()) if group else _("without a group")
    st.warning(
        _(
            "Fewer than {threshold} participants are of the group “{group}”. In a document their "
            "rows are left out, unless you decide otherwise.",
            threshold=threshold,
            group=escape_markdown(name),
        )
    )
    with st.form(f"print-group-{group}", border=False):
        reason = st.text_input(_("Why this may be printed"), key=f"print-group-why-{group}")
        if st.form_submit_button(_("Print it all the same")) and reason.strip():
            session.project().themes.framework.accept_small_group(group, reason)
            notify(_("The decision is kept with the others on disclosure."))
            st.rerun()


def _file(layer: str, suffix: str, paper: str) -> bytes:
    framework = session.project().themes.framework
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"framework.{suffix}"
        framework.write(framework.grid(layer), path, language=session.language(), paper=paper)
        return path.read_bytes()


def _table(layer: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "framework.xlsx"
        session.project().themes.framework.write_table(path, layer)
        return path.read_bytes()
