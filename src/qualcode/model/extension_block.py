"""A marked block in a description: fields that another program's format has no place for.

A person reads it as ``key: value`` lines below the text; the program reads it back exactly::

    Where the drugs are easy to get.

    --- qualcode 1 ---
    include: {"nl": "Beschikbaarheid in de buurt"}
    terms: ["dealer", "koerier"]
    --- end qualcode ---
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

START = "--- qualcode 1 ---"
END = "--- end qualcode ---"
_BLOCK = re.compile(rf"(?:\A|\n\n?){START}\n((?:[^\n]*\n)*?){END}\s*\Z")
_START_LINE = re.compile(rf"^{START}$", re.MULTILINE)
_UNSAFE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_xml_safe(text: str) -> bool:
    """Tell whether XML can hold a text and give it back unchanged."""
    return _UNSAFE.search(text) is None


def xml_safe(text: str) -> str:
    """Return a text with a replacement character for each one that XML cannot hold."""
    return _UNSAFE.sub("\ufffd", text)


def with_block(text: str, fields: Mapping[str, Any]) -> str:
    """Return a text with a block of fields below it; the text alone where there are none.

    Args:
        text: What people read first; :func:`split_block` gives it back as it was, save
            characters that XML cannot hold.
        fields: JSON values by name.
    """
    kept = dict(fields)
    if not is_xml_safe(text):
        kept["text"] = text
        text = xml_safe(text)
    if not kept and START not in text:
        return text
    lines = "".join(f"{key}: {_line(value)}\n" for key, value in kept.items())
    return f"{text}\n\n{START}\n{lines}{END}" if text else f"{START}\n{lines}{END}"


def split_block(text: str) -> tuple[str, dict[str, Any]]:
    """Return the text above the block, and the fields in it; a line that is damaged is left out."""
    plain = text.replace("\r\n", "\n")
    places = [match.start() for match in _START_LINE.finditer(plain)]
    found = _BLOCK.search(plain, max(0, places[-1] - 2)) if places else None
    if found is None:
        return text, {}
    fields: dict[str, Any] = {}
    for line in found[1].split("\n"):
        key, colon, value = line.partition(": ")
        if not colon:
            continue
        try:
            fields[key.strip()] = json.loads(value)
        except (ValueError, RecursionError):
            continue
    exact = fields.pop("text", plain[: found.start()])
    return (exact if isinstance(exact, str) else plain[: found.start()]), fields


def _line(value: Any) -> str:
    words = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return _UNSAFE.sub(lambda match: _escaped(match[0]), words)


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}"
