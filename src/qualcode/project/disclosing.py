"""The verbs of disclosure: who could be recognised in what is printed, and what was decided.

Decisions (what to leave out, what to say more widely, which risks are accepted and why) are kept
in the project, and hold for everything that is printed from it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from qualcode import quotes, themes
from qualcode.errors import InvalidValueError, Problem, unknown_name
from qualcode.language.lemmas import lemmas_of
from qualcode.model import FrozenMap, QuoteSection, ThemeReport
from qualcode.project.analysis import FINAL, QuoteFilter
from qualcode.project.exchange import Exchange
from qualcode.pseudonyms import NameKey, NameKind, Rules, find_names
from qualcode.quotes import ATTRIBUTION, Measures, Risk

_SETTING = "disclosure"
_PRINTABLE = frozenset({NameKind.AGE, NameKind.DATE})


class Disclosing(Exchange):
    """An open project, with the check on what is printed from it."""

    def measures(self) -> Measures:
        """Return what was decided to print less of, and which risks were accepted."""
        kept: dict[str, Any] = self._store.setting(_SETTING, {})
        return Measures(
            threshold=kept.get("threshold", quotes.THRESHOLD),
            left_out=frozenset(kept.get("left_out", ())),
            suppressed=frozenset((case, name) for case, name in kept.get("suppressed", ())),
            wider=FrozenMap({(name, value): to for name, value, to in kept.get("wider", ())}),
            confirmed=FrozenMap({one["risk"]: one["reason"] for one in kept.get("confirmed", ())}),
        )

    def _keep(self, who: str, **changed: Any) -> None:
        kept: dict[str, Any] = self._store.setting(_SETTING, {})
        self._store.set_setting(_SETTING, {**kept, **changed}, who)

    def set_threshold(self, threshold: int, who: str = "") -> None:
        """Say how many cases must share what is printed of them.

        Raises:
            InvalidValueError: it is below 2.
        """
        if threshold < 2:
            raise InvalidValueError(f"The threshold is a number of cases from 2; got {threshold}.")
        self._keep(who, threshold=threshold)

    def leave_out(self, codings: Iterable[str], who: str = "") -> None:
        """Quote these codings no more."""
        ids = self.full_ids(codings)
        self._keep(who, left_out=sorted({*self.measures().left_out, *ids}))

    def suppress(self, case: str, attribute: str, who: str = "") -> None:
        """Print an attribute of a case no more.

        Raises:
            UnknownNameError: there is no such case, or it has no such attribute.
        """
        cases = {one.name: one for one in self.collect_cases()}
        if case not in cases:
            raise unknown_name("case", case, cases, f"project '{self.name}'")
        if attribute not in cases[case].attributes:
            raise unknown_name("attribute", attribute, cases[case].attributes, f"case '{case}'")
        pairs = {*self.measures().suppressed, (case, attribute)}
        self._keep(who, suppressed=sorted(map(list, pairs)))

    def widen(self, attribute: str, value: str, wider: str, who: str = "") -> None:
        """Print a wider value of an attribute.

        Raises:
            InvalidValueError: the wider value is empty.
            UnknownNameError: no case has this value.
        """
        if not wider.strip():
            raise InvalidValueError("The wider value is empty. To print none, suppress it.")
        values = {
            c.attributes[attribute] for c in self.collect_cases() if attribute in c.attributes
        }
        if value not in values:
            raise unknown_name(f"value of '{attribute}'", value, values, f"project '{self.name}'")
        pairs = {**self.measures().wider, (attribute, value): wider}
        self._keep(who, wider=sorted([name, old, new] for (name, old), new in pairs.items()))

    def confirm_risk(self, risk: str, reason: str, who: str = "") -> None:
        """Accept a risk, with the reason why; both are kept.

        Raises:
            InvalidValueError: there is no reason.
        """
        if not reason.strip():
            raise InvalidValueError("Say why the risk is accepted: the reason is kept with it.")
        kept = self._store.setting(_SETTING, {}).get("confirmed", [])
        others = [one for one in kept if one["risk"] != risk]
        self._keep(who, confirmed=[*others, {"risk": risk, "reason": reason, "by": who}])

    # --- quotes as they are printed ---------------------------------------------------------------

    def quotes(
        self,
        where: QuoteFilter | None = None,
        *,
        context: int = 0,
        attribution: str = ATTRIBUTION,
        language: str = "",
    ) -> tuple[QuoteSection, ...]:
        """Return complete quotes by code, as they may be printed.

        See :meth:`Analysis.quotes`; what was decided in the check on disclosure is applied.
        """
        sections = super().quotes(
            where, context=context, attribution=attribution, language=language
        )
        measures = self.measures()
        if not measures.change_print:
            return sections
        return quotes.apply_measures(
            sections, measures, attribution=attribution, language=language or self.language
        )

    def disclosure(
        self, sections: Sequence[QuoteSection], attribution: str = ATTRIBUTION
    ) -> tuple[Problem, ...]:
        """Return the risks of printing these quotes that nobody accepted yet.

        Attributions that fit too few cases, and quotes that still hold a likely name.
        """
        risks = self._quote_risks(sections, attribution, None)
        return tuple(risk.as_problem() for risk in risks if not risk.confirmed)

    def _quote_risks(
        self, sections: Sequence[QuoteSection], attribution: str, key: NameKey | None
    ) -> tuple[Risk, ...]:
        measures = self.measures()
        cases = measures.of_cases(self.collect_cases())
        found = quotes.attribution_risks(
            sections, cases, attribution=attribution, threshold=measures.threshold
        )
        rules = Rules(
            known=key.replaced if key else (),
            ignored=key.ignored if key else frozenset(),
            is_word=lemmas_of(self.language).knows,
        )
        found += quotes.name_risks(sections, lambda text: _likely_names(text, rules))
        return measures.with_reasons(found)

    def table_disclosure(self, what: str, layer: str = FINAL) -> tuple[Problem, ...]:
        """Return the risks of giving a table to others that nobody accepted yet.

        Args:
            what: Name of the table, as in :meth:`write_table`.
            layer: Whose codings.
        """
        risks: tuple[Risk, ...] = ()
        if what in {"codings", "cases", "case_by_attribute"}:
            risks = self._combinations(self.measures())
        elif what == "code_by_group":
            risks = self._cells(layer)
        return tuple(risk.as_problem() for risk in risks if not risk.confirmed)

    def themes_disclosure(self, report: ThemeReport) -> tuple[Problem, ...]:
        """Return the small cells in the tables of a theme report that nobody accepted yet."""
        measures = self.measures()
        risks = quotes.cell_risks(report.tables, threshold=measures.threshold)
        open_ones = (r for r in measures.with_reasons(risks) if not r.confirmed)
        return tuple(risk.as_problem() for risk in open_ones)

    def _combinations(
        self, measures: Measures, named: Iterable[str] | None = None
    ) -> tuple[Risk, ...]:
        cases = measures.of_cases(self.collect_cases())
        found = quotes.combination_risks(cases, named=named, threshold=measures.threshold)
        return measures.with_reasons(found)

    def _cells(self, layer: str) -> tuple[Risk, ...]:
        codings, measures = self.layer(layer), self.measures()
        cases = self.collect_cases()
        table = themes.code_by_attribute(codings, self.codebook(), self._coded(codings), cases)
        found = quotes.cell_risks((table,), threshold=measures.threshold)
        return measures.with_reasons(found)

    def check_disclosure(
        self,
        where: QuoteFilter | None = None,
        *,
        attribution: str = ATTRIBUTION,
        key: NameKey | None = None,
    ) -> tuple[Risk, ...]:
        """Return every way in which what is printed may point at somebody.

        Args:
            where: Which quotes are to be printed.
            attribution: Pattern of the line below them.
            key: Names that were decided on; with it known names are looked for too.

        Returns:
            Accepted risks too, with their reasons.
        """
        wanted = where or QuoteFilter()
        sections = self.quotes(wanted, attribution=attribution)
        named = {name for s in sections for q in s.quotes for name in q.case.split(", ")}
        return (
            *self._quote_risks(sections, attribution, key),
            *self._combinations(self.measures(), named),
            *self._cells(wanted.layer),
        )


@lru_cache(maxsize=10_000)
def _likely_names(text: str, rules: Rules) -> tuple[tuple[str, str], ...]:
    return tuple(
        (found.text, found.because)
        for found in find_names(text, rules)
        if found.kind not in _PRINTABLE
    )
