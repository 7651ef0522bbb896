"""The codebook as a file: import and export."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from ... import session
from ...widgets import uploads
from ...widgets.notices import errors_shown, notify

READ = ("yaml", "yml", "csv", "xlsx", "docx", "qdc")
WRITTEN = {"docx": "Word", "xlsx": "Excel", "csv": "CSV", "yaml": "YAML", "qdc": "REFI-QDA"}


def show() -> None:
    """Draw the tab."""
    _ = session.words()
    st.markdown("#### " + _("Import"))
    st.write(_("Codes that the file does not have are retired, not lost."))
    show_import()
    st.markdown("#### " + _("Export"))
    st.caption(_("REFI-QDA is for MAXQDA, ATLAS.ti and NVivo; YAML keeps every field."))
    with st.container(horizontal=True):
        for suffix, name in WRITTEN.items():
            st.download_button(
                name,
                data=partial(_codebook_file, suffix),
                file_name=f"codebook.{suffix}",
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
    if file is not None and st.button(_("Import this codebook"), type="primary"):
        with errors_shown(), uploads.on_disk(file) as path:
            book, problems = session.project().import_codebook(path, session.coder())
            uploads.keep_problems("codebook", problems)
            count = len(book.active)
            notify(
                _.many("Codebook with {count} code read", "Codebook with {count} codes read", count)
            )
            # A new key empties the field, so that the same file can be imported again.
            st.session_state["codebook-files"] = times + 1
            st.rerun()
    uploads.show_problems("codebook")


def _codebook_file(suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"codebook.{suffix}"
        session.project().export_codebook(path)
        return path.read_bytes()
