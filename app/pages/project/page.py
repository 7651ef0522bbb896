"""The page Project: interviews, respondents, coders and rounds, history and backups."""

from __future__ import annotations

import streamlit as st

from qualcode.model import CONSENSUS
from qualcode.translation import LANGUAGES

from ... import auth, session
from ...widgets.hand_in_banner import show_hand_in_banner
from ...widgets.text import escape_markdown
from . import after_import, backups, coders, history, interviews, people, respondents, rounds, steps


def _show_header() -> None:
    _ = session.words()
    project = session.project()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(project.info.name, anchor=False, width="stretch")
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
        if auth.serving():
            st.markdown(f":material/person: {escape_markdown(session.coder())}", width="content")
            auth.sign_out_button(_)
        # A served app has one project only.
        elif st.button(_("Other project"), icon=":material/logout:"):
            session.close_project()
            st.rerun()
    st.caption(_counts_text())
    steps.show_steps()
    show_hand_in_banner()


def _counts_text() -> str:
    _ = session.words()
    project = session.project()
    codings = project.codings.collect()
    # Told apart, because they repeat what the coders did.
    final = sum(coding.coder == CONSENSUS for coding in codings)
    book = session.find_codebook()
    texts, cases = len(project.transcripts.collect()), len(project.cases.collect())
    codes, coder_codings = len(book.active) if book else 0, len(codings) - final
    counts = {
        _.many("{count} interview", "{count} interviews", texts): texts,
        _.many("{count} respondent", "{count} respondents", cases): cases,
        _.many("{count} code", "{count} codes", codes): codes,
        _.many("{count} coding", "{count} codings", coder_codings): coder_codings,
        _("{count} in the consensus", count=_.number(final)): final,
    }
    return " · ".join(text for text, count in counts.items() if count)


def _show_coders_and_rounds() -> None:
    left_column, right_column = st.columns([1, 1.4], gap="large")
    with left_column:
        coders.show()
        people.show()
    with right_column:
        rounds.show()


def show() -> None:
    """Draw the page."""
    _ = session.words()
    _show_header()
    tabs = {
        _("Interviews"): interviews.show,
        _("Respondents"): respondents.show,
        _("Other programs"): after_import.show,
        _("Coders and rounds"): _show_coders_and_rounds,
        _("History"): history.show,
        _("Backup and check"): backups.show,
    }
    for tab, show_part in zip(st.tabs(list(tabs)), tabs.values(), strict=True):
        with tab:
            show_part()
