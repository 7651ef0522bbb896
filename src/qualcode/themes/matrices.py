"""Computes matrices of the whole project; each cell leads to its passages.

Rows of codes have all codes in the order of the codebook, with the codings of the codes below
them; retired codes only if they were used. A cell is None if a group was not asked and did not
bring it up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from qualcode.model import (
    Case,
    Cell,
    Codebook,
    Coding,
    CrossTable,
    LocalText,
    Transcript,
)
from qualcode.themes.dataset import Moment, ThemeDataset, path_and_above

C = TypeVar("C")


def code_by_case(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
) -> CrossTable:
    """Return the number of codings of each code in each case."""
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    ids_of = {
        case.name: _ids_by_key(dataset.of_case(case), lambda coding: path_and_above(coding.code))
        for case in dataset.cases
    }

    def cell(path: str, case: Case) -> Cell:
        ids = tuple(ids_of[case.name].get(path, ()))
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
    order: Callable[[str], Any] | None = None,
) -> CrossTable:
    """Return the number of cases with each code, by value of an attribute.

    A case counts for the value that it has at the moment of a transcript, with what it says
    there. Columns are the values, in order of the cases or sorted by ``order``; cases without
    the attribute are left out. The total of a cell (``of``) is the number of cases that were
    asked.
    """
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    columns: dict[str, list[Moment]] = {}
    for moment in dataset.known_moments:
        value = dataset.attributes_of(moment).get(attribute)
        if value:
            columns.setdefault(value, []).append(moment)

    if order is not None:
        columns = {value: columns[value] for value in sorted(columns, key=order)}

    def cell(path: str, moments: list[Moment]) -> Cell:
        asked_moments = [m for m in moments if dataset.is_asked(path, m.group)]
        below = dataset.below(path)
        said = dataset.said(below)
        places = {(m.case.name, m.transcript) for m in moments}
        ids = tuple(c.id for c in below if dataset.said((c,)) & places)
        # If nobody was asked, cases that bring it up are counted without a total.
        counted = asked_moments or moments
        count = len({m.case.name for m in counted if (m.case.name, m.transcript) in said})
        if not asked_moments:
            return Cell(count or None, None, ids)
        return Cell(count, len({m.case.name for m in asked_moments}), ids)

    return _table(f"code_by_{attribute}", "cases", dataset, columns, cell)


def case_by_attribute(
    codings: Iterable[Coding],
    codebook: Codebook,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
) -> CrossTable:
    """Return the attributes of each case as text, with the codings of the case."""
    dataset = ThemeDataset(codings, codebook, transcripts, cases)
    names = tuple(dict.fromkeys(name for case in dataset.cases for name in case.all_attributes()))
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
    rows = []
    for case in dataset.cases:
        by_value = _ids_by_key(
            dataset.of_case(case),
            lambda coding: dict.fromkeys(dataset.codes[coding.code].values(attribute)),
        )
        ids_by_value = [tuple(by_value.get(value, ())) for value in values]
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
    moments = (case.attributes_in(transcript).get(name, "") for transcript in case.transcripts)
    # An attribute of the moment may have one value in each interview.
    value = "; ".join(dict.fromkeys(filter(None, (case.attributes.get(name, ""), *moments))))
    ids = tuple(coding.id for coding in dataset.of_case(case)) if value else ()
    return Cell(len(ids) if value else None, codings=ids, text=value)


def _ids_by_key(
    codings: Iterable[Coding], keys: Callable[[Coding], Iterable[str]]
) -> dict[str, list[str]]:
    """Return the ids of codings by each of their keys, in their order."""
    ids: dict[str, list[str]] = {}
    for coding in codings:
        for key in keys(coding):
            ids.setdefault(key, []).append(coding.id)
    return ids


def _plain(text: str) -> LocalText:
    """Return a name that is the same in every language."""
    return LocalText({"nl": text, "en": text})
