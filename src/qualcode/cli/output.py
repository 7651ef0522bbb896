"""What the command line prints and asks: results on standard output, messages on standard error.

Every sentence for a person passes :func:`qualcode.cli.language.translate` here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any, TypeVar

import typer

from qualcode.cli.language import format_decimal, join_translated, translate, translate_sentence
from qualcode.errors import Problem
from qualcode.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from qualcode.project import ProjectInfo

T = TypeVar("T")

_YES = frozenset({"j", "ja", "y", "yes"})
_NO = frozenset({"n", "nee", "no"})


class OptionError(typer.BadParameter):
    """An option or argument with a value that cannot be used; its sentence is translated."""

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002 - as Click calls it
        """Print the usage of the command and the error in the value."""
        if self.ctx is not None:
            print_message(self.ctx.get_usage())
        print_message(Message("Error: {message}", message=self.message))


def out() -> Console:
    """Return the console of results."""
    from rich.console import Console

    # A console keeps the stream it was made with; a new one follows a redirected output.
    return Console(file=sys.stdout, highlight=False, soft_wrap=True)


def messages() -> Console:
    """Return the console of messages."""
    from rich.console import Console

    return Console(file=sys.stderr, highlight=False, soft_wrap=True)


def print_message(text: str) -> None:
    """Print one message for the person at the screen."""
    messages().print(translate(text), markup=False)


def print_result(text: str = "", end: str = "\n") -> None:
    """Print one line of the result, which may be piped to a file or another program."""
    # Quotes and code paths may hold square brackets, which Rich would read as its markup.
    out().print(translate(text), markup=False, end=end)


def print_written(file: Path, info: ProjectInfo) -> None:
    """Say that a file was written, and for a csv file how its cells are divided."""
    if file.suffix.casefold() == ".csv" and info.decimal_comma:
        print_message(
            Message(
                "Wrote {file}, with semicolons and decimal commas, so that Excel opens it as a "
                "table.",
                file=str(file),
            )
        )
    else:
        print_message(Message("Wrote {file}", file=str(file)))


def print_refusal(text: str) -> None:
    """Print why the program refuses a request."""
    messages().print("[red]qualcode:[/] ", end="")
    messages().print(translate_sentence(text), markup=False)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print problems in data, one on a line, each once and all of them."""
    # Several parts of a command may meet the same trouble.
    for problem in dict.fromkeys(problems):
        label = translate(Message.within("label", "note"))
        messages().print(f"[yellow]{label}[/]  ", end="")
        print_message(describe_problem(problem))


def describe_problem(problem: Problem) -> str:
    """Return a problem as one line in the language of the command line."""
    # str(problem) would join the parts in English, and their translation would be lost.
    sentences = (translate_sentence(problem.message), translate_sentence(problem.hint))
    parts = (f"{translate(problem.where)}:", *sentences)
    return " ".join(part for part in parts if part)


def print_json(value: Any) -> None:
    """Print any value as JSON; its keys and sentences are English in every language."""
    import json

    from qualcode.model.json_values import to_json_value

    text = json.dumps(to_json_value(value), ensure_ascii=False, indent=2)
    sys.stdout.write(text + "\n")


def heading(text: str) -> Message:
    """Return the heading of a column; its Dutch is in the catalogue under ``column``."""
    return Message.within("column", text)


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = ""
) -> None:
    """Print rows under their headings; numbers to the right, None as a dash."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(
        title=escape(translate(title)) or None, title_justify="left", box=None, pad_edge=False
    )
    listed = [tuple(row) for row in rows]
    for index, column in enumerate(columns):
        numeric = bool(listed) and all(
            isinstance(row[index], int | float) or row[index] is None for row in listed
        )
        table.add_column(translate(column), justify="right" if numeric else "left", overflow="fold")
    for row in listed:
        table.add_row(*(escape(_format_cell(value)) for value in row))
    console = Console(file=sys.stdout, highlight=False)
    if not console.is_terminal:
        # Rich takes 80 columns where there is no screen, and would wrap the rows of a table.
        console = Console(file=sys.stdout, highlight=False, width=200)
    console.print(table)


def _format_cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, tuple):
        return join_translated(value)
    return format_decimal(value, 3) if isinstance(value, float) else translate(str(value))


def with_progress(items: Iterable[T], total: int, label: str) -> Iterator[T]:
    """Yield the items, with a progress bar on a screen and nothing elsewhere."""
    from rich.progress import Progress

    console = messages()
    # In a log file a progress bar would be thousands of lines.
    if not console.is_terminal:
        yield from items
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(translate(label), total=total)
        for item in items:
            yield item
            bar.advance(task)


def ask_text(question: str, default: str = "", *, show_default: bool = True) -> str:
    """Ask for a word or sentence, and return the answer; without one, the command ends."""
    try:
        return str(typer.prompt(translate(question), default=default, show_default=show_default))
    except typer.Abort:
        # Typer says so in English. The question has no line end of its own.
        typer.echo(err=True)
        print_refusal(Message("There was no answer, so the command stopped here."))
        raise typer.Exit(1) from None


def confirm(question: str, *, default: bool = True) -> bool:
    """Ask a question with yes or no, in Dutch or English; an empty answer is the default."""
    yes, no = Message.within("answers", "Y/n"), Message.within("answers", "y/N")
    choices = translate(yes if default else no)
    while True:
        answer = (
            ask_text(f"{translate(question)} [{choices}]", show_default=False).strip().casefold()
        )
        if not answer:
            return default
        if answer in _YES:
            return True
        if answer in _NO:
            return False
