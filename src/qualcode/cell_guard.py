"""Cells of tables for spreadsheets: text that would be computed gets an apostrophe before it.

Excel and LibreOffice take a text in a csv file for a formula if it begins with one of these signs;
a formula can call a program or send what is in other cells (OWASP: CSV injection).
"""

from __future__ import annotations

import re

# Also behind apostrophes of its own, so that taking one away gives the text back.
_COMPUTED = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"''*[=+\-@\t\r\n]")


def guard_cell(text: str) -> str:
    """Return a text as it can stand in a cell."""
    return f"'{text}" if _COMPUTED.match(text) else text


def unguard_cell(text: str) -> str:
    """Return what :func:`guard_cell` was given."""
    return text[1:] if _GUARDED.match(text) else text
