"""The project as a file for another program."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from qualcode.errors import ConflictError
from qualcode.project import ExportOptions

from ... import auth, session
from ...widgets.downloads import in_window


def show() -> None:
    """Draw the choice of the program, and the button that makes the file."""
    _ = session.words()
    st.markdown("## " + _("Export to another program"))
    names = {
        "": _("Another program"),
        "nvivo": "NVivo",
        "maxqda": "MAXQDA",
        "atlas.ti": "ATLAS.ti",
        "qualcoder": "QualCoder",
    }
    program = st.selectbox(
        _("Which program will read it?"), list(names), format_func=names.__getitem__, width=320
    )
    # Who is served may not see who coded what while a round is blind; the names are for owners.
    real_names = not auth.serving() and st.checkbox(_("With the names of the coders"))
    st.download_button(
        _("Download the project (.qdpx)"),
        data=in_window(partial(_project_file, str(program or ""), bool(real_names))),
        file_name="project.qdpx",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(
        _(
            "The file holds the interviews, codes, codings, respondents and notes. Withdrawn "
            "codings, and those that an open blind round hides, are not in it: a backup holds "
            "everything. Taguette reads no projects: export its codebook on the page Codebook."
        )
    )


def _project_file(program: str, real_names: bool) -> bytes:
    project = session.project()
    # Asked when it is made: the page may have been drawn before the round began.
    if auth.serving() and project.rounds.collect_hiding():
        _ = session.words()
        raise ConflictError(_("A blind round is open. Export when it is closed."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "project.qdpx"
        project.exchange.write(path, ExportOptions(real_names=real_names, program=program))
        return path.read_bytes()
