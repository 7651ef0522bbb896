"""The first page: try the demo, open a project, or begin one's own."""

from __future__ import annotations

from pathlib import Path

import demo
import session
import streamlit as st
import telling
from parts import passphrases

from qualcode import study
from qualcode.frontend import LANGUAGES, launched
from qualcode.project import Project, restore_backup

_ = session.words()


def _language_menu() -> None:
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


def _found_here() -> list[str]:
    here = (str(path.resolve()) for path in sorted(Path.cwd().glob("*.qualcode")))
    return list(dict.fromkeys([*session.recent(), *here]))[:6]


def _try_demo() -> None:
    st.markdown("## " + _("Try the demo"))
    st.write(
        _(
            "Ten invented interviews about substance use, a codebook, and the codings of two "
            "coders. Everything can be changed; nothing can break."
        )
    )
    if st.button(_("Open the demo"), type="primary", icon=":material/play_arrow:"):
        with session.guarded(), st.status(_("Making the demo project…")) as status:
            path = demo.ready(lambda text: status.update(label=text))
            session.open_project(str(path))
            st.rerun()


def _open() -> None:
    st.markdown("## " + _("Open a project"))
    for path in _found_here():
        folder = telling.plain(str(Path(path).parent))
        label = f"**{telling.plain(Path(path).stem)}**  \n{folder}"
        if st.button(label, key=f"open-{path}", icon=":material/folder_open:", width="stretch"):
            with session.guarded():
                session.open_project(path)
                st.rerun()
    with (
        st.form("open", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        path = st.text_input(_("Path of a .qualcode file"), placeholder="~/study.qualcode")
        if st.form_submit_button(_("Open")) and path.strip():
            with session.guarded():
                target = path.strip()
                session.open_project(target if "://" in target else str(Path(target).expanduser()))
                st.rerun()
    with st.expander(_("Restore an encrypted backup"), icon=":material/lock_open:"):
        _restore()


def _restore() -> None:
    with st.form("restore", border=False, clear_on_submit=True):
        file = st.text_input(_("File of the backup"), placeholder="~/study-2026-11-22.sealed")
        to = st.text_input(_("Project file to make"), value=str(Path.home() / "restored.qualcode"))
        passphrase = passphrases.ask(_("Passphrase"), "restore")
        if not st.form_submit_button(_("Restore and open")):
            return
    if not file.strip() or not to.strip():
        st.error(_("Give the file of the backup and the project file to make."))
        return
    with session.guarded(), st.spinner(_("Restoring…")):
        target = Path(to.strip()).expanduser()
        restore_backup(Path(file.strip()).expanduser(), target, passphrase)
        session.open_project(str(target))
        st.rerun()


def _new() -> None:
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
            _make(name.strip(), folder.strip(), str(language), str(book), coder.strip())


def _make(name: str, folder: str, language: str, book: str, coder: str) -> None:
    if not name:
        st.error(_("Give the study a name."))
        return
    with session.guarded():
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


with st.container(horizontal=True, vertical_alignment="center"):
    st.title("qualcode", anchor=False, width="stretch")
    _language_menu()
st.write(
    _(
        "Code interviews, compare two coders, settle where they differ, and get the quotes of "
        "each theme. Everything stays on this machine."
    )
)
left, right = st.columns(2, gap="medium")
with left:
    with st.container(border=True):
        _try_demo()
    with st.container(border=True):
        _open()
with right, st.container(border=True):
    _new()
