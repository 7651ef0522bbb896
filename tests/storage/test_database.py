"""One file per project; every other file or trouble is told in one clear sentence."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pg8000.exceptions import DatabaseError, InterfaceError
from sqlalchemy.engine import URL

from qualcode.errors import (
    DamagedProjectError,
    DuplicateError,
    FullDiskError,
    InvalidValueError,
    LockedProjectError,
    NotAProjectError,
    ProjectError,
    QualcodeError,
    ReadOnlyProjectError,
    RefusedPasswordError,
    UndefinedRequestError,
)
from qualcode.storage import Store, engine
from qualcode.storage.db_errors import project_error
from qualcode.storage.engine import APPLICATION_ID
from read_only import as_nobody
from store_contents import Study, clock, file_of, interview, new_database


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def database(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection:
        yield connection
        connection.commit()


def test_a_project_is_made_closed_and_opened_again(place: str) -> None:
    with Store.create(place, name="Proef", language="en", who="Anna", now=clock()) as store:
        store.add_transcript(interview(), file_of(interview()), "Anna")
        made = store.info()
    with Store.open(place) as store:
        assert store.info() == made
        assert store.transcripts() == (interview(),)
        assert [e.action for e in store.events("Anna")] == ["project.create", "transcript.add"]


def test_a_closed_project_is_one_single_file_marked_as_ours(tmp_path: Path) -> None:
    path = tmp_path / "study.qualcode"
    store = Store.create(path, name="Proef")
    store.add_coder("Anna")
    store.close()
    assert names_in(tmp_path) == ["study.qualcode"]
    with database(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_an_open_project_follows_the_pragmas(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a b#?%.qualcode", name="Proef") as store, store._read() as c:
        found = {
            name: c.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "busy_timeout": 5000,
    }
    with Store.open(tmp_path / "a b#?%.qualcode") as store:
        assert store.info().name == "Proef"


def test_a_project_in_memory_lives_as_long_as_it_is_open() -> None:
    with Store.create("sqlite://", name="Proef") as store:
        store.add_coder("Anna", "Anna")
        assert store.coders() == ("Anna",)
        with pytest.raises(UndefinedRequestError, match="backup"):
            store.backup(Path("nowhere"))


def test_nothing_is_made_where_a_project_is(place: str) -> None:
    Store.create(place, name="Eerste").close()
    with pytest.raises(DuplicateError, match="already"):
        Store.create(place, name="Tweede")
    with Store.open(place) as store:
        assert store.info().name == "Eerste"


@pytest.mark.parametrize("name", ["", " "])
def test_a_project_without_a_name_leaves_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidValueError, match="needs a name"):
        Store.create(tmp_path / "x.qualcode", name=name)
    with pytest.raises(InvalidValueError, match="NUL"):
        Store.create(tmp_path / "x.qualcode", name="a\x00")
    assert list(tmp_path.iterdir()) == []


def a_folder(path: Path) -> None:
    path.mkdir()


def an_empty_file(path: Path) -> None:
    path.touch()


def a_text_file(path: Path) -> None:
    path.write_text("I: Hoe begon het?\n" * 100)


def another_database(path: Path) -> None:
    with database(path) as connection:
        connection.execute("CREATE TABLE source (id INTEGER)")


def another_database_in_wal_mode(path: Path) -> None:
    with database(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE source (id INTEGER)")


def a_marked_database_without_tables(path: Path) -> None:
    with database(path) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("CREATE TABLE source (id INTEGER)")


def half_a_project(path: Path) -> None:
    Store.create(path, name="Proef").close()
    os.truncate(path, path.stat().st_size // 2)


def a_scrambled_project(path: Path) -> None:
    Store.create(path, name="Proef").close()
    data = bytearray(path.read_bytes())
    data[100:8000] = b"\xa5" * 7900
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "kind", "told"),
    [
        (lambda _: None, ProjectError, "does not exist"),
        (a_folder, ProjectError, "is a folder"),
        (an_empty_file, NotAProjectError, "is not a qualcode project"),
        (a_text_file, NotAProjectError, "is not a qualcode project"),
        (another_database, NotAProjectError, "is not a qualcode project"),
        (another_database_in_wal_mode, NotAProjectError, "is not a qualcode project"),
        (a_marked_database_without_tables, NotAProjectError, "is not a qualcode project"),
        (half_a_project, DamagedProjectError, "is damaged"),
        (a_scrambled_project, DamagedProjectError, "is damaged"),
    ],
)
def test_what_is_not_a_sound_project_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], kind: type[ProjectError], told: str
) -> None:
    path = tmp_path / "study.qualcode"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kind, match=told) as refused:
        Store.open(path)
    assert "study.qualcode" in str(refused.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not path.exists() or names_in(tmp_path) == ["study.qualcode"]


def test_a_project_cannot_be_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="There is no folder"):
        Store.create(tmp_path / "no" / "study.qualcode", name="Proef")
    (tmp_path / "file").touch()
    with pytest.raises(ProjectError, match="There is no folder"):
        Store.create(tmp_path / "file" / "study.qualcode", name="Proef")


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="no POSIX rights on this system")
def test_in_a_read_only_folder_a_project_is_read_and_nothing_made_or_changed(
    tmp_path: Path, new_file: Path
) -> None:
    folder = tmp_path / "read_only"
    folder.mkdir()
    path = folder / "study.qualcode"
    shutil.copy(new_file, path)
    path.chmod(0o444)
    before = path.read_bytes()
    with as_nobody(folder):
        with pytest.raises(ReadOnlyProjectError, match=r"Nothing may be written at '.*new.qual"):
            Store.create(folder / "new.qualcode", name="Proef")
        with Store.open(path) as store:
            assert store.info().name == "Proef"
            assert store.check() == ()
            with pytest.raises(ReadOnlyProjectError, match=r"study\.qualcode'"):
                store.add_coder("Anna")
            assert store.coders() == ()
    assert path.read_bytes() == before
    assert names_in(folder) == ["study.qualcode"]


def limit_pages(store: Store, pages: int) -> None:
    raw = store._engine.raw_connection()
    raw.cursor().execute(f"PRAGMA max_page_count={pages}")
    raw.close()


def test_a_full_disk_leaves_the_project_as_it_was(tmp_path: Path, new_file: Path) -> None:
    path = tmp_path / "study.qualcode"
    shutil.copy(new_file, path)
    with Store.open(path) as store:
        limit_pages(store, 80)
        big = interview("G02", "R: " + "lang verhaal " * 100_000)
        before = store.events()
        with pytest.raises(FullDiskError, match=r"disk that holds '.*study\.qualcode' is full"):
            store.add_transcript(big, file_of(big), "Anna")
        assert store.transcripts() == ()
        assert store.events() == before
        assert store.check() == ()


def test_a_locked_project_is_said_to_be_locked(
    tmp_path: Path, new_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    path = tmp_path / "study.qualcode"
    shutil.copy(new_file, path)
    with Store.open(path) as store, closing(sqlite3.connect(path)) as other:
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedProjectError, match="locked by another program"):
            store.add_coder("Anna")
        assert store.coders() == ()
        other.execute("ROLLBACK")
        store.add_coder("Anna")


def test_a_database_without_a_project_is_refused(server: URL) -> None:
    with pytest.raises(NotAProjectError, match="not a qualcode project"):
        Store.open(new_database(server, "empty"))


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("mysql://localhost/study", "cannot be kept in 'mysql'"),
        ("://", "not a database URL"),
        # the program tries three seconds to reach a server
        pytest.param(
            "postgresql://a:secret@127.0.0.1:1/study", r"127\.0\.0\.1", marks=pytest.mark.slow
        ),
    ],
)
def test_a_url_that_leads_nowhere_is_refused_without_telling_the_password(
    target: str, told: str
) -> None:
    with pytest.raises(ProjectError, match=told) as refused:
        Store.open(target)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("name", ["postgres", "postgresql"])
def test_a_folder_may_be_called_as_a_server(
    tmp_path: Path, new_file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).mkdir()
    shutil.copy(new_file, tmp_path / name / "study.qualcode")
    monkeypatch.chdir(tmp_path)
    with Store.open(f"{name}/study.qualcode") as store:
        assert store.info().name == "Proef"


@pytest.mark.parametrize(
    "target",
    ["postgres:anna:secret@host/db", "postgresql/anna:secret@host/db", "postgresql:/anna/secret"],
)
def test_a_mistyped_address_does_not_show_its_password(target: str) -> None:
    with pytest.raises(ProjectError, match="not a database URL") as refused:
        Store.open(target)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "error",
    [
        DatabaseError({"C": "28P01", "M": "Passwort-Authentifizierung fehlgeschlagen"}),
        DatabaseError({"C": "28000", "M": "geen toegang"}),
        InterfaceError("server requesting MD5 authentication, but no password was provided"),
    ],
)
def test_a_refused_password_is_known_in_every_language_of_the_server(error: Exception) -> None:
    assert isinstance(project_error(error, "postgresql://host/db"), RefusedPasswordError)


def test_a_missing_database_is_told(server: URL) -> None:
    missing = server.set(drivername="postgresql", database="not_there", password="secret")
    with pytest.raises(ProjectError, match="does not exist") as refused:
        Store.open(missing.render_as_string(hide_password=False))
    assert "secret" not in str(refused.value)


@pytest.mark.slow
def test_a_backup_is_a_whole_project_at_that_moment(tmp_path: Path, study: Study) -> None:
    study.code("feest")
    copy = tmp_path / "copy.qualcode"
    if study.store._target.path is None:
        with pytest.raises(UndefinedRequestError, match="pg_dump"):
            study.store.backup(copy)
        return
    study.store.backup(copy)
    study.code("vrienden")
    with Store.open(copy) as store:
        assert [c.quote for c in store.codings()] == ["feest"]
        assert store.check() == ()


@pytest.mark.parametrize("there", ["file", "folder"])
def test_a_backup_replaces_nothing(tmp_path: Path, new_file: Path, there: str) -> None:
    path, to = tmp_path / "study.qualcode", tmp_path / "copy.qualcode"
    shutil.copy(new_file, path)
    to.mkdir() if there == "folder" else to.write_text("mine")
    with Store.open(path) as store:
        with pytest.raises(DuplicateError, match=r"copy\.qualcode' exists already"):
            store.backup(to)
        with pytest.raises(DuplicateError, match=r"study\.qualcode' exists already"):
            store.backup(path)
        with pytest.raises(QualcodeError, match="There is no folder"):
            store.backup(tmp_path / "no" / "copy.qualcode")
