"""Interviews dropped on the page: read, their speakers confirmed in place, and imported."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import session
import streamlit as st
import telling
import working

from qualcode.errors import QualcodeError
from qualcode.model import Role
from qualcode.project import known_suffixes, read_transcript

_READ, _ADD = "read-interviews", "add-interviews"
_TIMES = "imports"
_REFUSED = "imports-refused"


@dataclass(frozen=True, slots=True)
class Reading:
    """One file that was dropped: what was read, or why it was not.

    Attributes:
        name: Name of the file.
        read: What was read; None where it was refused.
        refused: Why; ``""`` where it was read.
    """

    name: str
    read: Any
    refused: str = ""


def show(*, first: bool) -> None:
    """Draw the place to drop files, and what is in them."""
    _ = session.words()
    st.markdown("#### " + _("Import interviews"))
    if first:
        st.write(_("Drop the files of your interviews here. They are read on this machine."))
    for line in st.session_state.pop(_REFUSED, ()):
        st.error(_.sentence(line), icon=":material/error:")
    times = int(st.session_state.get(_TIMES, 0))
    added = working.result(_ADD, times)
    if added is not None:
        _finish(added)
    files = st.file_uploader(
        _("Files: Word, text, OpenDocument, PDF, subtitles, tables"),
        type=[suffix.lstrip(".") for suffix in known_suffixes()],
        accept_multiple_files=True,
        max_upload_size=50,
        key=f"import-{times}",
    )
    if files and not working.busy(_ADD):
        _confirm(files, times)


def _confirm(files: Sequence[Any], times: int) -> None:
    readings = _readings(files)
    if readings is None:
        return
    _ = session.words()
    for one in readings:
        if one.read is None:
            st.error(_.sentence(one.refused), icon=":material/error:")
        else:
            telling.problems(one.read.problems, _)
    good = [one for one in readings if one.read is not None]
    if not good:
        st.info(_("None of these files can be imported. Choose others."))
        return
    roles = _ask_roles(good, times)
    label = _.many("Import {count} interview", "Import {count} interviews", len(good))
    if st.button(label, type="primary"):
        _start(good, roles, times)


# --- reading ----------------------------------------------------------------------------------


def _readings(files: Sequence[Any]) -> list[Reading] | None:
    """Return what is in the files; None while they are read."""
    _ = session.words()
    about = tuple(file.file_id for file in files)
    given = [(file.name, file.getvalue()) for file in files]
    language = session.project().info.language

    def read(tell: working.Tell) -> list[Reading]:
        found = []
        for place, (name, data) in enumerate(given):
            tell(place / len(given), name)
            found.append(_read(name, data, language))
        return found

    found: list[Reading] | None = working.ready(_READ, about, _("Reading"), read)
    return found


def _read(name: str, data: bytes, language: str) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(data)
        try:
            return Reading(name, read_transcript(path, language=language))
        except QualcodeError as error:
            return Reading(name, None, str(error))


# --- who is who -------------------------------------------------------------------------------


def _ask_roles(good: Sequence[Reading], times: int) -> list[dict[str, Role]]:
    """Return the role of each speaker of each file, as proposed or corrected."""
    _ = session.words()
    names = telling.roles(_)
    rows = [
        {"place": place, "file": one.name, **row}
        for place, one in enumerate(good)
        for row in _speakers(one, names)
    ]
    st.write(_("Who is who? Correct the roles where they are wrong."))
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=["file", "speaker", "turns", "example"],
        column_order=["file", "speaker", "role", "turns", "example"],
        column_config={
            "file": _("File"),
            "speaker": _("Speaker"),
            "role": st.column_config.SelectboxColumn(
                _("Role"), options=list(names.values()), required=True
            ),
            "turns": _("Turns"),
            "example": st.column_config.TextColumn(_("Says first"), width="large"),
        },
        key=f"import-roles-{times}-{len(rows)}",
        height="content" if len(rows) <= 15 else 560,
    )
    by_name = {name: role for role, name in names.items()}
    chosen: list[dict[str, Role]] = [{} for _one in good]
    for row in edited:
        chosen[row["place"]][row["speaker"]] = by_name[row["role"]]
    return chosen


def _speakers(one: Reading, names: dict[Role, str]) -> list[dict[str, Any]]:
    text = one.read.transcript
    said: dict[str, list[str]] = {}
    for turn in text.turns:
        said.setdefault(turn.speaker, []).append(turn.span.of(text.text))
    return [
        {
            "speaker": speaker.label,
            "role": names[speaker.role],
            "turns": len(said.get(speaker.label, ())),
            "example": " ".join(next(iter(said.get(speaker.label, ())), "")[:90].split()),
        }
        for speaker in text.speakers
    ]


# --- importing --------------------------------------------------------------------------------


def _start(good: Sequence[Reading], roles: Sequence[dict[str, Role]], times: int) -> None:
    _ = session.words()
    project = session.project()
    cutting = _("cutting into sentences and answers")

    def add(tell: working.Tell) -> tuple[int, tuple[str, ...]]:
        refused = []
        for place, (one, chosen) in enumerate(zip(good, roles, strict=True)):
            tell(place / (len(good) + 1), one.name)
            try:
                project.transcripts.add(one.read)
                project.transcripts.set_roles(one.read.transcript.name, chosen)
            except QualcodeError as error:
                refused.append(str(error))
        for _name, _counts in project.transcripts.segment():
            tell(len(good) / (len(good) + 1), cutting)
        return len(good) - len(refused), tuple(refused)

    working.start(_ADD, times, _("Importing"), add)
    st.rerun()


def _finish(added: tuple[int, tuple[str, ...]]) -> None:
    _ = session.words()
    count, refused = added
    working.forget(_ADD)
    st.session_state[_TIMES] = int(st.session_state.get(_TIMES, 0)) + 1
    st.session_state[_REFUSED] = refused
    session.texts_changed()
    if count:
        session.flash(_.many("{count} interview imported", "{count} interviews imported", count))
    st.rerun()
