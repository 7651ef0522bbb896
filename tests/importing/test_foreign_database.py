"""A database of another program is read as it lies there, and nothing in it may act."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qualcode.importing.foreign_database import open_database, parse_moment


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "project.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE codes (name TEXT)")
        database.execute("INSERT INTO codes VALUES ('joy')")
        database.execute("CREATE VIEW secrets AS SELECT load_extension('evil') AS name")
        database.commit()
    return path


def test_it_cannot_be_changed_and_gets_no_file_next_to_it(foreign: Path) -> None:
    before = foreign.read_bytes()
    with open_database(foreign) as database:
        assert [row["name"] for row in database.execute("SELECT * FROM codes")] == ["joy"]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            database.execute("DELETE FROM codes")
        assert [path.name for path in foreign.parent.iterdir()] == [foreign.name]
    assert foreign.read_bytes() == before


def test_a_view_cannot_call_a_function_that_acts(foreign: Path) -> None:
    with (
        open_database(foreign) as database,
        pytest.raises(sqlite3.OperationalError, match=r"unsafe use of load_extension"),
    ):
        database.execute("SELECT * FROM secrets").fetchall()


def test_a_moment_without_a_zone_is_in_utc_and_one_with_a_zone_keeps_it() -> None:
    assert parse_moment("2024-05-01 10:00:00") == datetime(2024, 5, 1, 10, tzinfo=UTC)
    moment = parse_moment("2024-05-01T10:00:00+02:00")
    assert moment is not None
    assert moment.utcoffset() == timedelta(hours=2)
    assert parse_moment("yesterday") is None
