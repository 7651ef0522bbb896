"""What an answer of a language model must look like, and which of it is kept."""

from __future__ import annotations

import json
import re
from typing import Any

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "passages": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"number": {"type": "integer"}, "words": {"type": "string"}},
                "required": ["number", "words"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["passages"],
    "additionalProperties": False,
}
"""The schema that servers are given; :func:`read_reply` holds answers to the same."""

_QUOTATION = "\"'“”‘’„«»"
_SPACE = re.compile(r"\s+")


class UnusableReplyError(ValueError):
    """An answer that is not of the schema."""


def read_reply(text: str, count: int) -> list[tuple[int, str]]:
    """Return the passages of an answer: the number of each, from 0, and the words given for it.

    Args:
        text: What the model wrote.
        count: How many passages it was asked about.

    Raises:
        UnusableReplyError: it is not of the schema, or speaks of a passage that there is not.
    """
    try:
        value = json.loads(text)
    # Brackets nested deep enough exhaust the recursion of the parser.
    except (ValueError, RecursionError) as error:
        raise UnusableReplyError(text[:80]) from error
    if not isinstance(value, dict) or value.keys() != {"passages"}:
        raise UnusableReplyError(text[:80])
    listed = value["passages"]
    if not isinstance(listed, list) or not all(_is_passage(item, count) for item in listed):
        raise UnusableReplyError(text[:80])
    return [(item["number"] - 1, item["words"]) for item in listed]


def _is_passage(item: Any, count: int) -> bool:
    return (
        isinstance(item, dict)
        and item.keys() == {"number", "words"}
        # True is an integer in Python
        and type(item["number"]) is int
        and 1 <= item["number"] <= count
        and isinstance(item["words"], str)
    )


def find_words(words: str, text: str) -> tuple[int, int] | None:
    """Return where words stand literally in a text; None where they do not.

    Line breaks and spaces count as the same, and quotation marks around the words do not count.
    Whole words only: "oor" stands in no "voor".
    """
    parts = _SPACE.split(words.strip().strip(_QUOTATION).strip())
    # a full stop stands in every passage and shows nothing
    if not any(map(str.isalnum, "".join(parts))):
        return None
    pattern = r"\s+".join(map(re.escape, parts))
    before = r"(?<!\w)" if parts[0][0].isalnum() else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    match = re.search(before + pattern + after, text)
    return match.span() if match else None
