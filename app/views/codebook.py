"""The codebook: the tree of codes, what each means, its versions, in and out."""

from __future__ import annotations

import session
import streamlit as st
from parts.codebook import changing, fields, files, tree, versions

from qualcode.model import Code, Codebook, LocalText
from qualcode.model.codebook import DEFAULT_COLOR
from qualcode.project import code_name

_ = session.words()
project = session.project()


def _codes(book: Codebook) -> None:
    counts = project.codings.count()
    changing.again()
    left, right = st.columns([1, 1.25], gap="large")
    with left:
        with st.container(horizontal=True, vertical_alignment="center"):
            _new(book)
            retired = st.toggle(_("Show retired codes"), key="codebook-retired")
        code = tree.show(book, counts, retired=retired)
    with right:
        if code is None:
            st.info(_("Pick a code to see and change what it means."))
        else:
            fields.show(code, counts.get(code.path, 0))


def _new(book: Codebook) -> None:
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
            with session.guarded():
                _add(book, name.strip(), above)


def _add(book: Codebook, name: str, above: str) -> None:
    path = f"{above}/{code_name(name)}" if above else code_name(name)
    label = LocalText.of(name, session.language())
    color = book.code(above).color if above else DEFAULT_COLOR
    change = project.codebook.add(Code(path, label=label, color=color))
    tree.pick(change.codebook.code(path))
    st.rerun()


def _first() -> None:
    st.info(_("There is no codebook yet. Begin with a first theme, or import a file."))
    with st.form("first"), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(_("Name of the first theme"))
        if st.form_submit_button(_("Make it"), type="primary") and name.strip():
            with session.guarded():
                code = Code(
                    code_name(name), label=LocalText.of(name.strip(), project.info.language)
                )
                project.codebook.create(project.info.name, (code,))
                st.rerun()
    files.read()


st.subheader(_("Codebook"), anchor=False)
_book = session.book_or_none()
if _book is None:
    _first()
else:
    _tabs = st.tabs([_("Codes"), _("Versions"), _("Import and export")])
    with _tabs[0]:
        _codes(_book)
    with _tabs[1]:
        versions.show()
    with _tabs[2]:
        files.show()
