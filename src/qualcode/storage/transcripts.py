"""Rows of transcripts: texts, original files, speakers, turns and segments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from qualcode.errors import (
    AlreadyImportedError,
    DamagedProjectError,
    DuplicateError,
    InvalidValueError,
    SameTextError,
    unknown_name,
)
from qualcode.messages import Message
from qualcode.model import (
    Original,
    Role,
    Segment,
    SegmentKind,
    Span,
    Speaker,
    Transcript,
    Turn,
)
from qualcode.storage.history import Change, next_number
from qualcode.storage.schema import (
    originals,
    segments,
    speakers,
    transcripts,
    turns,
)

IN_PROJECT = "the project"


def ids_by_name(connection: Connection) -> dict[str, int]:
    """Return the id of each transcript by its name, in the order of import."""
    query = select(transcripts.c.name, transcripts.c.id).where(~transcripts.c.removed)
    return {row.name: row.id for row in connection.execute(query.order_by(transcripts.c.id))}


def id_of(connection: Connection, name: str) -> int:
    """Return the id of one transcript.

    Raises:
        UnknownNameError: There is no transcript with that name.
    """
    ids = ids_by_name(connection)
    if name not in ids:
        raise unknown_name("transcript", name, ids, IN_PROJECT)
    return ids[name]


def add(
    change: Change, transcript: Transcript, original: Original, *, same_text: bool = False
) -> None:
    """Store a transcript with its original file.

    Args:
        change: The change that this is part of.
        transcript: The transcript.
        original: The file it came from.
        same_text: Whether another transcript may have the same text.

    Raises:
        DuplicateError: Its name, text or file is in the project already.
        SameTextError: Its text is in the project under another name.
    """
    _refuse_known(change.connection, transcript, original, same_text=same_text)
    number = next_number(change.connection, transcripts.c.id)
    change.connection.execute(
        insert(transcripts),
        {
            "id": number,
            "name": transcript.name,
            "text": transcript.text,
            "sha256": transcript.sha256,
            "original_sha256": original.sha256,
            "source_file": transcript.source_file,
            "language": transcript.language,
            "removed": False,
        },
    )
    change.connection.execute(
        insert(originals),
        {"transcript_id": number, "file_name": original.file_name, "data": original.data},
    )
    _insert_all(change.connection, speakers, _speaker_rows(number, transcript))
    _insert_all(change.connection, turns, _turn_rows(number, transcript))
    change.record("transcript.add", transcript.name, after=_described(transcript, number))


def _described(transcript: Transcript, number: int) -> dict[str, Any]:
    return {
        "id": number,
        "file": transcript.source_file,
        "sha256": transcript.sha256,
        "characters": len(transcript.text),
        "turns": len(transcript.turns),
        "speakers": {s.label: s.role.value for s in transcript.speakers},
    }


def _refuse_known(
    connection: Connection, transcript: Transcript, original: Original, *, same_text: bool
) -> None:
    columns = transcripts.c
    equal = or_(columns.original_sha256 == original.sha256, columns.sha256 == transcript.sha256)
    query = select(columns.name, columns.source_file, columns.sha256, columns.original_sha256)
    rows = connection.execute(query.where(equal, ~columns.removed).order_by(columns.id)).all()
    for row in rows:
        # A transcript may have been renamed since; its file then still has its name.
        if row.name == transcript.name or row.source_file == transcript.source_file:
            raise AlreadyImportedError(_already_there(row, original))
    query_name = select(columns.name).where(columns.name == transcript.name, ~columns.removed)
    if connection.scalar(query_name) is not None:
        raise DuplicateError(
            Message(
                "There is a transcript of that name already: '{name}'. Give '{file}' another name.",
                name=transcript.name,
                file=original.file_name,
            )
        )
    if rows and not same_text:
        raise SameTextError(_same_text(rows, transcript, original))


def _already_there(row: Any, original: Original) -> Message:
    if row.original_sha256 == original.sha256:
        return Message(
            "The same file was imported already: '{file}' equals transcript '{name}'.",
            file=original.file_name,
            name=row.name,
        )
    return Message(
        "A file with the same text was imported already: '{file}' equals transcript '{name}'.",
        file=original.file_name,
        name=row.name,
    )


def _same_text(rows: Sequence[Any], transcript: Transcript, original: Original) -> Message:
    alike = [row.name for row in rows if row.sha256 == transcript.sha256]
    if alike:
        return Message(
            "'{file}' has the same text as interview '{name}'. Keep it if it is another "
            "interview (--same-text keep), or leave it out (--same-text skip).",
            file=original.file_name,
            name=alike[0],
        )
    return Message(
        "'{file}' is the same file as that of interview '{name}'. Keep it if it is another "
        "interview (--same-text keep), or leave it out (--same-text skip).",
        file=original.file_name,
        name=rows[0].name,
    )


def _insert_all(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _speaker_rows(number: int, transcript: Transcript) -> list[dict[str, Any]]:
    return [
        {"transcript_id": number, "label": s.label, "position": place, "role": s.role.value}
        for place, s in enumerate(transcript.speakers)
    ]


def _turn_rows(number: int, transcript: Transcript) -> list[dict[str, Any]]:
    return [
        {
            "transcript_id": number,
            "number": turn.number,
            "speaker": turn.speaker,
            "start": turn.span.start,
            "end": turn.span.end,
            "time_ms": turn.time_ms,
        }
        for turn in transcript.turns
    ]


def read_all(connection: Connection) -> tuple[Transcript, ...]:
    """Return all transcripts, in the order of import."""
    return _read(connection, tuple(ids_by_name(connection).values()))


def read_one(connection: Connection, name: str) -> Transcript:
    """Return one transcript by its name."""
    return _read(connection, (id_of(connection, name),))[0]


def _read(connection: Connection, numbers: tuple[int, ...]) -> tuple[Transcript, ...]:
    speakers_by_id: dict[int, list[Speaker]] = {number: [] for number in numbers}
    turns_by_id: dict[int, list[Turn]] = {number: [] for number in numbers}
    # One interview is read at each drawing of the coding page, so it does not read the others.
    only_id = numbers[0] if len(numbers) == 1 else None
    for row in connection.execute(_rows(speakers, only_id).order_by(speakers.c.position)):
        if row.transcript_id in speakers_by_id:
            speakers_by_id[row.transcript_id].append(Speaker(row.label, Role(row.role)))
    for row in connection.execute(_rows(turns, only_id).order_by(turns.c.number)):
        if row.transcript_id in turns_by_id:
            span = Span(row.start, row.end)
            turns_by_id[row.transcript_id].append(Turn(row.number, row.speaker, span, row.time_ms))
    query = select(transcripts).order_by(transcripts.c.id)
    query = query.where(transcripts.c.id == only_id) if only_id is not None else query
    return tuple(
        _transcript(row, speakers_by_id[row.id], turns_by_id[row.id])
        for row in connection.execute(query)
        if row.id in speakers_by_id
    )


def _rows(table: Any, transcript: int | None) -> Any:
    query = select(table)
    return query if transcript is None else query.where(table.c.transcript_id == transcript)


def _transcript(row: Any, speaker_list: list[Speaker], turn_list: list[Turn]) -> Transcript:
    try:
        value = Transcript(
            name=row.name,
            text=row.text,
            speakers=tuple(speaker_list),
            turns=tuple(turn_list),
            source_file=row.source_file,
            language=row.language,
        )
    except InvalidValueError as error:
        raise _changed_text(row.name) from error
    # Positions of codings are worthless in a changed text, so it is not given out.
    if value.sha256 != row.sha256:
        raise _changed_text(row.name)
    return value


def _changed_text(name: str) -> DamagedProjectError:
    return DamagedProjectError(
        Message(
            "The text of transcript '{name}' is not the one that was imported, so its codings "
            "no longer point at the right words. Go back to the newest backup of the project.",
            name=name,
        )
    )


def read_original(connection: Connection, name: str) -> Original:
    """Return the file from which a transcript was read."""
    query = select(originals).where(originals.c.transcript_id == id_of(connection, name))
    row = connection.execute(query).one()
    return Original(file_name=row.file_name, data=bytes(row.data))


def texts(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """Return the texts of some transcripts by their ids."""
    query = select(transcripts.c.id, transcripts.c.text)
    # The usual case: somebody codes one interview, and the other texts are long.
    if len(numbers) == 1:
        query = query.where(transcripts.c.id == next(iter(numbers)))
    return {row.id: row.text for row in connection.execute(query) if row.id in numbers}


def set_roles(change: Change, name: str, roles: Mapping[str, Role]) -> None:
    """Set roles of speakers of a transcript; other labels keep their role."""
    before = current_roles(change.connection, (name,)).get(name)
    if before is None:
        raise unknown_name("transcript", name, ids_by_name(change.connection), IN_PROJECT)
    for label in roles:
        if label not in before:
            raise unknown_name("speaker", label, before, Message("transcript '{name}'", name=name))
    after = before | {label: Role(role).value for label, role in roles.items()}
    if after != before:
        change.record("roles.set", name, before, after)
        restore_roles(change, {name: after})


def current_roles(connection: Connection, names: Collection[str]) -> dict[str, Any]:
    """Return the roles of each transcript's speakers by label."""
    query = (
        select(transcripts.c.name, speakers.c.label, speakers.c.role)
        .join(speakers)
        .where(~transcripts.c.removed)
    )
    roles: dict[str, Any] = {name: {} for name in ids_by_name(connection) if name in names}
    for row in connection.execute(query):
        if row.name in roles:
            roles[row.name][row.label] = row.role
    return roles


def restore_roles(change: Change, states: Mapping[str, Any]) -> None:
    """Give the speakers of transcripts the roles of ``states``."""
    ids = ids_by_name(change.connection)
    for name, roles in states.items():
        for label, role in (roles or {}).items():
            change.connection.execute(
                update(speakers)
                .where(speakers.c.transcript_id == ids[name], speakers.c.label == label)
                .values(role=role)
            )


def replace_segments(
    change: Change, name: str, kind: SegmentKind, values: Iterable[Segment]
) -> None:
    """Replace the segments of one kind of a transcript."""
    number = id_of(change.connection, name)
    length = len(texts(change.connection, (number,))[number])
    rows = []
    for place, value in enumerate(values):
        _refuse_segment(value, name, kind, length)
        rows.append(
            {
                "transcript_id": number,
                "kind": kind.value,
                "position": place,
                "start": value.span.start,
                "end": value.span.end,
                "turns": list(value.turns),
                "question": value.question,
            }
        )
    same_kind = segments.c.transcript_id == number, segments.c.kind == kind.value
    change.connection.execute(delete(segments).where(*same_kind))
    _insert_all(change.connection, segments, rows)
    after = {"kind": kind.value, "segments": len(rows)}
    # Final: segments follow from the text and can be made again at any time.
    change.record("segments.replace", name, after=after, final=True)


def _refuse_segment(value: Segment, name: str, kind: SegmentKind, length: int) -> None:
    if value.transcript != name or value.kind is not kind:
        raise InvalidValueError(
            Message(
                "A segment of kind '{value}' of '{transcript}' cannot be stored among the "
                "segments of kind '{value_2}' of '{name}'.",
                value=value.kind.value,
                transcript=value.transcript,
                value_2=kind.value,
                name=name,
            )
        )
    if value.span.end > length:
        raise InvalidValueError(
            Message(
                "A segment of '{name}' ends at {end}, but the text has {length} characters.",
                name=name,
                end=value.span.end,
                length=length,
            )
        )


def read_segments(
    connection: Connection, name: str | None, kind: SegmentKind | None
) -> tuple[Segment, ...]:
    """Return segments by transcript (in order of import), kind and place."""
    query = (
        select(segments, transcripts.c.name)
        .join(transcripts)
        .where(~transcripts.c.removed)
        .order_by(segments.c.transcript_id, segments.c.kind, segments.c.position)
    )
    if name is not None:
        query = query.where(transcripts.c.id == id_of(connection, name))
    if kind is not None:
        query = query.where(segments.c.kind == kind.value)
    return tuple(
        Segment(
            transcript=row.name,
            kind=SegmentKind(row.kind),
            span=Span(row.start, row.end),
            turns=tuple(row.turns),
            question=row.question,
        )
        for row in connection.execute(query)
    )
