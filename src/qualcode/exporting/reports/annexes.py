"""Annexes of a paper: the codebook for publication, topic guides, references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    ParagraphStyle,
    QuoteBlock,
    note,
)
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.document.typography import between_quotes
from qualcode.exporting.reports.annex_files import write_annex
from qualcode.exporting.reports.colophon import About
from qualcode.exporting.reports.reach import reach_line
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Codebook, Guide, LocalText, Question
from qualcode.model.annex import CodebookEntry
from qualcode.model.codebook import theme_path
from qualcode.model.reference import Reference


class _Texts:
    """Texts of a codebook in one language, with labels in the place of paths."""

    def __init__(self, codebook: Codebook, words: Wording) -> None:
        self._words = words
        self.label = Labels(codebook, words.language)
        paths = sorted((path for path in codebook.paths if "/" in path), key=len, reverse=True)
        # Entries point to other codes by path, which no reader of a paper knows.
        self._path = re.compile(
            rf"(?<![\w/])(?:{'|'.join(map(re.escape, paths)) or '(?!)'})(?![\w/])"
        )

    def __call__(self, text: LocalText) -> str:
        plain = self._words.of(text).replace("->", "→")
        return self._path.sub(lambda match: f"‘{self.label(match[0])}’", plain)


def write_codebook_annex(
    entries: Sequence[CodebookEntry],
    codebook: Codebook,
    path: Path,
    about: About,
    *,
    threshold: int,
) -> None:
    """Write a codebook for publication: in one language, without colours and lists of words.

    Args:
        entries: Its codes in use, in order, with reach and example as they may be printed.
        codebook: Gives labels.
        path: Where to write: .docx, .html, .md, .xlsx or .csv.
        about: Language and date.
        threshold: Counts of fewer participants are hidden in the reach.
    """
    words = about.words()
    texts = _Texts(codebook, words)
    blocks = (*_hidden_note(entries, threshold), *_codebook_blocks(entries, texts, words))
    table = _codebook_table(entries, texts, words)
    write_annex(Message("Codebook"), blocks, path, about, [table])


def _hidden_note(entries: Sequence[CodebookEntry], threshold: int) -> Iterator[Block]:
    if any(reach.hidden for entry in entries for reach in entry.reaches):
        yield note(
            Message(
                "<{n}: fewer than {n} respondents. …: a number that would give such a number away.",
                n=threshold,
            )
        )


def _codebook_blocks(
    entries: Sequence[CodebookEntry], texts: _Texts, words: Wording
) -> Iterator[Block]:
    for entry in entries:
        code = entry.code
        yield Heading(2 if not code.parent else 3, texts.label(code.path))
        if definition := texts(code.definition):
            yield Paragraph(definition)
        rules = (
            (Message("Include: {text}", text=texts(code.include)), code.include),
            (Message("Exclude: {text}", text=texts(code.exclude)), code.exclude),
        )
        items = tuple(words(rule) for rule, text in rules if words.of(text))
        if items:
            yield Bullets(items)
        if entry.example is not None:
            quote = entry.example
            yield QuoteBlock(between_quotes(quote.text), quote.attribution, lines=quote.lines)
        elif entry.no_example:
            yield note(entry.no_example)
        if line := reach_line(entry.reaches, words):
            yield Paragraph(line, ParagraphStyle.REACH)


def _codebook_table(
    entries: Sequence[CodebookEntry], texts: _Texts, words: Wording
) -> Table[CodebookEntry]:
    def example(entry: CodebookEntry) -> str:
        return between_quotes(entry.example.text) if entry.example else ""

    columns: tuple[Column[CodebookEntry], ...] = (
        Column("theme", heading("theme"), lambda e: texts.label(theme_path(e.code.path))),
        Column("code", heading("code"), lambda e: texts.label(e.code.path)),
        Column("definition", heading("definition"), lambda e: texts(e.code.definition), Kind.LONG),
        Column("include", heading("include"), lambda e: texts(e.code.include), Kind.LONG),
        Column("exclude", heading("exclude"), lambda e: texts(e.code.exclude), Kind.LONG),
        Column("example", heading("example"), example, Kind.LONG),
        Column("reach", heading("reach"), lambda e: reach_line(e.reaches, words), Kind.LONG),
    )
    return Table(Message("Codebook"), columns, tuple(entries))


def write_guides(guides: Sequence[Guide], codebook: Codebook, path: Path, about: About) -> None:
    """Write topic guides: the questions in order, and the codes expected in the answers.

    Args:
        guides: The guides.
        codebook: Gives labels.
        path: Where to write: .docx, .html, .md, .xlsx or .csv.
        about: Language and date.
    """
    words, labels = about.words(), Labels(codebook, about.language)
    columns: tuple[Column[tuple[int, Question]], ...] = (
        Column("number", heading("no."), lambda row: row[0], Kind.COUNT),
        Column("question", heading("question"), lambda row: words.of(row[1].text), Kind.LONG),
        Column("codes", heading("codes"), lambda row: "; ".join(map(labels, row[1].codes))),
    )
    blocks: list[Block] = []
    tables = []
    for guide in guides:
        title = words.of(guide.title) or guide.name
        table = Table(title, columns, tuple(enumerate(guide.questions, 1)))
        asked_of = Message("Asked of: {group}.", group=words.group(guide.group))
        blocks += [Heading(2, title), note(asked_of), table]
        tables.append(table)
    write_annex(Message("Topic guides"), blocks, path, about, tables)


def write_references(
    references: Sequence[Reference], software: str, path: Path, about: About
) -> None:
    """Write the references that a methods section cites, in the order of their authors.

    Args:
        references: The references.
        software: Name and version of this program, which the section names too.
        path: Where to write: .docx, .html or .md.
        about: Language and date.
    """
    program = Message("{name} [Computer software].", name=software)
    blocks = [Paragraph(str(reference)) for reference in references]
    write_annex(Message("References"), (*blocks, Paragraph(program)), path, about)
