"""Text fit for print: no illegal characters, quotation marks of the language, numbers."""

from __future__ import annotations

import re

from qualcode.exporting.document.blocks import Kind, Value

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ILLEGAL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DOUBLE = re.compile(r'"([^"\n]*)"')
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


def number(value: float, language: str, decimals: int = 2) -> str:
    """Return a figure with the decimal sign of the language."""
    text = f"{value:.{decimals}f}"
    if text.strip("-0.") == "":
        text = text.lstrip("-")
    return text.replace(".", ",") if language == "nl" else text


def cell_text(value: Value, kind: Kind, language: str) -> str:
    """Return a cell of a table as text; nothing is a dash."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return printable(value)
    if kind is Kind.SHARE:
        return number(100 * value, language, 0) + "%"
    if isinstance(value, float):
        return number(value, language)
    return str(value)


def clock(milliseconds: int) -> str:
    """Return a time in a recording as ``4:31`` or ``1:04:31``."""
    seconds = milliseconds // 1000
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
