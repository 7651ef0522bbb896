"""The commands that read a trained model, with a genuine one installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli_runner import Result
from genuine_model import NAME, copy_model, run_command
from qualcode import study
from qualcode.project import Project

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_model(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three of the sample interviews, coded by Anna."""
    path = tmp_path_factory.mktemp("template") / "study.qualcode"
    with Project.create(path) as project:
        project.codebook.read(study.codebook())
        assert all(
            report.read for report in project.transcripts.read_files(study.transcripts()[:3])
        )
        project.cases.read(study.cases())
        for guide in study.guides():
            project.transcripts.read_guide(guide)
        list(project.transcripts.segment())
        project.codings.read_table(study.codings()[0], partial=True)
    return path


@pytest.fixture
def folder(tmp_path: Path, template: Path) -> Path:
    shutil.copy(template, tmp_path / "study.qualcode")
    return tmp_path


def ok(result: Result) -> Result:
    assert result.code == 0, result.err
    return result


def test_suggest_offers_codes_with_reasons(folder: Path, site: Path) -> None:
    words = ("suggest", "G01", "--coder", "anna", "--json")
    lines = ok(run_command(*words, folder=folder, site=site)).json
    assert len(lines) > 50
    assert all(offer["reasons"] for line in lines for offer in line["suggestions"])


def test_suggest_for_a_file_ranks_every_code(folder: Path, site: Path) -> None:
    segments = folder / "segments.jsonl"
    segments.write_text('{"id": "1", "text": "Les chevaux zijn duur."}\n', encoding="utf-8")
    words = ("suggest", "--codebook", study.codebook(), "--segments", segments, "--json")
    assert len(ok(run_command(*words, folder=folder, site=site)).json["suggestions"]) > 40


def test_suggestions_are_measured(folder: Path, site: Path) -> None:
    report = ok(run_command("suggest", "evaluate", "--json", folder=folder, site=site)).json
    assert report["passages"] > 50
    assert all(score["first"]["value"] is not None for score in report["suggesters"])


def test_a_scan_proposes_the_names_that_the_model_sees(folder: Path, site: Path) -> None:
    scan = ok(run_command("pseudonymize", "scan", "G01", "--json", folder=folder, site=site)).json
    assert scan["model"] == NAME
    assert any("language model" in str(proposal["because"]) for proposal in scan["proposals"])


def test_the_language_is_said_to_have_the_model(folder: Path, site: Path) -> None:
    assert NAME in ok(run_command("language", "--json", folder=folder, site=site)).out
