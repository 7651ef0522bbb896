"""A log that a killed program left is never mixed into another version of its file."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qualcode.errors import ReplacedProjectError
from qualcode.model import Coding, Span
from qualcode.storage import Store
from store_contents import TEXT, file_of, first_codebook, interview

BEFORE, AFTER = 5, 20
"""Codings in the file itself, and in the log besides."""


def code(store: Store, *starts: int) -> None:
    for start in starts:
        span = Span(start, start + 3)
        store.add_codings([Coding("", "G01", span, span.of(TEXT), "invloeden", "Anna")], "Anna")


def count(path: Path) -> int:
    with Store.open(path) as store:
        assert not store.check()
        return len(store.codings())


def new_project(path: Path) -> Path:
    with Store.create(path, name="Proef") as store:
        store.save_codebook(first_codebook())
        store.add_coder("Anna")
        store.add_transcript(interview("G01", TEXT), file_of(interview("G01", TEXT)), "Anna")
        code(store, *range(BEFORE - 2))
    shutil.copy(path, path.with_name("oldest.qualcode"))
    with Store.open(path) as store:
        code(store, *range(BEFORE - 2, BEFORE))
    return path


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """What a kill leaves: the file as it was, and a log with acknowledged codings beside it."""
    (tmp_path / "work").mkdir()
    path = new_project(tmp_path / "work" / "study.qualcode")
    shutil.copy(path, tmp_path / "earlier.qualcode")
    shutil.copy(path.with_name("oldest.qualcode"), tmp_path)
    (tmp_path / "left").mkdir()
    with Store.open(path) as store:
        code(store, *range(10, 10 + AFTER))
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", tmp_path / "left" / f"study.qualcode{suffix}")
    assert (tmp_path / "left" / "study.qualcode-wal").stat().st_size
    return tmp_path / "left" / "study.qualcode"


def another_project(folder: Path) -> Path:
    with Store.create(folder / "other.qualcode", name="Ander") as store:
        store.save_codebook(first_codebook())
    return folder / "other.qualcode"


def older_version(folder: Path) -> Path:
    return folder / "oldest.qualcode"


def newer_version(folder: Path) -> Path:
    """Another machine worked on from the same version."""
    newer = Path(shutil.copy(folder / "earlier.qualcode", folder / "newer.qualcode"))
    with Store.open(newer) as store:
        code(store, *range(30, 37))
    return newer


REPLACED: dict[Callable[[Path], Path], int] = {
    another_project: 0,
    older_version: BEFORE - 2,
    newer_version: BEFORE + 7,
}
"""What a service puts in the place of the file, and how many codings it holds."""


@pytest.mark.parametrize("replace", REPLACED, ids=lambda replace: replace.__name__)
@pytest.mark.slow
def test_another_version_is_not_mixed_with_the_log(
    left: Path, tmp_path: Path, replace: Callable[[Path], Path]
) -> None:
    shutil.copy(left, tmp_path / "before.qualcode")
    shutil.copy(replace(tmp_path), left)
    put = left.read_bytes()
    with pytest.raises(ReplacedProjectError, match="Nothing was mixed") as caught:
        Store.open(left)
    assert left.read_bytes() == put
    assert count(left) == REPLACED[replace]
    # What the message says of the version before is true.
    shutil.copy(caught.value.log, tmp_path / "before.qualcode-wal")
    assert count(tmp_path / "before.qualcode") == BEFORE + AFTER


@pytest.mark.slow
def test_the_log_of_the_file_is_merged(left: Path) -> None:
    assert count(left) == BEFORE + AFTER


@pytest.mark.slow
def test_a_log_that_was_merged_in_part_is_of_the_file(left: Path) -> None:
    with closing(sqlite3.connect(left)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        for suffix in ("", "-wal"):
            shutil.copy(f"{left}{suffix}", left.with_name(f"part.qualcode{suffix}"))
    assert count(left.with_name("part.qualcode")) == BEFORE + AFTER


@pytest.mark.slow
def test_a_log_cut_short_is_of_the_file(left: Path) -> None:
    log = Path(f"{left}-wal")
    log.write_bytes(log.read_bytes()[: log.stat().st_size * 2 // 3])
    assert BEFORE <= count(left) < BEFORE + AFTER


@pytest.mark.slow
def test_what_somebody_else_has_open_is_left_alone(tmp_path: Path) -> None:
    path = new_project(tmp_path / "study.qualcode")
    work = (
        "import sys; from qualcode.storage import Store; from pathlib import Path\n"
        "from qualcode.storage.leftover_log import set_aside_foreign_log\n"
        "from datetime import datetime\n"
        "for _ in range(40): set_aside_foreign_log(Path(sys.argv[1]), datetime.now())"
    )
    with Store.open(path) as store:
        reader = subprocess.Popen([sys.executable, "-c", work, str(path)])
        while reader.poll() is None:
            code(store, *range(10, 30))
            for coding in store.codings():
                store.withdraw_codings([coding.id], "Anna")
        assert reader.returncode == 0
    assert count(path) == 0
