"""Whole projects of other programs: the suffix chooses the reader."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qualcode.importing.damage import damage_refused
from qualcode.model import ExchangeProject, Role

TAGUETTE_SUFFIXES = (".sqlite3", ".tag")
"""What projects of Taguette are called; both are databases of SQLite."""
PROJECT_SUFFIXES = (".qdpx", ".qdc", *TAGUETTE_SUFFIXES, ".qda")
"""Suffixes of projects and codebooks of other programs."""


def project_suffixes() -> tuple[str, ...]:
    """Return the suffixes of projects and codebooks of other programs."""
    return PROJECT_SUFFIXES


def read_exchange(
    path: Path, *, language: str = "nl", roles: Mapping[str, Role] | None = None
) -> ExchangeProject:
    """Read a project of another program.

    Args:
        path: A ``.qdpx``, ``.qdc``, ``.sqlite3`` or ``.tag`` (Taguette) file, or a ``.qda``
            folder (QualCoder).
        language: Language of its codes and texts, where the file does not say.
        roles: Roles by speaker label; other speakers are proposed.

    Raises:
        UnreadableFileError: the file is not there, damaged, unsafe or something else.
        UnsupportedFormatError: another suffix.
    """
    # Each in its function: every command would wait for readers that few need.
    from qualcode.importing.qualcoder import is_qualcoder, read_qualcoder
    from qualcode.importing.refi import read_refi
    from qualcode.importing.taguette import read_taguette

    with damage_refused(path):
        if path.suffix.casefold() in TAGUETTE_SUFFIXES:
            return read_taguette(path, language=language, roles=roles)
        if is_qualcoder(path):
            return read_qualcoder(path, language=language, roles=roles)
        return read_refi(path, language=language, roles=roles)
