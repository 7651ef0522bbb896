"""Commands for suggestions: suggest, language."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qualcode.cli.counts import count_suggestions
from qualcode.cli.guidance import TRUST, WORDS, print_guidance
from qualcode.cli.language import translate, translate_sentence
from qualcode.cli.language_model import ASK, ask_model
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
    set_language_of_project,
)
from qualcode.cli.suggestion_evaluation import print_evaluation
from qualcode.messages import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcode.model import CodeTrust, Reason, Segment, Suggestion
    from qualcode.project import Project

EVALUATE = "evaluate"


def suggest(
    transcript: Annotated[
        str,
        typer.Argument(
            help="Name of a transcript; or 'evaluate', to measure suggestions against the codings "
            "of the project; 'next', for what to code next; 'missed', for codes that you may have "
            "missed in finished interviews; 'trust', for the codes to trust; 'ask', to ask the "
            "language model of the project."
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
        typer.Option(
            help='Without a project: lines of {"id", "text", "question", "group"} (.jsonl).'
        ),
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            help="The embedding model: bundled, none, or the folder of another one. A project "
            "keeps the choice."
        ),
    ] = "",
    interview: Annotated[str, typer.Option(help="With missed or ask: only this transcript.")] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Suggest codes, with reasons; a suggestion never counts as a coding."""
    if codebook is not None or segments is not None:
        _suggest_for_file(codebook, guide, segments, model, json=json)
        return
    if model:
        _choose_model(project, coder, model)
        if not transcript:
            return
    if not transcript:
        raise OptionError(Message("Name a transcript, or 'evaluate', or give --segments FILE."))
    with open_project(project) as work:
        is_name = transcript in {text.name for text in work.transcripts.collect()}
        if transcript == EVALUATE:
            print_evaluation(work.suggestions.evaluate(layer), json=json)
        elif transcript == ASK and not is_name:
            ask_model(work.acting_as(coder), interview, json=json)
        elif transcript in WORDS and not is_name:
            # Codes are judged by the codings of all, so nobody needs to say who asks.
            name = coder if transcript == TRUST else choose_coder(work, coder)
            print_guidance(work.acting_as(name), transcript, limit, interview, json=json)
        else:
            name = choose_coder(work, coder)
            _offer(work.acting_as(name), transcript, unit, limit, floor, name, ask=ask, json=json)


def _offer(
    work: Project,
    transcript: str,
    unit: str,
    limit: int,
    floor: float,
    coder: str,
    *,
    ask: bool,
    json: bool,
) -> None:
    """Print the suggestions for one transcript, or ask about each of them."""
    from qualcode.model import SegmentKind

    offers = work.suggestions.offer(transcript, unit=SegmentKind(unit), limit=limit, floor=floor)
    if ask:
        _ask_all(work, offers, transcript)
        return
    trust = work.suggestions.guidance.read_trust()
    if json:
        print_json([{"segment": segment, "suggestions": listed} for segment, listed in offers])
        return
    text = work.transcripts.get(transcript).text
    for segment, listed in offers:
        print_result(f"\n{' '.join(segment.span.of(text).split())}")
        for suggestion in listed:
            _print_suggestion(suggestion, trust)
    print_message("")
    print_message(
        Message(
            "{suggestions} for {coder}. A suggestion is not a coding.",
            suggestions=count_suggestions(sum(len(listed) for _, listed in offers)),
            coder=coder,
        )
    )


def _choose_model(project: str, coder: str, model: str) -> None:
    with open_project(project) as work:
        name = work.acting_as(coder).suggestions.meaning.choose_model(model)
    print_message(
        Message("Suggestions in this project use the model '{name}' from now on.", name=name)
        if name
        else Message("Suggestions in this project use words alone from now on.")
    )


def _suggest_for_file(
    codebook: Path | None, guide: Path | None, segments: Path | None, model: str, *, json: bool
) -> None:
    import json as json_format

    from qualcode.project import suggest_for_segments

    if codebook is None or segments is None:
        raise OptionError(Message("Without a project, give both --codebook and --segments."))
    lines, problems = suggest_for_segments(codebook, segments, guide, model or "bundled")
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


_BANDS = {
    "likely": Message("likely"),
    "possible": Message("possible"),
    "weak": Message.within("suggestion", "weak"),
}
_SUGGESTERS = {
    "terms": Message.within("suggester", "terms"),
    "entry": Message.within("suggester", "entry"),
    "question": Message.within("suggester", "question"),
    "examples": Message.within("suggester", "examples"),
    "related": Message.within("suggester", "related words"),
    "group": Message.within("suggester", "group"),
    "context": Message.within("suggester", "said next to it"),
    "language_model": Message.within("suggester", "language model"),
}


def _reason_text(reason: Reason) -> str:
    note = translate_sentence(reason.note)
    if not reason.words:
        return note
    name = translate(_SUGGESTERS.get(reason.suggester, reason.suggester))
    text = f"{name}: {', '.join(reason.words)}"
    return f"{text} ({note})" if note else text


def _trust_text(trust: CodeTrust | None, probability: float) -> str:
    """Return from where on suggestions of a code are trusted; empty where nobody judged that."""
    if trust is None:
        return ""
    if trust.threshold is None:
        return translate(Message("not to be suggested: {reason}", reason=str(trust.doubt)))
    share = f"{trust.threshold:.0%}"
    # Not from the limit itself on: the guarantee was computed for what lies above it.
    if probability > trust.threshold:
        return translate(Message("trusted from {share} on", share=share))
    return translate(Message("not trusted below {share}", share=share))


def _print_suggestion(suggestion: Suggestion, trust: Mapping[str, CodeTrust]) -> None:
    reasons = "; ".join(map(_reason_text, suggestion.reasons))
    band, share = translate(_BANDS[suggestion.band.value]), f"{suggestion.probability:.0%}"
    note = _trust_text(trust.get(suggestion.code), suggestion.probability)
    tail = f"  [{note}]" if note else ""
    print_result(f"  {band:<8} {suggestion.code}  ({share}){tail}  {reasons}")


def _ask_all(
    work: Project,
    offers: tuple[tuple[Segment, tuple[Suggestion, ...]], ...],
    transcript: str,
) -> None:
    """Ask about each suggestion on the screen; q stops."""
    if not sys.stdin.isatty():
        raise OptionError(Message("--ask needs a screen."))
    text = work.transcripts.get(transcript).text
    trust = work.suggestions.guidance.read_trust()
    for segment, suggestions in offers:
        print_result(f"\n{segment.span.of(text)}")
        for suggestion in suggestions:
            _print_suggestion(suggestion, trust)
            answer = ask_text(Message("  a (accept), x (reject), s (skip), q (quit)"), default="s")
            # Each answer is stored at once, so those before this one stay.
            if answer == "q":
                return
            if answer == "a":
                work.suggestions.accept(suggestion, transcript)
            elif answer == "x":
                work.suggestions.reject(suggestion, segment)


def language(
    name: Annotated[str, typer.Argument(help="nl, en, de or fr.")] = "nl",
    json: JsonOption = False,
) -> None:
    """Show the language tools on this machine, and the use of each tool."""
    from qualcode.project import describe_language

    set_language_of_project()
    pieces = describe_language(name)
    if json:
        print_json(pieces)
        return
    rows = [
        (
            piece.name,
            piece.version or "-",
            Message("in use") if piece.in_use else Message("not installed"),
            translate_sentence(piece.adds),
        )
        for piece in pieces
    ]
    columns = (heading("tool"), heading("version"), heading("here"), heading("use"))
    print_table(columns, rows)
