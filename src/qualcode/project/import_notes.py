"""What importing an interview left out or read with doubt, told again after the import.

Nothing of it is stored, because such a note may quote somebody: the file that the project keeps
is read again. So a note follows a new name of its interview, and goes with the interview.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.errors import Problem, QualcodeError
from qualcode.importing.transcripts import ReadResult, known_suffixes, read_transcript_bytes
from qualcode.model import Original, Transcript

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ImportNotes:
    """What to know about how the file of an interview was read.

    Attributes:
        transcript: Name of the interview.
        file: Name of its file.
        problems: What was left out, changed, or read with doubt.
    """

    transcript: str
    file: str
    problems: tuple[Problem, ...]


def read_import_notes(project: Project) -> tuple[ImportNotes, ...]:
    """Read the files of all interviews again, and return what there is to know about each.

    An interview whose file is not kept, or whose text was made in another way (a survey, a
    project of another program, words replaced by pseudonyms), has no notes. It takes as long as
    the import, so a page does it when somebody asks.
    """
    with project.snapshot() as snapshot:
        return snapshot.keep("import notes", lambda: tuple(_read_all(snapshot)))


def _read_all(snapshot: Snapshot) -> Iterator[ImportNotes]:
    for transcript in snapshot.transcripts:
        # Answers of a survey are rows of a table, and their reader told about it.
        if transcript.kind == "answers" or not _is_readable(transcript.source_file):
            continue
        read = _read_again(transcript, snapshot.original(transcript.name))
        if read is not None and read.problems:
            # Each once: several parts of a reader may meet the same trouble.
            problems = tuple(dict.fromkeys(read.problems))
            yield ImportNotes(transcript.name, transcript.source_file, problems)


def _is_readable(file: str) -> bool:
    return file.casefold().endswith(known_suffixes())


def _read_again(transcript: Transcript, original: Original) -> ReadResult | None:
    """Return how a file is read, if that gives the text that the project has; otherwise None."""
    confirmed = {
        speaker.label: speaker.role for speaker in transcript.speakers if speaker.confirmed
    }
    # The answer at the import, whether lines of a transcription service stay, is not kept.
    for service_lines in (True, False):
        try:
            read = read_transcript_bytes(
                original.data,
                original.file_name,
                language=transcript.language,
                roles=confirmed,
                partly=True,
                service_lines=service_lines,
            )
        except QualcodeError:
            return None
        if read.transcript.sha256 == transcript.sha256:
            return read
    return None
