"""What the command agreement prints: tables of figures, and what to know when reading them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qualcode.cli.output import out, print_table

if TYPE_CHECKING:
    from qualcode.model import (
        AgreementReport,
        CodeAgreement,
        Coefficient,
        GroupAgreement,
        PassageFigure,
        TeamAgreement,
        TeamReport,
    )

BRACKETS = (
    "In brackets: 95% intervals that take the interviews as the sample. A figure without one is "
    "the same in every interview, so there is nothing to estimate its uncertainty from."
)
OF_TWO = (
    "'positive' is positive agreement, 2 x both / (2 x both + only A + only B); 'kappa' is "
    "Cohen's and 'alpha' Krippendorff's."
)
OF_TEAM = (
    "'percent' is the share of agreeing pairs of coders; 'fleiss' and 'conger' are their kappas, "
    "'alpha' is Krippendorff's. A transcript that a coder did not code is missing for that coder."
)
OF_PASSAGES = (
    "Passages: 'u_alpha' asks for the same stretches of text with the same codes, "
    "'u_alpha_binary' for the same stretches whatever the code (per code: with that code), "
    "'cu_alpha' for the same codes where coders both marked something."
)


def figure_text(figure: Coefficient) -> str:
    """Return a figure with its interval, or that there is none."""
    if figure.value is None:
        return "undefined"
    if figure.interval is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} [{figure.interval[0]:.2f}, {figure.interval[1]:.2f}]"


def print_agreement(
    report: AgreementReport | TeamReport, groups: Sequence[GroupAgreement] = (), by: str = ""
) -> None:
    """Print a comparison: figures per theme and code, over all codes, on passages, by group."""
    from qualcode.model import TeamReport

    _say(report.description)
    if isinstance(report, TeamReport):
        _print_team(report)
    else:
        for title, rows in (("theme", report.themes), ("code", report.codes)):
            _print_rows(title, rows, report.coders)
    _print_figures("over all codes", [(f.name, f) for f in report.overall])
    _print_figures("passages", [(_named(one), one.figure) for one in report.passages])
    if groups:
        _print_groups(groups, by)
    told = OF_TEAM if isinstance(report, TeamReport) else OF_TWO
    _say(f"{BRACKETS} {told} {OF_PASSAGES}")
    for warning in report.warnings:
        _say(warning)


def _say(text: str) -> None:
    out().print(f"{text}\n", markup=False)


def _named(one: PassageFigure) -> str:
    return f"{one.figure.name}: {one.code}" if one.code else one.figure.name


def _print_figures(title: str, figures: Sequence[tuple[str, Coefficient]]) -> None:
    if figures:
        rows = [(name, figure_text(f), f.undefined_because or "") for name, f in figures]
        print_table((title, "value", "because"), rows)
        out().print()


def _because(figures: Iterable[Coefficient]) -> str:
    """Return why figures of a row do not exist, each reason once."""
    return "; ".join(dict.fromkeys(f.undefined_because for f in figures if f.undefined_because))


def _print_rows(title: str, rows: Sequence[CodeAgreement], coders: tuple[str, str]) -> None:
    a, b = coders
    columns = (title, f"only {a}", f"only {b}", "both", "neither", "positive", "kappa", "alpha")
    made = []
    for row in rows:
        figures = (row.positive_agreement, row.kappa, row.alpha)
        counts = (row.only_a, row.only_b, row.both, row.neither)
        made.append((row.code, *counts, *map(figure_text, figures), _because(figures)))
    print_table((*columns, "because"), made)
    out().print()


def _print_team(report: TeamReport) -> None:
    for title, rows in (("theme", report.themes), ("code", report.codes)):
        _print_team_rows(title, rows, report.coders)
    names = [figure.name for figure in report.pairs[0].overall] if report.pairs else []
    print_table(
        ("pair", "transcripts", "units", *names),
        [
            (
                " and ".join(pair.coders),
                len(pair.transcripts),
                pair.units,
                *map(figure_text, pair.overall),
            )
            for pair in report.pairs
        ],
    )
    out().print()


def _print_team_rows(title: str, rows: Sequence[TeamAgreement], coders: Sequence[str]) -> None:
    made = []
    for row in rows:
        figures = (row.percent, row.fleiss, row.conger, row.alpha)
        made.append((row.code, *row.used, *map(figure_text, figures), _because(figures)))
    columns = (title, *coders, "percent", "fleiss", "conger", "alpha", "because")
    print_table(columns, made)
    out().print()


def _print_groups(groups: Sequence[GroupAgreement], by: str) -> None:
    names = [figure.name for figure in groups[0].report.overall]
    print_table(
        (by, "transcripts", "units", *names, "because"),
        [
            (
                one.group or "(not set)",
                len(one.report.transcripts),
                one.report.units,
                *map(figure_text, one.report.overall),
                _because(one.report.overall),
            )
            for one in groups
        ],
    )
    out().print()
    labels = [one.group or "(not set)" for one in groups]
    per_group = [{row.code: row.kappa for row in one.report.codes} for one in groups]
    rows = []
    for code in dict.fromkeys(code for own in per_group for code in own):
        told = [
            f"{label}: {own[code].undefined_because}"
            for label, own in zip(labels, per_group, strict=True)
            if code in own and own[code].undefined_because
        ]
        shown = [figure_text(own[code]) if code in own else "-" for own in per_group]
        rows.append((code, *shown, "; ".join(told)))
    print_table(("kappa per code", *labels, "because"), rows)
    out().print()
