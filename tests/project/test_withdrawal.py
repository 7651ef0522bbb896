"""After a withdrawal no phrase of the person is left: not in the file, its log, or a backup."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from planted_phrases import ALONE, GONE, GROUP, OTHER, Planted, marks_in, plant
from qualcode.errors import (
    ConflictError,
    UndefinedRequestError,
    UnknownNameError,
    WithdrawnTextError,
)
from qualcode.model import (
    FrozenMap,
    Participation,
    Role,
)
from qualcode.project import Project, preview_backup
from qualcode.project.backups import back_up_daily, list_backups
from two_coder_study import BOOK


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The study, made once; each test gets a copy of its folder."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    for name, text in {"G1": ALONE, "FG1": GROUP, "G2": OTHER}.items():
        (folder / f"{name}.txt").write_bytes(text.encode("utf-8"))
    with Project.create(folder / "study.qualcode") as project:
        return plant(project, folder)


@pytest.fixture
def planted(built: Planted, tmp_path: Path) -> Iterator[Planted]:
    folder = tmp_path / "study"
    shutil.copytree(built.path.parent, folder)
    path = folder / "study.qualcode"
    with Project.open(path) as project:
        yield replace(built, project=project, path=path)


@pytest.mark.slow
def test_fifty_phrases_are_planted_and_none_is_left(planted: Planted, tmp_path: Path) -> None:
    # What undo erased already by a later step cannot be found before either.
    assert len(marks_in(planted.raw())) >= 43
    receipt = planted.anna.cases.withdraw("P1")
    assert receipt.is_complete, receipt.remains
    assert marks_in(planted.raw()) == []
    planted.anna.history.back_up(tmp_path / "later.qualcode")
    assert marks_in((tmp_path / "later.qualcode").read_bytes()) == []
    assert marks_in(planted.project._store.backup_bytes()) == []
    planted.project.close()
    assert marks_in(planted.raw()) == []
    with Project.open(planted.path) as project:
        assert project.history.check() == ()


@pytest.mark.slow
def test_a_wider_value_that_only_the_person_had_is_forgotten(planted: Planted) -> None:
    anna = planted.anna
    towns = {"P1": "Ommen", "P2": "Hardenberg", "P3": "Hardenberg"}
    anna.cases.replace(
        [
            replace(case, attributes=FrozenMap({**case.attributes, "town": towns[case.name]}))
            for case in anna.cases.collect()
        ]
    )
    anna.disclosure.widen("town", "Ommen, Hardenberg", "buiten")
    anna.disclosure.suppress("P2", "town")
    anna.cases.withdraw("P1")
    measures = anna.disclosure.measures()
    assert dict(measures.wider) == {("town", "Hardenberg"): "buiten"}
    assert ("P2", "town") in measures.suppressed
    assert b"Ommen" not in planted.raw()


@pytest.mark.slow
def test_the_project_is_whole_and_counts_one_person_less(planted: Planted) -> None:
    assert len(planted.project.cases.collect()) == 3
    receipt = planted.anna.cases.withdraw("P1")
    assert [case.name for case in planted.project.cases.collect()] == ["P2", "P3"]
    assert [t.name for t in planted.project.transcripts.collect()] == ["FG1", "G2"]
    assert (receipt.transcripts, receipt.shortened, receipt.turns) == (1, 1, 4)
    assert planted.project.history.check() == ()
    assert len(planted.anna.cases.respondents()) == 2


@pytest.mark.slow
def test_each_turn_of_a_group_gets_one_word_and_other_words_keep_their_place(
    planted: Planted,
) -> None:
    planted.anna.cases.withdraw("P1")
    transcript = planted.project.transcripts.get("FG1")
    said = [(turn.speaker, turn.span.of(transcript.text)) for turn in transcript.turns]
    assert said == [
        ("M", "Wie begint er?"),
        (GONE, GONE),
        ("F2", "Bij ons thuis ging het\x0b anders, café\u0301 in."),
        ("M", f"Dus {GONE}, zei je?"),
        (GONE, GONE),
        ("F3", "Ik denk dat het aan de buurt lag 🏳️‍🌈."),
    ]
    assert transcript.text.startswith(f"Groepsgesprek\nM: Wie begint er?\n{GONE}: {GONE}\nF2:")
    assert transcript.role_of(GONE) is Role.OTHER


@pytest.mark.slow
def test_codings_over_several_turns_keep_what_others_said(planted: Planted) -> None:
    receipt = planted.anna.cases.withdraw("P1")
    quotes = {coding.id: coding.quote for coding in planted.project.codings.collect()}
    assert quotes == {
        planted.over_both: "Bij ons thuis ging het\x0b anders, café\u0301 in",
        planted.of_other: "aan de buurt lag 🏳️‍🌈",
    }
    assert receipt.cut == 1
    # A text to print that could hold the words is gone; notes of others keep all but the words.
    assert planted.project._store.excerpts() == {}
    memos = {memo.target: memo.text for memo in planted.project.codings.collect_memos()}
    assert memos[planted.over_both] == f"Opvallend: «{GONE}»\nwant\t{GONE}"
    assert "P1" not in memos
    assert "FG1#2" not in memos


@pytest.mark.slow
def test_the_history_says_that_somebody_withdrew_and_not_who(planted: Planted) -> None:
    planted.anna.cases.withdraw("P1")
    events = planted.project.history.events()
    assert events[-1].action == "participant.withdraw"
    assert (events[-1].target, json.loads(events[-1].after)) == ("", {"turns": 4})
    told = " ".join(f"{e.target} {e.before} {e.after}" for e in events)
    assert '"P1"' not in told
    assert " P1 " not in told
    assert "G1 " not in told.replace("FG1", "")


@pytest.mark.slow
def test_undo_and_redo_bring_nothing_back(planted: Planted) -> None:
    planted.anna.cases.withdraw("P1")
    for coder in ("anna", "bram", ""):
        work = planted.project.acting_as(coder)
        for turn in (work.history.redo, *[work.history.undo] * 60):
            try:
                turn()
            except (UndefinedRequestError, ConflictError):
                continue
    assert marks_in(planted.raw()) == []
    assert "P1" not in {case.name for case in planted.project.cases.collect()}
    assert planted.project.history.check() == ()


@pytest.mark.slow
def test_the_text_its_file_and_work_on_it_do_not_come_back(planted: Planted) -> None:
    folder = planted.path.parent
    bram = planted.project.acting_as("bram")
    bram.exchange.write_package("bram", folder / "bram.work")
    planted.anna.exchange.write(folder / "old.qdpx")
    receipt = planted.anna.cases.withdraw("P1")
    named = {path.name for path in receipt.files}
    assert {"bram.work", "old.qdpx", "G1.txt", "FG1.txt"} <= named
    assert not {"G2.txt", "book.yaml", "study.qualcode"} & named
    with pytest.raises(WithdrawnTextError, match=r"'bram.work' is withdrawn"):
        planted.anna.exchange.merge_package(folder / "bram.work")
    with pytest.raises(WithdrawnTextError, match="withdrawn"):
        planted.anna.exchange.read(folder / "old.qdpx")
    results = planted.anna.transcripts.read_files([folder / "G1.txt", folder / "FG1.txt"])
    assert all("is withdrawn" in result.refused for result in results)
    (folder / "again.txt").write_text(ALONE.removeprefix("\ufeff"), encoding="utf-8")
    (result,) = planted.anna.transcripts.read_files([folder / "again.txt"])
    assert "is withdrawn" in result.refused
    assert marks_in(planted.raw()) == []


@pytest.mark.slow
def test_backups_that_the_program_made_by_itself_are_named(
    planted: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALCODE_BACKUPS", str(tmp_path / "backups"))
    assert back_up_daily(planted.project) is not None
    (backup,) = list_backups(planted.project)
    assert marks_in(backup.path.read_bytes())
    assert backup.path in planted.anna.cases.withdraw("P1").files
    back = preview_backup(backup.path, planted.project).missing
    assert "1 participant withdrew since" in str(back[-1])


@pytest.mark.slow
def test_who_withdrew_cannot_withdraw_again(planted: Planted) -> None:
    planted.anna.cases.withdraw("P1")
    with pytest.raises(UnknownNameError, match="P1"):
        planted.anna.cases.withdraw("P1")
    receipt = planted.anna.cases.withdraw("P2")
    # Two withdrew from one group: nobody can tell which turn was whose.
    labels = [turn.speaker for turn in planted.project.transcripts.get("FG1").turns]
    assert labels == ["M", GONE, GONE, "M", GONE, "F3"]
    assert receipt.is_complete
    assert planted.project.history.check() == ()


@pytest.mark.slow
def test_words_that_others_say_too_are_theirs(planted: Planted) -> None:
    planted.anna.cases.withdraw("P3")
    assert "Bij ons thuis ging het" in planted.text()
    assert marks_in(planted.raw()) != []


@pytest.mark.slow
def test_nobody_is_guessed(planted: Planted) -> None:
    cases = planted.project.cases.collect()
    unclear = [replace(c, participations=Participation.in_each("FG1")) for c in cases[:2]]
    planted.anna.cases.replace([*unclear, cases[2]])
    with pytest.raises(ConflictError, match="not known who 'P1' is in transcript 'FG1'"):
        planted.anna.cases.withdraw("P1")
    with pytest.raises(UnknownNameError, match="P9"):
        planted.anna.cases.withdraw("P9")
    with pytest.raises(UnknownNameError, match="Name the participant"):
        planted.anna.cases.withdraw("FG1")


@pytest.mark.slow
def test_an_interview_without_cases_can_be_withdrawn_by_its_name(planted: Planted) -> None:
    cases = planted.project.cases.collect()
    planted.anna.cases.replace([replace(c, participations=()) for c in cases])
    with pytest.raises(ConflictError, match="Several people speak in 'FG1'"):
        planted.anna.cases.withdraw("FG1")
    assert planted.anna.cases.withdraw("G1").transcripts == 1
    assert "kaap03" not in marks_in(planted.raw())


@pytest.mark.slow
def test_the_plan_says_what_would_go(planted: Planted) -> None:
    plan = planted.anna.cases.plan_withdrawal("P1")
    assert (plan.removed, plan.changed, plan.turns, plan.codings) == (("G1",), ("FG1",), 4, 4)
