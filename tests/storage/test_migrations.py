"""Older projects are copied and brought to the newest schema; newer ones are refused."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert
from sqlalchemy.engine import URL

import qualcode.storage.migrations.versions as packaged
from qualcode.errors import (
    DuplicateError,
    MissingExtraError,
    NotAllowedError,
    OldSchemaError,
    ProjectError,
    ProjectTooNewError,
)
from qualcode.storage import Store, database, row_sums, session
from qualcode.storage import upgrade as upgrade_module
from qualcode.storage.engine import APPLICATION_ID, Target, writing
from qualcode.storage.schema import SCHEMA, metadata, settings
from store_contents import clock, file_of, interview, new_database

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{before}"


def upgrade() -> None:
    op.add_column("project", sa.Column("motto", sa.Text(), server_default="niets"))
    {more}
"""


def test_the_migrations_make_the_schema_that_the_code_knows(place: str) -> None:
    with Store.create(place, name="Proef") as store, store._read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_schema_number_is_the_head_of_one_line_of_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", database.MIGRATIONS)
    script = ScriptDirectory.from_config(config)
    assert script.get_current_head() == str(SCHEMA)
    numbers = [int(r.revision) for r in script.walk_revisions()]
    assert sorted(numbers) == list(range(1, SCHEMA + 1))


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A version of qualcode that knows one schema more; returns the folder of its migrations."""
    folder = tmp_path / "newer"
    shutil.copytree(Path(next(iter(packaged.__path__))).parent, folder)
    for module in (database, session):
        monkeypatch.setattr(module, "SCHEMA", SCHEMA + 1, raising=False)
    monkeypatch.setattr(database, "MIGRATIONS", str(folder))
    write_next(folder, "")
    return folder


def write_next(folder: Path, more: str) -> None:
    text = NEXT.format(number=SCHEMA + 1, before=SCHEMA, more=more)
    (folder / "versions" / "schema_next.py").write_text(text)


def old_project(tmp_path: Path, new_file: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return Path(shutil.copy(new_file, home / "study.qualcode"))


def motto(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        (found,) = connection.execute("SELECT motto FROM project").fetchone()
    return str(found)


@pytest.mark.usefixtures("newer")
def test_an_older_project_is_copied_and_then_migrated(tmp_path: Path, new_file: Path) -> None:
    path = old_project(tmp_path, new_file)
    with Store.open(path, now=clock()) as store:
        assert store.info().name == "Proef"
        assert store.info().schema == SCHEMA + 1
    backup = path.with_name(f"study.schema{SCHEMA}-20260301T090000.qualcode")
    assert set(path.parent.iterdir()) == {path, backup}
    assert motto(path) == "niets"
    with pytest.raises(sqlite3.OperationalError, match="motto"):
        motto(backup)
    Store.open(path, now=clock()).close()
    assert len(list(path.parent.iterdir())) == 2


def made_with_schema(number: int, path: Path) -> None:
    """Make a project as the version of qualcode did that knew this schema."""
    config = Config()
    config.set_main_option("script_location", database.MIGRATIONS)
    path.touch()
    engine = Target(path).engine()
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, str(number))
        if number == SCHEMA:
            database.migrate(connection)
        row = "INSERT INTO project VALUES (1, 'Oud', 'nl', '2026-03-01T09:00:00.000000+00:00')"
        connection.exec_driver_sql(row)
        connection.exec_driver_sql("INSERT INTO coders VALUES ('consensus', 0)")
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    engine.dispose()


@pytest.mark.slow
@pytest.mark.parametrize("number", range(1, SCHEMA + 1))
def test_a_project_of_every_schema_there_was_can_be_opened_and_worked_in(
    tmp_path: Path, number: int
) -> None:
    path = tmp_path / "old.qualcode"
    made_with_schema(number, path)
    with Store.open(path) as store:
        store.add_transcript(interview(), file_of(interview()), "Anna")
        assert store.info().schema == SCHEMA
        assert store.info().name == "Oud"
        assert store.check() == ()
    assert len(list(tmp_path.iterdir())) == (1 if number == SCHEMA else 2)


def test_a_migration_that_fails_leaves_the_project_as_it_was(
    tmp_path: Path, new_file: Path, newer: Path
) -> None:
    path = old_project(tmp_path, new_file)
    write_next(newer, 'op.execute("UPDATE project SET nothing = 1")')
    with pytest.raises(Exception, match="nothing"):
        Store.open(path, now=clock())
    with pytest.raises(sqlite3.OperationalError, match="motto"):
        motto(path)
    write_next(newer, "")
    with Store.open(path) as store:
        assert store.info().schema == SCHEMA + 1


@pytest.mark.usefixtures("newer")
def test_a_project_of_a_newer_version_is_refused(
    tmp_path: Path, new_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_project(tmp_path, new_file)
    Store.open(path, now=clock()).close()
    monkeypatch.undo()
    before = path.read_bytes()
    told = rf"newer version of qualcode \(schema {SCHEMA + 1}.*Update"
    with pytest.raises(ProjectTooNewError, match=told):
        Store.open(path)
    assert path.read_bytes() == before


def test_released_migrations_do_not_change() -> None:
    """A released migration has made projects; changing it would leave those behind."""
    frozen = json.loads((Path(__file__).parent / "released_migrations.json").read_text())
    folder = Path(next(iter(packaged.__path__)))
    for name, digest in frozen.items():
        text = (folder / name).read_text(encoding="utf-8")
        assert hashlib.sha256(text.encode()).hexdigest() == digest, name


@pytest.fixture
def old_address(server: URL, newer: Path) -> str:
    """A project on the server, made before the newest schema."""
    address = new_database(server, "old")
    engine = Target(address).engine()
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(newer))
        config.attributes["connection"] = connection
        command.upgrade(config, str(SCHEMA))
        row_sums.install(connection)
        row = "INSERT INTO project VALUES (1, 'Oud', 'nl', '2026-03-01T09:00:00+00:00')"
        connection.exec_driver_sql(row)
    engine.dispose()
    return address


def test_a_project_on_a_server_is_not_upgraded_by_opening_it(
    old_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        with pytest.raises(OldSchemaError, match="qualcode upgrade"):
            Store.open(old_address)
    monkeypatch.setattr(upgrade_module, "SCHEMA", SCHEMA + 1)
    dump = tmp_path / "study.dump"
    assert upgrade_module.upgrade(old_address, dump, "")
    assert dump.read_bytes().startswith(b"PGDMP")
    with Store.open(old_address) as store:
        assert (store.info().name, store.info().schema) == ("Oud", SCHEMA + 1)
    other = tmp_path / "other.dump"
    assert not upgrade_module.upgrade(old_address, other, "")
    assert not other.exists()


def test_without_a_dump_nothing_is_upgraded(
    old_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade_module, "SCHEMA", SCHEMA + 1)
    dump = tmp_path / "study.dump"
    dump.write_text("of yesterday", encoding="utf-8")
    with pytest.raises(DuplicateError):
        upgrade_module.upgrade(old_address, dump, "")
    assert dump.read_text(encoding="utf-8") == "of yesterday"
    with pytest.raises(ProjectError):
        upgrade_module.upgrade(old_address, tmp_path / "no folder" / "study.dump", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingExtraError, match="postgresql-client"):
        upgrade_module.upgrade(old_address, tmp_path / "new.dump", "")
    assert not (tmp_path / "new.dump").exists()
    with pytest.raises(OldSchemaError):
        Store.open(old_address)


def test_only_an_owner_upgrades_a_project_with_a_list_of_people(
    old_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade_module, "SCHEMA", SCHEMA + 1)
    people = {
        "people": [
            {"name": "eva", "role": "owner", "logins": []},
            {"name": "anna", "role": "coder", "logins": []},
        ],
        "codebook": ["owner"],
        "rounds": ["owner"],
    }
    engine = Target(old_address).engine()
    with writing(engine) as connection:
        connection.execute(insert(settings), {"key": "team", "value": people})
    engine.dispose()
    for name in ("anna", "zoe", ""):
        with pytest.raises(NotAllowedError):
            upgrade_module.upgrade(old_address, tmp_path / "study.dump", name)
    assert not (tmp_path / "study.dump").exists()
    assert upgrade_module.upgrade(old_address, tmp_path / "study.dump", "eva")
