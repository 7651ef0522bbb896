"""Connections to a project's database: SQLite files, and PostgreSQL by URL.

Sets the rules of every connection: pragmas, the start of a transaction, and project errors in
the place of driver errors. ``database`` and ``store`` handle the content.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import StaticPool

from qualcode.errors import MissingExtraError, ProjectError
from qualcode.messages import Message
from qualcode.storage.db_errors import project_error

APPLICATION_ID = 0x51434F44
"""Marks a SQLite file as a qualcode project ("QCOD")."""

BUSY_SECONDS = 5.0
"""Time that a connection waits for a change by another connection."""

# Locks of PostgreSQL are known by a number, which all writers must share.
_WRITE_LOCK = 0x51434F44


class Target:
    """Place of a project: a file, a database server, or memory (for tests).

    Attributes:
        path: The SQLite file; None for memory and PostgreSQL.
        where: Its name in messages, never with a password.
    """

    def __init__(self, target: Path | str) -> None:
        self.path: Path | None = None
        if isinstance(target, Path) or "://" not in target:
            self.path = Path(target)
            self.url = make_url("sqlite://").set(database=str(self.path))
            self.where = str(target)
            return
        self.url = _parsed(target)
        self.where = self.url.render_as_string(hide_password=True)
        if self.url.database and self.url.get_backend_name() == "sqlite":
            self.path = Path(self.url.database)
            self.where = self.url.database

    @property
    def is_sqlite(self) -> bool:
        """Whether the project is one SQLite database."""
        return self.url.get_backend_name() == "sqlite"

    def engine(self) -> Engine:
        """Return an engine whose connections follow the rules of a project."""
        if not self.is_sqlite:
            return self._watched(_postgres(self.url))
        # A database in memory lives as long as its only connection.
        options: dict[str, Any] = {} if self.path else {"poolclass": StaticPool}
        arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        engine = create_engine(self.url, connect_args=arguments, **options)
        event.listen(engine, "connect", self._prepare)
        event.listen(engine, "begin", _begin_sqlite)
        return self._watched(engine)

    def _watched(self, engine: Engine) -> Engine:
        @event.listens_for(engine, "handle_error")
        def replace_error(context: ExceptionContext) -> None:
            if isinstance(context.sqlalchemy_exception, DBAPIError):
                raise project_error(context.original_exception, self.where) from None

        return engine

    def _prepare(self, connection: sqlite3.Connection, _record: object) -> None:
        # With isolation_level None the driver never begins a transaction by itself.
        connection.isolation_level = None
        try:
            # secure_delete overwrites deleted rows: removed interviews must not stay in the file.
            # SQLite checks foreign keys only on connections that ask for it.
            for pragma in ("foreign_keys=ON", "secure_delete=ON", "synchronous=NORMAL"):
                connection.execute(f"PRAGMA {pragma}")
            if self.path:
                # With a write-ahead log, readers do not wait for a writer.
                connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.Error as error:
            raise project_error(error, self.where) from error


def _parsed(target: str) -> Any:
    try:
        url = make_url(target)
    except (ArgumentError, ValueError) as error:
        raise ProjectError(
            "That is not a database URL. Write postgresql://user@host/database, or give a file."
        ) from error
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+pg8000")
    if url.drivername not in {"postgresql+pg8000", "sqlite"}:
        raise ProjectError(
            Message(
                "A project cannot be kept in '{drivername}'. Use a .qualcode file or a "
                "postgresql:// URL.",
                drivername=url.drivername,
            )
        )
    return url


def _postgres(url: Any) -> Engine:
    try:
        engine = create_engine(url)
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "Projects in PostgreSQL need the extra 'postgres': python -m pip install pg8000."
        ) from error
    # pg8000 sends one statement per row; one statement for many rows is much faster.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    return engine


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("qualcode_writes", False)
    # A writer takes the lock at once: an upgrade halfway could fail after its checks.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees one state of the project."""
    with engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            # Its default shows what others commit between two statements; SQLite's does not.
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield the only connection that may write; its changes are kept all or not at all."""
    connection = engine.connect().execution_options(qualcode_writes=True)
    with connection, connection.begin():
        if engine.dialect.name == "postgresql":
            # Checks such as "no equal coding" hold only if one writer works at a time, as in
            # SQLite.
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITE_LOCK})
        yield connection
