"""Reads a file into a Transcript: the suffix chooses the reader; then come turns and roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from qualcode.errors import (
    Problem,
    QualcodeError,
    UnreadableFileError,
    UnsupportedFormatError,
)
from qualcode.importing.captions import read_srt, read_vtt
from qualcode.importing.docx import read_docx
from qualcode.importing.file_type import refuse_wrong_file_type
from qualcode.importing.files import read_bytes
from qualcode.importing.html import read_html
from qualcode.importing.label_candidates import label_key
from qualcode.importing.label_typos import LabelCorrection
from qualcode.importing.odt import read_odt
from qualcode.importing.pdf import read_pdf
from qualcode.importing.plain_text import read_plain_text
from qualcode.importing.rtf import read_rtf
from qualcode.importing.service_lines import (
    find_service_lines,
    remove_service_lines,
    service_lines_problem,
    silence_service_lines,
)
from qualcode.importing.source import LONGEST_TEXT, DocumentSource, UtteranceSource
from qualcode.importing.speaker_roles import SpeakerProposal, propose_speakers
from qualcode.importing.transcript_table import read_transcript_table
from qualcode.importing.transcription_json import read_transcription_json
from qualcode.importing.turn_assembly import assemble_interview_text
from qualcode.importing.turns import InterviewText
from qualcode.importing.ways_out import WAYS_OUT
from qualcode.messages import Message
from qualcode.model import Original, Role, Transcript

Reader = Callable[[bytes, str], DocumentSource | UtteranceSource]

SUFFIXES: Mapping[str, Reader] = {
    ".csv": read_transcript_table,
    ".docx": read_docx,
    ".htm": read_html,
    ".html": read_html,
    ".json": read_transcription_json,
    ".md": read_plain_text,
    ".odt": read_odt,
    ".pdf": read_pdf,
    ".rtf": read_rtf,
    ".srt": read_srt,
    ".tsv": read_transcript_table,
    ".txt": read_plain_text,
    ".vtt": read_vtt,
    ".xlsx": read_transcript_table,
}

_RECORDINGS = frozenset(".mp3 .wav .m4a .mp4 .ogg .flac .wma .aac .webm .mov".split())


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A transcript as read, with points for a person to check.

    Attributes:
        transcript: The frozen text, its speakers and turns.
        original: The file it came from.
        proposals: The speakers with their roles, for a person to confirm.
        problems: What was odd in the file.
        corrections: Labels that are read as another one, for a person to confirm.
        service_lines: What a transcription program wrote into the file, line by line.
    """

    transcript: Transcript
    original: Original
    proposals: tuple[SpeakerProposal, ...]
    problems: tuple[Problem, ...]
    corrections: tuple[LabelCorrection, ...] = ()
    service_lines: tuple[str, ...] = ()


def known_suffixes() -> tuple[str, ...]:
    """Return the file name suffixes that can be read, in alphabetical order."""
    return tuple(sorted(SUFFIXES))


def read_transcript(
    path: Path,
    *,
    name: str | None = None,
    language: str = "nl",
    roles: Mapping[str, Role] | None = None,
    partly: bool = False,
    service_lines: bool = True,
) -> ReadResult:
    """Read an interview.

    Args:
        path: The file; its suffix chooses the reader.
        name: Name of the transcript; the file's stem by default.
        language: Language code of the text.
        roles: Roles by speaker label; they override the proposals.
        partly: Whether ``roles`` may name labels that do not occur; a problem reports them.
        service_lines: Whether the text keeps what a transcription program wrote into it, such as
            the path of a recording; nobody says it in either case.

    Raises:
        UnreadableFileError: The file is not there or cannot be read as what it is.
        UnsupportedFormatError: Its suffix has no reader.
        InvalidTableError: A table without a column for the text, or one of something else.
        UnknownNameError: ``roles`` names a label that does not occur.
    """
    # An unknown suffix is refused before the file, perhaps a long recording, is read.
    _reader_of(path.name)
    data = read_bytes(path)
    return read_transcript_bytes(
        data,
        path.name,
        name=name,
        language=language,
        roles=roles,
        partly=partly,
        service_lines=service_lines,
    )


def read_transcript_bytes(
    data: bytes,
    file_name: str,
    *,
    name: str | None = None,
    language: str = "nl",
    roles: Mapping[str, Role] | None = None,
    partly: bool = False,
    service_lines: bool = True,
) -> ReadResult:
    """Read an interview from the bytes of a file; see :func:`read_transcript`."""
    file_name = PurePath(file_name).name
    reader = _reader_of(file_name)
    if not data.strip():
        raise UnreadableFileError(
            Message("'{file_name}' is empty. Check that it was saved.", file_name=file_name)
        )
    # Readers trust the suffix, and a renamed file would give them an odd error or no text.
    refuse_wrong_file_type(data, PurePath(file_name).suffix[1:].casefold(), file_name)
    source = reader(data, file_name)
    if _length(source) > LONGEST_TEXT:
        raise UnreadableFileError(
            Message(
                "'{file_name}' has more than {longest_text} characters, far more than an "
                "interview. Save each interview in a file of its own.",
                file_name=file_name,
                longest_text=f"{LONGEST_TEXT:,}",
            )
        )
    found_lines = find_service_lines(source)
    if not service_lines:
        source = remove_service_lines(source)
    elif isinstance(source, DocumentSource):
        source = silence_service_lines(source)
    interview_text = assemble_interview_text(source, file_name, roles or {})
    if not interview_text.turns:
        raise UnreadableFileError(
            Message(
                "'{file_name}' holds no speech. Check that the text was saved in it.",
                file_name=file_name,
            )
        )
    about_lines = service_lines_problem(found_lines, file_name, removed=not service_lines)
    interview_text = replace(interview_text, problems=interview_text.problems + about_lines)
    # One list of roles serves several files, and not everyone speaks in each of them.
    if roles and partly:
        roles, missing = _occurring(roles, interview_text, file_name)
        interview_text = replace(interview_text, problems=(*interview_text.problems, *missing))
    result = _result(interview_text, Original(file_name, data), name, language, roles)
    return replace(result, service_lines=found_lines)


def read_service_lines(path: Path) -> tuple[str, ...]:
    """Return what a transcription program wrote into a file, line by line.

    A file that cannot be read gives nothing here; :func:`read_transcript` says why.
    """
    try:
        source = _reader_of(path.name)(read_bytes(path), path.name)
    except QualcodeError:
        return ()
    return find_service_lines(source)


def _length(source: DocumentSource | UtteranceSource) -> int:
    if isinstance(source, DocumentSource):
        return len(source.text)
    return sum(len(utterance.text) for utterance in source.utterances)


def _occurring(
    roles: Mapping[str, Role], interview_text: InterviewText, file_name: str
) -> tuple[dict[str, Role], tuple[Problem, ...]]:
    """Return the roles whose labels occur, and a problem that names the other labels."""
    occurring_keys = {label_key(turn.speaker) for turn in interview_text.turns}
    fitting = {label: role for label, role in roles.items() if label_key(label) in occurring_keys}
    missing = [label for label in roles if label not in fitting]
    if not missing:
        return fitting, ()
    names = ", ".join(dict.fromkeys(turn.speaker for turn in interview_text.turns))
    message = Message(
        "No speaker {missing} here. Labels found: {names}.",
        missing=" or ".join(missing),
        names=names,
    )
    return fitting, (Problem(file_name, message, "What you said of the others was taken."),)


def _result(
    interview_text: InterviewText,
    original: Original,
    name: str | None,
    language: str,
    roles: Mapping[str, Role] | None,
) -> ReadResult:
    speech = interview_text.speech_by_label()
    proposals, doubts = propose_speakers(speech, interview_text.labels, roles, original.file_name)
    transcript = Transcript(
        # None and not empty: a name that was given empty is refused, and not replaced in silence.
        name=PurePath(original.file_name).stem if name is None else name,
        text=interview_text.text,
        speakers=tuple(proposal.speaker for proposal in proposals),
        turns=interview_text.turns,
        source_file=original.file_name,
        language=language,
    )
    return ReadResult(
        transcript,
        original,
        proposals,
        interview_text.problems + doubts,
        interview_text.corrections,
    )


def as_json(result: ReadResult) -> dict[str, object]:
    """Return a result as plain values, for ``qualcode read --json``.

    Positions are code points in ``text``, half-open; times are milliseconds or None.
    """
    transcript = result.transcript
    return {
        "text": transcript.text,
        "sha256": transcript.sha256,
        "speakers": {proposal.label: proposal.turns for proposal in result.proposals},
        "roles": {speaker.label: speaker.role.value for speaker in transcript.speakers},
        "turns": [
            {
                "speaker": turn.speaker,
                "start": turn.span.start,
                "end": turn.span.end,
                "time": turn.time_ms,
            }
            for turn in transcript.turns
        ],
        "problems": [
            {"where": problem.where, "message": problem.message, "hint": problem.hint}
            for problem in result.problems
        ],
    }


def _reader_of(file_name: str) -> Reader:
    suffix = PurePath(file_name).suffix.casefold()
    reader = SUFFIXES.get(suffix)
    if reader is not None:
        return reader
    if suffix in _RECORDINGS:
        advice = Message("It is a recording: transcribe it first and import the text.")
    elif suffix in {".doc", ".pages", ".wpd", ".dotx", ".docm"}:
        advice = Message("Open it in a word processor and save it as .docx.")
    elif suffix in WAYS_OUT:
        advice = WAYS_OUT[suffix]
    else:
        advice = Message("Save it as one of: {suffixes}.", suffixes=", ".join(known_suffixes()))
    raise UnsupportedFormatError(
        Message(
            "Files that end in {suffix} cannot be read: '{file_name}'. {advice}",
            suffix=suffix,
            file_name=file_name,
            advice=advice,
        )
        if suffix
        else Message(
            "Files that have no suffix cannot be read: '{file_name}'. {advice}",
            file_name=file_name,
            advice=advice,
        )
    )
