"""A document as html: one file, nothing fetched from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from html import escape
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
    numbered_headings,
)
from qualcode.exporting.document.table import NUMBERS, Table
from qualcode.exporting.document.typography import cell_text, one_line, printable
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import DialogueLine

_CSS = """\
:root { color-scheme: light; }
body { max-width: 44rem; margin: 3rem auto; padding: 0 1.25rem; color: #1f2937;
  background: #fff; font: 1.0625rem/1.6 Georgia, "Times New Roman", serif; }
h1, h2, h3, h4, nav, .study, .reach, .note, footer, table, caption {
  font-family: Arial, Helvetica, sans-serif; }
h1 { font-size: 2rem; line-height: 1.2; }
.study { font-size: 1.15rem; color: #5b6472; margin-top: -.8rem; }
h2 { font-size: 1.45rem; margin-top: 3.5rem; border-bottom: 1px solid #d5d9e0;
  padding-bottom: .3rem; }
h3 { font-size: 1.1rem; margin: 2.2rem 0 .2rem; }
h4 { font-size: .95rem; font-weight: normal; color: #5b6472; margin: 1.4rem 0 .5rem; }
nav ul { list-style: none; padding-left: 1rem; margin: .2rem 0; }
nav > ul { padding-left: 0; }
a { color: #1d4ed8; }
.reach, .note { font-size: .875rem; color: #5b6472; margin: .2rem 0 .8rem; }
blockquote { margin: 0 2rem 1.3rem; white-space: pre-line; }
blockquote p { margin: 0 0 .2rem; }
blockquote .context { color: #5b6472; font-style: italic; font-size: .925rem; }
blockquote footer { font-size: .8125rem; }
blockquote footer .reference { color: #5b6472; }
img { max-width: 100%; height: auto; }
.wide { overflow-x: auto; margin: 1rem 0 1.5rem; }
table { border-collapse: collapse; font-size: .8125rem; border-top: 2px solid #5b6472;
  border-bottom: 2px solid #5b6472; }
caption { text-align: left; font-weight: bold; padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0;
  border-bottom: 1px solid #d5d9e0; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
@media print { body { max-width: none; margin: 0; } nav { display: none; }
  blockquote, h2, h3, h4 { break-inside: avoid; } h2, h3, h4 { break-after: avoid; } }
"""


def html_bytes(document: Document) -> bytes:
    """Return the document as one html file that is also well-formed XML."""
    words = Wording(document.language)
    title = escape(one_line(document.title))
    parts = [
        "<!DOCTYPE html>",
        # With a namespace and closed elements the file can be read as XML too.
        f'<html lang="{document.language}" xmlns="http://www.w3.org/1999/xhtml">',
        "<head>",
        '<meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        f"<title>{escape(one_line(document.full_title))}</title>",
        f"<style>\n{_CSS}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{title}</h1>",
        f'<p class="study">{escape(one_line(document.study))}</p>' if document.study else "",
        *(_html(block, words, "") for block in document.lead),
        _html_contents(document, words),
        *(_html(block, words, f"s{number}") for number, block in enumerate(document.blocks)),
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(part for part in parts[:-1] if part).encode("utf-8") + b"\n"


def _html_contents(document: Document, words: Wording) -> str:
    headings = list(numbered_headings(document))
    if not headings:
        return ""
    lines, depth = [], 0
    for number, heading in headings:
        # A heading that skips a level would open a list in a list without an item.
        level = min(heading.level, depth + 1)
        if level > depth:
            lines.append("<ul>")
        else:
            lines.append("</li>" + "</ul></li>" * (depth - level))
        lines.append(f'<li><a href="#s{number}">{escape(one_line(words(heading.text)))}</a>')
        depth = level
    lines.append("</li></ul>" * depth)
    label = escape(words(Message("Contents")))
    return f'<nav aria-label="{label}">\n' + "\n".join(lines) + "\n</nav>"


def _html(block: Block, words: Wording, mark: str) -> str:  # noqa: PLR0911 - one per block
    match block:
        case Heading():
            # h1 is the title of the document.
            level = block.level + 1
            return f'<h{level} id="{mark}">{escape(one_line(words(block.text)))}</h{level}>'
        case Paragraph(text, ParagraphStyle.BODY):
            return f"<p>{_html_text(words(text))}</p>"
        case Paragraph(text, ParagraphStyle.CODE):
            return f"<pre>{escape(text)}</pre>"
        case Paragraph(text, style):
            return f'<p class="{style}">{_html_text(words(text))}</p>'
        case Bullets(items):
            inner = "".join(f"<li>{_html_text(words(item))}</li>" for item in items)
            return f"<ul>{inner}</ul>"
        case QuoteBlock():
            return _html_quote(block, words)
        case Table():
            return _html_table(block, words)
        case Picture():
            # Inside the file, so that nothing is fetched when it is opened.
            data = b64encode(block.svg).decode("ascii")
            alt = escape(one_line(words(block.text)))
            return f'<p><img alt="{alt}" src="data:image/svg+xml;base64,{data}"/></p>'


def _html_text(text: str) -> str:
    return escape(printable(text)).replace("\n", "<br/>")


def _html_quote(quote: QuoteBlock, words: Wording) -> str:
    before = f'<p class="context">… {_html_text(quote.before)}</p>' if quote.before else ""
    after = f'<p class="context">{_html_text(quote.after)} …</p>' if quote.after else ""
    attribution = escape(one_line(words(quote.attribution)))
    reference = escape(one_line(words(quote.reference)))
    gap = " · " if attribution and reference else ""
    body = f"<p>{_html_text(quote.text)}</p>"
    if quote.lines:
        body = "".join(_html_line(line, words) for line in quote.lines)
    return (
        f"<blockquote>{before}{body}{after}"
        f'<footer>{attribution}<span class="reference">{gap}{reference}</span></footer>'
        "</blockquote>"
    )


def _html_line(line: DialogueLine, words: Wording) -> str:
    speaker = escape(one_line(words(line.speaker or INTERVIEWER)))
    text = _html_text(line.text)
    return f"<p><b>{speaker}:</b> {f'<i>{text}</i>' if line.is_interviewer else text}</p>"


def _html_table(table: Table[Any], words: Wording) -> str:
    caption = escape(one_line(words(table.caption)))
    looks = [' class="number"' if column.kind in NUMBERS else "" for column in table.columns]
    head = "".join(
        f'<th scope="col"{look}>{escape(one_line(words(column.name)))}</th>'
        for column, look in zip(table.columns, looks, strict=True)
    )
    body = "\n".join(
        "<tr>"
        + "".join(
            f"<td{look}>{_html_text(cell_text(value, column.kind, words))}</td>"
            for value, column, look in zip(cells, table.columns, looks, strict=True)
        )
        + "</tr>"
        for cells in table.cells()
    )
    head_row = f"<thead><tr>{head}</tr></thead>"
    title = f"<caption>{caption}</caption>" if caption else ""
    return f'<div class="wide"><table>{title}{head_row}\n<tbody>\n{body}\n</tbody></table></div>'
