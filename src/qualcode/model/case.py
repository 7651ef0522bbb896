"""The respondents: cases with attributes."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.errors import InvalidValueError
from qualcode.model.frozen import FrozenMap


@dataclass(frozen=True, slots=True)
class Case:
    """A respondent, under a pseudonym, with the interviews it speaks in.

    Attributes:
        name: Pseudonym, unique in the project ("G1").
        attributes: ``group``, ``sex``, ``age_band``, ``region``, ``work``, ... to text.
        transcripts: Names of the case's transcripts.
    """

    name: str
    attributes: FrozenMap[str, str] = field(default_factory=FrozenMap)
    transcripts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError("A case needs a name.")

    @property
    def group(self) -> str:
        """The respondent group, or ``""`` where it is not set."""
        return self.attributes.get("group", "")
