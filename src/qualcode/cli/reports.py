"""Commands for the author: themes, quotes, export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.output import out, print_json, print_table, say, warn
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcode.model import Provenance, Quote, QuoteSection, Reach
    from qualcode.project import Project

ATTRIBUTION = "{group}, {sex}, {age_band}"
LayerOption = Annotated[
    str,
    typer.Option(
        "--layer",
        "-l",
        help="Whose codings: final (the consensus, or the only coder), a coder's name, "
        "consensus; for quotes also all.",
    ),
]
AttributionOption = Annotated[
    str,
    typer.Option(
        help="The line below a quote: case attributes, {case} or {transcript}, in braces."
    ),
]
RealNamesOption = Annotated[
    bool,
    typer.Option("--real-names", help="In a file: keep the names of coders, not 'coder A'."),
]
TranscriptNamesOption = Annotated[
    bool,
    typer.Option(
        "--transcript-names",
        help="In a file: keep the names of the interviews, not the pseudonym of who speaks.",
    ),
]
ExcerptOption = Annotated[
    tuple[str, str] | None,
    typer.Option(
        help="Print a quote in your own cut: its id and the text, with [...] for what is "
        "left out; an empty text prints it whole again.",
        show_default=False,
    ),
]
LanguageOption = Annotated[
    str, typer.Option("--language", help="nl or en; the project's by default.")
]


def themes(
    layer: LayerOption = "final",
    file: Annotated[
        Path | None, typer.Option("--out", help="Write the summaries: docx, xlsx, html, md, json.")
    ] = None,
    plots: Annotated[
        Path | None, typer.Option(help="Write the charts to this folder (svg or png).")
    ] = None,
    plot_format: Annotated[str, typer.Option(help="svg or png.")] = "svg",
    quotes_per_code: Annotated[
        int, typer.Option(help="Representative quotes per code.", min=0)
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
    """Summarise the themes: reach, contrasts, quotes, matrices, saturation, typology."""
    from qualcode.project import RealNames

    ask_overwrite(file, force=force)
    for chart in sorted(plots.glob(f"*.{plot_format}"))[:1] if plots else ():
        ask_overwrite(chart, force=force)
    with open_project(project, coder) as work, work.snapshot():
        report = work.themes.report(
            layer, quotes_per_code=quotes_per_code, attribution=attribution, language=language
        )
        _tell_open(report.made)
        report = work.themes.for_print(report)
        spoken = language or work.info.language
        if file is not None:
            names = RealNames(real_names, transcript_names)
            work.themes.write(report, file, language=language, names=names)
            everything = file.suffix.casefold() in {".xlsx", ".json"}
            warn(work.disclosure.check_themes(report, attribution, cases=everything), most=5)
            say(f"Wrote {file}")
        if plots is not None:
            for path in work.themes.plot(report, plots, kind=plot_format, language=language):
                say(f"Wrote {path}")
    if json:
        print_json(report)
        return
    for theme in report.themes:
        rows = [
            (code.label.in_language(spoken) or code.code, *_reaches(code.reaches), code.codings)
            for code in theme.codes
            if code.codings
        ]
        groups = [reach.group or "all" for reach in theme.reaches]
        title = f"{theme.label.in_language(spoken)} ({theme.codings} codings)"
        print_table((title, *groups, "codings"), rows)
        out().print()


def quotes(
    theme: Annotated[str | None, typer.Option(help="One theme.")] = None,
    code: Annotated[str | None, typer.Option(help="One code, and those below it.")] = None,
    group: Annotated[str | None, typer.Option(help="One group of respondents.")] = None,
    case: Annotated[str | None, typer.Option(help="One respondent.")] = None,
    transcript: Annotated[str | None, typer.Option(help="One transcript.")] = None,
    round_: Annotated[str | None, typer.Option("--round", help="One round.")] = None,
    layer: LayerOption = "final",
    chosen: Annotated[bool, typer.Option(help="Only those chosen for publication.")] = False,
    choose: Annotated[
        list[str] | None, typer.Option(help="Choose a quote for publication, by its id.")
    ] = None,
    excerpt: ExcerptOption = None,
    unchoose: Annotated[list[str] | None, typer.Option(help="No longer choose it.")] = None,
    context: Annotated[int, typer.Option(help="Words of context on either side.")] = 0,
    attribution: AttributionOption = ATTRIBUTION,
    real_names: RealNamesOption = False,
    transcript_names: TranscriptNamesOption = False,
    file: Annotated[
        Path | None, typer.Option("--out", help="Write them: docx, xlsx, csv, md, html, json.")
    ] = None,
    language: LanguageOption = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show or write the quotes, complete and in order."""
    from qualcode.project import QuoteFilter, RealNames

    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        changed = _change(work, choose or (), unchoose or (), excerpt)
        where = QuoteFilter(theme, code, group, case, transcript, layer, round_, chosen)
        only_changed = bool(changed) and file is None
        if only_changed:
            where = QuoteFilter(layer="all")
        with work.snapshot():
            report = work.quotes.report(
                where, context=context, attribution=attribution, language=language
            )
            sections = report.sections
            if only_changed:
                sections = _only(sections, changed)
            elif any(section.quotes for section in sections):
                _tell_open(report.made)
            warn(work.disclosure.check_quotes(sections, attribution), most=5)
            if not sections and only_changed:
                say("It is not printed: it is left out. See: qualcode disclosure --measures")
            elif not sections:
                say("No quotes: nothing that fits is coded. Read codings: qualcode code TABLE.csv")
            if file is not None:
                names = RealNames(real_names, transcript_names)
                work.quotes.write(report, file, language=language, names=names)
                say(f"Wrote {file}: {sum(len(s.quotes) for s in sections)} quotes")
            spoken = language or work.info.language
    if json:
        print_json(sections)
    elif file is None:
        for section in sections:
            _print_section(section, spoken)


def _change(
    work: Project,
    choose: Sequence[str],
    unchoose: Sequence[str],
    excerpt: tuple[str, str] | None,
) -> set[str]:
    """Choose quotes, or no longer, and cut one; return the ids of all that changed."""
    changed: set[str] = set()
    with work.history.step():
        for ids, value in ((choose, True), (unchoose, False)):
            if ids:
                full = work.codings.find_ids(ids)
                work.quotes.choose(full, chosen=value)
                changed.update(full)
        if excerpt is not None:
            (own,) = work.codings.find_ids(excerpt[:1])
            work.quotes.set_excerpt(own, excerpt[1] or None)
            changed.add(own)
    return changed


def _only(sections: Iterable[QuoteSection], ids: set[str]) -> tuple[QuoteSection, ...]:
    """Return the sections with the quotes of these codings only."""
    kept = (
        replace(section, quotes=tuple(q for q in section.quotes if q.coding in ids))
        for section in sections
    )
    return tuple(section for section in kept if section.quotes)


def export(
    what: Annotated[
        str,
        typer.Argument(
            help="project (all of it), commented (a transcript in Word), codings, memos, cases, "
            "transcripts, code_by_case, ..."
        ),
    ],
    file: Annotated[
        Path, typer.Argument(help="The file to write: csv, xlsx; a project: qdpx; commented: docx.")
    ],
    layer: LayerOption = "all",
    transcript: Annotated[
        str, typer.Option(help="Of commented: the transcript; that of the file's name without it.")
    ] = "",
    real_names: Annotated[
        bool,
        typer.Option("--real-names", help="Keep the names of coders; else 'coder A', 'coder B'."),
    ] = False,
    originals: Annotated[
        bool, typer.Option(help="Of a project: put in the files that were imported.")
    ] = True,
    position_unit: Annotated[
        str, typer.Option(help="Of a project: codepoint, or utf16 for NVivo.")
    ] = "codepoint",
    tool: Annotated[
        str,
        typer.Option(
            "--for",
            help="Of codings: the program to write for: atlas.ti, maxqda, qualcoder, taguette.",
        ),
    ] = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write a table of the project, or all of it for another program."""
    from qualcode.project import ExportOptions

    ask_overwrite(file, force=force)
    with open_project(project, coder) as work, work.snapshot():
        if what == "project":
            options = ExportOptions(real_names, originals, position_unit)
            warn(work.exchange.write(file, options))
        elif what == "commented":
            name = transcript or file.stem
            work.exchange.write_commented(name, file, layer=layer, real_names=real_names)
        elif tool and what == "codings":
            work.exchange.write_tool_table(file, tool, layer, real_names=real_names)
        else:
            work.exchange.write_table(what, file, layer=layer, real_names=real_names)
            warn(work.disclosure.check_table(what, layer), most=5)
    say(f"Wrote {file}")


def _tell_open(made: Provenance | None) -> None:
    """Say how much of what two coders did is not in the consensus, because it is not settled."""
    if made and made.consensus and made.unsettled:
        first, second = made.pair
        say(
            f"note  {made.unsettled} of the differences between {first} and {second} are not "
            "settled: those passages are not in the consensus, so not in this either. "
            f"Settle them: qualcode adjudicate --coders {first},{second}"
        )


def _print_section(section: QuoteSection, language: str) -> None:
    console = out()
    reach = "; ".join(f"{r.group or 'all'} {_reach(r)}" for r in section.reaches)
    title = (
        f"{section.theme_label.in_language(language)} > {section.code_label.in_language(language)}"
    )
    console.print(f"\n{title}  [{reach}]", markup=False)
    for quote in section.quotes:
        mark = "*" if quote.chosen else " "
        console.print(
            f" {mark} {_context(quote)} - {quote.attribution or quote.transcript} "
            f"({quote.transcript}, turn {quote.turn or '-'}, {quote.coder}, {quote.coding[:8]})",
            markup=False,
        )


def _context(quote: Quote) -> str:
    before = f"… {quote.context_before} " if quote.context_before else ""
    after = f" {quote.context_after} …" if quote.context_after else ""
    return f"{before}“{quote.text}”{after}"


def _reaches(reaches: tuple[Reach, ...]) -> list[str]:
    return [_reach(reach) for reach in reaches]


def _reach(reach: Reach) -> str:
    if reach.of is None:
        return "not asked"
    return f"{reach.hidden or reach.cases} of {reach.of}"
