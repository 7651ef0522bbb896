"""Surveys in a project: answers read as transcripts, and the table back with a column per code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import exporting
from qualcode.errors import (
    DuplicateError,
    InvalidTableError,
    Problem,
    UndefinedRequestError,
    UnreadableFileError,
)
from qualcode.importing.survey import (
    SurveyPlan,
    original_rows,
    people_of,
    propose_plan,
    read_survey,
)
from qualcode.messages import Message
from qualcode.model import Case, Coding, Transcript
from qualcode.speech import Speech

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.storage import Store

ANSWERS = "answers"
_SETTING = "surveys"

__all__ = ["ANSWERS", "SurveyPlan", "add_survey", "propose_plan", "write_survey"]


def add_survey(
    project: Project, store: Store, coder: str, path: Path, plan: SurveyPlan
) -> tuple[Problem, ...]:
    """Add the answers of a survey to a project: a transcript per question, a case per person.

    Raises:
        DuplicateError: a question of this survey is in the project already.
        InvalidTableError: see ``importing.survey.read_survey``.
    """
    survey = read_survey(path, plan, language=project.info.language)
    with project.snapshot() as snapshot:
        case_by_name = {case.name: case for case in snapshot.cases}
        names = {transcript.name for transcript in snapshot.transcripts}
        kept = snapshot.setting(_SETTING, {})
    for transcript in survey.transcripts:
        if transcript.name in names:
            raise DuplicateError(
                Message(
                    "There is a transcript of that name already: '{name}'. Give '{file}' another "
                    "name.",
                    name=transcript.name,
                    file=path.name,
                )
            )
    there = [case.name for case in survey.cases if case.name in case_by_name]
    merged = [
        case
        if case.name not in case_by_name
        else type(case)(
            case.name,
            type(case.attributes)({**case_by_name[case.name].attributes, **case.attributes}),
            (*case_by_name[case.name].participations, *case.participations),
        )
        for case in survey.cases
    ]
    with project.history.step():
        for transcript in survey.transcripts:
            # All questions come from one file, and two of them may have the same answers.
            store.add_transcript(transcript, survey.original, coder, same_text=True)
        store.put_cases(merged, coder)
        entry = {
            "id": plan.id_column,
            "questions": [transcript.name for transcript in survey.transcripts],
            "titles": dict(survey.titles),
        }
        store.set_setting(_SETTING, {**kept, path.name: entry}, coder)
    problems = list(survey.problems)
    if there:
        problems.append(
            Problem(
                path.name,
                Message(
                    "Respondents of these names are in the project already, and got the "
                    "answers: {names}.",
                    names=", ".join(there[:10]),
                ),
                "Undo it if they are other people, and give the table other ids.",
            )
        )
    return tuple(problems)


def write_survey(project: Project, store: Store, name: str, layer: str, path: Path) -> int:
    """Write the table of a survey with a column of 0 and 1 per question and code.

    Args:
        project: The project.
        store: Its store.
        name: File name of the survey; ``""`` if there is one.
        layer: Whose codings, as in ``codings.collect_layer``.
        path: Where to write: csv or xlsx.

    Returns:
        The number of rows.

    Raises:
        UndefinedRequestError: no survey, or several and none is named.
    """
    with project.snapshot() as snapshot:
        surveys = snapshot.setting(_SETTING, {})
        if name not in surveys and len(surveys) != 1:
            raise UndefinedRequestError(
                Message("Say which survey: {names}.", names=", ".join(sorted(surveys)) or "-")
            )
        entry = surveys[name] if name in surveys else next(iter(surveys.values()))
        questions = [
            transcript
            for transcript in snapshot.transcripts
            if transcript.name in entry["questions"]
        ]
        if not questions:
            raise UndefinedRequestError(
                "The questions of this survey are no longer in the project under their names."
            )
        codings = project.codings.collect_layer(layer)
        book, cases = snapshot.codebook, project.cases.collect_for_print()
        created = snapshot.info.created_at
    table = _original_table(store, questions, entry["id"]) or _rebuilt(
        questions, cases, entry["id"], entry.get("titles", {})
    )
    columns = []
    for question in questions:
        coded = _codes_by_person(question, codings)
        used_codes = {code for codes in coded.values() for code in codes}
        for code in (c for c in book.codes if c.path in used_codes):
            answered = {turn.speaker for turn in question.turns}
            # No answer is not the same as an answer without the code.
            cells = [
                (1 if code.path in coded.get(person, ()) else 0) if person in answered else None
                for person in table.people
            ]
            columns.append((f"{question.name}: {code.path}", cells))
    rows = [(*row, *(cells[place] for _, cells in columns)) for place, row in enumerate(table.rows)]
    titles = [*table.titles, *(title for title, _ in columns)]
    exporting.write_rows("survey", titles, rows, path, created=created)
    return len(rows)


@dataclass(frozen=True, slots=True)
class _PeopleTable:
    """The rows of a survey without codes: titles, and the person and the cells of each row."""

    titles: tuple[str, ...]
    people: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _original_table(
    store: Store, questions: Sequence[Transcript], id_column: str
) -> _PeopleTable | None:
    """Return the table as it was read; None if it was erased, or has other columns now."""
    try:
        table = original_rows(store.original(questions[0].name))
    except (InvalidTableError, UnreadableFileError):
        return None
    needed = {question.attributes.get("question", "") for question in questions} | {id_column}
    if not needed - {""} <= {*table.header}:
        return None
    width = len(table.header)
    rows = tuple(tuple(row.cell(i) for i in range(width)) for row in table.rows)
    return _PeopleTable(table.header, people_of(id_column, table), rows)


def _rebuilt(
    questions: Sequence[Transcript],
    cases: Sequence[Case],
    id_column: str,
    titles_by_attribute: Mapping[str, str],
) -> _PeopleTable:
    """Return the table of what the project still holds, after somebody's words were erased."""
    answers = {
        (turn.speaker, question.name): turn.span.of(question.text)
        for question in questions
        for turn in question.turns
    }
    people = {
        case.name: case for case in cases if any((case.name, q.name) in answers for q in questions)
    }
    attributes = tuple(dict.fromkeys(name for case in people.values() for name in case.attributes))
    rows = tuple(
        (
            name,
            *(case.attributes.get(attribute, "") for attribute in attributes),
            *(answers.get((name, question.name), "") for question in questions),
        )
        for name, case in people.items()
    )
    titles = (
        id_column or "id",
        *(titles_by_attribute.get(name, name) for name in attributes),
        *(question.attributes.get("question", question.name) for question in questions),
    )
    return _PeopleTable(titles, tuple(people), rows)


def _codes_by_person(question: Transcript, codings: tuple[Coding, ...]) -> dict[str, set[str]]:
    speech = Speech((question,), ())
    codes: dict[str, set[str]] = {}
    for coding in codings:
        if coding.transcript == question.name:
            for part in speech.who_said(question.name, coding.span):
                codes.setdefault(part.speaker, set()).add(coding.code)
    return codes
