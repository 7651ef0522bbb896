"""A replaced name, or an interview taken back, leaves no byte in the file, its log or free room."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.pseudonyms import NameEntry, NameKey, NameKind, Replacer
from qualcode.storage import Store
from store_contents import clock, file_of, interview

NAME = "Wilhelmina"
WORDS = f"R: Ik ben {NAME}. Wij gingen samen weg, {NAME} en ik.\n" * 300


def replacer() -> Replacer:
    return Replacer(NameKey("study", (NameEntry(NAME, NameKind.PERSON, "[vriendin 1]"),)))


def fill(store: Store, name: str = NAME) -> None:
    """Store many texts with the name, so that pages of the file are filled, split and freed."""
    for number in range(12):
        text = interview(f"{name} {number}", f"R: {number} {WORDS}")
        store.add_transcript(text, file_of(text), "Anna")


def bytes_of(path: Path) -> int:
    """Count the name in the file and in what SQLite keeps beside it."""
    files = [file for file in path.parent.iterdir() if file.name.startswith(path.name)]
    return sum(file.read_bytes().count(NAME.encode()) for file in files)


@pytest.fixture
def path(tmp_path: Path, new_file: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    return Path(shutil.copy(new_file, folder / "study.qualcode"))


def in_process(code: str, path: Path) -> int:
    """Run code in a process of its own, as reading a file that is open here drops its locks."""
    lines = ["import os, signal, sys", "from pathlib import Path"]
    lines += [f"sys.path[:0] = {[str(Path(__file__).parent), *sys.path]!r}"]
    lines += ["from test_erasure import *", f"path = Path({str(path)!r})", code]
    command = [sys.executable, "-c", "\n".join(lines)]
    return subprocess.run(command, check=False).returncode


@pytest.mark.slow
def test_replaced_names_are_gone_while_the_project_is_still_open(path: Path) -> None:
    with Store.open(path, now=clock()) as store:
        fill(store)
        store.pseudonymize(replacer(), who="Anna")
        assert in_process("sys.exit(bytes_of(path))", path) == 0
        assert store.check() == ()
    assert bytes_of(path) == 0


@pytest.mark.slow
def test_a_removed_interview_is_gone(path: Path) -> None:
    with Store.open(path, now=clock()) as store:
        # The history keeps the names of interviews that were removed, and no words of them.
        fill(store, "G")
        for number in range(12):
            store.remove_transcript(f"G {number}", "Anna")
        assert in_process("sys.exit(bytes_of(path))", path) == 0
    assert bytes_of(path) == 0


KILLED = """
with Store.open(path, now=clock()) as store:
    fill(store)
    {before}
    store.pseudonymize(replacer(), who="Anna")
    os.kill(os.getpid(), signal.SIGKILL)
"""
# Killed between the step and the erasure.
BETWEEN = (
    "import qualcode.storage.erasure as e; e.erase = lambda _: os.kill(os.getpid(), signal.SIGKILL)"
)


@pytest.mark.slow
@pytest.mark.parametrize("before", ["pass", BETWEEN], ids=["after", "between"])
def test_a_program_that_is_killed_leaves_none_after_the_next_opening(
    path: Path, before: str
) -> None:
    assert in_process(KILLED.format(before=before), path) == -signal.SIGKILL
    if before == "pass":
        assert bytes_of(path) == 0
    with Store.open(path) as store:
        assert store.check() == ()
        assert len(store.transcripts()) == 12
    assert bytes_of(path) == 0


@pytest.mark.slow
def test_a_reader_only_delays_it(path: Path) -> None:
    with Store.open(path, now=clock()) as store, Store.open(path) as reader:
        fill(store)
        with reader.snapshot():
            reader.transcripts()
            store.pseudonymize(replacer(), who="Anna")
    assert bytes_of(path) == 0
