"""The verbs of output: documents, charts and tables of a project.

Joins the values of the analysis with the writers; computes nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import exporting, tables, themes
from qualcode.errors import unknown_name
from qualcode.exporting.reports.colophon import About
from qualcode.model import (
    AgreementReport,
    AgreementStudy,
    Coding,
    CrossTable,
    Disagreement,
    Provenance,
    QuoteSection,
    SegmentKind,
    ThemeReport,
)
from qualcode.project.analysis import FINAL
from qualcode.project.confidential import Confidential
from qualcode.project.withholding import NO_NAMES, RealNames

if TYPE_CHECKING:
    import pandas as pd


class Project(Confidential):
    """An open project.

    Tables are pandas DataFrames: :meth:`codings`, :meth:`cases`, :meth:`transcripts`,
    :meth:`turns`, :meth:`segments`, :meth:`matrix`.
    """

    # --- files -------------------------------------------------------------------------------

    def write_quotes(
        self,
        sections: Sequence[QuoteSection],
        path: Path,
        *,
        language: str = "",
        names: RealNames = NO_NAMES,
    ) -> None:
        """Write quotes as docx, xlsx, csv, md, html or json, by the suffix of ``path``.

        Args:
            sections: From :meth:`quotes`.
            path: Where to write.
            language: ``nl`` or ``en``; that of the project by default.
            names: Which names to keep; coders and interviews have others by default.
        """
        made = self._made_of(sections)
        sections, made = self.for_others((tuple(sections), made), names, language or self.language)
        exporting.write_quotes(sections, path, self._about(language, made))

    def _made_of(self, sections: Sequence[QuoteSection]) -> Provenance:
        """Return how quotes were made: of one layer, or of all coders side by side."""
        coded = {(quote.transcript, quote.coder) for s in sections for quote in s.quotes}
        coders = {coder for _, coder in coded}
        several = len({transcript for transcript, _ in coded}) < len(coded)
        layer = "all" if several else coders.pop() if len(coders) == 1 else FINAL
        return self.provenance(layer, coded)

    def write_themes(
        self,
        report: ThemeReport,
        path: Path,
        *,
        language: str = "",
        names: RealNames = NO_NAMES,
    ) -> None:
        """Write theme summaries as docx, xlsx, html, md or json.

        Small types are left out, and small counts hidden where that was decided; names as in
        :meth:`write_quotes`.
        """
        printed = self.themes_for_print(report)
        told = self.for_others(printed, names, language or self.language)
        exporting.write_themes(told, path, self._about(language, told.made))

    def _about(self, language: str, made: Provenance | None) -> About:
        created = self._store.info().created_at
        return About(self.name, language or self.language, created=created, made=made)

    def write_agreement(
        self,
        report: AgreementReport | AgreementStudy,
        path: Path,
        *,
        language: str = "",
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
        self,
        report: AgreementReport,
        path: Path,
        *,
        figure: str = "",
        language: str = "",
    ) -> None:
        """Write a forest plot of one figure per code with its interval, as svg or png.

        Of two coders kappa is drawn by default, of a team alpha.
        """
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
        report = self.themes_for_print(report)
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

    def write_table(
        self, what: str, path: Path, *, layer: str = "all", real_names: bool = False
    ) -> None:
        """Write a table of the project as csv or xlsx.

        Attributes of cases are as they may be printed, and small counts are hidden where that was
        decided; :meth:`codings`, :meth:`cases` and :meth:`matrix` give all there is.

        Args:
            what: ``codings``, ``cases``, ``transcripts``, ``turns``, ``segments``, or a matrix:
                ``code_by_case``, ``code_by_group`` (or another attribute), ``case_by_attribute``.
            path: Where to write.
            layer: Whose codings, as in :meth:`layer`; for matrices ``final`` is sensible.
            real_names: Keep the names of coders.

        Raises:
            UnknownNameError: no such table.
        """
        kinds = {f"{kind.value}s": kind for kind in SegmentKind}
        frames: dict[str, Callable[[], pd.DataFrame]] = {
            "codings": lambda: self._codings_for_print(layer, real_names=real_names),
            "cases": lambda: tables.cases_table(self.cases_in_print()).reset_index(),
            "transcripts": lambda: self.transcripts().reset_index(),
            "turns": self.turns,
            **{name: partial(self.segments, kind) for name, kind in kinds.items()},
        }
        if what in frames:
            keys, rows = tables.rows_of(frames[what]())
        else:
            table = self._matrix_for_print(what, layer, frames)
            keys = [what.partition("_")[0], *table.columns]
            rows = [
                (row, *(cell.text or cell.hidden or cell.count for cell in cells))
                for row, cells in zip(table.rows, table.cells, strict=True)
            ]
        exporting.write_rows(what, keys, rows, path, created=self._store.info().created_at)

    def _codings_for_print(self, layer: str, *, real_names: bool) -> pd.DataFrame:
        names = RealNames(coders=real_names, transcripts=True)
        codings = self.for_others(self.layer(layer), names)
        return tables.codings_table(codings, self.collect_transcripts(), self.cases_in_print())

    def _matrix_for_print(self, what: str, layer: str, others: Iterable[str]) -> CrossTable:
        cases = self.respondents()
        by_attribute = {f"code_by_{name}": name for case in cases for name in case.attributes}
        if what in by_attribute:
            return self.table_by(by_attribute[what], layer)
        codings = self.layer("all" if what == "case_by_attribute" else layer)
        material = (codings, self.codebook(), self._coded(codings), cases)
        if what == "case_by_attribute":
            return themes.case_by_attribute(*material)
        if what == "code_by_case":
            return themes.code_by_case(*material)
        known = (*others, "code_by_case", "case_by_attribute", *by_attribute)
        raise unknown_name("table", what, known, f"project '{self.name}'")

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
