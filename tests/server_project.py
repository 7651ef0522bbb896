"""A project on a PostgreSQL server, with a list of people."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from sqlalchemy.engine import URL

from qualcode import study
from qualcode.model import TeamRole
from qualcode.project import Project, copy_project
from store_contents import new_database


def project_on_server(
    server: URL, kind: str, folder: Path, *, interviews: Collection[str] = (), **people: TeamRole
) -> str:
    """Make a project with the codebook of the sample study on a server; return its URL.

    Args:
        server: The server.
        kind: Stands in the name of the database.
        folder: Where the project is made, before it is copied.
        interviews: Names of the interviews of the sample study in it.
        people: Who is on its list, with their roles; the first makes it.
    """
    path = folder / "study.qualcode"
    with Project.create(path, name="Proef", as_coder=next(iter(people))) as project:
        project.codebook.read(study.codebook())
        files = [file for file in study.transcripts() if file.stem in interviews]
        list(project.transcripts.read_files(files))
        for name, role in people.items():
            project.rounds.team.put(name, role, [f"{name}@institute.example"])
    place = new_database(server, kind)
    copy_project(path, place)
    return place
