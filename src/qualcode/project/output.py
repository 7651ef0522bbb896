"""The verbs of output: documents, charts and tables of a project.

Joins the values of the analysis with the writers; computes nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import exporting, tables, themes
from qualcode.errors import unknown_name
from qualcode.model import (
    AgreementReport,
    Coding,
    Disagreement,
    QuoteSection,
    SegmentKind,
    ThemeReport,
)
from qualcode.model.agreement_study import AgreementStudy
from qualcode.project.analysis import FINAL
from qualcode.project.confidential import Confidential

if TYPE_CHECKING:
    import pandas as pd


class Project(Confidential):
    """An open project.

    Tables are pandas DataFrames: :meth:`codings`, :meth:`cases`, :meth:`transcripts`,
    :meth:`turns`, :meth:`segments`, :meth:`matrix`.
    """

    # --- files -------------------------------------------------------------------------------

    def write_quotes(
        self, sections: Sequence[QuoteSection], path: Path, *, language: str = ""
    ) -> None:
        """Write quotes as docx, xlsx, csv, md, html or json, by the suffix of ``path``."""
        exporting.write_quotes(
            sections,
            path,
            title=self.name,
            language=language or self.language,
            created=self._store.info().created_at,
        )

    def write_themes(self, report: ThemeReport, path: Path, *, language: str = "") -> None:
        """Write theme summaries as docx, xlsx, html, md or json."""
        exporting.write_themes(
            report,
            path,
            title=self.name,
            language=language or self.language,
            created=self._store.info().created_at,
        )

    def write_agreement(
        self, report: AgreementReport | AgreementStudy, path: Path, *, language: str = ""
    ) -> None:
        """Write figures, or a whole study of agreement, as json, md, xlsx, html or docx."""
        exporting.write_agreement(
            report,
            path,
            codebook=self.codebook(),
            title=self.name,
            language=language or self.language,
            created=self._store.info().created_at,
        )

    def plot_agreement(
        self, report: AgreementReport, path: Path, *, figure: str = "kappa", language: str = ""
    ) -> None:
        """Write a forest plot of one figure per code with its interval, as svg or png."""
        chart = exporting.draw_agreement(
            report, self.codebook(), figure=figure, language=language or self.language
        )
        exporting.write_plot(chart, path)

    def plot_themes(
        self, report: ThemeReport, folder: Path, *, kind: str = "svg", language: str = ""
    ) -> tuple[Path, ...]:
        """Write the charts of the themes into a folder: codes against groups, saturation.

        Args:
            report: From :meth:`themes`.
            folder: Where to write; made where it is missing.
            kind: ``svg`` or ``png``.
            language: ``nl`` or ``en``; that of the project by default.

        Returns:
            The files written.
        """
        spoken = language or self.language
        by_group = next(table for table in report.tables if table.name == "code_by_group")
        charts = {
            "code_by_group": exporting.draw_reach(by_group, self.codebook(), language=spoken),
            "saturation": exporting.draw_saturation(report.saturation, language=spoken),
        }
        exporting.make_folder(folder)
        paths = []
        for name, chart in charts.items():
            paths.append(folder / f"{name}.{kind}")
            exporting.write_plot(chart, paths[-1])
        return tuple(paths)

    def write_disagreements(self, found: Sequence[Disagreement], path: Path) -> None:
        """Write disagreements as csv or xlsx, with empty columns to fill in the decisions."""
        keys = (
            "disagreement transcript start end kind code other_code same_theme words "
            "coder_a quotes_a memos_a coder_b quotes_b memos_b "
            "choice reason note new_code new_quote"
        )
        rows = (
            (
                *(d.id, d.transcript, d.unit.start, d.unit.end, d.kind.value, d.code),
                *(d.other_code, "yes" if d.same_theme else "", d.words or None),
                *(d.coder_a, *_said(d.codings_a), d.coder_b, *_said(d.codings_b)),
                *("", "", "", "", ""),
            )
            for d in found
        )
        exporting.write_rows(
            "disagreements", keys.split(), rows, path, created=self._store.info().created_at
        )

    def write_table(self, what: str, path: Path, *, layer: str = "all") -> None:
        """Write a table of the project as csv or xlsx.

        Args:
            what: ``codings``, ``cases``, ``transcripts``, ``turns``, ``segments``, or a matrix:
                ``code_by_case``, ``code_by_group``, ``case_by_attribute``.
            path: Where to write.
            layer: Whose codings, as in :meth:`layer`; for matrices ``final`` is sensible.

        Raises:
            UnknownNameError: no such table.
        """
        kinds = {f"{kind.value}s": kind for kind in SegmentKind}
        makers: dict[str, Callable[[], pd.DataFrame]] = {
            "codings": lambda: self.codings(layer),
            "cases": lambda: self.cases().reset_index(),
            "transcripts": lambda: self.transcripts().reset_index(),
            "code_by_case": lambda: self._matrix("code", "case", layer),
            "code_by_group": lambda: self._matrix("code", "group", layer),
            "case_by_attribute": lambda: self._matrix("case", "attribute", layer),
        }
        if what == "turns":
            frame = self.turns()
        elif what in kinds:
            frame = self.segments(kinds[what])
        elif what in makers:
            frame = makers[what]()
        else:
            raise unknown_name("table", what, (*makers, *kinds), f"project '{self.name}'")
        keys, rows = tables.rows_of(frame)
        exporting.write_rows(what, keys, rows, path, created=self._store.info().created_at)

    def _matrix(self, rows: str, columns: str, layer: str) -> pd.DataFrame:
        return self.matrix(rows, columns, layer).rename_axis(rows).reset_index()

    # --- tables ------------------------------------------------------------------------------

    def codings(self, layer: str = "all") -> pd.DataFrame:
        """Return the codings as a DataFrame.

        One row a coding: id, transcript, start, end (code points, half-open), turn, quote,
        code, theme, coder, round, codebook_version, memo, origin, created_at, case, and a
        column per case attribute.
        """
        return tables.codings_table(
            self.layer(layer), self.collect_transcripts(), self.collect_cases()
        )

    def cases(self) -> pd.DataFrame:
        """Return the respondents as a DataFrame, by name, with a column per attribute."""
        return tables.cases_table(self.collect_cases())

    def transcripts(self) -> pd.DataFrame:
        """Return the transcripts as a DataFrame: turns, words, characters, case, hash."""
        return tables.transcripts_table(self.collect_transcripts(), self.collect_cases())

    def turns(self) -> pd.DataFrame:
        """Return all turns as a DataFrame: speaker, role, time in milliseconds, text."""
        return tables.turns_table(self.collect_transcripts())

    def segments(self, kind: SegmentKind) -> pd.DataFrame:
        """Return the segments of one kind as a DataFrame."""
        return tables.segments_table(self.collect_segments(kind), self.collect_transcripts())

    def matrix(self, rows: str = "code", columns: str = "case", layer: str = FINAL) -> pd.DataFrame:
        """Return a matrix as a DataFrame.

        Args:
            rows: ``code`` (numbers of codings) or ``case`` (its attributes).
            columns: For codes ``case``, or a case attribute such as ``group``; for cases
                ``attribute``.
            layer: As in :meth:`layer`.

        Raises:
            UnknownNameError: no such rows or columns.
        """
        # attributes are the same whoever coded
        codings = self.layer("all" if rows == "case" else layer)
        material = (codings, self.codebook(), self._coded(codings), self.collect_cases())
        attributes = {key for case in self.collect_cases() for key in case.attributes}
        if rows == "case" and columns == "attribute":
            return tables.cross_table(themes.case_by_attribute(*material))
        if rows == "code" and columns == "case":
            return tables.cross_table(themes.code_by_case(*material))
        if rows == "code" and columns in attributes:
            return tables.cross_table(themes.code_by_attribute(*material, attribute=columns))
        known = {"code x case", "case x attribute", *(f"code x {name}" for name in attributes)}
        raise unknown_name("matrix", f"{rows} x {columns}", known, f"project '{self.name}'")


def _said(codings: Sequence[Coding]) -> tuple[str, str]:
    """Return the passages and the memos of one side, for a cell each."""
    return (
        " | ".join(coding.quote for coding in codings),
        " | ".join(coding.memo for coding in codings if coding.memo),
    )
