"""Commands that keep people unknown: pseudonymize, restore."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.output import out, print_json, print_table, say, warn
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.errors import UndefinedRequestError

if TYPE_CHECKING:
    from qualcode.project import NameEntry, NameScan, Proposal

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
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Propose names, places, employers, addresses, numbers, dates and ages to replace."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        decided = work.pseudonyms.open_key(key, ask_passphrase()) if key else None
        listed = work.pseudonyms.read_names(names) if names else ()
        found = work.pseudonyms.scan(transcripts or (), key=decided, names=listed)
        if file is not None:
            work.pseudonyms.write_proposals(found.proposals, file)
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
        decided = work.pseudonyms.open_key(key, secret)
        if table is not None:
            entries = work.pseudonyms.read_proposals(table)
        else:
            listed = work.pseudonyms.read_names(names) if names else ()
            entries = _ask_all(work.pseudonyms.scan(key=decided, names=listed).proposals)
        work.pseudonyms.save_key(decided.with_entries(entries), key, secret)
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
        decided = work.pseudonyms.open_key(key, ask_passphrase())
        done = work.pseudonyms.replace(decided, keep_originals=keep_originals, partial=partial)
        older = work.history.find_copies()
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
