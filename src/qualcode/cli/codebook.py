"""Commands for the codebook: check, import, show, diff, export, and its changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.consent import ForceOption, ask_overwrite
from qualcode.cli.output import out, print_json, print_table, say, warn
from qualcode.cli.shared_options import CoderOption, JsonOption, ProjectOption, open_project

if TYPE_CHECKING:
    from qualcode.project import CodebookChange, Project

app = typer.Typer(help="The codebook: check, show and change it; every version is kept.")

PathArgument = Annotated[str, typer.Argument(help="Path of a code: influences/availability.")]


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A codebook (.yaml, .csv) or guide (.yaml).")],
    json: JsonOption = False,
) -> None:
    """Check a codebook file, without a project."""
    from qualcode.project import read_codebook_file

    book, problems = read_codebook_file(file)
    if json:
        print_json({"name": book.name, "codes": book.paths, "problems": problems})
        return
    warn(problems)
    say(
        f"'{file.name}' is a codebook of {len(book.codes)} codes, "
        f"{len(book.themes)} of them themes (at the top)."
    )


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A codebook (.yaml, .csv, .xlsx, .docx or .qdc).")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Take a codebook file as the first or next version."""
    with open_project(project, coder) as work:
        before = len(work.codebook.versions())
        book, problems = work.codebook.read(file)
        changes = work.codebook.compare(before) if before else ()
    warn(problems)
    in_use = sum(not code.retired for code in book.codes)
    say(f"Codebook '{book.name}', version {book.version}: {in_use} codes.")
    retired = [change.path for change in changes if change.kind == "retired"]
    if retired:
        say(
            f"Retired, because the file has them not: {', '.join(retired)}. Their codings stay. "
            "Take it back: qualcode undo"
        )


@app.command()
def show(
    path: Annotated[str, typer.Argument(help="A code; all of them without it.")] = "",
    version: Annotated[int | None, typer.Option(help="An older version.")] = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show the codebook with the number of codings, or the whole entry of one code."""
    with open_project(project, coder) as work:
        book = work.codebook.get(version)
        language = work.info.language
        counts = work.codings.count()
    if json:
        print_json(book.code(path) if path else book)
        return
    if not path:
        rows = [
            (
                "  " * code.path.count("/") + code.name,
                code.title(language),
                counts.get(code.path, 0),
            )
            for code in book.codes
            if not code.retired or counts.get(code.path)
        ]
        print_table(
            ("code", "label", "codings"), rows, title=f"{book.name}, version {book.version}"
        )
        return
    code = book.code(path)
    console = out()
    console.print(f"{code.path} - {code.title(language)}", markup=False)
    for field in code.TEXT_FIELDS[1:]:
        text = getattr(code, field).in_language(language)
        if text:
            console.print(f"\n{field}\n  {text}", markup=False)
    console.print(f"\nterms\n  {', '.join(code.terms)}", markup=False)


@app.command()
def diff(
    old: Annotated[int, typer.Argument(help="The older version.")],
    new: Annotated[int | None, typer.Argument(help="The newer one; the newest without it.")] = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show what changed between two versions."""
    with open_project(project, coder) as work:
        changes = work.codebook.compare(old, new)
    if json:
        print_json(changes)
    elif not changes:
        say("Nothing changed.")
    else:
        rows = [(c.kind, c.path, c.field, c.before, c.after) for c in changes]
        print_table(("change", "code", "field", "before", "after"), rows)


@app.command()
def versions(
    project: ProjectOption = "", coder: CoderOption = "", json: JsonOption = False
) -> None:
    """List all versions."""
    with open_project(project, coder) as work:
        found = work.codebook.versions()
    if json:
        print_json(found)
    else:
        print_table(
            ("version", "at", "who", "note"),
            [(v.version, f"{v.at:%Y-%m-%d %H:%M}", v.who, v.note) for v in found],
        )


@app.command()
def export(
    file: Annotated[
        Path, typer.Argument(help="The file to write (.yaml, .csv, .xlsx, .docx or .qdc).")
    ],
    version: Annotated[int | None, typer.Option(help="An older version.")] = None,
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write the codebook to a file."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        work.codebook.write(file, version)
    say(f"Wrote {file}")


@app.command()
def add(
    path: PathArgument,
    label: Annotated[str, typer.Option(help="What people call it.")] = "",
    definition: Annotated[str, typer.Option(help="What it means.")] = "",
    terms: Annotated[str, typer.Option(help="Words that signal it, with commas.")] = "",
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Add a code."""
    from qualcode.model import Code, LocalText

    _change(
        project,
        coder,
        lambda work: work.codebook.add(
            Code(
                path,
                label=LocalText.of(label, work.info.language),
                definition=LocalText.of(definition, work.info.language),
                terms=tuple(term.strip() for term in terms.split(",") if term.strip()),
            ),
        ),
    )


@app.command()
def rename(
    path: PathArgument,
    name: Annotated[str, typer.Argument(help="The new last part of the path.")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Rename a code; its codings follow."""
    _change(project, coder, lambda work: work.codebook.rename(path, name))


@app.command()
def move(
    path: PathArgument,
    parent: Annotated[str, typer.Argument(help="The new parent; '/' makes it a theme.")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Put a code under another parent; its codings follow."""
    _change(project, coder, lambda work: work.codebook.move(path, parent.strip("/")))


@app.command()
def merge(
    path: PathArgument,
    into: Annotated[str, typer.Argument(help="The code it goes into.")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Merge a code into another, and list the codings to look at again."""
    _change(project, coder, lambda work: work.codebook.merge(path, into))


@app.command()
def split(
    path: PathArgument,
    names: Annotated[list[str], typer.Argument(help="The names of the new codes.")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Split a code into new ones, and list the codings to look at again."""
    _change(project, coder, lambda work: work.codebook.split(path, names))


@app.command()
def retire(path: PathArgument, project: ProjectOption = "", coder: CoderOption = "") -> None:
    """Stop offering a code; its codings stay."""
    _change(project, coder, lambda work: work.codebook.retire(path))


@app.command()
def restore(path: PathArgument, project: ProjectOption = "", coder: CoderOption = "") -> None:
    """Offer a retired code again."""
    _change(project, coder, lambda work: work.codebook.restore(path))


def _change(project: str, coder: str, verb: Callable[[Project], CodebookChange]) -> None:
    """Change the codebook and say what came of it."""
    with open_project(project, coder) as work:
        change = verb(work)
    say(f"Codebook version {change.codebook.version}.")
    if change.look_again:
        say(f"{len(change.look_again)} codings to look at again:")
        rows = [
            (c.id[:8], c.transcript, c.coder, c.span.start, c.quote[:70]) for c in change.look_again
        ]
        print_table(("coding", "transcript", "coder", "at", "quote"), rows)
