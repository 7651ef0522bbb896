"""Reads a survey: one row a person, columns with open questions, attributes and an id.

Each question becomes a transcript of the kind ``answers``, in which each answer is a turn and
each person a speaker. So everything that holds for speakers holds for them, and equal answers
of two people stay two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import InvalidTableError, Problem, unknown_name
from qualcode.importing.column_aliases import find_usual_attributes
from qualcode.importing.files import read_bytes
from qualcode.importing.tables import Row, Table, read_table, untitled_columns
from qualcode.messages import Message
from qualcode.model import (
    Case,
    FrozenMap,
    Original,
    Participation,
    Role,
    Span,
    Speaker,
    Transcript,
    Turn,
    parse_number,
    trimmed,
)

_IDS = frozenset("id nr nummer respondent respondentnr case deelnemer participant".split())
_LONGEST_NAME = 60
_OPEN_ANSWER = 20
"""An open question has answers of more characters than this, in the mean."""


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """What the columns of a survey are.

    Attributes:
        id_column: Title of the column that names each person; ``""`` to number the rows.
        questions: Titles of the columns with open answers.
        attributes: Titles of the columns with attributes.
        doubtful: Of a proposal: titles of columns that may be a question or an attribute, which a
            person must say.
    """

    id_column: str
    questions: tuple[str, ...]
    attributes: tuple[str, ...]
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey as read.

    Attributes:
        transcripts: One per question.
        original: The table.
        cases: The people, with the questions that they answered.
        titles: Titles of the columns with attributes, by the names of the attributes.
        problems: What a person should check.
    """

    transcripts: tuple[Transcript, ...]
    original: Original
    cases: tuple[Case, ...]
    titles: Mapping[str, str]
    problems: tuple[Problem, ...]


def propose_plan(path: Path) -> tuple[SurveyPlan, tuple[str, ...]]:
    """Return what the columns of a table look like, and all their titles.

    Raises:
        InvalidTableError: There is no row in it.
        UnreadableFileError: The file cannot be read as a table.
    """
    table = read_table(read_bytes(path), path.name)
    titles = tuple(title for title in table.header if title.strip())
    values = {title: _column(table, title) for title in titles}
    id_column = next(
        # A value that occurs twice names nobody, whatever its column is called.
        (t for t in titles if t.casefold().strip() in _IDS and len({*values[t]}) == len(values[t])),
        "",
    )
    kinds = {title: _looks_like(title, values[title]) for title in titles if title != id_column}

    def of_kind(kind: str) -> tuple[str, ...]:
        return tuple(title for title, looks in kinds.items() if looks == kind)

    return SurveyPlan(id_column, of_kind("question"), of_kind("attribute"), of_kind("")), titles


def _looks_like(title: str, values: Iterable[str]) -> str:
    """Return ``question`` or ``attribute``; ``""`` if a column may be either."""
    filled = [value for value in values if value]
    # An empty column ends here, too: there is no answer in it to code.
    if all(parse_number(value) is not None for value in filled):
        return "attribute"
    is_long = sum(map(len, filled)) / len(filled) > _OPEN_ANSWER
    # Answers in one's own words are long, and hardly two are equal.
    if is_long and len({*filled}) * 2 > len(filled):
        return "question"
    # People may also give few different answers, or short ones, to an open question.
    return "" if is_long or title.rstrip().endswith("?") else "attribute"


def read_survey(path: Path, plan: SurveyPlan, *, language: str = "nl") -> Survey:
    """Read a csv, tsv or xlsx table of a survey.

    Args:
        path: The table.
        plan: What its columns are.
        language: Language of the answers.

    Raises:
        InvalidTableError: A person has two rows, or there is no question, or no answer.
        UnknownNameError: The plan names a column that the table does not have.
        UnreadableFileError: The file cannot be read as a table.
    """
    data = read_bytes(path)
    table = read_table(data, path.name)
    _check_columns(plan, table, path.name)
    people = _people(plan, table, path.name)
    answered: dict[str, list[str]] = {name: [] for name in people}
    transcripts = []
    names: set[str] = set()
    for question in plan.questions:
        answers = zip(people, _column(table, question), strict=True)
        filled = [(name, answer) for name, answer in answers if answer]
        if filled:
            transcript = _transcript(question, filled, path.name, language, names)
            transcripts.append(transcript)
            for name, _ in filled:
                answered[name].append(transcript.name)
    if not transcripts:
        raise InvalidTableError(
            Message("'{file}' has no answer to these questions.", file=path.name)
        )
    # The same attribute as in the table of respondents, whatever it is called in this one.
    usual = find_usual_attributes(plan.attributes)
    titles = {usual.by_name.get(title, title): title for title in plan.attributes}
    return Survey(
        tuple(transcripts),
        Original(path.name, data),
        _cases(titles, table, people, answered),
        titles,
        (
            *usual.problems(path.name),
            *table.problems,
            *untitled_columns(table, path.name),
            *_left_out(plan, table, path.name),
            *_unanswered(plan, transcripts, path.name),
        ),
    )


def original_rows(original: Original) -> Table:
    """Return the table of a survey as it was read."""
    return read_table(original.data, original.file_name)


def people_of(plan_id: str, table: Table) -> tuple[str, ...]:
    """Return the name of the person of each row."""
    if not plan_id:
        width = len(str(len(table.rows)))
        return tuple(f"R{number:0{width}}" for number in range(1, len(table.rows) + 1))
    return tuple(_column(table, plan_id))


def _check_columns(plan: SurveyPlan, table: Table, file_name: str) -> None:
    for title in (plan.id_column, *plan.questions, *plan.attributes):
        if title and title not in table.header:
            raise unknown_name("column", title, filter(None, table.header), file_name)
    titles = {plan.id_column, *plan.questions, *plan.attributes} - {""}
    twice = [name for name, count in Counter(table.header).items() if count > 1 and name in titles]
    if twice:
        raise InvalidTableError(
            Message("Two columns of '{file}' are called '{name}'.", file=file_name, name=twice[0])
        )
    if not plan.questions and untitled_columns(table, file_name):
        raise InvalidTableError(
            Message(
                "The first row of '{file}' does not give every column a title. Put the titles "
                "there, one for each column, and do not merge cells.",
                file=file_name,
            )
        )
    if not plan.questions:
        raise InvalidTableError(
            Message("Say which columns of '{file}' are open questions.", file=file_name)
        )


def _people(plan: SurveyPlan, table: Table, file_name: str) -> tuple[str, ...]:
    names = people_of(plan.id_column, table)
    missing = [row.line for row, name in zip(table.rows, names, strict=True) if not name]
    if missing:
        raise InvalidTableError(
            Message(
                "'{file}' has rows without an id: {lines}.",
                file=file_name,
                lines=", ".join(map(str, missing[:10])),
            )
        )
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise InvalidTableError(
            Message(
                "'{file}' has an id twice: {names}. Each person has one row.",
                file=file_name,
                names=", ".join(twice[:10]),
            )
        )
    return names


def _column(table: Table, title: str) -> list[str]:
    place = table.header.index(title)
    return [_answer(row, place) for row in table.rows]


def _answer(row: Row, place: int) -> str:
    # Windows and old Macs write other line ends into a cell; a text has one kind.
    return row.cell(place).replace("\r\n", "\n").replace("\r", "\n").strip().lstrip("\ufeff")


def _transcript(
    question: str, given: Sequence[tuple[str, str]], file: str, language: str, names: set[str]
) -> Transcript:
    text, turns = "", []
    parts: list[str] = []
    length = 0
    for number, (name, answer) in enumerate(given, start=1):
        lead = f"{name}: "
        span = trimmed(answer, 0, len(answer)) or Span(0, len(answer))
        start = length + len(lead) + span.start
        turns.append(Turn(number, name, Span(start, start + len(span))))
        parts.append(f"{lead}{answer}\n")
        length += len(parts[-1])
    text = "".join(parts)
    return Transcript(
        name=_free_name(question, names),
        text=text,
        speakers=tuple(Speaker(name, Role.RESPONDENT) for name, _ in given),
        turns=tuple(turns),
        # Each question is a source of its own, though all came from one file.
        source_file=f"{file} [{question}]",
        language=language,
        attributes=FrozenMap({"kind": "answers", "question": question}),
    )


def _free_name(question: str, names: set[str]) -> str:
    short = " ".join(question.replace("/", " ").split())[:_LONGEST_NAME].strip()
    name, number = short, 1
    while name in names:
        number += 1
        name = f"{short} ({number})"
    names.add(name)
    return name


def _cases(
    titles: Mapping[str, str],
    table: Table,
    people: Sequence[str],
    answered: dict[str, list[str]],
) -> tuple[Case, ...]:
    values = {attribute: _column(table, title) for attribute, title in titles.items()}
    return tuple(
        Case(
            name,
            FrozenMap({attribute: of_all[i] for attribute, of_all in values.items() if of_all[i]}),
            tuple(Participation(transcript, (name,)) for transcript in answered[name]),
        )
        for i, name in enumerate(people)
    )


def _left_out(plan: SurveyPlan, table: Table, file_name: str) -> list[Problem]:
    titles = {plan.id_column, *plan.questions, *plan.attributes}
    columns = tuple(title for title in table.header if title.strip() and title not in titles)
    if not columns:
        return []
    message = Message("These columns were not read: {columns}.", columns=columns)
    return [Problem(file_name, message, "They stay in the table that is exported.")]


def _unanswered(
    plan: SurveyPlan, transcripts: Iterable[Transcript], file_name: str
) -> list[Problem]:
    questions_asked = {transcript.attributes["question"] for transcript in transcripts}
    return [
        Problem(file_name, Message("Nobody answered '{question}'.", question=question))
        for question in plan.questions
        if question not in questions_asked
    ]
