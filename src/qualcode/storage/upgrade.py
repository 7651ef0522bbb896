"""Brings a project on a server to the newest schema: when an owner says so, after a dump.

A file is upgraded when it is opened, with a copy. On a server the newest program would shut out all
others who work in the project.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from qualcode.errors import MissingExtraError, ProjectError, UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import Right
from qualcode.storage.database import migrate, schema_number
from qualcode.storage.engine import Target, reading, writing
from qualcode.storage.new_file import new_file
from qualcode.storage.permissions import Guard, read_team
from qualcode.storage.schema import SCHEMA
from qualcode.storage.server import ServerAddress


def upgrade(target: str, dump: Path, who: str) -> bool:
    """Bring a project on a server to the newest schema, all or nothing, after a dump of it.

    Args:
        target: URL of the database.
        dump: The file to write the dump to; it does not exist yet.
        who: Who does it; where there is a list of people, an owner.

    Returns:
        Whether there was anything to do; otherwise no dump is made.

    Raises:
        DuplicateError: The file of the dump exists.
        MissingExtraError: The programs of PostgreSQL are not on this machine.
        NotAllowedError: Who asks is no owner.
        ProjectError: The dump cannot be made, so that nothing was changed.
        UndefinedRequestError: The project is a file.
    """
    place = Target(target)
    if place.is_sqlite:
        raise UndefinedRequestError(
            "A project file is upgraded when it is opened, after a copy. This is for a server."
        )
    engine = place.engine()
    try:
        with reading(engine) as connection:
            schema = schema_number(connection, place)
            guard = Guard(read_team(connection), who)
        if guard.team.people:
            guard.require(Right.TEAM)
        if schema == SCHEMA:
            return False
        with new_file(dump) as path:
            _write_dump(place, path)
        with writing(engine) as connection:
            migrate(connection)
        return True
    finally:
        engine.dispose()


def _write_dump(place: Target, path: Path) -> None:
    """Write a dump of a database with PostgreSQL's own program, and let it be read again."""
    address = ServerAddress(place.url, place.where)
    environment = {**os.environ, **address.environment()}
    _run(["pg_dump", "--format=custom", "--no-password", f"--file={path}"], environment)
    # Half a dump has no list of contents.
    _run(["pg_restore", "--list", str(path)], environment)


def _run(command: list[str], environment: dict[str, str]) -> None:
    try:
        # The address is in the environment: others can read the words of a command.
        subprocess.run(  # noqa: S603 - the words are our own, but for the name of a file
            command, env=environment, check=True, capture_output=True, text=True
        )
    except FileNotFoundError as error:
        raise MissingExtraError(
            Message(
                "The dump before the upgrade needs '{program}', which is not on this machine: "
                "apt-get install postgresql-client. Nothing was changed.",
                program=command[0],
            )
        ) from error
    except subprocess.CalledProcessError as error:
        lines = [line for line in error.stderr.splitlines() if line.strip()] or [""]
        raise ProjectError(
            Message(
                "The dump before the upgrade failed, so nothing was changed. {program} said: "
                "{reason}",
                program=command[0],
                reason=lines[-1],
            )
        ) from error
