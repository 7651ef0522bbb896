"""The command ``quotes``: it shows, chooses and writes quotes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.counts import count_quotes
from qualcode.cli.language import group_name, translate
from qualcode.cli.output import print_json, print_message, print_problems, print_result
from qualcode.cli.report_notes import describe_reach, print_open_disagreements
from qualcode.cli.report_options import (
    ATTRIBUTION,
    AttributionOption,
    LanguageOption,
    LayerOption,
    RealNamesOption,
    TranscriptNamesOption,
)
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    open_project,
    step_of_changes,
)
from qualcode.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcode.model import Quote, QuoteSection
    from qualcode.project import Project


ExcerptOption = Annotated[
    tuple[str, str] | None,
    typer.Option(
        help="Shorten a quote: its id and the excerpt, with [...] for each omission. An empty "
        "excerpt prints the whole quote again.",
        show_default=False,
    ),
]


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
    balance: Annotated[
        bool,
        typer.Option(
            "--balance",
            help="Of the chosen quotes: who is quoted too often, who never, and what to swap.",
        ),
    ] = False,
    swap: Annotated[
        tuple[str, str] | None,
        typer.Option(
            help="Choose the second quote in the place of the first: their ids.",
            show_default=False,
        ),
    ] = None,
    journal: Annotated[
        Path | None,
        typer.Option(help="Write the chosen quotes as a journal prints them: docx, html, md."),
    ] = None,
    appendix: Annotated[
        Path | None,
        typer.Option(
            help="Write the chosen quotes as a table of theme, subtheme, quote and participant: "
            "docx, xlsx, csv, html, md."
        ),
    ] = None,
    language: LanguageOption = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show or write all quotes, in order of the codebook."""
    from qualcode.cli.quote_balance import QuotePaper, print_paper, refuse_other_options, with_paths
    from qualcode.project import QuoteFilter, RealNames, left_out_of

    ask_overwrite(file, force=force)
    where = QuoteFilter(theme, code, group, case, transcript, layer, round_, chosen)
    paper = QuotePaper(journal, appendix, where, attribution, language, swap, balance)
    if paper.is_wanted:
        refuse_other_options(choose, unchoose, excerpt, file, context)
        print_paper(paper, project, coder, force=force, json=json)
        return
    with open_project(project, coder) as work:
        changed_ids = _change(work, choose or (), unchoose or (), excerpt)
        quote_filter = with_paths(work, where)
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
                print_problems(left_out_of(report.provenance))
                print_open_disagreements(report.provenance)
            print_problems(work.disclosure.check_quotes(sections, attribution, layer))
            if not sections:
                print_message(_explain_no_quotes(is_left_out=shows_changed))
            if file is not None:
                names = RealNames(real_names, transcript_names)
                work.quotes.write(report, file, language=language, names=names)
                written = count_quotes(sum(len(section.quotes) for section in sections))
                print_message(Message("Wrote {file}: {quotes}", file=str(file), quotes=written))
            report_language = language or work.info.report_language
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
    with step_of_changes(work, choose, unchoose, excerpt):
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


def _print_section(section: QuoteSection, language: str) -> None:
    reach = "; ".join(
        f"{group_name(reach.group)} {translate(describe_reach(reach))}" for reach in section.reaches
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
        attribution = quote.attribution or quote.case or quote.transcript
        print_result(f" {mark} {_in_context(quote)} - {attribution} {translate(place)}")


def _in_context(quote: Quote) -> str:
    before = f"… {quote.context_before} " if quote.context_before else ""
    after = f" {quote.context_after} …" if quote.context_after else ""
    # A dialogue has a line for each speaker.
    if quote.lines:
        return "".join(f"{line}\n     " for line in quote.text.splitlines())
    return f"{before}“{quote.text}”{after}"
