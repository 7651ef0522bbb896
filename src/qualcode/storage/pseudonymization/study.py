"""Replaces names outside the texts: in cases, codebooks, guides, settings and the history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select, update

from qualcode.errors import ConflictError
from qualcode.storage.message_codec import rewrite_values
from qualcode.storage.schema import (
    case_transcripts,
    cases,
    client_edits,
    codebooks,
    codings,
    decisions,
    events,
    guides,
    memos,
    project,
    rounds,
    settings,
    speakers,
    to_json,
    transcripts,
)

if TYPE_CHECKING:
    from qualcode.pseudonyms import Replacer

_KEYS = frozenset({"path", "id", "color", "merged_into", "language", "codes", "level", "group"})
"""Fields whose values are terms of the program and never names of people."""
_IMPORTED = "imported_history"


def rename_cases(connection: Connection, replacer: Replacer) -> dict[str, str]:
    """Replace names in cases and their attributes; return new names by old ones.

    Raises:
        ConflictError: two cases would get the same name.
    """
    rows = connection.execute(select(cases).order_by(cases.c.position)).all()
    renamed = {row.name: replacer.rewrite(row.name) for row in rows}
    if len(set(renamed.values())) < len(renamed):
        raise ConflictError(
            "Two cases would get the same name. Give their names different replacements."
        )
    for row in rows:
        attributes = _rewritten(row.attributes, replacer.rewrite)
        new = renamed[row.name]
        if new == row.name:
            same_case = cases.c.name == row.name
            connection.execute(update(cases).where(same_case).values(attributes=attributes))
            continue
        values = {"name": new, "position": row.position, "attributes": attributes}
        # Links refer to the name: the new row comes first, then the links, then the old row goes.
        connection.execute(insert(cases), values)
        linked = case_transcripts.c.case == row.name
        connection.execute(update(case_transcripts).where(linked).values(case=new))
        connection.execute(delete(cases).where(cases.c.name == row.name))
    for link in connection.execute(select(case_transcripts)).all():
        same_link = (
            case_transcripts.c.case == link.case,
            case_transcripts.c.transcript_id == link.transcript_id,
        )
        values = {
            "speakers": _rewritten(link.speakers, replacer.rewrite),
            "attributes": _rewritten(link.attributes, replacer.rewrite),
        }
        connection.execute(update(case_transcripts).where(*same_link).values(values))
    return {old: new for old, new in renamed.items() if old != new}


def rewrite_study(connection: Connection, replacer: Replacer, names: Mapping[str, str]) -> None:
    """Replace names in the codebooks, guides, rounds, settings and the project's own name."""

    def rewrite(text: str) -> str:
        return names.get(text) or replacer.rewrite(text)

    for row in connection.execute(select(codebooks)).all():
        values = {"book": _rewritten(row.book, rewrite), "note": rewrite_values(row.note, rewrite)}
        connection.execute(update(codebooks).where(codebooks.c.id == row.id).values(values))
    for table, column in ((guides, "guide"), (rounds, "round")):
        for name, packed in connection.execute(select(table.c.name, table.c[column])).all():
            value = _rewritten(packed, rewrite, {"name", "coders", "handed_in"})
            same_row = table.c.name == name
            connection.execute(update(table).where(same_row).values({column: value}))
    for row in connection.execute(select(settings)).all():
        same_row = settings.c.key == row.key
        value = _without_states(row.value) if row.key == _IMPORTED else row.value
        connection.execute(
            update(settings).where(same_row).values(value=_rewritten(value, rewrite))
        )
    named = connection.execute(select(project)).one()
    connection.execute(update(project).values(name=rewrite(named.name)))
    refused = client_edits.c.refused != ""
    # The reasons of refusals quote passages and names.
    connection.execute(update(client_edits).where(refused).values(refused="It was refused."))


def _without_states(value: Any) -> Any:
    """Return the events of imported projects without their states, which quote texts."""
    return [{**event, "before": "", "after": ""} for event in value]


def _rewritten(
    value: Any, rewrite: Any, unchanged_keys: frozenset[str] | set[str] = frozenset()
) -> Any:
    if isinstance(value, str):
        return rewrite(value)
    if isinstance(value, list):
        return [_rewritten(part, rewrite, unchanged_keys) for part in value]
    if isinstance(value, dict):
        return {
            key: part
            if _is_unchanged(key, part, unchanged_keys)
            else _rewritten(part, rewrite, unchanged_keys)
            for key, part in value.items()
        }
    return value


def _is_unchanged(key: str, part: Any, unchanged_keys: frozenset[str] | set[str]) -> bool:
    # In a guide, 'codes' are paths; in a codebook they are entries with texts.
    entries = isinstance(part, list) and any(isinstance(entry, dict) for entry in part)
    return key in unchanged_keys or (key in _KEYS and not entries)


def rewrite_history(connection: Connection, replacer: Replacer, names: Mapping[str, str]) -> None:
    """Rewrite the history in new words: coders and actions stay, old words do not."""
    states = _States(connection)
    for row in connection.execute(select(events)).all():
        target = names.get(row.target, row.target)
        if row.action.startswith("project."):
            target = replacer.rewrite(target)
        before, after = (
            states.rewritten(row.action, target, text, replacer, names)
            for text in (row.before, row.after)
        )
        values = {"target": target, "before": before, "after": after}
        connection.execute(update(events).where(events.c.number == row.number).values(values))


class _States:
    """New states of events about texts, codings, memos and decisions."""

    def __init__(self, connection: Connection) -> None:
        self._codings = {
            row.id: row for row in connection.execute(_with_names(codings, transcripts))
        }
        self._decisions = {str(row.id): row for row in connection.execute(select(decisions))}
        self._memos = {row.id: row for row in connection.execute(select(memos))}
        self._transcripts = {row.name: row for row in connection.execute(select(transcripts))}
        self._speakers: dict[int, dict[str, str]] = {}
        for row in connection.execute(select(speakers).order_by(speakers.c.position)):
            self._speakers.setdefault(row.transcript_id, {})[row.label] = row.role

    def rewritten(
        self, action: str, target: str, text: str, replacer: Replacer, names: Mapping[str, str]
    ) -> str:
        """Return a state of an event in new words; ``""`` if that is not possible."""
        if not text:
            return ""
        state = json.loads(text)
        match action.partition(".")[0]:
            case "coding":
                state = self._coding(target, state)
            case "decision":
                state = self._decision(target, state)
            case "memo":
                state = self._memo(target, state)
            case "memo_target":
                pass
            case "transcript":
                state = self._transcript(target, state)
            case "roles" | "confirmation":
                state = {replacer.rewrite(label): value for label, value in state.items()}
            # An excerpt is free text of the author; its old states cannot be rewritten with
            # certainty.
            case "excerpt":
                state = None
            case _:
                state = _rewritten(state, lambda s: names.get(s) or replacer.rewrite(s))
        return "" if not state else to_json(state, "history")

    def _memo(self, target: str, state: dict[str, Any]) -> dict[str, Any] | None:
        row = self._memos.get(target)
        if row is None:
            return None
        # Events hold the path of a code, the table holds its id.
        about = state["target"] if row.target_kind == "code" else row.target
        return {**state, "text": row.text, "target": about}

    def _decision(self, target: str, state: dict[str, Any]) -> dict[str, Any] | None:
        row = self._decisions.get(target)
        if row is None:
            return None
        state = {**state, "reason": row.reason}
        return state if row.start is None else {**state, "start": row.start, "end": row.end}

    def _coding(self, target: str, state: dict[str, Any]) -> dict[str, Any] | None:
        row = self._codings.get(target)
        if row is None:
            return None
        fields = ("start", "end", "quote", "memo", "origin", "transcript")
        return state | {name: getattr(row, name) for name in fields}

    def _transcript(self, target: str, state: dict[str, Any]) -> dict[str, Any] | None:
        row = self._transcripts.get(target)
        if row is None:
            return None
        return state | {
            "file": row.source_file,
            "sha256": row.sha256,
            "characters": len(row.text),
            "speakers": self._speakers.get(row.id, {}),
        }


def _with_names(table: Any, named: Any) -> Any:
    return select(table, named.c.name.label("transcript")).join(named)
