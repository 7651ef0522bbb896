"""The report on the themes: every summary, and figures of the whole study."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from qualcode.model.attribute import parse_number
from qualcode.model.coverage import Coverage
from qualcode.model.json_values import rename_fields
from qualcode.model.matrix import CrossTable
from qualcode.model.provenance import Provenance
from qualcode.model.saturation import Saturation
from qualcode.model.theme import ThemeSummary, WaveChange
from qualcode.model.typology import TypeGroup, Typology


@dataclass(frozen=True, slots=True)
class NumberSummary:
    """Mean and range of an attribute that is a number."""

    mean: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, values: Iterable[str]) -> Self | None:
        """Return the summary of values; None if one is no number, or there is none."""
        numbers = [parse_number(value) for value in values if value.strip()]
        numbers_given = [number for number in numbers if number is not None]
        # a mean of those who gave a number would be taken for one of everybody
        if not numbers_given or len(numbers_given) < len(numbers):
            return None
        return cls(sum(numbers_given) / len(numbers_given), min(numbers_given), max(numbers_given))


@dataclass(frozen=True, slots=True)
class SampleCount:
    """The number of cases with one value of an attribute, or with any of the rare values.

    Attributes:
        attribute: Name of the attribute.
        value: The value; ``""`` for all rare values together, None for unknown.
        cases: Number of cases.
        numbers: In the place of a value: mean and range of all cases with a number.
    """

    attribute: str
    value: str | None
    cases: int
    numbers: NumberSummary | None = None


@dataclass(frozen=True, slots=True)
class ThemeReport:
    """Everything about the themes of a project, in the order to print it.

    Attributes:
        themes: One per theme, in order of the codebook.
        tables: The matrices.
        saturation: All interviews first, then one per group.
        typology: None if it was not requested.
        types: The types that researchers assigned to cases, if any.
        coverage: None if it was not requested.
        sample: Counts of attributes of the cases that identify nobody.
        sample_threshold: Values of fewer cases than this are counted together.
        provenance: Its provenance; None if not given.
        changes: Changes from wave to wave, if cases took part in two.
    """

    themes: tuple[ThemeSummary, ...]
    tables: tuple[CrossTable, ...] = ()
    saturation: tuple[Saturation, ...] = ()
    typology: Typology | None = None
    types: tuple[TypeGroup, ...] = ()
    coverage: Coverage | None = None
    sample: tuple[SampleCount, ...] = ()
    sample_threshold: int = 0
    provenance: Provenance | None = None
    changes: tuple[WaveChange, ...] = ()

    def json_fields(self) -> dict[str, Any]:
        """Return the report as JSON names it: the provenance is ``made``."""
        return rename_fields(self, {"provenance": "made"})
