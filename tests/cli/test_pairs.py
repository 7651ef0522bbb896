"""One pair of coders is one set of decisions on the command line, whoever is named first."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_runner import Result, qualcode
from qualcode.model import CONSENSUS, Span
from qualcode.project import Project
from two_coder_study import give, make_project, words_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Bram entered the project first; the two differ on two passages."""
    with Project.open(make_project(tmp_path)) as project:
        for coder in ("bram", "anna"):
            project.rounds.add_coder(coder)
            give(project, "A1", "Het is leuk hoor", "joy", coder)
        give(project, "A1", "Anders is het saai", "boredom", "anna")
        give(project, "A2", "Om wakker te blijven", "energy", "anna")
        give(project, "A2", "Om wakker te blijven", "joy", "bram")
    return tmp_path


def adjudicate(folder: Path, *words: object) -> Result:
    result = qualcode("adjudicate", *words, "--coder", "carla", folder=folder)
    assert result.code == 0, result.err
    return result


def consensus(folder: Path) -> set[tuple[str, str]]:
    with Project.open(folder / "study.qualcode") as project:
        return {(c.quote, c.code) for c in project.codings.collect(coder=CONSENSUS)}


def test_the_ids_are_the_same_with_and_without_coders(folder: Path) -> None:
    listed = [
        {row["id"]: row["coder_a"] for row in adjudicate(folder, *coders, "--json").json}
        for coders in ((), ("--coders", "anna,bram"), ("--coders", "bram,anna"))
    ]
    assert listed[0] == listed[1] == listed[2]
    assert set(listed[0].values()) == {"anna"}


def test_what_was_decided_with_coders_is_decided_without(folder: Path) -> None:
    adjudicate(folder, "--coders", "anna,bram", "--take", "b")
    before = consensus(folder)
    assert adjudicate(folder, "--json").json == []
    assert adjudicate(folder, "--summary", "--json").json["decided"] == 2
    adjudicate(folder, "--take", "a")
    assert consensus(folder) == before


def test_the_list_says_who_is_a(folder: Path) -> None:
    assert "a: anna" in adjudicate(folder, "--coders", "bram,anna").out


def test_a_batch_that_replaces_decisions_asks_first(folder: Path) -> None:
    adjudicate(folder, "--take", "b")
    with Project.open(folder / "study.qualcode") as project:
        give(project, "A2", "Nou ja", "joy", "dirk")
    before = consensus(folder)
    batch = ("adjudicate", "--coders", "anna,dirk", "--take", "a", "--coder", "carla")
    refused = qualcode(*batch, folder=folder)
    assert refused.code == 1
    assert "1 decision on A2 would no longer count" in refused.err
    assert "--force" in refused.err
    assert consensus(folder) == before
    assert qualcode(*batch, "--force", folder=folder).code == 0
    assert consensus(folder) != before


def test_a_decision_that_is_named_is_revised_without_a_question(folder: Path) -> None:
    adjudicate(folder, "--take", "b")
    (key,) = [
        decision["disagreement"]
        for decision in adjudicate(folder, "--decided", "--json").json
        if decision["transcript"] == "A2"
    ]
    adjudicate(folder, "--decide", key, "--take", "a")
    assert ("Om wakker te blijven", "motives/energy") in consensus(folder)


def test_nothing_is_open_between_coders_who_agree_and_themes_has_their_consensus(
    tmp_path: Path,
) -> None:
    with Project.open(make_project(tmp_path)) as project:
        for coder in ("bram", "anna"):
            give(project, "A1", "Het is leuk hoor", "joy", coder)
    assert "Nothing is open between anna and bram" in adjudicate(tmp_path).err
    themes = qualcode("themes", "--json", folder=tmp_path)
    assert themes.code == 0, themes.err


def test_a_theme_in_the_table_of_codes_says_that_it_is_about_itself(tmp_path: Path) -> None:
    with Project.open(make_project(tmp_path)) as project:
        start = project.transcripts.get("A1").text.index("Het is leuk")
        project.acting_as("anna").codings.add("A1", Span(start, start + 11), "motives")
        give(project, "A1", "Het is leuk", "joy", "anna")
        give(project, "A1", "Het is leuk", "joy", "bram")
    printed = qualcode("agreement", folder=tmp_path).out
    assert printed.count("motives (directly on the theme)") == 1
    for name in ("report.docx", "report.xlsx", "report.html"):
        words = ("agreement", "--out", name, "--language", "nl")
        assert qualcode(*words, folder=tmp_path).code == 0
        assert "Motieven (direct op het thema)" in words_in(tmp_path / name), name
