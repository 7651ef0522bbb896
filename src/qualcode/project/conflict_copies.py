"""Copies of a project, as a synchronising service leaves them when two versions meet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError
from qualcode.messages import Message
from qualcode.model import CONSENSUS

if TYPE_CHECKING:
    from qualcode.project.coder_packages import PackageMerge
    from qualcode.project.project import Project


def merge_copy(project: Project, file: Path) -> tuple[PackageMerge, ...]:
    """Take the work of every coder in a copy of this project into it, as one step.

    What is here already is left alone; the copy stays as it is. Decisions and the consensus are not
    taken: two versions of them exclude each other.

    Args:
        project: The project.
        file: The copy.

    Returns:
        What came of it, for each coder.

    Raises:
        ConflictError: it is a copy of another project, or the work stands on other texts, another
            codebook or another round; nothing is merged.
        ProjectError: it cannot be opened.
    """
    with type(project).open(file) as copy:
        if copy.info.key != project.info.key:
            raise ConflictError(
                Message(
                    "'{file}' is no copy of this project: it is '{name}', made at another moment.",
                    file=file.name,
                    name=copy.info.name,
                )
            )
        coders = [name for name in copy.rounds.coders() if name != CONSENSUS]
        # As each coder: in a blind round only they can read their own work.
        works = [copy.acting_as(name).exchange.collect_package() for name in coders]
    with project.history.step():
        return tuple(project.exchange.merge(work, file.name) for work in works)
