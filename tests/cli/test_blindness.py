"""In an open blind round no command, given as anna or by nobody, shows what bram coded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from apart import SECRET, give, make_project, words_in, write_files
from cli_runner import qualcode
from qualcode.cli import app
from qualcode.model import MemoTarget
from qualcode.project import Project

LAUNCHES = {("app",), ("demo",), ("backup",)}
"""Commands that start something else, or copy the whole file as it is."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A folder with a project in which both coded blind, and the words that are bram's secret."""
    folder = tmp_path_factory.mktemp("blind")
    write_files(folder)
    with Project.open(make_project(folder)) as project:
        project.rounds.create("een", coders=("anna", "bram"), transcripts=("A1", "A2"))
        bram, anna = project.acting_as("bram"), project.acting_as("anna")
        ids = [
            give(bram, "A1", "Het is leuk hoor", "joy", "bram", memo=SECRET),
            give(bram, "A2", "Dat is alles", "boredom", "bram"),
        ]
        give(anna, "A1", "je blijft wakker", "energy", "anna")
        give(anna, "A2", "Om wakker te blijven", "energy", "anna")
        bram.codings.add_memo(MemoTarget.CODING, ids[0], SECRET)
        bram.codings.add_memo(MemoTarget.TURN, "A1#2", SECRET)
        bram.quotes.set_excerpt(ids[0], "Het is [...] hoor")
        bram.quotes.choose(ids[:1])
    (folder / "none.csv").write_text("transcript,quote,code\n", "utf-8")
    return folder, [SECRET, "[...] hoor", "Het is […] hoor", *(one[:8] for one in ids)]


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the words and the object of each command, those of groups included."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        elif (*path, name) not in LAUNCHES:
            yield (*path, name), command


COMMANDS = dict(commands(typer.main.get_command(app)))


def offers(path: tuple[str, ...], name: str) -> list[str]:
    """Return values to try for a parameter of a command, by its name."""
    suffixes = "csv xlsx qdpx" if path[-1] == "export" else "json xlsx docx html md"
    written = [f"out.{suffix}" for suffix in suffixes.split()]
    values = {
        "layer": ["all", "bram", "final"],
        "coders": ["anna,bram"],
        "what": ["codings", "code_by_case", "code_by_group"],
        "name": ["een"],
        "path": ["motives/joy"],
        "into": ["motives/energy"],
        "parent": ["motives"],
        "names": ["new_one"],
        "transcript": ["A1"],
        "text": ["leuk"],
        "words": ["leuk"],
        "round_": ["een"],
        "about": ["turn A1#2", "transcript A2"],
        "code": ["motives/joy"],
        "queue": ["queue.csv"],
        "plots": ["charts"],
        "plot": ["forest.svg"],
        "file": written,
        "files": ["interviews"],
        "target": ["other.qualcode"],
        "table": ["none.csv"],
        "old": ["1"],
    }
    if path[-1] in {"import", "check", "merge", "read"} and name == "file":
        return ["book.yaml", "none.csv"]
    return values.get(name, [])


def calls(path: tuple[str, ...], command: Any) -> Iterator[list[str]]:
    """Yield command lines: the needed arguments, then each option and other value in its turn."""
    offered: list[tuple[list[list[str]], Any]] = []
    options: list[list[str]] = [[]]
    for parameter in command.params:
        values = offers(path, parameter.name)
        if parameter.required or parameter.param_type_name == "argument":
            named = parameter.param_type_name == "option"
            tried = [[*parameter.opts[:1] * named, v] for v in values] or [[]]
            offered.append((tried, parameter))
        elif getattr(parameter, "is_flag", False):
            if parameter.name not in {"help", "ask", "version"}:
                options.append([parameter.opts[0]])
        else:
            options += [[parameter.opts[0], value] for value in values]
    must = [values[0] for values, parameter in offered if parameter.required]
    needed = [values for values, _ in offered]
    base = [values[0] for values in needed]
    if len(must) < len(base):
        yield [word for part in must for word in part]
        yield [*(word for part in must for word in part), "--json"]
    for option in options:
        yield [word for part in base for word in part] + option
    for place, others in enumerate(needed):
        for other in others[1:]:
            changed = [*base[:place], other, *base[place + 1 :]]
            yield [word for part in changed for word in part]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_no_command_shows_the_other_coders_work(
    path: tuple[str, ...], kept: tuple[Path, list[str]], tmp_path: Path
) -> None:
    """Every command, also one that is yet to be made, with its options one by one."""
    folder, secrets = kept
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    takes_coder = any("--coder" in parameter.opts for parameter in COMMANDS[path].params)
    for words in calls(path, COMMANDS[path]):
        for who in (["--coder", "anna"], []) if takes_coder else ([],):
            result = qualcode(*path, *words, *who, folder=tmp_path)
            shown = result.out + result.err
            for file in tmp_path.rglob("*"):
                if file.is_file() and ".qualcode" not in file.name:
                    shown += words_in(file)
            assert not [s for s in secrets if s in shown], (words, who)


def test_the_coder_who_owns_the_work_sees_it(kept: tuple[Path, list[str]]) -> None:
    """So that the test above proves something."""
    folder, secrets = kept
    shown = qualcode("quotes", "--layer", "bram", "--json", "--coder", "bram", folder=folder).out
    shown += qualcode("history", "--json", "--coder", "bram", folder=folder).out
    assert all(secret in shown for secret in (secrets[0], secrets[-1]))
