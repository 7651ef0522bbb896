"""Replaces names in the transcripts and in everything that refers to their words.

Turns, segments, codings with their quotes, decisions and memos move by the edit map of their
transcript. No row keeps the old words: not the history, not the rows that undo removed, and
not the imported files, unless they are to be kept. It cannot be undone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, delete, select, update

from qualcode.errors import ConflictError, UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import Original, Span, text_hash
from qualcode.storage import erasure, row_sums, transcript_removal
from qualcode.storage.history import DONE, DROPPED, FINAL, UNDONE, Change
from qualcode.storage.pseudonymization.study import rename_cases, rewrite_history, rewrite_study
from qualcode.storage.schema import (
    codings,
    decisions,
    excerpts,
    exposures,
    memos,
    originals,
    rejections,
    segments,
    speakers,
    steps,
    text_versions,
    transcripts,
    turns,
    unconfirmed,
)

if TYPE_CHECKING:
    from qualcode.pseudonyms import EditMap, Replacer

_PLACED = (
    (turns, ("number",)),
    (segments, ("kind", "position")),
    (exposures, ("id",)),
    (rejections, ("id",)),
)
"""Tables of spans that only move, with the columns that identify a row of a transcript."""


@dataclass(slots=True)
class PseudonymizationReport:
    """The changes of a pseudonymization.

    Attributes:
        transcripts: New names of the transcripts whose text changed.
        replaced: Number of places replaced in them.
        codings: Number of codings that cover a replaced name.
        merged: Ids of codings that were withdrawn because another of the same coder, code and
            round now covers the same words.
        names: New names of transcripts by their old ones.
    """

    transcripts: list[str] = field(default_factory=list)
    replaced: int = 0
    codings: int = 0
    merged: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Text:
    id: int
    old: str
    new: str
    edits: EditMap


def pseudonymize(
    change: Change, replacer: Replacer, *, keep_originals: bool
) -> PseudonymizationReport:
    """Replace names everywhere in the project.

    Raises:
        ConflictError: Two transcripts, cases or speakers would become the same.
        UndefinedRequestError: The step holds other changes, which would keep old words.
    """
    if change.recorded:
        raise UndefinedRequestError("Pseudonymizing is a step of its own. End the step before it.")
    connection = change.connection
    # Transcripts that undo removed still hold names.
    for number in connection.scalars(select(transcripts.c.id).where(transcripts.c.removed)).all():
        transcript_removal.erase(connection, number)
    # So do earlier texts of a transcript, and what codings quoted of them.
    connection.execute(delete(text_versions))
    for row in connection.execute(select(unconfirmed)).all():
        same_coding = unconfirmed.c.coding_id == row.coding_id
        quote = replacer.rewrite(row.quote)
        connection.execute(update(unconfirmed).where(same_coding).values(quote=quote))
    report = PseudonymizationReport()
    texts = _rewrite_transcripts(connection, replacer, report, keep_originals=keep_originals)
    _rewrite_codings(change, texts, replacer, report)
    _rewrite_decisions(connection, texts, replacer)
    _rewrite_memos(connection, report.names, replacer)
    cases = rename_cases(connection, replacer)
    rewrite_study(connection, replacer, report.names)
    # Last, because the history takes its new states from the rewritten rows.
    rewrite_history(connection, replacer, {**cases, **report.names})
    # No earlier step can be undone: its states would bring old words back.
    for before, after in ((DONE, FINAL), (UNDONE, DROPPED)):
        connection.execute(update(steps).where(steps.c.state == before).values(state=after))
    counts = {"transcripts": len(report.transcripts), "places": report.replaced}
    counts |= {"codings": report.codings, "merged": len(report.merged)}
    change.record("project.pseudonymize", "", after=counts, final=True)
    row_sums.renew(connection)
    erasure.ask(connection)
    return report


def _rewrite_transcripts(
    connection: Connection,
    replacer: Replacer,
    report: PseudonymizationReport,
    *,
    keep_originals: bool,
) -> dict[int, _Text]:
    texts: dict[int, _Text] = {}
    name_by_value: dict[str, str] = {}
    for row in connection.execute(select(transcripts).order_by(transcripts.c.id)).all():
        same_transcript = turns.c.transcript_id == row.id
        rows = connection.execute(select(turns).where(same_transcript)).all()
        # No replacement may cross the border of a turn: the spans of turns could not follow it.
        edits = replacer.edits(row.text, (edge for turn in rows for edge in (turn.start, turn.end)))
        text = _Text(row.id, row.text, edits.apply(row.text), edits)
        name = replacer.rewrite(row.name)
        # Names and hashes must stay unique, as in every import.
        for value in (f"name {name}", text_hash(text.new)):
            if value in name_by_value:
                raise ConflictError(
                    Message(
                        "Transcripts '{name_by_value}' and '{name}' would become the same. "
                        "Give their names different replacements.",
                        name_by_value=name_by_value[value],
                        name=row.name,
                    )
                )
            name_by_value[value] = row.name
        texts[row.id] = text
        if name != row.name:
            report.names[row.name] = name
        if edits:
            report.transcripts.append(name)
            report.replaced += len(edits.edits)
        _store_text(connection, row, text, replacer)
        _shift_rows(connection, text)
        _rename_speakers(connection, row, replacer)
        if not keep_originals and (edits or replacer.rewrite(row.source_file) != row.source_file):
            _store_original(connection, text, replacer.rewrite(row.source_file))
    return texts


def _store_text(connection: Connection, row: Any, text: _Text, replacer: Replacer) -> None:
    values = {
        "text": text.new,
        "sha256": text_hash(text.new),
        "name": replacer.rewrite(row.name),
        "source_file": replacer.rewrite(row.source_file),
        "attributes": [[key, replacer.rewrite(value)] for key, value in row.attributes],
    }
    connection.execute(update(transcripts).where(transcripts.c.id == row.id).values(values))
    same_transcript = originals.c.transcript_id == row.id
    file_name = connection.scalar(select(originals.c.file_name).where(same_transcript)) or ""
    values = {"file_name": replacer.rewrite(file_name)}
    connection.execute(update(originals).where(same_transcript).values(values))


def _store_original(connection: Connection, text: _Text, source_file: str) -> None:
    """Replace the imported file by the new text."""
    # The new text has no formatting, so the file becomes a text file.
    stem = source_file.rpartition(".")[0] or source_file or "transcript"
    file = Original(f"{stem}.txt", text.new.encode("utf-8"))
    same_transcript = originals.c.transcript_id == text.id
    values: dict[str, Any] = {"file_name": file.file_name, "data": file.data}
    connection.execute(update(originals).where(same_transcript).values(values))
    values = {"original_sha256": file.sha256, "source_file": file.file_name}
    connection.execute(update(transcripts).where(transcripts.c.id == text.id).values(values))


def _shift_rows(connection: Connection, text: _Text) -> None:
    for table, keys in _PLACED:
        same_transcript = table.c.transcript_id == text.id
        moved = []
        for row in connection.execute(select(table).where(same_transcript)).mappings().all():
            span = text.edits.shift(Span(row["start"], row["end"]))
            if (span.start, span.end) != (row["start"], row["end"]):
                place = {f"of_{key}": row[key] for key in keys}
                moved.append({**place, "to_start": span.start, "to_end": span.end})
        if moved:
            same_row = [table.c[key] == bindparam(f"of_{key}") for key in keys]
            to: dict[str, Any] = {"start": bindparam("to_start"), "end": bindparam("to_end")}
            connection.execute(update(table).where(same_transcript, *same_row).values(to), moved)


def _rename_speakers(connection: Connection, row: Any, replacer: Replacer) -> None:
    same_transcript = speakers.c.transcript_id == row.id
    labels = connection.scalars(select(speakers.c.label).where(same_transcript)).all()
    renamed = {label: replacer.rewrite(label) for label in labels}
    if len(set(renamed.values())) < len(renamed):
        raise ConflictError(
            Message(
                "Two speakers of transcript '{name}' would get the same label. Give their "
                "names different replacements.",
                name=row.name,
            )
        )
    for label, new in renamed.items():
        if label != new:
            connection.execute(
                update(speakers).where(same_transcript, speakers.c.label == label).values(label=new)
            )
            turns_of_speaker = turns.c.transcript_id == row.id, turns.c.speaker == label
            connection.execute(update(turns).where(*turns_of_speaker).values(speaker=new))


def _rewrite_codings(
    change: Change, texts: Mapping[int, _Text], replacer: Replacer, report: PseudonymizationReport
) -> None:
    connection = change.connection
    rows = connection.execute(select(codings).order_by(codings.c.created_at, codings.c.id)).all()
    excerpt_by_coding = {row.coding_id: row.text for row in connection.execute(select(excerpts))}
    occupied: set[tuple[Any, ...]] = set()
    moved, withdrawn = [], []
    for row in rows:
        text = texts[row.transcript_id]
        old = Span(row.start, row.end)
        span = text.edits.shift(old)
        pairs = text.edits.within(old, text.old)
        report.codings += bool(pairs) and row.withdrawn_at is None
        place = (row.transcript_id, span, row.code_id, row.coder, row.round)
        # Rows come in order of time, so of two codings that became equal the older one stays.
        if row.withdrawn_at is None and place in occupied:
            withdrawn.append(row.id)
        elif row.withdrawn_at is None:
            occupied.add(place)
        moved.append(
            {
                "of_id": row.id,
                "to_start": span.start,
                "to_end": span.end,
                "to_quote": span.of(text.new),
                "to_memo": replacer.rewrite(row.memo),
                "to_origin": replacer.rewrite(row.origin),
            }
        )
        if row.id in excerpt_by_coding:
            _store_excerpt(
                connection, row.id, _with_pairs(excerpt_by_coding[row.id], pairs), replacer
            )
    if withdrawn:
        merged = codings.c.id.in_(withdrawn)
        connection.execute(update(codings).where(merged).values(withdrawn_at=change.at))
        report.merged = withdrawn
    _move_codings(connection, moved)


def _store_excerpt(connection: Connection, key: str, text: str, replacer: Replacer) -> None:
    same_coding = excerpts.c.coding_id == key
    connection.execute(update(excerpts).where(same_coding).values(text=replacer.rewrite(text)))


def _with_pairs(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """Apply the replacements of a passage to its excerpt, where ages lack their context."""
    new = dict(pairs)
    if not new:
        return text
    # Longest first: "Jan de Vries" must not become the pseudonym of "Jan" plus "de Vries".
    words = "|".join(re.escape(old) for old in sorted(new, key=len, reverse=True))
    return re.sub(rf"(?<![^\W_])(?:{words})(?![^\W_])", lambda m: new[m.group()], text)


def _move_codings(connection: Connection, moved: list[dict[str, Any]]) -> None:
    if not moved:
        return
    # Moved out of the way first: halfway, two codings could have one place, which is unique.
    out_of_the_way = {"start": -1 - codings.c.start, "end": -1 - codings.c.end}
    connection.execute(update(codings).values(out_of_the_way))
    names = ("start", "end", "quote", "memo", "origin")
    to: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names}
    connection.execute(update(codings).where(codings.c.id == bindparam("of_id")).values(to), moved)


def _rewrite_decisions(
    connection: Connection, texts: Mapping[int, _Text], replacer: Replacer
) -> None:
    for row in connection.execute(select(decisions)).all():
        values: dict[str, Any] = {"reason": replacer.rewrite(row.reason)}
        if row.start is not None:
            span = texts[row.transcript_id].edits.shift(Span(row.start, row.end))
            values |= {"start": span.start, "end": span.end}
        connection.execute(update(decisions).where(decisions.c.id == row.id).values(values))


def _rewrite_memos(connection: Connection, names: Mapping[str, str], replacer: Replacer) -> None:
    for row in connection.execute(select(memos)).all():
        values = {"text": replacer.rewrite(row.text), "target": row.target}
        if row.target_kind == "transcript":
            values["target"] = names.get(row.target, row.target)
        elif row.target_kind == "turn":
            name, _, number = row.target.rpartition("#")
            values["target"] = f"{names.get(name, name)}#{number}"
        elif row.target_kind == "case":
            values["target"] = replacer.rewrite(row.target)
        connection.execute(update(memos).where(memos.c.id == row.id).values(values))


def rename_disagreements(connection: Connection, names: Mapping[str, str]) -> None:
    """Move decisions to the new ids of their disagreements."""
    for row in connection.execute(select(decisions.c.id, decisions.c.disagreement)).all():
        new = names.get(row.disagreement)
        if new is not None:
            same_decision = decisions.c.id == row.id
            connection.execute(update(decisions).where(same_decision).values(disagreement=new))
