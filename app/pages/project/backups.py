"""Backups, plain or encrypted, and the check of the project's data."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import streamlit as st

from ... import auth, session
from ...widgets import passphrases
from ...widgets.notices import errors_shown
from ...widgets.problems import show_problems


def show() -> None:
    """Draw the tab."""
    _ = session.words()
    path = session.project_path()
    st.write(_("The project is one file: {path}", path=f"`{path}`"))
    left_column, right_column = st.columns(2, gap="large")
    with left_column:
        st.markdown("#### " + _("Backup"))
        st.caption(_("A copy that anyone can open who has the file."))
        # A copy of the file would show what a blind round hides from who is served.
        hidden = bool(auth.serving() and session.project().hidden_rounds())
        st.download_button(
            _("Download a backup"),
            disabled=hidden,
            data=_backup_bytes,
            file_name=f"{_file_stem()}-{datetime.now().astimezone():%Y-%m-%d}.qualcode",
            icon=":material/save:",
            on_click="ignore",
        )
        _check_button()
    # An encrypted backup is written to a path of the server, which a coder must not choose.
    if auth.serving():
        return
    with right_column:
        st.markdown("#### " + _("Encrypted backup"))
        st.caption(
            _(
                "A copy that opens only with the passphrase. Nobody can recover a lost passphrase. "
                "Open it again on the welcome page."
            )
        )
        _encrypted_backup_form()


def _file_stem() -> str:
    return Path(session.project_path()).stem or "study"


def _backup_bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        # The project writes the copy: a plain copy of an open database may be incomplete.
        path = Path(folder) / "backup.qualcode"
        session.project().backup(path)
        return path.read_bytes()


def _encrypted_backup_form() -> None:
    _ = session.words()
    folder = Path(session.project_path()).parent
    proposed = folder / f"{_file_stem()}-{datetime.now().astimezone():%Y-%m-%d}.sealed"
    with st.form("backup", border=False, clear_on_submit=True):
        path = st.text_input(_("File of the backup"), value=str(proposed))
        passphrase, typed_alike = passphrases.new_passphrase_fields("backup")
        if not st.form_submit_button(_("Make an encrypted backup"), icon=":material/lock:"):
            return
    if not typed_alike:
        passphrases.refuse_different()
        return
    with errors_shown(), st.spinner(_("Making the encrypted backup…")):
        session.project().backup_encrypted(Path(path.strip()).expanduser(), passphrase)
        st.success(_("Kept in {file}", file=f"`{path.strip()}`"), icon=":material/check_circle:")


def _check_button() -> None:
    _ = session.words()
    st.markdown("#### " + _("Check"))
    st.caption(_("Looks whether every stored quote still equals its place in the text."))
    if st.button(_("Check every quote"), icon=":material/verified:"):
        with st.spinner(_("Checking…")):
            problems = session.project().check()
        if problems:
            show_problems(problems, _)
        else:
            st.success(_("Every stored quote equals its place in the text."))
