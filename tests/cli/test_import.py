"""What an import takes from a folder, and what it tells to do next."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.project import Project

TEXT = "{0}: Hoe ging dat?\n{1}: Ja hoor, dat ging wel.\n{0}: En toen?\n{1}: Naar huis.\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    inside = tmp_path / "interviews"
    inside.mkdir()
    (inside / "Interview één.txt").write_text(TEXT.format("I", "R"), encoding="utf-8")
    assert qualcode("new", "study", folder=tmp_path).code == 0
    return tmp_path


def test_a_folder_gives_its_interviews_and_no_tables_or_hidden_files(study: Path) -> None:
    for name in ("cases.csv", "respondenten.csv", "coderingen_anna.csv", "~$terview.docx"):
        (study / "interviews" / name).write_text("transcript,case\nInterview één,R1\n")
    told = qualcode(
        "import", "interviews", "-y", "--cases", "interviews/respondenten.csv", folder=study
    )
    assert told.code == 0, told.err
    assert [line for line in told.err.split("\n") if "imported" in line] == [
        "imported  Interview één: 4 turns (I = interviewer, R = respondent)"
    ]


def test_respondents_can_be_read_after_the_interviews(study: Path) -> None:
    assert qualcode("import", "interviews", "-y", folder=study).code == 0
    (study / "later.csv").write_text("transcript;case\r\nInterview één;R1\r\n", encoding="utf-8")
    told = qualcode("import", "--cases", "later.csv", folder=study)
    assert told.code == 0
    assert "Read later.csv: the project has 1 case." in told.err


def test_an_import_of_nothing_says_what_to_name(study: Path) -> None:
    told = qualcode("import", folder=study)
    assert told.code == 1
    assert "--cases FILE" in told.err


def test_the_command_that_confirms_speakers_can_be_copied(study: Path) -> None:
    told = qualcode("import", "interviews", folder=study)
    line = told.err.split("confirm with: ")[1].split("\n")[0]
    done = qualcode(*shlex.split(line)[1:], folder=study)
    assert done.code == 0
    assert "confirmed" in done.out


def test_reading_a_folder_says_that_it_is_one(study: Path) -> None:
    assert "is a folder" in qualcode("read", "interviews", folder=study).err


def test_a_folder_that_is_there_already_is_no_failure(study: Path) -> None:
    assert qualcode("import", "interviews", "-y", folder=study).code == 0
    again = qualcode("import", "interviews", "-y", folder=study)
    assert again.code == 0
    assert again.err.startswith("already there  The same file was imported already")
    (study / "interviews" / "new.txt").write_text(TEXT.format("I", "P"), encoding="utf-8")
    more = qualcode("import", "interviews", "-y", folder=study)
    assert more.code == 0
    assert "imported  new" in more.err


def test_a_name_in_use_for_another_text_is_refused(study: Path) -> None:
    assert qualcode("import", "interviews", "-y", folder=study).code == 0
    (study / "Interview één.txt").write_text(TEXT.format("I", "P"), encoding="utf-8")
    told = qualcode("import", "Interview één.txt", "-y", folder=study)
    assert told.code == 1
    assert "another name" in told.err


def test_speakers_named_for_a_folder_are_taken_where_they_occur(study: Path) -> None:
    (study / "interviews" / "P02.txt").write_text(TEXT.format("Int", "P"), encoding="utf-8")
    (study / "interviews" / "P03.txt").write_text(TEXT.format("A", "B"), encoding="utf-8")
    roles = "I=interviewer,R=respondent,P=other"
    told = qualcode("import", "interviews", "--speakers", roles, folder=study)
    assert told.code == 0, told.err
    assert "No speaker I or R here. Labels found: Int, P." in told.err
    rows = qualcode("speakers", "--json", folder=study).json
    shown = {(row["transcript"], row["label"]): (row["role"], row["status"]) for row in rows}
    assert shown["P02", "P"] == ("other", "confirmed")
    assert shown["Interview één", "I"] == ("interviewer", "confirmed")
    assert shown["P03", "A"][1] == "proposed"


def test_a_speaker_that_one_file_lacks_is_refused(study: Path) -> None:
    told = qualcode("import", "interviews/Interview één.txt", "--speakers", "X=other", folder=study)
    assert told.code == 1
    assert "No speaker 'X'" in told.err


def test_a_table_of_codings_without_rows_says_so(study: Path) -> None:
    (study / "t.csv").write_text("transcript,quote,code\n")
    told = qualcode("code", "t.csv", "--coder", "anna", folder=study)
    assert told.code == 1
    assert "nothing below them" in told.err


def test_a_file_asked_for_by_name_that_is_there_already_is_refused(study: Path) -> None:
    assert qualcode("import", "interviews", "-y", folder=study).code == 0
    file = next((study / "interviews").glob("*.txt"))
    again = qualcode("import", str(file), "-y", folder=study)
    assert again.code == 1
    assert "already there" in again.err


def answers_of_three(folder: Path) -> None:
    (folder / "survey").mkdir()
    for name in "abc":
        (folder / "survey" / f"{name}.txt").write_text("I: Wat hielp?\nR: niets\n")


def test_equal_answers_of_other_people_are_asked_about(study: Path) -> None:
    answers_of_three(study)
    told = qualcode("import", "survey", "-y", folder=study)
    assert told.code == 1
    assert "'b.txt' has the same text as interview 'a'" in told.err
    assert "--same-text keep" in told.err


def test_equal_answers_of_other_people_are_kept_on_request(study: Path) -> None:
    answers_of_three(study)
    told = qualcode("import", "survey", "-y", "--same-text", "keep", folder=study)
    assert told.code == 0, told.err
    again = qualcode("import", "survey", "-y", folder=study)
    assert again.code == 0
    assert again.err.count("already there") == 3
    with Project.open(study / "study.qualcode") as project:
        assert [t.name for t in project.transcripts.collect()] == ["a", "b", "c"]


def test_equal_texts_are_left_out_on_request(study: Path) -> None:
    answers_of_three(study)
    told = qualcode("import", "survey", "-y", "--same-text", "skip", folder=study)
    assert told.code == 0
    with Project.open(study / "study.qualcode") as project:
        assert [t.name for t in project.transcripts.collect()] == ["a"]
    assert qualcode("import", "survey", "--same-text", "x", folder=study).code == 1


def test_equal_texts_go_out_and_come_back(study: Path) -> None:
    answers_of_three(study)
    qualcode("import", "survey", "-y", "--same-text", "keep", folder=study)
    assert qualcode("export", "project", "all.qdpx", folder=study).code == 0
    with Project.create(study / "again.qualcode") as project:
        project.exchange.read(study / "all.qdpx")
        assert [t.name for t in project.transcripts.collect()] == ["a", "b", "c"]


def test_a_respondent_who_gets_another_name_is_not_doubled(study: Path) -> None:
    assert qualcode("import", "interviews", "-y", folder=study).code == 0
    with Project.open(study / "study.qualcode") as project:
        name = project.transcripts.collect()[0].name
    for table, rows in {
        "cases.csv": f"transcript,group\n{name},users\n",
        "renamed.csv": f"transcript,case,group\n{name},P7,users\n",
    }.items():
        (study / table).write_text(rows, encoding="utf-8")
        remove = ["--remove"] if table == "renamed.csv" else []
        refused = qualcode("import", "--cases", table, folder=study)
        assert refused.code == (1 if remove else 0)
        assert qualcode("import", "--cases", table, *remove, folder=study).code == 0
    with Project.open(study / "study.qualcode") as project:
        assert [(one.name, one.transcripts) for one in project.cases.collect()] == [("P7", (name,))]


def test_a_folder_says_which_files_it_skips_and_why(study: Path) -> None:
    inside = study / "interviews"
    (inside / "audio").mkdir()
    for name in ("opname.mp3", "codings.csv", "cases.csv", "~$terview.docx", "README.md"):
        (inside / name).write_text("x")
    told = qualcode("import", "interviews", "-y", folder=study)
    assert told.code == 0, told.err
    assert [line for line in told.err.split("\n") if line.startswith("skipped")] == [
        "skipped  README.md: a file about the folder",
        "skipped  audio: a folder; name it to import what is in it",
        "skipped  cases.csv: a table of respondents; read it with --cases",
        "skipped  codings.csv: a table of codings; read it with: qualcode code codings.csv",
        "skipped  opname.mp3: interviews do not end in '.mp3'",
        "skipped  ~$terview.docx: a hidden file",
    ]


def test_a_folder_without_interviews_says_why_too(study: Path) -> None:
    (study / "empty").mkdir()
    (study / "empty" / "opname.mp3").write_text("x")
    told = qualcode("import", "empty", folder=study)
    assert told.code == 1
    assert "skipped  opname.mp3" in told.err
    assert "holds no interviews" in told.err


def test_labels_that_are_named_add_to_those_recognised(study: Path) -> None:
    talk = "Moderator: Wie?\nAnna: Ik.\nBert: Ik ook.\nModerator: En u?\nDina: Ook.\nAnna: Ja.\n"
    (study / "FG1.txt").write_text(talk)
    told = qualcode("import", "FG1.txt", "--speakers", "Moderator=interviewer", folder=study)
    assert told.code == 0, told.err
    rows = qualcode("speakers", "FG1", "--json", folder=study).json
    assert [row["label"] for row in rows] == ["Moderator", "Anna", "Bert", "Dina"]


@pytest.mark.parametrize(("answer", "kept"), [("keep", True), ("remove", False), ("", True)])
def test_lines_of_transcription_programs_can_be_left_out(
    study: Path, answer: str, kept: bool
) -> None:
    line = "Audio source: /Users/anna/interview 3.m4a"
    (study / "x.txt").write_text(f"{line}\n{TEXT.format('I', 'R')}")
    told = qualcode("import", "x.txt", "-y", "--service-lines", answer, folder=study)
    assert told.code == 0, told.err
    assert line in told.err
    with Project.open(study / "study.qualcode") as project:
        assert project.transcripts.get("x").text.startswith(line) is kept


def test_another_answer_about_those_lines_is_refused(study: Path) -> None:
    told = qualcode("import", "interviews", "--service-lines", "weg", folder=study)
    assert told.code == 1
    assert "Write keep or remove." in told.err


def test_a_misspelt_label_is_asked_about(study: Path) -> None:
    talk = "Interviewer: Zo?\nRespondent: Ja.\nInteviewer: En?\nRespondent: Nee.\n"
    (study / "x.txt").write_text(talk)
    told = qualcode("import", "x.txt", folder=study)
    assert "'Inteviewer' (1×) was read as 'Interviewer'" in told.err
    assert "proposed; confirm with" in told.err
