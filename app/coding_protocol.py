"""The data of the coding screen: model values as plain JSON, and edits from JSON.

The document (text and codes) is large and constant. The codings travel apart from it: once as a
state that the browser keeps, and with every edit what changed since. ``wire`` has the types.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

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
from qualcode.model.code_colors import code_colors
from qualcode.model.wrapped_lines import flowing_text
from qualcode.project import Edit, EditKind, rows_of

from . import wire

_Item = TypeVar("_Item", wire.Coding, wire.Memo, wire.Offer)

# Memos of these kinds are shown on the coding screen.
_KINDS: dict[MemoTarget, Any] = {MemoTarget.CODING: "coding", MemoTarget.TURN: "turn"}


def coding_document(
    transcript: Transcript,
    book: Codebook,
    *,
    language: str,
    title: str = "",
    transcripts: Sequence[tuple[str, str]] = (),
    answers: Iterable[Segment] = (),
    questions: Mapping[str, str] | None = None,
) -> wire.Document:
    """Return text, speakers, codes and questions of one transcript, ready for the browser.

    Args:
        transcript: The transcript.
        book: The codebook; retired codes are marked, so that their codings keep a name.
        language: Language of the codes' names.
        title: What to call the transcript; its name by default.
        transcripts: Name and title of every transcript, to choose from.
        answers: Its segments of kind answer.
        questions: Text of each question by its id.
    """
    interviewers = {s.label for s in transcript.speakers if s.role is Role.INTERVIEWER}
    # Of the same length as the text, so that every position holds.
    text = flowing_text(transcript.text, [turn.span for turn in transcript.turns])
    return {
        "transcript": transcript.name,
        "title": title or transcript.name,
        # Edits send it back, so that none is applied to another text than the coder saw.
        "sha256": transcript.sha256[:12],
        "text_language": transcript.language,
        "transcripts": [{"name": name, "title": title_} for name, title_ in transcripts],
        "turns": [
            {
                "number": number,
                "speaker": speaker,
                "time": time,
                "start": span.start,
                "text": span.of(text),
                "interviewer": speaker in interviewers,
            }
            for number, speaker, time, span in rows_of(transcript)
        ],
        "codes": codes_of(book, language),
        "questions": {
            str(answer.turns[0]): (questions or {}).get(answer.question, "")
            for answer in answers
            if answer.question and answer.turns
        },
    }


def codes_of(book: Codebook, language: str) -> list[wire.Code]:
    """Return the codes of a codebook for the browser, in order."""
    ids = {code.path: code.id for code in book.codes}
    colors = code_colors(book)
    return [
        {
            "id": code.id,
            "parent": ids.get(code.parent, ""),
            "name": code.title(language),
            "color": colors[code.path],
            "retired": code.retired,
            "about": code.definition.in_language(language),
        }
        for code in book.codes
    ]


def codings_of(codings: Iterable[Coding], book: Codebook) -> list[wire.Coding]:
    """Return codings for the browser, each with the id of its code."""
    ids = {code.path: code.id for code in book.codes}
    return [
        {
            "id": coding.id,
            "code": ids[coding.code],
            "start": coding.span.start,
            "end": coding.span.end,
            "memo": coding.memo,
        }
        for coding in codings
    ]


def coding_state(
    codings: Iterable[Coding],
    memos: Iterable[Memo],
    book: Codebook,
    transcript: str,
    offers: Sequence[wire.Offer] = (),
) -> wire.State:
    """Return the codings, memos and suggestions of a transcript, ready for the browser."""
    standing = codings_of(codings, book)
    ids = {coding["id"] for coding in standing}
    return {
        "transcript": transcript,
        "offers": list(offers),
        "codings": standing,
        "memos": [
            {
                "id": memo.id,
                "target_kind": _KINDS[memo.target_kind],
                "target": _memo_key(memo),
                "text": memo.text,
            }
            for memo in memos
            if (memo.target_kind is MemoTarget.CODING and memo.target in ids)
            or (
                memo.target_kind is MemoTarget.TURN and memo.target.rpartition("#")[0] == transcript
            )
        ],
    }


def state_changes(
    known: wire.State, state: wire.State, *, known_key: str, key: str
) -> wire.Changes:
    """Return what became of a state that the browser knows: what is new or other, ids removed.

    Args:
        known: A state that the browser has.
        state: The state now, of the same transcript.
        known_key: Name of the state that the browser has.
        key: Name of the state now.
    """
    codings, codings_gone = _changed(known["codings"], state["codings"])
    memos, memos_gone = _changed(known["memos"], state["memos"])
    offers, offers_gone = _changed(known["offers"], state["offers"])
    return {
        "transcript": state["transcript"],
        "known": known_key,
        "key": key,
        "codings": codings,
        "memos": memos,
        "offers": offers,
        "removed": {"codings": codings_gone, "memos": memos_gone, "offers": offers_gone},
    }


def _changed(known: Sequence[_Item], now: Sequence[_Item]) -> tuple[list[_Item], list[str]]:
    """Return the items that are new or changed, and the ids of those that are gone."""
    before = {item["id"]: item for item in known}
    ids = {item["id"] for item in now}
    new = [item for item in now if before.get(item["id"]) != item]
    return new, [id_ for id_ in before if id_ not in ids]


def _memo_key(memo: Memo) -> str:
    turn = memo.target_kind is MemoTarget.TURN
    return memo.target.rpartition("#")[2] if turn else memo.target


def offers_of(
    offers: Iterable[tuple[Segment, Sequence[Suggestion]]],
    book: Codebook,
    reason_text: Callable[[Reason], str],
    trust_text: Callable[[Suggestion], str] = lambda _suggestion: "",
) -> list[wire.Offer]:
    """Return suggestions for the browser; one of a code that is not in the book is left out.

    Args:
        offers: Segments with their suggestions.
        book: The codebook that the browser has.
        reason_text: Writes a reason in the language of the page.
        trust_text: Writes from where on such a suggestion is trusted; empty where unknown.
    """
    ids = {code.path: code.id for code in book.codes}
    return [
        _offer(segment, suggestion, ids[suggestion.code], reason_text, trust_text)
        for segment, suggestions in offers
        for suggestion in suggestions
        if suggestion.code in ids
    ]


def _offer(
    segment: Segment,
    suggestion: Suggestion,
    code: str,
    reason_text: Callable[[Reason], str],
    trust_text: Callable[[Suggestion], str],
) -> wire.Offer:
    span = suggestion.span or segment.span
    phrases = dict.fromkeys((*map(reason_text, suggestion.reasons), trust_text(suggestion)))
    return {
        # The id comes from place and code, so that a repeated request gives the same ids.
        "id": f"{segment.span.start}-{segment.span.end}-{code}",
        "code": code,
        "start": span.start,
        "end": span.end,
        "probability": round(suggestion.probability, 3),
        "why": "; ".join(filter(None, phrases)),
        "segment": {"start": segment.span.start, "end": segment.span.end},
        "suggester": f"{suggestion.suggester}@{suggestion.version}",
    }


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
                tuple(_edit(row) for row in batch["edits"]),
            )
            for batch in message["batches"]
        )
    # Only our script sends messages, but a page of an older version may still be open.
    except (KeyError, TypeError, ValueError) as error:
        excerpt = json.dumps(message, default=str)[:80]
        raise InvalidValueError(f"A message of the browser cannot be read: {excerpt}") from error


def _edit(row: Mapping[str, Any]) -> Edit:
    # The fields of wire.Edit, taken one by one: what a browser sends may be anything.
    return Edit(
        number=int(row["number"]),
        kind=EditKind(row["kind"]),
        transcript=str(row["transcript"]),
        sha256=str(row.get("sha256", "")),
        id=str(row.get("id", "")),
        replaces=str(row.get("replaces", "")),
        code=str(row.get("code", "")),
        start=int(row.get("start", 0)),
        end=int(row.get("end", 0)),
        text=str(row.get("text", "")),
        target_kind=MemoTarget(row.get("target_kind", "coding")),
        target=str(row.get("target", "")),
        suggester=str(row.get("suggester", "")),
    )


def comparison(
    codings: Iterable[Coding], coders: tuple[str, str], book: Codebook
) -> wire.Comparison:
    """Return the codings of two coders for the read-only screen: the second one's side is b."""
    by_coder: dict[str, list[Coding]] = {coder: [] for coder in coders}
    for coding in codings:
        if coding.coder in by_coder:
            by_coder[coding.coder].append(coding)
    first, second = (codings_of(by_coder[coder], book) for coder in coders)
    for item in first:
        item["side"] = "a"
    for item in second:
        item["side"] = "b"
    return {"coders": list(coders), "codings": [*first, *second]}
