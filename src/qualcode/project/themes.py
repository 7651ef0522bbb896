"""The themes of a project: summaries, matrices, saturation, typology, coverage, charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import exporting, quotes, tables, themes
from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.messages import Message
from qualcode.model import (
    Case,
    Codebook,
    Coding,
    Coverage,
    CrossTable,
    Provenance,
    Saturation,
    SegmentKind,
    ThemeReport,
    ThemeSummary,
    Transcript,
    Typology,
)
from qualcode.project.layers import FINAL
from qualcode.project.names import NO_NAMES, RealNames
from qualcode.project.part import Part
from qualcode.project.reports import about_project, describe_making
from qualcode.quotes import ATTRIBUTION, AttributionPattern

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

    from qualcode.project.snapshot import Snapshot

_BY = "code_by_"

Dataset = tuple[tuple[Coding, ...], Codebook, tuple[Transcript, ...], tuple[Case, ...]]
"""What theme reports count: codings, codebook, coded transcripts, respondents."""


class Themes(Part):
    """What the codings say, theme by theme."""

    def report(
        self,
        layer: str = FINAL,
        *,
        quotes_per_code: int = 3,
        attribution: str = ATTRIBUTION,
        language: str = "",
    ) -> ThemeReport:
        """Return the theme summaries, matrices, saturation, typology and coverage.

        Attributes of cases are as they may be printed, and what is left out is not quoted; small
        counts are hidden when the report is written.

        Args:
            layer: As in ``codings.collect_layer``, but one coding per passage: not ``all``.
            quotes_per_code: Representative quotes per code.
            attribution: Pattern of the line below a quote, with case attributes in braces.
            language: Language of that line; that of the project by default.
        """
        if layer == "all":
            raise UndefinedRequestError(
                "Themes are summed up from one layer, or each passage counts once for every "
                "coder. Choose final, consensus or a coder's name."
            )
        pattern = AttributionPattern.parse(attribution)
        with self._snapshot() as snapshot:
            dataset = self._dataset(snapshot, layer)
            codings, respondents = dataset[0], dataset[3]
            if not codings:
                raise UndefinedRequestError(
                    "There is nothing coded yet. Read codings: qualcode code TABLE.csv"
                )
            # Before the long work: a wrong attribute in the pattern is told at once.
            pattern.check(respondents)
            measures = self._project.disclosure.measures()
            return ThemeReport(
                themes=quotes.print_passages(
                    self._summaries(snapshot, dataset, quotes_per_code),
                    respondents,
                    pattern,
                    language or snapshot.info.language,
                    snapshot.excerpts,
                ),
                tables=(
                    themes.code_by_case(*dataset),
                    themes.code_by_attribute(*dataset, attribute="group"),
                    themes.case_by_attribute(*dataset),
                ),
                saturation=themes.assess_saturation(*dataset),
                typology=themes.compare_cases(*dataset),
                types=themes.describe_types(*dataset),
                coverage=themes.measure_coverage(
                    *dataset,
                    guides=snapshot.guides,
                    answers=snapshot.segments(SegmentKind.ANSWER),
                ),
                sample=quotes.describe_sample(respondents, measures.threshold),
                sample_threshold=measures.threshold,
                provenance=self.provenance(layer, {(c.transcript, c.coder) for c in codings}),
            )

    def _dataset(
        self, snapshot: Snapshot, layer: str, cases: Sequence[Case] | None = None
    ) -> Dataset:
        codings = self._project.codings.collect_layer(layer)
        respondents = self._project.cases.respondents() if cases is None else tuple(cases)
        coded = snapshot.transcripts_coded_in(codings)
        return codings, snapshot.codebook, coded, respondents

    def _summaries(
        self, snapshot: Snapshot, dataset: Dataset, quotes_per_code: int
    ) -> tuple[ThemeSummary, ...]:
        from qualcode.language import load_language

        left_out = self._project.disclosure.measures().left_out
        return themes.summarize_themes(
            *dataset,
            tokenize=load_language(snapshot.info.language).content_lemmas,
            answers=snapshot.segments(SegmentKind.ANSWER),
            memos=quotes.without_left_out(snapshot.memos, snapshot.codings, left_out),
            chosen=snapshot.chosen,
            left_out=left_out,
            quotes_per_code=quotes_per_code,
        )

    def provenance(self, layer: str, coded: Iterable[tuple[str, str]]) -> Provenance:
        """Return how a report on some codings was made.

        Args:
            layer: Whose codings, as in ``codings.collect_layer``.
            coded: Transcript and coder of each coding reported on.
        """
        with self._snapshot() as snapshot:
            return describe_making(
                snapshot,
                layer,
                coded,
                self._project.disclosure.measures(),
                self._project.adjudication.open_disagreements,
            )

    # --- matrices ----------------------------------------------------------------------------

    def count_by(self, attribute: str, layer: str = FINAL) -> CrossTable:
        """Return how many cases with each value of an attribute have each code, for print."""
        with self._snapshot() as snapshot:
            dataset = self._dataset(snapshot, layer)
            # The disclosure check looks at the table by group, also in a study without groups.
            attributes = {"group"}.union(*(case.attributes for case in snapshot.cases))
            if attribute not in attributes:
                names = (_BY + name for name in attributes)
                project = Message("project '{name}'", name=snapshot.info.name)
                raise unknown_name("table", _BY + attribute, names, project)
            measures = self._project.disclosure.measures()
        table = themes.code_by_attribute(*dataset, attribute=attribute)
        return quotes.hide_cells(table, measures.threshold) if measures.hide_counts else table

    def matrix(self, rows: str = "code", columns: str = "case", layer: str = FINAL) -> pd.DataFrame:
        """Return a matrix as a DataFrame.

        Args:
            rows: ``code`` (numbers of codings) or ``case`` (its attributes).
            columns: For codes ``case``, or a case attribute such as ``group``; for cases
                ``attribute``.
            layer: As in ``codings.collect_layer``.

        Raises:
            UnknownNameError: no such rows or columns.
        """
        with self._snapshot() as snapshot:
            # Attributes of cases are the same whoever coded, so two coders are no obstacle.
            dataset = self._dataset(snapshot, "all" if rows == "case" else layer, snapshot.cases)
            project = Message("project '{name}'", name=snapshot.info.name)
        attributes = {key for case in dataset[3] for key in case.attributes}
        if rows == "case" and columns == "attribute":
            return tables.cross_table(themes.case_by_attribute(*dataset))
        if rows == "code" and columns == "case":
            return tables.cross_table(themes.code_by_case(*dataset))
        if rows == "code" and columns in attributes:
            return tables.cross_table(themes.code_by_attribute(*dataset, attribute=columns))
        matrices = {"code x case", "case x attribute", *(f"code x {name}" for name in attributes)}
        raise unknown_name("matrix", f"{rows} x {columns}", matrices, project)

    def matrix_for_print(
        self, what: str, layer: str, other_tables: Iterable[str] = ()
    ) -> CrossTable:
        """Return a matrix by its name, with attributes of cases as they may be printed.

        Args:
            what: ``code_by_case``, ``case_by_attribute``, or ``code_by_`` and an attribute.
            layer: As in ``codings.collect_layer``.
            other_tables: Names of other tables there are, for the message where none has this name.

        Raises:
            UnknownNameError: no such matrix.
        """
        with self._snapshot() as snapshot:
            by_attribute = {
                _BY + attribute: attribute
                for case in self._project.cases.respondents()
                for attribute in case.attributes
            }
            if what in by_attribute:
                return self.count_by(by_attribute[what], layer)
            of_cases = what == "case_by_attribute"
            dataset = self._dataset(snapshot, "all" if of_cases else layer)
            project = Message("project '{name}'", name=snapshot.info.name)
        if of_cases:
            return themes.case_by_attribute(*dataset)
        if what == "code_by_case":
            return themes.code_by_case(*dataset)
        table_names = (*other_tables, "code_by_case", "case_by_attribute", *by_attribute)
        raise unknown_name("table", what, table_names, project)

    # --- files and charts --------------------------------------------------------------------

    def for_print(self, report: ThemeReport) -> ThemeReport:
        """Return a theme report as it may be given to others.

        Types of fewer cases than the threshold are left out, and small counts are hidden where
        that was decided. Done by :meth:`write` too.
        """
        measures = self._project.disclosure.measures()
        # A type of two people describes them, whatever else is hidden.
        report = quotes.without_small_types(report, measures.threshold)
        if not measures.hide_counts:
            return report
        return quotes.with_hidden_counts(report, measures.threshold)

    def write(
        self,
        report: ThemeReport,
        path: Path,
        *,
        language: str = "",
        names: RealNames = NO_NAMES,
    ) -> None:
        """Write theme summaries as docx, xlsx, html, md or json.

        Small types are left out, and small counts hidden where that was decided.

        Args:
            report: From :meth:`report`.
            path: Where to write.
            language: ``nl`` or ``en``; that of the project by default.
            names: Which names to keep; coders and interviews have others by default.
        """
        with self._snapshot() as snapshot:
            language = language or snapshot.info.language
            printed = self.for_print(report)
            printed = self._project.disclosure.hide_names(printed, names, language)
            about = about_project(snapshot, language, printed.provenance)
        exporting.write_themes(printed, path, about)

    def plot(
        self, report: ThemeReport, folder: Path, *, kind: str = "svg", language: str = ""
    ) -> tuple[Path, ...]:
        """Write the charts of the themes into a folder: codes against groups, saturation.

        Args:
            report: From :meth:`report`.
            folder: Where to write; made where it is missing.
            kind: ``svg`` or ``png``.
            language: ``nl`` or ``en``; that of the project by default.

        Returns:
            The files written.
        """
        with self._snapshot():
            # Charts leave the project too: they must not show a count that tables hide.
            report = self.for_print(report)
            by_group = next(table for table in report.tables if table.name == "code_by_group")
            charts = {
                "code_by_group": self.draw_reach(by_group, language=language),
                "saturation": self.draw_saturation(report.saturation, language=language),
            }
        exporting.make_folder(folder)
        paths = []
        for name, chart in charts.items():
            paths.append(folder / f"{name}.{kind}")
            exporting.write_plot(chart, paths[-1])
        return tuple(paths)

    def draw_reach(self, table: CrossTable, *, language: str = "") -> alt.LayerChart:
        """Return codes against groups as a chart."""
        with self._snapshot() as snapshot:
            codebook = snapshot.codebook
        return exporting.draw_reach(table, codebook, language=self._language(language))

    def draw_saturation(
        self, saturations: Iterable[Saturation], *, language: str = ""
    ) -> alt.LayerChart:
        """Return the codes known after each interview as a chart."""
        return exporting.draw_saturation(saturations, language=self._language(language))

    def draw_levels(
        self, report: ThemeReport, attribute: str, *, language: str = ""
    ) -> alt.LayerChart:
        """Return themes against the values of a code attribute as a chart."""
        return exporting.draw_levels(report, attribute, language=self._language(language))

    def draw_coverage(self, coverage: Coverage, *, language: str = "") -> alt.LayerChart:
        """Return how much of each interview is coded as a chart."""
        return exporting.draw_coverage(coverage, language=self._language(language))

    def draw_types(self, typology: Typology, *, language: str = "") -> alt.LayerChart:
        """Return the tree of cases that resemble one another."""
        return exporting.draw_types(typology, language=self._language(language))

    def _language(self, language: str) -> str:
        return language or self._project.info.language
