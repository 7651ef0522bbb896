"""Going back to a backup, with a look at it first; saving what is whole in a damaged project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.project import (
    REASONS,
    Backup,
    BackupPreview,
    Project,
    preview_backup,
    rescue_project,
    restore_plain,
)

from .. import session
from .notices import errors_shown
from .problems import show_problems
from .text import escape_markdown

_MOST = 30


def show_restore(
    file: Path, backups: Sequence[Backup], present: Project | None, done: Callable[[str], None]
) -> None:
    """Let the reader look at a backup, and write it to a new file.

    Args:
        file: The project file.
        backups: Its backups, newest first.
        present: The project as it is now, to say what the backup does not have; None if damaged.
        done: Gets the path of the new file.
    """
    _ = session.words()
    if not backups:
        st.info(_("No backup of this project was found on this machine."))
        return
    backup = st.selectbox(
        _("Backup"),
        backups[:_MOST],
        format_func=_label,
        index=None,
        placeholder=_("Choose one to look at it"),
        key="restore-backup",
        width=520,
    )
    if backup is None:
        return
    try:
        _show_preview(_preview(backup, present))
    except QualcodeError as error:
        st.error(_.translate(str(error)), icon=":material/error:")
        return
    with st.form("restore-to", border=False):
        to = st.text_input(
            _("New file for it"), value=str(_free_name(file, f"{backup.made_at:%Y-%m-%d}"))
        )
        if not st.form_submit_button(_("Restore and open"), type="primary") or not to.strip():
            return
    with errors_shown():
        target = Path(to.strip()).expanduser()
        restore_plain(backup.path, target)
        done(str(target))


def _preview(backup: Backup, present: Project | None) -> BackupPreview:
    # Reading a whole backup takes seconds, and the page is drawn again at every click.
    # Each coder sees their own part of it while a round is blind.
    view = (session.view(), present.history.revision()) if present is not None else None
    key = (backup.path, view)
    last_key, preview = st.session_state.get("restore-preview", (None, None))
    if preview is None or last_key != key:
        preview = preview_backup(backup.path, present)
        st.session_state["restore-preview"] = (key, preview)
    assert isinstance(preview, BackupPreview)
    return preview


def _label(backup: Backup) -> str:
    _ = session.words()
    moment = _.moment(backup.made_at)
    if backup.problems:
        return _("{moment}: damaged", moment=moment)
    if backup.reason in REASONS:
        return _("{moment}: {reason}", moment=moment, reason=_.translate(REASONS[backup.reason]))
    return _("{moment}: sound", moment=moment)


def _show_preview(preview: BackupPreview) -> None:
    _ = session.words()
    lines = [
        _.many("{count} interview", "{count} interviews", preview.transcripts),
        *(
            _("codings of {coder}: {count}", coder=escape_markdown(coder), count=count)
            for coder, count in preview.codings.items()
        ),
        _("last changed {moment}", moment=_.moment(preview.changed_at)),
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    for sentence in preview.missing:
        st.warning(escape_markdown(_.translate(sentence)), icon=":material/remove_circle:")


def show_rescue(file: Path, done: Callable[[str], None]) -> None:
    """Let the reader save all that is whole in a damaged project into a new file.

    Args:
        file: The damaged file.
        done: Gets the path of the new file, when the reader opens it.
    """
    _ = session.words()
    report, saved = st.session_state.get("rescued", (None, ""))
    if report is None:
        with st.form("rescue", border=False):
            to = st.text_input(_("New file for it"), value=str(_free_name(file, "rescued")))
            is_asked = st.form_submit_button(_("Save what is whole"), type="primary")
        if is_asked and to.strip():
            with errors_shown(), st.spinner(_("Reading the whole file…")):
                target = Path(to.strip()).expanduser()
                st.session_state["rescued"] = (rescue_project(file, target), str(target))
                st.rerun()
        return
    st.success(
        _(
            "Saved in {file}: {interviews}, {codings}.",
            file=f"`{saved}`",
            interviews=_.many(
                "{count} interview", "{count} interviews", report.saved.get("transcripts", 0)
            ),
            codings=_.many("{count} coding", "{count} codings", report.saved.get("codings", 0)),
        ),
        icon=":material/check_circle:",
    )
    if report.lost:
        st.markdown(_("Not whole, and not saved:"))
        show_problems(report.lost, _)
    if st.button(_("Open it there"), type="primary", icon=":material/folder_open:"):
        with errors_shown():
            del st.session_state["rescued"]
            done(saved)


def _free_name(file: Path, mark: str) -> Path:
    names = (
        file.with_stem(f"{file.stem}-{mark}{number}") for number in ("", "-2", "-3", "-4", "-5")
    )
    return next((path for path in names if not path.exists()), file.with_stem(f"{file.stem}-new"))
