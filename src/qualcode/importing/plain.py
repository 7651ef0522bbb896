"""Text files: ``.txt`` and Markdown, kept exactly as written."""

from __future__ import annotations

from qualcode.importing.decoding import decode
from qualcode.importing.source import Written


def read_plain(data: bytes, file_name: str) -> Written:
    """Return the text of a text file."""
    text, problems = decode(data, file_name)
    return Written(text, problems=problems)
