"""Connections to a PostgreSQL server: encrypted where asked, patient while it starts again.

An address takes what PostgreSQL's own programs take: ``sslmode``, ``sslrootcert`` and ``host`` (the
folder of a socket on this machine), or PGSSLMODE and PGSSLROOTCERT in the environment.
"""

from __future__ import annotations

import getpass
import os
import socket
import ssl
import struct
import time
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from sqlalchemy import Engine, create_engine

from qualcode.errors import MissingExtraError, ProjectError, UnreachableServerError
from qualcode.messages import Message
from qualcode.storage.db_errors import is_starting, no_server, project_error
from qualcode.storage.server_password import find_password

PORT = 5432
LOCK_SECONDS = 10
"""How long a change waits for that of somebody else."""

PATIENCE_SECONDS = 3.0
"""How long is tried to reach a server that does not answer: as long as it takes to start again."""

_PAUSE_SECONDS = 0.25
_CONNECT_SECONDS = 10.0
_MODES = ("disable", "prefer", "require", "verify-ca", "verify-full")
_KEYS = ("host", "sslmode", "sslrootcert")

# A client that lost its power must not hold the lock of all others for two hours.
_SESSION = {
    "lock_timeout": f"{LOCK_SECONDS}s",
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}


def check_address(query: Mapping[str, Any]) -> None:
    """Refuse an address with words that would silently be left out.

    Raises:
        ProjectError: it has another word, or a mode of encryption that there is not.
    """
    for key in query:
        if key not in _KEYS:
            raise ProjectError(
                Message(
                    "The address has '{key}', which is not known. It may have: {keys}.",
                    key=key,
                    keys=", ".join(_KEYS),
                )
            )
    mode = query.get("sslmode") or os.environ.get("PGSSLMODE", "")
    if mode and mode not in _MODES:
        raise ProjectError(
            Message(
                "There is no sslmode '{mode}'. Choose one of: {modes}.",
                mode=mode,
                modes=", ".join(_MODES),
            )
        )


def server_engine(url: Any, where: str) -> Engine:
    """Return an engine for a database on a server.

    Args:
        url: Its address, of the driver pg8000.
        where: The address in messages.

    Raises:
        MissingExtraError: the driver is not installed.
    """
    address = ServerAddress(url, where)
    try:
        # Before each use it is asked whether the connection still lives: servers are started again.
        engine = create_engine(url.set(query={}), creator=address.connect, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "Projects in PostgreSQL need the extra 'postgres': python -m pip install pg8000."
        ) from error
    # pg8000 sends one statement per row; one statement for many rows is much faster.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    return engine


class ServerAddress:
    """Where a server is, and how a connection to it is protected."""

    def __init__(self, url: Any, where: str) -> None:
        self._url, self._where = url, where
        self._host = url.query.get("host") or url.host or "localhost"
        self._port = url.port or PORT
        self._user = url.username or getpass.getuser()
        self._is_away = False

    def connect(self) -> Any:
        """Return a new connection of the driver; while a server starts again, try once more.

        Raises:
            UnreachableServerError: nobody answers.
            ProjectError: the server or its certificate is refused, or it refuses the user.
        """
        # Who was told that the server is away waits no longer: a page asks every second, and each
        # of its parts would wait again.
        until = time.monotonic() + (0 if self._is_away else PATIENCE_SECONDS)
        try:
            connection = self._connect_by(until)
        except UnreachableServerError:
            self._is_away = True
            raise
        self._is_away = False
        return connection

    def _connect_by(self, until: float) -> Any:
        from pg8000 import dbapi

        while True:
            try:
                return self._connect()
            except socket.gaierror as error:
                raise no_server(self._where) from error
            except ssl.SSLError as error:
                raise self._untrusted(error) from error
            except (OSError, struct.error) as error:
                if time.monotonic() >= until:
                    raise no_server(self._where) from error
            except dbapi.Error as error:
                if "refuses SSL" in str(error):
                    raise self._unencrypted() from error
                if not is_starting(error) or time.monotonic() >= until:
                    raise project_error(error, self._where) from error
            time.sleep(_PAUSE_SECONDS)

    def _connect(self) -> Any:
        from pg8000 import dbapi

        context = self._protection()
        line = self._line()
        with ExitStack() as on_failure:
            on_failure.callback(line.close)
            connection = dbapi.connect(
                self._user,
                host=self._host,
                database=self._url.database,
                password=self._password(),
                ssl_context=context,
                application_name="qualcode",
                startup_params=_SESSION,
                sock=line,
            )
            on_failure.pop_all()
        # The limit is for reaching the server; a long report may take longer.
        connection._usock.settimeout(None)  # noqa: SLF001 - TLS has put another socket there
        return connection

    def environment(self) -> dict[str, str]:
        """Return what PostgreSQL's own programs read from the environment to come here."""
        values = {
            "PGHOST": self._host,
            "PGPORT": str(self._port),
            "PGUSER": self._user,
            "PGDATABASE": self._url.database or "",
            "PGPASSWORD": self._password() or "",
            "PGSSLMODE": self.mode,
            "PGSSLROOTCERT": self._url.query.get("sslrootcert", ""),
        }
        return {name: str(value) for name, value in values.items() if value}

    def _password(self) -> str | None:
        if self._url.password is not None:
            return str(self._url.password)
        return find_password(self._host, self._port, self._url.database or "", self._user)

    @property
    def _has_socket_file(self) -> bool:
        return self._host.startswith("/")

    def _line(self) -> socket.socket:
        if self._has_socket_file:
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(_CONNECT_SECONDS)
            line.connect(f"{self._host}/.s.PGSQL.{self._port}")
            return line
        line = socket.create_connection((self._host, self._port), _CONNECT_SECONDS)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, seconds in (("TCP_KEEPIDLE", 15), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3)):
            # Not every system can set them; without them a dead line is noticed after hours.
            if hasattr(socket, name):
                line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), seconds)
        return line

    @property
    def mode(self) -> str:
        """How the connection is protected: a value of ``sslmode``."""
        chosen = self._url.query.get("sslmode") or os.environ.get("PGSSLMODE", "")
        if chosen:
            return str(chosen)
        # Interviews do not cross a network in plain text unless somebody asks for that.
        is_here = self._has_socket_file or self._host in {"localhost", "127.0.0.1", "::1"}
        return "prefer" if is_here else "require"

    def _protection(self) -> Any:
        """Return the driver's word for the mode: False, None (if it can be had) or a context."""
        if self._has_socket_file or self.mode == "disable":
            return False
        if self.mode == "prefer":
            return None
        authority = self._url.query.get("sslrootcert") or os.environ.get("PGSSLROOTCERT")
        context = ssl.create_default_context()
        if authority:
            try:
                context = ssl.create_default_context(cafile=str(authority))
            except OSError as error:
                raise ProjectError(
                    Message("The certificate '{file}' cannot be read.", file=authority)
                ) from error
        context.check_hostname = self.mode == "verify-full"
        if self.mode == "require":
            context.verify_mode = ssl.CERT_NONE
        return context

    def _untrusted(self, error: ssl.SSLError) -> ProjectError:
        return ProjectError(
            Message(
                "The server of '{where}' is not trusted: {reason}. Ask for the certificate of who "
                "vouches for it, and add ?sslmode=verify-full&sslrootcert=FILE to the address.",
                where=self._where,
                reason=getattr(error, "verify_message", "") or error.reason or str(error),
            )
        )

    def _unencrypted(self) -> ProjectError:
        return ProjectError(
            Message(
                "The server of '{where}' offers no encrypted connection, and interviews do not "
                "cross a network in plain text. Let it use TLS (ssl = on in postgresql.conf), or "
                "choose ?sslmode=disable on a network that you trust.",
                where=self._where,
            )
        )
