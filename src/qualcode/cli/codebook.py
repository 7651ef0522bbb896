"""Commands for the codebook: check, import, show, diff, export, and changes of codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualcode.cli.code_names import find_path
from qualcode.cli.columns import ask_columns, read_columns
from qualcode.cli.consent import ForceOption, ask_consent, ask_overwrite
from qualcode.cli.counts import count_codes, count_codings, count_themes
from qualcode.cli.language import translate
from qualcode.cli.output import (
    heading,
    print_json,
    print_message,
    print_problems,
    print_result,
    print_table,
    print_written,
)
from qualcode.cli.shared_options import (
    CoderOption,
    JsonOption,
    ProjectOption,
    open_project,
    set_language_of_project,
)
from qualcode.errors import UnknownColumnsError
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import Code, Codebook, CodeChange
    from qualcode.project import CodebookChange, CodebookPlan, Project

app = typer.Typer(help="The codebook: check, show and change it. All versions stay.")

COLUMNS = ("code", "definition", "parent", "label", "color", "terms")
"""What a column of a codebook may be said to hold."""
NewPathArgument = Annotated[str, typer.Argument(help="Path of a code: influences/availability.")]
PathArgument = Annotated[
    str, typer.Argument(help="Path or label of a code: influences/availability, Availability.")
]


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A codebook (.yaml, .csv, .txt).")],
    json: JsonOption = False,
) -> None:
    """Check a codebook file, without a project."""
    from qualcode.project import read_codebook_file

    set_language_of_project()
    book, problems = read_codebook_file(file)
    if json:
        print_json({"name": book.name, "codes": book.paths, "problems": problems})
        return
    print_problems(problems)
    print_message(
        Message(
            "'{file}' is a codebook with {codes}, of which {themes} (at the top of the tree).",
            file=file.name,
            codes=count_codes(len(book.codes)),
            themes=count_themes(len(book.themes)),
        )
    )


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="A codebook (.yaml, .csv, .txt, .xlsx, .docx or .qdc).")
    ],
    columns: Annotated[
        str,
        typer.Option(
            help='Which column is which: "code=Onderwerp,definition=Uitleg,parent=Hoort bij".',
            show_default=False,
        ),
    ] = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Import a codebook file, also of another program, as the first or next version."""
    from qualcode.project import plan_codebook_import

    titles = read_columns(columns, COLUMNS)
    with open_project(project, coder) as work:
        try:
            plan = plan_codebook_import(work, file, titles=titles)
        except UnknownColumnsError as error:
            titles = ask_columns(error, titles)
            plan = plan_codebook_import(work, file, titles=titles)
        if plan.replaces:
            ask_consent(_describe_plan(plan), force=force)
        # What a colleague changes while the question stands, the answer does not take back.
        as_read = None if force else plan.current
        book, problems = work.codebook.read(file, titles=titles, as_read=as_read)
    print_problems(problems)
    # Codes that the file lacks stay in the book as retired codes, so the whole book would count
    # more codes than the file has.
    in_use = sum(not code.retired for code in book.codes)
    print_message(
        Message(
            "Codebook '{name}', version {version}: {codes}.",
            name=book.name,
            version=book.version,
            codes=count_codes(in_use),
        )
    )
    if plan.retired:
        print_message(
            Message(
                "Retired, because the file does not have them: {codes}. Their codings stay. "
                "To undo this: qualcode undo",
                codes=", ".join(plan.retired),
            )
        )


def _describe_plan(plan: CodebookPlan) -> Message:
    """Say what gives way, and whether others changed the codes since this coder did."""
    if not plan.colleagues:
        return plan.describe()
    return Message(
        "{what} After your version {version} the codebook was changed by {names}: "
        "qualcode codebook diff {version}",
        what=plan.describe(),
        version=plan.own_version,
        names=plan.colleagues,
    )


@app.command()
def show(
    path: Annotated[str, typer.Argument(help="Path or label of a code. Default: all codes.")] = "",
    version: Annotated[int | None, typer.Option(help="Number of an older version.")] = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show all codes with their number of codings, or all texts of one code."""
    with open_project(project, coder) as work:
        book = work.codebook.get(version)
        path = find_path(work, path, version)
        language = work.info.language
        counts = work.codings.count()
    if json:
        print_json(book.code(path) if path else book)
        return
    if path:
        _print_code(book.code(path), language)
    else:
        _print_codebook(book, counts, language)


def _print_codebook(book: Codebook, counts: Mapping[str, int], language: str) -> None:
    rows = [
        ("  " * code.path.count("/") + code.name, code.title(language), counts.get(code.path, 0))
        for code in book.codes
        # A retired code stays in the list as long as it has codings.
        if not code.retired or counts.get(code.path)
    ]
    title = Message("{name}, version {version}", name=book.name, version=book.version)
    print_table((heading("code"), heading("label"), heading("codings")), rows, title=title)


def _print_code(code: Code, language: str) -> None:
    from qualcode.model.codebook import CODE_FIELDS

    print_result(f"{code.path} - {code.title(language)}")
    # The first text is the label, which the line above shows already.
    for field in code.TEXT_FIELDS[1:]:
        text = getattr(code, field).in_language(language)
        if text:
            print_result(f"\n{translate(CODE_FIELDS[field])}\n  {text}")
    print_result(f"\n{translate(CODE_FIELDS['terms'])}\n  {', '.join(code.terms)}")


@app.command()
def diff(
    old: Annotated[int, typer.Argument(help="Number of the older version.")],
    new: Annotated[
        int | None, typer.Argument(help="Number of the newer version. Default: the newest.")
    ] = None,
    project: ProjectOption = "",
    coder: CoderOption = "",
    json: JsonOption = False,
) -> None:
    """Show the changes between two versions."""
    with open_project(project, coder) as work:
        changes = work.codebook.compare(old, new)
    if json:
        print_json(changes)
    elif not changes:
        print_message(Message("Nothing changed."))
    else:
        print_changes(heading("change"), changes)


def print_changes(title: Message, changes: Iterable[CodeChange]) -> None:
    """Print changes of codes between two versions, under a title for what happened."""
    rows = [(c.what, c.path, c.field_name, c.before, c.after) for c in changes]
    columns = (heading("code"), heading("field"), heading("before"), heading("after"))
    print_table((title, *columns), rows)


@app.command()
def versions(
    project: ProjectOption = "", coder: CoderOption = "", json: JsonOption = False
) -> None:
    """List all versions."""
    with open_project(project, coder) as work:
        listed = work.codebook.versions()
    if json:
        print_json(listed)
    else:
        print_table(
            (heading("version"), heading("time"), heading("who"), heading("change")),
            [(v.version, f"{v.at:%Y-%m-%d %H:%M}", v.who, v.note) for v in listed],
        )


@app.command()
def export(
    file: Annotated[
        Path, typer.Argument(help="The file to write (.yaml, .csv, .xlsx, .docx or .qdc).")
    ],
    version: Annotated[int | None, typer.Option(help="Number of an older version.")] = None,
    tool: Annotated[
        str, typer.Option("--for", help="For .csv: the program that reads it: taguette.")
    ] = "",
    force: ForceOption = False,
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Write the codebook to a file."""
    ask_overwrite(file, force=force)
    with open_project(project, coder) as work:
        work.codebook.write(file, version, tool=tool)
        if tool:
            print_message(Message("Wrote {file}", file=str(file)))
        else:
            print_written(file, work.info)


@app.command()
def add(
    path: NewPathArgument,
    label: Annotated[str, typer.Option(help="The name that people read.")] = "",
    definition: Annotated[str, typer.Option(help="The meaning of the code.")] = "",
    terms: Annotated[
        str, typer.Option(help="Words that point to the code, with commas between them.")
    ] = "",
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
    """Rename a code; its codings stay with it."""
    _change(project, coder, lambda work: work.codebook.rename(find_path(work, path), name))


@app.command()
def move(
    path: PathArgument,
    parent: Annotated[str, typer.Argument(help="The new parent; '/' makes the code a theme.")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Move a code to another parent; its codings stay with it."""
    # A theme has no parent: '/' becomes the empty path that stands for none.
    _change(
        project,
        coder,
        lambda work: work.codebook.move(find_path(work, path), find_path(work, parent.strip("/"))),
    )


@app.command()
def merge(
    path: PathArgument,
    into: Annotated[str, typer.Argument(help="The code that receives its codings.")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Merge a code into another code, and list the codings to check again."""
    _change(
        project,
        coder,
        lambda work: work.codebook.merge(find_path(work, path), find_path(work, into)),
    )


@app.command()
def split(
    path: PathArgument,
    names: Annotated[list[str], typer.Argument(help="The names of the new codes.")],
    project: ProjectOption = "",
    coder: CoderOption = "",
) -> None:
    """Split a code into new codes, and list the codings to check again."""
    _change(project, coder, lambda work: work.codebook.split(find_path(work, path), names))


@app.command()
def retire(path: PathArgument, project: ProjectOption = "", coder: CoderOption = "") -> None:
    """Stop offering a code; its codings stay."""
    _change(project, coder, lambda work: work.codebook.retire(find_path(work, path)))


@app.command()
def restore(path: PathArgument, project: ProjectOption = "", coder: CoderOption = "") -> None:
    """Offer a retired code again."""
    _change(project, coder, lambda work: work.codebook.restore(find_path(work, path)))


def _change(project: str, coder: str, change: Callable[[Project], CodebookChange]) -> None:
    """Change the codebook, and print its new version and the codings to check again."""
    with open_project(project, coder) as work:
        result = change(work)
    print_message(Message("Codebook version {version}.", version=result.codebook.version))
    # After a split or merge a coding may say more than its coder meant.
    if result.look_again:
        codings = count_codings(len(result.look_again))
        print_message(Message("{codings} to check again:", codings=codings))
        rows = [
            # Other commands accept the beginning of an id, so eight digits of it are enough here.
            (coding.id[:8], coding.transcript, coding.coder, coding.span.start, coding.quote[:70])
            for coding in result.look_again
        ]
        columns = (
            heading("coding"),
            heading("transcript"),
            heading("coder"),
            heading("start"),
            heading("quote"),
        )
        print_table(columns, rows)
