"""A file is written whole or not at all, and trouble is told in one sentence."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from qualcode.errors import WriteError
from qualcode.exporting.files import _reason, write_bytes


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.write_bytes(b"")
    write_bytes(tmp_path / "a.csv", b"new")
    assert (tmp_path / "a.csv").stat().st_mode == usual.stat().st_mode


def test_a_link_keeps_pointing_to_the_file_that_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_bytes(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="it is a folder"):
        write_bytes(tmp_path, b"new")


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"no folder '.*missing'. Make it first"):
        write_bytes(tmp_path / "missing" / "a.csv", b"new")


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="too long"):
        write_bytes(tmp_path / ("a" * 300 + ".csv"), b"new")


def test_a_closed_folder_is_told_from_a_file_in_use(tmp_path: Path) -> None:
    """Of the reasons only, since nothing is closed to an administrator."""
    denied = PermissionError(13, "Permission denied")
    used = tmp_path / "a.csv"
    assert "cannot be written to" in _reason(denied, tmp_path / "new.csv")
    used.write_bytes(b"")
    assert "open in another program" in _reason(denied, used)


@contextmanager
def _room_for(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_where_there_is_no_room_the_old_file_stays_and_nothing_is_left_behind(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    with _room_for(10), pytest.raises(WriteError, match="larger than a file may be"):
        write_bytes(path, b"x" * 1000)
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_a_place_that_is_no_disk_gives_one_sentence() -> None:
    with pytest.raises(WriteError, match=r"Cannot write '/proc/a\.csv'"):
        write_bytes(Path("/proc/a.csv"), b"new")
