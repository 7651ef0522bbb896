"""Checks the risk of disclosure: who could be recognised in quotes and tables to print.

Finds attributions and combinations of attributes that fit too few cases (k-anonymity; Sweeney
2002), names in quotes, and small cells of tables. People decide what to do about a risk: print
less (``disclosure_decisions``), or confirm it with a reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from qualcode.errors import Problem
from qualcode.messages import Message
from qualcode.model import Case, CrossTable, Passage, Quote, QuoteSection, ThemeReport
from qualcode.model.property_space import TypologyReport
from qualcode.quotes.attribution import (
    ATTRIBUTION,
    PLACES,
    AttributionLine,
    AttributionPattern,
)

THRESHOLD = 3
"""Number of cases that must share the attributes printed of each of them."""
TELLING_ATTRIBUTES = Case.USUAL_ATTRIBUTES
"""Attributes that others may know about a respondent."""

Printed = Quote | Passage
"""A passage of an interview as printed."""

FindNames = Callable[[str], Iterable[tuple[str, str]]]
"""Returns the names in a text, each with the reason why it counts as a name."""


class RiskKind(StrEnum):
    """Kinds of disclosure risk."""

    ATTRIBUTION = "attribution"
    COMBINATION = "combination"
    VALUE = "value"
    NAME = "name"
    CELLS = "cells"


@dataclass(frozen=True, slots=True)
class Risk:
    """One way in which somebody may be recognised.

    Attributes:
        id: Ten hexadecimal digits, the same for the same risk.
        kind: How somebody could be recognised.
        where: The case, quote or table.
        message: The risk in one sentence.
        hint: A way to reduce it.
        confirmed: Reason for accepting it; ``""`` if nobody did.
    """

    id: str
    kind: RiskKind
    where: str
    message: str
    hint: str = ""
    confirmed: str = ""

    def as_problem(self) -> Problem:
        """Return the risk as a note to print."""
        return Problem(self.where, self.message, self.hint)


def stable_id(*key: str) -> str:
    """Return ten hexadecimal digits: the same for the same words."""
    # Confirmations are stored by this id, so it must be the same in every run.
    return hashlib.sha256("\n".join(key).encode("utf-8")).hexdigest()[:10]


def _risk(kind: RiskKind, where: str, message: str, hint: str, *key: str) -> Risk:
    return Risk(stable_id(kind.value, *key), kind, where, message, hint)


def passages_of(
    printed: Iterable[QuoteSection] | ThemeReport | TypologyReport,
) -> tuple[Printed, ...]:
    """Return every passage in quotes, in a theme report or in a typology."""
    if isinstance(printed, TypologyReport):
        return tuple(q for page in printed.pages for q in (*page.quotes, *page.described))
    if isinstance(printed, ThemeReport):
        codes = [code for theme in printed.themes for code in theme.codes]
        passages = [passage for theme in printed.themes for passage in theme.representative]
        passages += [passage for code in codes for passage in (*code.representative, *code.deviant)]
        return tuple(passages)
    return tuple(quote for section in printed for quote in section.quotes)


def attribution_risks(
    passages: Iterable[Printed],
    cases: Sequence[Case],
    *,
    attribution: str = ATTRIBUTION,
    threshold: int = THRESHOLD,
) -> tuple[Risk, ...]:
    """Return the attributions of passages that fit fewer than ``threshold`` cases.

    Only attributes in the pattern count; a pseudonym is no attribute.

    Args:
        passages: The passages to print.
        cases: All cases of the project.
        attribution: The pattern of their attribution.
        threshold: Number of cases that must share an attribution.
    """
    passages = tuple(passages)
    fields = [f for f in AttributionPattern.parse(attribution).fields if f not in PLACES]
    # A pseudonym may hold a comma, so the names that are joined by commas cannot be split.
    joined = {f", {passage.case}, " for passage in passages}
    quoted = {case.name for case in cases if any(f", {case.name}, " in names for names in joined)}
    moments = split_by_moment(cases)
    alike: dict[tuple[str, ...], dict[str, Case]] = {}
    for case in moments:
        alike.setdefault(_values(case, fields), {})[case.name] = case
    risks = []
    # What several people share may be in a line that is of none of them alone.
    for values in _shared_lines(passages, fields):
        alike.setdefault(values, _share(values, fields, moments))
    for values, alike_cases in alike.items():
        named = [name for name in alike_cases if name in quoted]
        # A case without printed values has no attribution that could point to it.
        if any(values) and len(alike_cases) < threshold and named:
            line = _line_of(values)
            message = Message(
                "The attribution '{line}' fits {count_alike_cases} of {count_cases} cases, "
                "fewer than {threshold}.",
                line=line,
                count_alike_cases=len(alike_cases),
                count_cases=len(cases),
                threshold=threshold,
            )
            hint = _hint(fields, moments, next(iter(alike_cases.values())), threshold)
            where = Message("case {name}", name=", ".join(named))
            risks.append(_risk(RiskKind.ATTRIBUTION, where, message, hint, line))
    return tuple(risks)


def attribution_id(values: Iterable[str]) -> str:
    """Return the id of the risk of a line below quotes.

    Args:
        values: The values of the attributes in it, in order; empty ones count for nothing.
    """
    return stable_id(RiskKind.ATTRIBUTION.value, _line_of(values))


def _line_of(values: Iterable[str]) -> str:
    return ", ".join(filter(None, values))


def _shared_lines(passages: Iterable[Printed], fields: Sequence[str]) -> set[tuple[str, ...]]:
    return {
        tuple(line.values.get(name, "") for name in fields)
        for passage in passages
        if isinstance(line := passage.attribution, AttributionLine) and ", " in passage.case
    }


def _share(
    values: Sequence[str], fields: Sequence[str], moments: Iterable[Case]
) -> dict[str, Case]:
    """Return the cases who have all values that are given."""
    pairs = [(name, value) for name, value in zip(fields, values, strict=True) if value]
    return {
        moment.name: moment
        for moment in moments
        if all(moment.attributes.get(name, "") == value for name, value in pairs)
    }


def _values(case: Case, fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(case.attributes.get(field, "") for field in fields)


def split_by_moment(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Return each case once for every set of attributes that it has in some transcript.

    Whoever knows a person's role or age at one moment can recognise that person by it.
    """
    split = []
    for case in cases:
        moments = dict.fromkeys(case.attributes_in(name) for name in case.transcripts)
        split += [replace(case, attributes=values) for values in moments or (case.attributes,)]
    return tuple(split)


def _hint(fields: Sequence[str], cases: Sequence[Case], case: Case, threshold: int) -> str:
    # The last field is usually the most specific one.
    for field in reversed(fields):
        other_fields = [other_field for other_field in fields if other_field != field]
        count = _count_alike(case, cases, other_fields)
        if count >= threshold:
            return Message("Without {{{field}}} it fits {count}.", field=field, count=count)
    return Message("Print fewer attributes, or wider ones.")


def _count_alike(case: Case, cases: Iterable[Case], fields: Sequence[str]) -> int:
    """Return the number of people who have the same values in some transcript."""
    values = _values(case, fields)
    return len({other_case.name for other_case in cases if _values(other_case, fields) == values})


def combination_risks(
    cases: Sequence[Case],
    *,
    named: Iterable[str] | None = None,
    fields: Sequence[str] = TELLING_ATTRIBUTES,
    threshold: int = THRESHOLD,
) -> tuple[Risk, ...]:
    """Return the cases that attributes together identify, with the smallest combination.

    Args:
        cases: All cases of the project.
        named: Names of the cases that are printed; all by default.
        fields: Attributes that count, whether or not an attribution prints them.
        threshold: Number of cases that must share a combination.
    """
    printed_names = {case.name for case in cases} if named is None else set(named)
    risks = []
    moments = split_by_moment(cases)
    for case in moments:
        risk = (
            combination_risk_of(case, moments, fields=fields, threshold=threshold)
            if case.name in printed_names
            else None
        )
        if risk is not None:
            risks.append(risk)
    return tuple(risks)


def telling_fields(
    attributes: Mapping[str, str], fields: Sequence[str] = TELLING_ATTRIBUTES
) -> tuple[str, ...]:
    """Return the attributes with a value that others may know about a case."""
    other_names = (name for name in attributes if name.casefold() in Case.OTHER_NAMES)
    # An attribute without a value tells others nothing about the case.
    return tuple(
        name for name in dict.fromkeys((*fields, *other_names)) if attributes.get(name, "").strip()
    )


def combination_risk_of(
    case: Case,
    moments: Sequence[Case],
    *,
    fields: Sequence[str] = TELLING_ATTRIBUTES,
    threshold: int = THRESHOLD,
) -> Risk | None:
    """Return the risk that its attributes identify a case; None if enough others share them.

    Args:
        case: The case, with its attributes at one moment.
        moments: All cases, from :func:`split_by_moment`.
        fields: Attributes that count, whether or not an attribution prints them.
        threshold: Number of cases that must share a combination.
    """
    fewest = _fewest(case, moments, telling_fields(case.attributes, fields), threshold)
    if fewest is None:
        return None
    identifying, count = fewest
    values = ", ".join(f"{field} {case.attributes[field]}" for field in identifying)
    message = Message(
        "Only {count} of {count_cases} cases: {values}.",
        count=count,
        count_cases=len({moment.name for moment in moments}),
        values=values,
    )
    hint = Message("Leave out or widen one of: {identifying}.", identifying=", ".join(identifying))
    where = Message("case {name}", name=case.name)
    key = (case.name, *_values(case, identifying), *identifying)
    return _risk(RiskKind.COMBINATION, where, message, hint, *key)


def _fewest(
    case: Case, cases: Sequence[Case], fields: Sequence[str], threshold: int
) -> tuple[tuple[str, ...], int] | None:
    # What enough cases share of all attributes, they share of fewer.
    if _count_alike(case, cases, fields) >= threshold:
        return None
    # Small combinations first: one attribute that identifies a case says more than four.
    for size in range(1, len(fields) + 1):
        for combination in combinations(fields, size):
            count = _count_alike(case, cases, combination)
            if count < threshold:
                return combination, count
    return None


def name_risks(passages: Iterable[Printed], find: FindNames) -> tuple[Risk, ...]:
    """Return the known or likely names that are left in passages.

    Checked are the passages, the words around them, and the names of their cases.

    Args:
        passages: The passages to print.
        find: Finds names in a text.
    """
    risks: dict[str, Risk] = {}
    for passage in passages:
        around = (
            (passage.context_before, passage.context_after) if isinstance(passage, Quote) else ()
        )
        words = (passage.text, *around, passage.attribution)
        where = Message(
            "quote {coding} ({transcript}, turn {turn})",
            coding=passage.coding[:8],
            transcript=passage.transcript,
            turn=passage.turn or "-",
        )
        for place, key, texts in (
            (where, passage.coding, words),
            (Message("case {name}", name=passage.case), passage.case, (passage.case,)),
        ):
            for name, because in (pair for text in filter(None, texts) for pair in find(text)):
                hint = "Replace the name, leave the quote out, or confirm that it tells nothing."
                risk = _name_risk(place, key, name, because, hint)
                # One name may be found by several rules; the first reason is enough.
                risks.setdefault(risk.id, risk)
    return tuple(risks.values())


def text_risks(texts: Iterable[tuple[str, str]], find: FindNames) -> tuple[Risk, ...]:
    """Return the known or likely names in what researchers wrote.

    Args:
        texts: Where each stands, and what it says.
        find: Finds names in a text.
    """
    risks: dict[str, Risk] = {}
    for where, text in texts:
        for name, because in find(text):
            hint = "Replace the name, or confirm that it tells nothing."
            risk = _name_risk(where, where, name, because, hint)
            risks.setdefault(risk.id, risk)
    return tuple(risks.values())


def _name_risk(where: str, key: str, name: str, because: str, hint: str) -> Risk:
    message = Message(
        "It holds '{name}', which may say who somebody is ({because}).",
        name=name,
        because=because,
    )
    return _risk(RiskKind.NAME, where, message, hint, key, name)


def cell_risks(tables: Iterable[CrossTable], *, threshold: int = THRESHOLD) -> tuple[Risk, ...]:
    """Return the tables with cells that count fewer than ``threshold`` cases.

    :func:`combination_risks` checks tables with a column per case.
    """
    return tuple(risk for table in tables for risk in _cells_of(table, threshold))


def _cells_of(table: CrossTable, threshold: int) -> Iterator[Risk]:
    # Counts of codings do not say how few people they come from.
    if table.counts != "cases":
        return
    small = [
        f"{f'{row} x {column}' if column else row}: {cell.count}"
        for row, cells in zip(table.rows, table.cells, strict=True)
        for column, cell in zip(table.columns, cells, strict=True)
        if cell.count is not None and 0 < cell.count < threshold
    ]
    if small:
        examples: str = "; ".join(small[:3])
        if len(small) > 3:
            examples = Message(
                "{examples} and {count} more", examples=examples, count=len(small) - 3
            )
        yield _risk(
            RiskKind.CELLS,
            Message("table {name}", name=table.name),
            Message(
                "{count_small} cells stand for fewer than {threshold} cases ({examples}).",
                count_small=len(small),
                threshold=threshold,
                examples=examples,
            ),
            "Who knows the respondents may recognise one: hide small counts (--hide-cells), or "
            "join values (--widen).",
            # The counts are part of the id, so that an accepted risk is asked again once they
            # change.
            *(table.name, *small),
        )
