"""Locates the rows of a table of codings in the texts.

A row fits if its transcript, code and coder are known, and its quote occurs at its positions or
at one place only. ``importing`` reads the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.errors import Problem, unknown_name
from qualcode.messages import Message
from qualcode.model import Codebook, CodingRow, Span, Transcript
from qualcode.model.quote_search import find_nearest_passage, find_quote

_LONGEST_PASSAGE = 200


@dataclass(frozen=True, slots=True)
class Placement:
    """A located row: a coding without its id."""

    transcript: str
    span: Span
    code: str
    coder: str
    memo: str = ""


def place_rows(
    rows: Iterable[CodingRow],
    transcripts: Mapping[str, Transcript],
    codebook: Codebook,
    *,
    file: str,
    coder: str = "",
) -> tuple[tuple[Placement, ...], tuple[Problem, ...]]:
    """Return the rows that fit, each once, and a Problem for each other row.

    Args:
        rows: As read from the table.
        transcripts: By name.
        codebook: The current one.
        file: Name of the table, for the problems.
        coder: Coder of the rows that name none.
    """
    placed: dict[tuple[str, Span, str, str], Placement] = {}
    problems: list[Problem] = []
    for row in rows:
        where = Message("{file}, row {line}", file=file, line=row.line)
        name = row.coder or coder
        result = _fault(row, name, transcripts, codebook) or _locate(
            row, transcripts[row.transcript]
        )
        if isinstance(result, str):
            problems.append(Problem(where, result))
            continue
        key = (row.transcript, result, row.code, name)
        if key in placed:
            problems.append(Problem(where, "The same coding is in the table twice."))
            continue
        placed[key] = Placement(row.transcript, result, row.code, name, row.memo)
    return tuple(placed.values()), tuple(problems)


def _fault(
    row: CodingRow, coder: str, transcripts: Mapping[str, Transcript], codebook: Codebook
) -> str:
    if row.transcript not in transcripts:
        return str(unknown_name("transcript", row.transcript, transcripts, "the project"))
    if row.code not in codebook:
        where = Message("codebook '{name}'", name=codebook.name)
        return str(unknown_name("code", row.code, codebook.paths, where))
    if codebook.code(row.code).retired:
        return Message("Code '{code}' is retired. Use another, or restore it.", code=row.code)
    if not coder:
        return "It has no coder. Fill the column 'coder', or name one (--coder NAME)."
    return ""


def _locate(row: CodingRow, transcript: Transcript) -> Span | str:
    """Return the span of a row, or the reason why there is none."""
    text = transcript.text
    if row.start is None or row.end is None:
        return _search(row.quote, transcript, turn=row.turn)
    if not 0 <= row.start < row.end <= len(text):
        return Message(
            "Positions {start} to {end} lie outside transcript '{transcript}', which has "
            "{count_text} characters.",
            start=row.start,
            end=row.end,
            transcript=row.transcript,
            count_text=len(text),
        )
    span = Span(row.start, row.end)
    if not row.quote or span.of(text) == row.quote:
        return span
    # The quote decides: positions may be counted by another program or in another version.
    elsewhere = _search(row.quote, transcript, near=row.start)
    if isinstance(elsewhere, Span):
        return elsewhere
    return Message(
        "The quote '{short}' does not stand at {start} in transcript '{transcript}', nor "
        "elsewhere in it. Was another version of the text coded?",
        short=_short(row.quote),
        start=row.start,
        transcript=row.transcript,
    )


def _search(
    quote: str, transcript: Transcript, near: int | None = None, turn: int | None = None
) -> Span | str:
    if not quote.strip():
        return "It has neither positions (start, end) nor a quote to look for."
    located = find_quote(transcript.text, quote)
    if located is None:
        return _not_found(quote, transcript.text)
    if not located.is_ambiguous or near is not None:
        return located.spans[0] if near is None else located.nearest(near)
    numbers = [_turn_number(span, transcript) for span in located.spans]
    within = [span for span, number in zip(located.spans, numbers, strict=True) if number == turn]
    if turn is not None and len(within) == 1:
        return within[0]
    return _ambiguous(quote, numbers)


def _not_found(quote: str, text: str) -> Message:
    nearest = find_nearest_passage(text, quote)
    if nearest is None:
        return Message(
            "The quote '{quote}' was not found in the transcript. "
            "Copy it from there, letter by letter.",
            quote=_short(quote),
        )
    return Message(
        "The quote '{quote}' was not found in the transcript. The nearest passage is "
        "'{passage}'. Copy it from there, letter by letter.",
        quote=_short(quote),
        passage=" ".join(nearest.of(text).split())[:_LONGEST_PASSAGE],
    )


def _ambiguous(quote: str, numbers: Sequence[int | None]) -> Message:
    turns = Counter(number for number in numbers if number is not None)
    listed = tuple(
        f"{turn} ({count}×)" if count > 1 else str(turn) for turn, count in turns.items()
    )
    listed = listed or ("–",)
    if len(turns) < len(numbers):
        return Message(
            "The quote '{quote}' occurs at {places} places in the transcript, in the turns "
            "{turns}. Copy more of the words around it, or give its positions in the columns "
            "'start' and 'end'.",
            quote=_short(quote),
            places=len(numbers),
            turns=listed,
        )
    return Message(
        "The quote '{quote}' occurs at {places} places in the transcript, in the turns "
        "{turns}. Give the number of its turn in a column 'turn'.",
        quote=_short(quote),
        places=len(numbers),
        turns=listed,
    )


def _turn_number(span: Span, transcript: Transcript) -> int | None:
    return next(
        (turn.number for turn in transcript.turns if turn.span.start <= span.start < turn.span.end),
        None,
    )


def _short(quote: str) -> str:
    return quote if len(quote) <= 40 else quote[:39] + "…"
