"""Replacing names keeps the work: decisions stay decided, exports hold no name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import UndefinedRequestError
from qualcode.model import Choice, Code, Codebook, Decision, Role, Span
from qualcode.project import Project, entry_for
from qualcode.pseudonyms import NameKey, NameKind

TEXT = "I: Met wie?\nR: Met Fatima El Amrani, altijd. Het was leuk en het hield me wakker.\n"
KEY = NameKey(
    "study",
    (
        entry_for("Fatima El Amrani", NameKind.PERSON, "[vriendin 1]"),
        entry_for("Fatima", NameKind.PERSON, "[vriendin 1]"),
    ),
)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Project]:
    file = tmp_path / "G01.txt"
    file.write_text(TEXT, encoding="utf-8")
    with Project.create(tmp_path / "study.qualcode", name="study") as project:
        roles = {"I": Role.INTERVIEWER, "R": Role.RESPONDENT}
        assert [r.refused for r in project.transcripts.read_files([file], roles=roles)] == [""]
        book = Codebook("small", (Code("joy"), Code("energy"), Code("friends")))
        project._store.save_codebook(book)
        for coder in ("anna", "bram"):
            project.rounds.add_coder(coder)
        yield project


def code(project: Project, words: str, path: str, coder: str) -> None:
    transcript = project.transcripts.collect()[0]
    start = transcript.text.index(words)
    project.acting_as(coder).codings.add(transcript.name, Span(start, start + len(words)), path)


@pytest.mark.slow
def test_what_was_decided_on_disagreements_stays_decided(work: Project) -> None:
    code(work, "Met Fatima El Amrani", "friends", "anna")
    code(work, "Het was leuk", "joy", "anna")
    code(work, "Het was leuk", "energy", "bram")
    pair = ("anna", "bram")
    found = work.agreement.collect_disagreements(pair)
    assert found
    decided = [
        Decision(one.id, Choice.TAKE_A, "anna", one.transcript, "om Fatima") for one in found
    ]
    work._store.add_decisions(decided, "anna")
    assert work.adjudication.open_disagreements(pair) == ()
    work.acting_as("anna").pseudonyms.replace(KEY)
    assert [one.id for one in work.agreement.collect_disagreements(pair)] != [
        one.id for one in found
    ]
    assert work.adjudication.open_disagreements(pair) == ()
    assert work.history.check() == ()


@pytest.mark.slow
def test_an_export_for_another_program_holds_no_name(work: Project, tmp_path: Path) -> None:
    code(work, "Met Fatima El Amrani", "friends", "anna")
    work.pseudonyms.replace(KEY)
    work.exchange.write(tmp_path / "out.qdpx")
    with zipfile.ZipFile(tmp_path / "out.qdpx") as archive:
        for name in archive.namelist():
            assert "Fatima" not in name
            assert b"Fatima" not in archive.read(name)
    assert "[vriendin 1]" in work.codings.collect()[0].quote


def test_a_key_that_replaces_nothing_is_refused(work: Project) -> None:
    with pytest.raises(UndefinedRequestError, match="no name to replace"):
        work.pseudonyms.replace(NameKey("study", (entry_for("Fatima", NameKind.PERSON, ""),)))


def test_older_copies_beside_the_project_are_named(work: Project, tmp_path: Path) -> None:
    work.history.back_up(tmp_path / "before.qualcode")
    assert [path.name for path in work.history.find_copies()] == ["before.qualcode"]


@pytest.mark.slow
def test_a_scan_looks_at_file_names_speakers_and_notes_too(work: Project, tmp_path: Path) -> None:
    said = "Hassan: Ja.\nI: En toen?\nHassan: Niets.\n"
    (tmp_path / "gesprek_fatima.txt").write_text(said, encoding="utf-8")
    roles = {"I": Role.INTERVIEWER, "Hassan": Role.RESPONDENT}
    list(work.transcripts.read_files([tmp_path / "gesprek_fatima.txt"], roles=roles))
    transcript = work.transcripts.get("G01")
    place = Span(transcript.text.index("Het was"), transcript.text.index(" leuk"))
    work.acting_as("anna").codings.add("G01", place, "joy", memo="vroeg naar Petra")
    places = {p.text: {m.where for m in p.mentions} for p in work.pseudonyms.scan().proposals}
    assert "name of transcript gesprek_fatima" in places["fatima"]
    assert any(where.startswith("speaker Hassan") for where in places["Hassan"])
    assert any(where.startswith("note on coding") for where in places["Petra"])


@pytest.mark.slow
def test_a_known_name_has_one_role_in_texts_and_in_names_of_files(
    work: Project, tmp_path: Path
) -> None:
    (tmp_path / "P1 Tjorven.txt").write_text("I: Wie?\nR: Met Tjorven.\n", encoding="utf-8")
    roles = {"I": Role.INTERVIEWER, "R": Role.RESPONDENT}
    list(work.transcripts.read_files([tmp_path / "P1 Tjorven.txt"], roles=roles))
    found = [p for p in work.pseudonyms.scan(names=("Tjorven",)).proposals if p.text == "Tjorven"]
    assert sum(len(p.mentions) for p in found) > 1
    assert len({p.replacement for p in found}) == 1


@pytest.mark.slow
def test_a_preview_shows_each_place_that_is_then_replaced(work: Project) -> None:
    code(work, "Met Fatima El Amrani", "friends", "anna")
    shown = work.pseudonyms.preview(KEY)
    assert [(one.where, one.text, one.role) for one in shown] == [
        ("transcript G01", "Fatima El Amrani", "[vriendin 1]")
    ]
    assert (shown[0].before, shown[0].after) == (
        "I: Met wie? R: Met",
        ", altijd. Het was leuk en het hield me w",
    )
    assert work.pseudonyms.replace(KEY).replaced == len(shown)
