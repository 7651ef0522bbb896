"""The command ``themes``: it summarises the themes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.counts import count_codings
from qualcode.cli.language import group_name, translate
from qualcode.cli.output import (
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
)
from qualcode.cli.report_notes import describe_reach, print_open_disagreements
from qualcode.cli.report_options import (
    ATTRIBUTION,
    AttributionOption,
    LanguageOption,
    LayerOption,
    RealNamesOption,
    TranscriptNamesOption,
)
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import ThemeSummary


def themes(
    layer: LayerOption = "final",
    file: Annotated[
        Path | None, typer.Option("--out", help="Write the summaries: docx, xlsx, html, md, json.")
    ] = None,
    plots: Annotated[Path | None, typer.Option(help="Write the charts to this folder.")] = None,
    plot_format: Annotated[str, typer.Option(help="Format of the charts: svg or png.")] = "svg",
    quotes_per_code: Annotated[
        int, typer.Option(help="Number of representative quotes per code.", min=0)
    ] = 3,
    attribution: AttributionOption = ATTRIBUTION,
    real_names: RealNamesOption = False,
    transcript_names: TranscriptNamesOption = False,
    language: LanguageOption = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Summarise the themes: reach, differences between groups, quotes, matrices, saturation."""
    from qualcode.project import RealNames, find_left_out

    ask_overwrite(file, force=force)
    # One question stands for all charts, because they are replaced together.
    for chart in sorted(plots.glob(f"*.{plot_format}"))[:1] if plots else ():
        ask_overwrite(chart, force=force)
    # One snapshot: the figures, the risks and the files are of the same moment, also when others
    # code meanwhile.
    with open_project(project, coder) as work, work.snapshot():
        report = work.themes.report(
            layer, quotes_per_code=quotes_per_code, attribution=attribution, language=language
        )
        print_problems(find_left_out(work, work.codings.collect_layer(layer)))
        print_open_disagreements(report.provenance)
        # What was decided to be hidden is hidden on the screen and in JSON too; small counts that
        # nobody decided on are held back in files only.
        whole, report = report, work.themes.for_print(report, on_screen=True)
        report_language = language or work.info.report_language
        if file is not None:
            names = RealNames(real_names, transcript_names)
            work.themes.write(whole, file, language=language, names=names)
            # Only these formats hold the table of cases, in which a rare value shows a person.
            has_cases = file.suffix.casefold() in {".xlsx", ".json"}
            risks = work.disclosure.check_themes(report, attribution, cases=has_cases)
            print_problems(risks)
            print_message(Message("Wrote {file}", file=str(file)))
        if plots is not None:
            for path in work.themes.plot(whole, plots, kind=plot_format, language=language):
                print_message(Message("Wrote {file}", file=str(path)))
    if json:
        print_json(report)
        return
    if report.provenance:
        print_result(report.provenance.describe_layer())
        print_result()
    for theme in report.themes:
        _print_theme(theme, report_language)


def _print_theme(theme: ThemeSummary, language: str) -> None:
    rows = [
        (
            code.label.in_language(language) or code.code,
            *map(describe_reach, code.reaches),
            "" if code.hides_codings else code.codings,
        )
        for code in theme.codes
        if code.codings
    ]
    # In a list of codes without levels each is a theme, with a reach of its own.
    if not rows and theme.codings:
        codings = "" if theme.hides_codings else theme.codings
        rows = [(theme.label.in_language(language), *map(describe_reach, theme.reaches), codings)]
    groups = [group_name(reach.group) for reach in theme.reaches]
    title = theme.label.in_language(language)
    if not theme.hides_codings:
        title = f"{title} ({translate(count_codings(theme.codings))})"
    print_table((title, *groups, heading("codings")), rows)
    print_result()
