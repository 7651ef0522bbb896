"""The respondents: cases with attributes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from qualcode.errors import InvalidValueError
from qualcode.model.frozen import FrozenMap


@dataclass(frozen=True, slots=True)
class Case:
    """A respondent under a pseudonym, with attributes and interviews.

    Attributes:
        name: Pseudonym, unique in the project ("G1").
        attributes: ``group``, ``sex``, ``age_band``, ``region``, ``work``, ... to text.
        transcripts: Names of the case's transcripts.
    """

    USUAL_ATTRIBUTES: ClassVar[tuple[str, ...]] = ("group", "sex", "age_band", "region", "work")
    """Attributes that tables and files of other programs name in several ways."""

    OTHER_NAMES: ClassVar[frozenset[str]] = frozenset(
        "geslacht gender sekse leeftijd leeftijdsgroep age provincie regio province beroep "
        "werksituatie werk occupation employment groep doelgroep".split()
    )
    """The same in other words, as attributes keep them where two could be the same one."""

    name: str
    attributes: FrozenMap[str, str] = field(default_factory=FrozenMap)
    transcripts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidValueError("A case needs a name.")

    @property
    def group(self) -> str:
        """The respondent group, or ``""`` if it is not set."""
        return self.attributes.get("group", "")
