"""Changes to a code as a whole: merge, split, rename, retire; and the codings to recheck."""

from __future__ import annotations

import streamlit as st

from qualcode.model import Code
from qualcode.project import CodebookChange, code_name

from ... import session
from ...page_links import open_passage
from ...widgets.notices import errors_shown

_TO_RECHECK = "look-again"
_LIST_LIMIT = 25


def show(code: Code) -> None:
    """Draw the changes that a code allows."""
    _ = session.words()
    project, coder = session.project(), session.coder()
    with errors_shown():
        if code.retired:
            if st.button(_("Offer this code again")):
                project.restore_code(code.path, coder)
                st.rerun()
            return
        _merge_form(code)
        _split_form(code)
        _rename_form(code)
        if st.button(_("Retire: keep its codings, offer it no more"), icon=":material/archive:"):
            _ask_to_recheck(project.retire_code(code.path, coder))


def _merge_form(code: Code) -> None:
    _ = session.words()
    labels = session.labels()
    # A code cannot be merged into one of its own sub-codes.
    below = f"{code.path}/"
    paths = [
        other_code.path
        for other_code in session.codebook().active
        if other_code.path != code.path and not other_code.path.startswith(below)
    ]
    into = st.selectbox(
        _("Merge into"), paths, index=None, format_func=lambda path: labels.get(path, path)
    )
    if into:
        st.caption(_("Its codings get the other code, and are listed to be looked at again."))
        if st.button(_("Merge"), type="primary"):
            _ask_to_recheck(session.project().merge_codes(code.path, into, session.coder()))


def _split_form(code: Code) -> None:
    _ = session.words()
    names = st.text_input(_("Split into these names, separated by commas"))
    if names.strip():
        st.caption(_("Its codings are listed, to give each of them one of the new codes."))
        if st.button(_("Split"), type="primary"):
            parts = [code_name(part) for part in names.split(",") if part.strip()]
            _ask_to_recheck(session.project().split_code(code.path, parts, session.coder()))


def _rename_form(code: Code) -> None:
    _ = session.words()
    name = st.text_input(_("Name in files and paths"), value=code.name, key=f"path-{code.id}")
    if name.strip() and code_name(name) != code.name and st.button(_("Rename")):
        session.project().rename_code(code.path, code_name(name), session.coder())
        st.rerun()


def _ask_to_recheck(change: CodebookChange) -> None:
    st.session_state[_TO_RECHECK] = [
        (coding.transcript, coding.span.start, coding.span.end, coding.quote)
        for coding in change.look_again
    ]
    st.rerun()


def codings_to_recheck() -> None:
    """Draw the codings that need another look after the last change."""
    waiting = st.session_state.get(_TO_RECHECK)
    if not waiting:
        return
    _ = session.words()
    label = _.many(
        "{count} coding to look at again", "{count} codings to look at again", len(waiting)
    )
    with st.expander(label, expanded=True, icon=":material/visibility:"):
        # A long list of buttons makes the page slow; the rest follows as these are done.
        for place, (text, start, end, quote) in enumerate(waiting[:_LIST_LIMIT]):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{text}: “{quote[:160]}”", width="stretch")
                if st.button(_("Seen"), key=f"seen-{place}"):
                    waiting.pop(place)
                    st.rerun()
                if st.button(_("In the text"), key=f"again-{place}"):
                    waiting.pop(place)
                    open_passage(text, start, end)
        if len(waiting) > _LIST_LIMIT:
            surplus = len(waiting) - _LIST_LIMIT
            st.caption(_.many("and {count} more", "and {count} more", surplus))
        if st.button(_("Done looking")):
            st.session_state.pop(_TO_RECHECK)
            st.rerun()
