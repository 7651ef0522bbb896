"""Creates, opens, migrates and copies the database of a project."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from qualcode.errors import (
    DuplicateError,
    OldSchemaError,
    ProjectError,
    ProjectTooNewError,
    UndefinedRequestError,
)
from qualcode.messages import Message
from qualcode.storage import history, row_sums
from qualcode.storage.db_errors import not_a_project, project_error
from qualcode.storage.engine import APPLICATION_ID, BUSY_SECONDS, Target, reading, writing
from qualcode.storage.file_watch import connect, fill_copy
from qualcode.storage.leftover_log import set_aside_foreign_log
from qualcode.storage.new_file import new_file
from qualcode.storage.schema import SCHEMA

MIGRATIONS = "qualcode.storage:migrations"


def create_database(target: Target, fill: Callable[[Connection], None]) -> Engine:
    """Create a project database at an empty place, and return its engine.

    Args:
        target: The place.
        fill: Writes the first rows, in the transaction that creates the tables.

    Raises:
        DuplicateError: There is a file or a project already.
        ProjectError: It cannot be created there.
    """
    if target.path is None:
        engine = target.engine()
        with ExitStack() as on_failure:
            on_failure.callback(engine.dispose)
            _make(engine, target, fill)
            on_failure.pop_all()
        return engine
    with new_file(target.path) as path:
        unnamed = Target(path)
        # Errors name the file that was asked for.
        unnamed.where = target.where
        engine = unnamed.engine()
        try:
            _make(engine, unnamed, fill)
        finally:
            # The last connection that closes merges its log into the file.
            engine.dispose()
    return target.engine()


def _make(engine: Engine, target: Target, fill: Callable[[Connection], None]) -> None:
    with writing(engine) as connection:
        _refuse_taken(connection, target)
        migrate(connection)
        fill(connection)
        if target.is_sqlite:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def _refuse_taken(connection: Connection, target: Target) -> None:
    if target.is_sqlite:
        return
    # Another encoding cannot store every character of a transcript.
    if connection.scalar(text("SHOW server_encoding")) != "UTF8":
        raise ProjectError(
            Message(
                "The database '{where}' does not keep UTF-8. Make one with ENCODING 'UTF8'.",
                where=target.where,
            )
        )
    if inspect(connection).get_table_names():
        raise DuplicateError(
            Message(
                "'{where}' holds tables already. Open it, or make an empty database.",
                where=target.where,
            )
        )


def open_database(target: Target, now: datetime) -> Engine:
    """Return the engine of an existing project, migrated to the newest schema.

    A file where nothing may be written opens for reading: ``target`` says so then.

    Raises:
        NotAProjectError: The file or database is something else.
        ProjectTooNewError: A newer version of qualcode made it.
        ProjectError: it is missing, locked, damaged or may not be written.
    """
    if target.path:
        target.read_only = _is_read_only(target.path)
        if not target.read_only:
            set_aside_foreign_log(target.path, now)
        _refuse_foreign_file(target.path, read_only=target.read_only)
    engine = target.engine()
    with ExitStack() as on_failure:
        on_failure.callback(engine.dispose)
        with reading(engine) as connection:
            schema = schema_number(connection, target)
        # The copy before a migration lets people go back to the older program.
        if schema < SCHEMA:
            target.refuse_read_only()
            # The newest program must not shut out all others: an owner does it, by a command.
            if not target.is_sqlite:
                raise _old_schema(target, schema)
            if target.path:
                copy_file(target.path, _backup_path(target.path, schema, now))
            with writing(engine) as connection:
                migrate(connection)
        on_failure.pop_all()
    return engine


def _old_schema(target: Target, number: int) -> OldSchemaError:
    return OldSchemaError(
        Message(
            "'{where}' was made by an earlier version of qualcode (schema {number}, this version "
            "knows {schema}). An owner upgrades it for all, after a dump, when nobody works in it: "
            "qualcode upgrade study.dump --project {where}",
            where=target.where,
            number=number,
            schema=SCHEMA,
        )
    )


def _is_read_only(path: Path) -> bool:
    """Tell whether a project can be read only: SQLite writes next to the file too."""
    if not path.is_file() or (_may_write(path) and _may_write(path.parent)):
        return False
    log = Path(f"{path}-wal")
    # A log holds changes that are not in the file yet: without them it would be an old state.
    return not (log.exists() and log.stat().st_size)


def _refuse_foreign_file(path: Path, *, read_only: bool = False) -> None:
    # A foreign database must not be changed, not even by switching on its write-ahead log.
    if not path.is_file():
        raise ProjectError(
            Message("'{path}' is a folder. Give the .qualcode file of a project.", path=path)
            if path.is_dir()
            else Message(
                "'{path}' does not exist. Give the .qualcode file of a project.", path=path
            )
        )
    try:
        options = "mode=ro&immutable=1" if read_only else "mode=rw"
        with closing(connect(path, timeout=BUSY_SECONDS, options=options)) as connection:
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    # A message about a harmed table may hold the harmed bytes, which are no text.
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise project_error(error, str(path)) from error
    if application_id != APPLICATION_ID or ("alembic_version",) not in tables:
        raise not_a_project(str(path))


def schema_number(connection: Connection, target: Target) -> int:
    """Return the number of the schema that a database has."""
    if not inspect(connection).has_table("alembic_version"):
        raise not_a_project(target.where)
    version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    number = int(version) if str(version).isdecimal() else 0
    if number == 0:
        raise not_a_project(target.where)
    if number > SCHEMA:
        raise ProjectTooNewError(
            Message(
                "'{where}' was made by a newer version of qualcode (schema {number}, this "
                "version knows {schema}). Update qualcode: python -m pip install -U qualcode.",
                where=target.where,
                number=number,
                schema=SCHEMA,
            )
        )
    return number


def migrate(connection: Connection) -> None:
    """Bring a database to the newest schema, inside the transaction of ``connection``."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    config.attributes["connection"] = connection
    # A migration may make a table anew, with new columns: the sums begin again after it.
    row_sums.remove_triggers(connection)
    command.upgrade(config, str(SCHEMA))
    history.chain_all(connection)
    row_sums.install(connection)


def _backup_path(path: Path, schema: int, now: datetime) -> Path:
    return path.with_name(f"{path.stem}.schema{schema}-{now:%Y%m%dT%H%M%S}{path.suffix}")


def copy_file(source: Path, to: Path) -> None:
    """Copy a project file, also while it is in use, to a path that does not exist.

    Raises:
        DuplicateError: The path exists already.
        ProjectError: The path cannot be written.
    """
    with new_file(to) as path, copy_errors(to), closing(open_to_copy(source)) as old:
        fill_copy(old, path)


@contextmanager
def copy_errors(to: Path) -> Iterator[None]:
    """Raise the errors of SQLite while a file is written as errors that name the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise project_error(error, str(to)) from error


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def open_to_copy(path: Path) -> sqlite3.Connection:
    """Return a connection to a project file, to copy all of it."""
    options = "mode=ro&immutable=1" if _is_read_only(path) else "mode=rw"
    return connect(path, timeout=BUSY_SECONDS, options=options)


def refuse_backup(target: Target) -> UndefinedRequestError:
    """Return the error for a backup of a project that is not a file."""
    return UndefinedRequestError(
        Message(
            "'{where}' is a database on a server. Make its backup with pg_dump (pg_dump "
            "--format=custom --file=study.dump DATABASE).",
            where=target.where,
        )
    )
