"""The page Codebook: the tree of codes, their fields, versions, and files."""

from __future__ import annotations

import streamlit as st

from qualcode.model import Code, Codebook, LocalText
from qualcode.model.code_colors import color_of_new_code
from qualcode.project import code_name

from ... import session
from ...widgets.notices import errors_shown
from . import code_changes, fields, files, tree, versions


def _show_codes(book: Codebook) -> None:
    _ = session.words()
    project = session.project()
    counts = project.codings.count()
    code_changes.codings_to_recheck()
    left_column, right_column = st.columns([1, 1.25], gap="large")
    with left_column:
        with st.container(horizontal=True, vertical_alignment="center"):
            _new_code_form(book)
            retired = st.toggle(_("Show retired codes"), key="codebook-retired")
        code = tree.show(book, counts, retired=retired)
    with right_column:
        if code is None:
            st.info(_("Pick a code to see and change what it means."))
        else:
            fields.show(code, counts.get(code.path, 0))


def _new_code_form(book: Codebook) -> None:
    _ = session.words()
    labels = session.labels()
    with st.popover(_("New code"), icon=":material/add:"), st.form("new-code", border=False):
        name = st.text_input(_("Name"), max_chars=80)
        parents = ["", *(code.path for code in book.active)]
        above = st.selectbox(
            _("Under"),
            parents,
            format_func=lambda path: labels.get(path, path) or _("None: a new theme"),
        )
        if st.form_submit_button(_("Make code"), type="primary") and name.strip():
            with errors_shown():
                _add_code(book, name.strip(), above)


def _add_code(book: Codebook, name: str, above: str) -> None:
    project = session.project()
    path = f"{above}/{code_name(name)}" if above else code_name(name)
    label = LocalText.of(name, session.language())
    # A theme and its codes share a hue, by which readers recognise the theme in the text.
    color = color_of_new_code(book, above)
    change = project.codebook.add(Code(path, label=label, color=color))
    tree.select_code(change.codebook.code(path))
    st.rerun()


def _first_code_form() -> None:
    _ = session.words()
    project = session.project()
    st.info(_("There is no codebook yet. Begin with a first theme, or import a file."))
    with st.form("first"), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(_("Name of the first theme"))
        if st.form_submit_button(_("Make it"), type="primary") and name.strip():
            with errors_shown():
                code = Code(
                    code_name(name),
                    label=LocalText.of(name.strip(), project.info.language),
                    color=color_of_new_code(None, ""),
                )
                project.codebook.create(project.info.name, (code,))
                st.rerun()
    files.show_import()


def show() -> None:
    """Draw the page."""
    _ = session.words()
    st.title(_("Codebook"), anchor=False)
    codebook = session.find_codebook()
    if codebook is None:
        _first_code_form()
    else:
        tabs = st.tabs([_("Codes"), _("Versions"), _("Import and export")])
        with tabs[0]:
            _show_codes(codebook)
        with tabs[1]:
            versions.show()
        with tabs[2]:
            files.show()
