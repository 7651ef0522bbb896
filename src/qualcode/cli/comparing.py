"""The command that compares two coders: agreement."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qualcode.cli.opening import (
    CoderOption,
    JsonOption,
    ProjectOption,
    open_project,
    two_coders,
)
from qualcode.cli.printing import out, print_json, print_table, say

if TYPE_CHECKING:
    from qualcode.model import CodeAgreement, Coefficient

CodersOption = Annotated[
    str,
    typer.Option("--coders", help="Two coders: anna,bram.", show_default=False),
]


def agreement(
    coders: CodersOption = "",
    unit: Annotated[
        Literal["turn", "sentence", "paragraph", "answer"],
        typer.Option(help="What is compared, of the respondents."),
    ] = "turn",
    transcripts: Annotated[str, typer.Option(help="Only these: G01,G02.")] = "",
    round_: Annotated[str, typer.Option("--round", help="Only what was coded in it.")] = "",
    level: Annotated[str, typer.Option(help="Overall figures about each code or theme.")] = "code",
    file: Annotated[
        Path | None, typer.Option("--out", help="Write a report: json, md, xlsx, html, docx.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Write a forest plot: svg, png.")] = None,
    language: Annotated[
        str, typer.Option(help="Of the report: nl or en; the project's by default.")
    ] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Compare two coders: how far they agree, per code, with its uncertainty."""
    from qualcode.model import SegmentKind

    with open_project(project, coder) as work:
        pair = two_coders(work, coders)
        names = [name.strip() for name in transcripts.split(",") if name.strip()] or None
        asked: Any = {
            "unit": SegmentKind(unit),
            "level": level,
            "transcripts": names,
            "round": round_,
        }
        if file is None:
            report = work.agreement(pair, **asked)
        else:
            study = work.agreement_study(pair, **asked)
            report = study.report
            work.write_agreement(study, file, language=language)
            say(f"Wrote {file}")
        if plot is not None:
            work.plot_agreement(report, plot, language=language)
            say(f"Wrote {plot}")
    if json:
        print_json(report)
        return
    console = out()
    console.print(report.description + "\n", markup=False)
    for title, rows in (("theme", report.themes), ("code", report.codes)):
        _print_rows(title, rows, report.coders)
        console.print()
    print_table(
        ("over all codes", "value", "because"),
        [(f.name, figure_text(f), f.undefined_because or "") for f in report.overall],
    )
    console.print(
        "\nIn brackets: 95% intervals that take the interviews as the sample. A figure without "
        "one is the same in every interview, so there is nothing to estimate its uncertainty "
        "from. 'positive' is positive agreement, 2 x both / (2 x both + only A + only B); 'kappa' "
        "is Cohen's and 'alpha' Krippendorff's.",
        markup=False,
    )
    for warning in report.warnings:
        console.print(f"\n{warning}", markup=False)


def _print_rows(title: str, rows: Sequence[CodeAgreement], coders: tuple[str, str]) -> None:
    a, b = coders
    columns = (title, f"only {a}", f"only {b}", "both", "neither", "positive", "kappa", "alpha")
    print_table(
        columns,
        [
            (
                row.code,
                row.only_a,
                row.only_b,
                row.both,
                row.neither,
                figure_text(row.positive_agreement),
                figure_text(row.kappa),
                figure_text(row.alpha),
            )
            for row in rows
        ],
    )


def figure_text(figure: Coefficient) -> str:
    """Return a figure with its interval, or that there is none."""
    if figure.value is None:
        return "undefined"
    if figure.interval is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} [{figure.interval[0]:.2f}, {figure.interval[1]:.2f}]"
