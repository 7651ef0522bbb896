"""The codebook as a file: import and export."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from qualcode.errors import QualcodeError, UnknownColumnsError
from qualcode.model import Codebook, compare_codebooks
from qualcode.project import plan_codebook_import

from ... import session
from ...widgets import uploads
from ...widgets.downloads import in_window
from ...widgets.notices import errors_shown, notify
from .versions import show_changes

_COLUMNS = "codebook-columns"
_SEEN = "codebook-at-choice"
READ = ("yaml", "yml", "csv", "tsv", "txt", "xlsx", "docx", "qdc")
WRITTEN = {"docx": "Word", "xlsx": "Excel", "csv": "CSV", "yaml": "YAML", "qdc": "REFI-QDA"}


def show() -> None:
    """Draw the tab."""
    _ = session.words()
    st.markdown("## " + _("Import"))
    st.write(_("Codes that the file does not have are retired, not lost."))
    show_import()
    st.markdown("## " + _("Export"))
    st.caption(
        _(
            "REFI-QDA is for MAXQDA, ATLAS.ti and NVivo; YAML keeps every field; Taguette takes a "
            "csv of its own."
        )
    )
    with st.container(horizontal=True):
        for suffix, name in WRITTEN.items():
            st.download_button(
                name,
                data=in_window(partial(_codebook_file, suffix)),
                file_name=f"codebook.{suffix}",
                icon=":material/download:",
                on_click="ignore",
            )
        st.download_button(
            "Taguette",
            data=in_window(partial(_codebook_file, "csv", "taguette")),
            file_name="codebook_taguette.csv",
            icon=":material/download:",
            on_click="ignore",
        )


def show_import() -> None:
    """Let the reader import a codebook."""
    _ = session.words()
    times = int(st.session_state.get("codebook-files", 0))
    file = st.file_uploader(
        _("Codebook file"), type=list(READ), max_upload_size=20, key=f"codebook-file-{times}"
    )
    titles = _columns_form(file.file_id) if file is not None else {}
    current = session.find_codebook()
    looked_at = _show_changes_since(file.file_id, current) if file is not None else None
    if file is not None and current is not None:
        _show_plan(file, titles)
    if file is not None and st.button(_("Import this codebook"), type="primary"):
        # What changed since the button was drawn, nobody looked at: it stands above it now.
        if looked_at != current:
            return
        with errors_shown(), uploads.on_disk(file) as path:
            try:
                book, problems = session.project().codebook.read(
                    path, titles=titles, as_read=current
                )
            except UnknownColumnsError as error:
                # Asked on the next run of the page, where the columns are known.
                st.session_state[_COLUMNS] = file.file_id, error.titles
                st.rerun()
            st.session_state.pop(_COLUMNS, None)
            uploads.keep_problems("codebook", problems)
            count = len(book.active)
            notify(
                _.many("Codebook with {count} code read", "Codebook with {count} codes read", count)
            )
            # A new key empties the field, so that the same file can be imported again.
            st.session_state["codebook-files"] = times + 1
            st.rerun()
    uploads.show_problems("codebook")


def _show_plan(file: Any, titles: dict[str, str]) -> None:
    """Say how many codes a file adds, changes and retires, before it takes their place."""
    _ = session.words()
    # What is wrong with the file is told by the button, which reads it for good.
    with suppress(QualcodeError), uploads.on_disk(file) as path:
        plan = plan_codebook_import(session.project(), path, titles=titles)
        if plan.replaces:
            st.warning(_.translate(plan.describe()))


def _show_changes_since(file: str, current: Codebook | None) -> Codebook | None:
    """Show what others changed since a file was chosen, which its import would take back.

    Returns:
        The codebook that the page showed when it was drawn before.
    """
    _ = session.words()
    seen: tuple[Codebook | None, Codebook | None] = st.session_state.get(
        f"{_SEEN}-{file}", (current, current)
    )
    at_choice, looked_at = seen
    st.session_state[f"{_SEEN}-{file}"] = at_choice, current
    if at_choice != current and current is not None:
        st.warning(
            _(
                "The codebook was changed since you chose this file. If your file does not have "
                "these changes, its import takes them back."
            )
        )
        before = at_choice or replace(current, codes=())
        show_changes(compare_codebooks(before, current))
    return looked_at


def _columns_form(file: str) -> dict[str, str]:
    """Ask which column is which, where the program could not tell; return the titles by ours."""
    _ = session.words()
    asked_of, columns = st.session_state.get(_COLUMNS, ("", ()))
    # The question was about one file, and another may have other columns.
    if asked_of != file:
        return {}
    st.warning(_("Which column is which? The program does not know these titles."))
    labels = {"code": _("Code"), "parent": _("Code above it"), "definition": _("Definition")}
    chosen = {
        name: st.selectbox(title, ["", *columns], key=f"codebook-column-{name}")
        for name, title in labels.items()
    }
    return {name: column for name, column in chosen.items() if column}


def _codebook_file(suffix: str, tool: str = "") -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"codebook.{suffix}"
        session.project().codebook.write(path, tool=tool)
        return path.read_bytes()
