"""Tables and projects of Taguette, MAXQDA, ATLAS.ti and QualCoder as they export them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from qualcode.errors import (
    InvalidTableError,
    UnknownColumnsError,
    UnknownNameError,
    UnreadableFileError,
)
from qualcode.importing.other_tools import ToolRow, read_tool_table
from qualcode.importing.taguette import HtmlText, read_taguette

TABLES = {
    "taguette": "id,document,tag,content\n1,G01.docx,invloeden.aanbod,een dealer\n",
    "maxqda": (
        "Farbe;Dokumentgruppe;Dokumentname;Code;Anfang;Ende;Gewicht;Segment;Geändert von\n"
        ";Groep A;G01;invloeden > aanbod;2;2;0;een dealer;Anna\n"
    ),
    "atlas.ti": (
        "ID,Document,Quotation Content,Codes,Reference,Comment,Created by\n"
        '1:1,G01,een dealer,"invloeden: aanbod\nvrienden",2 - 2,let op,Anna\n'
    ),
    "qualcoder": (
        "codename,file,pos0,pos1,seltext,owner,memo\n"
        "invloeden > aanbod,G01.txt,20,30,een dealer,Anna,\n"
    ),
}


def read(tool: str, table: str, folder: Path) -> tuple[ToolRow, ...]:
    path = folder / "table.csv"
    path.write_text(table, encoding="utf-8")
    return read_tool_table(path, tool)[0]


@pytest.mark.parametrize("tool", TABLES)
def test_a_table_gives_document_code_and_words(tool: str, tmp_path: Path) -> None:
    first = read(tool, TABLES[tool], tmp_path)[0]
    assert (first.row.transcript, first.row.quote) == ("G01", "een dealer")
    assert first.labels == ("invloeden", "aanbod")
    assert first.row.coder == ("" if tool == "taguette" else "Anna")


def test_maxqda_gives_the_paragraph_not_a_position(tmp_path: Path) -> None:
    (only,) = read("maxqda", TABLES["maxqda"], tmp_path)
    assert (only.paragraph, only.row.start) == (2, None)


def test_who_coded_goes_before_who_changed_it_last(tmp_path: Path) -> None:
    table = (
        "Color\tDocument group\tDocument name\tCode\tBeginning\tEnd\tWeight score\tSegment\t"
        "Modified by\tModified\tCreated by\tCreated\tComment\tArea\n"
        "\t\tG01\tinvloeden > aanbod\t2\t2\t0\teen dealer\tBen\t\tAnna\t\tlet op\t10\n"
    )
    (only,) = read("maxqda", table, tmp_path)
    assert (only.row.coder, only.row.memo, only.paragraph) == ("Anna", "let op", 2)


def test_qualcoder_gives_positions(tmp_path: Path) -> None:
    (only,) = read("qualcoder", TABLES["qualcoder"], tmp_path)
    assert (only.row.start, only.row.end) == (20, 30)


def test_several_codes_in_a_cell_are_as_many_rows(tmp_path: Path) -> None:
    both = read("atlas.ti", TABLES["atlas.ti"], tmp_path)
    assert [one.labels for one in both] == [("invloeden", "aanbod"), ("vrienden",)]
    assert {one.row.memo for one in both} == {"let op"}


ATLAS_MAC = (
    "Number;Reference;Name;Text Content;Document;Codes;Number of Codes;Comment\n"
    "1:1;¶ 2;;De buurt is gezellig;gesprek;Wonen: buurt, Wonen: sfeer, Sociaal;3;\n"
    "1:2;¶ 2;;dichtbij;gesprek;Vrij/werk;1;\n"
    "1:3;¶ 2;;school;gesprek;Zorg, hulp en steun;1;\n"
    "1:4;¶ 2;;de school;gesprek;Sociaal, Zorg, hulp en steun;2;\n"
)


def test_atlas_for_mac_names_codes_with_signs_and_several_in_a_cell(tmp_path: Path) -> None:
    rows = read("atlas.ti", ATLAS_MAC, tmp_path)
    assert [row.labels for row in rows] == [
        ("Wonen: buurt",),
        ("Wonen: sfeer",),
        ("Sociaal",),
        ("Vrij/werk",),
        ("Zorg, hulp en steun",),
        ("Sociaal",),
        ("Zorg, hulp en steun",),
    ]
    assert {row.row.transcript for row in rows} == {"gesprek"}


def test_codes_that_cannot_be_told_from_each_other_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(ATLAS_MAC.splitlines()[0] + "\n1;;;school;gesprek;a, b, c;2;\n")
    rows, (problem,) = read_tool_table(path, "atlas.ti")
    assert not rows
    assert "'a, b, c' cannot be separated" in problem.message


def test_an_apostrophe_that_only_hides_a_formula_is_dropped(tmp_path: Path) -> None:
    (only,) = read("taguette", "id,document,tag,content\n1,G01,a,'=1+1\n", tmp_path)
    assert only.row.quote == "=1+1"


def test_rows_without_code_or_words_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("id,document,tag,content\n1,G01,,een dealer\n2,G01,a,\n")
    rows, problems = read_tool_table(path, "taguette")
    assert not rows
    assert [p.where for p in problems] == ["table.csv, line 2", "table.csv, line 3"]


def test_missing_columns_and_unknown_programs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidTableError, match="quote"):
        read("taguette", "id,document,tag\n1,G01,a\n", tmp_path)
    with pytest.raises(UnknownNameError, match="maxqda"):
        read("maxqd", "a\n1\n", tmp_path)


HTML = "<p>I: Hoe é was 😀 het?</p><p>R: Via <b>een dealer</b> &amp; zo.</p>"


def taguette(folder: Path, html: str = HTML, *, start: int = 30, end: int = 40) -> Path:
    """Return a Taguette project with one highlight."""
    path = folder / "project.sqlite3"
    with sqlite3.connect(path) as db:
        db.executescript(
            "CREATE TABLE projects (id INTEGER, name TEXT, description TEXT);"
            "CREATE TABLE documents (id INTEGER, name TEXT, description TEXT, project_id INTEGER,"
            " contents TEXT);"
            "CREATE TABLE tags (id INTEGER, project_id INTEGER, path TEXT, description TEXT);"
            "CREATE TABLE highlights (id INTEGER, document_id INTEGER, start_offset INTEGER,"
            " end_offset INTEGER, snippet TEXT);"
            "CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);"
            "CREATE TABLE commands (id INTEGER, date TEXT, user_login TEXT, payload TEXT);"
        )
        db.execute("INSERT INTO projects VALUES (1, 'Studie', 'Over feesten')")
        db.execute("INSERT INTO documents VALUES (1, 'G01', 'eerste', 1, ?)", (html,))
        db.execute("INSERT INTO tags VALUES (1, 1, 'invloeden.aanbod', 'Waar het te krijgen is')")
        db.execute("INSERT INTO highlights VALUES (7, 1, ?, ?, '')", (start, end))
        db.execute("INSERT INTO highlight_tags VALUES (7, 1)")
        payload = json.dumps({"type": "highlight_add", "highlight_id": 7})
        at = "2026-01-02 03:04:05.000000"
        db.execute("INSERT INTO commands VALUES (1, ?, 'anna', ?)", (at, payload))
    db.close()
    return path


def test_a_taguette_project_has_its_highlights_on_their_words(tmp_path: Path) -> None:
    plain = "I: Hoe é was 😀 het?R: Via een dealer & zo."
    start = len(plain[: plain.index("een dealer")].encode())
    read = read_taguette(taguette(tmp_path, start=start, end=start + 10))
    (coding,) = read.codings
    assert (coding.quote, coding.code, coding.coder) == ("een dealer", "invloeden/aanbod", "anna")
    assert read.sources[0].transcript.text == "I: Hoe é was 😀 het?\nR: Via een dealer & zo.\n"
    assert [t.speaker for t in read.sources[0].transcript.turns] == ["I", "R"]
    assert read.codebook is not None
    assert read.codebook.name == "Studie"
    assert read.codebook.paths == ("invloeden", "invloeden/aanbod")
    assert [(m.target_kind.value, m.target, m.text) for m in read.memos] == [
        ("project", "", "Over feesten"),
        ("transcript", "G01", "eerste"),
    ]
    assert "1 codes changed: Made for the first parts of the names of tags." in map(
        str, read.losses
    )


def test_tags_of_nearly_one_name_stay_apart_and_a_highlight_without_tag_is_a_memo(
    tmp_path: Path,
) -> None:
    path = taguette(tmp_path, start=0, end=2)
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO tags VALUES (2, 1, 'in-vloeden', '')")
        db.execute("INSERT INTO tags VALUES (3, 1, 'in vloeden', '')")
        db.execute("INSERT INTO highlights VALUES (8, 1, 0, 2, '')")
    db.close()
    read = read_taguette(path)
    assert read.codebook is not None
    assert {"in_vloeden", "in_vloeden_2"} < set(read.codebook.paths)
    assert read.memos[-1].text == "“I:”"


def test_a_highlight_that_ends_a_paragraph_does_not_take_the_line_end() -> None:
    html = HtmlText("<p>één</p><p>twee</p>")
    assert html.text == "één\ntwee\n"
    assert (html.position(0), html.end(5)) == (0, 3)
    assert (html.position(5), html.end(9)) == (4, 8)


def test_a_highlight_outside_the_text_is_reported(tmp_path: Path) -> None:
    read = read_taguette(taguette(tmp_path, start=900, end=950))
    assert not read.codings
    assert "1 highlights not taken" in str(read.losses[-1])


@pytest.mark.parametrize("data", [b"", b"words", b"SQLite format 3\x00" + b"x" * 200])
def test_what_is_no_taguette_project_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "project.sqlite3"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError):
        read_taguette(path)


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "project.sqlite3"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE other (id INTEGER)")
    db.close()
    with pytest.raises(UnreadableFileError, match="not of Taguette"):
        read_taguette(path)


def test_titles_of_maxqda_in_german_are_known(tmp_path: Path) -> None:
    path = tmp_path / "segmente.csv"
    path.write_text(
        "Kommentar,Dokumentgruppe,Dokumentname,Code,Anfang,Ende,Gewicht,Segment\n"
        "gut,A,G01,Thema > Haus,3,3,0,Das Haus ist klein\n",
        encoding="utf-8",
    )
    (row,), problems = read_tool_table(path, "maxqda")
    assert not problems
    assert (row.row.transcript, row.labels, row.row.quote, row.paragraph, row.row.memo) == (
        *("G01", ("Thema", "Haus"), "Das Haus ist klein", 3, "gut"),
    )


@pytest.mark.parametrize("header", ["Asiakirja,Koodi,Katkelma", "文書,符号,引用"])
def test_titles_in_another_language_ask_which_column_is_which(header: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"{header}\nG01,Huis,Het huis is klein\n", encoding="utf-8")
    with pytest.raises(UnknownColumnsError) as error:
        read_tool_table(path, "maxqda")
    assert error.value.titles == tuple(header.split(","))
    document, code, quote = header.split(",")
    columns = {"transcript": document, "code": code, "quote": quote}
    (row,), _ = read_tool_table(path, "maxqda", columns)
    assert (row.row.transcript, row.row.quote) == ("G01", "Het huis is klein")
