"""Matrices over the whole project; each cell leads to its passages.

Rows of codes hold all codes in the order of the book, with the codings of the codes below
them; retired codes only where they were used. A cell is None where a group was not asked and
did not bring it up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from qualcode.model import (
    Case,
    Cell,
    Codebook,
    Coding,
    CrossTable,
    LocalText,
    Transcript,
)
from qualcode.themes.dataset import Material

C = TypeVar("C")


def code_by_case(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
) -> CrossTable:
    """Return how many codings each case has of each code."""
    material = Material(codings, codebook, transcripts, cases)

    def cell(path: str, case: Case) -> Cell:
        own = _of(material.below(path), (case,))
        asked = bool(own) or material.is_asked(path, case.group)
        return Cell(len(own) if asked else None, codings=own)

    columns = {case.name: case for case in material.cases}
    return _table("code_by_case", "codings", material, columns, cell)


def code_by_attribute(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    attribute: str = "group",
) -> CrossTable:
    """Return how many cases with each value of a case attribute have each code.

    Columns are the values, in order of the cases; cases without the attribute are left out.
    The total of a cell (``of``) holds the cases that were asked.
    """
    material = Material(codings, codebook, transcripts, cases)
    columns: dict[str, list[Case]] = {}
    for case in material.cases:
        if case.attributes.get(attribute):
            columns.setdefault(case.attributes[attribute], []).append(case)

    def cell(path: str, members: list[Case]) -> Cell:
        asked = [case for case in members if material.is_asked(path, case.group)]
        found = {coding.transcript for coding in material.below(path)}
        ids = _of(material.below(path), members)
        having = sum(1 for case in asked or members if found & set(case.transcripts))
        if not asked:
            return Cell(having or None, None, ids)
        return Cell(having, len(asked), ids)

    return _table(f"code_by_{attribute}", "cases", material, columns, cell)


def case_by_attribute(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
) -> CrossTable:
    """Return the attributes of each case (as text), leading to the codings of the case."""
    material = Material(codings, codebook, transcripts, cases)
    names = tuple(dict.fromkeys(name for case in material.cases for name in case.attributes))
    return CrossTable(
        name="case_by_attribute",
        counts="codings",
        rows=tuple(case.name for case in material.cases),
        columns=names,
        row_labels=tuple(_plain(case.name) for case in material.cases),
        column_labels=tuple(_plain(name) for name in names),
        cells=tuple(
            tuple(_attribute_cell(material, case, name) for name in names)
            for case in material.cases
        ),
    )


def case_by_code_attribute(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    attribute: str,
) -> CrossTable:
    """Return how many codings each case has of codes with each value of a code attribute.

    A coding counts under the values of the very code it has (``level``: individual, ...).
    """
    material = Material(codings, codebook, transcripts, cases)
    values = tuple(dict.fromkeys(v for code in codebook.codes for v in code.values(attribute)))
    by_value = {
        value: [c for c in material.codings if value in material.codes[c.code].values(attribute)]
        for value in values
    }
    rows = []
    for case in material.cases:
        own = [_of(by_value[value], (case,)) for value in values]
        rows.append(tuple(Cell(len(ids), codings=ids) for ids in own))
    return CrossTable(
        name=f"case_by_{attribute}",
        counts="codings",
        rows=tuple(case.name for case in material.cases),
        columns=values,
        row_labels=tuple(_plain(case.name) for case in material.cases),
        column_labels=tuple(_plain(value) for value in values),
        cells=tuple(rows),
    )


def _table(
    name: str,
    counts: str,
    material: Material,
    columns: dict[str, C],
    cell: Callable[[str, C], Cell],
) -> CrossTable:
    shown = [c for c in material.codebook.codes if not c.retired or material.below(c.path)]
    return CrossTable(
        name=name,
        counts=counts,
        rows=tuple(code.path for code in shown),
        columns=tuple(columns),
        row_labels=tuple(code.label for code in shown),
        column_labels=tuple(_plain(column) for column in columns),
        cells=tuple(
            tuple(cell(code.path, column) for column in columns.values()) for code in shown
        ),
    )


def _attribute_cell(material: Material, case: Case, name: str) -> Cell:
    value = case.attributes.get(name, "")
    own = tuple(coding.id for coding in material.of_case(case)) if value else ()
    return Cell(len(own) if value else None, codings=own, text=value)


def _of(codings: Iterable[Coding], cases: Sequence[Case]) -> tuple[str, ...]:
    names = {name for case in cases for name in case.transcripts}
    return tuple(coding.id for coding in codings if coding.transcript in names)


def _plain(text: str) -> LocalText:
    """Return a name that is the same in every language."""
    return LocalText({"nl": text, "en": text})
