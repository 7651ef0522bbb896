"""A withdrawal on PostgreSQL: after the steps in the receipt the server holds no phrase."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url

from planted_phrases import ALONE, GROUP, OTHER, Planted, marks_in, plant
from qualcode.project import Project, describe_receipt
from qualcode.project.receipts import SERVER_STEPS
from store_contents import new_database
from two_coder_study import BOOK

ROOT = Path(__file__).parents[2]


@pytest.fixture
def engine(server: URL) -> Iterator[Engine]:
    """The database of the project, as its administrator works in it."""
    url = make_url(new_database(server, "withdrawn")).set(drivername=server.drivername)
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    yield engine
    with engine.connect() as connection:
        connection.execute(text("ALTER SYSTEM RESET wal_recycle"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.fixture
def planted(engine: Engine, tmp_path: Path) -> Iterator[Planted]:
    (tmp_path / "book.yaml").write_text(BOOK, encoding="utf-8")
    for name, words in {"G1": ALONE, "FG1": GROUP, "G2": OTHER}.items():
        (tmp_path / f"{name}.txt").write_bytes(words.encode("utf-8"))
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with Project.create(url) as project:
        yield plant(project, tmp_path)


@pytest.fixture
def marks_on_server(engine: Engine) -> Callable[[], set[str]]:
    """Return which phrases stand in the files of the server, of this database and the log."""
    with engine.connect() as connection:
        folder = Path(str(connection.scalar(text("SHOW data_directory"))))
        number = connection.scalar(
            text("SELECT oid FROM pg_database WHERE datname = current_database()")
        )
    if not os.access(folder, os.R_OK | os.X_OK):
        pytest.skip("the files of the server cannot be read here")

    def search() -> set[str]:
        marks: set[str] = set()
        for part in (f"base/{number}", "pg_wal", "global"):
            for path in (folder / part).rglob("*"):
                if path.is_file():
                    marks |= {*marks_in(path.read_bytes())}
        return marks

    return search


def test_after_the_steps_of_the_receipt_the_server_holds_no_phrase(
    planted: Planted, engine: Engine, marks_on_server: Callable[[], set[str]]
) -> None:
    run(engine, "ANALYZE;", "CHECKPOINT;")
    assert len(marks_on_server()) == 50
    receipt = planted.anna.cases.withdraw("P1")
    lines = [str(line) for line in describe_receipt(receipt)]
    assert receipt.is_complete, receipt.remains
    assert receipt.on_server
    assert not any("next backup" in line for line in lines)
    assert [line.strip() for line in lines if line.endswith(";")] == list(SERVER_STEPS)
    # Until then they are there: the receipt may not say otherwise.
    assert marks_on_server()
    run(engine, *SERVER_STEPS)
    # One file of the log may have been used again before: the page says to repeat it for each.
    for _ in range(3):
        run(engine, "SELECT pg_switch_wal();", "CHECKPOINT;")
    assert marks_on_server() == set()
    assert planted.project.history.check() == ()
    assert [case.name for case in planted.project.cases.collect()] == ["P2", "P3"]


def test_the_page_has_the_steps_of_the_receipt() -> None:
    page = (ROOT / "docs" / "confidentiality.md").read_text(encoding="utf-8")
    assert "".join(f"    {step}\n" for step in SERVER_STEPS) in page


def run(engine: Engine, *statements: str) -> None:
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
            if "reload" in statement:
                # The server reads its settings a moment later.
                wait_for(connection, "off")


def wait_for(connection: object, value: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if connection.scalar(text("SHOW wal_recycle")) == value:  # type: ignore[attr-defined]
            return
        time.sleep(0.05)
    raise AssertionError("the server did not read its settings")
