"""The verbs of showing: what a screen draws of the comparison, the suggestions and the themes.

Joins the values of the analysis with the charts; computes nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualcode import agreement, exporting
from qualcode.model import (
    AgreementReport,
    Coverage,
    CrossTable,
    Saturation,
    SegmentKind,
    SuggestionReport,
    ThemeReport,
    Typology,
    UnitCodings,
)
from qualcode.project.editing import Editing

if TYPE_CHECKING:
    import altair as alt


class Showing(Editing):
    """An open project, with the charts of a screen."""

    def units_behind(
        self,
        report: AgreementReport,
        code: str,
        *,
        unit: SegmentKind = SegmentKind.TURN,
        theme: bool = False,
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> tuple[UnitCodings, ...]:
        """Return the units behind the counts of a code: those that either coder gave it.

        Args:
            report: The comparison, made with the same ``unit`` and ``round``.
            code: Path of the code.
            unit: The unit of analysis.
            theme: Take all codes of the theme ``code`` together.
            round: Only what was coded in this round.
        """
        study = self._coding_study(report.coders, report.transcripts, round, unit)
        return agreement.collect_coded_units(study, code, theme=theme)

    @staticmethod
    def attribute_name(name: str, language: str) -> str:
        """Return what an attribute of codes, or its value, is called; itself where unknown."""
        return exporting.Wording(language).attribute(name)

    @staticmethod
    def attribute_value(name: str, value: str, language: str) -> str:
        """Return what a value of an attribute is called; the value itself where unknown."""
        return exporting.Wording(language).value(name, value)

    # --- charts ------------------------------------------------------------------------------

    @staticmethod
    def picture(chart: alt.LayerChart, kind: str) -> bytes:
        """Return a chart as a file.

        Args:
            chart: From one of the ``draw_`` verbs.
            kind: ``svg`` or ``png``.

        Raises:
            MissingExtraError: what makes files of charts is not installed.
        """
        return exporting.picture_bytes(chart)[("png", "svg").index(kind)]

    def draw_agreement(
        self, report: AgreementReport, *, figure: str = "", language: str = ""
    ) -> alt.LayerChart:
        """Return a forest plot of one figure per code, with its interval."""
        return exporting.draw_agreement(
            report, self.codebook(), figure=figure, language=language or self.language
        )

    def draw_calibration(self, report: SuggestionReport, *, language: str = "") -> alt.LayerChart:
        """Return how sure suggestions were against how often they were right."""
        return exporting.draw_calibration(report, language=language or self.language)

    def draw_reach(self, table: CrossTable, *, language: str = "") -> alt.LayerChart:
        """Return codes against groups as a chart."""
        return exporting.draw_reach(table, self.codebook(), language=language or self.language)

    def draw_saturation(
        self, saturations: Iterable[Saturation], *, language: str = ""
    ) -> alt.LayerChart:
        """Return the codes known after each interview as a chart."""
        return exporting.draw_saturation(saturations, language=language or self.language)

    def draw_levels(
        self, report: ThemeReport, attribute: str, *, language: str = ""
    ) -> alt.LayerChart:
        """Return themes against the values of a code attribute as a chart."""
        return exporting.draw_levels(report, attribute, language=language or self.language)

    def draw_coverage(self, coverage: Coverage, *, language: str = "") -> alt.LayerChart:
        """Return how much of each interview is coded as a chart."""
        return exporting.draw_coverage(coverage, language=language or self.language)

    def draw_types(self, typology: Typology, *, language: str = "") -> alt.LayerChart:
        """Return the tree of cases that resemble one another."""
        return exporting.draw_types(typology, language=language or self.language)
