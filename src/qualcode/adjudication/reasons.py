"""Why coders differed: the short list, and the text that a decision keeps of it."""

from __future__ import annotations

import re
from enum import StrEnum


class Reason(StrEnum):
    """The short list of reasons why two coders differed."""

    OVERLOOKED = "overlooked"
    DEFINITION_UNCLEAR = "definition_unclear"
    CODES_OVERLAP = "codes_overlap"
    BOUNDARY = "boundary"
    INTERPRETATION = "interpretation"
    MISTAKE = "mistake"
    CODEBOOK_MUST_CHANGE = "codebook_must_change"


def split_reason(text: str) -> tuple[Reason | None, str]:
    """Return the reason of the short list that a text begins with, and the free text.

    A decision keeps both in one text: ``boundary: the pause belongs to it``.
    """
    match = re.match(r"\s*([a-z_]+)\s*(?::\s*|$)", text)
    if match and match.group(1) in set(Reason):
        return Reason(match.group(1)), text[match.end() :].strip()
    return None, text.strip()


def join_reason(reason: str, note: str) -> str:
    """Return one text of a reason and its note; see :func:`split_reason`."""
    return f"{reason.strip()}: {note.strip()}".strip(" :")
