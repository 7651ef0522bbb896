"""Works out what a table of respondents changes: nothing goes without being named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from qualcode.errors import Problem
from qualcode.importing.cases import CasesTable
from qualcode.messages import Message
from qualcode.model import Case, FrozenMap, Participation, Transcript


@dataclass(frozen=True, slots=True)
class CasesUpdate:
    """What a table changes.

    Attributes:
        cases: The respondents to store, as they will be.
        removed: Names of respondents who lose all their interviews to others.
        transcripts: Attributes of transcripts by their names.
        losses: A sentence for each interview that a respondent loses.
        problems: What a person should check.
    """

    cases: tuple[Case, ...]
    removed: tuple[str, ...]
    transcripts: Mapping[str, FrozenMap[str, str]]
    losses: tuple[str, ...]
    problems: tuple[Problem, ...]


def update_cases(
    table: CasesTable, cases: Sequence[Case], transcripts: Iterable[Transcript], file_name: str
) -> CasesUpdate:
    """Return what a table changes in the respondents of a project.

    Args:
        table: The table.
        cases: The respondents now.
        transcripts: The transcripts of the project.
        file_name: Name of the table, for what is reported.
    """
    texts = {transcript.name: transcript for transcript in transcripts}
    stored = {case.name: case for case in cases}
    problems = list(table.problems)
    updated: dict[str, Case] = {}
    for row_case in table.cases:
        case = row_case if table.names_cases else _of_its_interview(row_case, cases)
        known_parts = [part for part in case.participations if part.transcript in texts]
        problems += _unknown_transcripts(case, texts, file_name)
        if case.name not in stored and not known_parts:
            problems.append(_unknown_case(case, stored, file_name))
            continue
        # First what this table said already: a person may have a row per interview.
        before = updated.get(case.name) or stored.get(case.name) or Case(case.name)
        updated[case.name] = _merged(before, replace(case, participations=tuple(known_parts)))
    reduced, losses = _taken_over(updated, stored)
    transcript_attributes = {
        name: attributes for name, attributes in table.transcripts.items() if name in texts
    }
    removed = tuple(case.name for case in reduced if not case.participations)
    kept = tuple(case for case in reduced if case.participations)
    return CasesUpdate(
        (*updated.values(), *kept), removed, transcript_attributes, losses, tuple(problems)
    )


def _of_its_interview(row_case: Case, cases: Sequence[Case]) -> Case:
    """Return a row of a table without names as one of the respondent whose interview it is."""
    owners = [case for case in cases if {*case.transcripts} & {*row_case.transcripts}]
    return replace(row_case, name=owners[0].name) if len(owners) == 1 else row_case


def _unknown_transcripts(
    case: Case, texts: Mapping[str, Transcript], file_name: str
) -> list[Problem]:
    problems = []
    for name in case.transcripts:
        if name not in texts:
            close = get_close_matches(name, texts, n=1, cutoff=0.6)
            hint = (
                Message("Did you mean '{close}'?", close=close[0])
                if close
                else Message("Import it, or correct the name in the table.")
            )
            problems.append(
                Problem(
                    Message("{name}, case {name_2}", name=file_name, name_2=case.name),
                    Message("There is no transcript '{name}' in the project.", name=name),
                    hint,
                )
            )
    return problems


def _unknown_case(case: Case, stored: Mapping[str, Case], file_name: str) -> Problem:
    close = get_close_matches(case.name, stored, n=1, cutoff=0.6)
    return Problem(
        Message("{name}, case {name_2}", name=file_name, name_2=case.name),
        "There is no such respondent in the project, and the table names no interview of theirs.",
        Message("Did you mean '{close}'?", close=close[0])
        if close
        else Message("It was left out. Give the interview in a column 'transcript'."),
    )


def _merged(before: Case, new: Case) -> Case:
    """Return a case with new values and participations; what the new one lacks stays."""
    parts = {part.transcript: part for part in before.participations}
    for part in new.participations:
        earlier = parts.get(part.transcript, Participation(part.transcript))
        parts[part.transcript] = Participation(
            part.transcript,
            # An empty cell says nothing, and must not take away who the person is.
            part.speakers or earlier.speakers,
            FrozenMap({**earlier.attributes, **part.attributes}),
        )
    # A value that was lasting and now differs by interview is no longer lasting.
    of_moments = {name for part in new.participations for name in part.attributes}
    lasting = {key: value for key, value in before.attributes.items() if key not in of_moments}
    return Case(before.name, FrozenMap({**lasting, **new.attributes}), tuple(parts.values()))


def _taken_over(
    updated: Mapping[str, Case], stored: Mapping[str, Case]
) -> tuple[list[Case], tuple[str, ...]]:
    """Return the other cases whose interviews are now those of updated ones, and the losses."""
    new_links = {
        (part.transcript, label)
        for case in updated.values()
        for part in case.participations
        if case.name not in stored or part not in stored[case.name].participations
        for label in part.speakers or ("",)
    }
    transcripts = {transcript for transcript, _ in new_links}
    reduced, losses = [], []
    for case in stored.values():
        if case.name in updated or not transcripts & {*case.transcripts}:
            continue
        kept = tuple(p for p in case.participations if not _is_taken(p, new_links))
        lost = [part for part in case.participations if part not in kept]
        if lost:
            reduced.append(replace(case, participations=kept))
            losses.append(_loss(case, lost, updated, is_removed=not kept))
    return reduced, tuple(losses)


def _is_taken(part: Participation, new_links: set[tuple[str, str]]) -> bool:
    """Tell whether somebody else is now this speaker, or the one respondent of the transcript."""
    if not part.speakers:
        # Somebody else is a named speaker there: both can take part.
        return (part.transcript, "") in new_links
    return any((part.transcript, label) in new_links for label in part.speakers)


def _loss(
    case: Case, lost: list[Participation], updated: Mapping[str, Case], *, is_removed: bool
) -> str:
    # Of a conversation of several people only who takes these speakers is a taker.
    links = {(part.transcript, label) for part in lost for label in part.speakers or ("",)}
    takers = [
        taker.name
        for taker in updated.values()
        if any(
            (part.transcript, label) in links
            for part in taker.participations
            for label in part.speakers or ("",)
        )
    ]
    interviews = ", ".join(part.transcript for part in lost)
    values = {"case": case.name, "interviews": interviews, "takers": ", ".join(takers)}
    if is_removed:
        return Message(
            "Respondent '{case}' loses {interviews} to {takers} and would be removed.", **values
        )
    return Message("Respondent '{case}' loses {interviews} to {takers}.", **values)
