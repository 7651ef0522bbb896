"""The tables that the command ``agreement`` prints, and how to read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qualcode.cli.language import (
    format_decimal,
    get_language,
    list_once,
    translate,
    translate_sentence,
)
from qualcode.cli.output import heading, print_message, print_result, print_table
from qualcode.messages import Message
from qualcode.model.comparison import GAMMA_NOTE

if TYPE_CHECKING:
    from qualcode.model import (
        AgreementReport,
        CodeAgreement,
        Coefficient,
        CountColumn,
        GroupAgreement,
        PassageFigure,
        UnitFigure,
    )

BRACKETS = Message(
    "In brackets: 95% intervals that take the interviews as the sample; where the coders never "
    "disagreed, an exact one-sided lower limit."
)
TEAM = Message("A transcript that a coder did not code is missing for that coder.")
PASSAGES = Message(
    "Passages: 'u-alpha' compares where passages begin and end and their codes; 'binary u-alpha' "
    "compares where they begin and end, whatever the code (per code: with that code); 'cu-alpha' "
    "compares the codes where coders marked the same text."
)


_COLUMNS = {
    "positive": heading("positive"),
    "percent": heading("percent"),
    "alpha": heading("alpha"),
    "fleiss": heading("Fleiss"),
    "conger": heading("Conger"),
}
"""What the columns of coefficients are called that have no name of their own."""


def figure_text(figure: Coefficient) -> str:
    """Return a figure with its interval, or that it does not exist."""
    return figure.text(format_decimal, " [{low}, {high}]") or Message("undefined")


def print_agreement(
    report: AgreementReport,
    groups: Sequence[GroupAgreement] = (),
    by: str = "",
    deviations: Sequence[Message] = (),
) -> None:
    """Print a comparison: figures per theme and code, over all codes, on passages, by group."""
    _print_paragraph(report.description)
    _print_codes(heading("theme"), report.themes, report)
    _print_codes(heading("code"), report.codes, report)
    if not report.is_pair:
        _print_pairs(report.pairs)
    _print_figures(heading("over all codes"), [(_name(f), f) for f in report.overall])
    _print_by_unit(report.by_unit)
    passages = [(_passage_name(passage), passage.figure) for passage in report.passages]
    _print_figures(heading("passages"), passages)
    if groups:
        _print_groups(groups, by)
    _print_paragraph(" ".join(map(translate, (BRACKETS, _describe_columns(report), PASSAGES))))
    if report.gamma is not None:
        _print_paragraph(GAMMA_NOTE)
    for sentence in (*report.verdict, *report.warnings, *deviations):
        _print_paragraph(sentence)


def print_summary(
    report: AgreementReport,
    groups: Sequence[GroupAgreement] = (),
    by: str = "",
    deviations: Sequence[Message] = (),
) -> None:
    """Print what a comparison comes down to: the codes in use, the verdict and the warnings."""
    _print_paragraph(report.description)
    # A code that nobody used has no figure, and would make a short table long.
    used_rows = [row for row in report.codes if any(row.used)]
    if used_rows:
        _print_codes(heading("code"), used_rows, report)
    if not report.is_pair:
        _print_pairs(report.pairs)
    if groups:
        _print_groups(groups, by)
    _print_paragraph(" ".join(map(translate, (BRACKETS, _describe_columns(report)))))
    for sentence in (*report.verdict, *report.warnings, *deviations):
        _print_paragraph(sentence)
    print_message(
        Message(
            "All figures, per theme, unit and passage: --full. As a report for your paper: "
            "--out agreement.docx"
        )
    )


def _print_paragraph(text: str) -> None:
    print_result(f"{translate(text)}\n")


def _passage_name(passage: PassageFigure) -> str:
    name = _name(passage.figure)
    return f"{name}: {passage.code}" if passage.code else name


def _name(figure: Coefficient) -> str:
    from qualcode.project import figure_name

    return translate(figure_name(figure.name))


def _print_figures(title: Message, figures: Sequence[tuple[str, Coefficient]]) -> None:
    if figures:
        rows = [(name, figure_text(f), _reason(f)) for name, f in figures]
        print_table((title, heading("value"), heading("reason")), rows)
        print_result()


def _print_by_unit(figures: Sequence[UnitFigure]) -> None:
    """Print agreement over all codes on several units, side by side."""
    from qualcode.model.comparison import UNIT_ROWS

    rows = [
        (
            UNIT_ROWS[row.unit],
            row.units,
            _name(row.figure),
            figure_text(row.figure),
            _reason(row.figure),
        )
        for row in figures
    ]
    columns = (
        heading("by unit"),
        heading("units"),
        heading("figure"),
        heading("value"),
        heading("reason"),
    )
    print_table(columns, rows)
    print_result()


def _describe_columns(report: AgreementReport) -> str:
    """Return the source of each column of figures, as one paragraph."""
    # Citations have a text per language of their own and are not in the catalogue of messages.
    language = get_language()
    columns = [column for column in report.columns if column.terminal]
    sources = "; ".join(
        translate(
            Message(
                "'{column}' is {source}",
                column=_COLUMNS.get(column.terminal, column.terminal),
                source=column.citation.in_language(language),
            )
        )
        for column in columns
    )
    # A share of units is not corrected for chance, and readers take it for a coefficient.
    shares = (c.explanation.in_language(language) for c in columns if not c.chance_corrected)
    return " ".join((f"{sources}.", *shares, *(() if report.is_pair else (translate(TEAM),))))


def _list_reasons(figures: Iterable[Coefficient]) -> str:
    """Return why figures of a row do not exist or have no interval, each reason once."""
    return list_once(reason for reason in map(_reason, figures) if reason)


def _reason(figure: Coefficient) -> str:
    """Return why a figure does not exist, or why it has no interval."""
    return translate_sentence(figure.remark)


def _count_title(column: CountColumn) -> str:
    if column.key == "used":
        return column.coder
    if column.coder:
        return Message.within("column", "only {coder}", coder=column.coder)
    titles = {"both": heading("both"), "neither": heading("neither")}
    return titles.get(column.key, column.key)


def _print_codes(title: Message, rows: Sequence[CodeAgreement], report: AgreementReport) -> None:
    # A column without a name for the terminal is for documents and files only.
    keys = {column.terminal: column.key for column in report.columns if column.terminal}
    cells = []
    paths = [row.code for row in rows]
    for row in rows:
        # A theme in the table of codes is about the codings directly on it, not on its codes.
        is_theme = any(path.startswith(f"{row.code}/") for path in paths)
        name = translate(Message("{theme} (directly on the theme)", theme=row.code))
        figures = [row.figure(key) for key in keys.values()]
        cells.append(
            (
                name if is_theme and "/" not in row.code else row.code,
                *row.counts,
                *map(figure_text, figures),
                _list_reasons(figures),
            )
        )
    counts = map(_count_title, report.count_columns)
    names = [_COLUMNS.get(key, key) for key in keys]
    print_table((title, *counts, *names, heading("reason")), cells)
    print_result()


def _print_pairs(pairs: Sequence[AgreementReport]) -> None:
    names = [_name(figure) for figure in pairs[0].overall] if pairs else []
    rows = [
        (pair.coders, len(pair.transcripts), pair.units, *map(figure_text, pair.overall))
        for pair in pairs
    ]
    print_table((heading("pair"), heading("transcripts"), heading("units"), *names), rows)
    print_result()


def _print_groups(groups: Sequence[GroupAgreement], by: str) -> None:
    names = [_name(figure) for figure in groups[0].report.overall]
    rows = [
        (
            label,
            len(group.report.transcripts),
            group.report.units,
            *map(figure_text, group.report.overall),
            _list_reasons(group.report.overall),
        )
        for label, group in zip(_group_labels(groups), groups, strict=True)
    ]
    columns = (by, heading("transcripts"), heading("units"), *names, heading("reason"))
    print_table(columns, rows)
    print_result()
    _print_codes_by_group(groups)


def _print_codes_by_group(groups: Sequence[GroupAgreement]) -> None:
    """Print the headline coefficient of each code, with a column for each group."""
    labels = _group_labels(groups)
    column = groups[0].report.headline
    figures_by_group = [
        {row.code: row.figure(column.key) for row in group.report.codes} for group in groups
    ]
    rows = []
    for code in dict.fromkeys(code for figures in figures_by_group for code in figures):
        # A group whose respondents were not asked about a theme has no row for its codes.
        figures = [figures.get(code) for figures in figures_by_group]
        reasons = [
            f"{label}: {translate(figure.undefined_because)}"
            for label, figure in zip(labels, figures, strict=True)
            if figure and figure.undefined_because
        ]
        cells = [figure_text(figure) if figure else "-" for figure in figures]
        rows.append((code, *cells, "; ".join(reasons)))
    title = Message.within("column", "{coefficient} per code", coefficient=column.terminal)
    print_table((title, *labels, heading("reason")), rows)
    print_result()


def _group_labels(groups: Sequence[GroupAgreement]) -> list[str]:
    return [group.group or translate(Message("(not set)")) for group in groups]
