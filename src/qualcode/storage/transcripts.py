"""Rows of transcripts: texts, original files, speakers, turns and segments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    delete,
    insert,
    not_,
    or_,
    select,
    type_coerce,
    update,
)

from qualcode.errors import (
    AlreadyImportedError,
    DamagedProjectError,
    DuplicateError,
    InvalidValueError,
    SameTextError,
    WithdrawnTextError,
    unknown_name,
)
from qualcode.messages import Message
from qualcode.model import (
    FrozenMap,
    Original,
    Role,
    Segment,
    SegmentKind,
    Span,
    Speaker,
    Transcript,
    Turn,
)
from qualcode.storage import row_sums
from qualcode.storage.history import Change, next_number
from qualcode.storage.json_codec import pairs
from qualcode.storage.schema import (
    originals,
    segments,
    speakers,
    transcripts,
    turns,
    withdrawn_texts,
)

IN_PROJECT = "the project"
# In the words of the index of names: SQLite takes "removed = 0" for another condition, and would
# read the texts of all interviews to find one name.
_STANDING = not_(type_coerce(transcripts.c.removed, Integer))


def ids_by_name(connection: Connection) -> dict[str, int]:
    """Return the id of each transcript by its name, in the order of import."""
    query = select(transcripts.c.name, transcripts.c.id).where(~transcripts.c.removed)
    return {row.name: row.id for row in connection.execute(query.order_by(transcripts.c.id))}


def id_of(connection: Connection, name: str) -> int:
    """Return the id of one transcript.

    Raises:
        UnknownNameError: There is no transcript with that name.
    """
    # All names are read for the error only: each interview of a thousand asks this several times.
    of_name = select(transcripts.c.id).where(transcripts.c.name == name, _STANDING)
    number = connection.scalar(of_name)
    if number is None:
        raise unknown_name("transcript", name, ids_by_name(connection), IN_PROJECT)
    return int(number)


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
    refuse_withdrawn(change.connection, original.file_name, transcript.sha256, original.sha256)
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
            "attributes": pairs(transcript.attributes),
            "removed": False,
        },
    )
    change.connection.execute(
        insert(originals),
        {"transcript_id": number, "file_name": original.file_name, "data": original.data},
    )
    insert_speech(change.connection, number, transcript)
    change.record("transcript.add", transcript.name, after=_described(transcript, number))


def insert_speech(connection: Connection, number: int, transcript: Transcript) -> None:
    """Store the speakers and turns of a transcript that has none yet."""
    _insert_all(connection, speakers, _speaker_rows(number, transcript))
    _insert_all(connection, turns, _turn_rows(number, transcript))
    row_sums.renew(connection, number)


def _described(transcript: Transcript, number: int) -> dict[str, Any]:
    return {
        "id": number,
        "file": transcript.source_file,
        "sha256": transcript.sha256,
        "characters": len(transcript.text),
        "turns": len(transcript.turns),
        "speakers": {s.label: s.role.value for s in transcript.speakers},
    }


def refuse_withdrawn(connection: Connection, file: str, *hashes: str) -> None:
    """Refuse a text whose words a participant withdrew.

    Raises:
        WithdrawnTextError: One of the hashes, of a text or of its file, is of such a text.
    """
    query = select(withdrawn_texts.c.sha256).where(withdrawn_texts.c.sha256.in_(hashes))
    if connection.scalar(query.limit(1)) is not None:
        raise WithdrawnTextError(
            Message(
                "'{file}' is withdrawn: a participant took these words back. Delete the file.",
                file=file,
            )
        )


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
    query_name = select(columns.name).where(columns.name == transcript.name, _STANDING)
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
        {
            "transcript_id": number,
            "label": speaker.label,
            "position": place,
            "role": speaker.role.value,
            "confirmed": speaker.confirmed,
        }
        for place, speaker in enumerate(transcript.speakers)
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
            speaker = Speaker(row.label, Role(row.role), row.confirmed)
            speakers_by_id[row.transcript_id].append(speaker)
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
            attributes=FrozenMap(dict(row.attributes)),
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
    """Set and confirm roles of speakers of a transcript; other labels stay as they are."""
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
    # Also where the role stays the same: to say it is to confirm what was proposed.
    _confirm(change, name, roles)


def _confirm(change: Change, name: str, labels: Iterable[str]) -> None:
    before = current_confirmations(change.connection, (name,))[name]
    after = before | dict.fromkeys(labels, True)
    if after != before:
        change.record("confirmation.set", name, before, after)
        restore_confirmations(change, {name: after})


def current_roles(connection: Connection, names: Collection[str]) -> dict[str, Any]:
    """Return the roles of each transcript's speakers by label."""
    return _current_speakers(connection, names, speakers.c.role)


def restore_roles(change: Change, states: Mapping[str, Any]) -> None:
    """Give the speakers of transcripts the roles of ``states``."""
    _restore_speakers(change, states, speakers.c.role)


def current_confirmations(connection: Connection, names: Collection[str]) -> dict[str, Any]:
    """Return, by label, whether the role of each transcript's speakers is confirmed."""
    return _current_speakers(connection, names, speakers.c.confirmed)


def restore_confirmations(change: Change, states: Mapping[str, Any]) -> None:
    """Make the roles of speakers confirmed, or proposed, as in ``states``."""
    _restore_speakers(change, states, speakers.c.confirmed)


def _current_speakers(
    connection: Connection, names: Collection[str], column: Column[Any]
) -> dict[str, Any]:
    query = (
        select(transcripts.c.name, speakers.c.label, column.label("state"))
        .join(speakers)
        .where(~transcripts.c.removed)
    )
    states: dict[str, Any] = {name: {} for name in ids_by_name(connection) if name in names}
    for row in connection.execute(query):
        if row.name in states:
            states[row.name][row.label] = row.state
    return states


def _restore_speakers(change: Change, states: Mapping[str, Any], column: Column[Any]) -> None:
    ids = ids_by_name(change.connection)
    for name, values in states.items():
        for label, value in (values or {}).items():
            change.connection.execute(
                update(speakers)
                .where(speakers.c.transcript_id == ids[name], speakers.c.label == label)
                .values({column: value})
            )


def set_language(change: Change, name: str, language: str) -> None:
    """Set the language of a transcript."""
    before = current_languages(change.connection, (name,)).get(name)
    if before is None:
        raise unknown_name("transcript", name, ids_by_name(change.connection), IN_PROJECT)
    after = {"language": language}
    if after != before:
        change.record("language.set", name, before, after)
        restore_languages(change, {name: after})


def current_languages(connection: Connection, names: Collection[str]) -> dict[str, Any]:
    """Return the language of transcripts as JSON."""
    query = select(transcripts.c.name, transcripts.c.language).where(~transcripts.c.removed)
    rows = connection.execute(query)
    return {row.name: {"language": row.language} for row in rows if row.name in names}


def restore_languages(change: Change, states: Mapping[str, Any]) -> None:
    """Give transcripts the languages of ``states``."""
    ids = ids_by_name(change.connection)
    for name, state in states.items():
        same_transcript = transcripts.c.id == ids[name]
        change.connection.execute(update(transcripts).where(same_transcript).values(**state))


def set_attributes(change: Change, name: str, attributes: Mapping[str, str]) -> None:
    """Set attributes of a transcript; others stay, and ``""`` removes one."""
    before = current_attributes(change.connection, (name,)).get(name)
    if before is None:
        raise unknown_name("transcript", name, ids_by_name(change.connection), IN_PROJECT)
    kept = {key: value for key, value in (dict(before) | {**attributes}).items() if value.strip()}
    after = pairs(FrozenMap(kept))
    if after != before:
        change.record("attributes.set", name, before, after)
        restore_attributes(change, {name: after})


def current_attributes(connection: Connection, names: Collection[str]) -> dict[str, Any]:
    """Return the attributes of transcripts as JSON."""
    query = select(transcripts.c.name, transcripts.c.attributes).where(~transcripts.c.removed)
    return {row.name: row.attributes for row in connection.execute(query) if row.name in names}


def restore_attributes(change: Change, states: Mapping[str, Any]) -> None:
    """Give transcripts the attributes of ``states``."""
    ids = ids_by_name(change.connection)
    for name, attributes in states.items():
        same_transcript = transcripts.c.id == ids[name]
        values = {"attributes": attributes or []}
        change.connection.execute(update(transcripts).where(same_transcript).values(values))


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
    row_sums.renew(change.connection, number, kind.value)
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


def read_segment_spans(connection: Connection, kind: SegmentKind) -> dict[str, tuple[Span, ...]]:
    """Return the places of all segments of a kind, by transcript (in order of import)."""
    # A thousand interviews have a million sentences: their turns would be parsed for nothing.
    query = (
        select(transcripts.c.name, segments.c.start, segments.c.end)
        .join_from(segments, transcripts)
        .where(~transcripts.c.removed, segments.c.kind == kind.value)
        .order_by(segments.c.transcript_id, segments.c.position)
    )
    of_transcripts = groupby(connection.execute(query), key=lambda row: row[0])
    return {
        name: tuple([Span(start, end) for _, start, end in rows]) for name, rows in of_transcripts
    }


def read_segments(
    connection: Connection, name: str | None, kind: SegmentKind | None
) -> tuple[Segment, ...]:
    """Return segments by transcript (in order of import), kind and place."""
    query = (
        select(
            transcripts.c.name,
            segments.c.kind,
            segments.c.start,
            segments.c.end,
            segments.c.turns,
            segments.c.question,
        )
        .join_from(segments, transcripts)
        .where(~transcripts.c.removed)
        .order_by(segments.c.transcript_id, segments.c.kind, segments.c.position)
    )
    if name is not None:
        query = query.where(transcripts.c.id == id_of(connection, name))
    if kind is not None:
        query = query.where(segments.c.kind == kind.value)
    # A study has a hundred thousand of them: columns are taken by their place, not by their name.
    return tuple(
        [
            Segment(transcript, SegmentKind(which), Span(start, end), tuple(turns), question)
            for transcript, which, start, end, turns, question in connection.execute(query)
        ]
    )
