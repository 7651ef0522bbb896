"""Commands for what the program proposes: suggest, find, language."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qualcode.cli.output import out, print_json, print_table, say, warn
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    one_coder,
    open_project,
)

if TYPE_CHECKING:
    from qualcode.model import Coefficient, Segment, Suggestion, SuggestionReport
    from qualcode.project import Project

EVALUATE = "evaluate"


def suggest(
    transcript: Annotated[
        str,
        typer.Argument(
            help="Name of a transcript; or 'evaluate', to measure the suggestions against the "
            "project's own codings."
        ),
    ] = "",
    unit: Annotated[
        Literal["sentence", "turn", "paragraph"], typer.Option(help="Pieces to suggest for.")
    ] = "sentence",
    limit: Annotated[int, typer.Option(help="Suggestions for each piece, at most.")] = 3,
    floor: Annotated[float, typer.Option(help="Least probability, 0 to 1.")] = 0.2,
    ask: Annotated[bool, typer.Option("--ask", help="Accept or reject one by one.")] = False,
    layer: Annotated[
        str, typer.Option("--layer", "-l", help="With evaluate: whose codings count.")
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
    """Suggest codes with their reasons; they never count as codings."""
    if codebook is not None or segments is not None:
        _suggest_for_file(codebook, guide, segments, json=json)
        return
    if not transcript:
        raise typer.BadParameter("Name a transcript, or 'evaluate', or give --segments FILE.")
    with open_project(project) as work:
        if transcript == EVALUATE:
            _print_report(work.suggestions.evaluate(layer), json=json)
            return
        from qualcode.model import SegmentKind

        name = one_coder(work, coder)
        coder_work = work.acting_as(name)
        found = coder_work.suggestions.offer(
            transcript, unit=SegmentKind(unit), limit=limit, floor=floor
        )
        if ask:
            _ask(coder_work, found, transcript)
            return
        text = work.transcripts.get(transcript).text
    if json:
        print_json([{"segment": s, "suggestions": offers} for s, offers in found])
        return
    console = out()
    for segment, offers in found:
        console.print(f"\n{' '.join(segment.span.of(text).split())}", markup=False)
        for offer in offers:
            _print_offer(offer)
    say(f"\n{sum(len(o) for _, o in found)} suggestions for {name}; none of them is a coding.")


def _suggest_for_file(
    codebook: Path | None, guide: Path | None, segments: Path | None, *, json: bool
) -> None:
    import json as json_format

    from qualcode.project import suggest_for_segments

    if codebook is None or segments is None:
        raise typer.BadParameter("Without a project, give both --codebook and --segments.")
    lines, problems = suggest_for_segments(codebook, segments, guide)
    warn(problems)
    for line in lines:
        if json:
            sys.stdout.write(json_format.dumps(line, ensure_ascii=False) + "\n")
        else:
            first = line["suggestions"][:3]
            told = "; ".join(f"{s['code']} {s['probability']:.0%}" for s in first)
            out().print(f"{line['id']}: {told}", markup=False)


def _print_offer(offer: Suggestion) -> None:
    because = "; ".join(offer.because)
    told = f"  {offer.band.value:<8} {offer.code}  ({offer.probability:.0%})  {because}"
    out().print(told, markup=False)


def _ask(
    work: Project,
    found: tuple[tuple[Segment, tuple[Suggestion, ...]], ...],
    transcript: str,
) -> None:
    if not sys.stdin.isatty():
        raise typer.BadParameter("--ask needs a screen.")
    text = work.transcripts.get(transcript).text
    for segment, offers in found:
        out().print(f"\n{segment.span.of(text)}", markup=False)
        for offer in offers:
            _print_offer(offer)
            answer = typer.prompt("  a accept, x reject, s skip, q stop", default="s")
            if answer == "q":
                return
            if answer == "a":
                work.suggestions.accept(offer, transcript)
            elif answer == "x":
                work.suggestions.reject(offer, segment)


def _print_report(report: SuggestionReport, *, json: bool) -> None:
    if json:
        print_json(report)
        return
    out().print(
        f"{report.passages} coded passages of {report.transcripts} interviews; each interview was "
        "judged by what was learned from the others.\n",
        markup=False,
    )
    print_table(
        ("suggester", "first", "within 3", "within 5", "theme"),
        [
            (s.suggester, *(_figure(f) for f in (s.first, s.three, s.five, s.theme)))
            for s in report.suggesters
        ],
    )
    out().print(f"\nCalibration error (ECE): {_figure(report.calibration)}", markup=False)
    told = ", ".join(f"{name} {weight:.2f}" for name, weight in report.weights)
    out().print(f"Weights, as suggestions for these codings use them: {told}\n", markup=False)
    rows = [
        (c.code, c.codings, _figure(c.precision), _figure(c.recall), _figure(c.f1))
        for c in report.codes
    ]
    print_table(("code", "codings", "precision", "recall", "F1"), rows)
    reasons = dict.fromkeys(
        f.undefined_because for c in report.codes for f in (c.f1,) if f.undefined_because
    )
    if reasons:
        out().print("\nundefined: " + "; ".join(map(str, reasons)), markup=False)
    rows_of_advice = [
        (
            a.code,
            ", ".join(t.term for t in a.misfires[:5]),
            len(a.missed),
            ", ".join(a.words[:6]),
        )
        for a in report.advice
    ]
    out().print()
    columns = ("code", "terms that misfire", "passages nobody found", "words that would find them")
    print_table(columns, rows_of_advice)


def _figure(figure: Coefficient) -> str:
    if figure.value is None:
        return "undefined"
    if figure.interval is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} [{figure.interval[0]:.2f}, {figure.interval[1]:.2f}]"


def find(
    words: Annotated[str, typer.Argument(help="Words, found in any form.")] = "",
    pattern: Annotated[str, typer.Option(help="A regular expression.")] = "",
    code: Annotated[
        list[str] | None,
        typer.Option(help="Only where this code was given; repeated: where all of them were."),
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option(help="Only cases with this attribute: group=users.")
    ] = None,
    everyone: Annotated[
        bool, typer.Option("--everyone", help="Also in what interviewers said.")
    ] = False,
    give: Annotated[
        str, typer.Option("--give", help="Give every hit this code, as one step to undo.")
    ] = "",
    new_codes: Annotated[
        bool,
        typer.Option("--new-codes", help="List words said often that the codebook lacks."),
    ] = False,
    layer: Annotated[
        str, typer.Option("--layer", "-l", help="With --new-codes: whose codings.")
    ] = "final",
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Search what was said, by word in any form, by pattern, by code, by who said it."""
    attributes = dict(_attribute(item) for item in where or [])
    with open_project(project) as work:
        if new_codes:
            candidates = work.suggestions.propose_codes(layer)
            if json:
                print_json(candidates)
            else:
                rows = [(c.theme, " ".join(c.lemmas), c.count, c.transcripts) for c in candidates]
                print_table(("theme", "words", "times", "interviews"), rows)
            return
        hits = work.suggestions.find(
            lemma=words, pattern=pattern, code=code or (), where=attributes, everyone=everyone
        )
        if give:
            made = work.acting_as(one_coder(work, coder)).suggestions.code_hits(hits, give)
            say(f"{len(made)} codings with {give}; 'qualcode undo' takes them back.")
            warn(work.rounds.find_late(made))
    if json:
        print_json(hits)
        return
    console = out()
    for hit in hits:
        line = f"{hit.transcript}:{hit.turn:<4} {hit.before:>50}[{hit.text}]{hit.after}"
        console.print(" ".join(line.split("\n")), markup=False)
    say(f"{len(hits)} hits")


def _attribute(item: str) -> tuple[str, str]:
    key, sign, value = item.partition("=")
    if not sign or not key:
        raise typer.BadParameter(f"'{item}' is not an attribute with its value, as group=users.")
    return key, value


def language(
    name: Annotated[str, typer.Argument(help="nl, en, de or fr.")] = "nl",
    json: JsonOption = False,
) -> None:
    """Show what the language work rests on here, and what each piece adds."""
    from qualcode.project import describe_language

    pieces = describe_language(name)
    if json:
        print_json(pieces)
        return
    rows = [
        (p.name, p.version or "-", "in use" if p.in_use else "not installed", p.adds)
        for p in pieces
    ]
    print_table(("piece", "version", "here", "what it adds"), rows)
