"""What the finders of facts for checklists share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qualcode.errors import UndefinedRequestError
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Coding, Event
from qualcode.project.layers import FINAL

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot


class FactFinder:
    """Finds facts of one project.

    Args:
        project: The project.
        snapshot: Its state; no open round hides a part of it.
        language: ``nl`` or ``en``: of the names of groups, codes and attributes.
    """

    def __init__(self, project: Project, snapshot: Snapshot, language: str) -> None:
        self._project = project
        self._snapshot = snapshot
        self._words = Wording(language)
        self._measures = project.disclosure.measures()

    @property
    def _events(self) -> tuple[Event, ...]:
        return self._snapshot.recall("events", self._project.history.events)

    @cached_property
    def _layer(self) -> tuple[Coding, ...]:
        """The codings that reports count; none where coders differ and nobody decided."""
        try:
            return self._project.codings.collect_layer(FINAL)
        except UndefinedRequestError:
            return ()


def count_codes(count: int) -> Message:
    """Return "1 code" or "44 codes"."""
    return Message.counted("{count} code", "{count} codes", count)


def count_themes(count: int) -> Message:
    """Return "1 theme" or "4 themes"."""
    return Message.counted("{count} theme", "{count} themes", count)
