"""The loss report while a file is read: equal lines are counted, not repeated."""

from __future__ import annotations

from qualcode.model import Loss, LossKind


class LossReport:
    """Counts what was taken, changed and not taken."""

    def __init__(self) -> None:
        self._lines: dict[tuple[LossKind, str, str], int] = {}

    def record_taken(self, subject: str, count: int, message: str) -> None:
        """Note what was taken over as it is."""
        self._add(LossKind.TAKEN, subject, message, count)

    def record_changed(self, subject: str, message: str, count: int = 1) -> None:
        """Note what was taken over, but not as it was."""
        self._add(LossKind.CHANGED, subject, message, count)

    def record_lost(self, subject: str, message: str, count: int = 1) -> None:
        """Note what was not taken over."""
        self._add(LossKind.NOT_TAKEN, subject, message, count)

    def _add(self, kind: LossKind, subject: str, message: str, count: int) -> None:
        if count:
            key = (kind, subject, message)
            self._lines[key] = self._lines.get(key, 0) + count

    def losses(self) -> tuple[Loss, ...]:
        """Return the report: taken first, then changed, then not taken."""
        order = list(LossKind)
        lines = sorted(self._lines.items(), key=lambda line: order.index(line[0][0]))
        return tuple(Loss(kind, subject, count, text) for (kind, subject, text), count in lines)
