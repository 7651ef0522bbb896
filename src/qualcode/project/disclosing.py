"""The verbs of disclosure: who could be recognised in what is printed.

What is decided about it is in ``withholding``; here it is applied to what leaves the project.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from qualcode import quotes, themes
from qualcode.errors import Problem, unknown_name
from qualcode.language.lemmas import lemmas_of
from qualcode.model import CrossTable, QuoteFilter, QuoteSection, ThemeReport
from qualcode.project.analysis import FINAL
from qualcode.project.exchange import Exchange
from qualcode.pseudonyms import NameKey, NameKind, Rules, find_names
from qualcode.quotes import ATTRIBUTION, Measures, Risk

_PRINTABLE = frozenset({NameKind.AGE, NameKind.DATE})
_BY = "code_by_"
_ALL_ATTRIBUTES = frozenset({"codings", "cases", "case_by_attribute"})


class Disclosing(Exchange):
    """An open project, with the check on what is printed from it."""

    # --- for others -------------------------------------------------------------------------------

    def themes_for_print(self, report: ThemeReport) -> ThemeReport:
        """Return a theme report as it may be given to others.

        Types of fewer cases than the threshold are left out, and small counts are hidden where
        that was decided. Done by :meth:`write_themes` too.
        """
        measures = self.measures()
        report = quotes.without_small_types(report, measures.threshold)
        if not measures.hide_counts:
            return report
        return quotes.with_hidden_counts(report, measures.threshold)

    def table_by(self, attribute: str, layer: str = FINAL) -> CrossTable:
        """Return how many cases with each value of an attribute have each code, for print."""
        codings, measures = self.layer(layer), self.measures()
        known = {"group"}.union(*(case.attributes for case in self.collect_cases()))
        if attribute not in known:
            tables = (_BY + name for name in known)
            raise unknown_name("table", _BY + attribute, tables, f"project '{self.name}'")
        table = themes.code_by_attribute(
            codings,
            self.codebook(),
            self._coded(codings),
            self.respondents(),
            attribute=attribute,
        )
        return quotes.hide_cells(table, measures.threshold) if measures.hide_counts else table

    # --- the check --------------------------------------------------------------------------------

    def disclosure(
        self, sections: Sequence[QuoteSection], attribution: str = ATTRIBUTION
    ) -> tuple[Problem, ...]:
        """Return the risks of printing these quotes that nobody accepted yet.

        Attributions that fit too few cases, and quotes that still hold a likely name.
        """
        return _open(self._passage_risks(sections, attribution, None))

    def themes_disclosure(
        self, report: ThemeReport, attribution: str = ATTRIBUTION, *, cases: bool = False
    ) -> tuple[Problem, ...]:
        """Return the risks of printing a theme report that nobody accepted yet.

        Args:
            report: The report.
            attribution: Pattern of the line below its passages.
            cases: Whether every case goes along with its attributes, as in xlsx and json.
        """
        measures = self.measures()
        printed = self.themes_for_print(report)
        cells = quotes.cell_risks(printed.tables, threshold=measures.threshold)
        return _open(
            (
                *self._passage_risks(report, attribution, None),
                *measures.with_reasons(cells),
                *(self._combinations(measures) if cases else ()),
            )
        )

    def table_disclosure(self, what: str, layer: str = FINAL) -> tuple[Problem, ...]:
        """Return the risks of giving a table to others that nobody accepted yet.

        Args:
            what: Name of the table, as in :meth:`write_table`.
            layer: Whose codings.
        """
        if what in _ALL_ATTRIBUTES:
            return _open(self._combinations(self.measures()))
        if what == "code_by_case" and self.measures().hide_counts:
            hint = "Give the table code_by_group instead."
            return (
                Problem(f"table {what}", "Its columns add up to the counts that are hidden.", hint),
            )
        if what.startswith(_BY) and what != "code_by_case":
            return _open(self._cells(what, layer))
        return ()

    def _passage_risks(
        self,
        printed: Sequence[QuoteSection] | ThemeReport,
        attribution: str,
        key: NameKey | None,
    ) -> tuple[Risk, ...]:
        measures, passages = self.measures(), quotes.passages_of(printed)
        found = quotes.attribution_risks(
            passages,
            self.cases_in_print(),
            attribution=attribution,
            threshold=measures.threshold,
        )
        rules = Rules(
            known=key.replaced if key else (),
            ignored=key.ignored if key else frozenset(),
            is_word=lemmas_of(self.language).knows,
        )
        found += quotes.name_risks(passages, lambda text: _likely_names(text, rules))
        return measures.with_reasons(found)

    def _combinations(
        self, measures: Measures, named: Iterable[str] | None = None
    ) -> tuple[Risk, ...]:
        found = quotes.combination_risks(
            self.cases_in_print(), named=named, threshold=measures.threshold
        )
        return measures.with_reasons(found)

    def _cells(self, what: str, layer: str) -> tuple[Risk, ...]:
        if not what.startswith(_BY):
            of = f"the check of matrices in project '{self.name}'"
            raise unknown_name("table", what, (f"{_BY}group",), of)
        table, measures = self.table_by(what.removeprefix(_BY), layer), self.measures()
        return measures.with_reasons(quotes.cell_risks((table,), threshold=measures.threshold))

    def check_disclosure(
        self,
        where: QuoteFilter | None = None,
        *,
        attribution: str = ATTRIBUTION,
        tables: Iterable[str] = ("code_by_group",),
        key: NameKey | None = None,
    ) -> tuple[Risk, ...]:
        """Return every way in which what is printed may point at somebody.

        Args:
            where: Which quotes are to be printed.
            attribution: Pattern of the line below them.
            tables: Names of tables to look at: ``code_by_`` and an attribute.
            key: Names that were decided on; with it known names are looked for too.

        Returns:
            Accepted risks too, with their reasons.
        """
        wanted = where or QuoteFilter()
        sections = self.quotes(wanted, attribution=attribution)
        named = {name for s in sections for q in s.quotes for name in q.case.split(", ")}
        return (
            *self._passage_risks(sections, attribution, key),
            *self._combinations(self.measures(), named),
            *(risk for table in tables for risk in self._cells(table, wanted.layer)),
        )


def _open(risks: Iterable[Risk]) -> tuple[Problem, ...]:
    return tuple(risk.as_problem() for risk in risks if not risk.confirmed)


@lru_cache(maxsize=10_000)
def _likely_names(text: str, rules: Rules) -> tuple[tuple[str, str], ...]:
    return tuple(
        (found.text, found.because)
        for found in find_names(text, rules)
        if found.kind not in _PRINTABLE
    )
