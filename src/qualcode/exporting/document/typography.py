"""Text fit for print: no illegal characters, typographic quotation marks, cells, times."""

from __future__ import annotations

import re

from qualcode.exporting.document.table import Kind, Value
from qualcode.exporting.wording import Wording

# Word writes a line break as a vertical tab; the others are breaks for Unicode.
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Control characters and halves of surrogate pairs, which XML 1.0 cannot hold.
_ILLEGAL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DOUBLE = re.compile(r'"([^"\n]*)"')
# Quotation marks, but not the apostrophes of "'s avonds", "'t", "zo'n" and "'98".
_SINGLE = re.compile(r"(?<![\w'])'(?!(?:[stnrmk]|ns|\d+)\b)(?=\S)([^'\n]*[^\s'])'(?!\w)")


def printable(text: str) -> str:
    r"""Return text that XML can hold: vertical tabs and the like become ``\n``, others go."""
    return _ILLEGAL.sub("", _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """Return printable text without line breaks, for headings and labels."""
    return " ".join(printable(text).split())


def between_quotes(text: str) -> str:
    """Return a passage between “ ”, with ‘ ’ for straight marks in it and ’ for apostrophes.

    The same marks serve Dutch and English; words are left as they are.
    """
    inner = _SINGLE.sub("‘\\1’", printable(text).strip())
    inner = _DOUBLE.sub("‘\\1’", inner).replace("'", "’")
    return f"“{inner}”"


def cell_text(value: Value, kind: Kind, words: Wording) -> str:
    """Return a cell of a table as text; nothing is a dash."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return printable(words(value))
    if kind is Kind.SHARE:
        return words.number(100 * value, 0) + "%"
    if isinstance(value, float):
        return words.number(value)
    return str(value)


def clock(milliseconds: int) -> str:
    """Return a time in a recording as ``4:31`` or ``1:04:31``."""
    seconds = milliseconds // 1000
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
