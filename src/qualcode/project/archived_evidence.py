"""Summaries and findings in an archive: written as they may be printed, and read into a project.

Summaries are a table like the one that researchers edit, findings a JSON file: both can be read
without this program.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import quotes
from qualcode.errors import UndefinedRequestError, UnknownNameError
from qualcode.messages import Message
from qualcode.model.archive import ArchivedStudy
from qualcode.model.finding import FindingState, OutsideEvidence, Relation
from qualcode.project.archived_typology import prepare_typology, texts_of_typology
from qualcode.project.layers import FINAL
from qualcode.project.summary_text import format_summary

if TYPE_CHECKING:
    from qualcode.model import ExchangeProject
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot

SUMMARIES_FILE = "data/framework.csv"
FINDINGS_FILE = "data/findings.json"
SUMMARY_COLUMNS = ("participant", "code", "summary")
_GAP = "-"
"""Text of a finding that holds the place of a number that was removed, until all are read."""
_MOST_NUMBERS = 10_000
"""Of findings: an archive that was tampered with must not keep a reader busy for days."""


@dataclass(frozen=True, slots=True)
class ArchivedEvidence:
    """What researchers wrote on a study, as it goes into an archive.

    Attributes:
        summaries: Participant, path of the code and summary, for each cell.
        findings: Findings and recommendations, as values of JSON; empty where there are none.
        typology: Dimensions, types and who is which, as values of JSON; empty where there is none.
    """

    summaries: tuple[tuple[str, str, str], ...]
    findings: Mapping[str, Any]
    typology: Mapping[str, Any]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield where each text stands, and what it says."""
        for case, code, text in self.summaries:
            yield Message("{case}, {code}", case=case, code=code), text
        for finding in self.findings.get("findings", ()):
            where = Message("finding {number}", number=finding["number"])
            yield where, finding["text"]
            for evidence in finding["evidence"]:
                yield where, f"{evidence['source']}: {evidence['text']}"
        for recommendation in self.findings.get("recommendations", ()):
            where = Message("recommendation {number}", number=recommendation["number"])
            yield where, recommendation["text"]
        yield from texts_of_typology(self.typology)


def prepare_evidence(
    project: Project, snapshot: Snapshot, study: ArchivedStudy
) -> ArchivedEvidence:
    """Return summaries, findings and the typology as they go into an archive.

    Args:
        project: The project.
        snapshot: Its state.
        study: What goes into the archive.
    """
    return ArchivedEvidence(
        _summaries(project, snapshot, study.project),
        _findings(project, snapshot, study),
        prepare_typology(project, snapshot, study),
    )


def _summaries(
    project: Project, snapshot: Snapshot, archived: ExchangeProject
) -> tuple[tuple[str, str, str], ...]:
    grid = project.themes.framework.grid()
    names = {case.name for case in archived.cases}
    measures = project.disclosure.measures()
    # Of those in the archive: a group that consent made small is a small group there.
    rows = tuple(row for row in grid.rows if row.case in names)
    left_out = quotes.small_groups(rows, measures)
    passages = quotes.LeftOutPassages(snapshot.codings, measures.left_out)
    ids = frozenset(coding.id for coding in archived.codings)
    return tuple(
        (
            cell.case,
            cell.code,
            format_summary(quotes.print_sentences(cell.summary, passages, keep=ids)),
        )
        for row in rows
        if row.group not in left_out
        for cell in row.cells
        if cell.summary
    )


def _findings(project: Project, snapshot: Snapshot, study: ArchivedStudy) -> dict[str, Any]:
    part = project.themes.findings
    states = {state.finding.number: state for state in part.report().findings}
    printed = part.report(for_print=True)
    if not printed.findings:
        return {}
    left_out = project.disclosure.measures().left_out
    passages = quotes.LeftOutPassages(snapshot.codings, left_out)
    kept = {coding.id for coding in study.project.codings} - passages.ids
    numbers = {state.finding.id: number for number, state in states.items()}
    return {
        "findings": [
            _packed(shown, states[shown.finding.number], kept, study.coders)
            for shown in printed.findings
        ],
        "recommendations": [
            {
                "number": r.number,
                "text": r.text,
                "findings": sorted(numbers[key] for key in r.findings if key in numbers),
            }
            for r in printed.recommendations
            if numbers.keys() & set(r.findings)
        ],
    }


def _packed(
    shown: FindingState, state: FindingState, kept: set[str], coders: Mapping[str, str]
) -> dict[str, Any]:
    finding = state.finding
    return {
        "number": finding.number,
        "text": shown.finding.text,
        "codes": [*state.codes],
        "layer": coders.get(finding.layer, finding.layer),
        "supporting": [key for key in finding.supporting if key in kept],
        "contrary": [key for key in finding.contrary if key in kept],
        "evidence": [
            {"source": e.source, "text": e.text, "relation": e.relation.value}
            for e in shown.finding.evidence
        ],
        "small_counts_printed_because": state.accepted,
    }


def read_summaries(project: Project, data: bytes, folder: Path) -> None:
    """Put the summaries of an archive into a project that was read from it.

    Args:
        project: The project.
        data: The table.
        folder: Where files may be written.

    Raises:
        QualcodeError: it does not fit.
    """
    file = folder / "framework.csv"
    file.write_bytes(data)
    project.themes.framework.read_table(file)


def read_findings(project: Project, data: bytes) -> None:
    """Put the findings of an archive into a project that was read from it, with their numbers.

    Raises:
        QualcodeError: they do not fit.
        ValueError: it is no JSON.
        KeyError: a field is missing.
    """
    packed = json.loads(data)
    part = project.themes.findings
    gaps = _fill(packed["findings"], lambda values: _add(project, values))
    unused = _fill(
        packed["recommendations"],
        # Only one that holds the place of a number rests on nothing, and it is removed below.
        lambda values: part.recommend(values["text"], values["findings"] or [1]),
    )
    for number in unused:
        part.recommend("", [], number)
    for number in gaps:
        part.remove(number)


def _fill(items: Sequence[Mapping[str, Any]], add: Callable[[Mapping[str, Any]], Any]) -> list[int]:
    """Add texts in the order of their numbers; return the numbers that nothing has."""
    item_by_number = {int(item["number"]): item for item in items}
    highest = max(item_by_number, default=0)
    if highest > _MOST_NUMBERS:
        raise ValueError(highest)
    empty = {"text": _GAP, "codes": (), "findings": (), "layer": FINAL}
    for number in range(1, highest + 1):
        add(item_by_number.get(number, empty))
    return [number for number in range(1, highest + 1) if number not in item_by_number]


def _add(project: Project, values: Mapping[str, Any]) -> None:
    part = project.themes.findings
    try:
        finding = part.add(values["text"], values["codes"], layer=values["layer"])
    except (UndefinedRequestError, UnknownNameError):
        # Whose codings it was written on did not all go into the archive.
        finding = part.add(values["text"], values["codes"])
    part.link(finding.number, values.get("supporting", ()))
    part.link(finding.number, values.get("contrary", ()), contrary=True)
    evidence = [
        OutsideEvidence(e["source"], e["text"], Relation(e["relation"]))
        for e in values.get("evidence", ())
    ]
    part.set_evidence(finding.number, evidence)
    reason = values.get("small_counts_printed_because", "")
    if reason:
        part.accept_small_counts(finding.number, reason)
