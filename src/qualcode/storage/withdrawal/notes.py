"""Erases a participant from what people wrote about the words: memos, reasons, the codebook."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, delete, or_, select, update

from qualcode.model.design_keys import SUMMARY
from qualcode.phrases import Phrases
from qualcode.storage.blinding import ASSIGNED
from qualcode.storage.codings import id_chunks
from qualcode.storage.message_codec import rewrite_values
from qualcode.storage.schema import (
    case_transcripts,
    cases,
    client_edits,
    codebooks,
    codes,
    codings,
    decisions,
    events,
    excerpts,
    exposures,
    guides,
    memos,
    rounds,
    settings,
    transcripts,
    unconfirmed,
)
from qualcode.storage.text_moves import about_transcript, finish_steps
from qualcode.storage.withdrawal.typology import DESIGN, Held, drop_unused, held_values

CONFIRMED = frozenset({"speakers_confirmed", "languages_confirmed"})
"""Settings that list names of transcripts."""
DISCLOSURE = "disclosure"
_OF_VALUES = ("suppressed", "wider")
"""Measures that name a participant, or a value of an attribute."""
IMPORTED_HISTORY = "imported_history"

_TEXTS = (
    (memos, "text"),
    (codings, "memo"),
    (codings, "origin"),
    (excerpts, "text"),
    (decisions, "reason"),
    (unconfirmed, "quote"),
    (guides, "guide"),
    (rounds, "round"),
    (settings, "value"),
    (cases, "attributes"),
    (case_transcripts, "attributes"),
    (transcripts, "attributes"),
    (codebooks, "book"),
    (codes, "path"),
    (codes, "shown"),
    (exposures, "codes"),
)
"""Where people may have repeated what a participant said; texts, or JSON that holds texts."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased, by its names until now.

    Attributes:
        case: Name of the case.
        removed: Names of the transcripts that were removed.
        changed: Names of the transcripts with a new text.
        replacement: What stands for a name or phrase that is erased.
    """

    case: str
    removed: frozenset[str]
    changed: frozenset[str]
    replacement: str


class Rewriter:
    """Replaces the person's words in texts, also where they name a code.

    Args:
        phrases: The words.
        replacement: What stands for them.
        paths: New paths of codes by the old ones.
    """

    def __init__(self, phrases: Phrases, replacement: str, paths: dict[str, str]) -> None:
        self.places = 0
        self._phrases = phrases
        self._replacement = replacement
        self._paths = paths

    def text(self, text: str) -> str:
        """Return a text without the person's words."""
        if text in self._paths:
            return self._paths[text]
        places = self._phrases.find(text)
        self.places += len(places)
        return self._phrases.rewrite(text, self._replacement) if places else text

    def value(self, value: Any) -> Any:
        """Return a JSON value without the person's words."""
        return map_strings(value, self.text)


def map_strings(value: Any, rewrite: Callable[[str], str]) -> Any:
    """Return a JSON value with each of its texts rewritten."""
    if isinstance(value, str):
        return rewrite(value)
    if isinstance(value, list):
        return [map_strings(part, rewrite) for part in value]
    if isinstance(value, dict):
        return {key: map_strings(part, rewrite) for key, part in value.items()}
    return value


def new_paths(connection: Connection, phrases: Phrases) -> dict[str, str]:
    """Return new paths of the codes that are named by the person's words, by the old ones."""
    paths: dict[str, str] = {}
    number = 0
    packed = connection.scalars(select(codebooks.c.book)).all()
    code_paths = {code["path"] for book in packed for code in book["codes"]}
    # Sorted: a theme gets its new name before the codes below it, whose paths begin with it.
    for path in sorted(code_paths | set(connection.scalars(select(codes.c.path)))):
        *above, name = path.split("/")
        parent = paths.get("/".join(above), "/".join(above))
        # A path has underscores where a person writes spaces.
        if phrases.find(name.replace("_", " ")):
            number += 1
            name = f"withdrawn-{number}"
        new = f"{parent}/{name}" if parent else name
        if new != path:
            paths[path] = new
    return paths


def delete_memos(
    connection: Connection,
    case: str,
    coding_ids: Collection[str],
    *,
    transcripts: Collection[str],
    turns: Collection[str],
) -> int:
    """Delete the memos on a case, its codings, transcripts and turns; return their number."""
    kind, target = memos.c.target_kind, memos.c.target
    conditions = [and_(kind == "turn", target.in_(turns))]
    conditions += [about_transcript(kind, target, name) for name in transcripts]
    conditions += [and_(kind == "coding", target.in_(chunk)) for chunk in id_chunks(coding_ids)]
    if case:
        conditions.append(and_(kind == "case", target == case))
    ids = connection.scalars(select(memos.c.id).where(or_(*conditions))).all()
    for chunk in id_chunks(ids):
        finish_steps(connection, events.c.target.in_(chunk))
        connection.execute(delete(memos).where(memos.c.id.in_(chunk)))
    return len(ids)


def rewrite_notes(connection: Connection, rewriter: Rewriter, erasure: Erasure) -> None:
    """Replace the person's words wherever people wrote."""
    case_values = held_values(connection)
    for row in connection.execute(select(settings)).all():
        same_row = settings.c.key == row.key
        if row.key.startswith(SUMMARY) and row.value["case"] == erasure.case:
            # A summary of what the person said is the person's words in other words.
            connection.execute(delete(settings).where(same_row))
            continue
        value = _setting(row.key, row.value, erasure, case_values)
        connection.execute(update(settings).where(same_row).values(value=value))
    for table, name in _TEXTS:
        keys = list(table.primary_key.columns)
        for row in connection.execute(select(*keys, table.c[name])).all():
            old = row[-1]
            new = rewriter.value(old)
            if new != old:
                same_row = (key == value for key, value in zip(keys, row, strict=False))
                connection.execute(update(table).where(*same_row).values({name: new}))
    for row in connection.execute(select(codebooks.c.id, codebooks.c.note)).all():
        # Only the values of a note can hold words of the person; its template is ours.
        values = {"note": rewrite_values(row.note, rewriter.text)}
        connection.execute(update(codebooks).where(codebooks.c.id == row.id).values(values))
    # The reasons of refusals quote passages.
    refused = client_edits.c.refused != ""
    connection.execute(update(client_edits).where(refused).values(refused="It was refused."))


def _setting(key: str, value: Any, erasure: Erasure, case_values: Held) -> Any:
    if key in CONFIRMED:
        return [name for name in value if name not in erasure.removed]
    if key == DISCLOSURE:
        return _without_person(value, erasure.case, case_values)
    if key == IMPORTED_HISTORY:
        return list(_without_content(value))
    if key.startswith(ASSIGNED):
        return [row for row in value if row[0] != erasure.case]
    if key == DESIGN:
        return drop_unused(value, case_values)
    removed = erasure.removed
    return map_strings(value, lambda text: erasure.replacement if text in removed else text)


def _without_person(measures: Mapping[str, Any], case: str, case_values: Held) -> dict[str, Any]:
    """Return measures on disclosure without those on a person, or on values only they had."""
    rows: dict[str, list[Any]] = {name: list(measures.get(name, ())) for name in _OF_VALUES}
    rows["suppressed"] = [row for row in rows["suppressed"] if row[0] != case]
    rows["wider"] = [row for row in rows["wider"] if row[1] in case_values.get(row[0], ())]
    return {**measures, **{name: kept for name, kept in rows.items() if name in measures}}


def _without_content(imported: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for event in imported:
        # Its states quote texts, and its targets name cases and transcripts.
        yield {**event, "before": "", "after": "", "target": ""}
