"""A note on a codebook version keeps its template, so that it reads in the language of the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.model import Code
from qualcode.project import Project
from qualcode.translation import translator
from small_book import BOOK


def notes(path: Path) -> tuple[str, ...]:
    with Project.open(path) as project:
        return tuple(version.note for version in project.codebook.versions())


@pytest.mark.slow
def test_a_note_reads_in_dutch_after_the_project_was_closed(tmp_path: Path) -> None:
    path = tmp_path / "study.qualcode"
    with Project.create(path, name="Proef") as project:
        project.codebook.create("small", BOOK.codes)
        project.codebook.add(Code("energy"))
        project.codebook.move("energy", "users")
        project.codebook.move("users/energy", "")
        project.codebook.save(project.codebook.get(), "what {we} wrote")
    assert notes(path) == (
        "begun",
        "added energy",
        "moved energy to users",
        "moved users/energy to the top",
        "what {we} wrote",
    )
    dutch = tuple(map(translator("nl").translate, notes(path)))
    assert dutch[-1] == "what {we} wrote"
    assert dutch[3] == "users/energy verplaatst naar het hoogste niveau"
