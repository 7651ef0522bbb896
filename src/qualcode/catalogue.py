"""Reads the catalogue of a language: a ``.po`` file with the translation of each message.

Owns the subset of the format that the catalogue uses. Babel reads all of it, but takes longer than
many a command; a test holds that both read the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

Key: TypeAlias = tuple[str, str]
"""Context (``""`` for nearly all) and English template of a message."""

Forms: TypeAlias = str | tuple[str, ...]
"""The translation of a message; of a counted one its forms, one and many."""

_ESCAPED = re.compile(r"\\(.)")
_CHARACTERS = {"n": "\n", "t": "\t", "r": "\r"}


def read_catalogue(path: Path) -> dict[Key, Forms]:
    """Return the translations of a catalogue by context and English template.

    Messages without a translation, or with one that is marked fuzzy, are left out.

    Args:
        path: The ``.po`` file, in UTF-8.
    """
    catalogue: dict[Key, Forms] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        fields = _read_fields(block)
        template = fields.get("msgid", "")
        if template:
            forms = _read_forms(fields)
            if forms:
                catalogue[fields.get("msgctxt", ""), template] = forms
    return catalogue


def _read_fields(block: str) -> dict[str, str]:
    """Return the texts of one entry by keyword, such as ``msgid``; none of a fuzzy entry."""
    fields: dict[str, str] = {}
    keyword = ""
    for line in block.split("\n"):
        if line.startswith('"'):
            # A long text goes on in lines of its own.
            fields[keyword] += _read_string(line)
        elif line.startswith("msg"):
            keyword, _, string = line.partition(" ")
            fields[keyword] = _read_string(string)
        elif line.startswith("#,") and "fuzzy" in line:
            return {}
    return fields


def _read_forms(fields: Mapping[str, str]) -> Forms:
    if "msgid_plural" not in fields:
        return fields.get("msgstr", "")
    forms = tuple(text for keyword, text in fields.items() if keyword.startswith("msgstr["))
    return forms if all(forms) else ()


def _read_string(line: str) -> str:
    """Return the text between quotes, with its escapes replaced."""
    string = line.strip()[1:-1]
    if "\\" not in string:
        return string
    return _ESCAPED.sub(lambda mark: _CHARACTERS.get(mark[1], mark[1]), string)
