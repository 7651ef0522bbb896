"""The password of a database server, from where it is not shown: the environment or a file.

What is typed in an address is in the list of processes and in the history of the shell.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

ENVIRONMENT = "PGPASSWORD"
_FILE = "PGPASSFILE"
_FIELDS = 5


def find_password(host: str, port: int, database: str, user: str) -> str | None:
    """Return the password for a database: of ``PGPASSWORD``, or of the password file of PostgreSQL.

    The file is ``~/.pgpass``, on Windows ``postgresql/pgpass.conf`` in ``%APPDATA%``, or what
    ``PGPASSFILE`` names; as in PostgreSQL's own programs, it does not count if others may read it.
    """
    if os.environ.get(ENVIRONMENT):
        return os.environ[ENVIRONMENT]
    values = (host, str(port), database, user)
    for *place, password in _entries():
        if all(mark in {"*", value} for mark, value in zip(place, values, strict=True)):
            return password
    return None


def _entries() -> Iterator[list[str]]:
    try:
        path = _file()
        if sys.platform != "win32" and path.stat().st_mode & 0o077:
            return
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError, RuntimeError):
        # A service may have no home folder, which is a RuntimeError.
        return
    for line in lines:
        fields = _split(line)
        if len(fields) == _FIELDS and not line.startswith("#"):
            yield fields


def _file() -> Path:
    if os.environ.get(_FILE):
        return Path(os.environ[_FILE])
    if sys.platform == "win32":
        folder = os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming"
        return Path(folder) / "postgresql" / "pgpass.conf"
    return Path.home() / ".pgpass"


def _split(line: str) -> list[str]:
    r"""Return the fields of a line, in which ``\:`` is a colon and ``\\`` a backslash."""
    fields, escaped = [""], False
    for sign in line:
        if not escaped and sign == "\\":
            escaped = True
            continue
        if sign == ":" and not escaped:
            fields.append("")
        else:
            fields[-1] += sign
        escaped = False
    return fields
