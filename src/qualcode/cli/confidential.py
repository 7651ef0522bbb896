"""Commands that keep people unknown: pseudonymize, disclosure, restore."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.opening import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.cli.printing import out, print_json, print_table, say, warn
from qualcode.errors import InvalidValueError, UndefinedRequestError, unknown_name

if TYPE_CHECKING:
    from qualcode.project import Measure, NameEntry, NameScan, Project, Proposal, Risk

PASSPHRASE = "QUALCODE_PASSPHRASE"  # noqa: S105 - the name of a variable
KeyOption = Annotated[
    Path,
    typer.Option(
        "--key",
        "-k",
        help="The key of names: an encrypted file, in another folder than the project.",
        show_default=False,
    ),
]
OptionalKey = Annotated[
    Path | None, typer.Option("--key", "-k", help="The key of names: what was decided before.")
]

app = typer.Typer(
    help="Replace names by roles in brackets, reviewed one by one.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def scan(
    transcripts: Annotated[
        list[str] | None, typer.Argument(help="Transcripts; the whole project by default.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--out", help="Write the proposals to review: csv or xlsx.")
    ] = None,
    names: Annotated[
        Path | None, typer.Option(help="A text file of names you know are in it, one a line.")
    ] = None,
    key: OptionalKey = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Propose names, places, employers, addresses, numbers, dates and ages to replace."""
    with open_project(project, coder) as work:
        decided = work.open_key(key, ask_passphrase()) if key else None
        listed = work.read_known_names(names) if names else ()
        found = work.scan_names(transcripts or (), key=decided, names=listed)
        if file is not None:
            work.write_proposals(found.proposals, file)
            say(f"Wrote {file}. It holds names: delete it when you have read it in again.")
    if json:
        print_json(found)
        return
    warn(found.problems)
    if file is None:
        rows = [
            (p.text, p.kind.value, p.replacement, len(p.mentions), _context(p))
            for p in found.proposals
        ]
        print_table(("name", "kind", "replacement", "times", "context"), rows)
    _tell_limits(found)


_LOOKED_AT = {
    "transcript": "transcripts",
    "memo": "memos",
    "note": "notes on codings",
    "attribute": "attributes of cases",
    "reason": "reasons of decisions",
    "codebook": "texts of the codebook",
    "question": "questions of guides",
    "excerpt": "excerpts of quotes",
    "acceptance": "reasons why a risk was accepted",
    "name": "names of transcripts, cases, rounds and the project",
    "file": "names of files",
    "speaker": "labels of speakers",
}


def _context(proposal: Proposal) -> str:
    return proposal.mentions[0].context if proposal.mentions else ""


def _tell_limits(found: NameScan) -> None:
    from qualcode.project import CANNOT_SEE, NOT_LOOKED_AT

    looked = ", ".join(f"{count} {_LOOKED_AT[what]}" for what, count in found.looked_at)
    say(f"\n{len(found.proposals)} proposals; {found.decided} names were decided on before.")
    say(f"Looked at: {looked}.")
    everything = any(what != "transcript" for what, _ in found.looked_at)
    left = NOT_LOOKED_AT if everything else ("everything but the transcripts that were named",)
    say(f"Not looked at: {'; '.join(left)}.")
    say(f"Language model: {found.model or 'none installed; rules and lists only'}.")
    say("It cannot see:")
    for line in CANNOT_SEE:
        say(f"  - {line}")
    say("So read the texts yourself too: no program finds every name.")


@app.command()
def review(
    key: KeyOption,
    table: Annotated[
        Path | None, typer.Option(help="The table of scan --out, with its decisions filled in.")
    ] = None,
    names: Annotated[
        Path | None, typer.Option(help="A text file of names you know are in it, one a line.")
    ] = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Accept, change or ignore each proposal; decisions go into the encrypted key."""
    with open_project(project, coder) as work:
        secret = ask_passphrase(new=not key.exists())
        decided = work.open_key(key, secret)
        if table is not None:
            entries = work.read_reviewed(table)
        else:
            listed = work.read_known_names(names) if names else ()
            entries = _ask_all(work.scan_names(key=decided, names=listed).proposals)
        work.keep_key(decided.with_entries(entries), key, secret)
    ignored = sum(entry.is_ignored for entry in entries)
    say(f"{len(entries) - ignored} names to replace, {ignored} to leave: kept in {key}.")
    if table is not None:
        say(f"Delete {table}: it holds names that anyone can read.")


def _ask_all(proposals: tuple[Proposal, ...]) -> tuple[NameEntry, ...]:
    from qualcode.project import entry_for

    if proposals and not sys.stdin.isatty():
        raise UndefinedRequestError(
            "Nobody is here to answer. Review a table instead: "
            "qualcode pseudonymize scan --out names.csv, then review --table names.csv"
        )
    entries = []
    for number, one in enumerate(proposals, 1):
        out().print(f"\n{number}/{len(proposals)}  {one.text}  ({one.kind.value})", markup=False)
        for mention in one.mentions[:3]:
            out().print(f"    {mention.where}: ... {mention.context} ...", markup=False)
        question = f"Replace by {one.replacement}? a(ccept) c(hange) i(gnore) s(kip) q(uit)"
        answer = typer.prompt(question, default="a").strip().casefold()[:1]
        if answer == "q":
            break
        if answer in {"a", "c"}:
            words = typer.prompt("Role", default=one.replacement) if answer == "c" else ""
            entries.append(entry_for(one.text, one.kind, words or one.replacement))
        elif answer == "i":
            entries.append(entry_for(one.text, one.kind, ""))
    return tuple(entries)


@app.command()
def apply(
    key: KeyOption,
    keep_originals: Annotated[
        bool, typer.Option("--keep-originals", help="Keep the imported files, with their names.")
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Also where proposals are not decided on yet.")
    ] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Replace the accepted names everywhere in the project, for good: undo stops here."""
    with open_project(project, coder) as work:
        decided = work.open_key(key, ask_passphrase())
        done = work.apply_names(decided, keep_originals=keep_originals, partial=partial, who=coder)
        older = work.older_files()
    if json:
        print_json(done)
    say(
        f"Replaced {done.replaced} places in {len(done.transcripts)} transcripts; "
        f"{done.codings} codings cover a replaced name, and every span was kept."
    )
    for number in done.merged:
        say(f"Coding {number[:8]} was withdrawn: it now equals another of the same coder.")
    for path in older:
        say(f"{path.name} may still hold the names: delete it, or keep it under a passphrase.")
    say("This cannot be undone. Names that nobody found are still there: read the texts.")


def disclosure(
    layer: Annotated[str, typer.Option("--layer", "-l", help="Whose codings.")] = "final",
    chosen: Annotated[bool, typer.Option(help="Only quotes chosen for publication.")] = False,
    attribution: Annotated[
        str, typer.Option(help="The line below a quote, with case attributes in braces.")
    ] = "{group}, {sex}, {age_band}",
    threshold: Annotated[
        int | None, typer.Option(help="Fewest cases that share what is printed; 3 by default.")
    ] = None,
    confirm: Annotated[
        list[str] | None, typer.Option(help="Accept a risk, by its id; with --reason.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why it is accepted; kept with it.")] = "",
    leave_out: Annotated[
        list[str] | None, typer.Option("--leave-out", help="Quote this coding no more, by its id.")
    ] = None,
    suppress: Annotated[
        list[str] | None,
        typer.Option(
            help="Do not print an attribute of a case (G4:region), or of anybody (region)."
        ),
    ] = None,
    widen: Annotated[
        list[str] | None,
        typer.Option(
            help="Print a wider value, or join values: age_band:20-29,30-39=20-39.",
        ),
    ] = None,
    hide_cells: Annotated[
        bool,
        typer.Option("--hide-cells", help="Print small counts as <3, with what betrays them."),
    ] = False,
    take_back: Annotated[
        list[str] | None, typer.Option("--take-back", help="Take a measure back, by its id.")
    ] = None,
    measures: Annotated[
        bool, typer.Option("--measures", help="Show only what was decided, with its ids.")
    ] = False,
    tables: Annotated[
        list[str] | None,
        typer.Option("--table", help="Look at this matrix too: code_by_age_band."),
    ] = None,
    key: OptionalKey = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show who could be recognised in quotes and tables, and decide what to do about it."""
    from qualcode.project import QuoteFilter

    with open_project(project, coder) as work, work.step(coder):
        for one in take_back or ():
            back = work.take_back(one, coder)
            say(f"Taken back: {back.kind} {back.what}")
        if threshold is not None:
            work.set_threshold(threshold, coder)
        if leave_out:
            work.leave_out(leave_out, coder)
        for pair in suppress or ():
            work.suppress(*(_split(pair, ":") if ":" in pair else ("", pair)), coder)
        for change in widen or ():
            old, wider = _split(change, "=")
            work.widen(*_split(old, ":"), wider, coder)
        if hide_cells:
            work.hide_counts(coder)
        decided = work.open_key(key, ask_passphrase()) if key else None
        check = partial(
            work.check_disclosure,
            QuoteFilter(layer=layer, chosen_only=chosen),
            attribution=attribution,
            tables=dict.fromkeys(("code_by_group", *(tables or ()))),
            key=decided,
        )
        risks = () if measures else check()
        if confirm:
            _confirm(work, check(), confirm, reason, coder)
            risks = check()
        kept = work.measures().listed()
    if json:
        print_json(kept if measures else risks)
        return
    if not measures:
        _show_risks(risks)
    _show_measures(kept)


def _confirm(
    work: Project, risks: tuple[Risk, ...], wanted: list[str], reason: str, coder: str
) -> None:
    """Accept risks by their ids; all of them or none."""
    known = {risk.id for risk in risks}
    for one in wanted:
        if one not in known:
            raise unknown_name("risk", one, known, "this check")
    for one in wanted:
        work.confirm_risk(one, reason, coder)


def _show_risks(risks: tuple[Risk, ...]) -> None:
    rows = [(r.id, r.kind.value, r.where, f"{r.message} {r.hint}", r.confirmed) for r in risks]
    print_table(("id", "what", "where", "why", "accepted because"), rows)
    still = sum(not risk.confirmed for risk in risks)
    say(f"{still} risks are open, {len(risks) - still} were accepted. What a quote tells by its")
    say("content (an incident, a rare profession) no program sees: read what you print.")


def _show_measures(kept: tuple[Measure, ...]) -> None:
    if not kept:
        say("No measure was decided on yet.")
        return
    out().print()
    print_table(
        ("id", "measure", "what", "because"), [(m.id, m.kind, m.what, m.because) for m in kept]
    )
    say("Each can be taken back: qualcode disclosure --take-back ID")


def _split(text: str, mark: str) -> tuple[str, str]:
    one, found, two = text.partition(mark)
    if not found:
        raise InvalidValueError(
            f"'{text}' cannot be read. Write G4:region, or region:Zuid=buiten de Randstad."
        )
    return one.strip(), two.strip()


def restore(
    file: Annotated[Path, typer.Argument(help="The encrypted backup.")],
    to: Annotated[Path, typer.Argument(help="The project file to make.")],
) -> None:
    """Write the project in an encrypted backup to a new file."""
    from qualcode.project import restore_backup

    restore_backup(file, to, ask_passphrase())
    say(f"Wrote {to}")


def ask_passphrase(*, new: bool = False) -> str:
    """Return the passphrase: from the environment, or asked without showing it."""
    given = os.environ.get(PASSPHRASE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise UndefinedRequestError(
            f"A passphrase is needed. Type it when asked on a screen, or set {PASSPHRASE}."
        )
    return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=new))
