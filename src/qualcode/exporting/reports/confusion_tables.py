"""Codes of one coder against codes of the other at the same place, in a report of agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import Block, Heading, note
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Confusion, Leak

WIDEST = 16
"""As many numbered columns fit on a page."""


def confusion_blocks(
    confusion: Confusion, words: Wording, labels: Labels, *, wide: bool
) -> Iterator[Block]:
    """Yield the matrix of codes, and the pairs of codes that are taken for one another.

    Args:
        confusion: The matrix.
        words: Of the language.
        labels: What codes are called.
        wide: Whether the matrix may be wider than a page; else it has the confused codes only.
    """
    places = used_codes(confusion)
    if not places:
        return
    table = confusion_table(confusion, places if wide else _confused_codes(confusion), labels)
    yield Heading(2, Message("Which code met which"))
    yield note(" ".join(map(words, _notes(confusion, wide=wide))))
    # a single row is that of "no code": nothing was confused
    if wide or 1 < len(table.rows) <= WIDEST:
        yield table
    if confusion.leaks:
        yield note(
            Message(
                "Units where one gave the one code and the other gave the other instead; share: of "
                "all units that either gave either code."
            )
        )
        yield leaks_table(confusion, labels)


def _notes(confusion: Confusion, *, wide: bool) -> Iterator[Message]:
    a, b = confusion.coders
    yield Message(
        "Rows: codes of {a}; columns: those of {b}, by the same number. On the diagonal both gave "
        "the code.",
        a=a,
        b=b,
    )
    if not wide:
        yield Message(
            "These are the codes that were confused with another; all codes are in html and xlsx."
        )


def used_codes(confusion: Confusion) -> tuple[int, ...]:
    """Return the places in the matrix of the codes that either coder used."""
    counts = confusion.counts
    places = range(len(confusion.codes))
    return tuple(i for i in places if any(counts[i]) or any(row[i] for row in counts))


def _confused_codes(confusion: Confusion) -> tuple[int, ...]:
    """Return the places of the codes that were taken for another one."""
    codes = {code for leak in confusion.leaks for code in (leak.code, leak.other)}
    return tuple(i for i, code in enumerate(confusion.codes) if code in codes)


class _MatrixRow(NamedTuple):
    """One row of the matrix: its number, the name of the code, and its counts."""

    number: int
    name: str
    counts: Sequence[int]


def confusion_table(
    confusion: Confusion, places: Sequence[int], labels: Labels
) -> Table[_MatrixRow]:
    """Return the matrix of some codes and "no code"; zeros are left empty.

    Args:
        confusion: The matrix.
        places: Places of the codes to print.
        labels: What codes are called.
    """
    no_code = len(confusion.codes)
    names = [labels(confusion.codes[i]) for i in places] + [Message("no code")]
    keys = [confusion.codes[i] for i in places] + ["no_code"]
    rows = tuple(
        _MatrixRow(number, name, confusion.counts[i])
        for number, (name, i) in enumerate(zip(names, (*places, no_code), strict=True), start=1)
    )
    columns: tuple[Column[_MatrixRow], ...] = (
        Column("number", heading("no."), lambda row: row.number, Kind.COUNT),
        Column("code", heading("code"), lambda row: row.name),
        *(
            _count_column(key, number, place)
            for number, (key, place) in enumerate(zip(keys, (*places, no_code), strict=True), 1)
        ),
    )
    return Table(Message("Confusion"), columns, rows)


def _count_column(key: str, number: int, place: int) -> Column[_MatrixRow]:
    # Zeros are left empty: most of the matrix is zero.
    return Column(key, str(number), lambda row: row.counts[place] or "", Kind.COUNT)


def leaks_table(confusion: Confusion, labels: Labels) -> Table[Leak]:
    """Return the pairs of codes that are taken for one another."""
    columns: tuple[Column[Leak], ...] = (
        Column("first", heading("code 1"), lambda leak: labels(leak.code)),
        Column("second", heading("code 2"), lambda leak: labels(leak.other)),
        Column("units", heading("units"), lambda leak: leak.units, Kind.COUNT),
        Column("share", heading("share"), lambda leak: leak.share, Kind.SHARE),
    )
    title = Message("Codes confused with each other")
    return Table(title, columns, confusion.leaks, caption=title)
