"""Attributes in print: those that together fit too few cases wait for a decision with a reason.

The decisions are those on the line below a quote and on attributes together, as the check on
disclosure lists them; ``small_counts`` does the same for counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.messages import Message, shell_word
from qualcode.model import Case, CrossTable, FrozenMap, Provenance, ThemeReport
from qualcode.project.layers import FINAL
from qualcode.quotes import ATTRIBUTION, AttributeGuard, Risk, RiskKind

if TYPE_CHECKING:
    from qualcode.project.project import Project


def guard_quotes(project: Project) -> AttributeGuard:
    """Return which attributes may be printed with a quote."""
    with project.snapshot() as snapshot:
        cases = project.cases.respondents()
        of_transcripts = {text.name: text.attributes for text in snapshot.transcripts}
        measures = project.disclosure.measures()
    # A quote has the attributes of its interview too.
    return AttributeGuard([_in_transcripts(case, of_transcripts) for case in cases], measures)


def guard_cases(project: Project) -> AttributeGuard:
    """Return which attributes may be printed of the cases."""
    with project.snapshot():
        return AttributeGuard(project.cases.collect_for_print(), project.disclosure.measures())


def hide_in_themes(project: Project, report: ThemeReport) -> ThemeReport:
    """Return a theme report with the attributes that may be printed together."""
    of_quotes, of_cases = guard_quotes(project), guard_cases(project)

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
    risks: Iterable[Risk], layer: str = FINAL, attribution: str = ATTRIBUTION
) -> tuple[Risk, ...]:
    """Return risks; the last one of attributes says how to print what is held back.

    Args:
        risks: The risks.
        layer: Whose codings are quoted: the command has to look at the same quotes.
        attribution: Pattern of the line below a quote, likewise.
    """
    told = list(risks)
    # Once below many, where it is read, and not with each of them.
    for place in reversed(range(len(told))):
        risk = told[place]
        if not risk.confirmed and risk.kind in {RiskKind.ATTRIBUTION, RiskKind.COMBINATION}:
            told[place] = _with_way(risk, layer, attribution)
            break
    return tuple(told)


def _with_way(risk: Risk, layer: str, attribution: str) -> Risk:
    of_layer = "" if layer == FINAL else f" --layer {shell_word(layer)}"
    pattern = "" if attribution == ATTRIBUTION else f" --attribution {shell_word(attribution)}"
    return replace(
        risk,
        hint=Message(
            "{hint} Files hold such attributes back until you accept the risk with a reason: "
            "qualcode disclosure{options} --confirm ID --reason WHY (in the app: Quotes, Who "
            "could be recognised).",
            hint=risk.hint,
            options=of_layer + pattern,
        ),
    )


def _in_transcripts(case: Case, attributes: Mapping[str, FrozenMap[str, str]]) -> Case:
    parts = tuple(
        replace(
            part,
            attributes=FrozenMap(
                {
                    **{
                        name: value
                        for name, value in attributes.get(part.transcript, {}).items()
                        if name not in case.attributes
                    },
                    **part.attributes,
                }
            ),
        )
        for part in case.participations
    )
    return replace(case, participations=parts)
