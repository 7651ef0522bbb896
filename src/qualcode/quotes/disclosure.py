"""Who could be recognised in what is printed: the check before quotes and tables go out.

Looks at attributions and combinations of attributes that fit too few cases (k-anonymity;
Sweeney 2002), at names left in quotes, and at small cells of tables. What to do about it is
up to people: print less (``measures``), or confirm with a reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from qualcode.errors import Problem
from qualcode.model import Case, CrossTable, Passage, Quote, QuoteSection, ThemeReport
from qualcode.quotes.attribution import ATTRIBUTION, PLACES, AttributionPattern

THRESHOLD = 3
"""Fewest cases that must share what is printed of them."""
TELLING_ATTRIBUTES = ("group", "sex", "age_band", "region", "work")
"""Attributes that others may know about a respondent."""

Printed = Quote | Passage
"""What is printed of an interview."""

FindNames = Callable[[str], Iterable[tuple[str, str]]]
"""Gives the names in a text, each with the reason why it counts as one."""


class RiskKind(StrEnum):
    """How somebody could be recognised."""

    ATTRIBUTION = "attribution"
    COMBINATION = "combination"
    NAME = "name"
    CELLS = "cells"


@dataclass(frozen=True, slots=True)
class Risk:
    """One way in which what is printed may point at somebody.

    Attributes:
        id: The same for the same risk, ten hexadecimal digits.
        kind: How somebody could be recognised.
        where: The case, quote or table.
        message: What is telling, in one sentence.
        hint: What would help.
        confirmed: Why somebody accepted it; ``""`` where nobody did.
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
    return hashlib.sha256("\n".join(key).encode("utf-8")).hexdigest()[:10]


def _risk(kind: RiskKind, where: str, message: str, hint: str, *key: str) -> Risk:
    return Risk(stable_id(kind.value, *key), kind, where, message, hint)


def passages_of(printed: Iterable[QuoteSection] | ThemeReport) -> tuple[Printed, ...]:
    """Return every passage that quotes or a theme report print."""
    if isinstance(printed, ThemeReport):
        codes = [code for theme in printed.themes for code in theme.codes]
        found = [passage for theme in printed.themes for passage in theme.representative]
        found += [passage for code in codes for passage in (*code.representative, *code.deviant)]
        return tuple(found)
    return tuple(quote for section in printed for quote in section.quotes)


def attribution_risks(
    passages: Iterable[Printed],
    cases: Sequence[Case],
    *,
    attribution: str = ATTRIBUTION,
    threshold: int = THRESHOLD,
) -> tuple[Risk, ...]:
    """Return the attributions of passages that fit fewer than ``threshold`` cases.

    Only the attributes that the pattern prints are looked at; a pseudonym is not one.

    Args:
        passages: What is to be printed.
        cases: All cases of the project.
        attribution: The pattern that they are printed with.
        threshold: Number of cases that must share an attribution.
    """
    fields = [f for f in AttributionPattern.parse(attribution).fields if f not in PLACES]
    quoted = {name for passage in passages for name in passage.case.split(", ")}
    alike: dict[tuple[str, ...], list[Case]] = {}
    for case in cases:
        alike.setdefault(_values(case, fields), []).append(case)
    found = []
    for values, same in alike.items():
        named = [case.name for case in same if case.name in quoted]
        if any(values) and len(same) < threshold and named:
            line = ", ".join(filter(None, values))
            message = (
                f"The attribution '{line}' fits {len(same)} of {len(cases)} cases, fewer than "
                f"{threshold}."
            )
            hint = _hint(fields, cases, same[0], threshold)
            where = "case " + ", ".join(named)
            found.append(_risk(RiskKind.ATTRIBUTION, where, message, hint, line))
    return tuple(found)


def _values(case: Case, fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(case.attributes.get(field, "") for field in fields)


def _hint(fields: Sequence[str], cases: Sequence[Case], own: Case, threshold: int) -> str:
    for field in reversed(fields):
        others = [other for other in fields if other != field]
        same = sum(_values(case, others) == _values(own, others) for case in cases)
        if same >= threshold:
            return f"Without {{{field}}} it fits {same}."
    return "Print fewer attributes, or wider ones."


def combination_risks(
    cases: Sequence[Case],
    *,
    named: Iterable[str] | None = None,
    fields: Sequence[str] = TELLING_ATTRIBUTES,
    threshold: int = THRESHOLD,
) -> tuple[Risk, ...]:
    """Return the cases that the attributes together single out, with the fewest that do.

    Args:
        cases: All cases of the project.
        named: Names of the cases that are printed; all by default.
        fields: Attributes that go along, whether or not a line of attribution shows them.
        threshold: Number of cases that must share a combination.
    """
    wanted = {case.name for case in cases} if named is None else set(named)
    found = []
    for case in cases:
        known = [field for field in fields if case.attributes.get(field, "").strip()]
        fewest = _fewest(case, cases, known, threshold) if case.name in wanted else None
        if fewest is not None:
            telling, same = fewest
            values = ", ".join(f"{field} {case.attributes[field]}" for field in telling)
            message = f"Only {same} of {len(cases)} cases: {values}."
            hint = f"Leave out or widen one of: {', '.join(telling)}."
            where = f"case {case.name}"
            key = (case.name, *_values(case, telling), *telling)
            found.append(_risk(RiskKind.COMBINATION, where, message, hint, *key))
    return tuple(found)


def _fewest(
    case: Case, cases: Sequence[Case], fields: Sequence[str], threshold: int
) -> tuple[tuple[str, ...], int] | None:
    for size in range(1, len(fields) + 1):
        for some in combinations(fields, size):
            same = sum(_values(other, some) == _values(case, some) for other in cases)
            if same < threshold:
                return some, same
    return None


def name_risks(passages: Iterable[Printed], find: FindNames) -> tuple[Risk, ...]:
    """Return what is printed of passages that still holds a known or likely name.

    Looked at are the passages, the words around them, and what their cases are called.

    Args:
        passages: What is to be printed.
        find: What counts as a name.
    """
    found: dict[str, Risk] = {}
    for one in passages:
        around = (one.context_before, one.context_after) if isinstance(one, Quote) else ()
        words = (one.text, *around, one.attribution)
        where = f"quote {one.coding[:8]} ({one.transcript}, turn {one.turn or '-'})"
        for place, key, texts in (
            (where, one.coding, words),
            (f"case {one.case}", one.case, (one.case,)),
        ):
            for name, because in (pair for text in filter(None, texts) for pair in find(text)):
                risk = _risk(
                    RiskKind.NAME,
                    place,
                    f"It holds '{name}', which may say who somebody is ({because}).",
                    "Replace the name, leave the quote out, or confirm that it tells nothing.",
                    *(key, name),
                )
                found.setdefault(risk.id, risk)
    return tuple(found.values())


def cell_risks(tables: Iterable[CrossTable], *, threshold: int = THRESHOLD) -> tuple[Risk, ...]:
    """Return the tables with cells that fewer than ``threshold`` cases are behind.

    Tables with a column per case are left to :func:`combination_risks`.
    """
    return tuple(risk for table in tables for risk in _cells_of(table, threshold))


def _cells_of(table: CrossTable, threshold: int) -> Iterator[Risk]:
    if table.counts != "cases":
        return
    small = [
        f"{row} x {column}: {cell.count}"
        for row, cells in zip(table.rows, table.cells, strict=True)
        for column, cell in zip(table.columns, cells, strict=True)
        if cell.count is not None and 0 < cell.count < threshold
    ]
    if small:
        more = f" and {len(small) - 3} more" if len(small) > 3 else ""
        yield _risk(
            RiskKind.CELLS,
            f"table {table.name}",
            f"{len(small)} cells stand for fewer than {threshold} cases ({'; '.join(small[:3])}"
            f"{more}).",
            "Who knows the respondents may recognise one: hide small counts (--hide-cells), or "
            "join values (--widen).",
            *(table.name, *small),
        )
