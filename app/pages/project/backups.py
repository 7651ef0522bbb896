"""Backups, plain or encrypted, and the check of the project's data."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import streamlit as st

from qualcode.errors import ConflictError
from qualcode.project import (
    PackageMerge,
    backup_folder,
    describe_risk,
    find_conflict_copies,
    hide_password,
    list_backups,
    merge_copy,
)

from ... import auth, session
from ...widgets import passphrases
from ...widgets.downloads import in_window
from ...widgets.notices import errors_shown, notify
from ...widgets.problems import show_problems
from ...widgets.restore_form import show_restore


def show() -> None:
    """Draw the tab."""
    _ = session.words()
    path = hide_password(session.project_path())
    st.write(_("The project is one file: {path}", path=f"`{path}`"))
    file = session.project().history.path
    risk = describe_risk(file) if file is not None and not auth.serving() else None
    if risk is not None:
        st.warning(_.translate(risk), icon=":material/warning:")
    if file is not None and not auth.serving():
        _show_copies(file)
    left_column, right_column = st.columns(2, gap="large")
    with left_column:
        st.markdown("## " + _("Backup"))
        st.caption(_("A copy that anyone can open who has the file."))
        st.download_button(
            _("Download a backup"),
            disabled=_is_hidden(),
            data=in_window(_backup_bytes),
            file_name=f"{_file_stem()}-{datetime.now().astimezone():%Y-%m-%d}.qualcode",
            icon=":material/save:",
            on_click="ignore",
        )
        _check_button()
        if not auth.serving():
            _show_daily()
    # An encrypted backup is written to a path of the server, which a coder must not choose; of a
    # project in a database, the database makes it.
    if auth.serving() or file is None:
        return
    with right_column:
        st.markdown("## " + _("Encrypted backup"))
        st.caption(
            _(
                "A copy that opens only with the passphrase. Nobody can recover a lost passphrase. "
                "Open it again on the welcome page."
            )
        )
        _encrypted_backup_form(file)


def _show_daily() -> None:
    """Show the backups that the program makes by itself."""
    _ = session.words()
    project = session.project()
    folder = backup_folder(project)
    if folder is None:
        return
    st.markdown("#### " + _("Go back to a backup"))
    st.caption(
        _(
            "Made and checked once a day, and before what cannot be undone, in {folder}",
            folder=f"`{folder}`",
        )
    )
    file = project.history.path
    if file is not None:
        show_restore(file, list_backups(project), project, _open_restored)


def _open_restored(path: str) -> None:
    session.open_project(path)
    st.rerun()


def _show_copies(file: Path) -> None:
    """Offer the work in other versions of the project, which a synchronising service left."""
    _ = session.words()
    for copy in find_conflict_copies(file):
        st.warning(
            _(
                "There is another version of this project: {file}. Its codings and notes can be "
                "added; the file stays.",
                file=f"`{copy.name}`",
            ),
            icon=":material/call_split:",
        )
        if st.button(_("Add the work in it"), key=f"merge-{copy.name}"):
            with errors_shown():
                merges = merge_copy(session.project(), copy)
                notify(_added(merges))
                st.rerun()


def _added(merges: Sequence[PackageMerge]) -> str:
    _ = session.words()
    counts = [merged.added for merged in merges]
    known_counts = [count for count in counts if count is not None]
    # A blind round hides how much came in; a part of it would pass for all.
    if len(known_counts) < len(counts):
        return _("Added")
    return _.many("{count} coding added", "{count} codings added", sum(known_counts))


def _file_stem() -> str:
    return Path(hide_password(session.project_path())).stem or "study"


def _is_hidden() -> bool:
    """Tell whether a copy of the file would show what a blind round hides from who is served."""
    return bool(auth.serving() and session.project().rounds.collect_hiding())


def _backup_bytes() -> bytes:
    # Asked again: the page may have been drawn before the round began.
    if _is_hidden():
        _ = session.words()
        raise ConflictError(_("A blind round is open. A backup can be made when it is closed."))
    with tempfile.TemporaryDirectory() as folder:
        # The project writes the copy: a plain copy of an open database may be incomplete.
        path = Path(folder) / "backup.qualcode"
        session.project().history.back_up(path)
        return path.read_bytes()


def _encrypted_backup_form(file: Path) -> None:
    _ = session.words()
    proposed = file.parent / f"{_file_stem()}-{datetime.now().astimezone():%Y-%m-%d}.sealed"
    with st.form("backup", border=False, clear_on_submit=True):
        path = st.text_input(_("File of the backup"), value=str(proposed))
        passphrase, typed_alike = passphrases.new_passphrase_fields("backup")
        if not st.form_submit_button(_("Make an encrypted backup"), icon=":material/lock:"):
            return
    if not typed_alike:
        passphrases.refuse_different()
        return
    with errors_shown(), st.spinner(_("Making the encrypted backup…")):
        session.project().history.back_up(Path(path.strip()).expanduser(), passphrase)
        st.success(_("Kept in {file}", file=f"`{path.strip()}`"), icon=":material/check_circle:")


def _check_button() -> None:
    _ = session.words()
    st.markdown("## " + _("Check"))
    st.caption(_("Checks that every stored quote still equals its place in the text."))
    if st.button(_("Check every quote"), icon=":material/verified:"):
        with st.spinner(_("Checking…")):
            problems = session.project().history.check()
        if problems:
            show_problems(problems, _)
        else:
            st.success(_("Every stored quote equals its place in the text."))
