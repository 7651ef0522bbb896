"""Works in a project without end, until it is killed; each finished act is a line in a file.

Started once, it imports everything and then makes a new process for each line on its input: to
start Python anew for every kill would take longer than the kills.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from qualcode.cli.ending import end_in_order
from qualcode.model import Coding, Span
from qualcode.pseudonyms import NameEntry, NameKey, NameKind, Replacer
from qualcode.storage import Store
from store_contents import TEXT, file_of, interview

Told = Callable[[str], None]


def code(path: Path, tell: Told) -> None:
    with Store.open(path) as store:
        for start in range(60):
            for end in range(start + 1, 60):
                span = Span(start, end)
                coding = Coding("", "G01", span, span.of(TEXT), "motieven", "Anna")
                (stored,) = store.add_codings([coding], "Anna")
                tell(stored.id)


def code_and_undo(path: Path, tell: Told) -> None:
    with Store.open(path) as store:
        for start in range(60):
            span = Span(start, start + 1)
            coding = Coding("", "G01", span, span.of(TEXT), "motieven", "Ben")
            store.add_codings([coding], "Ben")
            store.undo("Ben")
            store.redo("Ben")
            tell(f"{start} {start + 1}")


def import_texts(path: Path, tell: Told) -> None:
    with Store.open(path) as store:
        for number in range(2, 200):
            text = interview(f"N{os.getpid()}-{number}", f"R: {number} {TEXT * 40}")
            store.add_transcript(text, file_of(text), "Anna")
            tell(text.name)


def back_up(path: Path, tell: Told) -> None:
    with Store.open(path) as store:
        for number in range(200):
            to = path.with_name(f"copy-{os.getpid()}-{number}.qualcode")
            store.backup(to)
            tell(to.name)


def make_projects(path: Path, tell: Told) -> None:
    for number in range(200):
        to = path.with_name(f"new-{os.getpid()}-{number}.qualcode")
        Store.create(to, name="Nieuw").close()
        tell(to.name)


def replace_names(path: Path, tell: Told) -> None:
    with Store.open(path) as store:
        for number in range(200):
            name = f"Naam{number}x"
            text = interview(f"P{os.getpid()}-{number}", f"R: Ik ben {name}. {TEXT}")
            store.add_transcript(text, file_of(text), "Anna")
            key = NameKey("study", (NameEntry(name, NameKind.PERSON, f"[respondent {number}]"),))
            store.pseudonymize(Replacer(key), who="Anna")
            tell(name)


ACTS = {
    "code": code,
    "undo": code_and_undo,
    "import": import_texts,
    "backup": back_up,
    "new": make_projects,
    "names": replace_names,
}


def main() -> None:
    """Make a process for each line: the act, the project, the file for what was finished."""
    for line in sys.stdin:
        act, path, finished = line.rstrip("\n").split("\t")
        worker = os.fork()
        if worker == 0:
            number = os.open(finished, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            end_in_order()
            ACTS[act](Path(path), partial(_write, number))
            sys.exit()
        sys.stdout.write(f"{worker}\n")
        sys.stdout.flush()
        os.waitpid(worker, 0)
        sys.stdout.write("ended\n")
        sys.stdout.flush()


def _write(number: int, text: str) -> None:
    os.write(number, f"{text}\n".encode())


if __name__ == "__main__":
    main()
