"""Codes merged, split, renamed in paths or retired, and the codings to look at again after it."""

from __future__ import annotations

import session
import streamlit as st

from qualcode.model import Code
from qualcode.project import CodebookChange, code_name

_WAITING = "look-again"
_SHOWN = 25


def show(code: Code) -> None:
    """Draw what can be done with a code as a whole."""
    _ = session.words()
    project = session.project()
    with session.guarded():
        if code.retired:
            if st.button(_("Offer this code again")):
                project.codebook.restore(code.path)
                st.rerun()
            return
        _merge(code)
        _split(code)
        _rename(code)
        if st.button(_("Retire: keep its codings, offer it no more"), icon=":material/archive:"):
            _look_again(project.codebook.retire(code.path))


def _merge(code: Code) -> None:
    _ = session.words()
    labels = session.labels()
    below = f"{code.path}/"
    others = [
        one.path
        for one in session.book().active
        if one.path != code.path and not one.path.startswith(below)
    ]
    into = st.selectbox(
        _("Merge into"), others, index=None, format_func=lambda path: labels.get(path, path)
    )
    if into:
        st.caption(_("Its codings get the other code, and are listed to be looked at again."))
        if st.button(_("Merge"), type="primary"):
            _look_again(session.project().codebook.merge(code.path, into))


def _split(code: Code) -> None:
    _ = session.words()
    names = st.text_input(_("Split into these names, separated by commas"))
    if names.strip():
        st.caption(_("Its codings are listed, to give each of them one of the new codes."))
        if st.button(_("Split"), type="primary"):
            parts = [code_name(part) for part in names.split(",") if part.strip()]
            _look_again(session.project().codebook.split(code.path, parts))


def _rename(code: Code) -> None:
    _ = session.words()
    name = st.text_input(_("Name in files and paths"), value=code.name, key=f"path-{code.id}")
    if name.strip() and code_name(name) != code.name and st.button(_("Rename")):
        session.project().codebook.rename(code.path, code_name(name))
        st.rerun()


def _look_again(change: CodebookChange) -> None:
    st.session_state[_WAITING] = [
        (one.transcript, one.span.start, one.span.end, one.quote) for one in change.look_again
    ]
    st.rerun()


def again() -> None:
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
                    session.show_passage(text, start, end)
        if len(waiting) > _SHOWN:
            more = len(waiting) - _SHOWN
            st.caption(_.many("and {count} more", "and {count} more", more))
        if st.button(_("Done looking")):
            st.session_state.pop(_WAITING)
            st.rerun()
