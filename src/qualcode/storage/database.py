"""Creates, opens, migrates and copies the database of a project."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from qualcode.errors import (
    DuplicateError,
    ProjectError,
    ProjectTooNewError,
    UndefinedRequestError,
)
from qualcode.messages import Message
from qualcode.storage.db_errors import full_disk, not_a_project, project_error, read_only
from qualcode.storage.engine import APPLICATION_ID, BUSY_SECONDS, Target, reading, writing
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
    if target.path:
        # The empty file claims the name, so that two programs cannot both create the project.
        _reserve(target.path)
    with ExitStack() as on_failure:
        if target.path:
            # A half-made project must not stay behind: its name would be refused the next time.
            on_failure.callback(discard, target.path)
        engine = target.engine()
        on_failure.callback(engine.dispose)
        with writing(engine) as connection:
            _refuse_taken(connection, target)
            migrate(connection)
            fill(connection)
            if target.is_sqlite:
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        on_failure.pop_all()
    return engine


def _reserve(path: Path) -> None:
    try:
        path.open("xb").close()
    except FileExistsError as error:
        raise DuplicateError(
            Message(
                "'{path}' exists already. Open it, or choose another name for the new project.",
                path=path,
            )
        ) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ProjectError(
            Message(
                "There is no folder '{parent}'. Make it first, or choose another place.",
                parent=path.parent,
            )
        ) from error
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> ProjectError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return full_disk(str(path))
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return read_only(str(path))
    return ProjectError(
        Message(
            "'{path}' cannot be made: {strerror}. Choose another place.",
            path=path,
            strerror=error.strerror,
        )
    )


def discard(path: Path) -> None:
    """Remove an unfinished database file with its log files."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


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

    Raises:
        NotAProjectError: The file or database is something else.
        ProjectTooNewError: A newer version of qualcode made it.
        ProjectError: it is missing, locked, damaged or may not be written.
    """
    if target.path:
        _refuse_foreign_file(target.path)
    engine = target.engine()
    with ExitStack() as on_failure:
        on_failure.callback(engine.dispose)
        with reading(engine) as connection:
            schema = schema_number(connection, target)
        # The copy before a migration lets people go back to the older program.
        if schema < SCHEMA:
            if target.path:
                copy_file(target.path, _backup_path(target.path, schema, now))
            with writing(engine) as connection:
                migrate(connection)
        on_failure.pop_all()
    return engine


def _refuse_foreign_file(path: Path) -> None:
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
        address = f"{path.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as connection:
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    except sqlite3.Error as error:
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
    command.upgrade(config, str(SCHEMA))


def _backup_path(path: Path, schema: int, now: datetime) -> Path:
    return path.with_name(f"{path.stem}.schema{schema}-{now:%Y%m%dT%H%M%S}{path.suffix}")


def copy_file(source: Path, to: Path) -> None:
    """Copy a project file, also while it is in use, to a path that does not exist.

    Raises:
        DuplicateError: The path exists already.
        ProjectError: The path cannot be written.
    """
    _reserve(to)
    try:
        with (
            closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as old,
            closing(sqlite3.connect(to, timeout=BUSY_SECONDS)) as new,
        ):
            old.backup(new)
            # The copy is one file, without a write-ahead log of its own.
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        discard(to)
        raise project_error(error, str(to)) from error


def copy_bytes(source: Path) -> bytes:
    """Return the bytes of a copy of a project file, also while it is in use."""
    try:
        with (
            closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as old,
            closing(sqlite3.connect(":memory:")) as new,
        ):
            old.backup(new)
            return new.serialize()
    except sqlite3.Error as error:
        raise project_error(error, str(source)) from error


def close_database(engine: Engine, target: Target) -> None:
    """Merge the write-ahead log into the file, so that the project is one file again."""
    engine.dispose()
    if target.path and target.path.exists():
        with (
            # Closing must not fail: another program may still have the file open.
            suppress(sqlite3.Error),
            closing(sqlite3.connect(target.path, timeout=BUSY_SECONDS)) as connection,
        ):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def refuse_backup(target: Target) -> UndefinedRequestError:
    """Return the error for a backup of a project that is not a file."""
    return UndefinedRequestError(
        Message(
            "'{where}' is a database on a server. Make its backup with pg_dump (pg_dump "
            "--format=custom --file=study.dump DATABASE).",
            where=target.where,
        )
    )
