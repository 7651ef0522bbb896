"""Small counts in print: held back until somebody accepts their risk with a reason.

The decision is that on the risk of a table of codes, as the check on disclosure lists it. All that
counts the same cases obeys it: theme reports, quotes, figures, the annex of the codebook.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode import quotes, themes
from qualcode.messages import Message, shell_word
from qualcode.model import Cell, CrossTable, LocalText, Reach
from qualcode.project.layers import FINAL
from qualcode.project.measures import FEWEST_TO_HIDE
from qualcode.project.reports import find_cases
from qualcode.quotes import Risk

if TYPE_CHECKING:
    from qualcode.project.project import Project

GROUP = "group"


def find_small_counts(project: Project, layer: str, attribute: str = GROUP) -> tuple[Risk, ...]:
    """Return the risk of small counts of cases per code, with its reason where it was accepted.

    Args:
        project: The project.
        layer: Whose codings.
        attribute: The attribute of cases by which they are counted.

    Raises:
        UnknownNameError: no case has such an attribute.
    """
    with project.snapshot() as snapshot:
        measures = project.disclosure.measures()
        risks = snapshot.keep(
            ("small counts", layer, attribute),
            lambda: _find_risks(project, layer, attribute, measures.threshold),
        )
    return measures.with_reasons(risks)


def find_threshold(project: Project, layer: str = FINAL, attribute: str = GROUP) -> int | None:
    """Return below how many cases a count is held back in print; None if all are printed.

    Args:
        project: The project.
        layer: Whose codings.
        attribute: The attribute of cases by which they are counted.
    """
    measures = project.disclosure.measures()
    # Hiding all small counts is the later and wider decision: no reason prints them.
    if not measures.hide_counts:
        risks = find_small_counts(project, layer, attribute)
        if all(risk.confirmed for risk in risks):
            return None
    # Below 2 there is only 1: "<2" would tell what it hides.
    return max(measures.threshold, FEWEST_TO_HIDE)


def is_table_accepted(project: Project, layer: str, attribute: str) -> bool:
    """Tell whether somebody accepted the small counts of the table of codes by an attribute.

    Who did accepted the headings above them too: the risk names them.
    """
    is_printed = find_threshold(project, layer, attribute) is None
    return is_printed and bool(find_small_counts(project, layer, attribute))


def tell_how_to_decide(risk: Risk, layer: str = FINAL, table: str = "") -> Risk:
    """Return a risk that nobody accepted, with the way to print what is held back because of it.

    Args:
        risk: The risk of small counts.
        layer: Whose codings are counted: the risk of another layer is another one.
        table: Its name: the command looks at the table by group, and at others that it names.
    """
    if risk.confirmed:
        return risk
    return replace(
        risk,
        hint=Message(
            "Files and figures hold such counts back. To print them, accept the risk with a "
            "reason: qualcode disclosure {options} --reason WHY (in the app: Quotes, Who could be "
            "recognised). Or join values: --widen",
            options=options_of(risk, layer, table),
        ),
    )


def options_of(risk: Risk, layer: str, table: str = "") -> str:
    """Return the options of the command that name a risk of a layer, and of a table."""
    of_layer = "" if layer == FINAL else f"--layer {shell_word(layer)} "
    of_table = "" if table in {"", f"code_by_{GROUP}"} else f"--table {shell_word(table)} "
    return f"{of_layer}{of_table}--confirm {risk.id}"


def _find_risks(project: Project, layer: str, attribute: str, threshold: int) -> tuple[Risk, ...]:
    risks = quotes.cell_risks((_count_cases(project, layer, attribute),), threshold=threshold)
    if risks or attribute != GROUP:
        return risks
    # Many may have each of two codes, and one person both in one passage.
    return quotes.cell_risks((_count_pairs(project, layer),), threshold=threshold)


def _count_pairs(project: Project, layer: str) -> CrossTable:
    """Return how many cases say passages with two codes, a pair on each row."""
    with project.snapshot() as snapshot:
        codings = project.codings.collect_layer(layer)
        coded = snapshot.transcripts_coded_in(codings)
        respondents = project.cases.respondents()
        _, pairs = themes.codes_on_map(codings, snapshot.codebook, coded, respondents)
        cases = find_cases(project, codings)
    people = [{name for key in pair.codings for name in cases.get(key, ())} for pair in pairs]
    names = tuple(f"{pair.first} + {pair.second}" for pair in pairs)
    return CrossTable(
        "code_by_group",
        "cases",
        rows=names,
        row_labels=tuple(LocalText({"en": name}) for name in names),
        columns=("",),
        column_labels=(LocalText({}),),
        cells=tuple((Cell(len(names), None, ()),) for names in people),
    )


def _count_cases(project: Project, layer: str, attribute: str) -> CrossTable:
    """Return codes by an attribute; where cases have no group, with a column of all cases."""
    table = project.themes.count_by(attribute, layer)
    if attribute != GROUP:
        return table
    with project.snapshot() as snapshot:
        codings = project.codings.collect_layer(layer)
        coded = snapshot.transcripts_coded_in(codings)
        respondents = project.cases.respondents()
        # In a group, a small count of all is a small count of the group too.
        if all(case.group for case in respondents):
            return table
        reaches = themes.collect_reach(codings, snapshot.codebook, coded, respondents)
    all_cases = (_cell_of_all(reaches.get(path, ())) for path in table.rows)
    return replace(
        table,
        columns=(*table.columns, ""),
        cells=tuple((*row, cell) for row, cell in zip(table.cells, all_cases, strict=True)),
    )


def _cell_of_all(reaches: tuple[Reach, ...]) -> Cell:
    return next((Cell(r.cases, r.of, ()) for r in reaches if not r.group), Cell(None, None, ()))
