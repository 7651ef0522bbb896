"""The command ``agreement ratings``: coefficients of a table of labels, without a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.agreement_tables import figure_text
from qualcode.cli.language import read_names
from qualcode.cli.output import heading, print_json, print_message, print_table
from qualcode.cli.shared_options import JsonOption
from qualcode.messages import Message


def ratings(
    file: Annotated[
        Path,
        typer.Argument(
            help="The table: csv, tsv or xlsx, a row for each unit.", show_default=False
        ),
    ],
    scale: Annotated[
        str, typer.Option(help="What the labels are: nominal, ordinal, interval or ratio.")
    ] = "nominal",
    labels: Annotated[
        str,
        typer.Option(help="All labels there could be, from low to high: never,sometimes,often."),
    ] = "",
    columns: Annotated[
        str, typer.Option(help="The columns of the coders. Default: all but the first.")
    ] = "",
    interviews: Annotated[
        str, typer.Option("--by", help="The column that names the interview of each unit.")
    ] = "",
    json: JsonOption = False,
) -> None:
    """Compute agreement in a table of labels: weighted kappas, AC2, Krippendorff's alpha."""
    from qualcode.model.coefficient_names import coefficient_name
    from qualcode.project import compare_ratings

    figures = compare_ratings(
        file, scale, read_names(labels), coders=read_names(columns), documents=interviews
    )
    if json:
        print_json(figures)
        return
    print_table(
        (heading("coefficient"), heading("value"), heading("units"), heading("reason")),
        [
            (coefficient_name(figure.name), figure_text(figure), figure.units, figure.remark)
            for figure in figures
        ],
    )
    if not labels:
        print_message(
            Message(
                "Brennan-Prediger, AC1, AC2 and weighted figures depend on the labels there could "
                "be. They were computed with the labels that occur; give all of them with --labels."
            )
        )
