"""The speakers whose roles nobody confirmed yet, in one table: correct and confirm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualcode.model import Role, Transcript

from ... import session
from ...widgets.notices import errors_shown, notify
from ...widgets.text import role_names
from .role_table import edit_roles


def show(texts: Sequence[Transcript]) -> None:
    """Draw the table, where an interview has speakers with a role that is only proposed."""
    proposed = [text for text in texts if any(not s.confirmed for s in text.speakers)]
    if not proposed:
        return
    _ = session.words()
    label = _.many(
        "The speakers of {count} interview are proposed",
        "The speakers of {count} interviews are proposed",
        len(proposed),
    )
    with st.expander(label, icon=":material/record_voice_over:", expanded=True):
        st.write(
            _(
                "Who is interviewer and who is respondent? Until you confirm it, no coding is left "
                "out of themes, quotes or agreement because of a role."
            )
        )
        roles = _edit(proposed)
        if st.button(_("Confirm these speakers"), type="primary"):
            _confirm(roles)


def _edit(proposed: Sequence[Transcript]) -> dict[str, dict[str, Role]]:
    """Return the role of each speaker, by interview and label."""
    _ = session.words()
    names = role_names(_)
    rows = [row for text in proposed for row in _rows(text, names)]
    # Another list needs another key, or the table would keep the answers of the one before.
    key = f"proposed-{len(rows)}-{rows[0]['file']}"
    roles: dict[str, dict[str, Role]] = {}
    for row, role in edit_roles(rows, names, title=_("Interview"), key=key):
        roles.setdefault(row["file"], {})[row["speaker"]] = role
    return roles


def _rows(text: Transcript, names: dict[Role, str]) -> list[dict[str, Any]]:
    rows = []
    for speaker in text.speakers:
        speeches = [turn.span.of(text.text) for turn in text.turns if turn.speaker == speaker.label]
        rows.append(
            {
                "file": text.name,
                "speaker": speaker.label,
                "role": names[speaker.role],
                "turns": len(speeches),
                # The first words of a speaker show best who is the interviewer.
                "example": " ".join(next(iter(speeches), "")[:90].split()),
            }
        )
    return rows


def _confirm(roles: dict[str, dict[str, Role]]) -> None:
    _ = session.words()
    project = session.project()
    with errors_shown():
        with project.history.step():
            for name, chosen in roles.items():
                project.transcripts.set_roles(name, chosen)
        session.reload_transcripts()
        count = len(roles)
        notify(
            _.many(
                "Speakers of {count} interview confirmed",
                "Speakers of {count} interviews confirmed",
                count,
            )
        )
        st.rerun()
