"""The typology that is written tells of the same risks as the quotes that are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import Result, qualcode
from qualcode.project import Project
from sample_typology import make_settled_study, make_typology


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample study and its typology."""
    path = tmp_path_factory.mktemp("report")
    make_settled_study(path / "study.qualcode")
    with Project.open(path / "study.qualcode", as_coder="anna") as project:
        make_typology(project)
    return path


def notes(result: Result) -> set[str]:
    return {line for line in result.err.splitlines() if line.startswith("note")}


@pytest.mark.parametrize("out", [("--out", "t.md", "--force"), ()])
def test_a_typology_tells_what_in_its_quotes_may_point_at_somebody(
    folder: Path, out: tuple[str, ...]
) -> None:
    pattern = ("--attribution", "{sex}, {age_band}, {work}")
    told = notes(qualcode("typology", "report", *out, *pattern, folder=folder))
    assert any("respondent" in line or "case" in line for line in told)
    with Project.open(folder / "study.qualcode", as_coder="anna") as project:
        report = project.themes.typology.report(attribution=pattern[1], for_print=True)
        problems = project.disclosure.check_quotes(report, pattern[1])
    assert len(told) == len(problems) > 0
