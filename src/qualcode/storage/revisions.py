"""Gives a transcript another name or a corrected text; the earlier text is kept as a version."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from qualcode.edit_script import EditScript
from qualcode.errors import DuplicateError, InvalidValueError, SameTextError
from qualcode.messages import Message
from qualcode.model import Original, Span, Transcript
from qualcode.storage import erasure, row_sums
from qualcode.storage.codings import id_chunks, require_active
from qualcode.storage.history import Change, chain_all
from qualcode.storage.schema import (
    case_transcripts,
    codings,
    events,
    memos,
    originals,
    rounds,
    segments,
    settings,
    text_versions,
    to_json,
    transcripts,
    unconfirmed,
)
from qualcode.storage.text_moves import (
    CodingMoves,
    TextMove,
    delete_codings,
    delete_decisions,
    finish_steps,
    move_codings,
    move_decisions,
    move_suggestions,
    store_text,
)
from qualcode.storage.transcripts import id_of, ids_by_name, read_one, refuse_withdrawn

_CONFIRMED = ("speakers_confirmed", "languages_confirmed")


@dataclass(frozen=True, slots=True)
class TextVersion:
    """An earlier text of a transcript.

    Attributes:
        transcript: Name of the transcript.
        number: Its number, from 1, the oldest first.
        file_name: Name of its file.
        sha256: Hash of its text.
        replaced_at: When a corrected text took its place, in UTC.
        who: Who did that; ``""`` if nobody was named.
        text: The text.
    """

    transcript: str
    number: int
    file_name: str
    sha256: str
    replaced_at: datetime
    who: str
    text: str = field(repr=False)


@dataclass(slots=True)
class RevisionReport:
    """What became of the codings when a corrected text came.

    Attributes:
        changed: Ids of the codings that cover other words now, and are to be confirmed.
        gone: Ids of the codings that were deleted: their passage is not in the new text.
        merged: Ids of codings that were withdrawn: another one now covers the same words.
        speakers: Labels that a case was known by, and that the new text does not have.
    """

    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)


def rename(change: Change, name: str, new: str) -> None:
    """Give a transcript another name, also in the history, so that undo still finds it.

    Raises:
        DuplicateError: The name is in use.
        InvalidValueError: The name is empty.
    """
    connection = change.connection
    number = id_of(connection, name)
    if not new.strip():
        raise InvalidValueError("A transcript needs a name.")
    if new in ids_by_name(connection):
        raise DuplicateError(
            Message("There is a transcript of that name already: '{name}'.", name=new)
        )
    connection.execute(update(transcripts).where(transcripts.c.id == number).values(name=new))
    for row in connection.execute(select(memos.c.id, memos.c.target_kind, memos.c.target)).all():
        target = _renamed_target(row.target_kind, row.target, name, new)
        if target != row.target:
            connection.execute(update(memos).where(memos.c.id == row.id).values(target=target))
    for row in connection.execute(select(rounds)).all():
        value = row.round | {"transcripts": _replaced(row.round["transcripts"], name, new)}
        connection.execute(update(rounds).where(rounds.c.name == row.name).values(round=value))
    for row in connection.execute(select(settings).where(settings.c.key.in_(_CONFIRMED))).all():
        value = sorted(_replaced(row.value, name, new))
        connection.execute(update(settings).where(settings.c.key == row.key).values(value=value))
    _rename_in_history(connection, name, new)
    # The names stand in earlier events, which the chain holds too.
    chain_all(connection)
    # Final: the history now has the new name only, so that no state of before is left to return to.
    change.record("text.rename", new, before=name, after=new, final=True)


def _replaced(names: list[str], name: str, new: str) -> list[str]:
    return [new if old_name == name else old_name for old_name in names]


def _renamed_target(kind: str, target: str, name: str, new: str) -> str:
    if kind == "transcript" and target == name:
        return new
    if kind == "turn" and target.rpartition("#")[0] == name:
        return f"{new}#{target.rpartition('#')[2]}"
    return target


_NAMED_BY_TARGET = frozenset(
    {"transcript", "roles", "attributes", "segments", "text", "language", "confirmation"}
)


def _rename_in_history(connection: Connection, name: str, new: str) -> None:
    for row in connection.execute(select(events)).all():
        kind = row.action.partition(".")[0]
        target = new if kind in _NAMED_BY_TARGET and row.target == name else row.target
        before, after = (_renamed_state(kind, text, name, new) for text in (row.before, row.after))
        if (target, before, after) != (row.target, row.before, row.after):
            values = {"target": target, "before": before, "after": after}
            connection.execute(update(events).where(events.c.number == row.number).values(values))


def _renamed_state(kind: str, text: str, name: str, new: str) -> str:
    # Few events hold the name; the others need not be read as JSON.
    if kind not in {"case", "round", "coding", "memo"} or name not in text:
        return text
    state = json.loads(text)
    if not isinstance(state, dict):
        return text
    if kind == "coding" and state.get("transcript") == name:
        state["transcript"] = new
    if kind == "memo":
        state["target"] = _renamed_target(state["kind"], state["target"], name, new)
    if kind in {"case", "round"} and "transcripts" in state:
        state["transcripts"] = _replaced(state["transcripts"], name, new)
    for part in state.get("participations", ()):
        part["transcript"] = new if part["transcript"] == name else part["transcript"]
    return to_json(state, "history")


def replace_text(
    change: Change, name: str, transcript: Transcript, original: Original
) -> RevisionReport:
    """Put a corrected text in the place of that of a transcript; everything moves along.

    Args:
        change: The step.
        name: Name of the transcript.
        transcript: What was read from the corrected file; its name does not count.
        original: The corrected file.

    Raises:
        SameTextError: This or another transcript has that text.
        WithdrawnTextError: A participant took that text back.
    """
    connection = change.connection
    number = id_of(connection, name)
    before = read_one(connection, name)
    refuse_withdrawn(connection, original.file_name, transcript.sha256, original.sha256)
    _refuse_known_text(connection, number, transcript, original)
    after = _with_roles(before, transcript)
    script = EditScript(before.text, after.text)
    # Before the new text is stored: the version is made of the old file, which is replaced then.
    _keep_version(change, number, before)
    move = TextMove(number, after, script.shift)
    store_text(connection, move, original)
    moves = move_codings(change, move)
    _keep_unconfirmed(connection, moves)
    _move_memos(connection, before, after, script, moves.gone)
    delete_codings(connection, moves.gone)
    delete_decisions(connection, move_decisions(connection, move))
    move_suggestions(connection, move)
    # They follow from the text and its turns, so they are made again.
    connection.execute(delete(segments).where(segments.c.transcript_id == number))
    row_sums.renew(connection, number)
    speakers = _drop_lost_speakers(connection, number, after)
    counts = {"changed": len(moves.changed), "gone": len(moves.gone)}
    change.record("text.replace", name, after=counts, final=True)
    return RevisionReport(list(moves.changed), moves.gone, moves.merged, speakers)


def _refuse_known_text(
    connection: Connection, number: int, transcript: Transcript, original: Original
) -> None:
    equal = transcripts.c.sha256 == transcript.sha256
    query = select(transcripts.c.name, transcripts.c.id).where(equal, ~transcripts.c.removed)
    # This interview first: that nothing is to be replaced says more than that another has the text.
    for row in connection.execute(query.order_by(transcripts.c.id != number)).all():
        raise SameTextError(
            Message(
                "'{file}' has the text that '{name}' has already. Nothing is to be replaced.",
                file=original.file_name,
                name=row.name,
            )
            if row.id == number
            else Message(
                "'{file}' has the text of another interview: '{name}'.",
                file=original.file_name,
                name=row.name,
            )
        )


def _with_roles(before: Transcript, transcript: Transcript) -> Transcript:
    """Return the new text under the old name, with the roles that people confirmed."""
    speakers = {speaker.label: speaker for speaker in before.speakers}
    return replace(
        transcript,
        name=before.name,
        language=before.language,
        attributes=before.attributes,
        speakers=tuple(speakers.get(speaker.label, speaker) for speaker in transcript.speakers),
    )


def _keep_version(change: Change, number: int, before: Transcript) -> None:
    connection = change.connection
    same_transcript = text_versions.c.transcript_id == number
    latest = select(func.coalesce(func.max(text_versions.c.number), 0)).where(same_transcript)
    file = connection.execute(select(originals).where(originals.c.transcript_id == number)).one()
    connection.execute(
        insert(text_versions),
        {
            "transcript_id": number,
            "number": int(connection.scalar(latest) or 0) + 1,
            "text": before.text,
            "sha256": before.sha256,
            "file_name": file.file_name,
            "data": file.data,
            "replaced_at": change.at,
            "who": change.who,
        },
    )


def _keep_unconfirmed(connection: Connection, moves: CodingMoves) -> None:
    """Keep the words that codings covered, until somebody confirms the new ones."""
    waiting = set(connection.scalars(select(unconfirmed.c.coding_id)))
    rows = [
        {"coding_id": key, "quote": quote}
        for key, quote in moves.changed.items()
        # After two corrections, the words that the coder chose are the first ones.
        if key not in waiting
    ]
    if rows:
        connection.execute(insert(unconfirmed), rows)


def _move_memos(
    connection: Connection,
    before: Transcript,
    after: Transcript,
    script: EditScript,
    gone: Collection[str],
) -> None:
    """Move memos on turns; those on what is gone become memos on the transcript."""
    for row in connection.execute(select(memos)).all():
        name, _, number = row.target.rpartition("#")
        if row.target_kind == "coding" and row.target in gone:
            values = {"target_kind": "transcript", "target": before.name}
        elif row.target_kind == "turn" and name == before.name:
            values = _moved_turn(int(number), before, after, script)
        else:
            continue
        connection.execute(update(memos).where(memos.c.id == row.id).values(values))


def _moved_turn(
    number: int, before: Transcript, after: Transcript, script: EditScript
) -> dict[str, str]:
    old = next((turn.span for turn in before.turns if turn.number == number), None)
    span = script.shift(old) if old is not None else None
    shared = {turn.number: _shared(turn.span, span) for turn in after.turns}
    # Of turns that share as much the first one, so that the same file always gives the same result.
    best = max(shared, key=lambda key: (shared[key], -key), default=0)
    if not best or not shared[best]:
        return {"target_kind": "transcript", "target": before.name}
    return {"target_kind": "turn", "target": f"{before.name}#{best}"}


def _shared(first: Span, second: Span | None) -> int:
    part = first.intersection(second) if second is not None else None
    return len(part) if part is not None else 0


def _drop_lost_speakers(connection: Connection, number: int, after: Transcript) -> list[str]:
    """Take labels that the new text lacks from the cases; return them, to be said again."""
    labels = {speaker.label for speaker in after.speakers}
    lost_labels = []
    same_transcript = case_transcripts.c.transcript_id == number
    for row in connection.execute(select(case_transcripts).where(same_transcript)).all():
        remaining = [label for label in row.speakers if label in labels]
        if len(remaining) < len(row.speakers):
            lost_labels += [label for label in row.speakers if label not in labels]
            same_link = same_transcript, case_transcripts.c.case == row.case
            values = {"speakers": remaining}
            connection.execute(update(case_transcripts).where(*same_link).values(values))
    return lost_labels


def read_versions(connection: Connection, name: str) -> tuple[TextVersion, ...]:
    """Return the earlier texts of a transcript, the oldest first."""
    same_transcript = text_versions.c.transcript_id == id_of(connection, name)
    query = select(text_versions).where(same_transcript).order_by(text_versions.c.number)
    return tuple(
        TextVersion(name, row.number, row.file_name, row.sha256, row.replaced_at, row.who, row.text)
        for row in connection.execute(query)
    )


def remove_versions(change: Change, name: str) -> int:
    """Remove the earlier texts of a transcript for good, and their words in the history.

    Returns:
        The number of texts that were removed.
    """
    connection = change.connection
    number = id_of(connection, name)
    same_transcript = text_versions.c.transcript_id == number
    count = connection.execute(delete(text_versions).where(same_transcript)).rowcount
    # No event, and no file to be written anew, where there was nothing to remove.
    if not count:
        return 0
    erasure.ask(connection)
    rows = connection.execute(select(codings).where(codings.c.transcript_id == number)).all()
    by_id = {row.id: row for row in rows}
    for chunk in id_chunks(by_id):
        connection.execute(delete(unconfirmed).where(unconfirmed.c.coding_id.in_(chunk)))
    _forget_quotes(connection, name, by_id)
    change.record("text.forget", name, after={"count": count}, final=True)
    return count


def _forget_quotes(connection: Connection, name: str, by_id: Mapping[str, Any]) -> None:
    """Let the events of codings quote the text as it is now."""
    of_codings = events.c.action.startswith("coding.")
    for row in connection.execute(select(events).where(of_codings)).all():
        state = json.loads(row.after or row.before or "{}")
        if state.get("transcript") != name:
            continue
        coding = by_id.get(row.target)
        # The coding was deleted with its passage, so there is no text of now that it could quote.
        if coding is None:
            values = {"before": "", "after": ""}
            finish_steps(connection, events.c.number == row.number)
        else:
            new = {key: getattr(coding, key) for key in ("start", "end", "quote")}
            values = {
                column: to_json(json.loads(text) | new, "history") if text else ""
                for column, text in (("before", row.before), ("after", row.after))
            }
        connection.execute(update(events).where(events.c.number == row.number).values(values))


def read_unconfirmed(connection: Connection) -> dict[str, str]:
    """Return the words that codings covered before their text was corrected, by active coding."""
    query = select(unconfirmed).join(codings).where(codings.c.withdrawn_at.is_(None))
    return {row.coding_id: row.quote for row in connection.execute(query)}


def confirm(change: Change, ids: Collection[str]) -> None:
    """Confirm that codings hold for the words that they cover now.

    Raises:
        UnknownNameError: One of them is not active.
    """
    require_active(change.connection, ids)
    waiting = set(read_unconfirmed(change.connection)) & set(ids)
    for chunk in id_chunks(waiting):
        change.connection.execute(delete(unconfirmed).where(unconfirmed.c.coding_id.in_(chunk)))
    if waiting:
        # Final: the words of before are deleted with it, and nobody could compare them again.
        change.record("text.confirm", "", after={"count": len(waiting)}, final=True)
