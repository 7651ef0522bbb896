"""Import of interviews: files are dropped, read, their speakers confirmed, and imported."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import Role
from qualcode.project import known_suffixes, read_transcript

from ... import background_jobs, session
from ...widgets.notices import notify
from ...widgets.problems import show_problems
from ...widgets.text import role_names

_READ, _ADD = "read-interviews", "add-interviews"
_TIMES = "imports"
_REFUSED = "imports-refused"


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of one dropped file.

    Attributes:
        name: Name of the file.
        read: The transcript that was read; None if the file was refused.
        refused: The reason for refusal; ``""`` if the file was read.
    """

    name: str
    read: Any
    refused: str = ""


def show(*, first: bool) -> None:
    """Draw the drop zone and the content of the dropped files."""
    _ = session.words()
    st.markdown("#### " + _("Import interviews"))
    if first:
        st.write(_("Drop the files of your interviews here. They are read on this machine."))
    for line in st.session_state.pop(_REFUSED, ()):
        st.error(_.translate(line), icon=":material/error:")
    # Part of the key of the field: a new number empties it after an import.
    times = int(st.session_state.get(_TIMES, 0))
    added = background_jobs.result(_ADD, times)
    if added is not None:
        _finish_import(added)
    files = st.file_uploader(
        _("Files: Word, text, OpenDocument, PDF, subtitles, tables"),
        type=[suffix.lstrip(".") for suffix in known_suffixes()],
        accept_multiple_files=True,
        max_upload_size=50,
        key=f"import-{times}",
    )
    if files and not background_jobs.busy(_ADD):
        _confirm_import(files, times)


def _confirm_import(files: Sequence[Any], times: int) -> None:
    readings = _read_files(files)
    if readings is None:
        return
    _ = session.words()
    for reading in readings:
        if reading.read is None:
            st.error(_.translate(reading.refused), icon=":material/error:")
        else:
            show_problems(reading.read.problems, _)
    good = [reading for reading in readings if reading.read is not None]
    if not good:
        st.info(_("None of these files can be imported. Choose others."))
        return
    roles = _roles_table(good, times)
    label = _.many("Import {count} interview", "Import {count} interviews", len(good))
    if st.button(label, type="primary"):
        _start_import(good, roles, times)


# --- reading ----------------------------------------------------------------------------------


def _read_files(files: Sequence[Any]) -> list[Reading] | None:
    """Return the readings of the files; None while they are being read."""
    _ = session.words()
    about = tuple(file.file_id for file in files)
    # Read here, because the job's thread must not call Streamlit.
    uploads = [(file.name, file.getvalue()) for file in files]
    language = session.project().info.language

    def read(tell: background_jobs.Tell) -> list[Reading]:
        readings = []
        for place, (name, data) in enumerate(uploads):
            tell(place / len(uploads), name)
            readings.append(_read_file(name, data, language))
        return readings

    readings: list[Reading] | None = background_jobs.result_or_progress(
        _READ, about, _("Reading"), read
    )
    return readings


def _read_file(name: str, data: bytes, language: str) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        # Readers choose by suffix and some need a real file, such as a zip archive.
        path = Path(folder) / Path(name).name
        path.write_bytes(data)
        try:
            return Reading(name, read_transcript(path, language=language))
        except QualcodeError as error:
            return Reading(name, None, str(error))


# --- who is who -------------------------------------------------------------------------------


def _roles_table(good: Sequence[Reading], times: int) -> list[dict[str, Role]]:
    """Return the role of each speaker of each file, as proposed or corrected."""
    _ = session.words()
    names = role_names(_)
    rows = [
        {"place": place, "file": reading.name, **row}
        for place, reading in enumerate(good)
        for row in _speaker_rows(reading, names)
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
        # Other files have other speakers: the edits of the table before would not fit them.
        key=f"import-roles-{times}-{len(rows)}",
        height="content" if len(rows) <= 15 else 560,
    )
    by_name = {name: role for role, name in names.items()}
    chosen: list[dict[str, Role]] = [{} for _reading in good]
    for row in edited:
        chosen[row["place"]][row["speaker"]] = by_name[row["role"]]
    return chosen


def _speaker_rows(reading: Reading, names: dict[Role, str]) -> list[dict[str, Any]]:
    text = reading.read.transcript
    first_turns: dict[str, list[str]] = {}
    for turn in text.turns:
        first_turns.setdefault(turn.speaker, []).append(turn.span.of(text.text))
    return [
        {
            "speaker": speaker.label,
            "role": names[speaker.role],
            "turns": len(first_turns.get(speaker.label, ())),
            # The first words of a speaker show best who is the interviewer.
            "example": " ".join(next(iter(first_turns.get(speaker.label, ())), "")[:90].split()),
        }
        for speaker in text.speakers
    ]


# --- importing --------------------------------------------------------------------------------


def _start_import(good: Sequence[Reading], roles: Sequence[dict[str, Role]], times: int) -> None:
    _ = session.words()
    project = session.project()
    cutting = _("cutting into sentences and answers")

    def add(tell: background_jobs.Tell) -> tuple[int, tuple[str, ...]]:
        refused = []
        for place, (reading, chosen) in enumerate(zip(good, roles, strict=True)):
            tell(place / (len(good) + 1), reading.name)
            try:
                project.transcripts.add(reading.read)
                project.transcripts.set_roles(reading.read.transcript.name, chosen)
            # One bad file must not lose the others.
            except QualcodeError as error:
                refused.append(str(error))
        for _name, _counts in project.transcripts.segment():
            tell(len(good) / (len(good) + 1), cutting)
        return len(good) - len(refused), tuple(refused)

    background_jobs.start(_ADD, times, _("Importing"), add)
    st.rerun()


def _finish_import(added: tuple[int, tuple[str, ...]]) -> None:
    _ = session.words()
    count, refused = added
    background_jobs.forget(_ADD)
    st.session_state[_TIMES] = int(st.session_state.get(_TIMES, 0)) + 1
    st.session_state[_REFUSED] = refused
    session.reload_transcripts()
    if count:
        notify(_.many("{count} interview imported", "{count} interviews imported", count))
    st.rerun()
