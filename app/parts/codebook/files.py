"""The codebook read from a file and written to one."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import session
import streamlit as st
from parts import uploads

READ = ("yaml", "yml", "csv", "xlsx", "docx", "qdc")
WRITTEN = {"docx": "Word", "xlsx": "Excel", "csv": "CSV", "yaml": "YAML", "qdc": "REFI-QDA"}


def show() -> None:
    """Draw the tab."""
    _ = session.words()
    st.markdown("#### " + _("Import"))
    st.write(_("Codes that the file does not have are retired, not lost."))
    read()
    st.markdown("#### " + _("Export"))
    st.caption(_("REFI-QDA is for MAXQDA, ATLAS.ti and NVivo; YAML keeps every field."))
    with st.container(horizontal=True):
        for suffix, name in WRITTEN.items():
            st.download_button(
                name,
                data=partial(_file, suffix),
                file_name=f"codebook.{suffix}",
                icon=":material/download:",
                on_click="ignore",
            )


def read() -> None:
    """Let the reader import a codebook."""
    _ = session.words()
    times = int(st.session_state.get("codebook-files", 0))
    file = st.file_uploader(
        _("Codebook file"), type=list(READ), max_upload_size=20, key=f"codebook-file-{times}"
    )
    if file is not None and st.button(_("Import this codebook"), type="primary"):
        with session.guarded(), uploads.on_disk(file) as path:
            book, problems = session.project().codebook.read(path)
            uploads.keep_problems("codebook", problems)
            count = len(book.active)
            session.flash(
                _.many("Codebook with {count} code read", "Codebook with {count} codes read", count)
            )
            st.session_state["codebook-files"] = times + 1
            st.rerun()
    uploads.show_problems("codebook")


def _file(suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"codebook.{suffix}"
        session.project().codebook.write(path)
        return path.read_bytes()
