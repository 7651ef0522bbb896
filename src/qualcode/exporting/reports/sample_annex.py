"""The participants of a study as a table: every attribute, or why it is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from qualcode.exporting.document.blocks import Block, Bullets, Heading, note
from qualcode.exporting.document.table import Column, Table, heading
from qualcode.exporting.reports.annex_files import write_annex
from qualcode.exporting.reports.colophon import About
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import NumberSummary
from qualcode.model.annex import SampleAttribute, SampleRow, SampleTable


class _Line(NamedTuple):
    attribute: str
    value: str
    cells: tuple[str, ...]


def write_sample(sample: SampleTable, path: Path, about: About) -> None:
    """Write the table of the participants.

    Args:
        sample: The table, as it may be printed.
        path: Where to write: .docx, .html, .md, .xlsx or .csv.
        about: Language and date.
    """
    words = about.words()
    table = _table(sample, words)
    blocks: list[Block] = [table, *_notes(sample, words)]
    left_out = [attribute for attribute in sample.attributes if attribute.left_out]
    if left_out:
        blocks.append(Heading(3, Message("Left out")))
        blocks.append(Bullets(tuple(words(_left_out(each, words)) for each in left_out)))
    write_annex(Message("Participants"), blocks, path, about, [table])


def _left_out(attribute: SampleAttribute, words: Wording) -> Message:
    return Message(
        "{name}: {reason}", name=words.attribute(attribute.name), reason=attribute.left_out
    )


def _notes(sample: SampleTable, words: Wording) -> Iterator[Block]:
    marks = {mark for a in sample.attributes for row in a.rows for mark in row.marks if mark}
    if marks or None in sample.sizes:
        yield note(
            Message(
                "<{n}: fewer than {n} participants. …: a number that would give such a number "
                "away.",
                n=sample.threshold,
            )
        )
    names_of_reasons: dict[str, list[str]] = {}
    for attribute in sample.attributes:
        if attribute.accepted:
            names_of_reasons.setdefault(attribute.accepted, []).append(
                words.attribute(attribute.name)
            )
    for reason, names in names_of_reasons.items():
        yield note(
            Message(
                "Small numbers of {names} are printed because: {reason}",
                names=", ".join(names),
                reason=reason,
            )
        )


def _table(sample: SampleTable, words: Wording) -> Table[_Line]:
    columns: list[Column[_Line]] = [
        Column("attribute", heading("attribute"), lambda line: line.attribute),
        Column("value", heading("value"), lambda line: line.value),
    ]
    names = [words.group(group) for group in sample.groups] if any(sample.groups) else []
    columns += [
        Column(f"group_{place}", name, partial(_cell, place)) for place, name in enumerate(names)
    ]
    columns.append(Column("all", heading("all"), lambda line: line.cells[-1]))
    return Table(Message("Participants"), tuple(columns), tuple(_lines(sample, words)))


def _cell(place: int, line: _Line) -> str:
    return line.cells[place]


def _lines(sample: SampleTable, words: Wording) -> Iterator[_Line]:
    sizes = ["…" if size is None else str(size) for size in sample.sizes]
    yield _Line(words(Message("participants")), "", (*sizes, str(sample.total)))
    for attribute in sample.attributes:
        name = words.attribute(attribute.name)
        if attribute.numbers:
            yield _Line(name, words(Message("mean (range)")), _summaries(attribute.numbers, words))
            name = ""
        for row in attribute.rows:
            yield _Line(name, _value(attribute, row, words), _counts(row))
            name = ""


def _summaries(numbers: Sequence[NumberSummary | None], words: Wording) -> tuple[str, ...]:
    return tuple(
        "…"
        if summary is None
        else f"{words.number(summary.mean, 1)} ({summary.lowest:g}–{summary.highest:g})"
        for summary in numbers
    )


def _value(attribute: SampleAttribute, row: SampleRow, words: Wording) -> str:
    if row.value is None:
        return words(Message("unknown"))
    return (
        words.value(attribute.name, row.value) if row.value else words(Message("other or unknown"))
    )


def _counts(row: SampleRow) -> tuple[str, ...]:
    counts = [mark or str(count) for mark, count in zip(row.marks, row.counts, strict=True)]
    return (*counts, str(row.total))
