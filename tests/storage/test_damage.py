"""A harmed file whose rows differ never passes: opening or the check says so, in one sentence.

`QUALCODE_HARMS=3000` is the nightly number; `QUALCODE_SEED` repeats a night.
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qualcode.errors import DamagedProjectError, ProjectError
from qualcode.storage import Store
from qualcode.storage.rescue import rescue
from qualcode.storage.schema import metadata
from two_coder_study import make_project

HARMS = int(os.environ.get("QUALCODE_HARMS", "300"))
SEED = int(os.environ.get("QUALCODE_SEED", "14"))


def flip_bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def write_zeros(data: bytearray, chance: random.Random) -> None:
    start, length = chance.randrange(len(data)), chance.choice((1, 16, 512, 4096))
    data[start : start + length] = bytes(len(data[start : start + length]))


def write_noise(data: bytearray, chance: random.Random) -> None:
    start, length = chance.randrange(len(data)), chance.choice((1, 4, 64, 512))
    data[start : start + length] = chance.randbytes(len(data[start : start + length]))


def truncate(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


HARM: tuple[Callable[[bytearray, random.Random], None], ...] = (
    flip_bits,
    write_zeros,
    write_noise,
    truncate,
)


def rows_of(path: Path) -> object:
    """Return all rows as SQLite reads them; None where it cannot."""
    address = f"{path.as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.text_factory = bytes
            return {
                table.name: sorted(
                    map(repr, connection.execute(f'SELECT * FROM "{table.name}" NOT INDEXED'))
                )
                for table in metadata.sorted_tables
                if table.name != "row_sums"
            }
    except (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError):
        return None


def is_told(path: Path) -> bool:
    """Open and check a project; any exception but ours fails the test."""
    try:
        with Store.open(path) as store:
            return store.check() != ()
    except ProjectError:
        return True


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two coders, in which about everything happened."""
    path = make_project(tmp_path_factory.mktemp("sound"))
    with Store.open(path) as store:
        assert store.check() == ()
    return path


@pytest.mark.slow
def test_no_harmed_file_whose_rows_differ_passes(
    sound: Path,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    chance = random.Random(SEED)
    whole, rows = sound.read_bytes(), rows_of(sound)
    assert rows is not None
    differ, passed = 0, []
    for number in range(HARMS):
        folder = tmp_path / str(number)
        folder.mkdir()
        path, data = folder / "study.qualcode", bytearray(whole)
        harm = HARM[number % len(HARM)]
        harm(data, chance)
        path.write_bytes(data)
        differs = rows_of(path) != rows
        differ += differs
        if differs and not is_told(path):
            passed.append((number, harm.__name__))
        for file in folder.iterdir():
            file.unlink()
    assert passed == []
    assert differ > HARMS // 4
    record_property("harmed, rows differ, passed", (HARMS, differ, 0))
    with capsys.disabled():
        print(f"\nharmed {HARMS}, rows differ {differ}, passed 0")  # noqa: T201 - counts that a night is read by


def content(path: Path) -> dict[str, set[str]]:
    """Return the rows of the tables that hold the study, as texts."""
    rows = rows_of(path)
    assert isinstance(rows, dict)
    # The history is closed by the rescue, and its hashes are made anew.
    left_out = {"steps", "events", "settings"}
    return {name: set(values) for name, values in rows.items() if name not in left_out}


def test_all_of_a_sound_file_is_saved(sound: Path, tmp_path: Path) -> None:
    report = rescue(sound, tmp_path / "saved.qualcode")
    assert report.lost == ()
    assert content(tmp_path / "saved.qualcode") == content(sound)


def test_a_file_without_its_first_page_is_saved_but_for_what_stood_there(
    sound: Path, tmp_path: Path
) -> None:
    harmed = tmp_path / "harmed.qualcode"
    harmed.write_bytes(bytes(4096) + sound.read_bytes()[4096:])
    before = harmed.read_bytes()
    report = rescue(harmed, tmp_path / "saved.qualcode")
    assert content(tmp_path / "saved.qualcode") == content(sound)
    assert report.lost == ()
    assert harmed.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["harmed.qualcode", "saved.qualcode"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_what_is_whole_is_saved_and_what_is_not_is_listed(
    sound: Path, tmp_path: Path, seed: int
) -> None:
    chance, data = random.Random(seed), bytearray(sound.read_bytes())
    for _ in range(1 + seed):
        HARM[seed % 3](data, chance)
    harmed, saved = tmp_path / "harmed.qualcode", tmp_path / "saved.qualcode"
    harmed.write_bytes(data)
    report = rescue(harmed, saved)
    before, after = content(sound), content(saved)
    for name, rows in after.items():
        assert rows <= before[name], name
    if after != before:
        assert report.lost
    with Store.open(saved) as store:
        # What remains holds together, but for codings whose code or round is lost.
        assert set(store.check()) <= set(report.lost)
        store.add_coder("Iemand")


def test_a_file_of_noise_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    harmed = tmp_path / "harmed.qualcode"
    harmed.write_bytes(random.Random(SEED).randbytes(50_000))
    with pytest.raises(DamagedProjectError, match="has no check sums"):
        rescue(harmed, tmp_path / "saved.qualcode")
    assert list(tmp_path.iterdir()) == [harmed]
