"""Projects of QualCoder: a folder with a SQLite file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli_runner import qualcode
from qualcode.errors import UnreadableFileError, UnsupportedFormatError
from qualcode.importing import read_transcript_bytes
from qualcode.importing.exchange import read_exchange
from qualcode.model import ExchangeProject, Role

TEXT = "\ufeffI: Hoe was het? 😀\r\nR: Een groot feest, met muziek.\r\nI: En toen?\r\nR: Naar huis."
SCHEMA = """
CREATE TABLE project (databaseversion TEXT, date TEXT, memo TEXT);
CREATE TABLE source (id INTEGER, name TEXT, fulltext TEXT, mediapath TEXT, memo TEXT, owner TEXT);
CREATE TABLE code_cat (catid INTEGER, name TEXT, memo TEXT, owner TEXT, supercatid INTEGER);
CREATE TABLE code_name (cid INTEGER, name TEXT, memo TEXT, catid INTEGER, owner TEXT, color TEXT);
CREATE TABLE code_text (ctid INTEGER, cid INTEGER, fid INTEGER, seltext TEXT, pos0 INTEGER,
    pos1 INTEGER, owner TEXT, date TEXT, memo TEXT);
CREATE TABLE code_image (imid INTEGER, cid INTEGER);
CREATE TABLE annotation (anid INTEGER, fid INTEGER, pos0 INTEGER, pos1 INTEGER, memo TEXT,
    owner TEXT);
CREATE TABLE attribute (attrid INTEGER, name TEXT, attr_type TEXT, value TEXT, id INTEGER);
CREATE TABLE cases (caseid INTEGER, name TEXT, memo TEXT, owner TEXT);
CREATE TABLE case_text (id INTEGER, caseid INTEGER, fid INTEGER, pos0 INTEGER, pos1 INTEGER);
CREATE TABLE journal (jid INTEGER, name TEXT, jentry TEXT, owner TEXT);
"""


def row(database: sqlite3.Connection, table: str, *values: Any) -> None:
    marks = ",".join("?" * len(values))
    database.execute(f"INSERT INTO {table} VALUES ({marks})", values)


def selection(words: str) -> tuple[str, int, int]:
    start = TEXT.index(words)
    return words, start, start + len(words)


def qda(folder: Path, *extra: tuple[Any, ...]) -> Path:
    """Return a project of QualCoder with two coders, a tree of codes, a case and notes."""
    project = folder / "Uitgaan.qda"
    project.mkdir()
    with closing(sqlite3.connect(project / "data.qda")) as db, db:
        db.executescript(SCHEMA)
        row(db, "project", "v8", "2026-01-01", "Over uitgaan")
        row(db, "source", 1, "G01.docx", TEXT, None, "eerste", "anna")
        row(db, "source", 2, "foto.jpg", None, "/images/foto.jpg", "", "anna")
        row(db, "code_cat", 1, "Invloeden", "wat meespeelt", "anna", None)
        row(db, "code_cat", 2, "Sfeer", "", "anna", 1)
        row(db, "code_name", 1, "Muziek & dans", "waar muziek klinkt", 2, "anna", "#AA00FF")
        row(db, "code_name", 2, "Naar huis", "", None, "anna", "#zzzzzz")
        at = "2026-01-02 03:04:05"
        row(db, "code_text", 1, 1, 1, *selection("met muziek"), "anna", at, "mooi")
        row(db, "code_text", 2, 1, 1, *selection("met muziek"), "bram", at, "")
        row(db, "code_text", 3, 2, 1, *selection("Naar huis."), "bram", "x", None)
        row(db, "code_image", 1, 1)
        row(db, "annotation", 1, 1, *selection("Een groot feest")[1:], "lacht", "anna")
        row(db, "attribute", 1, "geslacht", "case", "vrouw", 1)
        row(db, "attribute", 2, "plaats", "file", "Utrecht", 1)
        row(db, "cases", 1, "G1", "kent G2", "anna")
        row(db, "case_text", 1, 1, 1, 0, len(TEXT))
        row(db, "journal", 1, "Dag 1", "Begonnen.", "anna")
        for values in extra:
            row(db, *values)
    return project


@pytest.fixture
def read(tmp_path: Path) -> ExchangeProject:
    return read_exchange(qda(tmp_path))


def test_codings_stand_on_their_words_with_their_coders(read: ExchangeProject) -> None:
    assert [(c.quote, c.code, c.coder, c.memo) for c in read.codings] == [
        ("met muziek", "invloeden/sfeer/muziek_dans", "anna", "mooi"),
        ("met muziek", "invloeden/sfeer/muziek_dans", "bram", ""),
        ("Naar huis.", "naar_huis", "bram", ""),
    ]
    text = read.sources[0].transcript.text
    assert "\r" not in text
    assert all(coding.span.of(text) == coding.quote for coding in read.codings)


def test_codes_keep_their_tree_colours_and_memos(read: ExchangeProject) -> None:
    assert read.codebook is not None
    assert read.codebook.paths == (
        "invloeden",
        "invloeden/sfeer",
        "invloeden/sfeer/muziek_dans",
        "naar_huis",
    )
    code = read.codebook.codes[2]
    assert (code.label.in_language("nl"), code.color) == ("Muziek & dans", "#aa00ff")
    assert code.definition.in_language("nl") == "waar muziek klinkt"


def test_cases_attributes_and_notes_come_along(read: ExchangeProject) -> None:
    (case,) = read.cases
    assert (case.name, dict(case.attributes), case.transcripts) == (
        "G1",
        {"geslacht": "vrouw"},
        ("G01.docx",),
    )
    assert dict(read.sources[0].transcript.attributes) == {"plaats": "Utrecht"}
    assert sorted(memo.text for memo in read.memos) == sorted(
        ["Over uitgaan", "eerste", "kent G2", "“Een groot feest” lacht", "Dag 1\nBegonnen."]
    )
    lost = {(loss.item, loss.count) for loss in read.losses if loss.kind.value == "not taken"}
    assert lost == {("sources", 1), ("codings", 1)}


def test_speakers_are_proposed_and_roles_that_are_given_hold(tmp_path: Path) -> None:
    path = qda(tmp_path)
    proposed = read_exchange(path).sources[0].transcript.speakers
    assert [(s.label, s.role.value, s.confirmed) for s in proposed] == [
        ("I", "interviewer", False),
        ("R", "respondent", False),
    ]
    given = read_exchange(path, roles={"I": Role.OTHER}).sources[0].transcript.speakers
    assert (given[0].role, given[0].confirmed) == (Role.OTHER, True)


@pytest.mark.parametrize(
    "values",
    [
        ("code_text", 9, 1, 99, "x", 0, 1, "anna", "", ""),
        ("code_text", 9, 99, 1, "x", 0, 1, "anna", "", ""),
        ("code_text", 9, 1, 1, "x", "a", None, "anna", "", ""),
        ("code_text", 9, 1, 1, "", 5, 5, "anna", "", ""),
        ("code_text", None, 1, 1, b"x", -4, 2**40, None, 3, 4),
        ("source", None, None, b"x", None, 3, 4),
        ("code_cat", 3, None, 3, None, 3),
        ("code_name", None, None, None, 99, None, 7),
        ("cases", None, None, None, None),
        ("attribute", None, None, "case", None, None),
    ],
)
def test_odd_rows_lose_no_other(tmp_path: Path, values: tuple[Any, ...]) -> None:
    assert len(read_exchange(qda(tmp_path, values)).codings) == 3


def test_words_that_moved_are_found_where_they_are(tmp_path: Path) -> None:
    moved = ("code_text", 9, 1, 1, "Een groot feest", 3, 9, "chris", "", "")
    coding = read_exchange(qda(tmp_path, moved)).codings[-1]
    assert (coding.quote, coding.coder) == ("Een groot feest", "chris")


@pytest.mark.slow
def test_the_command_line_takes_the_folder_and_the_file_in_it(tmp_path: Path) -> None:
    qda(tmp_path)
    assert qualcode("new", "study", "--language", "en", folder=tmp_path).code == 0
    told = qualcode("import", "Uitgaan.qda", folder=tmp_path)
    assert told.code == 0, told.err
    assert "speakers  G01.docx: I = interviewer, R = respondent" in told.err
    again = qualcode("read", "Uitgaan.qda/data.qda", "--json", folder=tmp_path)
    assert again.json["codings"] == 3


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\x00" + b"x" * 200])
def test_something_else_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.qda"
    path.mkdir()
    (path / "data.qda").write_bytes(data)
    with pytest.raises(UnreadableFileError):
        read_exchange(path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.qda"
    path.mkdir()
    with closing(sqlite3.connect(path / "data.qda")) as db, db:
        db.execute("CREATE TABLE a (b)")
    with pytest.raises(UnreadableFileError, match="not of QualCoder"):
        read_exchange(path)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.xls", r"\.xlsx"),
        ("a.rqda", "RQDA"),
        ("a.rda", r"write\.csv"),
        ("a.requal", "Requal"),
        ("a.nvpx", "NVivo"),
        ("a.mx24", "MAXQDA"),
        ("a.atlproj", r"ATLAS\.ti"),
    ],
)
def test_other_files_are_refused_with_the_way_out_of_their_program(name: str, says: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=says):
        read_transcript_bytes(b"x", name)
