"""Theme summaries in every format."""

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import openpyxl
import pytest

from qualcode.errors import UnsupportedFormatError
from qualcode.exporting import write_themes
from qualcode.exporting.reports.colophon import About
from qualcode.messages import Message
from qualcode.model import ThemeReport


def _headings(path: Path) -> list[tuple[str, str]]:
    word = docx.Document(str(path))
    found = [(str(p.style and p.style.name), p.text) for p in word.paragraphs]
    return [(style[-1], text) for style, text in found if style.startswith("Heading")]


@pytest.mark.slow
def test_word_has_a_chapter_per_theme_and_one_for_the_study(
    tmp_path: Path, theme_report: ThemeReport
) -> None:
    write_themes(theme_report, tmp_path / "t.docx")
    assert _headings(tmp_path / "t.docx") == [
        ("1", "Invloeden op gebruik"),
        ("3", "Memo's"),
        ("3", "Verschillen tussen groepen"),
        ("3", "Woorden die dit thema onderscheiden"),
        ("3", "Codes die samen voorkomen"),
        ("3", "Naar niveau"),
        ("3", "Respondenten zonder de meest voorkomende code"),
        ("2", "Verkrijgbaarheid"),
        ("3", "Representatieve citaten"),
        ("3", "Afwijkende passages"),
        ("3", "Memo's"),
        ("1", "Motieven"),
        ("3", "Woorden die dit thema onderscheiden"),
        ("1", "Het hele onderzoek"),
        ("2", "De respondenten"),
        ("2", "Codes per groep"),
        ("2", "Verzadiging"),
        ("2", "Typologie"),
        ("3", "Type 1: G3"),
        ("2", "Toegekende typen"),
        ("3", "Type sociaal: G7"),
        ("2", "Gecodeerde woorden"),
        ("2", "Gestelde vragen"),
    ]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "nl",
            [
                "*7 van 10 gebruikers (de meeste respondenten); niet gevraagd aan professionals*",
                "| allen | 7 van 10 | de meeste respondenten | 9 | 10% |",
                "*Niet gebruikt: influences/finances.*",
                "- Prijs? (Anna, 2 januari 2026)",
                (
                    "*Te weinig respondenten om van een verschil te spreken: Verkrijgbaarheid. Het "
                    "bereik per groep staat in de tabel met codes.*"
                ),
                (
                    "*Er zijn geen onderscheidende woorden: de respondenten zeggen niets in de "
                    "passages ervan.*"
                ),
                "- G7 (gebruikers): niet Verkrijgbaarheid, wel Invloeden op gebruik",
                "- Verkrijgbaarheid: 1 van 1, elders 0 van 1",
                "- dicht bij het midden",
                "> “Een appje.”",
                "> — gebruiker, vrouw · G3, U03, beurt 12, gekozen",
                (
                    "| allen | 1 | 0,05 | 1+1 | mediaan 4 (2 tot niet), bereikt in 800 van 1000 "
                    "volgorden |"
                ),
                "| geslacht | vrouw | 6 |",
                "|  | andere | 4 |",
                "| U03 | G3 | 100 | 40 | 40% | 9 |",
                "| gebruikers | U24 | Waar? | 1 van 2 | U03 |",
            ],
        ),
        (
            "en",
            [
                "*7 of 10 users (most respondents); not asked of professionals*",
                "*There are no distinctive words: respondents say nothing in its passages.*",
                "| Availability | Motives | passage | 2 | 9 | 4 | 0.18 |",
            ],
        ),
    ],
)
def test_markdown_tells_all_there_is_to_tell(
    tmp_path: Path, theme_report: ThemeReport, language: str, lines: list[str]
) -> None:
    write_themes(theme_report, tmp_path / "t.md", About(language=language))
    text = (tmp_path / "t.md").read_text(encoding="utf-8")
    missing = [line for line in lines if line not in text.split("\n")]
    assert missing == []


def test_xlsx_has_a_sheet_per_kind_of_figure(tmp_path: Path, theme_report: ThemeReport) -> None:
    write_themes(theme_report, tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames == [
        "Bereik",
        "Verschillen",
        "Woorden",
        "Samen",
        "Passages",
        "Kenmerken van codes",
        "Afwijkende respondenten",
        "Memo's",
        "Codes per groep",
        "Kenmerken van respondenten",
        "Verzadiging",
        "Verzadiging bereikt",
        "Typen",
        "Vragen",
        "Dekking",
    ]
    groups = [[cell.value for cell in row] for row in book["Codes per groep"].rows]
    assert groups[1] == ["influences/availability", "Verkrijgbaarheid", 7, None]
    reach = [cell.value for cell in book["Bereik"][4]]
    assert reach[3:6] == ["professionals", None, None]


def test_json_leads_from_each_cell_to_its_passages(
    tmp_path: Path, theme_report: ThemeReport
) -> None:
    write_themes(theme_report, tmp_path / "t.json")
    data = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert data["format"] == "qualcode themes 1"
    assert data["tables"][0]["cells"][0][0]["codings"] == ["c1"]
    assert data["themes"][0]["memos"][0]["created_at"] == "2026-01-02T00:00:00+00:00"


def test_html_is_well_formed(tmp_path: Path, theme_report: ThemeReport) -> None:
    write_themes(theme_report, tmp_path / "t.html")
    root = ET.fromstring((tmp_path / "t.html").read_text(encoding="utf-8"))
    assert len(list(root.iter("{http://www.w3.org/1999/xhtml}table"))) >= 8


def test_a_report_of_nothing_says_so(tmp_path: Path) -> None:
    write_themes(ThemeReport(()), tmp_path / "t.md")
    assert "Er zijn geen thema's" in (tmp_path / "t.md").read_text(encoding="utf-8")


def test_a_table_too_wide_for_paper_is_pointed_to(
    tmp_path: Path, theme_report: ThemeReport
) -> None:
    from dataclasses import replace

    from qualcode.model import Cell, CrossTable, LocalText

    names = tuple(f"G{n}" for n in range(20))
    labels = tuple(LocalText({"nl": name}) for name in names)
    wide = CrossTable(
        "code_by_case", "codings", ("a",), names, (LocalText({"nl": "A"}),), labels,
        (tuple(Cell(n) for n in range(20)),),
    )  # fmt: skip
    report = replace(theme_report, tables=(wide,))
    write_themes(report, tmp_path / "t.md")
    write_themes(report, tmp_path / "t.html")
    assert "xlsx- en het html-bestand: Codes per respondent" in (tmp_path / "t.md").read_text(
        encoding="utf-8"
    )
    assert ">G19</th>" in (tmp_path / "t.html").read_text(encoding="utf-8")


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"\.docx, \.xlsx, \.html, \.md, \.json"):
        write_themes(ThemeReport(()), tmp_path / "t.csv")


def test_a_code_without_a_quote_prints_the_reason(
    tmp_path: Path, theme_report: ThemeReport
) -> None:
    reason = Message(
        "No passage is quoted: none of them has {fewest} to {most} words of respondents.",
        fewest=8,
        most=90,
    )
    first = theme_report.themes[0]
    codes = tuple(replace(code, representative=(), no_quote_because=reason) for code in first.codes)
    report = replace(theme_report, themes=(replace(first, codes=codes),))
    write_themes(report, tmp_path / "t.md")
    words = (tmp_path / "t.md").read_text(encoding="utf-8")
    assert "*Geen citaat: geen passage heeft 8 tot 90 woorden van respondenten.*" in words
