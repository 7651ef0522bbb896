"""A folder that is synchronised, or on a network, is recognised before it harms a project."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.errors import ConflictError
from qualcode.project import Project, describe_risk, find_conflict_copies, merge_copy
from two_coder_study import give, make_project


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - University", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("Mobile Documents", "iCloud"),
        ("My Drive", "Google Drive"),
    ],
)
def test_synchronised_folders_are_named(tmp_path: Path, folder: str, service: str) -> None:
    assert service in str(describe_risk(tmp_path / folder / "study" / "study.qualcode"))


def test_an_own_folder_is_safe(tmp_path: Path) -> None:
    assert describe_risk(tmp_path / "dropboxes" / "study.qualcode") is None


def test_a_network_drive_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "server:/a /mnt/team nfs4 rw 0 0\n/dev/sda / ext4 rw 0 0\n"
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: lines)
    assert "network drive" in str(describe_risk(Path("/mnt/team/study.qualcode")))
    assert describe_risk(Path("/home/anna/study.qualcode")) is None


def test_copies_of_a_conflict_are_found(tmp_path: Path) -> None:
    path = tmp_path / "study.qualcode"
    copies = [
        tmp_path / "study (Anna's conflicted copy 2026-03-01).qualcode",
        tmp_path / "study.kept-20260301T090000.qualcode",
    ]
    for file in (path, *copies, tmp_path / "study2.qualcode"):
        file.touch()
    assert set(find_conflict_copies(path)) == set(copies)


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """A project, and the version that a synchronising service put beside it."""
    path = make_project(tmp_path)
    with Project.open(path) as project:
        for name in ("anna", "bram"):
            project.rounds.add_coder(name)
        give(project, "A1", "Het is leuk", "joy", "anna")
    copy = Path(shutil.copy(path, path.with_name("study (conflicted copy).qualcode")))
    return path, copy


@pytest.mark.slow
def test_the_work_in_a_conflict_copy_is_merged_whole_and_once(versions: tuple[Path, Path]) -> None:
    path, copy = versions
    with Project.open(copy) as project:
        give(project, "A2", "wakker", "energy", "anna", memo="Ook hier.")
        give(project, "A3", "saai", "boredom", "bram")
        (first,) = project.codings.collect(transcript="A1")
        project.acting_as("anna").codings.withdraw([first.id])
    with Project.open(path, as_coder="anna") as project:
        give(project, "A3", "leuk", "joy", "anna")
        (found,) = find_conflict_copies(path)
        assert sum(merged.added or 0 for merged in merge_copy(project, found)) == 2
        quotes = {(coding.coder, coding.quote) for coding in project.codings.collect()}
        assert quotes == {("anna", "leuk"), ("anna", "wakker"), ("bram", "saai")}
        assert not any(merged.changed for merged in merge_copy(project, found))
        project.history.undo()
        assert {coding.quote for coding in project.codings.collect()} == {"leuk", "Het is leuk"}
        assert project.history.check() == ()


def test_a_copy_of_another_project_is_refused(versions: tuple[Path, Path], tmp_path: Path) -> None:
    path, _ = versions
    with Project.create(tmp_path / "other.qualcode", name="study") as project:
        project.rounds.add_coder("anna")
    with Project.open(path) as project, pytest.raises(ConflictError, match="no copy of this"):
        merge_copy(project, tmp_path / "other.qualcode")


@pytest.mark.slow
def test_a_blind_round_stays_blind_when_a_copy_is_merged(versions: tuple[Path, Path]) -> None:
    path, copy = versions
    with Project.open(path, as_coder="anna") as project:
        project.rounds.create("Ronde 1", coders=["anna", "bram"], blind=True)
    shutil.copy(path, copy)
    with Project.open(copy) as project:
        give(project, "A3", "saai", "boredom", "bram")
    with Project.open(path, as_coder="anna") as project:
        merges = {merged.coder: merged.added for merged in merge_copy(project, copy)}
        assert merges == {"anna": 0, "bram": None}
        assert {coding.coder for coding in project.codings.collect()} == {"anna"}
    with Project.open(path, as_coder="bram") as project:
        assert [coding.quote for coding in project.codings.collect(coder="bram")] == ["saai"]


@pytest.mark.slow
def test_the_command_merges_a_copy(versions: tuple[Path, Path]) -> None:
    path, copy = versions
    with Project.open(copy) as project:
        give(project, "A3", "saai", "boredom", "bram")
    told = qualcode("work", "merge", copy, "--project", path, folder=path.parent)
    assert "Merged the work of bram: 1 coding" in told.err
    told = qualcode("check", "--project", path, folder=path.parent)
    # From another folder too.
    assert f'qualcode work merge "{copy}"' in told.err
