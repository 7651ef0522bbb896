"""Options that the commands for reports share."""

from __future__ import annotations

from typing import Annotated

import typer

ATTRIBUTION = "{group}, {sex}, {age_band}"
LayerOption = Annotated[
    str,
    typer.Option(
        "--layer",
        "-l",
        help="The layer of codings: final (the consensus, or the only coder), consensus, union "
        "(what any coder coded, each passage once), the name of a coder; for quotes also all.",
    ),
]
AttributionOption = Annotated[
    str,
    typer.Option(
        help="The line below a quote: attributes of the case, {case} or {transcript} in braces."
    ),
]
RealNamesOption = Annotated[
    bool,
    typer.Option("--real-names", help="In a file: write the names of coders instead of 'coder A'."),
]
TranscriptNamesOption = Annotated[
    bool,
    typer.Option(
        "--transcript-names",
        help="In a file: write the names of interviews instead of pseudonyms of respondents.",
    ),
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--language", help="Language of the report: nl or en. Default: the language of the project."
    ),
]
