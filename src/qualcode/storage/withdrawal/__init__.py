"""Erases what a participant said from everything that a project keeps; this cannot be undone."""

from qualcode.storage.withdrawal.participant import (
    WithdrawalReport,
    WithdrawnPart,
    find_parts,
    withdraw,
)
from qualcode.storage.withdrawal.remains import find_remains

__all__ = ["WithdrawalReport", "WithdrawnPart", "find_parts", "find_remains", "withdraw"]
