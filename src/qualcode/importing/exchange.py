"""Whole projects of other programs: the suffix chooses the reader."""

from __future__ import annotations

from pathlib import Path

from qualcode.model import ExchangeProject


def read_exchange(path: Path, *, language: str = "nl") -> ExchangeProject:
    """Read a project of another program.

    Args:
        path: A ``.qdpx``, ``.qdc`` or Taguette's ``.sqlite3`` file.
        language: Language of its codes and texts, where the file does not say.

    Raises:
        UnreadableFileError: the file is not there, damaged, unsafe or something else.
        UnsupportedFormatError: another suffix.
    """
    # Each in its function: every command would wait for readers that few need.
    from qualcode.importing.refi import read_refi
    from qualcode.importing.taguette import TAGUETTE_SUFFIX, read_taguette

    if path.suffix.casefold() == TAGUETTE_SUFFIX:
        return read_taguette(path, language=language)
    return read_refi(path, language=language)
