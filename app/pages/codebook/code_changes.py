"""Codes merged, split, renamed in paths or retired, and the codings to look at again after it."""

from __future__ import annotations

import streamlit as st

from qualcode.model import Code
from qualcode.project import CodebookChange, code_name

from ... import session
from ...page_links import open_passage
from ...widgets.notices import errors_shown

_WAITING = "look-again"
_SHOWN = 25


def show(code: Code) -> None:
    """Draw what can be done with a code as a whole."""
    _ = session.words()
    project, who = session.project(), session.coder()
    with errors_shown():
        if code.retired:
            if st.button(_("Offer this code again")):
                project.restore_code(code.path, who)
                st.rerun()
            return
        _merge(code)
        _split(code)
        _rename(code)
        if st.button(_("Retire: keep its codings, offer it no more"), icon=":material/archive:"):
            _look_again(project.retire_code(code.path, who))


def _merge(code: Code) -> None:
    _ = session.words()
    labels = session.labels()
    below = f"{code.path}/"
    others = [
        one.path
        for one in session.codebook().active
        if one.path != code.path and not one.path.startswith(below)
    ]
    into = st.selectbox(
        _("Merge into"), others, index=None, format_func=lambda path: labels.get(path, path)
    )
    if into:
        st.caption(_("Its codings get the other code, and are listed to be looked at again."))
        if st.button(_("Merge"), type="primary"):
            _look_again(session.project().merge_codes(code.path, into, session.coder()))


def _split(code: Code) -> None:
    _ = session.words()
    names = st.text_input(_("Split into these names, separated by commas"))
    if names.strip():
        st.caption(_("Its codings are listed, to give each of them one of the new codes."))
        if st.button(_("Split"), type="primary"):
            parts = [code_name(part) for part in names.split(",") if part.strip()]
            _look_again(session.project().split_code(code.path, parts, session.coder()))


def _rename(code: Code) -> None:
    _ = session.words()
    name = st.text_input(_("Name in files and paths"), value=code.name, key=f"path-{code.id}")
    if name.strip() and code_name(name) != code.name and st.button(_("Rename")):
        session.project().rename_code(code.path, code_name(name), session.coder())
        st.rerun()


def _look_again(change: CodebookChange) -> None:
    st.session_state[_WAITING] = [
        (one.transcript, one.span.start, one.span.end, one.quote) for one in change.look_again
    ]
    st.rerun()


def codings_to_recheck() -> None:
    """Draw the codings to look at again after the last change."""
    waiting = st.session_state.get(_WAITING)
    if not waiting:
        return
    _ = session.words()
    label = _.many(
        "{count} coding to look at again", "{count} codings to look at again", len(waiting)
    )
    with st.expander(label, expanded=True, icon=":material/visibility:"):
        for place, (text, start, end, quote) in enumerate(waiting[:_SHOWN]):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{text}: “{quote[:160]}”", width="stretch")
                if st.button(_("Seen"), key=f"seen-{place}"):
                    waiting.pop(place)
                    st.rerun()
                if st.button(_("In the text"), key=f"again-{place}"):
                    waiting.pop(place)
                    open_passage(text, start, end)
        if len(waiting) > _SHOWN:
            more = len(waiting) - _SHOWN
            st.caption(_.many("and {count} more", "and {count} more", more))
        if st.button(_("Done looking")):
            st.session_state.pop(_WAITING)
            st.rerun()
