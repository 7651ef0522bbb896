"""Keys of the settings that hold what researchers wrote on codings: an id, and who wrote it.

The author stands in the key, so that a blind round can hide a text without reading it. No name of
a participant does: values are rewritten when somebody withdraws, keys are not.
"""

from __future__ import annotations

import secrets

SUMMARY, FINDING, RECOMMENDATION = "summary ", "finding ", "recommendation "
WRITTEN = (SUMMARY, FINDING, RECOMMENDATION)
_BY = " by "


def new_design_id() -> str:
    """Return an id for a new text."""
    return secrets.token_hex(8)


def design_key(kind: str, design_id: str, author: str) -> str:
    """Return the key of a text."""
    return f"{kind}{design_id}{_BY}{author}"


def read_design_key(key: str) -> tuple[str, str]:
    """Return the id and the author that a key names."""
    # Ids have no space, names of coders may.
    named, _, author = key.partition(_BY)
    return named.rpartition(" ")[2], author
