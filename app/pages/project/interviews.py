"""The interviews of the project: amount of coding, speakers, and topic guides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualcode.model import CONSENSUS, Role, Transcript

from ... import session
from ...page_links import open_passage
from ...widgets import uploads
from ...widgets.notices import errors_shown, notify
from ...widgets.text import escape_markdown, role_names
from . import interview_import


def show() -> None:
    """Draw the tab."""
    texts = session.project().transcripts.collect()
    if texts:
        _show_table(texts)
    interview_import.show(first=not texts)
    _show_guides()


def _show_table(texts: Sequence[Transcript]) -> None:
    _ = session.words()
    chosen = st.dataframe(
        _rows(texts),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="interviews",
        height="content" if len(texts) <= 15 else 560,
    )
    selected = chosen.selection.rows
    text = texts[selected[0]] if selected else _next_interview(texts)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Code {name}", name=text.name), type="primary", icon=":material/edit:"):
            open_passage(text.name, 0, 1)
        if selected:
            with st.popover(_("Speakers"), icon=":material/record_voice_over:"):
                _roles_form(text)
        else:
            st.caption(_("Select an interview to code it or to look at its speakers."))


def _rows(texts: Sequence[Transcript]) -> list[dict[str, Any]]:
    _ = session.words()
    project = session.project()
    cases = {name: case for case in project.cases.collect() for name in case.transcripts}
    counts = Counter((coding.transcript, coding.coder) for coding in project.codings.collect())
    confirmed = project.transcripts.with_confirmed_roles()
    people = {name: name for name in session.coders()}
    if CONSENSUS in project.rounds.coders():
        people[CONSENSUS] = _("Consensus")
    return [
        {
            _("Interview"): text.name,
            _("Respondent"): cases[text.name].name if text.name in cases else "",
            _("Turns"): len(text.turns),
            _("Words"): len(text.text.split()),
            **{title: counts[text.name, name] for name, title in people.items()},
            _("Speakers confirmed"): text.name in confirmed,
        }
        for text in texts
    ]


def _next_interview(texts: Sequence[Transcript]) -> Transcript:
    """Return the first interview that this coder has not coded; otherwise the first interview."""
    coded = {
        coding.transcript for coding in session.project().codings.collect() if _is_own(coding.coder)
    }
    return next((text for text in texts if text.name not in coded), texts[0])


def _is_own(coder: str) -> bool:
    return coder == session.coder()


def _roles_form(text: Transcript) -> None:
    _ = session.words()
    names = {role.value: name for role, name in role_names(_).items()}
    options = list(names)
    with st.form(f"roles-{text.name}", border=False):
        chosen = {
            speaker.label: Role(
                st.selectbox(
                    speaker.label,
                    options,
                    index=options.index(speaker.role),
                    format_func=names.__getitem__,
                )
            )
            for speaker in text.speakers
        }
        if st.form_submit_button(_("Confirm"), type="primary"):
            with errors_shown():
                session.project().transcripts.set_roles(text.name, chosen)
                session.reload_transcripts()
                notify(_("Speakers of {name} confirmed", name=text.name))
                st.rerun()


def _show_guides() -> None:
    _ = session.words()
    project = session.project()
    guides = project.transcripts.collect_guides()
    label = _.many("{count} topic guide", "{count} topic guides", len(guides))
    with st.expander(label, icon=":material/list_alt:"):
        st.caption(
            _(
                "A topic guide holds the questions for one group of respondents. Its question is "
                "shown beside each answer on the coding page."
            )
        )
        for guide in guides:
            count = _.many("{count} question", "{count} questions", len(guide.questions))
            st.markdown(
                f"- {escape_markdown(guide.name)} · {escape_markdown(guide.group)} · {count}"
            )
        file = uploads.new_file(_("Guide file"), ["yaml", "yml"], "guide")
        if file is not None:
            with errors_shown(), uploads.on_disk(file) as path:
                _guide, problems = project.transcripts.read_guide(path)
                for _name, _counts in project.transcripts.segment():
                    pass
                uploads.keep_problems("guide", problems)
                notify(_("Topic guide imported"))
                st.rerun()
        uploads.show_problems("guide")
