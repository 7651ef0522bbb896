"""Attributes in print: those that fit too few cases wait for a decision with a reason.

The decisions are those on the line below a quote, on attributes together and on the rare values of
one attribute, as the check on disclosure lists them; ``small_counts`` does the same for counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.messages import Message, shell_word
from qualcode.model import AgreementStudy, Case, CrossTable, Provenance, ThemeReport
from qualcode.project.cases import values_by_transcript
from qualcode.project.layers import FINAL
from qualcode.project.small_counts import GROUP
from qualcode.quotes import (
    ATTRIBUTION,
    AttributeGuard,
    RareValues,
    Risk,
    RiskKind,
    join_interviews,
)

if TYPE_CHECKING:
    from qualcode.project.project import Project

_OF_ATTRIBUTES = frozenset({RiskKind.ATTRIBUTION, RiskKind.COMBINATION, RiskKind.VALUE})


def guard_quotes(project: Project) -> AttributeGuard:
    """Return which attributes may be printed with a quote."""
    with project.snapshot() as snapshot:
        respondents = project.cases.respondents()
        measures = project.disclosure.measures()
        # A quote has the attributes of its interview too.
        joined = join_interviews(respondents, snapshot.transcripts)[: len(respondents)]
        return AttributeGuard(joined, measures, find_rare_values(project))


def guard_cases(project: Project, *, in_categories: bool = False) -> AttributeGuard:
    """Return which attributes may be printed of the cases.

    Args:
        project: The project.
        in_categories: Whether numbers are printed as bands and dates as years, as reports do.
    """
    with project.snapshot():
        cases, measures = project.cases.collect_for_print(), project.disclosure.measures()
        rare = find_rare_values(project, in_categories=in_categories)
        return AttributeGuard(cases, measures, rare)


def find_rare_values(project: Project, *, in_categories: bool = False) -> RareValues:
    """Return the values of attributes, also of interviews, that too few participants share.

    Args:
        project: The project.
        in_categories: Whether numbers are shown as bands and dates as years.
    """
    with project.snapshot() as snapshot:
        return snapshot.keep(
            ("rare values", in_categories), lambda: _find_rare(project, in_categories=in_categories)
        )


def _find_rare(project: Project, *, in_categories: bool) -> RareValues:
    with project.snapshot() as snapshot:
        texts = snapshot.transcripts
        cases: tuple[Case, ...] = join_interviews(project.cases.respondents(), texts)
        measures = project.disclosure.measures()
    return RareValues(
        cases,
        measures,
        of_interviews=(name for text in texts for name in text.attributes),
        shown_cases=project.cases.attributes.in_categories(cases) if in_categories else None,
    )


def find_heading_risks(project: Project, attributes: Iterable[str]) -> tuple[Risk, ...]:
    """Return the risks of attributes whose rare values are headings, as far as they wait.

    Args:
        project: The project.
        attributes: The attributes; a group is a part of the design of a study, and never waits.
    """
    guard, rare = guard_cases(project), find_rare_values(project)
    names = [
        name
        for name in attributes
        if name != GROUP
        and (
            name in rare.accepted
            or not all(guard.is_heading(name, v) for v in rare.find_rare(name))
        )
    ]
    return rare.find_risks(names)


def hide_groups(project: Project, study: AgreementStudy) -> AgreementStudy:
    """Return a study of agreement without the groups whose name is a value that waits."""
    if not study.groups or study.attribute == GROUP:
        return study
    guard = guard_cases(project)
    with project.snapshot() as snapshot:
        values = values_by_transcript(snapshot, study.attribute)
    # The interviews of a group have the same values.
    shown_groups = tuple(
        group
        for group in study.groups
        if all(
            guard.is_heading(study.attribute, value)
            for value in values.get(group.report.transcripts[0], ())
        )
    )
    held = len(study.groups) - len(shown_groups)
    return replace(study, groups=shown_groups, groups_held=held)


def hide_in_themes(project: Project, report: ThemeReport) -> ThemeReport:
    """Return a theme report with the attributes that may be printed together."""
    # The table of cases in it has bands, as all that the report counts.
    of_quotes, of_cases = guard_quotes(project), guard_cases(project, in_categories=True)

    def shown(table: CrossTable) -> CrossTable:
        return of_cases.hide_in_table(table) if table.name == "case_by_attribute" else table

    printed = replace(
        report,
        themes=tuple(map(of_quotes.hide_in_theme, report.themes)),
        tables=tuple(map(shown, report.tables)),
    )
    if report.provenance is None:
        return printed
    provenance = tell_held_back(tell_held_back(report.provenance, of_quotes), of_cases)
    return replace(printed, provenance=provenance)


def tell_held_back(provenance: Provenance, guard: AttributeGuard) -> Provenance:
    """Return how a report was made, with the attributes that were held back for some."""
    names = {*provenance.coarser, *guard.held_back}
    return replace(provenance, coarser=tuple(sorted(names)))


def tell_how_to_print(
    risks: Iterable[Risk], layer: str = FINAL, attribution: str = ATTRIBUTION, table: str = ""
) -> tuple[Risk, ...]:
    """Return risks; the last one of attributes says how to print what is held back.

    Args:
        risks: The risks.
        layer: Whose codings are quoted: the command has to look at the same quotes.
        attribution: Pattern of the line below a quote, likewise.
        table: Name of the table that has the attributes as headings, likewise.
    """
    told = list(risks)
    # Once below many, where it is read, and not with each of them.
    for place in reversed(range(len(told))):
        risk = told[place]
        if not risk.confirmed and risk.kind in _OF_ATTRIBUTES:
            told[place] = _with_way(risk, layer, attribution, table)
            break
    return tuple(told)


def _with_way(risk: Risk, layer: str, attribution: str, table: str) -> Risk:
    of_layer = "" if layer == FINAL else f" --layer {shell_word(layer)}"
    pattern = "" if attribution == ATTRIBUTION else f" --attribution {shell_word(attribution)}"
    return replace(
        risk,
        hint=Message(
            "{hint} Files hold such attributes back until you accept the risk with a reason: "
            "qualcode disclosure{options} --confirm ID --reason WHY (in the app: Quotes, Who "
            "could be recognised).",
            hint=risk.hint,
            options=of_layer + pattern + (f" --table {shell_word(table)}" if table else ""),
        ),
    )
