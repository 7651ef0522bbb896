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
        CountColumn,
        GroupAgreement,
        PassageFigure,
    )

BRACKETS = (
    "In brackets: 95% intervals that take the interviews as the sample; where the coders never "
    "disagreed, an exact one-sided lower limit."
)
OF_TEAM = "A transcript that a coder did not code is missing for that coder."
OF_PASSAGES = (
    "Passages: 'u_alpha' asks for the same stretches of text with the same codes, "
    "'u_alpha_binary' for the same stretches whatever the code (per code: with that code), "
    "'cu_alpha' for the same codes where coders both marked something."
)


def figure_text(figure: Coefficient) -> str:
    """Return a figure with its interval, or that there is none."""
    return figure.text("{:.2f}".format, " [{low}, {high}]") or "undefined"


def print_agreement(
    report: AgreementReport, groups: Sequence[GroupAgreement] = (), by: str = ""
) -> None:
    """Print a comparison: figures per theme and code, over all codes, on passages, by group."""
    _say(report.description)
    for title, rows in (("theme", report.themes), ("code", report.codes)):
        _print_rows(title, rows, report)
    if not report.is_pair:
        _print_pairs(report.pairs)
    _print_figures("over all codes", [(f.name, f) for f in report.overall])
    _print_figures("passages", [(_named(one), one.figure) for one in report.passages])
    if groups:
        _print_groups(groups, by)
    _say(f"{BRACKETS} {_legend(report)} {OF_PASSAGES}")
    for sentence in (*report.verdict, *report.warnings):
        _say(sentence)


def _say(text: str) -> None:
    out().print(f"{text}\n", markup=False)


def _named(one: PassageFigure) -> str:
    return f"{one.figure.name}: {one.code}" if one.code else one.figure.name


def _print_figures(title: str, figures: Sequence[tuple[str, Coefficient]]) -> None:
    if figures:
        rows = [(name, figure_text(f), _reason(f)) for name, f in figures]
        print_table((title, "value", "because"), rows)
        out().print()


def _legend(report: AgreementReport) -> str:
    """Return what the columns of figures are."""
    shown = [column for column in report.columns if column.terminal]
    names = "; ".join(f"'{c.terminal}' is {c.citation.in_language('en')}" for c in shown)
    shares = (c.explanation.in_language("en") for c in shown if not c.chance_corrected)
    return " ".join((f"{names}.", *shares, *(() if report.is_pair else (OF_TEAM,))))


def _because(figures: Iterable[Coefficient]) -> str:
    """Return why figures of a row do not exist or have no interval, each reason once."""
    reasons = (_reason(figure) for figure in figures)
    return "; ".join(dict.fromkeys(reason for reason in reasons if reason))


def _reason(figure: Coefficient) -> str:
    """Return why a figure does not exist, or why it has no interval."""
    return figure.undefined_because or ("" if figure.interval else figure.detail)


def _count_title(count: CountColumn) -> str:
    if count.key == "used":
        return count.coder
    return f"only {count.coder}" if count.coder else count.key


def _print_rows(title: str, rows: Sequence[CodeAgreement], report: AgreementReport) -> None:
    shown = {column.terminal: column.key for column in report.columns if column.terminal}
    table = []
    for row in rows:
        figures = [row.figure(key) for key in shown.values()]
        table.append((row.code, *row.counts, *map(figure_text, figures), _because(figures)))
    counts = map(_count_title, report.count_columns)
    print_table((title, *counts, *shown, "because"), table)
    out().print()


def _print_pairs(pairs: Sequence[AgreementReport]) -> None:
    names = [figure.name for figure in pairs[0].overall] if pairs else []
    print_table(
        ("pair", "transcripts", "units", *names),
        [
            (
                " and ".join(pair.coders),
                len(pair.transcripts),
                pair.units,
                *map(figure_text, pair.overall),
            )
            for pair in pairs
        ],
    )
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
    column = groups[0].report.headline
    per_group = [{row.code: row.figure(column.key) for row in one.report.codes} for one in groups]
    rows = []
    for code in dict.fromkeys(code for own in per_group for code in own):
        told = [
            f"{label}: {own[code].undefined_because}"
            for label, own in zip(labels, per_group, strict=True)
            if code in own and own[code].undefined_because
        ]
        shown = [figure_text(own[code]) if code in own else "-" for own in per_group]
        rows.append((code, *shown, "; ".join(told)))
    print_table((f"{column.terminal} per code", *labels, "because"), rows)
    out().print()
