"""The data of the coding screen: model values as plain JSON, and edits from JSON.

The document (text and codes) is large and does not change while a coder works. The codings travel
separately: once as a full state that the browser keeps, and then only the changes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from qualcode.errors import InvalidValueError
from qualcode.model import (
    Codebook,
    Coding,
    Memo,
    MemoTarget,
    Reason,
    Role,
    Segment,
    Suggestion,
    Transcript,
)
from qualcode.project import Edit, EditKind, rows_of


def coding_document(
    transcript: Transcript,
    book: Codebook,
    *,
    language: str,
    title: str = "",
    documents: Sequence[tuple[str, str]] = (),
    answers: Iterable[Segment] = (),
    questions: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return text, speakers, codes and questions of one transcript, ready for the browser.

    Args:
        transcript: The transcript.
        book: The codebook; retired codes are marked, so that their codings keep a name.
        language: Language of the codes' names.
        title: What to call the transcript; its name by default.
        documents: Name and title of every transcript, to choose from.
        answers: Its segments of kind answer.
        questions: Text of each question by its id.
    """
    interviewers = {s.label for s in transcript.speakers if s.role is Role.INTERVIEWER}
    return {
        "doc": transcript.name,
        "title": title or transcript.name,
        "hash": transcript.sha256[:12],
        "lang": transcript.language,
        "documents": [list(pair) for pair in documents],
        "turns": [
            [
                number,
                speaker,
                time,
                span.start,
                span.of(transcript.text),
                int(speaker in interviewers),
            ]
            for number, speaker, time, span in rows_of(transcript)
        ],
        "codes": codes_of(book, language),
        "questions": {
            str(answer.turns[0]): (questions or {}).get(answer.question, "")
            for answer in answers
            if answer.question and answer.turns
        },
    }


def codes_of(book: Codebook, language: str) -> list[dict[str, Any]]:
    """Return the codes of a codebook for the browser, in order."""
    ids = {code.path: code.id for code in book.codes}
    return [
        {
            "id": code.id,
            "parent": ids.get(code.parent, ""),
            "name": code.title(language),
            "color": code.color,
            "retired": code.retired,
            "about": code.definition.in_language(language),
        }
        for code in book.codes
    ]


def coding_rows(codings: Iterable[Coding], book: Codebook) -> list[list[Any]]:
    """Return codings as rows: id, id of the code, start, end."""
    ids = {code.path: code.id for code in book.codes}
    return [[c.id, ids[c.code], c.span.start, c.span.end, c.memo] for c in codings]


def coding_state(
    codings: Iterable[Coding],
    memos: Iterable[Memo],
    book: Codebook,
    transcript: str,
    offers: Sequence[list[Any]] = (),
) -> dict[str, Any]:
    """Return the codings, memos and suggestions of a transcript, ready for the browser."""
    standing = tuple(codings)
    coding_ids = {coding.id for coding in standing}
    return {
        "doc": transcript,
        "offers": list(offers),
        "codings": coding_rows(standing, book),
        "memos": [
            [memo.id, memo.target_kind.value, _memo_key(memo), memo.text]
            for memo in memos
            if (memo.target_kind is MemoTarget.CODING and memo.target in coding_ids)
            or (
                memo.target_kind is MemoTarget.TURN and memo.target.rpartition("#")[0] == transcript
            )
        ],
    }


def state_key(owner: str, state: Mapping[str, Any]) -> str:
    """Return a key for the state of a transcript as one coder may see it."""
    whole = owner + json.dumps(state, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def state_changes(known_state: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, Any]:
    """Return how the state changed: new or changed rows, and the ids of removed rows.

    Args:
        known_state: The state that the browser has.
        state: The state now, of the same transcript.
    """
    changes: dict[str, Any] = {"doc": state["doc"], "gone": {}}
    for kind in ("codings", "memos", "offers"):
        before = {row[0]: row for row in known_state[kind]}
        now = {row[0]: row for row in state[kind]}
        changes[kind] = [row for key, row in now.items() if before.get(key) != row]
        changes["gone"][kind] = [key for key in before if key not in now]
    return changes


def _memo_key(memo: Memo) -> str:
    turn = memo.target_kind is MemoTarget.TURN
    return memo.target.rpartition("#")[2] if turn else memo.target


def offer_rows(
    offers: Iterable[tuple[Segment, Sequence[Suggestion]]], book: Codebook
) -> list[list[Any]]:
    """Return suggestions as rows: id, code, start, end, probability, why, segment, suggester."""
    ids = {code.path: code.id for code in book.codes}
    return [
        [
            f"{segment.span.start}-{segment.span.end}-{ids[suggestion.code]}",
            ids[suggestion.code],
            *((suggestion.span or segment.span).start, (suggestion.span or segment.span).end),
            round(suggestion.probability, 3),
            "; ".join(dict.fromkeys(map(_reason_text, suggestion.reasons))),
            *(segment.span.start, segment.span.end),
            f"{suggestion.suggester}@{suggestion.version}",
        ]
        for segment, suggestions in offers
        for suggestion in suggestions
        if suggestion.code in ids
    ]


def _reason_text(reason: Reason) -> str:
    return ", ".join(reason.words) or reason.note


def edits_of(message: Any) -> tuple[tuple[str, str, tuple[Edit, ...]], ...]:
    """Return the edits in a message of the browser: client, round, edits.

    Raises:
        InvalidValueError: the message does not have our format.
    """
    try:
        return tuple(
            (
                str(batch["client"]),
                str(batch.get("round", "")),
                tuple(_edit(row) for row in batch["ops"]),
            )
            for batch in message["batches"]
        )
    except (KeyError, TypeError, ValueError) as error:
        excerpt = json.dumps(message, default=str)[:80]
        raise InvalidValueError(f"A message of the browser cannot be read: {excerpt}") from error


def _edit(row: Mapping[str, Any]) -> Edit:
    return Edit(
        number=int(row["n"]),
        kind=EditKind(row["op"]),
        transcript=str(row["doc"]),
        sha256=str(row.get("hash", "")),
        id=str(row.get("id", "")),
        replaces=str(row.get("old", "")),
        code=str(row.get("code", "")),
        start=int(row.get("s", 0)),
        end=int(row.get("e", 0)),
        text=str(row.get("text", "")),
        target_kind=MemoTarget(row.get("kind", "coding")),
        target=str(row.get("target", "")),
        suggester=str(row.get("by", "")),
    )


def comparison(
    codings: Iterable[Coding], coders: tuple[str, str], book: Codebook
) -> dict[str, Any]:
    """Return the codings of two coders for the read-only screen: the second coder has side b."""
    sides = dict(zip(coders, "ab", strict=True))
    compared = [coding for coding in codings if coding.coder in sides]
    rows = coding_rows(compared, book)
    return {
        "mode": "compare",
        "coders": list(coders),
        "codings": [
            [*row, sides[coding.coder]] for row, coding in zip(rows, compared, strict=True)
        ],
    }
