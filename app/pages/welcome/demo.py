"""The demo project: created once from the sample study, then opened like any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qualcode import study
from qualcode.project import Project

from ... import session


def demo_path() -> Path:
    """Return the path of the demo project."""
    return Path.home() / "qualcode-demo" / "demo.qualcode"


def demo_project(say: Callable[[str], None]) -> Path:
    """Return the path of the demo project; create the project if it does not exist.

    Args:
        say: Called with each step of the work.
    """
    path = demo_path()
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Made under another name first: a demo that was interrupted must not look complete.
        unfinished = path.with_name("demo.unfinished")
        unfinished.unlink(missing_ok=True)
        with Project.create(unfinished, name="Middelengebruik (voorbeeld)") as project:
            _fill_project(project, say)
        unfinished.rename(path)
    return path


def _fill_project(project: Project, say: Callable[[str], None]) -> None:
    _ = session.words()
    project.import_codebook(study.codebook())
    for result in project.import_transcripts(study.transcripts()):
        say(_("Reading {file}…", file=result.path.name))
        if result.read is not None:
            text = result.read.transcript
            project.set_roles(text.name, {s.label: s.role for s in text.speakers})
    project.import_cases(study.cases())
    for guide in study.guides():
        project.import_guide(guide)
    for name, _counts in project.segment():
        say(_("Cutting {name} into sentences and answers…", name=name))
    say(_("Reading the codings of two coders…"))
    for table in study.codings():
        project.code_from_table(table)
