"""Copies of the project, plain or under a passphrase, and the check that nothing is damaged."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

import admitting
import session
import streamlit as st
import telling
from parts import passphrases


def show() -> None:
    """Draw the tab."""
    _ = session.words()
    path = session.project_path()
    st.write(_("The project is one file: {path}", path=f"`{path}`"))
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("#### " + _("Backup"))
        st.caption(_("A copy that anyone can open who has the file."))
        # A copy of the file would show what a blind round hides from who is served.
        hidden = bool(admitting.serving() and session.project().rounds.collect_hiding())
        st.download_button(
            _("Download a backup"),
            disabled=hidden,
            data=_bytes,
            file_name=f"{_stem()}-{datetime.now().astimezone():%Y-%m-%d}.qualcode",
            icon=":material/save:",
            on_click="ignore",
        )
        _check()
    if admitting.serving():
        return
    with right:
        st.markdown("#### " + _("Encrypted backup"))
        st.caption(
            _(
                "A copy that opens only with the passphrase. Nobody can recover a lost passphrase. "
                "Open it again on the welcome page."
            )
        )
        _encrypted()


def _stem() -> str:
    return Path(session.project_path()).stem or "study"


def _bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "backup.qualcode"
        session.project().history.back_up(path)
        return path.read_bytes()


def _encrypted() -> None:
    _ = session.words()
    folder = Path(session.project_path()).parent
    proposed = folder / f"{_stem()}-{datetime.now().astimezone():%Y-%m-%d}.sealed"
    with st.form("backup", border=False, clear_on_submit=True):
        path = st.text_input(_("File of the backup"), value=str(proposed))
        passphrase, same = passphrases.ask_new("backup")
        if not st.form_submit_button(_("Make an encrypted backup"), icon=":material/lock:"):
            return
    if not same:
        passphrases.refuse_different()
        return
    with session.guarded(), st.spinner(_("Making the encrypted backup…")):
        session.project().history.back_up(Path(path.strip()).expanduser(), passphrase)
        st.success(_("Kept in {file}", file=f"`{path.strip()}`"), icon=":material/check_circle:")


def _check() -> None:
    _ = session.words()
    st.markdown("#### " + _("Check"))
    st.caption(_("Looks whether every stored quote still equals its place in the text."))
    if st.button(_("Check every quote"), icon=":material/verified:"):
        with st.spinner(_("Checking…")):
            problems = session.project().history.check()
        if problems:
            telling.problems(problems, _)
        else:
            st.success(_("Every stored quote equals its place in the text."))
