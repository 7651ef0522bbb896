"""Commands for confidentiality: pseudonymize, restore."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.counts import count_names
from qualcode.cli.language import translate, translate_sentence
from qualcode.cli.output import (
    ask_text,
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
)
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project
from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.project import NameEntry, NameScan, Proposal

PASSPHRASE = "QUALCODE_PASSPHRASE"  # noqa: S105 - the name of a variable
KeyOption = Annotated[
    Path,
    typer.Option(
        "--key",
        "-k",
        help="The key: an encrypted file with the names, in another folder than the project.",
        show_default=False,
    ),
]
OptionalKey = Annotated[
    Path | None,
    typer.Option("--key", "-k", help="The key: the encrypted file with earlier decisions."),
]

app = typer.Typer(
    help="Replace names by roles in brackets, after a review of each name.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def scan(
    transcripts: Annotated[
        list[str] | None, typer.Argument(help="Names of transcripts. Default: the whole project.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--out", help="Write the proposals to a csv or xlsx, for review.")
    ] = None,
    names: Annotated[
        Path | None,
        typer.Option(help="A text file with names that occur in the texts, one on each line."),
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
        scanned = work.pseudonyms.scan(transcripts or (), key=decided, names=listed)
        if file is not None:
            work.pseudonyms.write_proposals(scanned.proposals, file)
            print_message(
                Message(
                    "Wrote {file}. It holds names: delete it after you have read it in again.",
                    file=str(file),
                )
            )
    if json:
        print_json(scanned)
        return
    print_problems(scanned.problems)
    if file is None:
        rows = [
            (p.text, _KINDS[p.kind.value], p.replacement, len(p.mentions), _context(p))
            for p in scanned.proposals
        ]
        columns = (
            heading("name"),
            heading("kind"),
            heading("replacement"),
            heading("times"),
            heading("context"),
        )
        print_table(columns, rows)
    _print_limits(scanned)


_SCANNED = {
    "transcript": Message("transcripts"),
    "memo": Message("memos"),
    "note": Message("notes on codings"),
    "attribute": Message("attributes of cases"),
    "reason": Message("reasons of decisions"),
    "codebook": Message("texts of the codebook"),
    "question": Message("questions of guides"),
    "excerpt": Message("excerpts of quotes"),
    "acceptance": Message("reasons to accept a risk"),
    "name": Message("names of transcripts, cases, rounds and the project"),
    "file": Message("names of files"),
    "speaker": Message("labels of speakers"),
}


_KINDS = {
    "person": Message("person"),
    "place": Message("place"),
    "employer": Message("employer"),
    "address": Message("address"),
    "phone": Message("phone number"),
    "mail": Message("mail address"),
    "website": Message("website"),
    "account": Message("account"),
    "number": Message("number"),
    "birth_date": Message("date of birth"),
    "date": Message("date"),
    "age": Message("age"),
    "unknown": Message("unknown"),
}


def _context(proposal: Proposal) -> str:
    return proposal.mentions[0].context if proposal.mentions else ""


def _print_limits(scanned: NameScan) -> None:
    """Print what was scanned and what a scan cannot find."""
    # A list of names looks complete. Whoever trusts it publishes the names that it lacks.
    from qualcode.project import CANNOT_SEE, NOT_LOOKED_AT

    print_message("")
    print_message(
        Message(
            "{proposals} proposals; {decided} names have a decision already.",
            proposals=len(scanned.proposals),
            decided=scanned.decided,
        )
    )
    texts = (f"{count} {translate(_SCANNED[kind])}" for kind, count in scanned.looked_at)
    print_message(Message("Scanned: {texts}.", texts=", ".join(texts)))
    is_whole_project = any(kind != "transcript" for kind, _ in scanned.looked_at)
    skipped: Sequence[str] = (Message("everything except the transcripts that you named"),)
    if is_whole_project:
        skipped = NOT_LOOKED_AT
    texts_skipped = "; ".join(map(translate_sentence, skipped))
    print_message(Message("Not scanned: {texts}.", texts=texts_skipped))
    model = scanned.model or Message("none installed; only rules and lists")
    print_message(Message("Language model: {model}.", model=model))
    print_message(Message("The scan cannot see:"))
    for line in CANNOT_SEE:
        print_message(f"  - {translate_sentence(line)}")
    print_message(Message("Read the texts yourself too: no program finds every name."))


@app.command()
def review(
    key: KeyOption,
    table: Annotated[
        Path | None, typer.Option(help="The table of scan --out, with your decisions in it.")
    ] = None,
    names: Annotated[
        Path | None,
        typer.Option(help="A text file with names that occur in the texts, one on each line."),
    ] = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Accept, change or ignore each proposal; the encrypted key keeps the decisions."""
    with open_project(project, coder) as work:
        # A new key asks twice for its passphrase: after a slip nobody could open it again.
        secret = ask_passphrase(new=not key.exists())
        decided = work.pseudonyms.open_key(key, secret)
        if table is not None:
            entries = work.pseudonyms.read_proposals(table)
        else:
            listed = work.pseudonyms.read_names(names) if names else ()
            entries = _ask_all(work.pseudonyms.scan(key=decided, names=listed).proposals)
        work.pseudonyms.save_key(decided.with_entries(entries), key, secret)
    ignored = sum(entry.is_ignored for entry in entries)
    print_message(
        Message(
            "{replaced} to replace, {ignored} to leave in the text. {key} keeps the decisions.",
            replaced=count_names(len(entries) - ignored),
            ignored=ignored,
            key=str(key),
        )
    )
    if table is not None:
        print_message(
            Message("Delete {file}: it holds names that anyone can read.", file=str(table))
        )


def _ask_all(proposals: tuple[Proposal, ...]) -> tuple[NameEntry, ...]:
    """Ask about each proposal on the screen; q stops and keeps the decisions so far."""
    from qualcode.project import entry_for

    if proposals and not sys.stdin.isatty():
        raise UndefinedRequestError(
            Message(
                "There is no screen to ask on. Review a table instead: "
                "qualcode pseudonymize scan --out names.csv, then review --table names.csv"
            )
        )
    entries = []
    for number, proposal in enumerate(proposals, 1):
        _print_proposal(proposal, f"{number}/{len(proposals)}")
        answer = _ask_replacement(proposal)
        # The caller saves the decisions before this one, so that a long review can go on later.
        if answer == "q":
            break
        if answer in {"a", "c"}:
            words = ""
            if answer == "c":
                words = ask_text(Message("Role"), default=proposal.replacement)
            replacement = words or proposal.replacement
            entries.append(entry_for(proposal.text, proposal.kind, replacement))
        elif answer == "i":
            # An empty replacement is a decision too: the next scan does not propose the name again.
            entries.append(entry_for(proposal.text, proposal.kind, ""))
    return tuple(entries)


def _print_proposal(proposal: Proposal, number: str) -> None:
    print_result(f"\n{number}  {proposal.text}  ({proposal.kind.value})")
    for mention in proposal.mentions[:3]:
        print_result(f"    {mention.where}: ... {mention.context} ...")


def _ask_replacement(proposal: Proposal) -> str:
    question = Message(
        "Replace by {replacement}? a (accept), c (change), i (ignore), s (skip), q (quit)",
        replacement=proposal.replacement,
    )
    return ask_text(question, default="a").strip().casefold()[:1]


@app.command()
def apply(
    key: KeyOption,
    keep_originals: Annotated[
        bool,
        typer.Option("--keep-originals", help="Keep the imported files, which hold the names."),
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="Replace although some proposals have no decision.")
    ] = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Replace the accepted names in the whole project. This cannot be undone."""
    with open_project(project, coder) as work:
        decided = work.pseudonyms.open_key(key, ask_passphrase())
        outcome = work.pseudonyms.replace(decided, keep_originals=keep_originals, partial=partial)
        # Older copies of the project in its folder still have the names.
        copies = work.history.find_copies()
    if json:
        print_json(outcome)
    print_message(
        Message(
            "Replaced {places} places in {transcripts} transcripts; {codings} codings cover a "
            "replaced name, and all codings keep their passages.",
            places=outcome.replaced,
            transcripts=len(outcome.transcripts),
            codings=outcome.codings,
        )
    )
    for coding_id in outcome.merged:
        print_message(
            Message(
                "Coding {coding} was withdrawn: it is now the same as another coding of its coder.",
                coding=coding_id[:8],
            )
        )
    for path in copies:
        print_message(
            Message(
                "{file} may still hold the names: delete it, or encrypt it with a passphrase.",
                file=path.name,
            )
        )
    print_message(
        Message("This cannot be undone. Names that nobody found are still there: read the texts.")
    )


def ask_passphrase(*, new: bool = False) -> str:
    """Return the passphrase of the environment, or ask for it without showing it.

    Args:
        new: Whether to ask twice, because a mistake would lock the new file for ever.

    Raises:
        InvalidValueError: a new one is short or easily guessed.
        UndefinedRequestError: the environment has none, and there is no screen to ask on.
    """
    # The variable is for scripts, which have no screen to type a passphrase on.
    passphrase = os.environ.get(PASSPHRASE, "")
    if not passphrase:
        passphrase = _type_passphrase(new=new)
    if new:
        from qualcode.project import refuse_weak_passphrase

        # Before the work that it is to protect, which would be lost by a refusal at its end.
        refuse_weak_passphrase(passphrase)
    return passphrase


def _type_passphrase(*, new: bool) -> str:
    if not sys.stdin.isatty():
        raise UndefinedRequestError(
            Message(
                "A passphrase is needed. Type it on a screen, or set {variable}.",
                variable=PASSPHRASE,
            )
        )
    question = translate(Message("Passphrase"))
    return str(typer.prompt(question, hide_input=True, confirmation_prompt=new))
