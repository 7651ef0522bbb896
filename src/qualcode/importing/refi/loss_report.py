"""Collects the loss report while a file is read; equal lines are counted, not repeated."""

from __future__ import annotations

from qualcode.model import Loss, LossKind


class LossReport:
    """Counts the items that were imported unchanged, changed, or not imported."""

    def __init__(self) -> None:
        self._lines: dict[tuple[LossKind, str, str], int] = {}

    def record_taken(self, subject: str, count: int, message: str) -> None:
        """Count items that were imported unchanged."""
        self._add(LossKind.TAKEN, subject, message, count)

    def record_changed(self, subject: str, message: str, count: int = 1) -> None:
        """Count items that were imported with a change."""
        self._add(LossKind.CHANGED, subject, message, count)

    def record_lost(self, subject: str, message: str, count: int = 1) -> None:
        """Count items that were not imported."""
        self._add(LossKind.NOT_TAKEN, subject, message, count)

    def _add(self, kind: LossKind, subject: str, message: str, count: int) -> None:
        if count:
            key = (kind, subject, message)
            self._lines[key] = self._lines.get(key, 0) + count

    def losses(self) -> tuple[Loss, ...]:
        """Return the report: imported first, then changed, then not imported."""
        order = list(LossKind)
        lines = sorted(self._lines.items(), key=lambda line: order.index(line[0][0]))
        return tuple(Loss(kind, subject, count, text) for (kind, subject, text), count in lines)
