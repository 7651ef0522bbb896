"""A role that nobody confirmed leaves no coding out, whatever the file came from."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from cli_runner import qualcode
from qualcode.exporting import describe_omissions
from qualcode.importing import read_transcript_bytes
from qualcode.model import Omission, OmissionReason, Role, Span, Speaker, Transcript, Turn
from qualcode.project import Project
from refi_files import ANNA, BEN, FEAR, JOY, coding, project, qdpx, selection, source

TEXT = (
    "Moderator: Kunt u hardop denken?\nAnna: Ik zoek de kaart.\nModerator: Dank u, ga door.\n"
    "Anna: Nu zie ik de tabel.\n"
)
QUESTION = (TEXT.index("Kunt"), TEXT.index("?") + 1)
ANSWER = (TEXT.index("Nu zie"), TEXT.index("tabel") + 5)


def codings_of(user: str, number: int) -> str:
    return selection(*QUESTION, coding(JOY, user, number)) + selection(
        *ANSWER, coding(FEAR, user, number + 1)
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project, and a qdpx in which two coders coded a question and an answer."""
    inside = source(codings_of(ANNA, 1), codings_of(BEN, 3))
    (tmp_path / "theirs.qdpx").write_bytes(qdpx(project(inside), TEXT))
    assert qualcode("new", "study", "--language", "en", folder=tmp_path).code == 0
    return tmp_path


def interviews(confirmed: bool) -> Transcript:
    roles = (Role.INTERVIEWER, Role.RESPONDENT, Role.OTHER)
    speakers = tuple(
        Speaker(label, role, confirmed) for label, role in zip("IRX", roles, strict=True)
    )
    turns = tuple(Turn(n + 1, label, Span(3 * n, 3 * n + 2)) for n, label in enumerate("IRX"))
    return Transcript("G01", "aa bb cc", speakers, turns)


def test_words_of_a_proposed_interviewer_count_and_those_of_a_confirmed_one_do_not() -> None:
    proposed, confirmed = interviews(confirmed=False), interviews(confirmed=True)
    assert [turn.speaker for turn in proposed.respondent_turns()] == ["I", "R", "X"]
    assert [turn.speaker for turn in confirmed.respondent_turns()] == ["R"]
    assert not proposed.of_interviewer(Span(0, 2))
    assert confirmed.of_interviewer(Span(0, 2))


def test_roles_are_proposed_by_a_reading_and_confirmed_where_they_are_given() -> None:
    read = read_transcript_bytes(TEXT.encode(), "a.txt", roles={"moderator": Role.INTERVIEWER})
    assert read.transcript.speakers == (
        Speaker("Moderator", Role.INTERVIEWER),
        Speaker("Anna", Role.RESPONDENT, confirmed=False),
    )


@pytest.mark.slow
def test_an_import_of_a_project_asks_about_its_speakers(folder: Path) -> None:
    told = qualcode("import", "theirs.qdpx", folder=folder)
    assert told.code == 0, told.err
    assert "speakers  G01: Moderator = interviewer, Anna = respondent" in told.err
    assert "Confirm with: qualcode speakers --confirm" in told.err
    rows = qualcode("speakers", "--json", folder=folder).json
    assert [(row["label"], row["status"]) for row in rows] == [
        ("Moderator", "proposed"),
        ("Anna", "proposed"),
    ]


def counted(folder: Path) -> int:
    with Project.open(folder / "study.qualcode") as study, study.snapshot():
        report = study.themes.report("Anna")
        return sum(theme.codings for theme in report.themes)


@pytest.mark.slow
def test_themes_and_agreement_leave_nothing_out_until_roles_are_confirmed(folder: Path) -> None:
    assert qualcode("import", "theirs.qdpx", folder=folder).code == 0
    command = ("agreement", "--coders", "Anna,Ben", "--json")
    before = qualcode(*command, folder=folder)
    assert before.code == 0, before.err
    assert counted(folder) == 2
    assert qualcode("speakers", "--confirm", folder=folder).code == 0
    assert counted(folder) == 1
    assert qualcode("undo", folder=folder).code == 0
    assert counted(folder) == 2
    assert qualcode(*command, folder=folder).json == before.json


@pytest.mark.slow
def test_roles_that_are_given_hold_for_a_project_too(folder: Path) -> None:
    roles = "Moderator=respondent,Anna=interviewer"
    told = qualcode("import", "theirs.qdpx", "--speakers", roles, folder=folder)
    assert told.code == 0, told.err
    rows = qualcode("speakers", "--json", folder=folder).json
    assert [(row["label"], row["role"], row["status"]) for row in rows] == [
        ("Moderator", "respondent", "confirmed"),
        ("Anna", "interviewer", "confirmed"),
    ]
    assert "proposed" not in told.err


def test_a_label_that_no_text_has_is_refused(folder: Path) -> None:
    told = qualcode("import", "theirs.qdpx", "--speakers", "Piet=interviewer", folder=folder)
    assert told.code == 1
    assert "No speaker 'Piet' in 'Study'. Labels found: Anna; Moderator." in told.err


@pytest.mark.slow
def test_yes_confirms_what_is_proposed(folder: Path) -> None:
    assert qualcode("import", "theirs.qdpx", "--yes", folder=folder).code == 0
    rows = qualcode("speakers", "--json", folder=folder).json
    assert {row["status"] for row in rows} == {"confirmed"}


@pytest.mark.slow
def test_proposed_roles_stay_proposed_in_a_file_for_others(folder: Path) -> None:
    assert qualcode("import", "theirs.qdpx", folder=folder).code == 0
    for name in ("out.qdpx", "plain"):
        assert qualcode("export", "project", name, folder=folder).code == 0
        with Project.create(folder / f"{name}.copy", name="x") as copy:
            copy.exchange.read(folder / name)
            (text,) = copy.transcripts.collect()
            assert [speaker.confirmed for speaker in text.speakers] == [False, False]


@pytest.mark.slow
def test_one_speaker_is_confirmed_and_the_other_is_not(folder: Path) -> None:
    assert qualcode("import", "theirs.qdpx", folder=folder).code == 0
    assert qualcode("speakers", "G01", "--set", "Anna=respondent", folder=folder).code == 0
    with Project.open(folder / "study.qualcode") as study:
        assert study.transcripts.with_confirmed_roles() == frozenset()
        assert counted(folder) == 2


MODERATED = (
    "Taak 1: lees de tekst.\nMODERATOR: Kunt u hardop denken?\nIk zoek de kaart.\nDie is groot.\n"
    "MODERATOR: Dank u, ga door.\nNu zie ik de tabel.\n"
)


def test_answers_without_a_label_are_proposed_where_only_the_moderator_has_one() -> None:
    read = read_transcript_bytes(MODERATED.encode(), "a.txt")
    turns = [(turn.speaker, turn.span.of(MODERATED)) for turn in read.transcript.turns]
    assert turns == [
        ("MODERATOR", "Kunt u hardop denken?"),
        ("R", "Ik zoek de kaart.\nDie is groot."),
        ("MODERATOR", "Dank u, ga door."),
        ("R", "Nu zie ik de tabel."),
    ]
    assert "2 passages without a label are taken as answers of 'R'" in read.problems[0].message


@pytest.mark.parametrize("role", [Role.RESPONDENT, Role.OTHER])
def test_the_only_label_of_a_respondent_has_all_the_words_after_it(role: Role) -> None:
    read = read_transcript_bytes(MODERATED.encode(), "a.txt", roles={"MODERATOR": role})
    assert {turn.speaker for turn in read.transcript.turns} == {"MODERATOR"}


SUFFIXES = ("docx", "xlsx", "html", "md", "json")


@pytest.mark.slow
def test_a_report_says_first_how_many_codings_it_leaves_out_and_why(folder: Path) -> None:
    """On the screen and in each written report: the same sentence, once the role is confirmed."""
    assert qualcode("import", "theirs.qdpx", folder=folder).code == 0
    themes, agreement = ("themes", "--layer", "Anna"), ("agreement", "--coders", "Anna,Ben")
    assert "left out" not in qualcode(*agreement, folder=folder).err
    assert "role nobody confirmed (Moderator)" in qualcode(*themes, folder=folder).err
    assert qualcode("speakers", "--confirm", folder=folder).code == 0
    sentences = {
        themes: "1 of 2 codings counts for no person, in whole or in part: 1 on words of an "
        "interviewer",
        agreement: "2 of 4 codings are left out: 2 on words of interviewers",
    }
    for command, sentence in sentences.items():
        assert f"{sentence} (Moderator)." in qualcode(*command, folder=folder).err
        for suffix in SUFFIXES:
            name = f"{command[0]}.{suffix}"
            done = qualcode(*command, "--language", "en", "--out", name, folder=folder)
            assert done.code == 0, done.err
            assert f"{in_files(sentence)}." in first_words(folder / name, command[0]), name
    # In quotes the interviewer's words are printed, and said to be nobody's.
    for suffix in SUFFIXES:
        done = qualcode(
            *("quotes", "--layer", "Anna", "--language", "en", "--out", f"q.{suffix}"),
            folder=folder,
        )
        assert done.code == 0, done.err
        assert f"{in_files(sentences[themes])}." in first_words(folder / f"q.{suffix}", "quotes")


def in_files(sentence: str) -> str:
    """Return it without the number of all codings, which would tell what small counts hide."""
    return sentence.replace("1 of 2 codings counts", "1 coding counts")


def first_words(path: Path, kind: str) -> str:
    """Return what a report says before its first heading or on its first sheet."""
    if path.suffix == ".json":
        value = json.loads(path.read_text())
        (omission,) = value["omissions"] if kind == "agreement" else value["made"]["omissions"]
        total = value["codings"] if kind == "agreement" else value["made"]["codings"]
        assert omission["reason"] == "interviewer"
        # A label may be the name of a person: it is for the screen.
        assert "speakers" not in omission
        assert "Moderator" not in json.dumps([omission])
        (message,) = describe_omissions(
            total,
            [Omission(OmissionReason.INTERVIEWER, omission["codings"])],
            of_units=kind == "agreement",
        )
        return message
    if path.suffix == ".xlsx":
        sheet = load_workbook(path).worksheets[0]
        return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    if path.suffix == ".docx":
        return "\n".join(p.text for p in docx.Document(str(path)).paragraphs[:6])
    return "\n".join(path.read_text(encoding="utf-8").split("<h2")[0].splitlines()[:200])
