"""The report on the themes: every summary, and what is said of the whole study."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.coverage import Coverage
from qualcode.model.matrix import CrossTable
from qualcode.model.saturation import Saturation
from qualcode.model.theme import ThemeSummary
from qualcode.model.typology import TypeGroup, Typology


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
    """

    themes: tuple[ThemeSummary, ...]
    tables: tuple[CrossTable, ...] = ()
    saturation: tuple[Saturation, ...] = ()
    typology: Typology | None = None
    types: tuple[TypeGroup, ...] = ()
    coverage: Coverage | None = None
