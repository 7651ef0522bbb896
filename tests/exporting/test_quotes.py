"""Quotes in every format: what a reader sees, what a program reads."""

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import openpyxl
import pandas as pd
import pytest
from docx.oxml.ns import qn

from qualcode.errors import InvalidValueError, UnsupportedFormatError
from qualcode.exporting import write_quotes
from qualcode.exporting.reports.colophon import About
from qualcode.model import LocalText, Quote, QuoteSection, Reach

Sections = tuple[QuoteSection, ...]
SUFFIXES = (".docx", ".xlsx", ".csv", ".md", ".html", ".json")


def _lines(path: Path) -> list[tuple[str, str]]:
    """Return the style and text of each paragraph after the table of contents."""
    word = docx.Document(str(path))
    found = [(str(p.style and p.style.name), p.text) for p in word.paragraphs]
    return [line for line in found if not line[0].lower().startswith("toc")]


def test_word_has_theme_code_group_quote_and_attribution_each_in_its_style(
    tmp_path: Path, sections: Sections
) -> None:
    write_quotes(sections, tmp_path / "q.docx", About(title="Studie"))
    assert _lines(tmp_path / "q.docx") == [
        ("Title", "Citaten per thema"),
        ("Subtitle", "Studie"),
        ("Normal", "4 citaten bij 2 codes, uit 1 interview."),
        ("Heading 1", "Invloeden op gebruik"),
        ("Heading 2", "Het thema als geheel"),
        ("Heading 3", "Zonder groep"),
        ("Quote text", "“Tja 🙂.”"),
        (
            "Quote attribution",
            "gebruiker, vrouw, 20-29  ·  G3, U03, beurt 12, 4:31, gecodeerd door Anna",
        ),
        ("Heading 2", "Verkrijgbaarheid"),
        ("Reach", "7 van 10 gebruikers; niet gevraagd aan professionals"),
        ("Heading 3", "Gebruikers"),
        ("Quote text", "“Het is overal te krijgen.”"),
        (
            "Quote attribution",
            "gebruiker, vrouw, 20-29  ·  G3, U03, beurt 12, 4:31, gecodeerd door Anna, gekozen",
        ),
        ("Quote context", "… En toen?"),
        ("Quote text", "“Hij zei ‘kom’ en\nik ging.”"),
        ("Quote context", "Ja. …"),
        (
            "Quote attribution",
            "gebruiker, vrouw, 20-29  ·  G3, U03, beurt 12, 4:31, gecodeerd door consensus",
        ),
        ("Heading 3", "Professionals"),
        ("Quote text", "“-1 voor mij”"),
        ("Quote attribution", "gebruiker, vrouw, 20-29  ·  G3, U03, gecodeerd door Anna"),
    ]


def test_word_in_english(tmp_path: Path, sections: Sections) -> None:
    write_quotes(sections, tmp_path / "q.docx", About(language="en"))
    lines = _lines(tmp_path / "q.docx")
    assert lines[0] == ("Title", "Quotes by theme")
    assert ("Reach", "7 of 10 users; not asked of professionals") in lines
    styles = docx.Document(str(tmp_path / "q.docx")).styles.element
    assert {lang.get(qn("w:val")) for lang in styles.iter(qn("w:lang"))} == {"en-GB"}


def test_the_table_of_contents_is_a_field_with_its_entries_filled_in(
    tmp_path: Path, sections: Sections
) -> None:
    """It shows without an update, and Word does not ask a question when it opens."""
    write_quotes(sections, tmp_path / "q.docx")
    word = docx.Document(str(tmp_path / "q.docx"))
    entries = [p for p in word.paragraphs if str(p.style and p.style.name).startswith("toc")]
    texts = ["".join(node.text or "" for node in p._p.iter("{*}t")) for p in entries]
    assert texts == ["Invloeden op gebruik", "Het thema als geheel", "Verkrijgbaarheid"]
    body = word.element.xml
    assert r"TOC \o &quot;1-2&quot;" in body or r'TOC \o "1-2"' in body
    assert body.count('w:fldCharType="begin"') == body.count('w:fldCharType="end"') == 1
    targets = {link.get(qn("w:anchor")) for link in word.element.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in word.element.iter(qn("w:bookmarkStart"))}
    assert len(targets) == 3
    assert targets <= marks
    assert "updateFields" not in word.settings.element.xml


def test_the_page_is_a4_with_its_number_in_the_footer(tmp_path: Path, sections: Sections) -> None:
    write_quotes(sections, tmp_path / "q.docx")
    section = docx.Document(str(tmp_path / "q.docx")).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert " PAGE " in section.footer._element.xml


def test_nobody_is_named_in_the_properties_of_the_file(tmp_path: Path, sections: Sections) -> None:
    write_quotes(sections, tmp_path / "q.docx")
    about = docx.Document(str(tmp_path / "q.docx")).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    assert about.created is not None
    assert about.created.year == 2000


def test_an_author_and_a_date_that_are_given_stand_in_the_properties(
    tmp_path: Path, sections: Sections
) -> None:
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=timezone(timedelta(hours=2)))
    write_quotes(
        sections, tmp_path / "q.docx", About(title="Studie", author="A. Auteur", created=summer)
    )
    about = docx.Document(str(tmp_path / "q.docx")).core_properties
    assert (about.author, about.title) == ("A. Auteur", "Citaten per thema – Studie")
    assert about.created is not None
    assert about.created.replace(tzinfo=None) == datetime(2026, 7, 1, 21, 30)  # noqa: DTZ001


def test_one_coder_is_not_repeated_under_each_quote(
    tmp_path: Path, section: Callable[..., QuoteSection], quote: Callable[..., Quote]
) -> None:
    write_quotes([section(quote())], tmp_path / "q.md")
    assert "Anna" not in (tmp_path / "q.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_quotes_at_all_gives_a_file_that_says_so(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"q{suffix}"
    write_quotes([], path)
    if suffix == ".docx":
        assert ("Normal", "Bij deze keuze zijn er geen citaten.") in _lines(path)
    elif suffix in {".md", ".html"}:
        assert "geen citaten" in path.read_text(encoding="utf-8")
    elif suffix == ".csv":
        assert len(pd.read_csv(path)) == 0
    elif suffix == ".json":
        assert json.loads(path.read_text(encoding="utf-8"))["sections"] == []
    else:
        assert openpyxl.load_workbook(path)["Citaten"].max_row == 1


def test_csv_opens_in_excel_and_in_pandas(tmp_path: Path, sections: Sections) -> None:
    path = tmp_path / "q.csv"
    write_quotes(sections, path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(path, sep=";", keep_default_na=False)
    assert list(frame["quote"][:2]) == ["Tja 🙂.", "Het is overal te krijgen."]
    assert list(frame["start"]) == [10, 10, 10, 10]
    assert list(frame["sex"]) == ["vrouw"] * 4
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len({len(row) for row in rows}) == 1


def test_csv_text_is_never_a_formula(tmp_path: Path, sections: Sections) -> None:
    write_quotes(sections, tmp_path / "q.csv")
    frame = pd.read_csv(tmp_path / "q.csv", sep=";", keep_default_na=False)
    assert frame["quote"][3] == "'-1 voor mij"
    assert frame["memo"][2] == "'=mooi"


def test_xlsx_holds_text_as_text_and_numbers_as_numbers(tmp_path: Path, sections: Sections) -> None:
    write_quotes(sections, tmp_path / "q.xlsx")
    book = openpyxl.load_workbook(tmp_path / "q.xlsx")
    assert book.sheetnames == ["Citaten", "Bereik"]
    rows = [{c.value: v for c, v in zip(book["Citaten"][1], row, strict=True)}
            for row in book["Citaten"].iter_rows(min_row=2)]  # fmt: skip
    assert [row["memo"].value for row in rows][2] == "=mooi"
    assert rows[2]["memo"].data_type == "s"
    assert rows[3]["citaat"].value == "-1 voor mij"
    assert rows[2]["citaat"].value == 'Hij zei "kom" en\nik ging.'
    assert rows[0]["beurt"].value == 12
    assert rows[3]["beurt"].value is None
    reach = [cell.value for cell in book["Bereik"][4]]
    assert reach[-1] == "niet gevraagd aan professionals"


def test_a_quote_longer_than_a_cell_is_cut_with_a_notice(
    tmp_path: Path, section: Callable[..., QuoteSection], quote: Callable[..., Quote]
) -> None:
    write_quotes([section(quote("🙂" * 20_000))], tmp_path / "q.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "q.xlsx")["Citaten"]
    (text,) = (c.value for c in sheet[2] if isinstance(c.value, str) and "🙂" in c.value)
    assert len(text.encode("utf-16-le")) // 2 <= 32_767
    assert text.endswith("[ingekort: een cel in Excel houdt 32.767 tekens]")


def test_html_is_one_well_formed_file_that_fetches_nothing(
    tmp_path: Path, sections: Sections
) -> None:
    write_quotes(sections, tmp_path / "q.html", About(title="<Studie> & meer"))
    text = (tmp_path / "q.html").read_text(encoding="utf-8")
    root = ET.fromstring(text)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"script", "link", "img", "iframe", "object"}
    assert "url(" not in text
    hrefs = [e.get("href", "") for e in root.iter() if e.get("href")]
    ids = {e.get("id") for e in root.iter()}
    assert hrefs
    assert all(href.startswith("#") and href[1:] in ids for href in hrefs)
    assert root.get("lang") == "nl"


def test_markdown_sets_quotes_apart(tmp_path: Path, sections: Sections) -> None:
    write_quotes(sections, tmp_path / "q.md")
    text = (tmp_path / "q.md").read_text(encoding="utf-8")
    assert "## Invloeden op gebruik\n\n### Het thema als geheel" in text
    assert "> “Hij zei ‘kom’ en\\\n> ik ging.”\n>\n> Ja. …" in text


def test_json_has_every_field(tmp_path: Path, sections: Sections) -> None:
    write_quotes(sections, tmp_path / "q.json", About(title="Studie"))
    data = json.loads((tmp_path / "q.json").read_text(encoding="utf-8"))
    assert data["format"] == "qualcode quotes 1"
    quote = data["sections"][1]["quotes"][1]
    assert set(quote) == set(Quote.__dataclass_fields__)
    assert quote["span"] == {"start": 10, "end": 35}
    assert quote["text"] == 'Hij zei "kom" en\x0bik ging.'
    assert data["sections"][1]["reaches"][2]["of"] is None


def test_reach_of_all_is_told_where_there_are_no_groups(
    tmp_path: Path, quote: Callable[..., Quote]
) -> None:
    label = LocalText({"nl": "X"})
    one = QuoteSection("x", label, "x", label, (Reach("", 3, 9),), (quote(),))
    write_quotes([one], tmp_path / "q.md")
    assert "*3 van 9 respondenten*" in (tmp_path / "q.md").read_text(encoding="utf-8")


def test_a_group_without_a_known_name_goes_by_its_own(
    tmp_path: Path, section: Callable[..., QuoteSection], quote: Callable[..., Quote]
) -> None:
    write_quotes([section(quote(group="naasten"))], tmp_path / "q.md")
    assert "#### Naasten" in (tmp_path / "q.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["q.pdf", "q", "q.qualcode"])
def test_another_suffix_is_refused_with_those_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        UnsupportedFormatError, match=r"\.docx, \.xlsx, \.csv, \.md, \.html, \.json"
    ):
        write_quotes([], tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_another_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValueError, match="nl or en"):
        write_quotes([], tmp_path / "q.md", About(language="fr"))
