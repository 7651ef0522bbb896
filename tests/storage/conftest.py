"""Stores to test with: in SQLite, and again in PostgreSQL where a server is given."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, insert, select
from sqlalchemy.engine import URL

from qualcode.storage import Store
from qualcode.storage.schema import metadata
from store_contents import Study, clock, file_of, first_codebook, interview, new_database

DATABASES = ["sqlite", "postgres"]


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place for a new project: a file's path, or the URL of an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "study.qualcode")
    return new_database(request.getfixturevalue("server"), "empty")


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a new project, to copy: quicker than to make it for every test."""
    path = tmp_path_factory.mktemp("new") / "study.qualcode"
    Store.create(path, name="Proef", now=clock()).close()
    return path


@pytest.fixture(scope="session")
def renewed(server: URL) -> Iterator[tuple[str, Engine, dict[str, list[dict[str, object]]]]]:
    """The database of a new project, and its rows, to put back before every test."""
    url = new_database(server, "renewed")
    Store.create(url, name="Proef", now=clock()).close()
    engine = create_engine(url.replace("postgresql://", "postgresql+pg8000://"))
    with engine.connect() as connection:
        rows = {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in metadata.sorted_tables
        }
    yield url, engine, rows
    engine.dispose()


@pytest.fixture(params=DATABASES)
def home(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The place of a new, empty project."""
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("new_file"), tmp_path / "study.qualcode")
        return str(copy)
    url, engine, rows = request.getfixturevalue("renewed")
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        for table in metadata.sorted_tables:
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])
    return str(url)


@pytest.fixture
def store(home: str) -> Iterator[Store]:
    """An empty project."""
    with Store.open(home, now=clock()) as opened:
        yield opened


@pytest.fixture
def study(store: Store) -> Study:
    """A project with one transcript, a codebook and two coders."""
    transcript = interview()
    store.add_transcript(transcript, file_of(transcript), "Anna")
    store.save_codebook(first_codebook(), "Anna", "the first one")
    for name in ("Anna", "Ben"):
        store.add_coder(name, "Anna")
    return Study(store, transcript)
