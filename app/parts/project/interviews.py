"""The interviews of the project: how much is coded, who speaks in each, and the topic guides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import session
import streamlit as st
import telling
from parts import uploads
from parts.project import importing

from qualcode.model import CONSENSUS, Role, Transcript


def show() -> None:
    """Draw the tab."""
    texts = session.project().transcripts.collect()
    if texts:
        _table(texts)
    importing.show(first=not texts)
    _guides()


def _table(texts: Sequence[Transcript]) -> None:
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
    text = texts[selected[0]] if selected else _next(texts)
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Code {name}", name=text.name), type="primary", icon=":material/edit:"):
            session.show_passage(text.name, 0, 1)
        if selected:
            with st.popover(_("Speakers"), icon=":material/record_voice_over:"):
                _speakers(text)
        else:
            st.caption(_("Select an interview to code it or to look at its speakers."))


def _rows(texts: Sequence[Transcript]) -> list[dict[str, Any]]:
    _ = session.words()
    project = session.project()
    cases = {name: case for case in project.cases.collect() for name in case.transcripts}
    counts = Counter((one.transcript, one.coder) for one in project.codings.collect())
    confirmed = project.transcripts.with_confirmed_roles()
    people = {name: name for name in session.people()}
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


def _next(texts: Sequence[Transcript]) -> Transcript:
    """Return the first interview that this coder has not coded; the first one of all else."""
    own = {one.transcript for one in session.project().codings.collect() if _is_own(one.coder)}
    return next((text for text in texts if text.name not in own), texts[0])


def _is_own(coder: str) -> bool:
    return coder == session.coder()


def _speakers(text: Transcript) -> None:
    _ = session.words()
    names = {role.value: name for role, name in telling.roles(_).items()}
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
            with session.guarded():
                session.project().transcripts.set_roles(text.name, chosen)
                session.texts_changed()
                session.flash(_("Speakers of {name} confirmed", name=text.name))
                st.rerun()


def _guides() -> None:
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
            st.markdown(f"- {telling.plain(guide.name)} · {telling.plain(guide.group)} · {count}")
        file = uploads.new_file(_("Guide file"), ["yaml", "yml"], "guide")
        if file is not None:
            with session.guarded(), uploads.on_disk(file) as path:
                _guide, problems = project.transcripts.read_guide(path)
                for _name, _counts in project.transcripts.segment():
                    pass
                uploads.keep_problems("guide", problems)
                session.flash(_("Topic guide imported"))
                st.rerun()
        uploads.show_problems("guide")
