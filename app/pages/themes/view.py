"""The theme report that the page shows, and how groups and counts are written."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model import GROUP_NAMES, CrossTable, Reach, ThemeReport

from ... import session


@dataclass(frozen=True, slots=True)
class ThemesView:
    """The theme report that the page shows, and the layer of codings it uses."""

    report: ThemeReport
    layer: str

    def codings_of(self, path: str, group_: str = "") -> list[str]:
        """Return the ids of the codings of a code and its sub-codes, of one group or of all."""
        project = session.project()
        inside = {
            name
            for case in project.collect_cases()
            if case.group == group_
            for name in case.transcripts
        }
        return [
            coding.id
            for coding in project.layer(self.layer)
            if (coding.code == path or coding.code.startswith(f"{path}/"))
            and (not group_ or coding.transcript in inside)
        ]

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
    if reach.of is None:
        return _("not asked") if not reach.cases else str(reach.cases)
    return _("{cases} of {all}", cases=reach.cases, all=reach.of)
