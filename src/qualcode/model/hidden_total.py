"""A count out of a total that may have to be held back."""

from __future__ import annotations

from typing import Any

from qualcode.model.json_values import rename_fields


class HiddenTotal:
    """A count of cases whose total may be too small to be printed.

    Attributes:
        of: Cases that were asked; None if nobody was.
        hidden_of: Printed in the place of ``of`` ("<3"); ``""`` if it is printed.
    """

    __slots__ = ()
    of: int | None
    hidden_of: str

    @property
    def printed_of(self) -> int | str | None:
        """How many cases were asked, as it may be printed."""
        return self.hidden_of or self.of

    def json_fields(self) -> dict[str, Any]:
        """Return the values as JSON has them: what is hidden is in no field."""
        fields = rename_fields(self, {})
        del fields["hidden_of"]
        return {**fields, "of": self.printed_of}
