"""Reads the table of respondents: the transcripts and the attributes of each case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from qualcode.errors import Problem
from qualcode.importing.column_aliases import find_usual_attributes, match_columns, missing_columns
from qualcode.importing.tables import Row, read_table
from qualcode.importing.transcripts import known_suffixes, read_bytes
from qualcode.messages import Message
from qualcode.model import Case, FrozenMap


def transcript_name(cell: str) -> str:
    """Return the name of the transcript in a cell: a file name loses its suffix."""
    name = cell.strip()
    path = PurePath(name.replace("\\", "/"))
    # A name may hold a dot ("Interview 1.2"), so only a suffix that can be read is removed.
    return path.stem if path.suffix.casefold() in known_suffixes() else name


def read_cases(path: Path) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """Read a csv, tsv or xlsx table of respondents.

    The column ``transcript`` must be there; a case may have several rows. Without a column
    ``case`` each transcript is a case of its own. Every other column is an attribute.

    Raises:
        InvalidTableError: There is no column ``transcript``, or no row.
        UnreadableFileError: The file cannot be read as a table.
    """
    table = read_table(read_bytes(path), path.name)
    columns = match_columns(table.header, ("transcript", "case"))
    if "transcript" not in columns:
        raise missing_columns(path.name, ["transcript"], table.header)
    names = [cell for i, cell in enumerate(table.header) if cell and i not in columns.values()]
    usual = find_usual_attributes(names)
    attributes = _attribute_columns(table.header, columns, usual.by_name)
    problems = [*table.problems, *usual.problems(path.name), *_twice(names, path.name)]
    transcripts: dict[str, list[str]] = {}
    values_by_case: dict[str, dict[str, str]] = {}
    for row in table.rows:
        transcript = transcript_name(row.cell(columns["transcript"]))
        case = row.cell(columns.get("case")).strip() or transcript
        where = Message("{name}, line {line}", name=path.name, line=row.line)
        if not case:
            problems.append(Problem(where, "This row names no transcript.", "It was left out."))
            continue
        of_case = transcripts.setdefault(case, [])
        if transcript and transcript not in of_case:
            of_case.append(transcript)
        values = values_by_case.setdefault(case, {})
        problems.extend(
            _merge(
                values, row, attributes, Message("{where}, case '{case}'", where=where, case=case)
            )
        )
    problems.extend(_shared(transcripts, path.name))
    cases = (
        Case(c, FrozenMap(values_by_case[c]), tuple(names)) for c, names in transcripts.items()
    )
    return tuple(cases), tuple(problems)


def _attribute_columns(
    header: tuple[str, ...], columns: Mapping[str, int], usual_by_name: Mapping[str, str]
) -> dict[str, int]:
    """Return the columns of attributes by name, in the order of the table."""
    column_by_name: dict[str, int] = {}
    for i, cell in enumerate(header):
        if cell and i not in columns.values():
            column_by_name.setdefault(usual_by_name.get(cell, cell), i)
    return column_by_name


def _twice(names: Sequence[str], file_name: str) -> list[Problem]:
    hint = Message("Only the first was read; give the other its own title.")
    return [
        Problem(file_name, Message("Two columns are called '{name}'.", name=name), hint)
        for name, count in Counter(names).items()
        if count > 1
    ]


def _merge(
    values: dict[str, str], row: Row, attributes: Mapping[str, int], where: str
) -> list[Problem]:
    """Add the attributes of a row to those of its case; the first value is kept."""
    problems = []
    for name, column in attributes.items():
        value = row.cell(column).strip()
        if value and values.setdefault(name, value) != value:
            message = Message(
                "'{name}' is '{value}' here and '{values}' in an earlier row.",
                name=name,
                value=value,
                values=values[name],
            )
            problems.append(Problem(where, message, "The first was kept."))
    return problems


def _shared(transcripts: Mapping[str, list[str]], file_name: str) -> list[Problem]:
    owners: dict[str, list[str]] = {}
    for case, names in transcripts.items():
        for transcript in names:
            owners.setdefault(transcript, []).append(case)
    return [
        Problem(
            file_name,
            Message(
                "Transcript '{name}' belongs to the cases {cases}.",
                name=name,
                cases=", ".join(cases),
            ),
        )
        for name, cases in owners.items()
        if len(cases) > 1
    ]
