"""The people of a REFI-QDA file: one name for each, also for those the file forgets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.importing.refi.container import child, children, guid_of
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.sources import free_name
from qualcode.model import CONSENSUS

if TYPE_CHECKING:
    from lxml.etree import _Element

UNKNOWN = "unknown coder"


class Users:
    """Names by GUID, in the order of the file."""

    def __init__(
        self, root: _Element, exact: Sequence[str], loss_report: LossReport, *, is_own: bool
    ) -> None:
        """Read the users.

        Args:
            root: The project.
            exact: Names in the same order, as our own file gives them.
            loss_report: What could not be taken as it is.
            is_own: Whether we wrote the file; in another, the name of the consensus is a person's.
        """
        self._taken: set[str] = set() if is_own else {CONSENSUS}
        self._names: dict[str, str] = {}
        self._loss_report = loss_report
        for place, user in enumerate(children(child(root, "Users"), "User")):
            shown = user.get("name") or user.get("id") or ""
            if place < len(exact):
                shown = exact[place]
            if not shown.strip():
                loss_report.record_changed("coders", "They have no name; they were given one.")
                shown = f"coder {place + 1}"
            self._add(guid_of(user.get("guid")), shown)

    def _add(self, guid: str, name: str) -> str:
        free = free_name(name, self._taken)
        self._taken.add(free)
        self._names[guid] = free
        return free

    def name(self, guid: str) -> str:
        """Return the name of a user; one that the file does not list is given one."""
        if guid in self._names:
            return self._names[guid]
        self._loss_report.record_changed(
            "coders", "The file does not list them; they were given a name."
        )
        return self._add(guid, UNKNOWN)

    def known(self, guid: str) -> str:
        """Return the name of a user; ``""`` where the file does not list them."""
        return self._names.get(guid, "")

    def names(self) -> tuple[str, ...]:
        """Return all names."""
        return tuple(self._names.values())
