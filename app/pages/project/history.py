"""The history of the project in plain words, with undo and redo of the coder's own steps."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualcode.model import Event
from qualcode.translation import Translator

from ... import session
from ...widgets.notices import errors_shown, notify

# More would make the page slow; the command line shows as many as are asked for.
_MOST = 2000


def show() -> None:
    """Draw the tab."""
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _undo_buttons()
        people = ["", *session.coders()]
        coder = st.selectbox(
            _("Who"), people, format_func=lambda name: name or _("Everyone"), width=180
        )
    events = session.project().history.events(limit=_MOST, coder=coder or None)
    steps: dict[int, list[Event]] = {}
    for event in events:
        # Segmenting is part of an import, and says nothing new to the reader.
        if event.action != "segments.replace":
            steps.setdefault(event.step, []).append(event)
    rows = [
        {
            _("When"): _.moment(step[-1].at),
            _("Who"): step[-1].who or "–",
            _("What"): describe_step(step, _),
            _("Undone"): step[-1].undone,
        }
        for step in reversed(steps.values())
    ]
    if not rows:
        st.info(_("Nothing was done yet."))
        return
    st.dataframe(
        rows,
        hide_index=True,
        height=min(38 + 36 * len(rows), 520),
        column_config={
            _("When"): st.column_config.Column(width="small"),
            _("Who"): st.column_config.Column(width="small"),
            _("What"): st.column_config.Column(width="large"),
            _("Undone"): st.column_config.CheckboxColumn(width="small"),
        },
    )
    # Exactly the limit: there may be older ones.
    if len(events) == _MOST:
        st.caption(_("These are the latest {count} changes.", count=_.number(_MOST)))


def _undo_buttons() -> None:
    _ = session.words()
    project = session.project()
    if st.button(_("Undo my last step"), icon=":material/undo:"):
        with errors_shown():
            step = project.history.undo()
            session.reload_transcripts()
            notify(_("Undone: {what}", what=describe_step(step, _)))
            st.rerun()
    if st.button(_("Redo"), icon=":material/redo:"):
        with errors_shown():
            step = project.history.redo()
            session.reload_transcripts()
            notify(_("Done again: {what}", what=describe_step(step, _)))
            st.rerun()


def describe_step(step: Sequence[Event], _: Translator) -> str:
    """Return one step in words: each action in it once, with its count and object."""
    events = [event for event in step if event.action not in _SMALL] or list(step)
    # Undo and redo contain the events that they reversed, and then their own event.
    events = [event for event in events if event.action not in {"undo", "redo"}] or events
    counts = Counter(event.action for event in events)
    parts = []
    for action, count in counts.items():
        first = next(event for event in events if event.action == action)
        title, about = _action_names(_).get(action, action), _event_object(first)
        if count > 1:
            title = f"{title} ({_.number(count)}×)"
        parts.append(f"{title}: {about}" if about else title)
    return "; ".join(parts)


_SMALL = frozenset({"setting.set", "coder.add", "memo_target.set"})
"""Changes that only come along with others."""


def _action_names(_: Translator) -> dict[str, str]:
    return {
        "project.create": _("Project made"),
        "project.pseudonymize": _("Names replaced"),
        "project.rescue": _("Saved from a damaged file"),
        "transcript.add": _("Interview imported"),
        "transcript.remove": _("Interview removed"),
        "participant.withdraw": _("A participant withdrew"),
        "text.rename": _("Interview renamed"),
        "text.replace": _("Interview corrected"),
        "text.forget": _("Earlier texts removed"),
        "text.confirm": _("Codings confirmed"),
        "roles.set": _("Roles of speakers changed"),
        "confirmation.set": _("Speakers confirmed"),
        "language.set": _("Language set"),
        "case.put": _("Respondent saved"),
        "guide.put": _("Topic guide imported"),
        "coder.add": _("Coder added"),
        "round.put": _("Round changed"),
        "hand_in.add": _("Work handed in"),
        "hand_in.reopen": _("Round opened again"),
        "codebook.change": _("Codebook changed"),
        "coding.add": _("Coded"),
        "coding.withdraw": _("Coding removed"),
        "memo.add": _("Memo written"),
        "memo.withdraw": _("Memo removed"),
        "decision.add": _("Disagreement resolved"),
        "chosen.set": _("Quote chosen"),
        "excerpt.set": _("Quote shortened"),
        "setting.set": _("Setting changed"),
        "design.set": _("Figures, types, summaries or findings changed"),
        "undo": _("Undone"),
        "redo": _("Done again"),
    }


_TARGETS = {"case", "coder", "round", "guide", "roles", "confirmation", "language", "hand_in"}


def _event_object(event: Event) -> str:
    kind = event.action.partition(".")[0]
    if kind in _TARGETS:
        return event.target
    if kind not in {"coding", "memo", "codebook", "transcript"}:
        return ""
    state: Any = json.loads(event.after or event.before or "{}")
    if not isinstance(state, dict):
        return ""
    names = session.labels() if session.find_codebook() else {}
    code = str(state.get("code") or "")
    parts: list[Any] = [names.get(code, code)]
    parts += [state.get(key) for key in ("quote", "text", "note", "name", "transcript")]
    return " · ".join(str(part)[:60] for part in parts if part)
