"""The verbs of showing: what a screen draws of the comparison and of the themes.

Joins the values of the analysis with the charts; computes nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualcode import agreement, exporting
from qualcode.exporting.reasons import said_in
from qualcode.model import AgreementReport, Confusion, CrossTable, ProgramFigure, Saturation
from qualcode.project.editing import Editing

if TYPE_CHECKING:
    import altair as alt


class Showing(Editing):
    """An open project, with the charts of a screen."""

    def confusion(self, report: AgreementReport) -> Confusion:
        """Return which code of one coder met which code of the other, for turns."""
        return agreement.find_confusion(
            self._compared(report.coders, report.transcripts),
            self.collect_codings(),
            self.codebook(),
            coders=report.coders,
            report=report,
        )

    def program_figures(self, report: AgreementReport) -> tuple[ProgramFigure, ...]:
        """Return the figures that other programs would print for the same codings."""
        return agreement.collect_program_figures(
            self._compared(report.coders, report.transcripts),
            self.collect_codings(),
            self.codebook(),
            coders=report.coders,
            report=report,
        )

    @staticmethod
    def said_in(text: str, language: str) -> str:
        """Return a sentence of a report (a warning, a reason) in another language."""
        return said_in(text, language)

    def draw_agreement(
        self, report: AgreementReport, *, figure: str = "kappa", language: str = ""
    ) -> alt.LayerChart:
        """Return a forest plot of one figure per code, with its interval."""
        return exporting.draw_agreement(
            report, self.codebook(), figure=figure, language=language or self.language
        )

    def draw_reach(self, table: CrossTable, *, language: str = "") -> alt.LayerChart:
        """Return codes against groups as a chart."""
        return exporting.draw_reach(table, self.codebook(), language=language or self.language)

    def draw_saturation(
        self, saturations: Iterable[Saturation], *, language: str = ""
    ) -> alt.LayerChart:
        """Return the codes known after each interview as a chart."""
        return exporting.draw_saturation(saturations, language=language or self.language)
