"""Reads the table of respondents: who takes part in which transcript, with attributes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from qualcode.errors import Problem
from qualcode.importing.column_aliases import find_usual_attributes, match_columns, missing_columns
from qualcode.importing.files import read_bytes
from qualcode.importing.tables import Row, Table, read_table, untitled_columns
from qualcode.messages import Message
from qualcode.model import Case, FrozenMap, Participation

_LABELS = re.compile(r"\s*[;|\n]\s*")


@dataclass(frozen=True, slots=True)
class CasesTable:
    """What a table says about respondents and transcripts.

    Attributes:
        cases: The respondents, each with its participations.
        transcripts: Attributes of transcripts by their names.
        problems: What a person should check.
        names_cases: Whether the table names somebody; else each transcript is a case.
    """

    cases: tuple[Case, ...]
    transcripts: Mapping[str, FrozenMap[str, str]]
    problems: tuple[Problem, ...]
    names_cases: bool


def transcript_name(cell: str) -> str:
    """Return the name of the transcript in a cell: a file name loses its suffix."""
    name = cell.strip()
    path = PurePath(name.replace("\\", "/"))
    # A name may hold a dot ("Interview 1.2"), so only a suffix that can be read is removed.
    # Imported here: it loads the readers of all formats, and reports need only this name.
    from qualcode.importing.transcripts import known_suffixes

    return path.stem if path.suffix.casefold() in known_suffixes() else name


def read_cases(path: Path) -> CasesTable:
    """Read a csv, tsv or xlsx table of respondents.

    There is a column ``transcript``, a column ``case``, or both; a column ``speaker`` holds the
    labels of the respondent in that transcript. Without a column ``case`` each transcript is a
    case of its own. Every other column is an attribute: of the transcript if its name says so
    ("date"), of the participation if it differs between the transcripts of one case, else of
    the case.

    Raises:
        InvalidTableError: There is neither of the two columns, or no row.
        UnreadableFileError: The file cannot be read as a table.
    """
    return _Reader(read_table(read_bytes(path), path.name), path.name).read()


def read_case_rows(rows: Sequence[Mapping[str, str]], name: str) -> CasesTable:
    """Return what rows of a table on a screen say; see :func:`read_cases`.

    Args:
        rows: Values by the titles of the columns, of which all rows have the same.
        name: What the table is called in problems.

    Raises:
        InvalidTableError: There is neither a column ``transcript`` nor a column ``case``.
    """
    header = tuple(dict.fromkeys(title for row in rows for title in row))
    numbered = enumerate(rows, start=1)
    cells = tuple(Row(i, tuple(row.get(title, "") for title in header)) for i, row in numbered)
    return _Reader(Table(header, cells), name).read()


@dataclass(slots=True)
class _CaseRows:
    """The rows of one case: labels by transcript, and values by attribute and transcript."""

    speakers: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)


class _Reader:
    """Reads one table."""

    def __init__(self, table: Table, file_name: str) -> None:
        self._file_name = file_name
        self._rows = table.rows
        self._columns = match_columns(table.header, ("transcript", "case", "speaker_label"))
        if not {"transcript", "case"} & self._columns.keys():
            raise missing_columns(file_name, ["transcript"], table.header)
        used = self._columns.values()
        names = [cell for i, cell in enumerate(table.header) if cell and i not in used]
        usual = find_usual_attributes(names)
        self._attributes: dict[str, int] = {}
        for i, cell in enumerate(table.header):
            if cell and i not in used:
                self._attributes.setdefault(usual.by_name.get(cell, cell), i)
        self._problems = [
            *table.problems,
            *usual.problems(file_name),
            *_twice(names, file_name),
            *untitled_columns(table, file_name),
        ]
        self._cases: dict[str, _CaseRows] = {}
        self._transcripts: dict[str, dict[str, str]] = {}

    def read(self) -> CasesTable:
        of_transcripts = self._transcript_columns()
        # A table about transcripts only makes no cases.
        makes_cases = "case" in self._columns or any(
            name not in of_transcripts for name in self._attributes
        )
        # Where the table names people, a row without a name is a mistake, or about a source.
        names_people = any(self._named_case(row) for row in self._rows)
        for row in self._rows:
            where = Message("{name}, line {line}", name=self._file_name, line=row.line)
            transcript = self._transcript(row)
            if transcript:
                self._read_transcript(row, transcript, of_transcripts, where)
            if makes_cases:
                self._read_case(row, transcript, of_transcripts, where, names_people=names_people)
        self._report_shared()
        return CasesTable(
            tuple(self._case(name, rows) for name, rows in self._cases.items()),
            {name: FrozenMap(values) for name, values in self._transcripts.items() if values},
            tuple(self._problems),
            names_people,
        )

    def _transcript(self, row: Row) -> str:
        return transcript_name(row.cell(self._columns.get("transcript")))

    def _named_case(self, row: Row) -> str:
        return row.cell(self._columns.get("case")).strip()

    def _labels(self, row: Row) -> list[str]:
        cell = row.cell(self._columns.get("speaker_label")).strip()
        return [label for label in _LABELS.split(cell) if label]

    def _transcript_columns(self) -> frozenset[str]:
        """Return the attributes of transcripts: named so, with one value for each."""
        if "transcript" not in self._columns:
            return frozenset()
        columns = set()
        for name in self._attributes:
            if name.casefold().strip() in _OF_TRANSCRIPTS:
                values: dict[str, set[str]] = {}
                for row in self._rows:
                    value = row.cell(self._attributes[name]).strip()
                    values.setdefault(self._transcript(row), set()).update({value} - {""})
                if all(len(of_transcript) < 2 for of_transcript in values.values()):
                    columns.add(name)
        return frozenset(columns)

    def _read_transcript(
        self, row: Row, transcript: str, names: Iterable[str], where: Message
    ) -> None:
        values = self._transcripts.setdefault(transcript, {})
        for name in names:
            value = row.cell(self._attributes[name]).strip()
            key = _OF_TRANSCRIPTS[name.casefold().strip()]
            if key == "kind" and value:
                kind = _KINDS.get(value.casefold())
                if kind is None:
                    self._problems.append(_unknown_kind(value, where))
                    continue
                value = kind
            if value:
                values[key] = value

    def _read_case(
        self,
        row: Row,
        transcript: str,
        of_transcripts: frozenset[str],
        where: Message,
        *,
        names_people: bool,
    ) -> None:
        labels = self._labels(row)
        name = self._named_case(row)
        if not name and self._is_about_transcript(row, transcript, of_transcripts):
            return
        if not name and "case" in self._columns and (labels or names_people):
            # A row of the interviewer, or of a voice that nobody can tell apart, has no values.
            if any(row.cell(i).strip() for i in self._attributes.values()):
                self._problems.append(
                    Problem(where, "This row names no respondent.", "Its attributes were left out.")
                )
            return
        name = name or transcript
        if not name:
            self._problems.append(
                Problem(where, "This row names no transcript.", "It was left out.")
            )
            return
        case = self._cases.setdefault(name, _CaseRows())
        if transcript:
            speakers = case.speakers.setdefault(transcript, [])
            speakers += [label for label in labels if label not in speakers]
        for attribute, column in self._attributes.items():
            if attribute in of_transcripts:
                continue
            value = row.cell(column).strip()
            values = case.values.setdefault(attribute, {})
            # Where nothing may change, the first value counts in all transcripts.
            place = next(iter(values), transcript) if attribute in _UNCHANGING else transcript
            if value and values.setdefault(place, value) != value:
                self._report_differing(where, name, attribute, value, values[place])

    def _is_about_transcript(
        self, row: Row, transcript: str, of_transcripts: frozenset[str]
    ) -> bool:
        """Tell whether a row without a name is about a source: a document has no respondent."""
        own_columns = [i for name, i in self._attributes.items() if name not in of_transcripts]
        if any(row.cell(i).strip() for i in own_columns):
            return False
        values = self._transcripts.get(transcript, {})
        return values.get("kind") == "document" or ("case" in self._columns and bool(values))

    def _report_differing(
        self, where: Message, case: str, attribute: str, value: str, first: str
    ) -> None:
        self._problems.append(
            Problem(
                Message("{where}, case '{case}'", where=where, case=case),
                Message(
                    "'{name}' is '{value}' here and '{values}' in an earlier row.",
                    name=attribute,
                    value=value,
                    values=first,
                ),
                "The first was kept.",
            )
        )

    def _case(self, name: str, rows: _CaseRows) -> Case:
        lasting: dict[str, str] = {}
        moments: dict[str, dict[str, str]] = {transcript: {} for transcript in rows.speakers}
        for attribute, values in rows.values.items():
            different = list(dict.fromkeys(values.values()))
            by_moment = attribute.casefold() in _OF_MOMENTS or len(different) > 1
            if by_moment and "" not in values and rows.speakers:
                for transcript, value in values.items():
                    moments[transcript][attribute] = value
                if attribute.casefold() not in _OF_MOMENTS:
                    self._report_moments(name, attribute)
            elif different:
                lasting[attribute] = different[0]
        return Case(
            name,
            FrozenMap(lasting),
            tuple(
                Participation(transcript, tuple(labels), FrozenMap(moments[transcript]))
                for transcript, labels in rows.speakers.items()
            ),
        )

    def _report_moments(self, case: str, attribute: str) -> None:
        self._problems.append(
            Problem(
                Message("{name}, case '{case}'", name=self._file_name, case=case),
                Message("'{name}' differs from one interview to another.", name=attribute),
                "It was kept for each interview apart.",
            )
        )

    def _report_shared(self) -> None:
        """Report the transcripts of several cases of which no row says who speaks."""
        owners: dict[str, list[str]] = {}
        for case, rows in self._cases.items():
            for transcript, labels in rows.speakers.items():
                if not labels:
                    owners.setdefault(transcript, []).append(case)
        for name, cases in owners.items():
            if len(cases) > 1:
                self._problems.append(
                    Problem(
                        self._file_name,
                        Message(
                            "Transcript '{name}' belongs to the cases {cases}.",
                            name=name,
                            cases=", ".join(cases),
                        ),
                        "Say who is who in a column 'speaker'; until then, their words count for "
                        "nobody.",
                    )
                )


_OF_TRANSCRIPTS = {
    "date": "date",
    "datum": "date",
    "interview date": "date",
    "interviewdatum": "date",
    "mode": "mode",
    "wijze": "mode",
    "interviewer": "interviewer",
    "place of interview": "place",
    "plaats interview": "place",
    "interviewplaats": "place",
    "kind": "kind",
    "soort": "kind",
    "soort bron": "kind",
}
"""Attributes of transcripts by their names in tables."""

_KINDS = {
    "interview": "interview",
    "group": "group",
    "groep": "group",
    "groepsgesprek": "group",
    "focusgroep": "group",
    "focus group": "group",
    "document": "document",
    "dagboek": "document",
    "diary": "document",
    "answers": "answers",
    "antwoorden": "answers",
}

_OF_MOMENTS = frozenset({"wave", "golf", "meting", "meetmoment", "role", "rol"})
_UNCHANGING = frozenset({"sex"})
"""An attribute that does not change from one interview to another: a difference is a mistake."""


def _unknown_kind(value: str, where: Message) -> Problem:
    message = Message("'{value}' is no kind of source.", value=value)
    return Problem(where, message, "There is: interview, group, document, answers.")


def _twice(names: Sequence[str], file_name: str) -> list[Problem]:
    hint = Message("Only the first was read; give the other its own title.")
    return [
        Problem(file_name, Message("Two columns are called '{name}'.", name=name), hint)
        for name, count in Counter(names).items()
        if count > 1
    ]
