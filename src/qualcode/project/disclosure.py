"""Disclosure: who could be recognised in what is printed, and what is held back because of it.

Decisions are kept in the project, hold for everything that is printed from it, and can be taken
back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, TypeVar

from qualcode import quotes
from qualcode.errors import InvalidValueError, Problem, UnknownNameError, unknown_name
from qualcode.messages import Message
from qualcode.model import (
    UNION,
    FrozenMap,
    QuoteFilter,
    QuoteSection,
    ThemeReport,
    apply_aliases,
    coder_aliases,
    transcript_aliases,
)
from qualcode.model.property_space import TypologyReport
from qualcode.project.held_attributes import (
    find_heading_risks,
    find_rare_values,
    tell_how_to_print,
)
from qualcode.project.layers import FINAL
from qualcode.project.measures import (
    SETTING,
    pack_measures,
    refuse_revealing_threshold,
    unpack_measures,
)
from qualcode.project.part import Part, in_step
from qualcode.project.small_counts import find_small_counts, is_table_accepted, tell_how_to_decide
from qualcode.pseudonyms import NameKind
from qualcode.quotes import ATTRIBUTION, EVERY_CASE, Measure, Measures, Risk, RiskKind

if TYPE_CHECKING:
    from qualcode.model import Codebook
    from qualcode.project.names import RealNames
    from qualcode.project.snapshot import Snapshot
    from qualcode.pseudonyms import NameKey, Rules

T = TypeVar("T")

CODER_WORDS = {"nl": "codeur"}
"""The word for a coder in a document, by language; English by default."""
_SOURCES = {"nl": {"group": "groep", "document": "document", "answers": "vraag"}}
# Fewer characters fit several measures too easily.
_SHORTEST_ID = 4
# An age or a year is what a reader needs, and points at nobody by itself.
_PRINTABLE = frozenset({NameKind.AGE, NameKind.DATE})
_BY = "code_by_"
_AGREEMENT_BY = "agreement_by_"
_ALL_ATTRIBUTES = frozenset({"codings", "cases", "case_by_attribute", "participations"})


def source_aliases(snapshot: Snapshot, language: str) -> FrozenMap[str, str]:
    """Return what each interview, group, document and question is called in print.

    Args:
        snapshot: The project.
        language: Language of the words for them; English by default.
    """
    return transcript_aliases(
        snapshot.texts,
        snapshot.cases,
        kinds={name: text.kind for name, text in snapshot.texts.items()},
        words=_SOURCES.get(language),
    )


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

    @in_step
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

    @in_step
    def leave_out(self, codings: Iterable[str]) -> None:
        """Quote these codings no more.

        Args:
            codings: Their ids, or the beginnings of them.
        """
        measures = self.measures()
        ids = set(self._project.codings.find_ids(codings))
        self._keep(replace(measures, left_out=measures.left_out | ids))

    @in_step
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
        attribute_names = {name for case_ in selected for name in case_.all_attributes()}
        if case == EVERY_CASE:
            attribute_names |= self._attributes_of_interviews()
        if attribute not in attribute_names:
            owner = Message("case '{case}'", case=case) if case else project
            raise unknown_name("attribute", attribute, attribute_names, owner)
        self._refuse_group(attribute)
        measures = self.measures()
        self._keep(replace(measures, suppressed=measures.suppressed | {(case, attribute)}))

    @in_step
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
                value
                for case in snapshot.cases
                for values in (case.attributes, *(p.attributes for p in case.participations))
                if (value := values.get(attribute))
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

    def _attributes_of_interviews(self) -> set[str]:
        return {name for text in self._project.transcripts.collect() for name in text.attributes}

    def _refuse_group(self, attribute: str) -> None:
        # Reach counts only who was asked, and the group of a case says what it was asked.
        codebook = self._store.codebook()
        if attribute == "group" and codebook and any(c.values("asked_of") for c in codebook.codes):
            raise InvalidValueError(
                "Some codes were asked of one group only, so the groups cannot be joined or left "
                "out: 'n of N' would be wrong. Hide small counts instead: "
                "qualcode disclosure --hide-cells"
            )

    @in_step
    def hide_counts(self) -> None:
        """Print counts of fewer cases than the threshold as "<3", with what gives them away.

        Raises:
            InvalidValueError: the threshold is 2, so that what is hidden can only be 1.
        """
        measures = replace(self.measures(), hide_counts=True)
        refuse_revealing_threshold(measures)
        self._keep(measures)

    @in_step
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

    @in_step
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
            alias = CODER_WORDS.get(language, "coder")
            coders = {} if names.coders else coder_aliases(snapshot.coders, alias)
            transcripts = {} if names.transcripts else source_aliases(snapshot, language)
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
            tables: Names of tables to look at: ``code_by_`` and an attribute; ``cases`` for every
                respondent, also those who are not quoted.
            key: Names that were decided on; with it known names are looked for too.

        Returns:
            Accepted risks too, with their reasons.
        """
        quote_filter, tables = where or QuoteFilter(), tuple(tables)
        with self._snapshot():
            sections = self._project.quotes.collect(quote_filter, attribution=attribution)
            quoted = {name for s in sections for q in s.quotes for name in q.cases or ("",)}
            of_codes = [table for table in tables if table not in _ALL_ATTRIBUTES]
            return (
                *self._passage_risks(sections, attribution, key),
                *self._combination_risks(quoted if len(of_codes) == len(tables) else None),
                *self._value_risks(quote_filter.layer, of_codes),
                *self._reason_risks(key),
                *(risk for name in of_codes for risk in self._cell_risks(name, quote_filter.layer)),
            )

    def check_quotes(
        self,
        sections: Sequence[QuoteSection] | TypologyReport,
        attribution: str = ATTRIBUTION,
        layer: str = FINAL,
    ) -> tuple[Problem, ...]:
        """Return the risks of printing these quotes, or those of a typology, not accepted yet.

        Attributions that fit too few cases, quotes that still hold a likely name, and in a
        typology values that too few cases have.

        Args:
            sections: The quotes.
            attribution: Pattern of the line below them.
            layer: Whose codings they are.
        """
        risks = self._passage_risks(sections, attribution, None)
        if isinstance(sections, TypologyReport):
            risks += self._dimension_risks()
        return _open_problems(tell_how_to_print(risks, layer, attribution))

    def check_themes(
        self, report: ThemeReport, attribution: str = ATTRIBUTION, *, cases: bool = False
    ) -> tuple[Problem, ...]:
        """Return the risks of printing a theme report that nobody accepted yet.

        Args:
            report: The report.
            attribution: Pattern of the line below its passages.
            cases: Whether every case goes along with its attributes, as in xlsx and json.
        """
        layer = report.provenance.layer if report.provenance else FINAL
        with self._snapshot():
            risks = (
                *self._passage_risks(report, attribution, None),
                *self._cell_risks("code_by_group", layer),
                *((*self._combination_risks(), *self._value_risks()) if cases else ()),
            )
        table = "cases" if cases else ""
        return _open_problems(tell_how_to_print(risks, layer, attribution, table))

    def check_texts(
        self,
        texts: Iterable[tuple[str, str]],
        *,
        language: str = "",
        key: NameKey | None = None,
    ) -> tuple[Problem, ...]:
        """Return the likely names that are left in texts, and not accepted yet.

        Args:
            texts: Where each stands, and what it says.
            language: Their language; that of the project by default.
            key: Names that were decided on; with it known names are looked for too.
        """
        with self._snapshot() as snapshot:
            measures = self.measures()
            rules = _rules_for(language or snapshot.info.language, key, snapshot.find_codebook())
        find = partial(_likely_names, rules=rules)
        return _open_problems(measures.with_reasons(quotes.text_risks(texts, find)))

    def check_reasons(self, *, key: NameKey | None = None) -> tuple[Problem, ...]:
        """Return the likely names in reasons for which risks were accepted: documents print them.

        Args:
            key: Names that were decided on; with it known names are looked for too.
        """
        return _open_problems(self._reason_risks(key))

    def _reason_risks(self, key: NameKey | None) -> tuple[Risk, ...]:
        measures = self.measures()
        reasons = [
            (Message("acceptance of risk {risk}", risk=risk), reason)
            for risk, reason in measures.confirmed.items()
        ]
        if not reasons:
            return ()
        with self._snapshot() as snapshot:
            rules = _rules_for(snapshot.info.language, key, snapshot.find_codebook())
        risks = quotes.text_risks(reasons, partial(_likely_names, rules=rules))
        return measures.with_reasons(risks)

    def check_table(self, what: str, layer: str = FINAL) -> tuple[Problem, ...]:
        """Return the risks of giving a table to others that nobody accepted yet.

        Args:
            what: Name of the table, as in ``exchange.write_table``; ``agreement_by_sex`` for a
                report of agreement with ``by="sex"``.
            layer: Whose codings.
        """
        if what.startswith(_AGREEMENT_BY):
            attribute = what.removeprefix(_AGREEMENT_BY)
            risks = find_heading_risks(self._project, [attribute])
            # Coders are compared before they settle their differences: no final layer exists yet.
            return _open_problems(tell_how_to_print(risks, UNION, table=_BY + attribute))
        if what == "transcripts":
            return _open_problems(tell_how_to_print(self._value_risks()))
        if what in _ALL_ATTRIBUTES:
            risks = (*self._combination_risks(), *self._value_risks())
            # That table is read again after work in a spreadsheet, so nothing is left out of it.
            told = risks if what == "participations" else tell_how_to_print(risks, table="cases")
            return _open_problems(told)
        # Rows of single cases are sums of one: they show every count that others hide.
        if what == "code_by_case":
            return _open_problems(self._cell_risks("code_by_group", layer))
        if what.startswith(_BY):
            headings = tell_how_to_print(self._heading_risks(what, layer), layer, table=what)
            return _open_problems((*headings, *self._cell_risks(what, layer)))
        return ()

    def _passage_risks(
        self,
        printed: Sequence[QuoteSection] | ThemeReport | TypologyReport,
        attribution: str,
        key: NameKey | None,
    ) -> tuple[Risk, ...]:
        with self._snapshot() as snapshot:
            measures, cases = self.measures(), self._project.cases.collect_for_print()
            languages = {text.name: text.language for text in snapshot.transcripts}
            codebook = snapshot.find_codebook()
        passages = quotes.passages_of(printed)
        risks = quotes.attribution_risks(
            passages, cases, attribution=attribution, threshold=measures.threshold
        )
        for language in dict.fromkeys(languages[passage.transcript] for passage in passages):
            rules = _rules_for(language, key, codebook)
            risks += quotes.name_risks(
                (passage for passage in passages if languages[passage.transcript] == language),
                partial(_likely_names, rules=rules),
            )
        return measures.with_reasons(risks)

    def _combination_risks(self, cases: Iterable[str] | None = None) -> tuple[Risk, ...]:
        with self._snapshot():
            measures = self.measures()
            printed = self._project.cases.collect_for_print()
        risks = quotes.combination_risks(printed, named=cases, threshold=measures.threshold)
        return measures.with_reasons(risks)

    def _value_risks(self, layer: str = FINAL, tables: Iterable[str] = ()) -> tuple[Risk, ...]:
        """Return the risks of rare values, those that are headings included."""
        risks = (
            *find_rare_values(self._project).find_risks(),
            *(risk for table in tables for risk in self._heading_risks(table, layer)),
            *self._dimension_risks(),
        )
        return tuple({risk.id: risk for risk in risks}.values())

    def _dimension_risks(self) -> tuple[Risk, ...]:
        """Return the risks of the rare values that are categories of the typology."""
        return find_heading_risks(self._project, self._project.themes.typology.design().attributes)

    def _heading_risks(self, table: str, layer: str) -> tuple[Risk, ...]:
        """Return the risk of the rare values that are headings of a table."""
        attribute = table.removeprefix(_BY)
        if attribute == table or is_table_accepted(self._project, layer, attribute):
            return ()
        return find_heading_risks(self._project, [attribute])

    def _cell_risks(self, table: str, layer: str) -> tuple[Risk, ...]:
        with self._snapshot() as snapshot:
            if not table.startswith(_BY):
                check = Message(
                    "the check of matrices in project '{name}'", name=snapshot.info.name
                )
                raise unknown_name("table", table, (f"{_BY}group",), check)
            if self.measures().hide_counts:
                return ()
            risks = find_small_counts(self._project, layer, table.removeprefix(_BY))
        return tuple(tell_how_to_decide(risk, layer, table) for risk in risks)


def _open_problems(risks: Iterable[Risk]) -> tuple[Problem, ...]:
    # A name that would be printed comes first: the others are about what may be worked out.
    order = sorted(risks, key=lambda risk: risk.kind is not RiskKind.NAME)
    problems = dict.fromkeys(risk.as_problem() for risk in order if not risk.confirmed)
    places: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        places.setdefault((problem.message, problem.hint), []).append(problem.where)
    # One word in a hundred answers is one thing to look at.
    return tuple(
        Problem(_first_of(where), message, hint) for (message, hint), where in places.items()
    )


def _first_of(places: Sequence[str]) -> str:
    if len(places) == 1:
        return places[0]
    return Message.counted(
        "{place} and {count} other place",
        "{place} and {count} other places",
        len(places) - 1,
        place=places[0],
    )


def _rules_for(language: str, key: NameKey | None, codebook: Codebook | None) -> Rules:
    # Loads the word lists of all languages, which a table of counts does without.
    from qualcode.project.name_places import rules_for, with_words_of

    rules = with_words_of(rules_for(language), codebook)
    return replace(rules, known=key.replaced, ignored=key.ignored) if key else rules


# The same passages are checked again after each decision, and looking for names takes long.
@lru_cache(maxsize=10_000)
def _likely_names(text: str, rules: Rules) -> tuple[tuple[str, str], ...]:
    from qualcode.pseudonyms import find_names

    return tuple(
        (name.text, name.because) for name in find_names(text, rules) if name.kind not in _PRINTABLE
    )
