"""Import from another program: a project, a table of codings, or a Word document with comments."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import streamlit as st

from qualcode.errors import UnknownColumnsError
from qualcode.project import project_suffixes

from ... import auth, session
from ...widgets import uploads
from ...widgets.notices import errors_shown, notify
from . import commented_import

TABLES = ("csv", "xlsx")
"""Suffixes of tables of codings."""
_COLUMNS, _TIMES = "program-columns", "program-imports"


def show() -> None:
    """Draw the choice of the program, the drop zone, and what is asked about the file."""
    _ = session.words()
    st.markdown("## " + _("Import from another program"))
    program = _choose_program()
    st.write(_ways()[program])
    # Part of the keys of the fields: a new number empties them after an import.
    times = int(st.session_state.get(_TIMES, 0))
    if program == "folder":
        _show_folder(times)
        return
    file = st.file_uploader(
        _("File of the other program"),
        type=_suffixes(program),
        max_upload_size=200,
        key=f"program-file-{program}-{times}",
    )
    if file is None:
        uploads.show_problems("program")
    elif file.name.casefold().endswith(".docx"):
        commented_import.show(file, finish=_finish)
    elif file.name.casefold().endswith(TABLES):
        _show_table(file, program)
    elif st.button(_("Import this project"), type="primary", icon=":material/download:"):
        with errors_shown(), _as_project(file) as path:
            _import_project(path)


def _choose_program() -> str:
    _ = session.words()
    names = {
        "nvivo": "NVivo",
        "maxqda": "MAXQDA",
        "atlas.ti": "ATLAS.ti",
        "qualcoder": "QualCoder",
        "taguette": "Taguette",
        "other": _("Another program"),
        "word": _("Word with comments"),
        "folder": _("A folder"),
    }
    chosen = st.selectbox(
        _("Where does it come from?"), list(names), format_func=names.__getitem__, width=320
    )
    return str(chosen or "nvivo")


def _ways() -> dict[str, str]:
    """Return what to do in each program, and what to drop here."""
    _ = session.words()
    return {
        "nvivo": _("In NVivo: Share, Export Project, REFI-QDA. Drop the file (.qdpx) here."),
        "maxqda": _(
            "In MAXQDA: export the project as REFI-QDA (.qdpx) and drop it here. Or import the "
            "interviews first, and drop the table of coded segments (Excel) here."
        ),
        "atlas.ti": _(
            "In ATLAS.ti: export the project as QDPX and drop it here. Or import the interviews "
            "first, and drop the table of quotations (csv or Excel) here."
        ),
        "qualcoder": _(
            "Drop the file data.qda that is in the folder of the project, or a REFI-QDA export "
            "(.qdpx)."
        ),
        "taguette": _(
            "In Taguette: Project info, Export, project as SQLite3. Drop the file (.sqlite3) here."
        ),
        "other": _("Export the project as REFI-QDA (.qdpx) and drop it here."),
        "word": _(
            "A Word document in which comments name the codes. The interview may be in the project "
            "already: then the comments are compared with its codings."
        ),
        "folder": _(
            "The folder of a QualCoder project (it ends in .qda), or a folder of text files that "
            "this program wrote."
        ),
    }


def _suffixes(program: str) -> list[str]:
    if program == "word":
        return ["docx"]
    projects = [suffix.lstrip(".") for suffix in project_suffixes()]
    return [*projects, *(TABLES if program in {"maxqda", "atlas.ti", "qualcoder"} else ())]


@contextmanager
def _as_project(file: Any) -> Iterator[Path]:
    """Store a dropped project while it is read; QualCoder's file in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        name = Path(file.name).name
        path = Path(folder) / name
        if name.casefold() == "data.qda":
            path = Path(folder) / "QualCoder.qda" / "data.qda"
            path.parent.mkdir()
        path.write_bytes(file.getvalue())
        yield path.parent if path.parent.suffix else path


def _import_project(path: Path) -> None:
    _ = session.words()
    with st.spinner(_("Importing")):
        read = session.project().exchange.read(path)
    counts = [
        _.many("{count} interview", "{count} interviews", len(read.sources)),
        _.many("{count} coding", "{count} codings", len(read.codings)),
    ]
    _finish(_("Imported: {counts}", counts=" · ".join(counts)))


def _finish(notice: str) -> None:
    """Empty the fields, and draw the page again with what came in below."""
    st.session_state[_TIMES] = int(st.session_state.get(_TIMES, 0)) + 1
    st.session_state.pop(_COLUMNS, None)
    session.reload_transcripts()
    notify(notice)
    st.rerun()


# --- folders ----------------------------------------------------------------------------------


def _show_folder(times: int) -> None:
    _ = session.words()
    files = st.file_uploader(
        _("Folder of the project"),
        accept_multiple_files="directory",
        max_upload_size=200,
        key=f"program-folder-{times}",
    )
    if files and st.button(_("Import this project"), type="primary", icon=":material/download:"):
        with errors_shown(), _as_folder(files) as path:
            _import_project(path)
    # Only on their own machine may somebody name a path of it.
    if not files and not auth.serving():
        where = st.text_input(_("Or where the folder is on this machine"), key=f"path-{times}")
        if where.strip() and st.button(_("Import this folder"), type="primary"):
            with errors_shown():
                _import_project(Path(where.strip()).expanduser())


@contextmanager
def _as_folder(files: Sequence[Any]) -> Iterator[Path]:
    """Store the files of a dropped folder while they are read."""
    with tempfile.TemporaryDirectory() as top:
        for file in files:
            # A browser could send a path that leads elsewhere.
            parts = [p for p in PurePosixPath(file.name.replace("\\", "/")).parts if p not in _OUT]
            path = Path(top, *parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.getvalue())
        folders = [path for path in Path(top).iterdir() if path.is_dir()]
        yield folders[0] if len(folders) == 1 else Path(top)


_OUT = {"", "/", ".", ".."}


# --- tables of codings ------------------------------------------------------------------------


def _show_table(file: Any, program: str) -> None:
    _ = session.words()
    # Who signed in brings in work in their own name only.
    coder = session.coder()
    if not auth.serving():
        label = _("Whose codings are they, where the table does not say?")
        coder = st.text_input(label, coder, width=320).strip()
    titles = _columns_form()
    if not st.button(_("Import these codings"), type="primary", icon=":material/download:"):
        return
    project = session.project()
    with errors_shown(), uploads.on_disk(file) as path:
        try:
            codings, problems = project.exchange.read_tool_table(
                path, program, coder=coder, titles=titles
            )
        except UnknownColumnsError as error:
            # Asked on the next run of the page, where the columns are known.
            st.session_state[_COLUMNS] = error.titles, error.missing
            st.rerun()
        uploads.keep_problems("program", problems)
        _finish(_.many("{count} coding imported", "{count} codings imported", len(codings)))


def _columns_form() -> dict[str, str]:
    """Ask which column is which, where the program could not tell; return the titles by ours."""
    _ = session.words()
    columns, missing = st.session_state.get(_COLUMNS, ((), ()))
    if not columns:
        return {}
    st.warning(_("Which column is which? The program does not know these titles."))
    labels = {
        "quote": _("The quote"),
        "code": _("The code"),
        "transcript": _("The interview"),
        "coder": _("The coder"),
    }
    needed = [name for name in labels if name in missing]
    chosen = {
        name: st.selectbox(labels[name], ["", *columns], key=f"program-column-{name}")
        for name in needed
    }
    return {name: str(column) for name, column in chosen.items() if column}
