"""How the command line speaks: results on standard output, messages on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from qualcode.errors import Problem

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")


def out() -> Console:
    """Return the console of results; made anew, so that it follows a redirected output."""
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, soft_wrap=True)


def messages() -> Console:
    """Return the console of messages."""
    from rich.console import Console

    return Console(file=sys.stderr, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """Print one message for the person at the screen."""
    messages().print(text, markup=False)


def refuse(text: str) -> None:
    """Print why something was refused."""
    messages().print("[red]qualcode:[/] ", end="")
    say(text)


def warn(problems: Iterable[Problem], most: int = 20) -> None:
    """Print what is odd in data, up to a number of lines."""
    listed = list(problems)
    for problem in listed[:most]:
        messages().print("[yellow]note[/]  ", end="")
        say(str(problem))
    if len(listed) > most:
        say(f"      ... and {len(listed) - most} more")


def print_json(value: Any) -> None:
    """Print any value as JSON."""
    import json

    from qualcode.model.json_values import to_json_value

    text = json.dumps(to_json_value(value), ensure_ascii=False, indent=2)
    sys.stdout.write(text + "\n")


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = ""
) -> None:
    """Print rows under their headings; numbers to the right, None as a dash."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    listed = [tuple(row) for row in rows]
    for index, column in enumerate(columns):
        numeric = bool(listed) and all(
            isinstance(row[index], int | float) or row[index] is None for row in listed
        )
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in listed:
        table.add_row(*(escape(_cell(value)) for value in row))
    console = Console(file=sys.stdout, highlight=False)
    if not console.is_terminal:
        console = Console(file=sys.stdout, highlight=False, width=200)
    console.print(table)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def with_progress(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """Yield the items, with a progress bar on a screen and nothing elsewhere."""
    from rich.progress import Progress

    console = messages()
    if not console.is_terminal:
        yield from items
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(what, total=total)
        for item in items:
            yield item
            bar.advance(task)
