"""Transcripts, respondents and codings in csv and xlsx tables."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from qualcode.errors import InvalidTableError
from qualcode.importing import (
    ReadResult,
    read_cases,
    read_codings,
    read_transcript_bytes,
)
from qualcode.importing.tables import read_table
from qualcode.model import Case, CodingRow, FrozenMap, Participation


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def timed(result: ReadResult) -> list[tuple[str, int | None, str]]:
    text = result.transcript.text
    return [(turn.speaker, turn.time_ms, turn.span.of(text)) for turn in result.transcript.turns]


@pytest.mark.parametrize("mark", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize(
    "header", ["time,speaker,text", "Tijd,Spreker,Tekst", "Begin,Naam,Uitspraak"]
)
@pytest.mark.parametrize("start", ["", "\ufeff", "sep={}\r\n"], ids=["plain", "bom", "excel"])
def test_a_table_of_speech_is_read_whatever_divides_it(mark: str, header: str, start: str) -> None:
    rows = f'{start.format(mark)}{header}\r\n00:00:02,I,"Ja, en?"\r\n1:05,R,Nee.\r\n'
    quoted = rows.replace("Ja, en?", "Ja| en?").replace(",", mark).replace("|", mark)
    result = read_transcript_bytes(quoted.encode(), "G01.csv")
    assert timed(result) == [("I", 2000, f"Ja{mark} en?"), ("R", 65000, "Nee.")]
    assert result.transcript.text == f"Ja{mark} en?\nNee."


def test_a_row_without_a_speaker_is_a_turn_of_the_one_before() -> None:
    result = read_transcript_bytes(b"speaker,text\nI,Ja?\n,En?\nR,Nee.\nR,\n", "G01.csv")
    assert timed(result) == [("I", None, "Ja?"), ("I", None, "En?"), ("R", None, "Nee.")]


def test_a_workbook_gives_the_same_turns_with_times_as_excel_keeps_them() -> None:
    rows = [("Tijd", "Spreker", "Tekst"), (dt.time(0, 0, 2), "I", "Ja?"), (65.5, "R", "Nee.")]
    result = read_transcript_bytes(workbook(*rows), "G01.xlsx")
    assert timed(result) == [("I", 2000, "Ja?"), ("R", 65500, "Nee.")]


def test_the_table_of_whisper_counts_milliseconds() -> None:
    result = read_transcript_bytes(b"start\tend\ttext\n0\t1500\tJa?\n1500\t2000\tNee.\n", "a.tsv")
    assert [time for _, time, _ in timed(result)] == [0, 1500]


def test_a_cell_may_hold_a_whole_interview() -> None:
    long = "woord " * 40_000
    result = read_transcript_bytes(f"text\n{long}\n".encode(), "G01.csv")
    assert len(result.transcript.text) == len(long) - 1


@pytest.mark.parametrize("name", ["cases.csv", "cases.xlsx"])
def test_cases_have_their_transcripts_and_all_other_columns_as_attributes(
    name: str, tmp_path: Path
) -> None:
    rows = [
        ("Bestand", "Pseudoniem", "Groep", "Geslacht", "Leeftijd", "Regio", "Werk", "Stad"),
        ("G01.docx", "Ada", "gebruiker", "vrouw", "20-29", "Brabant", "student", "B"),
        ("G02", "Bo", "gebruiker", "man", "", "Randstad", "sales", ""),
        ("G02b.txt", "Bo", "", "vrouw", "30-39", "", "", ""),
    ]
    path = tmp_path / name
    text = "\n".join(";".join(row) for row in rows)
    path.write_bytes(workbook(*rows) if name.endswith("xlsx") else text.encode())
    table = read_cases(path)
    cases, problems = table.cases, table.problems
    assert cases == (
        Case(
            "Ada",
            FrozenMap(
                {
                    "group": "gebruiker",
                    "sex": "vrouw",
                    "age_band": "20-29",
                    "region": "Brabant",
                    "work": "student",
                    "Stad": "B",
                }
            ),
            Participation.in_each("G01"),
        ),
        Case(
            "Bo",
            FrozenMap(
                {
                    "group": "gebruiker",
                    "sex": "man",
                    "age_band": "30-39",
                    "region": "Randstad",
                    "work": "sales",
                }
            ),
            Participation.in_each("G02", "G02b"),
        ),
    )
    assert problems[0].message.startswith("Read as usual attributes: ")
    assert [problem.where for problem in problems[1:]] == [f"{name}, line 4, case 'Bo'"]


def test_without_a_column_for_cases_each_transcript_is_one(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("transcript,group\nG01,g\n,g\nP01,p\n", encoding="utf-8")
    table = read_cases(path)
    cases, problems = table.cases, table.problems
    assert [(case.name, case.transcripts) for case in cases] == [
        ("G01", ("G01",)),
        ("P01", ("P01",)),
    ]
    assert problems[0].where == "cases.csv, line 3"


@pytest.mark.parametrize(
    ("content", "row"),
    [
        (
            "transcript,start,end,quote,code,coder,memo\nG01,3,6,een,a/b,ann,hm\n",
            CodingRow(2, "G01", 3, 6, "een", "a/b", "ann", "hm"),
        ),
        (
            "Bestand;Van;Tot;Citaat;Code;Codeur;Notitie\nG01.txt;3;6;een;a/b;ann;hm\n",
            CodingRow(2, "G01", 3, 6, "een", "a/b", "ann", "hm"),
        ),
        (
            "id,document,tag,content\n1,G01,a > b,een\n",
            CodingRow(2, "G01", None, None, "een", "a > b", "", ""),
        ),
        (
            "Document name\tCode\tBegin\tEnd\tSegment\tCreated by\nG01\ta\t1\t1\teen\tann\n",
            CodingRow(2, "G01", None, None, "een", "a", "ann", ""),
        ),
        ("transcript,start,end,code\nG01,3,6,a\n", CodingRow(2, "G01", 3, 6, "", "a", "", "")),
    ],
    ids=["own", "Dutch", "Taguette", "MAXQDA", "positions only"],
)
def test_codings_are_read_from_our_columns_and_those_of_other_tools(
    content: str, row: CodingRow, tmp_path: Path
) -> None:
    path = tmp_path / "codings.csv"
    path.write_text(content, encoding="utf-8")
    assert read_codings(path) == ((row,), ())


def test_an_incomplete_row_of_codings_is_left_out_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "codings.csv"
    path.write_text(
        "transcript,start,end,quote,code\nG01,,,,a\nG01,x,6,een,a\nG01,x,6,,a\n\nG01,,,een,a\n",
        encoding="utf-8",
    )
    rows, problems = read_codings(path)
    assert [(row.line, row.start, row.quote) for row in rows] == [
        (3, None, "een"),
        (6, None, "een"),
    ]
    assert [problem.where[-6:] for problem in problems] == ["line 2", "line 3", "line 4"]
    assert problems[0].message == "This row has no quote."
    assert problems[1].message == "Start 'x' and end '6' are not two whole numbers."
    assert [problem.hint for problem in problems[1:]] == [
        "The quote is looked up instead.",
        "The row was left out.",
    ]


@pytest.mark.parametrize(
    ("read", "header", "says"),
    [
        (read_cases, "stad,groep", "has no column 'transcript'. Columns found: stad, groep."),
        (
            read_codings,
            "foo,bar",
            "no column 'transcript' and 'code' and 'quote'. Columns found: foo, bar.",
        ),
        (read_codings, "transcript,code,start", "has no column 'quote'"),
    ],
)
def test_wrong_columns_are_refused_with_those_missing_and_those_found(
    read: object, header: str, says: str, tmp_path: Path
) -> None:
    assert callable(read)
    path = tmp_path / "table.csv"
    path.write_text(f"{header}\n1,2,3\n", encoding="utf-8")
    with pytest.raises(InvalidTableError) as refusal:
        read(path)
    assert says in str(refusal.value)
    assert "'table.csv'" in str(refusal.value)


def test_quotation_marks_that_do_not_match_are_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "codings.csv"
    path.write_text('transcript,quote,code\nG01,"een" twee,a\n', encoding="utf-8")
    rows, problems = read_codings(path)
    assert rows[0].code == "a"
    assert "quotation marks" in problems[0].message


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("transcript,case,group,sex", "--cases"),
        ("interview;naam;geslacht;leeftijd", "--cases"),
        ("transcript;naam;geslacht", "--cases"),
        ("transcript,case", "--cases"),
        ("transcript,start,end,quote,code,coder", "qualcode code"),
        ("id,document,tag,content", "qualcode code"),
    ],
)
def test_a_table_of_something_else_is_no_interview(header: str, says: str) -> None:
    cells = ",".join("a" for _ in header.replace(";", ",").split(","))
    data = f"{header}\n{cells.replace(',', ';' if ';' in header else ',')}\n".encode()
    with pytest.raises(InvalidTableError, match=says):
        read_transcript_bytes(data, "table.csv")


@pytest.mark.parametrize(
    "header", ["file,label,text", "start,speaker,text,document", "time,name,transcript", "id,text"]
)
def test_a_table_of_speech_may_have_other_columns(header: str) -> None:
    cells = ",".join(f"word {n}" for n in range(header.count(",") + 1))
    assert timed(read_transcript_bytes(f"{header}\n{cells}\n".encode(), "table.csv"))


def test_a_table_with_a_header_only_says_so(tmp_path: Path) -> None:
    path = tmp_path / "codings.csv"
    path.write_text("transcript,quote,code\n\n")
    for read in (read_codings, read_cases):
        with pytest.raises(InvalidTableError, match="nothing below"):
            read(path)


def test_rows_have_the_numbers_of_a_spreadsheet_after_a_cell_with_a_line_break() -> None:
    table = read_table(b'sep=;\r\na;b\r\n"x\r\ny";1\r\n\r\nz;2\r\n', "t.csv")
    assert [row.line for row in table.rows] == [2, 4]
