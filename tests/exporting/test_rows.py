"""Any one table, csv, xlsx or Parquet: what is written can be read back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pyarrow.parquet import read_table

from qualcode.errors import UnsupportedFormatError
from qualcode.exporting import write_rows
from qualcode.importing import read_codings

KEYS = ("transcript", "start", "end", "quote", "code", "coder", "memo")
ROWS = [("G01", 0, 4, "=1+1", "a/x", "anna", None), ("G01", 5, 7, "-ja", "a", "anna", "let op")]


def test_csv_keeps_numbers_and_guards_what_a_spreadsheet_would_compute(tmp_path: Path) -> None:
    write_rows("codings", KEYS, ROWS, tmp_path / "c.csv")
    frame = pd.read_csv(tmp_path / "c.csv", encoding="utf-8-sig")
    assert list(frame.columns) == list(KEYS)
    assert list(frame["start"]) == [0, 5]
    assert list(frame["quote"]) == ["'=1+1", "'-ja"]


def test_xlsx_holds_text_as_text(tmp_path: Path) -> None:
    write_rows("codings", KEYS, ROWS, tmp_path / "c.xlsx")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    cells = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert cells[0][:4] == ("G01", 0, 4, "=1+1")
    book.close()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_of_codings_is_read_back_as_it_was(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"c{suffix}"
    write_rows("codings", KEYS, ROWS, path)
    read, problems = read_codings(path)
    assert problems == ()
    assert [(r.start, r.end, r.quote, r.code, r.memo or None) for r in read] == [
        (row[1], row[2], row[3], row[4], row[6]) for row in ROWS
    ]


def test_numbers_are_numbers_and_what_is_missing_is_null(tmp_path: Path) -> None:
    rows = [(1, 0.5, "=1+1", None), (None, 2, "\ud83d half", None), (3, None, "👍🏽 e\u0301", None)]
    write_rows("t", ("whole", "share", "text", "none"), rows, tmp_path / "t.parquet")
    table = read_table(tmp_path / "t.parquet").to_pydict()
    assert table == {
        "whole": [1, None, 3],
        "share": [0.5, 2.0, None],
        # Half of a pair of UTF-16 cannot be written; a formula is no danger here.
        "text": ["=1+1", "? half", "👍🏽 e\u0301"],
        "none": [None, None, None],
    }


def test_a_table_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    write_rows("t", ("code", "count"), [], tmp_path / "t.parquet")
    assert read_table(tmp_path / "t.parquet").column_names == ["code", "count"]


def test_another_suffix_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"\.csv, \.parquet, \.xlsx"):
        write_rows("codings", KEYS, ROWS, tmp_path / "c.docx")
