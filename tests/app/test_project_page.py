"""The Project page: files dropped, rounds, backups and history, also where something is wrong."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from qualcode import study
from qualcode.app import server
from qualcode.model import Span
from qualcode.project import Project, list_languages, restore_backup
from small_book import BOOK
from spoken import SPOKEN

SECRET = "paard batterij nietje juist"
GOOD = b"I: Hoe gaat het?\nR: Het gaat goed, dank je.\nI: En thuis?\nR: Ook goed.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project of anna and bram with a codebook and one interview."""
    path = tmp_path / "study.qualcode"
    with Project.create(path, name="Proef") as project:
        project._store.save_codebook(BOOK)
        assert [r.refused for r in project.transcripts.read_files(study.transcripts()[:1])] == [""]
        for name in ("anna", "bram"):
            project.rounds.add_coder(name)
    return path


@pytest.fixture
def app(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page; anna is coding."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(server, "_launched", [server.Launch(str(path), "anna", "en")])
    st.cache_resource.clear()
    one = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    one.run()
    assert not one.exception
    yield one
    st.cache_resource.clear()


def settle(app: AppTest) -> None:
    """Draw the page until no work runs."""
    until = time.monotonic() + 60
    while any(one.label == "Stop" for one in app.button) and time.monotonic() < until:
        time.sleep(0.1)
        app.run()
    assert not any(one.label == "Stop" for one in app.button)
    assert not app.exception


def press(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click().run()
    settle(app)


def fill(app: AppTest, label: str, value: str) -> None:
    next(one for one in app.text_input if one.label == label).set_value(value)


def drop(app: AppTest, *files: tuple[str, bytes]) -> None:
    """Drop interviews on the page."""
    uploader = next(one for one in app.file_uploader if one.label.startswith("Files:"))
    uploader.set_value([(name, data, "") for name, data in files]).run()
    settle(app)


def errors(app: AppTest) -> str:
    return "\n".join(one.value for one in app.error)


def told(app: AppTest, column: str) -> list[Any]:
    """Return the column of a table on the page."""
    found = next(one.value for one in app.dataframe if column in one.value.columns)
    return list(found[column])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("kapot.docx", b"PK\x03\x04 this is no zip at all"),
        ("foto.pdf", b"\x89PNG\r\n\x1a\n0000"),
        ("leeg.txt", b""),
    ],
)
def test_a_file_that_is_no_interview_loses_no_other(
    app: AppTest, path: Path, name: str, data: bytes
) -> None:
    drop(app, (name, data), ("G90.txt", GOOD))
    assert name in errors(app)
    press(app, "Import 1 interview")
    with Project.open(path) as project:
        assert "G90" in {one.name for one in project.transcripts.collect()}
        assert "G90" in project.transcripts.with_confirmed_roles()


def test_speakers_that_are_only_proposed_are_confirmed_together(app: AppTest, path: Path) -> None:
    with Project.open(path) as project:
        (text,) = project.transcripts.collect()
        assert not any(speaker.confirmed for speaker in text.speakers)
    app.run()
    assert "no coding is left out" in " ".join(one.value for one in app.markdown)
    press(app, "Confirm these speakers")
    with Project.open(path) as project:
        assert project.transcripts.with_confirmed_roles() == {"G01"}
    assert not any(one.label == "Confirm these speakers" for one in app.button)


def tick(app: AppTest, label: str, *, on: bool = True) -> None:
    next(one for one in app.checkbox if one.label == label).set_value(on).run()
    settle(app)


SERVICE = "Leave out of the text what a transcription program wrote"
APART = "“Inteviewer” is another speaker than “Interviewer”"
ODD = (
    b"Audio source: /Users/anna/gesprek 3.m4a\nInterviewer: Hoe gaat het?\nRespondent: Goed.\n"
    b"Inteviewer: En thuis?\nRespondent: Ook goed.\n"
)


def test_lines_of_a_transcription_program_are_left_out_and_a_typo_is_the_same_speaker(
    app: AppTest, path: Path
) -> None:
    drop(app, ("odd.txt", ODD), ("P02.txt", GOOD))
    press(app, "Import 2 interviews")
    with Project.open(path) as project:
        odd = project.transcripts.get("odd")
    assert odd.text.startswith("Interviewer: Hoe")
    assert [speaker.label for speaker in odd.speakers] == ["Interviewer", "Respondent"]


def test_those_lines_are_kept_and_a_typo_is_another_speaker_on_request(
    app: AppTest, path: Path
) -> None:
    drop(app, ("odd.txt", ODD), ("P02.txt", GOOD))
    tick(app, SERVICE, on=False)
    tick(app, APART)
    press(app, "Import 2 interviews")
    with Project.open(path) as project:
        odd = project.transcripts.get("odd")
    assert odd.text.startswith("Audio source: /Users/anna")
    assert [speaker.label for speaker in odd.speakers] == [
        *("Interviewer", "Respondent", "Inteviewer"),
    ]


def test_only_files_that_are_no_interviews_say_what_to_do(app: AppTest) -> None:
    drop(app, ("kapot.docx", b"no zip"))
    assert "Choose others" in " ".join(one.value for one in app.info)
    assert not any(one.label.startswith("Import ") for one in app.button)


def test_of_two_files_with_one_name_the_second_is_refused_and_named(
    app: AppTest, path: Path
) -> None:
    drop(app, ("G90.txt", GOOD), ("G90.txt", GOOD.replace(b"thuis", b"werk")))
    press(app, "Import 2 interviews")
    assert "G90" in errors(app)
    with Project.open(path) as project:
        assert [one.name for one in project.transcripts.collect()] == ["G01", "G90"]


def test_a_round_is_made_handed_in_and_opened_again(app: AppTest, path: Path) -> None:
    fill(app, "Name", "eerste")
    press(app, "Make the round")
    press(app, "Hand in")
    with Project.open(path) as project:
        assert project.rounds.get("eerste").handed_in == ("anna",)
        assert project.rounds.get("eerste").blind
    (banner,) = (str(one.value) for one in app.info if "handed in" in str(one.value))
    assert "“eerste”: your codings in it are fixed. Still coding: bram." in banner
    fill(app, "Why", "een vergeten passage")
    press(app, "Open it again")
    with Project.open(path) as project:
        assert project.rounds.get("eerste").handed_in == ()
        assert project.rounds.progress("eerste")[0].reopened == 1
    assert not [one for one in app.info if "handed in" in str(one.value)]


def test_the_last_step_is_done_once_each_theme_has_a_chosen_quote(app: AppTest, path: Path) -> None:
    def last_step() -> str:
        steps = [one for one in app.run().button if str(one.key).startswith("step-")]
        return str(steps[-1].label)

    with Project.open(path, as_coder="anna") as project:
        themes = [BOOK.paths[0], next(p for p in BOOK.paths if p[0] != BOOK.paths[0][0])]
        codings = [
            project.codings.add("G01", Span(100 + 50 * place, 140 + 50 * place), theme)
            for place, theme in enumerate(themes)
        ]
    assert last_step() == "Written · 0/2"
    with Project.open(path, as_coder="anna") as project:
        project.quotes.choose([codings[0].id])
    assert last_step() == "Written · 1/2"
    with Project.open(path, as_coder="anna") as project:
        project.quotes.choose([codings[1].id])
    assert last_step() == "Written"


def test_a_blind_round_does_not_tell_how_far_the_other_is(app: AppTest, path: Path) -> None:
    with Project.open(path, as_coder="bram") as project:
        project.rounds.create("r1", coders=["anna", "bram"])
        project.acting_as("bram").codings.add("G01", Span(100, 140), BOOK.paths[0])
    app.run()
    lines = " ".join(str(one.value) for one in app.markdown)
    assert "**anna** · still coding · 0 codings" in lines
    assert "- **bram** · still coding" in lines
    assert "1 coding" not in lines
    assert sum(told(app, "bram")) == 0


def test_an_encrypted_backup_opens_with_its_passphrase(app: AppTest, tmp_path: Path) -> None:
    fill(app, "New passphrase", SECRET)
    fill(app, "The same passphrase again", SECRET)
    press(app, "Make an encrypted backup")
    (made,) = tmp_path.glob("*.sealed")
    restore_backup(made, tmp_path / "back.qualcode", SECRET)
    with Project.open(tmp_path / "back.qualcode") as project:
        assert project.info.name == "Proef"


@pytest.mark.parametrize(
    ("first", "again", "why"),
    [(SECRET, SECRET + "!", "differ"), ("kort", "kort", "at least")],
    ids=["different", "short"],
)
def test_a_bad_passphrase_makes_no_backup(
    app: AppTest, tmp_path: Path, first: str, again: str, why: str
) -> None:
    fill(app, "New passphrase", first)
    fill(app, "The same passphrase again", again)
    press(app, "Make an encrypted backup")
    assert why in errors(app)
    assert list(tmp_path.glob("*.sealed")) == []


def test_history_tells_one_line_for_each_step_and_undo_says_what_it_undid(
    app: AppTest, path: Path
) -> None:
    with Project.open(path) as project, project.acting_as("anna").history.step():
        for start in (100, 200, 300):
            project.acting_as("anna").codings.add("G01", Span(start, start + 20), BOOK.paths[1])
    app.run()
    assert told(app, "What")[0].startswith("Coded (3×): ")
    press(app, "Undo my last step")
    assert any("Undone: Coded (3×)" in one.value for one in app.toast)
    with Project.open(path) as project:
        assert project.codings.collect() == ()


def test_the_language_of_a_dropped_interview_is_proposed_and_can_be_corrected(
    app: AppTest, path: Path
) -> None:
    english = (SPOKEN["en"] + "R: End.\n").encode()
    app.file_uploader[0].set_value(("engels.txt", english, "text/plain")).run()
    settle(app)
    assert any(one.label == "Language: English: 1" for one in app.expander)
    press(app, "Import 1 interview")
    settle(app)
    with Project.open(path) as project:
        languages = {row.transcript: row for row in list_languages(project)}
    assert languages["engels"].language == "en"
    assert languages["engels"].confirmed


def test_the_tab_after_an_import_names_what_to_confirm_and_what_is_next(app: AppTest) -> None:
    texts = [one.value for one in app.markdown]
    assert any("Nobody confirmed who is interviewer" in text for text in texts)
    assert any("**Agreement**" in text and "Nothing is coded yet" in text for text in texts)
    assert {one.label for one in app.metric} >= {"interviews", "turns", "codes"}


def test_what_a_file_lost_is_on_the_tab_of_imports(path: Path, app: AppTest) -> None:
    file = path.parent / "D1.txt"
    above = "Dit gesprek ging over werk. " * 20
    file.write_bytes(above.encode() + b"\n" + GOOD * 3)
    with Project.open(path) as project:
        assert [result.refused for result in project.transcripts.read_files([file])] == [""]
    app.run()
    (toggle,) = [toggle for toggle in app.toggle if "left out of interviews" in toggle.label]
    toggle.set_value(True).run()
    assert not app.exception
    shown = [markdown.value for markdown in app.markdown]
    (note,) = [value for value in shown if "above the first speaker label" in value]
    assert note.startswith("- **D1.txt**: 100 words above")


def test_a_table_that_takes_an_interview_from_someone_is_read_once_agreed(
    app: AppTest, path: Path
) -> None:
    with Project.open(path, as_coder="anna") as project:
        (text,) = project.transcripts.collect()
        project.cases.replace_rows([{"case": "oud", "transcript": text.name}])
    app.run()
    uploader = next(one for one in app.file_uploader if one.label == "Table of respondents")
    table = f"case,transcript,sex\nnieuw,{text.name},v\n".encode()
    uploader.set_value(("people.csv", table, "text/csv")).run()
    next(one for one in app.button if one.label == "Read the table all the same").click().run()
    assert not app.exception
    with Project.open(path) as project:
        assert [case.name for case in project.cases.collect()] == ["nieuw"]
    assert "Read the table all the same" not in [one.label for one in app.button]
