"""No command replaces a file that is there already without a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.project import Project
from two_coder_study import give, make_project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Project.open(make_project(tmp_path)) as project:
        for coder in ("anna", "bram"):
            give(project, "A1", "Het is leuk hoor", "joy", coder)
        give(project, "A1", "Anders is het saai", "boredom", "anna")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("adjudicate", "--queue"), "queue.csv"),
        (("agreement", "--out"), "report.docx"),
        (("agreement", "--plot"), "plot.svg"),
        (("themes", "--layer", "anna", "--out"), "themes.docx"),
        (("quotes", "--layer", "anna", "--out"), "quotes.docx"),
        (("export", "codings"), "codings.csv"),
        (("export", "project"), "study.qdpx"),
        (("export", "commented"), "A1.docx"),
        (("codebook", "export"), "book.yaml"),
        (("work", "export", "--coder", "anna"), "anna.json"),
        (("pseudonymize", "scan", "--out"), "names.csv"),
    ],
)
def test_a_file_that_is_there_is_replaced_only_on_request(
    folder: Path, words: tuple[str, ...], name: str
) -> None:
    path = folder / name
    path.write_text("half an hour of work", encoding="utf-8")
    refused = qualcode(*words, name, folder=folder)
    assert refused.code == 1
    assert f"'{name}' is there already and would be replaced" in refused.err
    assert "--force" in refused.err
    assert path.read_text(encoding="utf-8") == "half an hour of work"
    replaced = qualcode(*words, name, "--force", folder=folder)
    assert replaced.code == 0, replaced.err
    assert path.read_bytes() != b"half an hour of work"


def test_charts_and_a_folder_of_an_earlier_run_are_asked_about(folder: Path) -> None:
    for words in (("themes", "--layer", "anna", "--plots", "charts"), ("export", "project", "out")):
        assert qualcode(*words, folder=folder).code == 0
        refused = qualcode(*words, folder=folder)
        assert refused.code == 1
        assert "is there already" in refused.err
        assert qualcode(*words, "--force", folder=folder).code == 0
