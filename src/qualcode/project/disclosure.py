"""Disclosure: who could be recognised in what is printed, and what is held back because of it.

Decisions are kept in the project, hold for everything that is printed from it, and can be taken
back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from qualcode import quotes
from qualcode.errors import InvalidValueError, Problem, UnknownNameError, unknown_name
from qualcode.language.lemmas import lemmas_of
from qualcode.messages import Message
from qualcode.model import (
    FrozenMap,
    QuoteFilter,
    QuoteSection,
    ThemeReport,
    apply_aliases,
    coder_aliases,
    transcript_aliases,
)
from qualcode.project.layers import FINAL
from qualcode.project.measures import (
    SETTING,
    pack_measures,
    refuse_revealing_threshold,
    unpack_measures,
)
from qualcode.project.part import Part
from qualcode.pseudonyms import NameKey, NameKind, Rules, find_names
from qualcode.quotes import ATTRIBUTION, EVERY_CASE, Measure, Measures, Risk

if TYPE_CHECKING:
    from qualcode.project.names import RealNames

T = TypeVar("T")

_CODER = {"nl": "codeur"}
# Fewer characters fit several measures too easily.
_SHORTEST_ID = 4
# An age or a year is what a reader needs, and points at nobody by itself.
_PRINTABLE = frozenset({NameKind.AGE, NameKind.DATE})
_BY = "code_by_"
_ALL_ATTRIBUTES = frozenset({"codings", "cases", "case_by_attribute"})


class Disclosure(Part):
    """The risk that somebody is recognised, and the measures against it."""

    # --- measures ----------------------------------------------------------------------------

    def measures(self) -> Measures:
        """Return what was decided to print less of, and which risks were accepted."""
        with self._snapshot() as snapshot:
            return unpack_measures(snapshot.setting(SETTING, {}))

    def _keep(self, measures: Measures) -> None:
        before = self._store.setting(SETTING, {})
        setting = pack_measures(measures, before, self._coder)
        self._store.set_setting(SETTING, setting, self._coder)

    def set_threshold(self, threshold: int) -> None:
        """Say how many cases must share what is printed of them.

        Raises:
            InvalidValueError: it is below 2, or below 3 while small counts are hidden.
        """
        # With a threshold of 1, every single case could be printed.
        if threshold < 2:
            raise InvalidValueError(
                Message(
                    "The threshold is a number of cases from 2; got {threshold}.",
                    threshold=threshold,
                )
            )
        measures = replace(self.measures(), threshold=threshold)
        refuse_revealing_threshold(measures)
        self._keep(measures)

    def leave_out(self, codings: Iterable[str]) -> None:
        """Quote these codings no more.

        Args:
            codings: Their ids, or the beginnings of them.
        """
        measures = self.measures()
        ids = set(self._project.codings.find_ids(codings))
        self._keep(replace(measures, left_out=measures.left_out | ids))

    def suppress(self, case: str, attribute: str) -> None:
        """Print an attribute of a case no more.

        Args:
            case: Its pseudonym; ``""`` for every case.
            attribute: The attribute.

        Raises:
            UnknownNameError: there is no such case, or it has no such attribute.
            InvalidValueError: it is the group, which says what a case was asked.
        """
        with self._snapshot() as snapshot:
            cases = {case_.name: case_ for case_ in snapshot.cases}
            project = Message("project '{name}'", name=snapshot.info.name)
        if case != EVERY_CASE and case not in cases:
            raise unknown_name("case", case, cases, project)
        selected = cases.values() if case == EVERY_CASE else (cases[case],)
        attribute_names = {name for case_ in selected for name in case_.attributes}
        if attribute not in attribute_names:
            owner = Message("case '{case}'", case=case) if case else project
            raise unknown_name("attribute", attribute, attribute_names, owner)
        self._refuse_group(attribute)
        measures = self.measures()
        self._keep(replace(measures, suppressed=measures.suppressed | {(case, attribute)}))

    def widen(self, attribute: str, values: str, wider: str) -> None:
        """Print a wider value of an attribute.

        Args:
            attribute: The attribute.
            values: A value, or several with commas between them, to join in the wider one.
            wider: What to print.

        Raises:
            InvalidValueError: the wider value is empty, or it is the group.
            UnknownNameError: no case has this value.
        """
        if not wider.strip():
            raise InvalidValueError("The wider value is empty. To print none, suppress it.")
        with self._snapshot() as snapshot:
            known_values = {
                c.attributes[attribute] for c in snapshot.cases if attribute in c.attributes
            }
            project = Message("project '{name}'", name=snapshot.info.name)
        # A value may hold a comma itself, so the whole text is tried first.
        joined = (
            [values] if values in known_values else [value.strip() for value in values.split(",")]
        )
        for value in joined:
            if value not in known_values:
                raise unknown_name(
                    Message("value of '{attribute}'", attribute=attribute),
                    value,
                    known_values,
                    project,
                )
        self._refuse_group(attribute)
        measures = self.measures()
        pairs = {**measures.wider, **{(attribute, value): wider.strip() for value in joined}}
        self._keep(replace(measures, wider=FrozenMap(pairs)))

    def _refuse_group(self, attribute: str) -> None:
        # Reach counts only who was asked, and the group of a case says what it was asked.
        codebook = self._store.codebook()
        if attribute == "group" and codebook and any(c.values("asked_of") for c in codebook.codes):
            raise InvalidValueError(
                "Some codes were asked of one group only, so the groups cannot be joined or left "
                "out: 'n of N' would be wrong. Hide small counts instead: "
                "qualcode disclosure --hide-cells"
            )

    def hide_counts(self) -> None:
        """Print counts of fewer cases than the threshold as "<3", with what gives them away.

        Raises:
            InvalidValueError: the threshold is 2, so that what is hidden can only be 1.
        """
        measures = replace(self.measures(), hide_counts=True)
        refuse_revealing_threshold(measures)
        self._keep(measures)

    def accept_risk(self, risk: str, reason: str) -> None:
        """Accept a risk, with the reason why; both are kept.

        Raises:
            InvalidValueError: there is no reason.
        """
        if not reason.strip():
            raise InvalidValueError("Say why the risk is accepted: the reason is kept with it.")
        measures = self.measures()
        confirmed = FrozenMap({**measures.confirmed, risk: reason.strip()})
        self._keep(replace(measures, confirmed=confirmed))

    def take_back(self, measure: str) -> Measure:
        """Take back a decision, so that it is printed again, or warned of again.

        Args:
            measure: Its id, or four or more characters of it, as in ``measures().listed()``.

        Raises:
            UnknownNameError: no measure, or more than one, begins like that.
        """
        measures = self.measures()
        long_enough = len(measure) >= _SHORTEST_ID
        fitting = [m for m in measures.listed() if long_enough and m.id.startswith(measure)]
        if len(fitting) != 1:
            ids = [listed.id for listed in measures.listed()]
            if not ids:
                raise UnknownNameError("There is nothing to take back: no measure was decided on.")
            project = Message("project '{name}'", name=self._project.info.name)
            raise unknown_name("measure", measure, ids, project)
        self._keep(measures.without(fitting[0].id))
        return fitting[0]

    def hide_names(self, value: T, names: RealNames, language: str = "") -> T:
        """Return a value of the model without the names of coders and interviews.

        Args:
            value: A value of the model, or a tuple of them.
            names: Which names to keep.
            language: Language of what stands for a name: "codeur A"; English by default.
        """
        with self._snapshot() as snapshot:
            alias = _CODER.get(language, "coder")
            coders = {} if names.coders else coder_aliases(snapshot.coders, alias)
            transcripts = (
                {} if names.transcripts else transcript_aliases(snapshot.texts, snapshot.cases)
            )
        return apply_aliases(value, coders, transcripts)

    # --- the check ---------------------------------------------------------------------------

    def check(
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
        quote_filter = where or QuoteFilter()
        with self._snapshot():
            sections = self._project.quotes.collect(quote_filter, attribution=attribution)
            cases = {name for s in sections for q in s.quotes for name in q.case.split(", ")}
            return (
                *self._passage_risks(sections, attribution, key),
                *self._combination_risks(cases),
                *(risk for table in tables for risk in self._cell_risks(table, quote_filter.layer)),
            )

    def check_quotes(
        self, sections: Sequence[QuoteSection], attribution: str = ATTRIBUTION
    ) -> tuple[Problem, ...]:
        """Return the risks of printing these quotes that nobody accepted yet.

        Attributions that fit too few cases, and quotes that still hold a likely name.
        """
        return _open_problems(self._passage_risks(sections, attribution, None))

    def check_themes(
        self, report: ThemeReport, attribution: str = ATTRIBUTION, *, cases: bool = False
    ) -> tuple[Problem, ...]:
        """Return the risks of printing a theme report that nobody accepted yet.

        Args:
            report: The report.
            attribution: Pattern of the line below its passages.
            cases: Whether every case goes along with its attributes, as in xlsx and json.
        """
        with self._snapshot():
            measures = self.measures()
            printed = self._project.themes.for_print(report)
            cells = quotes.cell_risks(printed.tables, threshold=measures.threshold)
            return _open_problems(
                (
                    *self._passage_risks(report, attribution, None),
                    *measures.with_reasons(cells),
                    *(self._combination_risks() if cases else ()),
                )
            )

    def check_table(self, what: str, layer: str = FINAL) -> tuple[Problem, ...]:
        """Return the risks of giving a table to others that nobody accepted yet.

        Args:
            what: Name of the table, as in ``exchange.write_table``.
            layer: Whose codings.
        """
        if what in _ALL_ATTRIBUTES:
            return _open_problems(self._combination_risks())
        # Rows of single cases are sums of one: they show every count that others hide.
        if what == "code_by_case" and self.measures().hide_counts:
            hint = "Give the table code_by_group instead."
            return (
                Problem(
                    Message("table {what}", what=what),
                    "Its columns add up to the counts that are hidden.",
                    hint,
                ),
            )
        if what.startswith(_BY) and what != "code_by_case":
            return _open_problems(self._cell_risks(what, layer))
        return ()

    def _passage_risks(
        self,
        printed: Sequence[QuoteSection] | ThemeReport,
        attribution: str,
        key: NameKey | None,
    ) -> tuple[Risk, ...]:
        with self._snapshot() as snapshot:
            measures, cases = self.measures(), self._project.cases.collect_for_print()
            language = snapshot.info.language
        passages = quotes.passages_of(printed)
        risks = quotes.attribution_risks(
            passages, cases, attribution=attribution, threshold=measures.threshold
        )
        rules = Rules(
            known=key.replaced if key else (),
            ignored=key.ignored if key else frozenset(),
            is_word=lemmas_of(language).knows,
        )
        risks += quotes.name_risks(passages, lambda text: _likely_names(text, rules))
        return measures.with_reasons(risks)

    def _combination_risks(self, cases: Iterable[str] | None = None) -> tuple[Risk, ...]:
        with self._snapshot():
            measures = self.measures()
            printed = self._project.cases.collect_for_print()
        risks = quotes.combination_risks(printed, named=cases, threshold=measures.threshold)
        return measures.with_reasons(risks)

    def _cell_risks(self, table: str, layer: str) -> tuple[Risk, ...]:
        with self._snapshot() as snapshot:
            if not table.startswith(_BY):
                check = Message(
                    "the check of matrices in project '{name}'", name=snapshot.info.name
                )
                raise unknown_name("table", table, (f"{_BY}group",), check)
            counts = self._project.themes.count_by(table.removeprefix(_BY), layer)
            measures = self.measures()
        return measures.with_reasons(quotes.cell_risks((counts,), threshold=measures.threshold))


def _open_problems(risks: Iterable[Risk]) -> tuple[Problem, ...]:
    return tuple(risk.as_problem() for risk in risks if not risk.confirmed)


# The same passages are checked again after each decision, and looking for names takes long.
@lru_cache(maxsize=10_000)
def _likely_names(text: str, rules: Rules) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.text, name.because) for name in find_names(text, rules) if name.kind not in _PRINTABLE
    )
