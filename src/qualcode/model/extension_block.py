"""The extension block in a description: fields without a place in the format of REFI-QDA.

People read it as ``key: value`` lines below the text; qualcode reads it back exactly::

    Where the drugs are easy to get.

    --- qualcode 1 ---
    include: {"nl": "Beschikbaarheid in de buurt"}
    terms: ["dealer", "koerier"]
    --- end qualcode ---
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from qualcode.model.codebook import Code

START = "--- qualcode 1 ---"
END = "--- end qualcode ---"
# REFI-QDA has a name and a description of a code; its other texts go into the block.
CODE_FIELDS = tuple(name for name in Code.TEXT_FIELDS if name not in {"label", "definition"})
"""Texts of a code that the block holds."""
_BLOCK = re.compile(rf"(?:\A|\n\n?){START}\n((?:[^\n]*\n)*?){END}\s*\Z")
_START_LINE = re.compile(rf"^{START}$", re.MULTILINE)
# XML 1.0 forbids these, and parsers turn a carriage return into a line feed.
_UNSAFE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_xml_safe(text: str) -> bool:
    """Tell whether XML can hold a text and give it back unchanged."""
    return _UNSAFE.search(text) is None


def xml_safe(text: str) -> str:
    """Return a text in which each character that XML cannot hold is replaced."""
    return _UNSAFE.sub("\ufffd", text)


def add_extension_block(text: str, fields: Mapping[str, Any]) -> str:
    """Return a text with a block of fields below it; without fields, the text alone.

    Args:
        text: The text above the block; :func:`split_extension_block` returns it unchanged.
        fields: JSON values by name.
    """
    return "".join(extension_block_parts(text, fields))


def extension_block_parts(text: str, fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield a text with its block, of which a long list or object is never whole in memory.

    Args:
        text: The text above the block.
        fields: JSON values by name; a list may be anything that yields its items.
    """
    block_fields = dict(fields)
    if not is_xml_safe(text):
        # The exact text goes into the block, where unsafe characters are escaped as JSON.
        block_fields["text"] = text
        text = xml_safe(text)
    yield text
    # A text with such a line of its own gets an empty block, or it would be read as one.
    if not block_fields and START not in text:
        return
    yield f"\n\n{START}\n" if text else f"{START}\n"
    for key, value in block_fields.items():
        yield f"{key}: "
        yield from _value_parts(value)
        yield "\n"
    yield END


def split_extension_block(text: str) -> tuple[str, dict[str, Any]]:
    """Return the text above the block, and the fields in it; damaged lines are skipped."""
    plain = text.replace("\r\n", "\n")
    # Only the last start counts: the text above may quote a block.
    places = [match.start() for match in _START_LINE.finditer(plain)]
    block = _BLOCK.search(plain, max(0, places[-1] - 2)) if places else None
    if block is None:
        return text, {}
    fields: dict[str, Any] = {}
    for line in block[1].split("\n"):
        key, colon, value = line.partition(": ")
        if not colon:
            continue
        try:
            fields[key.strip()] = json.loads(value)
        except (ValueError, RecursionError):
            continue
    exact = fields.pop("text", plain[: block.start()])
    return (exact if isinstance(exact, str) else plain[: block.start()]), fields


def _value_parts(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        yield "{"
        for place, (key, part) in enumerate(value.items()):
            yield f"{', ' if place else ''}{_json(key)}: {_json(part)}"
        yield "}"
    elif isinstance(value, Iterable) and not isinstance(value, str | dict):
        yield "["
        for place, part in enumerate(value):
            yield f"{', ' if place else ''}{_json(part)}"
        yield "]"
    else:
        yield _json(value)


def _json(value: Any) -> str:
    words = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return _UNSAFE.sub(lambda match: _escaped(match[0]), words)


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}"
