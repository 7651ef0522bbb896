"""Commands for reports: themes, quotes, export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.counts import count_codings, count_quotes
from qualcode.cli.language import translate
from qualcode.cli.output import (
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
)
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcode.model import Provenance, Quote, QuoteSection, Reach, ThemeSummary
    from qualcode.project import Project

ATTRIBUTION = "{group}, {sex}, {age_band}"
LayerOption = Annotated[
    str,
    typer.Option(
        "--layer",
        "-l",
        help="The layer of codings: final (the consensus, or the only coder), consensus, the "
        "name of a coder; for quotes also all.",
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
ExcerptOption = Annotated[
    tuple[str, str] | None,
    typer.Option(
        help="Shorten a quote: its id and the excerpt, with [...] for each omission. An empty "
        "excerpt prints the whole quote again.",
        show_default=False,
    ),
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--language", help="Language of the report: nl or en. Default: the language of the project."
    ),
]


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
    from qualcode.project import RealNames

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
        _print_open_disagreements(report.provenance)
        # Measures on disclosure hold for the screen and for JSON too, not only for files.
        report = work.themes.for_print(report)
        report_language = language or work.info.language
        if file is not None:
            names = RealNames(real_names, transcript_names)
            work.themes.write(report, file, language=language, names=names)
            # Only these formats hold the table of cases, in which a rare value shows a person.
            has_cases = file.suffix.casefold() in {".xlsx", ".json"}
            risks = work.disclosure.check_themes(report, attribution, cases=has_cases)
            print_problems(risks, limit=5)
            print_message(Message("Wrote {file}", file=str(file)))
        if plots is not None:
            for path in work.themes.plot(report, plots, kind=plot_format, language=language):
                print_message(Message("Wrote {file}", file=str(path)))
    if json:
        print_json(report)
        return
    for theme in report.themes:
        _print_theme(theme, report_language)


def _print_theme(theme: ThemeSummary, language: str) -> None:
    rows = [
        (code.label.in_language(language) or code.code, *map(_reach, code.reaches), code.codings)
        for code in theme.codes
        if code.codings
    ]
    groups = [reach.group or Message("all") for reach in theme.reaches]
    codings = translate(count_codings(theme.codings))
    title = f"{theme.label.in_language(language)} ({codings})"
    print_table((title, *groups, heading("codings")), rows)
    print_result()


def quotes(
    theme: Annotated[str | None, typer.Option(help="Only this theme.")] = None,
    code: Annotated[str | None, typer.Option(help="Only this code and the codes below it.")] = None,
    group: Annotated[str | None, typer.Option(help="Only this group of respondents.")] = None,
    case: Annotated[str | None, typer.Option(help="Only this respondent.")] = None,
    transcript: Annotated[str | None, typer.Option(help="Only this transcript.")] = None,
    round_: Annotated[str | None, typer.Option("--round", help="Only this round.")] = None,
    layer: LayerOption = "final",
    chosen: Annotated[bool, typer.Option(help="Only quotes chosen for publication.")] = False,
    choose: Annotated[
        list[str] | None, typer.Option(help="Choose the quote with this id for publication.")
    ] = None,
    excerpt: ExcerptOption = None,
    unchoose: Annotated[
        list[str] | None, typer.Option(help="Do not choose this quote any longer.")
    ] = None,
    context: Annotated[int, typer.Option(help="Number of words of context on each side.")] = 0,
    attribution: AttributionOption = ATTRIBUTION,
    real_names: RealNamesOption = False,
    transcript_names: TranscriptNamesOption = False,
    file: Annotated[
        Path | None,
        typer.Option("--out", help="Write the quotes: docx, xlsx, csv, md, html, json."),
    ] = None,
    language: LanguageOption = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show or write all quotes, in order of the codebook."""
    from qualcode.project import QuoteFilter, RealNames

    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        changed_ids = _change(work, choose or (), unchoose or (), excerpt)
        quote_filter = QuoteFilter(theme, code, group, case, transcript, layer, round_, chosen)
        # After a choice or an excerpt, a person wants to see that quote and not all of them.
        shows_changed = bool(changed_ids) and file is None
        if shows_changed:
            quote_filter = QuoteFilter(layer="all")
        with work.snapshot():
            report = work.quotes.report(
                quote_filter, context=context, attribution=attribution, language=language
            )
            sections = report.sections
            if shows_changed:
                sections = _keep_quotes(sections, changed_ids)
            elif any(section.quotes for section in sections):
                _print_open_disagreements(report.provenance)
            print_problems(work.disclosure.check_quotes(sections, attribution), limit=5)
            if not sections:
                print_message(_explain_no_quotes(is_left_out=shows_changed))
            if file is not None:
                names = RealNames(real_names, transcript_names)
                work.quotes.write(report, file, language=language, names=names)
                written = count_quotes(sum(len(section.quotes) for section in sections))
                print_message(Message("Wrote {file}: {quotes}", file=str(file), quotes=written))
            report_language = language or work.info.language
    if json:
        print_json(sections)
    elif file is None:
        for section in sections:
            _print_section(section, report_language)


def _explain_no_quotes(*, is_left_out: bool) -> Message:
    if is_left_out:
        return Message(
            "A measure leaves this quote out of print. See: qualcode disclosure --measures"
        )
    return Message(
        "No quotes: there are no codings that fit. To read codings: qualcode code TABLE.csv"
    )


def _change(
    work: Project,
    choose: Sequence[str],
    unchoose: Sequence[str],
    excerpt: tuple[str, str] | None,
) -> set[str]:
    """Change the choice of quotes and one excerpt; return the ids of the changed quotes."""
    changed_ids: set[str] = set()
    with work.history.step():
        # Ids may be given by their beginning, as the list of quotes prints them.
        for beginnings, is_chosen in ((choose, True), (unchoose, False)):
            if beginnings:
                ids = work.codings.find_ids(beginnings)
                work.quotes.choose(ids, chosen=is_chosen)
                changed_ids.update(ids)
        if excerpt is not None:
            (quote_id,) = work.codings.find_ids(excerpt[:1])
            work.quotes.set_excerpt(quote_id, excerpt[1] or None)
            changed_ids.add(quote_id)
    return changed_ids


def _keep_quotes(sections: Iterable[QuoteSection], ids: set[str]) -> tuple[QuoteSection, ...]:
    """Return the sections with only the quotes of these codings."""
    shorter = (
        replace(section, quotes=tuple(q for q in section.quotes if q.coding in ids))
        for section in sections
    )
    return tuple(section for section in shorter if section.quotes)


def export(
    what: Annotated[
        str,
        typer.Argument(
            help="What to write: project (the whole project), commented (a transcript in Word), "
            "codings, memos, cases, transcripts, code_by_case, ..."
        ),
    ],
    file: Annotated[
        Path, typer.Argument(help="The file to write: csv, xlsx; a project: qdpx; commented: docx.")
    ],
    layer: LayerOption = "all",
    transcript: Annotated[
        str, typer.Option(help="For commented: the transcript. Default: the name of the file.")
    ] = "",
    real_names: Annotated[
        bool,
        typer.Option(
            "--real-names", help="Write the names of coders instead of 'coder A', 'coder B'."
        ),
    ] = False,
    originals: Annotated[
        bool, typer.Option(help="For a project: include the imported files.")
    ] = True,
    position_unit: Annotated[
        str, typer.Option(help="For a project: how positions count: codepoint, or utf16 for NVivo.")
    ] = "codepoint",
    tool: Annotated[
        str,
        typer.Option(
            "--for",
            help="For codings: the program to write for: atlas.ti, maxqda, qualcoder, taguette.",
        ),
    ] = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write a table of the project, or the whole project for another program."""
    from qualcode.project import ExportOptions

    ask_overwrite(file, force=force)
    with open_project(project, coder) as work, work.snapshot():
        if what == "project":
            options = ExportOptions(real_names, originals, position_unit)
            print_problems(work.exchange.write(file, options))
        elif what == "commented":
            name = transcript or file.stem
            work.exchange.write_commented(name, file, layer=layer, real_names=real_names)
        elif tool and what == "codings":
            work.exchange.write_tool_table(file, tool, layer, real_names=real_names)
        else:
            work.exchange.write_table(what, file, layer=layer, real_names=real_names)
            print_problems(work.disclosure.check_table(what, layer), limit=5)
    print_message(Message("Wrote {file}", file=str(file)))


def _print_open_disagreements(provenance: Provenance | None) -> None:
    """Print how many disagreements of two coders are not resolved, and so not in the report."""
    if provenance and provenance.consensus and provenance.unsettled:
        first, second = provenance.pair
        label = translate(Message.within("label", "note"))
        sentence = Message.counted(
            "{count} disagreement between {first} and {second} is not resolved. The consensus "
            "lacks its passage, so these results lack it too. To resolve it: "
            "qualcode adjudicate --coders {first},{second}",
            "{count} disagreements between {first} and {second} are not resolved. The consensus "
            "lacks their passages, so these results lack them too. To resolve them: "
            "qualcode adjudicate --coders {first},{second}",
            provenance.unsettled,
            first=first,
            second=second,
        )
        print_message(f"{label}  {translate(sentence)}")


def _print_section(section: QuoteSection, language: str) -> None:
    reach = "; ".join(
        f"{reach.group or translate(Message('all'))} {translate(_reach(reach))}"
        for reach in section.reaches
    )
    title = (
        f"{section.theme_label.in_language(language)} > {section.code_label.in_language(language)}"
    )
    print_result(f"\n{title}  [{reach}]")
    for quote in section.quotes:
        mark = "*" if quote.chosen else " "
        place = Message(
            "({transcript}, turn {turn}, {coder}, {coding})",
            transcript=quote.transcript,
            turn=quote.turn or "-",
            coder=quote.coder,
            coding=quote.coding[:8],
        )
        # A transcript without a case has no attributes, and a quote needs a source all the same.
        attribution = quote.attribution or quote.transcript
        print_result(f" {mark} {_in_context(quote)} - {attribution} {translate(place)}")


def _in_context(quote: Quote) -> str:
    before = f"… {quote.context_before} " if quote.context_before else ""
    after = f" {quote.context_after} …" if quote.context_after else ""
    return f"{before}“{quote.text}”{after}"


def _reach(reach: Reach) -> Message:
    # A group that was not asked about a code has no share: zero would say that nobody raised it.
    if reach.of is None:
        return Message("not asked")
    return Message("{cases} of {asked}", cases=reach.hidden or reach.cases, asked=reach.of)
