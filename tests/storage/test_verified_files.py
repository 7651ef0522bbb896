"""A large file is verified once for its bytes, and again as soon as one of them differs."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from qualcode.errors import DamagedProjectError
from qualcode.model import Original
from qualcode.project import Project
from qualcode.storage import Store
from qualcode.storage.verified_files import LARGE, VerifiedFiles, hash_of_file
from store_contents import interview

pytestmark = pytest.mark.slow

WORDS = "Dit zei iemand, en het staat in de brief."


@pytest.fixture
def verified(tmp_path: Path) -> VerifiedFiles:
    return VerifiedFiles(tmp_path / "verified")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that is large because its interview came with one."""
    place = tmp_path / "study.qualcode"
    with Store.create(place, name="study") as store:
        data = Original("brief.docx", WORDS.encode() + bytes(LARGE))
        store.add_transcript(interview("brief", WORDS), data)
    return place


def hashes(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("verified/*"))


def harm(path: Path, word: bytes = b"iemand") -> None:
    """Change one byte of a stored text, and nothing that the system tells about the file."""
    times = path.stat()
    data = path.read_bytes()
    path.write_bytes(data.replace(word, word[:-1] + b"x"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def test_the_bytes_of_a_sound_file_are_remembered_once(
    path: Path, tmp_path: Path, verified: VerifiedFiles
) -> None:
    for _ in range(2):
        with Store.open(path) as store:
            assert store.verify(verified) == ()
            assert hashes(tmp_path) == [hash_of_file(path)]


def test_one_changed_byte_is_found_on_opening_whatever_the_times_of_the_file(
    path: Path, tmp_path: Path, verified: VerifiedFiles
) -> None:
    with Store.open(path) as store:
        assert store.verify(verified) == ()
    before = hashes(tmp_path)
    harm(path)
    with Store.open(path) as store:
        assert any("not the one that was" in p.message for p in store.verify(verified))
        assert store.verify(verified)
    assert hashes(tmp_path) == before


def test_a_remembered_file_is_not_verified_and_the_check_asks_nothing_of_it(
    path: Path, verified: VerifiedFiles
) -> None:
    harm(path)
    with Store.open(path) as store:
        # As if these bytes had been found to be sound.
        verified.add(hash_of_file(path))
        assert store.verify(verified) == ()
        assert store.check()
        assert store.check(thorough=False)


def test_a_change_that_is_not_in_the_file_yet_is_verified_and_not_remembered(
    path: Path, tmp_path: Path, verified: VerifiedFiles
) -> None:
    with Store.open(path) as store:
        store.verify(verified)
        store.add_coder("Anna")
        with closing(sqlite3.connect(path)) as other:
            # Another program has no check sums, and knows nothing of ours.
            other.execute("DROP TRIGGER row_sum_coders_update")
            other.execute("UPDATE coders SET position = 9 WHERE name = 'Anna'")
            other.commit()
            (problem,) = store.verify(verified)
            assert "coders" in problem.where
    assert len(hashes(tmp_path)) == 1


def test_a_small_file_leaves_nothing(tmp_path: Path, verified: VerifiedFiles) -> None:
    with Store.create(tmp_path / "small.qualcode", name="study") as store:
        assert store.verify(verified) == ()
    assert not (tmp_path / "verified").exists()


def test_a_project_opens_where_nothing_can_be_remembered(path: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("no folder")
    with Store.open(path) as store:
        assert store.verify(VerifiedFiles(taken)) == ()


def test_the_hashes_of_a_hundred_files_are_kept(verified: VerifiedFiles, tmp_path: Path) -> None:
    for number in range(103):
        verified.add(f"{number:03}")
        os.utime(tmp_path / "verified" / f"{number:03}", (number, number))
    assert hashes(tmp_path) == [f"{number:03}" for number in range(3, 103)]


def test_opening_a_project_remembers_and_refuses(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    with Project.open(path):
        pass
    assert len(list(tmp_path.rglob("qualcode/verified/*"))) == 1
    harm(path)
    with pytest.raises(DamagedProjectError):
        Project.open(path)
