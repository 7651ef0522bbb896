"""A document as html (one file, nothing fetched from elsewhere) and as Markdown."""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape

from qualcode.exporting.document.blocks import (
    Block,
    Bullets,
    Document,
    Heading,
    Kind,
    Paragraph,
    ParagraphStyle,
    Picture,
    QuoteBlock,
    Table,
    numbered_headings,
)
from qualcode.exporting.document.typography import cell_text, one_line, printable
from qualcode.exporting.words import Words

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
_RIGHT = frozenset({Kind.COUNT, Kind.FIGURE, Kind.SHARE})


def html_bytes(document: Document) -> bytes:
    """Return the document as one html file that is also well-formed XML."""
    title = escape(one_line(document.title))
    parts = [
        "<!DOCTYPE html>",
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
        *(_html(block, document.language, "") for block in document.lead),
        _html_contents(document),
        *(
            _html(block, document.language, f"s{number}")
            for number, block in enumerate(document.blocks)
        ),
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(part for part in parts[:-1] if part).encode("utf-8") + b"\n"


def _html_contents(document: Document) -> str:
    headings = list(numbered_headings(document))
    if not headings:
        return ""
    lines, depth = [], 0
    for number, heading in headings:
        level = min(heading.level, depth + 1)
        if level > depth:
            lines.append("<ul>")
        else:
            lines.append("</li>" + "</ul></li>" * (depth - level))
        lines.append(f'<li><a href="#s{number}">{escape(one_line(heading.text))}</a>')
        depth = level
    lines.append("</li></ul>" * depth)
    label = escape(Words(document.language)("contents"))
    return f'<nav aria-label="{label}">\n' + "\n".join(lines) + "\n</nav>"


def _html(block: Block, language: str, mark: str) -> str:  # noqa: PLR0911 - one per block
    match block:
        case Heading():
            level = block.level + 1
            return f'<h{level} id="{mark}">{escape(one_line(block.text))}</h{level}>'
        case Paragraph(text, ParagraphStyle.BODY):
            return f"<p>{_html_text(text)}</p>"
        case Paragraph(text, style):
            return f'<p class="{style}">{_html_text(text)}</p>'
        case Bullets(items):
            inner = "".join(f"<li>{_html_text(item)}</li>" for item in items)
            return f"<ul>{inner}</ul>"
        case QuoteBlock():
            return _html_quote(block)
        case Table():
            return _html_table(block, language)
        case Picture():
            data = b64encode(block.svg).decode("ascii")
            alt = escape(one_line(block.text))
            return f'<p><img alt="{alt}" src="data:image/svg+xml;base64,{data}"/></p>'


def _html_text(text: str) -> str:
    return escape(printable(text)).replace("\n", "<br/>")


def _html_quote(quote: QuoteBlock) -> str:
    before = f'<p class="context">… {_html_text(quote.before)}</p>' if quote.before else ""
    after = f'<p class="context">{_html_text(quote.after)} …</p>' if quote.after else ""
    attribution = escape(one_line(quote.attribution))
    reference = escape(one_line(quote.reference))
    gap = " · " if attribution and reference else ""
    return (
        f"<blockquote>{before}<p>{_html_text(quote.text)}</p>{after}"
        f'<footer>{attribution}<span class="reference">{gap}{reference}</span></footer>'
        "</blockquote>"
    )


def _html_table(table: Table, language: str) -> str:
    caption = f"<caption>{escape(one_line(table.caption))}</caption>" if table.caption else ""
    looks = [' class="number"' if column.kind in _RIGHT else "" for column in table.columns]
    head = "".join(
        f'<th scope="col"{look}>{escape(one_line(column.title))}</th>'
        for column, look in zip(table.columns, looks, strict=True)
    )
    body = "\n".join(
        "<tr>"
        + "".join(
            f"<td{look}>{_html_text(cell_text(value, column.kind, language))}</td>"
            for value, column, look in zip(row, table.columns, looks, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="wide"><table>{caption}<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody></table></div>"
    )


# Markdown


def markdown_bytes(document: Document) -> bytes:
    """Return the document as Markdown (CommonMark, with GitHub's tables)."""
    blocks = (*document.lead, *document.blocks)
    parts = [f"# {_md(one_line(document.title))}"]
    parts += [_md(one_line(document.study))] if document.study else []
    parts += [text for block in blocks if (text := _markdown(block, document.language))]
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def _markdown(block: Block, language: str) -> str:  # noqa: PLR0911 - one per block
    match block:
        case Heading():
            return "#" * (block.level + 1) + " " + _md(one_line(block.text))
        case Paragraph(text, ParagraphStyle.BODY):
            return _md_lines(text)
        case Paragraph(text, _):
            return "*" + _md(one_line(text)) + "*"
        case Bullets(items):
            return "\n".join("- " + _md(one_line(item)) for item in items)
        case QuoteBlock():
            return _md_quote(block)
        case Table():
            return _md_table(block, language)
        case Picture():
            return ""


def _md(text: str) -> str:
    """Return text whose characters Markdown leaves alone, also at the start of a line."""
    return re.sub(
        r"^(\s*)([#+=-]|\d+(?=[.)]))", _escaped_start, _md_inline(text), flags=re.MULTILINE
    )


def _escaped_start(found: re.Match[str]) -> str:
    mark = found.group(2)
    return found.group(1) + (f"{mark}\\" if mark.isdigit() else f"\\{mark}")


def _md_inline(text: str) -> str:
    bare = re.sub(r"([\\`*_<>|~]|&(?=#?\w+;))", r"\\\1", text)
    return bare.replace("](", r"]\(")


def _md_lines(text: str) -> str:
    return "\\\n".join(_md(line) for line in printable(text).split("\n"))


def _md_quote(quote: QuoteBlock) -> str:
    paragraphs = []
    if quote.before:
        paragraphs.append("… " + _md_lines(quote.before))
    paragraphs.append(_md_lines(quote.text))
    if quote.after:
        paragraphs.append(_md_lines(quote.after) + " …")
    source = " · ".join(filter(None, (one_line(quote.attribution), one_line(quote.reference))))
    if source:
        paragraphs.append("— " + _md(source))
    whole = "\n\n".join(paragraphs)
    return "\n".join(f"> {line}".rstrip() for line in whole.split("\n"))


def _md_table(table: Table, language: str) -> str:
    rule = ["---:" if column.kind in _RIGHT else "---" for column in table.columns]
    lines = [[_md_inline(one_line(column.title)) for column in table.columns], rule]
    lines += [
        [
            _md_inline(one_line(cell_text(value, column.kind, language)))
            for value, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    text = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"**{_md(one_line(table.caption))}**\n\n{text}" if table.caption else text
