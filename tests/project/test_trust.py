"""From where on suggestions of a code are trusted is told next to each suggestion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.model import CodeTrust, Doubt, Round, TrustReport
from qualcode.project import Project
from two_coder_study import give, make_project


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return make_project(tmp_path)


@pytest.fixture
def project(file: Path) -> Iterator[Project]:
    with Project.open(file, as_coder="anna", verify=False) as opened:
        give(opened, "A1", "Het is leuk hoor", "joy", "anna")
        yield opened


def keep(project: Project, viewer: str = "anna") -> None:
    """Keep a judgement as ``judge_codes`` does: the study has too few interviews for a real one."""
    acting = project.acting_as(viewer)
    codes = tuple(
        CodeTrust(code.path, Doubt.NONE, 0.02, 3, 1, 9, 3)
        if code.path == "motives/joy"
        else CodeTrust(code.path, Doubt.FEW, None, 0, 0, 1, 1, 0.5)
        for code in acting.codebook.get().active
    )
    paths = [code.code for code in codes]
    acting.suggestions._model.keep_trust(TrustReport(codes, 0.2, 1, 5), paths)


def test_nothing_is_told_before_somebody_judged(project: Project) -> None:
    assert project.suggestions.guidance.read_trust() == {}


@pytest.mark.slow
def test_what_was_judged_is_read_again(file: Path, project: Project) -> None:
    keep(project)
    with Project.open(file, as_coder="anna") as again:
        trust = again.suggestions.guidance.read_trust()
    assert trust["motives/joy"].threshold == pytest.approx(0.02)
    assert trust["motives/energy"].doubt is Doubt.FEW
    assert trust["motives/energy"].agreement == pytest.approx(0.5)


def test_what_was_judged_with_another_model_is_not_told(project: Project) -> None:
    keep(project)
    project.suggestions.meaning.choose_model("none")
    assert project.suggestions.guidance.read_trust() == {}
    project.suggestions.meaning.choose_model("bundled")
    assert project.suggestions.guidance.read_trust()


def test_another_coder_does_not_read_what_rests_on_ones_own_view(project: Project) -> None:
    keep(project)
    assert project.acting_as("bram").suggestions.guidance.read_trust() == {}
    keep(project, "")
    assert project.acting_as("bram").suggestions.guidance.read_trust()


def test_in_an_open_blind_round_nothing_kept_before_is_told(project: Project) -> None:
    keep(project)
    for coder in ("anna", "bram"):
        project.rounds.add_coder(coder)
    project.rounds.put(Round("one", ("anna", "bram"), ("A1",)))
    assert project.suggestions.guidance.read_trust() == {}


def test_it_is_of_no_use_once_the_codebook_changed(project: Project) -> None:
    keep(project)
    project.codebook.rename("motives/joy", "fun")
    assert project.suggestions.guidance.read_trust() == {}


def test_the_command_line_says_it_next_to_each_suggestion(file: Path, project: Project) -> None:
    keep(project)
    printed = qualcode(
        "suggest", "A1", "--coder", "anna", "-p", file, "--floor", 0, folder=file.parent
    )
    joy = next(line for line in printed.out.splitlines() if "motives/joy" in line)
    assert "2%" in joy
    energy = next(line for line in printed.out.splitlines() if "motives/energy" in line)
    assert "]" in energy
