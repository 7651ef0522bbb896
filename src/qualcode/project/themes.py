"""The themes of a project: summaries, matrices, saturation, typology, coverage, charts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import exporting, quotes, tables, themes
from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.messages import Message
from qualcode.model import (
    AttributeType,
    Case,
    Codebook,
    Coding,
    Coverage,
    CrossTable,
    Figure,
    FrozenMap,
    NumberSummary,
    Provenance,
    Saturation,
    SegmentKind,
    ThemeReport,
    ThemeSummary,
    Transcript,
    Typology,
)
from qualcode.project.figures import Figures
from qualcode.project.findings import Findings
from qualcode.project.framework import Framework
from qualcode.project.held_attributes import guard_cases, hide_in_themes
from qualcode.project.languages import load_known
from qualcode.project.layers import FINAL
from qualcode.project.names import NO_NAMES, RealNames
from qualcode.project.part import Part
from qualcode.project.reports import about_project, describe_making, find_cases
from qualcode.project.small_counts import GROUP, find_threshold, is_table_accepted
from qualcode.project.typologies import Typologies
from qualcode.quotes import ATTRIBUTION, AttributeGuard, AttributionPattern
from qualcode.speech import Speech

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd

    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot
    from qualcode.storage import Store

_BY = "code_by_"
_WITH_FIGURES = {".docx", ".html"}

Dataset = tuple[tuple[Coding, ...], Codebook, tuple[Transcript, ...], tuple[Case, ...]]
"""What theme reports count: codings, codebook, coded transcripts, respondents."""


class Themes(Part):
    """What the codings say, theme by theme.

    Attributes:
        figures: The figures of a paper, and what they are made of.
        findings: Findings, what carries them, and recommendations.
        framework: Summaries of what each participant says on each code.
        typology: Types of cases that researchers define and assign.
    """

    def __init__(self, project: Project, store: Store, coder: str) -> None:
        super().__init__(project, store, coder)
        self.figures = Figures(project, store, coder)
        self.findings = Findings(project, store, coder)
        self.framework = Framework(project, store, coder)
        self.typology = Typologies(project, store, coder)

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
                "coder. Choose final, consensus, union (what any coder coded, each passage once) "
                "or a coder's name."
            )
        pattern = AttributionPattern.parse(attribution)
        with self._snapshot() as snapshot:
            dataset = self._dataset(snapshot, layer)
            # Below a quote stands the exact value; tables count bands.
            codings, respondents = dataset[0], self._project.cases.respondents()
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
                    quotes.CaseLookup(snapshot.transcripts, respondents),
                    pattern,
                    language or snapshot.report_language,
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
                changes=themes.compare_waves(*dataset),
                coverage=themes.measure_coverage(
                    *dataset,
                    guides=snapshot.guides,
                    answers=snapshot.segments(SegmentKind.ANSWER),
                ),
                sample=quotes.describe_sample(
                    dataset[3], measures.threshold, self._number_summaries(respondents)
                ),
                sample_threshold=measures.threshold,
                provenance=self.provenance(
                    layer, {(c.transcript, c.coder) for c in codings}, {c.id for c in codings}
                ),
            )

    def _dataset(
        self, snapshot: Snapshot, layer: str, cases: Sequence[Case] | None = None
    ) -> Dataset:
        codings = self._project.codings.collect_layer(layer)
        respondents = self._project.cases.respondents() if cases is None else tuple(cases)
        coded = snapshot.transcripts_coded_in(codings)
        counted = self._project.cases.attributes.in_categories(respondents)
        return codings, snapshot.codebook, coded, counted

    def _number_summaries(self, cases: Sequence[Case]) -> dict[str, NumberSummary]:
        """Return mean and range of each attribute that is a number, as it may be printed."""
        summaries = {}
        for attribute in self._project.cases.attributes.collect():
            if attribute.type is AttributeType.NUMBER:
                values = [case.attributes.get(attribute.name, "") for case in cases]
                summary = NumberSummary.of(values)
                if summary is not None:
                    summaries[attribute.name] = summary
        return summaries

    def _summaries(
        self, snapshot: Snapshot, dataset: Dataset, quotes_per_code: int
    ) -> tuple[ThemeSummary, ...]:
        left_out = self._project.disclosure.measures().left_out
        return themes.summarize_themes(
            *dataset,
            tokenize=lambda text, language: load_known(language).content_lemmas(text),
            answers=snapshot.segments(SegmentKind.ANSWER),
            memos=quotes.without_left_out(snapshot.memos, snapshot.codings, left_out),
            chosen=snapshot.chosen,
            left_out=left_out,
            quotes_per_code=quotes_per_code,
        )

    def provenance(
        self, layer: str, coded: Iterable[tuple[str, str]], codings: Collection[str] = ()
    ) -> Provenance:
        """Return how a report on some codings was made.

        Args:
            layer: Whose codings, as in ``codings.collect_layer``.
            coded: Transcript and coder of each coding reported on.
            codings: Ids of the codings reported on, to say which count for no person.
        """
        with self._snapshot() as snapshot:
            speech = Speech(snapshot.transcripts, self._project.cases.respondents())
            return describe_making(
                snapshot,
                layer,
                coded,
                self._project.disclosure.measures(),
                self._open_disagreements,
                codings=[coding for coding in snapshot.codings if coding.id in codings],
                speech=speech,
            )

    # --- matrices ----------------------------------------------------------------------------

    def count_by(self, attribute: str, layer: str = FINAL) -> CrossTable:
        """Return how many cases with each value of an attribute have each code."""
        return self._count_by(attribute, layer)

    def _count_by(
        self, attribute: str, layer: str, joined: AttributeGuard | None = None
    ) -> CrossTable:
        """Return codes by an attribute; values that a guard holds back are joined as "other"."""
        with self._snapshot() as snapshot:
            dataset = self._dataset(snapshot, layer)
            if joined is not None:
                name = exporting.Wording(snapshot.report_language)(Message("other"))
                dataset = _with_joined(dataset, attribute, joined, name)
            # The disclosure check looks at the table by group, also in a study without groups.
            attributes = {"group"}.union(*(case.all_attributes() for case in snapshot.cases))
            attributes |= {name for text in snapshot.transcripts for name in text.attributes}
            if attribute not in attributes:
                names = (_BY + name for name in attributes)
                project = Message("project '{name}'", name=snapshot.info.name)
                raise unknown_name("table", _BY + attribute, names, project)
            measures = self._project.disclosure.measures()
            types = {
                attribute_type.name: attribute_type
                for attribute_type in self._project.cases.attributes.collect()
            }
        attribute_type = types.get(attribute)
        is_sorted = attribute_type is not None and attribute_type.type is not AttributeType.TEXT
        order = attribute_type.sort_key if attribute_type is not None and is_sorted else None
        table = themes.code_by_attribute(*dataset, attribute=attribute, order=order)
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
        attributes = {key for case in dataset[3] for key in case.all_attributes()}
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
        """Return a matrix by its name, as it may be printed: small counts need a decision.

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
                for attribute in case.all_attributes()
            } | {_BY + name: name for text in snapshot.transcripts for name in text.attributes}
            if what in by_attribute:
                return self._print_by_attribute(by_attribute[what], layer)
            of_cases = what == "case_by_attribute"
            dataset = self._dataset(snapshot, "all" if of_cases else layer)
            project = Message("project '{name}'", name=snapshot.info.name)
        if of_cases:
            guard = guard_cases(self._project, in_categories=True)
            return guard.hide_in_table(themes.case_by_attribute(*dataset))
        if what == "code_by_case":
            return self._print_by_case(themes.code_by_case(*dataset), dataset, layer)
        table_names = (*other_tables, "code_by_case", "case_by_attribute", *by_attribute)
        raise unknown_name("table", what, table_names, project)

    def _print_by_attribute(self, attribute: str, layer: str) -> CrossTable:
        threshold = find_threshold(self._project, layer, attribute)
        if attribute == GROUP or is_table_accepted(self._project, layer, attribute):
            table = self.count_by(attribute, layer)
        else:
            guard = guard_cases(self._project, in_categories=True)
            table = self._count_by(attribute, layer, guard)
        return table if threshold is None else quotes.hide_cells(table, threshold)

    def _print_by_case(self, table: CrossTable, dataset: Dataset, layer: str) -> CrossTable:
        """Return codes by case without the rows from which a small count could be counted."""
        threshold = find_threshold(self._project, layer)
        if threshold is None:
            return table
        return quotes.hide_rows(table, themes.collect_reach(*dataset, with_words=False), threshold)

    # --- files and charts --------------------------------------------------------------------

    def for_print(self, report: ThemeReport, *, on_screen: bool = False) -> ThemeReport:
        """Return a theme report as it may be given to others.

        Types of fewer cases than the threshold are left out, and small counts and attributes that
        fit too few cases are hidden, unless somebody decided that they are printed. Done by
        :meth:`write` too.

        Args:
            report: From :meth:`report`.
            on_screen: Whether the researcher alone sees it: only what was decided to be hidden is.
        """
        measures = self._project.disclosure.measures()
        # A type of two people describes them, whatever else is hidden.
        report = quotes.without_small_types(report, measures.threshold)
        if on_screen and not measures.hide_counts:
            return report
        provenance = report.provenance
        with self._snapshot() as snapshot:
            if not on_screen:
                report = hide_in_themes(self._project, report)
            layer = provenance.layer if provenance else FINAL
            threshold = find_threshold(self._project, layer)
            if threshold is None:
                return report
            cases_by_coding = find_cases(self._project, snapshot.codings)
        # The total less what is printed of the codes would be what is hidden of the others.
        told = provenance and replace(provenance, hidden_below=threshold, codings=0)
        hidden = quotes.with_hidden_counts(report, threshold, cases_by_coding)
        return replace(hidden, provenance=told)

    def write(
        self,
        report: ThemeReport,
        path: Path,
        *,
        language: str = "",
        names: RealNames = NO_NAMES,
    ) -> None:
        """Write theme summaries as docx, xlsx, html, md or json.

        Small types are left out, and small counts unless somebody decided that they are printed.

        Args:
            report: From :meth:`report`.
            path: Where to write.
            language: ``nl`` or ``en``; that of the project by default.
            names: Which names to keep; coders and interviews have others by default.
        """
        with self._snapshot() as snapshot:
            language = language or snapshot.report_language
            printed = self.for_print(report)
            printed = self._project.disclosure.hide_names(printed, names, language)
            about = about_project(snapshot, language, printed.provenance)
            figures: tuple[Figure, ...] = ()
            if path.suffix.lower() in _WITH_FIGURES and report.provenance is not None:
                figures = self._figures(report, language)
        exporting.write_themes(printed, path, about, figures)

    def _figures(self, report: ThemeReport, language: str) -> tuple[Figure, ...]:
        layer = report.provenance.layer if report.provenance else FINAL
        figures = self.figures.for_themes(layer, language)
        # A line through one interview shows nothing.
        if not any(len(s.interviews) > 1 for s in report.saturation):
            return figures
        return (*figures, exporting.saturation_figure(report.saturation, language=language))

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
        words = exporting.Wording(self._language(language))
        provenance = report.provenance and self._project.disclosure.hide_names(
            report.provenance, NO_NAMES, language
        )
        sentence = " ".join(map(words, exporting.describe_basis(provenance))) if provenance else ""
        for name, plain in charts.items():
            chart = exporting.with_basis(plain, sentence) if sentence else plain
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
        return language or self._project.info.report_language


def _with_joined(
    dataset: Dataset, attribute: str, guard: AttributeGuard, joined_value: str
) -> Dataset:
    """Return a dataset in which the values of an attribute that may be no heading are one."""
    codings, codebook, transcripts, cases = dataset

    def joined(values: FrozenMap[str, str]) -> FrozenMap[str, str]:
        value = values.get(attribute, "")
        if not value or guard.is_heading(attribute, value):
            return values
        return FrozenMap({**values, attribute: joined_value})

    joined_cases = (
        replace(
            case,
            attributes=joined(case.attributes),
            participations=tuple(
                replace(part, attributes=joined(part.attributes)) for part in case.participations
            ),
        )
        for case in cases
    )
    joined_texts = (replace(text, attributes=joined(text.attributes)) for text in transcripts)
    return codings, codebook, tuple(joined_texts), tuple(joined_cases)
