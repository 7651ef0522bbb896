"""The codebook: the tree of codes, what each means, its versions, in and out."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import session
import streamlit as st
import telling

from qualcode.errors import QualcodeError
from qualcode.frontend import component_messages, mount_tree
from qualcode.model import Code, Codebook, LocalText
from qualcode.project import CodebookChange, code_name

_ = session.words()
project = session.project()
SPEAKS = session.language()
TREE = "codebook-tree"


# --- the tree ---------------------------------------------------------------------------------


def _acts() -> None:
    """Do what was done in the tree, each act once."""
    message = st.session_state[TREE].get("acts")
    if not message:
        return
    done = st.session_state.setdefault("tree-done", {"client": "", "n": 0})
    if done["client"] != message["client"]:
        done = {"client": message["client"], "n": 0}
    for act in message["ops"]:
        if act["n"] > done["n"]:
            done["n"] = act["n"]
            try:
                _act(act)
            except QualcodeError as error:
                st.session_state["tree-refused"] = _.sentence(str(error))
    st.session_state["tree-done"] = done


def _act(act: dict[str, Any]) -> None:
    paths = {code.id: code.path for code in project.codebook().codes}
    who, path = session.coder(), paths[act["id"]]
    st.session_state["code-picked"] = act["id"]
    if act["op"] == "place":
        above, before = paths.get(act["parent"], ""), paths.get(act["before"], "")
        project.place_code(path, above, before, who)
    elif act["op"] == "label":
        label = project.codebook().code(path).label
        project.edit_code(path, who, label=LocalText({**label, SPEAKS: act["text"]}))


def _pick() -> None:
    picked = st.session_state[TREE].get("pick")
    if picked:
        st.session_state["code-picked"] = picked


def _tree(book: Codebook, counts: dict[str, int]) -> Code | None:
    ids = {code.path: code.id for code in book.codes}
    shown = book.codes if st.session_state.get("codebook-retired") else book.active
    known = {code.id for code in shown}
    picked = st.session_state.get("code-picked", "")
    mount_tree(
        TREE,
        {
            "codes": [
                {
                    "id": code.id,
                    "parent": ids.get(code.parent, ""),
                    "name": code.title(SPEAKS),
                    "color": code.color,
                    "retired": code.retired,
                    "count": counts.get(code.path, 0),
                }
                for code in shown
            ],
            "picked": picked if picked in known else "",
            "done": st.session_state.get("tree-done", {"client": "", "n": 0}),
            "language": SPEAKS,
            "i18n": dict(component_messages(SPEAKS)),
        },
        on_acts_change=_acts,
        on_pick_change=_pick,
    )
    refused = st.session_state.pop("tree-refused", "")
    if refused:
        st.error(refused)
    return next((code for code in book.codes if code.id == picked), None)


# --- one code ---------------------------------------------------------------------------------


def _texts(code: Code) -> dict[str, LocalText]:
    names = {
        "label": _("Name"),
        "definition": _("Definition"),
        "include": _("Code here"),
        "exclude": _("Do not code here"),
        "typical": _("Typical example"),
        "borderline": _("Borderline example"),
    }
    found = {}
    for name, label in names.items():
        before: LocalText = getattr(code, name)
        value = before.get(SPEAKS, "")
        key = f"code-{code.id}-{name}-{SPEAKS}"
        if name == "label":
            text = st.text_input(label, value=value or code.title(SPEAKS), key=key)
        else:
            text = st.text_area(label, value=value, height=80, key=key)
        found[name] = LocalText.of({**before, SPEAKS: text.strip()})
    return found


def _form(code: Code, used: int) -> None:
    st.markdown(f"#### {telling.plain(code.title(SPEAKS))}")
    count = _.many("{count} coding", "{count} codings", used)
    st.caption(f"`{code.path}` · {count}")
    with st.container(horizontal=True):
        if used and st.button(_("Read its quotes"), icon=":material/format_quote:"):
            st.session_state["quotes-of"] = {"code": code.path}
            st.switch_page(session.HOME / "views" / "quotes.py")
        with st.popover(_("More"), icon=":material/more_horiz:"):
            _rare(code)
    with st.form(f"code-{code.id}"):
        texts = _texts(code)
        terms = st.text_input(
            _("Words that signal it, separated by commas"),
            value=", ".join(code.terms),
            key=f"code-{code.id}-terms",
        )
        color = st.color_picker(_("Color"), value=code.color, key=f"code-{code.id}-color")
        if st.form_submit_button(_("Save"), type="primary"):
            with session.guarded():
                project.edit_code(
                    code.path,
                    session.coder(),
                    **texts,
                    terms=tuple(term.strip() for term in terms.split(",") if term.strip()),
                    color=color,
                )
                session.flash(_("Saved"))
                st.rerun()


def _rare(code: Code) -> None:
    who, book = session.coder(), session.book()
    with session.guarded():
        if code.retired:
            if st.button(_("Offer this code again")):
                project.restore_code(code.path, who)
                st.rerun()
            return
        others = [one.path for one in book.active if one.path != code.path]
        labels = session.labels()
        into = st.selectbox(
            _("Merge into"), others, index=None, format_func=lambda path: labels.get(path, path)
        )
        if into and st.button(_("Merge")):
            _look_again(project.merge_codes(code.path, into, who))
        names = st.text_input(_("Split into these names, separated by commas"))
        if names.strip() and st.button(_("Split")):
            parts = [code_name(part) for part in names.split(",") if part.strip()]
            _look_again(project.split_code(code.path, parts, who))
        if st.button(_("Retire: keep its codings, offer it no more")):
            _look_again(project.retire_code(code.path, who))


def _look_again(change: CodebookChange) -> None:
    st.session_state["look-again"] = [
        (one.transcript, one.span.start, one.span.end, one.quote) for one in change.look_again
    ]
    st.rerun()


def _again() -> None:
    waiting = st.session_state.get("look-again")
    if not waiting:
        return
    label = _.many(
        "{count} coding to look at again", "{count} codings to look at again", len(waiting)
    )
    with st.expander(label, expanded=True, icon=":material/visibility:"):
        for place, (text, start, end, quote) in enumerate(waiting[:40]):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{text}: “{quote[:120]}”", width="stretch")
                if st.button(_("In the text"), key=f"again-{place}"):
                    session.show_passage(text, start, end)
        if st.button(_("Done looking")):
            st.session_state.pop("look-again")
            st.rerun()


def _new_code(book: Codebook) -> None:
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
    label = LocalText.of(name, SPEAKS)
    color = book.code(above).color if above else "#64748b"
    change = project.add_code(Code(path, label=label, color=color), session.coder())
    st.session_state["code-picked"] = change.codebook.code(path).id
    st.rerun()


def _codes(book: Codebook) -> None:
    counts = project.code_counts()
    _again()
    left, right = st.columns([1, 1.25], gap="large")
    with left:
        with st.container(horizontal=True, vertical_alignment="center"):
            _new_code(book)
            st.toggle(_("Show retired codes"), key="codebook-retired")
        code = _tree(book, counts)
    with right:
        if code is None:
            st.info(_("Pick a code to see and change what it means."))
        else:
            _form(code, counts.get(code.path, 0))


# --- versions, in and out ---------------------------------------------------------------------


def _change_words() -> dict[str, str]:
    return {
        "added": _("added"),
        "removed": _("removed"),
        "moved": _("moved"),
        "retired": _("retired"),
        "restored": _("restored"),
        "merged": _("merged"),
        "changed": _("changed"),
        "reordered": _("reordered"),
    }


def _versions() -> None:
    versions = project.codebook_versions()
    st.dataframe(
        [
            {
                _("Version"): one.version,
                _("When"): _.moment(one.at),
                _("Who"): one.who or "–",
                _("What"): _.sentence(one.note),
            }
            for one in reversed(versions)
        ],
        hide_index=True,
        height=min(38 + 36 * len(versions), 320),
    )
    if len(versions) < 2:
        return
    numbers = [one.version for one in versions]
    with st.container(horizontal=True):
        old = st.selectbox(_("From version"), numbers, index=len(numbers) - 2, width=160)
        new = st.selectbox(_("To version"), numbers, index=len(numbers) - 1, width=160)
    words = _change_words()
    st.dataframe(
        [
            {
                _("Code"): one.path,
                _("What"): words.get(one.kind, one.kind),
                _("Field"): one.field,
                _("Before"): one.before,
                _("After"): one.after,
            }
            for one in project.codebook_diff(old, new)
        ],
        hide_index=True,
        height="content",
    )


def _file(suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"codebook.{suffix}"
        project.export_codebook(path)
        return path.read_bytes()


def _import() -> None:
    file = st.file_uploader(
        _("Codebook file"), type=["yaml", "yml", "csv", "qdc"], max_upload_size=5
    )
    if file is not None and st.button(_("Import this codebook"), type="primary"):
        with tempfile.TemporaryDirectory() as folder, session.guarded():
            path = Path(folder) / Path(file.name).name
            path.write_bytes(file.getvalue())
            book, problems = project.import_codebook(path, session.coder())
            telling.problems(problems, _)
            count = len(book.active)
            session.flash(
                _.many("Codebook with {count} code read", "Codebook with {count} codes read", count)
            )
            if not problems:
                st.rerun()


def _in_and_out() -> None:
    st.write(_("Codes that the file does not have are retired, not lost."))
    _import()
    with st.container(horizontal=True):
        for suffix in ("yaml", "csv"):
            st.download_button(
                _("Codebook as {format}", format=suffix),
                data=partial(_file, suffix),
                file_name=f"codebook.{suffix}",
                icon=":material/download:",
                on_click="ignore",
            )


def _first() -> None:
    st.info(_("There is no codebook yet. Begin with a first theme, or import a file."))
    with st.form("first"), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(_("Name of the first theme"))
        if st.form_submit_button(_("Make it"), type="primary") and name.strip():
            with session.guarded():
                code = Code(code_name(name), label=LocalText.of(name.strip(), project.language))
                project.start_codebook(project.name, (code,), session.coder())
                st.rerun()
    _import()


st.subheader(_("Codebook"), anchor=False)
_book = session.book_or_none()
if _book is None:
    _first()
else:
    tabs = st.tabs([_("Codes"), _("Versions"), _("Import and export")])
    with tabs[0]:
        _codes(_book)
    with tabs[1]:
        _versions()
    with tabs[2]:
        _in_and_out()
