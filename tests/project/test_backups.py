"""The program makes a checked backup a day, away from the project, and keeps few of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qualcode.errors import ProjectError, QualcodeError, UnreadableFileError
from qualcode.model import Choice, MemoTarget
from qualcode.project import (
    NameEntry,
    NameKey,
    NameKind,
    Project,
    back_up_daily,
    backup_folder,
    list_backups,
    preview_backup,
    restore_plain,
    take_untold_backups,
)
from qualcode.project.backups import Backup, kept
from two_coder_study import BOOK, give, make_project

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUALCODE_BACKUPS", str(tmp_path / "backups"))
    folder = tmp_path / "study"
    folder.mkdir()
    return make_project(folder)


@pytest.mark.slow
def test_one_backup_a_day_is_made_and_checked_and_only_after_a_change(path: Path) -> None:
    with Project.open(path) as project:
        first = back_up_daily(project, NOON)
        assert first is not None
        assert first.problems == 0
        assert back_up_daily(project, NOON + timedelta(hours=2)) is None
        assert back_up_daily(project, NOON + timedelta(days=1)) is None
        project.rounds.add_coder("carla")
        assert back_up_daily(project, NOON + timedelta(days=2)) is not None
        assert len(list_backups(project)) == 2
        # Whoever replaces names is told of them.
        assert {backup.path for backup in list_backups(project)} <= set(
            project.history.find_copies()
        )
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_off_means_that_none_is_made(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_BACKUPS", "off")
    with Project.open(path) as project:
        assert backup_folder(project) is None
        assert back_up_daily(project) is None


def test_of_a_year_of_days_some_of_the_last_days_weeks_and_months_are_kept() -> None:
    backups = [
        Backup(Path(f"{day}"), NOON - timedelta(days=day), 400 - day, 0) for day in range(400)
    ]
    keep = kept(backups, NOON)
    assert {Path(f"{day}") for day in range(8)} <= keep
    assert 18 <= len(keep) <= 25
    months = {backup.made_at.strftime("%Y-%m") for backup in backups if backup.path in keep}
    assert len(months) >= 12


def test_a_damaged_backup_does_not_push_out_a_sound_one() -> None:
    sound = Backup(Path("sound"), NOON - timedelta(hours=30), 1, 0)
    damaged = [Backup(Path(f"d{n}"), NOON - timedelta(hours=n), 2, 3) for n in range(3)]
    assert kept([sound, *damaged], NOON) == {Path("sound"), Path("d0")}


@pytest.mark.slow
def test_a_preview_says_what_a_backup_holds_and_what_would_be_lost(path: Path) -> None:
    with Project.open(path, as_coder="anna") as project:
        backup = back_up_daily(project)
        assert backup is not None
        project.codings.add_memo(MemoTarget.TRANSCRIPT, "A1", "Vandaag geschreven.")
        preview = preview_backup(backup.path, project)
    assert preview.name == "study"
    assert preview.transcripts == 3
    assert preview.missing == ("1 memo that it does not have",)
    restored = path.with_name("restored.qualcode")
    restore_plain(backup.path, restored)
    with Project.open(restored) as project:
        assert project.history.check() == ()
    with pytest.raises(QualcodeError, match="exists already"):
        restore_plain(backup.path, restored)


@pytest.mark.slow
def test_in_a_blind_round_ones_own_work_is_in_a_backup(path: Path) -> None:
    with Project.open(path) as project:
        project.rounds.create("ronde", coders=["anna", "bram"], blind=True)
        for coder in ("anna", "bram"):
            give(project, "A1", "leuk hoor", "joy", coder, memo="mooi")
            project.acting_as(coder).codings.add_memo(MemoTarget.TRANSCRIPT, "A1", coder)
        backup = back_up_daily(project)
        assert backup is not None
        seen = preview_backup(backup.path, project.acting_as("anna"))
        assert (seen.codings, seen.missing) == ({"anna": 1}, ())
        # Nor is the other's work missing once the round is over here, and not yet in the backup.
        for coder in ("anna", "bram"):
            project.acting_as(coder).rounds.hand_in("ronde")
        seen = preview_backup(backup.path, project.acting_as("anna"))
        assert seen.missing == ()


@pytest.mark.slow
def test_a_damaged_backup_says_so(path: Path) -> None:
    with Project.open(path) as project:
        backup = back_up_daily(project)
        assert backup is not None
    data = bytearray(backup.path.read_bytes())
    place = data.rindex(b"Daarom") if b"Daarom" in data else data.rindex(b"R: ")
    data[place] ^= 1
    backup.path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match="is damaged"):
        preview_backup(backup.path)


def erase_a_participant(project: Project, _folder: Path) -> None:
    project.cases.withdraw("P1")


def replace_names(project: Project, _folder: Path) -> None:
    entry = NameEntry("leuk", NameKind.PERSON, "[persoon]")
    project.pseudonyms.replace(NameKey("study", (entry,)), partial=True)


def remove_an_interview(project: Project, _folder: Path) -> None:
    project.transcripts.revisions.remove("A1")


def correct_an_interview(project: Project, folder: Path) -> None:
    (folder / "A1.txt").write_text("I: Waarom?\nR: Het is leuk.\n", encoding="utf-8")
    project.transcripts.revisions.correct(folder / "A1.txt")


def read_another_codebook(project: Project, folder: Path) -> None:
    (folder / "book.yaml").write_text(BOOK.replace("joy", "fun"), encoding="utf-8")
    project.codebook.read(folder / "book.yaml")


def revise_a_decision(project: Project, _folder: Path) -> None:
    carla = project.acting_as("carla").adjudication
    for take in (Choice.TAKE_A, Choice.TAKE_B):
        (about,) = project.agreement.collect_disagreements(["anna", "bram"])
        decision = carla.decide(about, take)
        assert decision is not None
        carla.settle(["anna", "bram"], [decision])


STEPS = {
    "withdrawal": erase_a_participant,
    "names": replace_names,
    "transcript": remove_an_interview,
    "consensus": revise_a_decision,
    "codebook": read_another_codebook,
}


@pytest.fixture
def studied(path: Path) -> Iterator[Project]:
    """A project in which anna and bram differ on one passage."""
    with Project.open(path) as project:
        for coder in ("anna", "bram", "carla"):
            project.rounds.add_coder(coder)
        give(project, "A1", "Het is leuk", "joy", "anna")
        give(project, "A1", "Het is leuk", "energy", "bram")
        yield project


@pytest.mark.slow
@pytest.mark.parametrize("reason", STEPS)
def test_a_checked_backup_is_made_before_each_step_that_takes_something_away(
    studied: Project, tmp_path: Path, reason: str
) -> None:
    STEPS[reason](studied, tmp_path)
    (backup,) = list_backups(studied)
    assert (backup.reason, backup.problems) == (reason, 0)
    with Project.open(backup.path) as before:
        assert "Het is leuk" in before.transcripts.get("A1").text
        assert before.history.revision() < studied.history.revision()
    (told,) = take_untold_backups(studied)
    assert str(backup.path) in told
    assert ("still holds what was taken out" in told) == (reason in {"withdrawal", "names"})
    assert take_untold_backups(studied) == ()


@pytest.mark.slow
def test_each_step_that_undo_does_not_take_back_has_its_own_backup(
    studied: Project, tmp_path: Path
) -> None:
    correct_an_interview(studied, tmp_path)
    remove_an_interview(studied, tmp_path)
    # What undo takes back has one an hour.
    read_another_codebook(studied, tmp_path)
    read_another_codebook(studied, tmp_path)
    reasons = [backup.reason for backup in list_backups(studied)]
    assert reasons == ["codebook", "transcript", "transcript"]


@pytest.mark.slow
def test_a_copy_with_as_many_steps_does_not_pass_for_the_same(
    studied: Project, tmp_path: Path, path: Path
) -> None:
    fork = path.with_name("fork.qualcode")
    studied.history.back_up(fork)
    with Project.open(fork) as other:
        for project, words in ((studied, "hier"), (other, "daar")):
            project.codings.add_memo(MemoTarget.TRANSCRIPT, "A1", words)
        assert other.history.revision() == studied.history.revision()
        remove_an_interview(studied, tmp_path)
        remove_an_interview(other, tmp_path)
        assert len(list_backups(other)) == 2


@pytest.mark.slow
def test_a_step_leaves_the_backup_of_that_morning(studied: Project, tmp_path: Path) -> None:
    morning = back_up_daily(studied)
    assert morning is not None
    studied.codings.add_memo(MemoTarget.TRANSCRIPT, "A1", "Later.")
    remove_an_interview(studied, tmp_path)
    assert [backup.reason for backup in list_backups(studied)] == ["transcript", ""]
    assert morning.path.is_file()


def test_damaged_backups_before_steps_push_out_no_sound_one() -> None:
    damaged = [Backup(Path(f"d{n}"), NOON - timedelta(minutes=n), 9, 2, "names") for n in range(20)]
    sound = Backup(Path("sound"), NOON - timedelta(hours=2), 8, 0, "names")
    assert kept([*damaged, sound], NOON) == {Path("d0"), Path("sound")}


def test_without_room_for_the_backup_the_step_is_not_made(
    studied: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("no folder")
    monkeypatch.setenv("QUALCODE_BACKUPS", str(tmp_path / "taken"))
    revision = studied.history.revision()
    for step in STEPS.values():
        if step is not revise_a_decision:
            with pytest.raises(ProjectError, match="Nothing was changed, because no backup"):
                step(studied, tmp_path)
    assert studied.history.revision() == revision
    monkeypatch.setenv("QUALCODE_BACKUPS", "off")
    remove_an_interview(studied, tmp_path)


def test_those_before_a_step_are_kept_for_a_week() -> None:
    steps = [Backup(Path(f"s{n}"), NOON - timedelta(minutes=n), 9, 0, "names") for n in range(30)]
    old = Backup(Path("old"), NOON - timedelta(days=9), 1, 0, "names")
    later = Backup(Path("later"), NOON - timedelta(days=8), 1, 0)
    keep = kept([*steps, old, later], NOON)
    assert {Path(f"s{n}") for n in range(20)} <= keep
    assert Path("s25") not in keep
    assert Path("old") not in keep
