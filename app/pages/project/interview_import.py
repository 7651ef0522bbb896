"""Import of interviews: files are dropped, read, their speakers confirmed, and imported."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import LANGUAGE_NAMES, Role
from qualcode.project import (
    Project,
    known_suffixes,
    people_in_name,
    read_transcript,
    with_language,
)

from ... import background_jobs, session
from ...widgets.notices import notify
from ...widgets.problems import show_problems
from ...widgets.text import escape_markdown, role_names
from .role_table import edit_roles

_READ, _READ_AGAIN, _ADD = "read-interviews", "read-interviews-again", "add-interviews"
_SHOWN_LINES = 5
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


@dataclass(frozen=True, slots=True)
class ReadChoices:
    """What somebody chose about the files.

    Attributes:
        service_lines: Whether texts keep what a transcription program wrote into them.
        apart: Labels one letter off another one that are speakers of their own.
    """

    service_lines: bool = True
    apart: tuple[str, ...] = ()


def show(*, first: bool) -> None:
    """Draw the drop zone and the content of the dropped files."""
    _ = session.words()
    st.markdown("## " + _("Import interviews"))
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
    readings = _read_files(_READ, files, ReadChoices())
    if readings is None:
        return
    _ = session.words()
    choices = _ask_choices(readings, times)
    # Most files leave no choice, so they are read once.
    if choices != ReadChoices():
        readings = _read_files(_READ_AGAIN, files, choices)
        if readings is None:
            return
    for reading in readings:
        if reading.read is None:
            st.error(_.translate(reading.refused), icon=":material/error:")
    good = [reading for reading in readings if reading.read is not None]
    show_problems((problem for reading in good for problem in reading.read.problems), _)
    if not good:
        st.info(_("None of these files can be imported. Choose others."))
        return
    _warn_of_names(good)
    roles = _roles_table(good, times)
    languages = _languages_table(good, times)
    label = _.many("Import {count} interview", "Import {count} interviews", len(good))
    if st.button(label, type="primary"):
        _start_import(good, roles, languages, times)


def _warn_of_names(good: Sequence[Reading]) -> None:
    """Warn of interviews that would be called after a person: their names are printed."""
    _ = session.words()
    texts = [reading.read.transcript for reading in good]
    people = {text.name: people_in_name(text.name, text.language) for text in texts}
    called = [name for name, words in people.items() if words]
    if called:
        st.warning(
            _.many(
                "{count} interview is called after a person, and its name stands in tables and "
                "reports: {names}. Rename the file first, or rename the interview later on the "
                "page Interviews and participants.",
                "{count} interviews are called after a person, and their names stand in tables "
                "and reports: {names}. Rename the files first, or rename the interviews later on "
                "the page Interviews and participants.",
                len(called),
                names=", ".join(map(escape_markdown, called)),
            ),
            icon=":material/person_alert:",
        )


# --- reading ----------------------------------------------------------------------------------


def _ask_choices(readings: Sequence[Reading], times: int) -> ReadChoices:
    """Ask about lines of transcription programs, and about labels one letter off another one."""
    _ = session.words()
    read = [reading.read for reading in readings if reading.read is not None]
    lines = [line for result in read for line in result.service_lines]
    keeps = True
    if lines:
        keeps = not st.checkbox(
            _("Leave out of the text what a transcription program wrote"),
            value=True,
            help="\n\n".join(map(escape_markdown, lines[:_SHOWN_LINES])),
            key=f"import-lines-{times}",
        )
        st.caption(" · ".join(map(escape_markdown, lines[:_SHOWN_LINES])))
    corrections = dict.fromkeys(
        (correction.written, correction.label)
        for result in read
        for correction in result.corrections
    )
    apart = tuple(
        written
        for written, label in corrections
        if st.checkbox(
            _(
                "“{written}” is another speaker than “{label}”",
                written=escape_markdown(written),
                label=escape_markdown(label),
            ),
            key=f"import-apart-{times}-{written}",
        )
    )
    return ReadChoices(keeps, apart)


def _read_files(job: str, files: Sequence[Any], choices: ReadChoices) -> list[Reading] | None:
    """Return the readings of the files; None while they are being read."""
    _ = session.words()
    about = (tuple(file.file_id for file in files), choices)
    # Read here, because the job's thread must not call Streamlit.
    uploads = [(file.name, file.getvalue()) for file in files]
    language = session.project().info.language

    def read(tell: background_jobs.Tell) -> list[Reading]:
        readings = []
        for place, (name, data) in enumerate(uploads):
            tell(place / len(uploads), name)
            readings.append(_read_file(name, data, language, choices))
        return readings

    readings: list[Reading] | None = background_jobs.result_or_progress(
        job, about, _("Reading"), read
    )
    return readings


def _read_file(name: str, data: bytes, language: str, choices: ReadChoices) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        # Readers choose by suffix and some need a real file, such as a zip archive.
        path = Path(folder) / Path(name).name
        path.write_bytes(data)
        try:
            keeps = choices.service_lines
            read = read_transcript(path, service_lines=keeps)
            apart = {c.written for c in read.corrections} & set(choices.apart)
            if apart:
                # A label that is named is a speaker of its own; who it is, is asked below.
                roles = dict.fromkeys(apart, Role.RESPONDENT)
                read = read_transcript(path, roles=roles, service_lines=keeps)
            return Reading(name, with_language(read, language))
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
    # Another file in the place of one has other speakers, though perhaps as many.
    speakers = tuple((row["file"], row["speaker"], row["role"]) for row in rows)
    key = f"import-roles-{times}-{hash(speakers)}"
    chosen: list[dict[str, Role]] = [{} for _reading in good]
    for row, role in edit_roles(rows, names, title=_("File"), key=key):
        chosen[row["place"]][row["speaker"]] = role
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


# --- languages --------------------------------------------------------------------------------


def _languages_table(good: Sequence[Reading], times: int) -> list[str]:
    """Return the language of each file, as recognised or corrected."""
    _ = session.words()
    names = {code: _.translate(name) for code, name in LANGUAGE_NAMES.items()}
    recognised = tuple((reading.name, reading.read.transcript.language) for reading in good)
    languages = [language for _name, language in recognised]
    counts = Counter(names.get(language, language) for language in languages)
    listed = ", ".join(f"{name}: {count}" for name, count in counts.items())
    # Closed where all is as the project says; a file in another language is to be looked at.
    with st.expander(
        _("Language: {languages}", languages=listed),
        icon=":material/translate:",
        expanded={*languages} != {session.project().info.language},
    ):
        edited = st.data_editor(
            [
                {
                    "file": reading.name,
                    "language": names.get(language, names["en"]),
                    "example": " ".join(reading.read.transcript.text[:120].split()),
                }
                for reading, language in zip(good, languages, strict=True)
            ],
            hide_index=True,
            disabled=["file", "example"],
            column_config={
                "file": _("File"),
                "language": st.column_config.SelectboxColumn(
                    _("Language"), options=list(names.values()), required=True
                ),
                "example": st.column_config.TextColumn(_("Begins with"), width="large"),
            },
            key=f"import-languages-{times}-{hash(recognised)}",
            height="content" if len(good) <= 15 else 560,
        )
    codes = {name: code for code, name in names.items()}
    return [codes[row["language"]] for row in edited]


# --- importing --------------------------------------------------------------------------------


def _start_import(
    good: Sequence[Reading],
    roles: Sequence[dict[str, Role]],
    languages: Sequence[str],
    times: int,
) -> None:
    _ = session.words()
    project = session.project()
    cutting = _("cutting into sentences and answers")

    def add(tell: background_jobs.Tell) -> tuple[int, tuple[str, ...]]:
        refused: list[str] = []
        stopped: background_jobs.Stopped | None = None
        # One import is one step to undo, and no page sees an interview without its roles.
        with project.history.step():
            for place, (reading, chosen, language) in enumerate(
                zip(good, roles, languages, strict=True)
            ):
                try:
                    tell(place / (len(good) + 1), reading.name)
                except background_jobs.Stopped as error:
                    # What was done before that stays.
                    stopped = error
                    break
                refused += _add_interview(project, reading, chosen, language)
        if stopped is not None:
            raise stopped
        for _name, _counts in project.transcripts.segment():
            tell(len(good) / (len(good) + 1), cutting)
        return len(good) - len(refused), tuple(refused)

    background_jobs.start(_ADD, times, _("Importing"), add)
    st.rerun()


def _add_interview(
    project: Project, reading: Reading, roles: dict[str, Role], language: str
) -> list[str]:
    """Add one interview; return why not, as one bad file must not lose the others."""
    name = reading.read.transcript.name
    try:
        project.transcripts.add(with_language(reading.read, language, language))
        project.transcripts.set_roles(name, roles)
        project.transcripts.set_language((name,), language)
    except QualcodeError as error:
        return [str(error)]
    return []


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
