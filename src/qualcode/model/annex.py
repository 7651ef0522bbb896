"""What the annexes of a paper hold: codebook, its development, topic guides, sample."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qualcode.model.codebook import Code, Codebook, CodeChange
from qualcode.model.quote import Quote, Reach
from qualcode.model.theme_report import NumberSummary


class AnnexKind(StrEnum):
    """The annexes that can be made."""

    CODEBOOK = "codebook"
    GUIDE = "guide"
    DEVELOPMENT = "development"
    SAMPLE = "sample"
    REFERENCES = "references"


@dataclass(frozen=True, slots=True)
class CodebookEntry:
    """A code as a codebook for publication prints it.

    Attributes:
        code: The code.
        reaches: How many participants have it: all, then per group; empty if nothing is coded.
        example: A passage that may be printed; None where there is none.
        no_example: Why there is no example, where something is coded; ``""`` else.
    """

    code: Code
    reaches: tuple[Reach, ...] = ()
    example: Quote | None = None
    no_example: str = ""


@dataclass(frozen=True, slots=True)
class VersionUse:
    """For what a version of the codebook was used.

    Attributes:
        round: The round; ``""`` outside rounds.
        interviews: Number of interviews that were coded with it.
        codings: Number of codings.
    """

    round: str
    interviews: int
    codings: int


@dataclass(frozen=True, slots=True)
class VersionReport:
    """One version of a codebook: what changed, and why.

    Attributes:
        version: Its number.
        at: When it was made.
        coder: Who made it; ``""`` for nobody named.
        note: Why, as the project keeps it.
        codebook: The codes of this version.
        changes: What changed from the version before; empty for the first.
        uses: The rounds and interviews that were coded with it.
    """

    version: int
    at: datetime
    coder: str
    note: str
    codebook: Codebook
    changes: tuple[CodeChange, ...] = ()
    uses: tuple[VersionUse, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleRow:
    """The number of participants with one value, per group.

    Attributes:
        value: The value; ``""`` for all rare values together, None for unknown.
        counts: Per group; None where the count is hidden.
        marks: Printed in the place of a hidden count: "<3"; ``""`` where it is printed.
        total: In all groups.
    """

    value: str | None
    counts: tuple[int | None, ...]
    marks: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SampleAttribute:
    """One attribute of the participants.

    Attributes:
        name: Its name.
        rows: Its values or bands; empty where it is left out.
        numbers: Mean and range per group, then of all, of a number; None where too few have one.
        left_out: Why it is not in the table; ``""`` if it is.
        accepted: Why small counts are printed; ``""`` if nobody decided so.
    """

    name: str
    rows: tuple[SampleRow, ...] = ()
    numbers: tuple[NumberSummary | None, ...] = ()
    left_out: str = ""
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class SampleTable:
    """The participants of a study, per group.

    Attributes:
        groups: The groups, in the order chosen; one ``""`` where there are none.
        sizes: Number of participants per group; None where it is hidden.
        total: Number of all participants.
        threshold: Smaller counts are hidden.
        attributes: Every attribute, also those that are left out.
    """

    groups: tuple[str, ...]
    sizes: tuple[int | None, ...]
    total: int
    threshold: int
    attributes: tuple[SampleAttribute, ...]
