"""Text files: ``.txt`` and Markdown, kept exactly as written."""

from __future__ import annotations

import re

from qualcode.importing.source import DocumentSource
from qualcode.importing.text_encoding import decode_text

# A line that is bold or italic from its first letter to its last.
_EMPHASIS = re.compile(
    r"^[ \t]{0,12}(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<words>[^\n*]+?)(?<=\S)(?P=mark)[ \t]*$",
    re.MULTILINE,
)
_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)


def read_plain_text(data: bytes, file_name: str) -> DocumentSource:
    """Return the text of a text file."""
    text, problems = decode_text(data, file_name)
    is_marked = file_name.casefold().endswith(".md")
    # In a .txt file a line that begins with # is ordinary text.
    headings = tuple(heading.span() for heading in _HEADING.finditer(text)) if is_marked else ()
    emphases = tuple(match.span("words") for match in _EMPHASIS.finditer(text)) if is_marked else ()
    return DocumentSource(text, problems=problems, headings=headings, emphases=emphases)
