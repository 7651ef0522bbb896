"""The page Welcome: try the demo, open a project, or create one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qualcode import study
from qualcode.errors import QualcodeError
from qualcode.model import LANGUAGE_NAMES
from qualcode.project import Project, list_projects, restore_backup
from qualcode.translation import LANGUAGES

from ... import damaged_project, session
from ...recent_projects import RecentProject, recent_studies
from ...server import launched
from ...widgets import passphrases
from ...widgets.notices import errors_shown
from ...widgets.text import escape_markdown
from . import demo, folder_browser


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


def _known_studies() -> list[RecentProject]:
    """Return the recent projects, and then those in the folder where qualcode was started."""
    recent = recent_studies()
    paths = {study.path for study in recent}
    nearby = (str(path.resolve()) for path in list_projects(Path.cwd()))
    return [*recent, *(RecentProject(p, Path(p).stem) for p in nearby if p not in paths)][:6]


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
    for study_ in _known_studies():
        folder = escape_markdown(str(Path(study_.path).parent))
        about = f"{_.moment(study_.opened_at)} · {folder}" if study_.opened_at else folder
        label = f"**{escape_markdown(study_.title)}**  \n{about}"
        key = f"open-{study_.path}"
        if st.button(label, key=key, icon=":material/folder_open:", width="stretch"):
            _open(study_.path)
    with st.expander(_("Look in a folder"), icon=":material/folder:"):
        chosen = folder_browser.show_folders("browse", files=True)
        if chosen:
            _open(str(chosen))
    with (
        st.expander(_("By its path, or the address of a database"), icon=":material/link:"),
        st.form("open", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        path = st.text_input(_("Path of a .qualcode file"), placeholder="~/study.qualcode")
        if st.form_submit_button(_("Open")) and path.strip():
            target = path.strip()
            # The address of a database is taken as it is; a path may begin with ~.
            _open(target if "://" in target else str(Path(target).expanduser()))
    with st.expander(_("Restore an encrypted backup"), icon=":material/lock_open:"):
        _restore_form()


def _open(path: str) -> None:
    with errors_shown():
        try:
            session.open_project(path)
        except QualcodeError as error:
            if not damaged_project.note(path, error):
                raise
        st.rerun()


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
    with st.expander(_("Folder: {folder}", folder=str(folder_browser.current_folder("new-in")))):
        folder_browser.show_folders("new-in", files=False)
    with st.form("new", border=False):
        name = st.text_input(_("Name of the study"), max_chars=80)
        folder = str(folder_browser.current_folder("new-in"))
        language = st.selectbox(
            _("Language of most interviews"),
            list(LANGUAGE_NAMES),
            format_func=lambda code: _.translate(LANGUAGE_NAMES[code]),
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
            "Code interviews, compare two coders, resolve their disagreements, and get the "
            "quotes of each theme. Everything stays on this machine."
        )
    )
    if damaged_project.is_noted():
        with st.container(border=True):
            damaged_project.show()
    left_column, right_column = st.columns(2, gap="medium")
    with left_column:
        with st.container(border=True):
            _demo_button()
        with st.container(border=True):
            _open_form()
    with right_column, st.container(border=True):
        _new_project_form()
