"""Connections to a project's database: SQLite files, and PostgreSQL by URL.

Sets the rules of every connection: pragmas, the start of a transaction, and project errors in
the place of driver errors. ``database`` and ``store`` handle the content.
"""

from __future__ import annotations

import re
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import StaticPool

from qualcode.errors import ProjectError, UnreachableServerError
from qualcode.messages import Message
from qualcode.storage import row_sums
from qualcode.storage.db_errors import project_error, read_only
from qualcode.storage.file_watch import FileWatch, connect
from qualcode.storage.server import check_address, server_engine

APPLICATION_ID = 0x51434F44
"""Marks a SQLite file as a qualcode project ("QCOD")."""

BUSY_SECONDS = 5.0
"""Time that a connection waits for a change by another connection."""

# A folder may be called postgres; an address has a person before "@", or ":" before "/".
_LIKE_SERVER = re.compile(r"postgres(ql)?(\+\w+)?(:/|[:/].*@)", re.IGNORECASE)

_PRAGMAS = ("foreign_keys=ON", "secure_delete=ON", "synchronous=FULL", "trusted_schema=ON")

# Locks of PostgreSQL are known by a number, which all writers must share.
_WRITE_LOCK = 0x51434F44


class Target:
    """Place of a project: a file, a database server, or memory (for tests).

    Attributes:
        path: The SQLite file; None for memory and PostgreSQL.
        where: Its name in messages, never with a password.
        read_only: Whether nothing may be written there: no log either, so the file alone is read.
        watch: What sees to it that the file keeps its name; None for other places.
    """

    def __init__(self, target: Path | str) -> None:
        self.path: Path | None = None
        self.read_only = False
        self.watch: FileWatch | None = None
        if isinstance(target, Path) or "://" not in target:
            # Mistyped: as the name of a file it would be shown, with the password in it.
            if isinstance(target, str) and _LIKE_SERVER.match(target):
                raise _no_url()
            self.path = Path(target)
            self.url = make_url("sqlite://").set(database=str(self.path))
            self.where = str(target)
            return
        self.url = _parsed(target)
        # As people write it, without the driver that reads it.
        written = self.url.set(drivername=self.url.get_backend_name())
        self.where = written.render_as_string(hide_password=True)
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
            return self._watched(server_engine(self.url, self.where))
        # A database in memory lives as long as its only connection.
        options: dict[str, Any] = {} if self.path else {"poolclass": StaticPool}
        engine = create_engine(self.url, creator=self._connect, **options)
        event.listen(engine, "connect", self._prepare)
        event.listen(engine, "begin", _begin_sqlite)
        return self._watched(engine)

    def _connect(self) -> sqlite3.Connection:
        if self.path is None:
            return sqlite3.connect(":memory:", timeout=BUSY_SECONDS, check_same_thread=False)
        if self.watch is not None:
            # A new connection would lead to the file that has the name now.
            self.watch.refuse_changed()
        options = "mode=ro&immutable=1" if self.read_only else "mode=rw"
        return connect(self.path, timeout=BUSY_SECONDS, options=options)

    def refuse_changed(self) -> None:
        """Refuse to go on if the file does not have its name any more.

        Raises:
            MovedProjectError: it was moved, deleted or replaced while it was open.
        """
        if self.watch is not None:
            self.watch.refuse_changed()

    def refuse_read_only(self) -> None:
        """Refuse a change where nothing may be written.

        Raises:
            ReadOnlyProjectError: nothing may be written here.
        """
        if self.read_only:
            raise read_only(self.where)

    def _watched(self, engine: Engine) -> Engine:
        @event.listens_for(engine, "handle_error")
        def replace_error(context: ExceptionContext) -> None:
            error = context.original_exception
            # A line that breaks halfway is an error of the system, which is no error of a driver.
            broken = not self.is_sqlite and isinstance(error, OSError | struct.error)
            if broken or isinstance(context.sqlalchemy_exception, DBAPIError):
                replaced = project_error(error, self.where)
                if isinstance(replaced, UnreachableServerError):
                    context.is_disconnect = True
                # The question whether a line still lives is answered by a new line.
                if not context.is_pre_ping:
                    raise replaced from None

        return engine

    def _prepare(self, connection: sqlite3.Connection, _record: object) -> None:
        # With isolation_level None the driver never begins a transaction by itself.
        connection.isolation_level = None
        row_sums.add_function(connection)
        try:
            # secure_delete overwrites deleted rows: removed interviews must not stay in the file.
            # SQLite checks foreign keys only on connections that ask for it. FULL: what the page
            # calls saved must be on the disk when the power fails. Triggers call our function for
            # the sums, which an untrusted schema may not.
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            if self.path and not self.read_only:
                # With a write-ahead log, readers do not wait for a writer.
                connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.Error as error:
            raise project_error(error, self.where) from error


def _no_url() -> ProjectError:
    return ProjectError(
        "That is not a database URL. Write postgresql://user@host/database, or give a file."
    )


def _parsed(target: str) -> Any:
    try:
        url = make_url(target)
    except (ArgumentError, ValueError):
        raise _no_url() from None
    if any("pass" in key.casefold() for key in url.query):
        raise ProjectError(
            "Leave the password out of the address. Set the environment variable PGPASSWORD, or "
            "write it to the file .pgpass in your home folder."
        )
    if "@" in (url.host or ""):
        # The rest of a password would be taken for a part of the host, and shown.
        raise ProjectError(
            "That is not a database URL. In a password, write @ as %40, or leave the password out "
            "and set the environment variable PGPASSWORD."
        )
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+pg8000")
    if url.drivername == "postgresql+pg8000":
        check_address(url.query)
    if url.drivername not in {"postgresql+pg8000", "sqlite"}:
        raise ProjectError(
            Message(
                "A project cannot be kept in '{drivername}'. Use a .qualcode file or a "
                "postgresql:// URL.",
                drivername=url.drivername,
            )
        )
    return url


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
