"""A document as Markdown: CommonMark, with the tables of GitHub."""

from __future__ import annotations

import re
from typing import Any

from qualcode.exporting.document.blocks import (
    INTERVIEWER,
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    ParagraphStyle,
    Picture,
    QuoteBlock,
)
from qualcode.exporting.document.table import NUMBERS, Table
from qualcode.exporting.document.typography import cell_text, one_line, printable
from qualcode.exporting.wording import Wording
from qualcode.model import DialogueLine


def markdown_bytes(document: Document) -> bytes:
    """Return the document as Markdown (CommonMark, with GitHub's tables)."""
    words = Wording(document.language)
    blocks = (*document.lead, *document.blocks)
    parts = [f"# {_md(one_line(document.title))}"]
    parts += [_md(one_line(document.study))] if document.study else []
    parts += [text for block in blocks if (text := _markdown(block, words))]
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _markdown(block: Block, words: Wording) -> str:  # noqa: PLR0911 - one per block
    match block:
        case Heading():
            return "#" * (block.level + 1) + " " + _md(one_line(words(block.text)))
        case Paragraph(text, ParagraphStyle.BODY):
            return _md_lines(words(text))
        case Paragraph(text, ParagraphStyle.CODE):
            return f"```\n{text}\n```"
        case Paragraph(text, _):
            return "*" + _md(one_line(words(text))) + "*"
        case Bullets(items):
            return "\n".join("- " + _md(one_line(words(item))) for item in items)
        case QuoteBlock():
            return _md_quote(block, words)
        case Table():
            return _md_table(block, words)
        # Markdown cannot hold a drawing; the same figures are in a table.
        case Picture():
            return ""


def _md(text: str) -> str:
    """Return text whose characters Markdown leaves alone, also at the start of a line."""
    return re.sub(
        r"^(\s*)([#+=-]|\d+(?=[.)]))", _escaped_start, _md_inline(text), flags=re.MULTILINE
    )


def _escaped_start(match: re.Match[str]) -> str:
    mark = match.group(2)
    return match.group(1) + (f"{mark}\\" if mark.isdigit() else f"\\{mark}")


def _md_inline(text: str) -> str:
    # "&" only where it would begin an entity, so that plain text stays readable.
    bare = re.sub(r"([\\`*_<>|~]|&(?=#?\w+;))", r"\\\1", text)
    # A bracketed remark followed by one in parentheses would become a link.
    return bare.replace("](", r"]\(")


def _md_lines(text: str) -> str:
    return "\\\n".join(_md(line) for line in printable(text).split("\n"))


def _md_quote(quote: QuoteBlock, words: Wording) -> str:
    paragraphs = []
    if quote.before:
        paragraphs.append("… " + _md_lines(quote.before))
    if quote.lines:
        paragraphs += [_md_line(line, words) for line in quote.lines]
    else:
        paragraphs.append(_md_lines(quote.text))
    if quote.after:
        paragraphs.append(_md_lines(quote.after) + " …")
    source = " · ".join(
        line for text in (quote.attribution, quote.reference) if (line := one_line(words(text)))
    )
    if source:
        paragraphs.append("— " + _md(source))
    whole = "\n\n".join(paragraphs)
    return "\n".join(f"> {line}".rstrip() for line in whole.split("\n"))


def _md_line(line: DialogueLine, words: Wording) -> str:
    speaker = _md(one_line(words(line.speaker or INTERVIEWER)))
    # Emphasis ends at the end of a line in some readers, so each line has its own.
    text = [_md(part) for part in printable(line.text).split("\n")]
    parts = [f"*{part}*" if line.is_interviewer and part.strip() else part for part in text]
    return f"**{speaker}:** " + "\\\n".join(parts)


def _md_table(table: Table[Any], words: Wording) -> str:
    rule = ["---:" if column.kind in NUMBERS else "---" for column in table.columns]
    lines = [[_md_inline(one_line(words(column.name))) for column in table.columns], rule]
    lines += [
        [
            _md_inline(one_line(cell_text(value, column.kind, words)))
            for value, column in zip(cells, table.columns, strict=True)
        ]
        for cells in table.cells()
    ]
    text = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    caption = one_line(words(table.caption))
    return f"**{_md(caption)}**\n\n{text}" if caption else text
