"""The page Welcome: try the demo, open a project, or create one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qualcode import study
from qualcode.project import Project, list_projects, restore_backup
from qualcode.translation import LANGUAGES

from ... import session
from ...recent_projects import recent_projects
from ...server import launched
from ...widgets import passphrases
from ...widgets.notices import errors_shown
from ...widgets.text import escape_markdown
from . import demo


def _language_select() -> None:
    _ = session.words()
    options = list(LANGUAGES)
    chosen = st.segmented_control(
        _("Language"),
        options,
        default=session.language(),
        format_func=LANGUAGES.__getitem__,
        label_visibility="collapsed",
        key="welcome-language",
    )
    if chosen and chosen != session.language():
        st.session_state["language"] = chosen
        st.rerun()


def _nearby_projects() -> list[str]:
    nearby = (str(path.resolve()) for path in list_projects(Path.cwd()))
    return list(dict.fromkeys([*recent_projects(), *nearby]))[:6]


def _demo_button() -> None:
    _ = session.words()
    st.markdown("## " + _("Try the demo"))
    st.write(
        _(
            "Ten invented interviews about substance use, a codebook, and the codings of two "
            "coders. Everything can be changed; nothing can break."
        )
    )
    if st.button(_("Open the demo"), type="primary", icon=":material/play_arrow:"):
        with errors_shown(), st.status(_("Making the demo project…")) as status:
            path = demo.demo_project(lambda text: status.update(label=text))
            session.open_project(str(path))
            st.rerun()


def _open_form() -> None:
    _ = session.words()
    st.markdown("## " + _("Open a project"))
    for path in _nearby_projects():
        folder = escape_markdown(str(Path(path).parent))
        label = f"**{escape_markdown(Path(path).stem)}**  \n{folder}"
        if st.button(label, key=f"open-{path}", icon=":material/folder_open:", width="stretch"):
            with errors_shown():
                session.open_project(path)
                st.rerun()
    with (
        st.form("open", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        path = st.text_input(_("Path of a .qualcode file"), placeholder="~/study.qualcode")
        if st.form_submit_button(_("Open")) and path.strip():
            with errors_shown():
                target = path.strip()
                # The address of a database is taken as it is; a path may begin with ~.
                session.open_project(target if "://" in target else str(Path(target).expanduser()))
                st.rerun()
    with st.expander(_("Restore an encrypted backup"), icon=":material/lock_open:"):
        _restore_form()


def _restore_form() -> None:
    _ = session.words()
    with st.form("restore", border=False, clear_on_submit=True):
        file = st.text_input(_("File of the backup"), placeholder="~/study-2026-11-22.sealed")
        to = st.text_input(_("Project file to make"), value=str(Path.home() / "restored.qualcode"))
        passphrase = passphrases.passphrase_field(_("Passphrase"), "restore")
        if not st.form_submit_button(_("Restore and open")):
            return
    if not file.strip() or not to.strip():
        st.error(_("Give the file of the backup and the project file to make."))
        return
    with errors_shown(), st.spinner(_("Restoring…")):
        target = Path(to.strip()).expanduser()
        # The project refuses to write over a file that is there.
        restore_backup(Path(file.strip()).expanduser(), target, passphrase)
        session.open_project(str(target))
        st.rerun()


def _new_project_form() -> None:
    _ = session.words()
    st.markdown("## " + _("Begin your own"))
    st.caption(
        _("Make the project, drop your first interview, and code: about five minutes in all.")
    )
    with st.form("new", border=False):
        name = st.text_input(_("Name of the study"), max_chars=80)
        folder = st.text_input(_("Folder to keep it in"), value=str(Path.home()))
        language = st.selectbox(
            _("Language of the interviews"), list(LANGUAGES), format_func=LANGUAGES.__getitem__
        )
        books = {
            "minimal": _("A small one to start from"),
            "sample": _("The sample codebook on substance use"),
            "none": _("None yet: I import or make one"),
        }
        book = st.selectbox(_("Codebook"), list(books), format_func=books.__getitem__)
        coder = st.text_input(_("Your name or initials"), value=launched().coder, max_chars=40)
        if st.form_submit_button(_("Make the project"), type="primary"):
            _create_project(name.strip(), folder.strip(), str(language), str(book), coder.strip())


def _create_project(name: str, folder: str, language: str, book: str, coder: str) -> None:
    _ = session.words()
    if not name:
        st.error(_("Give the study a name."))
        return
    with errors_shown():
        # The name of a study may hold signs that no file system takes.
        stem = "".join(c if c.isalnum() or c in "-_ " else "_" for c in name).strip()
        path = Path(folder).expanduser() / f"{stem or 'study'}.qualcode"
        with Project.create(path, name=name, language=language) as project:
            if book != "none":
                source = study.codebook()
                file = source if book == "sample" else source.with_name("minimal.yaml")
                project.codebook.read(file)
            if coder:
                project.rounds.add_coder(coder)
        session.open_project(str(path))
        if coder:
            session.set_coder(coder)
        st.rerun()


def show() -> None:
    """Draw the page."""
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title("qualcode", anchor=False, width="stretch")
        _language_select()
    st.write(
        _(
            "Code interviews, compare two coders, settle where they differ, and get the quotes of "
            "each theme. Everything stays on this machine."
        )
    )
    left_column, right_column = st.columns(2, gap="medium")
    with left_column:
        with st.container(border=True):
            _demo_button()
        with st.container(border=True):
            _open_form()
    with right_column, st.container(border=True):
        _new_project_form()
