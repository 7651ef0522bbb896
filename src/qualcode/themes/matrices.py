"""Computes matrices of the whole project; each cell leads to its passages.

Rows of codes have all codes in the order of the codebook, with the codings of the codes below
them; retired codes only if they were used. A cell is None if a group was not asked and did not
bring it up.
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
from qualcode.themes.dataset import ThemeDataset

C = TypeVar("C")


def code_by_case(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
) -> CrossTable:
    """Return the number of codings of each code in each case."""
    dataset = ThemeDataset(codings, codebook, transcripts, cases)

    def cell(path: str, case: Case) -> Cell:
        ids = _of(dataset.below(path), (case,))
        is_counted = bool(ids) or dataset.is_asked(path, case.group)
        return Cell(len(ids) if is_counted else None, codings=ids)

    columns = {case.name: case for case in dataset.cases}
    return _table("code_by_case", "codings", dataset, columns, cell)


def code_by_attribute(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    *,
    attribute: str = "group",
) -> CrossTable:
    """Return the number of cases with each code, by value of a case attribute.

    Columns are the values, in order of the cases; cases without the attribute are left out.
    The total of a cell (``of``) is the number of cases that were asked.
    """
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    columns: dict[str, list[Case]] = {}
    for case in dataset.cases:
        if case.attributes.get(attribute):
            columns.setdefault(case.attributes[attribute], []).append(case)

    def cell(path: str, members: list[Case]) -> Cell:
        asked_cases = [case for case in members if dataset.is_asked(path, case.group)]
        names = {coding.transcript for coding in dataset.below(path)}
        ids = _of(dataset.below(path), members)
        # If nobody was asked, cases that bring it up are counted without a total.
        count = sum(1 for case in asked_cases or members if names & set(case.transcripts))
        if not asked_cases:
            return Cell(count or None, None, ids)
        return Cell(count, len(asked_cases), ids)

    return _table(f"code_by_{attribute}", "cases", dataset, columns, cell)


def case_by_attribute(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
) -> CrossTable:
    """Return the attributes of each case as text, with the codings of the case."""
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    names = tuple(dict.fromkeys(name for case in dataset.cases for name in case.attributes))
    return CrossTable(
        name="case_by_attribute",
        counts="codings",
        rows=tuple(case.name for case in dataset.cases),
        columns=names,
        row_labels=tuple(_plain(case.name) for case in dataset.cases),
        column_labels=tuple(_plain(name) for name in names),
        cells=tuple(
            tuple(_attribute_cell(dataset, case, name) for name in names) for case in dataset.cases
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
    """Return the number of codings of each case, by value of a code attribute.

    A coding counts for the values of its own code (``level``: individual, ...).
    """
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    values = tuple(dict.fromkeys(v for code in codebook.codes for v in code.values(attribute)))
    by_value = {
        value: [c for c in dataset.codings if value in dataset.codes[c.code].values(attribute)]
        for value in values
    }
    rows = []
    for case in dataset.cases:
        ids_by_value = [_of(by_value[value], (case,)) for value in values]
        rows.append(tuple(Cell(len(ids), codings=ids) for ids in ids_by_value))
    return CrossTable(
        name=f"case_by_{attribute}",
        counts="codings",
        rows=tuple(case.name for case in dataset.cases),
        columns=values,
        row_labels=tuple(_plain(case.name) for case in dataset.cases),
        column_labels=tuple(_plain(value) for value in values),
        cells=tuple(rows),
    )


def _table(
    name: str,
    counts: str,
    dataset: ThemeDataset,
    columns: dict[str, C],
    cell: Callable[[str, C], Cell],
) -> CrossTable:
    codes = [c for c in dataset.codebook.codes if not c.retired or dataset.below(c.path)]
    return CrossTable(
        name=name,
        counts=counts,
        rows=tuple(code.path for code in codes),
        columns=tuple(columns),
        row_labels=tuple(code.label for code in codes),
        column_labels=tuple(_plain(column) for column in columns),
        cells=tuple(
            tuple(cell(code.path, column) for column in columns.values()) for code in codes
        ),
    )


def _attribute_cell(dataset: ThemeDataset, case: Case, name: str) -> Cell:
    value = case.attributes.get(name, "")
    ids = tuple(coding.id for coding in dataset.of_case(case)) if value else ()
    return Cell(len(ids) if value else None, codings=ids, text=value)


def _of(codings: Iterable[Coding], cases: Sequence[Case]) -> tuple[str, ...]:
    names = {name for case in cases for name in case.transcripts}
    return tuple(coding.id for coding in codings if coding.transcript in names)


def _plain(text: str) -> LocalText:
    """Return a name that is the same in every language."""
    return LocalText({"nl": text, "en": text})
