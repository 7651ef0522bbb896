"""A table of named columns, and what every writer makes of it."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from qualcode.exporting.document.blocks import UNDATED, Document
from qualcode.exporting.document.docx_writer import docx_bytes
from qualcode.exporting.document.html_writer import html_bytes
from qualcode.exporting.document.markdown_writer import markdown_bytes
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.document.table_writers import csv_bytes, xlsx_bytes
from qualcode.messages import Message

TABLE: Table[tuple[str, int]] = Table(
    Message("Reach"),
    (
        Column("case", heading("case"), lambda row: row[0]),
        Column("codings", heading("codings"), lambda row: row[1] or None, Kind.COUNT),
        Column("chosen", heading("chosen"), lambda row: Message("yes") if row[1] else ""),
    ),
    (("G1", 3), ("case", 0)),
)


def test_a_column_reads_its_cells_from_the_rows() -> None:
    assert list(TABLE.cells()) == [("G1", 3, "yes"), ("case", None, "")]


def test_columns_are_kept_and_dropped_by_their_keys() -> None:
    assert [column.key for column in TABLE.keep("chosen", "case").columns] == ["case", "chosen"]
    assert [column.key for column in TABLE.drop("case").columns] == ["codings", "chosen"]


def document() -> Document:
    return Document("T", "", "nl", (), (TABLE,))


def docx_cells() -> list[str]:
    import docx

    (table,) = docx.Document(io.BytesIO(docx_bytes(document()))).tables
    return [cell.text for row in table.rows for cell in row.cells]


def test_documents_have_its_headings_and_messages_in_their_language() -> None:
    expected = ["respondent", "coderingen", "gekozen", "G1", "3", "ja", "case", "–", ""]
    assert docx_cells() == expected
    html, markdown = html_bytes(document()).decode(), markdown_bytes(document()).decode()
    for text in ("respondent", "coderingen", "ja"):
        assert f">{text}</t" in html
        assert f"| {text} |" in markdown


@pytest.mark.parametrize(("language", "title"), [("nl", "respondent"), ("en", "case")])
def test_a_workbook_has_titles_in_its_language_and_numbers_as_numbers(
    language: str, title: str
) -> None:
    data = xlsx_bytes((TABLE,), title="", language=language, created=UNDATED)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == title
    assert rows[1][1] == 3


def test_csv_has_keys_for_programs_and_cells_in_its_language() -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(TABLE, "nl").decode("utf-8-sig"))))
    assert rows == [["case", "codings", "chosen"], ["G1", "3", "ja"], ["case", "", ""]]
