"""The command ``framework looked``: only what is named counts as looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.project import Project
from two_coder_study import give, make_project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a study with two summaries that are stale."""
    path = make_project(tmp_path)
    with Project.open(path, as_coder="anna") as project:
        give(project, "A1", "Het is leuk hoor", "joy", "anna")
        framework = project.themes.framework
        framework.choose_columns(["motives", "motives/joy"])
        framework.write_summary("P1", "motives", "Plezier.")
        framework.write_summary("P1", "motives/joy", "Plezier.")
        project.codings.withdraw([coding.id for coding in project.codings.collect()])
    return path.parent


def stale(folder: Path) -> set[tuple[str, str]]:
    path = next(folder.glob("*.qualcode"))
    with Project.open(path, as_coder="anna") as project:
        cells = project.themes.framework.grid().cells()
        return {(cell.case, cell.code) for cell in cells if cell.is_stale}


def test_only_the_named_summaries_are_looked_at(folder: Path) -> None:
    assert len(stale(folder)) == 2
    assert "P9" in qualcode("framework", "looked", "P9", "--coder", "anna", folder=folder).err
    qualcode("framework", "looked", "", "motives/joy", "--coder", "anna", folder=folder)
    assert stale(folder) == {("P1", "motives")}
    qualcode("framework", "looked", "P1", "--coder", "anna", folder=folder)
    assert stale(folder) == set()
