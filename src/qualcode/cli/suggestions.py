"""Commands for suggestions and search: suggest, find, language."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qualcode.cli.agreement_tables import figure_text
from qualcode.cli.counts import count_codings, count_suggestions
from qualcode.cli.language import format_decimal, list_once, translate
from qualcode.cli.output import (
    OptionError,
    ask_text,
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
)
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    choose_coder,
    open_project,
)
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import Segment, Suggestion, SuggestionReport
    from qualcode.project import Project

EVALUATE = "evaluate"


def suggest(
    transcript: Annotated[
        str,
        typer.Argument(
            help="Name of a transcript; or 'evaluate', to measure suggestions against the codings "
            "of the project."
        ),
    ] = "",
    unit: Annotated[
        Literal["sentence", "turn", "paragraph"],
        typer.Option(help="The unit that gets suggestions."),
    ] = "sentence",
    limit: Annotated[int, typer.Option(help="Largest number of suggestions for each unit.")] = 3,
    floor: Annotated[float, typer.Option(help="Smallest probability, 0 to 1.")] = 0.2,
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask about each suggestion: accept or reject.")
    ] = False,
    layer: Annotated[
        str, typer.Option("--layer", "-l", help="With evaluate: the layer of codings.")
    ] = "final",
    codebook: Annotated[
        Path | None, typer.Option(help="Without a project: a codebook (.yaml).")
    ] = None,
    guide: Annotated[
        Path | None, typer.Option(help="Without a project: a topic guide (.yaml).")
    ] = None,
    segments: Annotated[
        Path | None,
        typer.Option(help='Without a project: lines of {"id", "text", "question"} (.jsonl).'),
    ] = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Suggest codes, with reasons; a suggestion never counts as a coding."""
    if codebook is not None or segments is not None:
        _suggest_for_file(codebook, guide, segments, json=json)
        return
    if not transcript:
        raise OptionError(Message("Name a transcript, or 'evaluate', or give --segments FILE."))
    with open_project(project) as work:
        if transcript == EVALUATE:
            _print_report(work.suggestions.evaluate(layer), json=json)
            return
        from qualcode.model import SegmentKind

        name = choose_coder(work, coder)
        coder_work = work.acting_as(name)
        offers = coder_work.suggestions.offer(
            transcript, unit=SegmentKind(unit), limit=limit, floor=floor
        )
        if ask:
            _ask_all(coder_work, offers, transcript)
            return
        text = work.transcripts.get(transcript).text
    if json:
        print_json([{"segment": segment, "suggestions": listed} for segment, listed in offers])
        return
    for segment, listed in offers:
        print_result(f"\n{' '.join(segment.span.of(text).split())}")
        for suggestion in listed:
            _print_suggestion(suggestion)
    print_message("")
    print_message(
        Message(
            "{suggestions} for {coder}. A suggestion is not a coding.",
            suggestions=count_suggestions(sum(len(listed) for _, listed in offers)),
            coder=name,
        )
    )


def _suggest_for_file(
    codebook: Path | None, guide: Path | None, segments: Path | None, *, json: bool
) -> None:
    import json as json_format

    from qualcode.project import suggest_for_segments

    if codebook is None or segments is None:
        raise OptionError(Message("Without a project, give both --codebook and --segments."))
    lines, problems = suggest_for_segments(codebook, segments, guide)
    print_problems(problems)
    for line in lines:
        if json:
            # One object on a line, as in the file of segments, so that the result fits another
            # program.
            sys.stdout.write(json_format.dumps(line, ensure_ascii=False) + "\n")
        else:
            first = line["suggestions"][:3]
            codes = "; ".join(f"{s['code']} {s['probability']:.0%}" for s in first)
            print_result(f"{line['id']}: {codes}")


def _print_suggestion(suggestion: Suggestion) -> None:
    reasons = "; ".join(map(translate, suggestion.because))
    band, share = suggestion.band.value, f"{suggestion.probability:.0%}"
    print_result(f"  {band:<8} {suggestion.code}  ({share})  {reasons}")


def _ask_all(
    work: Project,
    offers: tuple[tuple[Segment, tuple[Suggestion, ...]], ...],
    transcript: str,
) -> None:
    """Ask about each suggestion on the screen; q stops."""
    if not sys.stdin.isatty():
        raise OptionError(Message("--ask needs a screen."))
    text = work.transcripts.get(transcript).text
    for segment, suggestions in offers:
        print_result(f"\n{segment.span.of(text)}")
        for suggestion in suggestions:
            _print_suggestion(suggestion)
            answer = ask_text(Message("  a (accept), x (reject), s (skip), q (quit)"), default="s")
            # Each answer is stored at once, so those before this one stay.
            if answer == "q":
                return
            if answer == "a":
                work.suggestions.accept(suggestion, transcript)
            elif answer == "x":
                work.suggestions.reject(suggestion, segment)


def _print_report(report: SuggestionReport, *, json: bool) -> None:
    if json:
        print_json(report)
        return
    print_result(
        Message(
            "{passages} coded passages of {interviews} interviews. The suggestions for each "
            "interview are learned from the other interviews.",
            passages=report.passages,
            interviews=report.transcripts,
        )
    )
    print_result()
    _print_suggesters(report)
    _print_codes(report)
    _print_advice(report)


def _print_suggesters(report: SuggestionReport) -> None:
    columns = (
        heading("suggester"),
        heading("first"),
        heading("within 3"),
        heading("within 5"),
        heading("theme"),
    )
    rows = [
        (s.suggester, *map(figure_text, (s.first, s.three, s.five, s.theme)))
        for s in report.suggesters
    ]
    print_table(columns, rows)
    print_result()
    error = figure_text(report.calibration)
    print_result(Message("Calibration error (ECE): {error}", error=error))
    weights = ", ".join(f"{name} {format_decimal(weight)}" for name, weight in report.weights)
    print_result(
        Message("Weights of the suggesters, learned from these codings: {weights}", weights=weights)
    )
    print_result()


def _print_codes(report: SuggestionReport) -> None:
    columns = (
        heading("code"),
        heading("codings"),
        heading("precision"),
        heading("recall"),
        heading("F1"),
    )
    rows = [
        (row.code, row.codings, *map(figure_text, (row.precision, row.recall, row.f1)))
        for row in report.codes
    ]
    print_table(columns, rows)
    reasons = [row.f1.undefined_because for row in report.codes if row.f1.undefined_because]
    if reasons:
        print_result()
        print_result(Message("undefined: {reason}", reason=list_once(reasons)))


def _print_advice(report: SuggestionReport) -> None:
    columns = (
        heading("code"),
        heading("terms in other passages"),
        heading("passages without a suggestion"),
        heading("words in those passages"),
    )
    rows = [
        (
            advice.code,
            ", ".join(misfire.term for misfire in advice.misfires[:5]),
            len(advice.missed),
            ", ".join(advice.words[:6]),
        )
        for advice in report.advice
    ]
    print_result()
    print_table(columns, rows)


def find(
    words: Annotated[str, typer.Argument(help="Words, in any form.")] = "",
    pattern: Annotated[str, typer.Option(help="A regular expression.")] = "",
    code: Annotated[
        list[str] | None,
        typer.Option(help="Only in passages with this code; repeat it for several codes."),
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option(help="Only cases with this attribute: group=users.")
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--everyone", help="Search the turns of interviewers too.")
    ] = False,
    give: Annotated[
        str, typer.Option("--give", help="Assign this code to every hit, in one step.")
    ] = "",
    new_codes: Annotated[
        bool,
        typer.Option("--new-codes", help="List frequent words that the codebook lacks."),
    ] = False,
    layer: Annotated[
        str, typer.Option("--layer", "-l", help="With --new-codes: the layer of codings.")
    ] = "final",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Search the interviews by word in any form, by pattern, by code, by attribute of the case."""
    attributes = dict(_read_attribute(text) for text in where or [])
    with open_project(project) as work:
        if new_codes:
            candidates = work.suggestions.propose_codes(layer)
            if json:
                print_json(candidates)
            else:
                rows = [(c.theme, " ".join(c.lemmas), c.count, c.transcripts) for c in candidates]
                columns = (heading("theme"), heading("words"), heading("times"))
                print_table((*columns, heading("interviews")), rows)
            return
        hits = work.suggestions.find(
            lemma=words, pattern=pattern, code=code or (), where=attributes, everyone=everyone
        )
        if give:
            coder_work = work.acting_as(choose_coder(work, coder))
            codings = coder_work.suggestions.code_hits(hits, give)
            print_message(
                Message(
                    "{codings} with {code}. To undo this: qualcode undo",
                    codings=count_codings(len(codings)),
                    code=give,
                )
            )
            # Codings made after handing in are not part of the round, which the coder may not
            # expect.
            print_problems(work.rounds.find_late(codings))
    if json:
        print_json(hits)
        return
    for hit in hits:
        # The context before a hit has at most 50 characters. Padding it puts all hits in one
        # column, as in a concordance.
        line = f"{hit.transcript}:{hit.turn:<4} {hit.before:>50}[{hit.text}]{hit.after}"
        print_result(" ".join(line.split("\n")))
    print_message(Message.counted("{count} hit", "{count} hits", len(hits)))


def _read_attribute(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise OptionError(
            Message("'{text}' is not an attribute with a value, such as group=users.", text=text)
        )
    return key, value


def language(
    name: Annotated[str, typer.Argument(help="nl, en, de or fr.")] = "nl",
    json: JsonOption = False,
) -> None:
    """Show the language tools on this machine, and the use of each tool."""
    from qualcode.project import describe_language

    pieces = describe_language(name)
    if json:
        print_json(pieces)
        return
    rows = [
        (
            piece.name,
            piece.version or "-",
            Message("in use") if piece.in_use else Message("not installed"),
            piece.adds,
        )
        for piece in pieces
    ]
    columns = (heading("tool"), heading("version"), heading("here"), heading("use"))
    print_table(columns, rows)
