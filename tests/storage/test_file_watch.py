"""A project keeps its name, or says that it lost it; and what is called saved is in the file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from qualcode.errors import MovedProjectError, ProjectError
from qualcode.storage import Store, file_watch, open_files
from qualcode.storage.schema import codings
from store_contents import Study, clock, file_of, first_codebook, interview


@pytest.fixture
def path(tmp_path: Path, new_file: Path) -> Path:
    """The file of a new project, alone in its folder."""
    folder = tmp_path / "study"
    folder.mkdir()
    return Path(shutil.copy(new_file, folder / "study.qualcode"))


@pytest.fixture
def open_study(path: Path) -> Iterator[Study]:
    """A project with one text and one coding, which is open."""
    with Store.open(path, now=clock()) as store:
        transcript = interview()
        store.add_transcript(transcript, file_of(transcript))
        store.save_codebook(first_codebook(), "Anna", "the first one")
        store.add_coder("Anna")
        study = Study(store, transcript)
        study.code("feest")
        yield study


def quotes_of(path: Path) -> list[str]:
    with Store.open(path) as store:
        assert store.check() == ()
        return [coding.quote for coding in store.codings()]


def count_without_log(path: Path, tmp_path: Path) -> int:
    """Count the codings in the file alone, as a copy of it shows them."""
    copy = shutil.copy(path, tmp_path / "copy.qualcode")
    with closing(sqlite3.connect(copy)) as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM {codings.name}").fetchone()
    return int(count)


@pytest.mark.parametrize("place", ["renamed.qualcode", "../elsewhere.qualcode"])
def test_a_moved_file_is_whole_and_gets_no_more_changes(
    path: Path, open_study: Study, place: str
) -> None:
    moved = path.rename(path.parent / place)
    with pytest.raises(MovedProjectError, match="was moved or renamed to") as refused:
        open_study.code("vrienden")
    assert refused.value.place is not None
    assert refused.value.place.samefile(moved)
    # Whole while the program still has it open, and no file appears under the old name.
    assert quotes_of(moved) == ["feest"]
    assert not path.exists()
    with pytest.raises(MovedProjectError):
        open_study.store.codings()
    open_study.store.close()
    assert [p.name for p in path.parent.iterdir() if p.name.startswith("study")] == []


@contextmanager
def no_access(folder: Path) -> Iterator[None]:
    """A folder that nobody may look into for a while, as of a network drive that is away."""
    folder.chmod(0)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="no POSIX rights on this system")
@pytest.mark.slow
def test_a_folder_that_is_away_for_a_moment_stops_the_work_and_loses_nothing(
    path: Path, open_study: Study
) -> None:
    watch = open_study.store._target.watch
    assert watch is not None
    with no_access(path.parent):
        with pytest.raises(ProjectError, match="cannot be reached now") as refused:
            open_study.code("vrienden")
        assert not isinstance(refused.value, MovedProjectError)
        watch.tend()
    open_study.code("vrienden")
    open_study.store.close()
    assert quotes_of(path) == ["feest", "vrienden"]


def test_a_replaced_file_stays_as_it_came_and_the_work_is_kept_beside(
    tmp_path: Path, path: Path, open_study: Study, new_file: Path
) -> None:
    new = Path(shutil.copy(new_file, tmp_path / "synchronised"))
    new.replace(path)
    with pytest.raises(MovedProjectError, match="was replaced by another file") as refused:
        open_study.code("vrienden")
    open_study.store.close()
    assert quotes_of(path) == []
    assert refused.value.place is not None
    assert quotes_of(refused.value.place) == ["feest"]


@pytest.mark.slow
def test_a_deleted_file_is_not_made_again_and_its_content_can_be_kept(
    tmp_path: Path, path: Path, open_study: Study
) -> None:
    path.unlink()
    with pytest.raises(MovedProjectError, match="was deleted"):
        open_study.code("vrienden")
    assert not path.exists()
    kept = tmp_path / "kept.qualcode"
    open_study.store.backup(kept)
    open_study.store.close()
    assert quotes_of(kept) == ["feest"]
    assert list(path.parent.iterdir()) == []


def test_a_change_is_not_confirmed_if_the_file_lost_its_name_during_it(
    path: Path, open_study: Study
) -> None:
    moved = path.with_name("renamed.qualcode")

    def act() -> None:
        with open_study.store.step("Anna"):
            open_study.code("vrienden")
            path.rename(moved)

    with pytest.raises(MovedProjectError):
        act()
    open_study.store.close()
    assert quotes_of(moved) == ["feest", "vrienden"]


@pytest.mark.slow
@pytest.mark.usefixtures("open_study")
def test_a_copy_taken_while_the_project_is_idle_holds_everything(
    tmp_path: Path, path: Path
) -> None:
    until = time.monotonic() + 60
    while Path(f"{path}-wal").stat().st_size and time.monotonic() < until:
        time.sleep(0.05)
    assert count_without_log(path, tmp_path) == 1
    assert Path(f"{path}-wal").stat().st_size == 0


def test_a_replacement_is_noticed_without_any_work(
    tmp_path: Path, path: Path, open_study: Study, new_file: Path
) -> None:
    assert open_study.store.coders() == ("Anna",)
    Path(shutil.copy(new_file, tmp_path / "synchronised")).replace(path)
    until = time.monotonic() + 60
    kept: list[Path] = []
    while not kept and time.monotonic() < until:
        time.sleep(0.05)
        kept = list(path.parent.glob("study.kept-*.qualcode"))
    assert [quotes_of(file) for file in kept] == [["feest"]]


def test_a_reader_that_stays_does_not_stop_the_log_from_being_merged_later(
    tmp_path: Path, path: Path, open_study: Study
) -> None:
    watch = open_study.store._target.watch
    assert watch is not None
    with open_study.store.snapshot():
        open_study.store.codings()
        watch.merge_log()
    watch.merge_log()
    assert count_without_log(path, tmp_path) == 1


def test_where_no_open_file_can_be_listed_the_folder_is_searched(
    path: Path, open_study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_files, "_FOLDERS", ())
    moved = path.rename(path.with_name("renamed.qualcode"))
    with pytest.raises(MovedProjectError) as refused:
        open_study.code("vrienden")
    assert refused.value.place == moved


def write_over(path: Path, other: Path) -> None:
    """Write a version into the file that has this name, as "cp" does: the file stays the same."""
    identity = path.stat().st_ino
    path.write_bytes(other.read_bytes())
    assert path.stat().st_ino == identity


def merge_log(store: Store) -> None:
    """Bring everything into the file, as it is after a second without work."""
    watch = store._target.watch
    assert watch is not None
    watch.merge_log()


@pytest.fixture
def older(tmp_path: Path, path: Path, open_study: Study) -> Path:
    """The version of the project with one coding, as another computer has it."""
    merge_log(open_study.store)
    return Path(shutil.copy(path, tmp_path / "older.qualcode"))


@pytest.mark.parametrize("in_log", [True, False], ids=["work in the log", "no log"])
@pytest.mark.slow
def test_an_overwritten_file_stays_as_it_came_and_gets_no_more_changes(
    path: Path, open_study: Study, older: Path, in_log: bool
) -> None:
    open_study.code("vrienden")
    merge_log(open_study.store)
    if in_log:
        open_study.code("week")
    write_over(path, older)
    with pytest.raises(MovedProjectError, match="wrote another version into") as refused:
        open_study.code("café")
    with pytest.raises(MovedProjectError):
        open_study.store.codings()
    open_study.store.close()
    assert quotes_of(path) == ["feest"]
    if refused.value.place is not None:
        assert quotes_of(refused.value.place) == ["feest", "vrienden", *(["week"] * in_log)]


@pytest.mark.slow
def test_a_version_that_was_continued_elsewhere_is_not_mixed_with_the_open_one(
    path: Path, open_study: Study, older: Path
) -> None:
    """Also where it holds all that was saved here: SQLite would go on from what it remembers."""
    with Store.open(older) as elsewhere:
        Study(elsewhere, open_study.transcript).code("vrienden")
    write_over(path, older)
    with pytest.raises(MovedProjectError, match="wrote another version into"):
        open_study.code("week")
    open_study.store.close()
    assert quotes_of(path) == ["feest", "vrienden"]


def test_an_overwritten_file_is_left_alone_when_the_project_is_closed(
    path: Path, open_study: Study, older: Path
) -> None:
    open_study.code("vrienden")
    merge_log(open_study.store)
    open_study.code("week")
    write_over(path, older)
    open_study.store.close()
    assert quotes_of(path) == ["feest"]


def test_changes_of_another_program_are_no_other_version(path: Path, open_study: Study) -> None:
    with Store.open(path) as other:
        study = Study(other, open_study.transcript)
        for word in ("vrienden", "week"):
            study.code(word)
            merge_log(other)
            assert len(open_study.store.codings()) >= 2
    open_study.store.add_coder("Bram")
    open_study.store.close()
    assert quotes_of(path) == ["feest", "vrienden", "week"]


@pytest.mark.slow
def test_a_long_step_of_another_program_that_is_not_merged_yet_is_no_other_version(
    path: Path, open_study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    merge_log(open_study.store)
    monkeypatch.setattr(file_watch, "IDLE_SECONDS", 60.0)
    with Store.open(path) as other:
        Study(other, open_study.transcript).code("vrienden")
        merge_log(other)
        with other.step("Anna"):
            for number in range(300):
                other.set_setting(f"key {number}", number, "Anna")
        assert len(open_study.store.codings()) == 2
    open_study.code("week")
    open_study.store.close()
    assert quotes_of(path) == ["feest", "vrienden", "week"]


def test_a_file_that_cannot_be_read_for_a_moment_is_no_other_version(
    open_study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> bytes:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "pread", fail)
        open_study.code("vrienden")
    open_study.code("week")
    assert [coding.quote for coding in open_study.store.codings()] == ["feest", "vrienden", "week"]


TENFOLD = """
import os, sys
from qualcode.storage import Store
store = Store.open(sys.argv[1])
for number in range(10):
    store.add_coder(f"coder {number}", "")
    os.write(1, b"saved")
"""


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="no strace to count with")
def test_what_is_called_saved_is_on_the_disk(path: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-y", "-o", str(trace), "-e", "trace=fsync,fdatasync,write"]
    done = subprocess.run(
        [*command, sys.executable, "-c", TENFOLD, str(path)], env=os.environ, check=False
    )
    if done.returncode:
        pytest.skip("strace may not trace here")
    printed, synced = 0, 0
    for line in trace.read_text(errors="replace").splitlines():
        if ("fsync(" in line or "fdatasync(" in line) and f"{path.name}-wal" in line:
            synced += 1
        elif '"saved"' in line:
            printed += 1
            # Each change was written through before the next word about it.
            assert synced >= printed
    assert printed >= 10


def made_halfway(path: Path, act: Callable[[], object]) -> None:
    with pytest.raises(KeyboardInterrupt):
        act()
    assert list(path.parent.iterdir()) == [path]


def test_an_interrupted_copy_or_new_project_leaves_no_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(path)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(file_watch, "fill_copy", stop)
    monkeypatch.setattr("qualcode.storage.session.fill_copy", stop)
    monkeypatch.setattr("qualcode.storage.database.migrate", stop)
    with pytest.raises(KeyboardInterrupt):
        store.backup(path.with_name("copy.qualcode"))
    store.close()
    made_halfway(path, lambda: Store.create(path.with_name("new.qualcode"), name="Proef"))


def test_on_windows_a_folder_that_is_away_does_not_lose_the_file(
    path: Path, open_study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share that is away is "not found" there, as a file that was deleted is."""
    monkeypatch.setattr(open_files, "sys", SimpleNamespace(platform="win32"))
    away = path.parent.rename(path.parent.with_name("away"))
    with pytest.raises(ProjectError, match="cannot be reached now") as refused:
        open_study.code("feest")
    assert not isinstance(refused.value, MovedProjectError)
    away.rename(path.parent)
    open_study.code("vrienden")
    assert len(open_study.store.codings()) == 2
