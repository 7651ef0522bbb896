"""Who signed in brings in work in their own name only, from whatever file it comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import ConflictError
from qualcode.model import MemoTarget
from qualcode.project import ExportOptions, Project
from two_coder_study import give, make_project

REFUSED = "signed in as anna, and this is work of bram"


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Project]:
    """A project of which anna is signed in."""
    with Project.open(make_project(tmp_path), verify=False) as project:
        yield project.acting_as("anna", signed_in=True)


def table(folder: Path, coder: str) -> Path:
    path = folder / "segments.csv"
    head = "Document name\tCode\tBeginning\tEnd\tSegment\tCreated by\n"
    path.write_text(f"{head}A1\tPlezier\t2\t2\tHet is leuk\t{coder}\n", encoding="utf-8")
    return path


def unchanged(project: Project, before: int) -> bool:
    """Tell whether nothing was written, not even a coder or a code."""
    return project.history.revision() == before and "bram" not in project.rounds.coders()


def test_a_table_of_ones_own_is_taken_and_that_of_another_refused(
    anna: Project, tmp_path: Path
) -> None:
    before = anna.history.revision()
    with pytest.raises(ConflictError, match=REFUSED):
        anna.exchange.read_tool_table(table(tmp_path, "bram"), "maxqda")
    with pytest.raises(ConflictError, match=REFUSED):
        anna.exchange.read_tool_table(table(tmp_path, ""), "maxqda", coder="bram")
    assert unchanged(anna, before)
    for name in ("", "anna"):
        anna.exchange.read_tool_table(table(tmp_path, name), "maxqda")
    assert {(c.coder, c.quote) for c in anna.codings.collect()} == {("anna", "Het is leuk")}


@pytest.mark.parametrize("kind", ["coding", "memo"])
def test_a_project_with_work_of_another_is_refused(
    anna: Project, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    file = tmp_path / "other.qdpx"
    with Project.open(make_project(folder)) as other:
        if kind == "coding":
            give(other, "A1", "Het is leuk", "joy", "bram")
        else:
            other.acting_as("bram").codings.add_memo(MemoTarget.TRANSCRIPT, "A1", "Van mij.")
        other.exchange.write(file, ExportOptions(real_names=True))
    before = anna.history.revision()
    with pytest.raises(ConflictError, match=REFUSED):
        anna.exchange.read(file)
    assert unchanged(anna, before)


def test_a_package_of_another_is_refused(anna: Project, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    with Project.open(make_project(folder)) as other:
        for coder in ("anna", "bram"):
            other.rounds.add_coder(coder)
            give(other, "A1", "Het is leuk", "joy", coder)
            other.exchange.write_package(coder, tmp_path / f"{coder}.zip")
    before = anna.history.revision()
    with pytest.raises(ConflictError, match=REFUSED):
        anna.exchange.merge_package(tmp_path / "bram.zip")
    assert unchanged(anna, before)
    assert anna.exchange.merge_package(tmp_path / "anna.zip").coder == "anna"


@pytest.mark.slow
def test_a_project_of_ones_own_is_taken(anna: Project, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    file = tmp_path / "other.qdpx"
    with Project.open(make_project(folder)) as other:
        give(other, "A1", "Het is leuk", "joy", "anna", memo="mooi")
        other.exchange.write(file, ExportOptions(real_names=True))
    anna.exchange.read(file)
    assert [(c.coder, c.quote) for c in anna.codings.collect()] == [("anna", "Het is leuk")]


@pytest.mark.slow
def test_comments_of_another_are_refused(anna: Project, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    for coder in ("bram", "anna"):
        with Project.open(make_project(folder, coder)) as other:
            give(other, "A1", "Het is leuk", "joy", coder)
            other.exchange.write_commented("A1", folder / f"{coder}.docx", real_names=True)
    before = anna.history.revision()
    with pytest.raises(ConflictError, match=REFUSED):
        anna.exchange.read_commented(folder / "bram.docx")
    assert unchanged(anna, before)
    anna.exchange.read_commented(folder / "anna.docx")
    assert [c.coder for c in anna.codings.collect()] == ["anna"]


def test_nobody_hands_in_for_another(anna: Project) -> None:
    anna.rounds.create("ronde", coders=["anna", "bram"])
    with pytest.raises(ConflictError, match=REFUSED):
        anna.rounds.hand_in("ronde", "bram")
    anna.rounds.hand_in("ronde")
