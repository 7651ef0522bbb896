"""The project: its interviews, respondents, coders and rounds, its history and backups."""

from __future__ import annotations

import admitting
import session
import streamlit as st
import telling
from parts.project import backups, coders, history, interviews, respondents, rounds

from qualcode.frontend import LANGUAGES
from qualcode.model import CONSENSUS

_ = session.words()
project = session.project()


def _header() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(project.info.name, anchor=False, width="stretch")
        chosen = st.segmented_control(
            _("Language"),
            list(LANGUAGES),
            default=session.language(),
            format_func=LANGUAGES.__getitem__,
            label_visibility="collapsed",
            key="project-language",
        )
        if chosen and chosen != session.language():
            st.session_state["language"] = chosen
            st.rerun()
        if admitting.serving():
            st.markdown(f":material/person: {telling.plain(session.coder())}", width="content")
            admitting.leave(_)
        elif st.button(_("Other project"), icon=":material/logout:"):
            session.close_project()
            st.rerun()
    st.caption(_counted())


def _counted() -> str:
    codings = project.codings.collect()
    final = sum(coding.coder == CONSENSUS for coding in codings)
    book = session.book_or_none()
    texts, cases = len(project.transcripts.collect()), len(project.cases.collect())
    codes, own = len(book.active) if book else 0, len(codings) - final
    told = {
        _.many("{count} interview", "{count} interviews", texts): texts,
        _.many("{count} respondent", "{count} respondents", cases): cases,
        _.many("{count} code", "{count} codes", codes): codes,
        _.many("{count} coding", "{count} codings", own): own,
        _("{count} in the consensus", count=_.number(final)): final,
    }
    return " · ".join(text for text, count in told.items() if count)


def _people() -> None:
    left, right = st.columns([1, 1.4], gap="large")
    with left:
        coders.show()
    with right:
        rounds.show()


_header()
_tabs = {
    _("Interviews"): interviews.show,
    _("Respondents"): respondents.show,
    _("Coders and rounds"): _people,
    _("History"): history.show,
    _("Backup and check"): backups.show,
}
for _tab, _show in zip(st.tabs(list(_tabs)), _tabs.values(), strict=True):
    with _tab:
        _show()
