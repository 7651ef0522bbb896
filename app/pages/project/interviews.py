"""The interviews of the project: amount of coding, speakers, and topic guides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualcode.model import CONSENSUS, LANGUAGE_NAMES, Role, Transcript, language_name

from ... import session
from ...page_links import open_passage
from ...widgets import uploads
from ...widgets.notices import errors_shown, notify
from ...widgets.text import escape_markdown, role_names
from . import interview_import, proposed_speakers

_MOST_NAMES = 8


def show() -> None:
    """Draw the tab."""
    texts = session.project().transcripts.collect()
    if texts:
        _show_table(texts)
        proposed_speakers.show(texts)
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
            # Each person of a survey is a respondent: hundreds of roles are nothing to choose.
            if text.kind != "answers":
                with st.popover(_("Speakers"), icon=":material/record_voice_over:"):
                    _roles_form(text)
            with st.popover(_("Language"), icon=":material/translate:"):
                _language_form(text)
        else:
            st.caption(_("Select an interview to code it or to look at its speakers."))


def _rows(texts: Sequence[Transcript]) -> list[dict[str, Any]]:
    _ = session.words()
    project = session.project()
    cases: dict[str, list[str]] = {}
    for case in project.cases.collect():
        for name in case.transcripts:
            cases.setdefault(name, []).append(case.name)
    counts = Counter((coding.transcript, coding.coder) for coding in project.codings.collect())
    confirmed = project.transcripts.with_confirmed_roles()
    people = {name: name for name in session.coders()}
    if CONSENSUS in project.rounds.coders():
        people[CONSENSUS] = _("Consensus")
    # Where all have the language of the project, a column of it tells nothing.
    several = {text.language for text in texts} != {project.info.language}
    return [
        {
            _("Interview"): text.name,
            _("Respondent"): _short_list(cases.get(text.name, ())),
            _("Turns"): len(text.turns),
            _("Words"): len(text.text.split()),
            **({_("Language"): _.translate(language_name(text.language))} if several else {}),
            **{title: counts[text.name, name] for name, title in people.items()},
            _("Speakers confirmed"): text.name in confirmed,
        }
        for text in texts
    ]


def _short_list(names: Sequence[str]) -> str:
    """Return the names of a group; of hundreds how many there are."""
    _ = session.words()
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    return _.many("{count} respondent", "{count} respondents", len(names))


def _next_interview(texts: Sequence[Transcript]) -> Transcript:
    """Return the first interview that this coder has not coded; otherwise the first interview."""
    coder = session.coder()
    codings = session.project().codings.collect()
    coded = {coding.transcript for coding in codings if coding.coder == coder}
    return next((text for text in texts if text.name not in coded), texts[0])


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


def _language_form(text: Transcript) -> None:
    _ = session.words()
    options = list(LANGUAGE_NAMES)
    with st.form(f"language-{text.name}", border=False):
        chosen = st.selectbox(
            _("Language of {name}", name=text.name),
            options,
            index=options.index(text.language) if text.language in options else None,
            format_func=lambda code: _.translate(LANGUAGE_NAMES[code]),
        )
        st.caption(
            _("Words, sentences, names and suggestions follow it. Codings stay where they are.")
        )
        if st.form_submit_button(_("Confirm"), type="primary") and chosen:
            with errors_shown():
                session.project().transcripts.set_language((text.name,), chosen)
                session.reload_transcripts()
                notify(_("Language of {name} confirmed", name=text.name))
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
                # Answers are found by the questions of a guide, so a new guide needs them cut
                # again.
                for _name, _counts in project.transcripts.segment():
                    pass
                uploads.keep_problems("guide", problems)
                notify(_("Topic guide imported"))
                st.rerun()
        uploads.show_problems("guide")
