"""A project in a folder of plain text is read back as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from exchange_projects import projects, study
from hypothesis_examples import examples
from qualcode.exporting.interchange.project_folder import write_folder
from qualcode.importing.project_folder import read_project_folder
from qualcode.model import ExchangeProject


def came_back(folder: Path) -> ExchangeProject:
    return replace(read_project_folder(folder)[0], origin="", losses=())


@pytest.mark.slow
@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(project=projects())
def test_any_project_comes_back_equal(project: ExchangeProject, tmp_path: Path) -> None:
    write_folder(project, tmp_path)
    assert came_back(tmp_path) == replace(project, codebook=None)


def test_cells_that_look_like_formulas_are_text_and_come_back(tmp_path: Path) -> None:
    first, *others = study().codings
    one = replace(study(), codings=(replace(first, memo="=1+1"), *others))
    write_folder(one, tmp_path)
    assert "'=1+1" in (tmp_path / "codings.csv").read_text()
    assert came_back(tmp_path) == replace(one, codebook=None)
