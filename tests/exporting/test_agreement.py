"""Agreement in every format: a figure that does not exist is never a number."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import openpyxl
import pytest

from qualcode.errors import UnsupportedFormatError
from qualcode.exporting import write_agreement
from qualcode.model import AgreementReport


def test_json_has_null_and_the_reason(tmp_path: Path, agreement_report: AgreementReport) -> None:
    write_agreement(agreement_report, tmp_path / "a.json")
    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    kappas = {row["code"]: row["kappa"] for row in data["codes"]}
    assert kappas["influences/availability"]["value"] == pytest.approx(0.72)
    assert kappas["influences/finances"]["value"] is None
    assert kappas["influences/finances"]["undefined_because"] == "neither coder used this code"
    assert data["coders"] == ["Anna", "Bram"]


def test_markdown_prints_figures_with_their_intervals(
    tmp_path: Path, agreement_report: AgreementReport
) -> None:
    write_agreement(agreement_report, tmp_path / "a.md")
    text = (tmp_path / "a.md").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert (
        "| influences / availability | 2 | 1 | 7 | 30 | 0,72 (0,52; 0,82) | 0,72 (0,52; 0,82) | "
        "0,72 (0,52; 0,82) | 0,72 (0,52; 0,82) |"
    ) in text
    assert "| influences / finances | 0 | 0 | 0 | 40 | – | – | – | – |" in text
    assert "- Bram gebruikte deze code nooit. (influences / availability)" in text
    assert "40 eenheden (beurten van respondenten) uit 2 interviews" in text
    assert "| gepoolde kappa | 0,70 (0,50; 0,90) | Kappa uit de over de codes" in text


def test_xlsx_leaves_the_cell_empty_and_gives_the_reason(
    tmp_path: Path, agreement_report: AgreementReport
) -> None:
    write_agreement(agreement_report, tmp_path / "a.xlsx", language="en")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == [
        "By code",
        "By theme",
        "Over all codes",
        "Passages compared",
        "About these figures",
    ]
    header = [cell.value for cell in book["By code"][1]]
    row = dict(zip(header, (cell.value for cell in book["By code"][3]), strict=True))
    assert row["kappa"] is None
    assert row["why not"] == "neither coder used this code"


def test_word_and_html_hold_the_same_tables(
    tmp_path: Path, agreement_report: AgreementReport
) -> None:
    write_agreement(agreement_report, tmp_path / "a.docx")
    write_agreement(agreement_report, tmp_path / "a.html")
    word = docx.Document(str(tmp_path / "a.docx"))
    root = ET.fromstring((tmp_path / "a.html").read_text(encoding="utf-8"))
    rows = list(root.iter("{http://www.w3.org/1999/xhtml}tr"))
    assert len(rows) == sum(len(table.rows) for table in word.tables)
    assert word.tables[0].style is not None
    assert word.tables[0].style.name == "Qualcode table"


def test_another_suffix_is_refused(tmp_path: Path, agreement_report: AgreementReport) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"\.json, \.md, \.xlsx, \.html, \.docx"):
        write_agreement(agreement_report, tmp_path / "a.csv")
