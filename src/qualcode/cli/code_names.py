"""Codes as people name them on the command line: by path or by label."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.project import Project


def find_path(work: Project, name: str, version: int | None = None) -> str:
    """Return the path of the code with this path or label; ``""`` for no code.

    Args:
        work: The project.
        name: ``motives/joy``, ``Joy`` or ``Motives > Joy``.
        version: Version of the codebook; the newest by default.

    Raises:
        UnknownNameError: No code is called so.
        UndefinedRequestError: Several codes are.
    """
    from qualcode.project.code_names import find_code_path

    return find_code_path(work.codebook.get(version), name) if name else ""


def find_paths(work: Project, names: Iterable[str]) -> list[str]:
    """Return the path of each code, as :func:`find_path` does."""
    return [find_path(work, name) for name in names]
