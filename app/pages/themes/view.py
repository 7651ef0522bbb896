"""The theme report that the page shows, and how groups and counts are written."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model import GROUP_NAMES, CrossTable, Reach, ThemeReport

from ... import session, wire
from ...attribution import select_codings, speech
from ...widgets import matrix


@dataclass(frozen=True, slots=True)
class ThemesView:
    """The theme report that the page shows, and the layer of codings it uses."""

    report: ThemeReport
    layer: str

    def codings_of(self, path: str, group_: str = "") -> list[str]:
        """Return the ids of the codings of a code and its sub-codes, of one group or of all."""
        codings = session.project().codings.collect_layer(self.layer)
        return select_codings(
            path, codings, lambda coding: not group_ or speech().is_of_group(coding, group_)
        )

    def table(self, name: str) -> CrossTable:
        """Return a table of the report by its name."""
        return next(table for table in self.report.tables if table.name == name)


def group_label(name: str) -> str:
    """Return the label of a group's members."""
    _ = session.words()
    if not name:
        return _("All respondents")
    group_name = GROUP_NAMES.get(name)
    return group_name.in_language(session.language()) if group_name else name


def reach_text(reach: Reach) -> str:
    """Return a count of cases out of all; if there is no such count, the reason."""
    _ = session.words()
    # Small counts are hidden in the report itself; the page must not compute them again.
    if reach.hidden:
        return reach.hidden
    # Not every guide asks every question, so some groups have no denominator.
    if not reach.of and reach.unknown_cases:
        return _("not attributable")
    if reach.of is None:
        return _("not asked") if not reach.cases else str(reach.cases)
    return _("{cases} of {all}", cases=reach.cases, all=reach.of)


def reach_cell(reach: Reach, *, opens: bool = True) -> wire.MatrixCell:
    """Return a count of cases out of all as a cell, shaded by the share of those asked."""
    count, of = reach.cases, reach.of
    # A shade would give away the count that is hidden.
    if reach.hidden or count is None or not of:
        return matrix.cell(reach_text(reach), opens=opens)
    return matrix.cell(reach_text(reach), count / of, count / of, opens=opens)


def count_cell(count: int, scale_end: int, *, opens: bool = True) -> wire.MatrixCell:
    """Return a number of codings as a cell with a bar; the largest number fills it."""
    text = session.words().number(count)
    return matrix.cell(text, count, count / scale_end if scale_end else 0, opens=opens, look="bar")
