"""Text files: ``.txt`` and Markdown, kept exactly as written."""

from __future__ import annotations

import re

from qualcode.importing.source import Written
from qualcode.importing.text_encoding import decode

_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)


def read_plain(data: bytes, file_name: str) -> Written:
    """Return the text of a text file."""
    text, problems = decode(data, file_name)
    is_marked = file_name.casefold().endswith(".md")
    headings = tuple(found.span() for found in _HEADING.finditer(text)) if is_marked else ()
    return Written(text, problems=problems, headings=headings)
