"""Reads the users of a REFI-QDA file; each gets one name, also those that it does not list."""

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
        self,
        root: _Element,
        exact: Sequence[str],
        loss_report: LossReport,
        *,
        is_qualcode_file: bool,
    ) -> None:
        """Read the users.

        Args:
            root: The project.
            exact: Names in the same order, as stored by qualcode.
            loss_report: Gets the users whose name was changed.
            is_qualcode_file: Whether qualcode wrote the file; in another file, a user with the
                name of the consensus is a person.
        """
        self._names_in_use: set[str] = set() if is_qualcode_file else {CONSENSUS}
        self._names: dict[str, str] = {}
        self._loss_report = loss_report
        for place, user in enumerate(children(child(root, "Users"), "User")):
            title = user.get("name") or user.get("id") or ""
            if place < len(exact):
                title = exact[place]
            if not title.strip():
                loss_report.record_changed("coders", "They have no name; they were given one.")
                title = f"coder {place + 1}"
            self._add(guid_of(user.get("guid")), title)

    def _add(self, guid: str, name: str) -> str:
        free = free_name(name, self._names_in_use)
        self._names_in_use.add(free)
        self._names[guid] = free
        return free

    def name(self, guid: str) -> str:
        """Return the name of a user; a user that the file does not list gets one."""
        if guid in self._names:
            return self._names[guid]
        self._loss_report.record_changed(
            "coders", "The file does not list them; they were given a name."
        )
        return self._add(guid, UNKNOWN)

    def listed_name(self, guid: str) -> str:
        """Return the name of a user; ``""`` if the file does not list the user."""
        return self._names.get(guid, "")

    def names(self) -> tuple[str, ...]:
        """Return all names."""
        return tuple(self._names.values())
