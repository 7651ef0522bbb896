"""The report on the themes: every summary, and what is said of the whole study."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.coverage import Coverage
from qualcode.model.matrix import CrossTable
from qualcode.model.provenance import Provenance
from qualcode.model.saturation import Saturation
from qualcode.model.theme import ThemeSummary
from qualcode.model.typology import TypeGroup, Typology


@dataclass(frozen=True, slots=True)
class SampleCount:
    """How many cases have one value of an attribute, or one of the rare values together.

    Attributes:
        attribute: Name of the attribute.
        value: The value; ``""`` for those that are too rare to tell apart, None for not told.
        cases: Number of cases.
    """

    attribute: str
    value: str | None
    cases: int


@dataclass(frozen=True, slots=True)
class ThemeReport:
    """Everything about the themes of a project, in the order to print it.

    Attributes:
        themes: One per theme, in order of the codebook.
        tables: The matrices.
        saturation: All interviews first, then one per group.
        typology: None where it was not asked for.
        types: The types that researchers assigned to cases, where they did.
        coverage: None where it was not asked for.
        sample: Who the cases are, without anybody being singled out.
        sample_threshold: Values of fewer cases than this are counted together in it.
        made: How it was made; None where nobody said.
    """

    themes: tuple[ThemeSummary, ...]
    tables: tuple[CrossTable, ...] = ()
    saturation: tuple[Saturation, ...] = ()
    typology: Typology | None = None
    types: tuple[TypeGroup, ...] = ()
    coverage: Coverage | None = None
    sample: tuple[SampleCount, ...] = ()
    sample_threshold: int = 0
    made: Provenance | None = None
