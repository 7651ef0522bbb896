"""A new memo on the study, a code, an interview or a respondent."""

from __future__ import annotations

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import MemoTarget

from ... import session
from ...widgets.notices import notify
from .quote_insertion import quote_select
from .targets import kind_names

TEXT = "new-memo-text"


def show_form() -> None:
    """Let the coder write a memo."""
    _ = session.words()
    if not session.coder():
        st.caption(_("Say who is coding, at the top of the page, to write a memo."))
        return
    with st.expander(_("New memo"), icon=":material/add:"):
        kinds = kind_names()
        with st.container(horizontal=True):
            kind = st.selectbox(
                _("About"),
                list(_targets()),
                format_func=kinds.__getitem__,
                width=220,
                key="new-memo-kind",
            )
            targets = _targets()[kind]
            target = ""
            if targets:
                target = str(
                    st.selectbox(
                        _("Which one"),
                        list(targets),
                        format_func=targets.__getitem__,
                        key=f"new-memo-target-{kind.value}",
                    )
                )
        st.text_area(_("Note"), key=TEXT, height=120)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            quote_select(TEXT)
            st.button(
                _("Save memo"),
                type="primary",
                key="new-memo-save",
                on_click=_add,
                args=(kind, target),
            )


def _targets() -> dict[MemoTarget, dict[str, str]]:
    """Return the things that a memo can be about here, by kind, with their names."""
    project = session.project()
    targets: dict[MemoTarget, dict[str, str]] = {MemoTarget.PROJECT: {}}
    # An interview is read, and noted on, before there is a codebook.
    if session.find_codebook() is not None:
        targets[MemoTarget.CODE] = session.labels()
    for kind, things in (
        (MemoTarget.TRANSCRIPT, project.transcripts.collect()),
        (MemoTarget.CASE, project.cases.collect()),
        (MemoTarget.ROUND, project.rounds.collect()),
    ):
        names = [thing.name for thing in things]
        if names:
            targets[kind] = dict(zip(names, names, strict=True))
    return targets


def _add(kind: MemoTarget, target: str) -> None:
    _ = session.words()
    try:
        session.project().codings.add_memo(kind, target, str(st.session_state[TEXT]))
    except QualcodeError as error:
        notify(_.translate(str(error)))
    else:
        st.session_state[TEXT] = ""
