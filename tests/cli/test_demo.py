"""The demo runs the whole path on the sample study, and what it writes holds."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest

from cli_runner import Result, qualcode


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    folder = tmp_path_factory.mktemp("demo")
    result = qualcode("demo", folder=folder)
    assert result.code == 0, result.err
    return folder / "qualcode-demo", result


def test_each_step_says_how_to_do_it_on_ones_own_data(demo: tuple[Path, Result]) -> None:
    told = demo[1].err
    for command in (
        "qualcode new",
        "qualcode import",
        "qualcode segment",
        "qualcode code",
        "qualcode agreement",
        "qualcode adjudicate",
        "qualcode themes",
        "qualcode quotes",
    ):
        assert f"on your own data: {command}" in told or command in told
    assert "qualcode app" in demo[1].out


def test_all_ten_interviews_are_in_with_an_interviewer_and_a_respondent(
    demo: tuple[Path, Result],
) -> None:
    project = demo[0] / "study.qualcode"
    rows = qualcode("speakers", "--json", "--project", project, folder=demo[0]).json
    roles: dict[str, set[str]] = {}
    for row in rows:
        roles.setdefault(row["transcript"], set()).add(row["role"])
    assert len(roles) == 10
    assert set(map(frozenset, roles.values())) == {frozenset({"interviewer", "respondent"})}


def test_every_stored_quote_equals_its_span(demo: tuple[Path, Result]) -> None:
    project = demo[0] / "study.qualcode"
    checked = qualcode("check", "--json", "--project", project, folder=demo[0]).json
    assert checked["problems"] == []
    assert checked["codings"] > 1000


def test_the_agreement_file_names_its_unit_and_what_is_undefined(
    demo: tuple[Path, Result],
) -> None:
    report = json.loads((demo[0] / "agreement.json").read_text(encoding="utf-8"))
    text = json.dumps(report)
    assert "NaN" not in text
    assert "neither" in text
    assert "respondents" in text


def test_the_word_file_has_headings_and_styles_and_quotes(demo: tuple[Path, Result]) -> None:
    document = docx.Document(str(demo[0] / "quotes.docx"))
    styles = {p.style.name for p in document.paragraphs if p.style is not None}
    assert {"Heading 1", "Heading 2", "Heading 3", "Quote text", "Quote attribution"} <= styles
    headings = [
        p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"
    ]
    assert headings[-4:] == [
        "Beschrijving van gebruikers",
        "Motieven voor gebruik",
        "Invloeden op gebruik",
        "Negatieve gevolgen",
    ]


def test_the_workbook_opens_and_has_sheets(demo: tuple[Path, Result]) -> None:
    book = openpyxl.load_workbook(demo[0] / "themes.xlsx", read_only=True)
    assert len(book.sheetnames) >= 5
    book.close()


def test_a_second_demo_in_the_same_place_is_refused(demo: tuple[Path, Result]) -> None:
    again = qualcode("demo", folder=demo[0].parent)
    assert again.code == 1
    assert "there already" in again.err


@pytest.mark.slow
def test_nothing_of_the_project_is_lost_between_two_copies_of_its_output(
    demo: tuple[Path, Result], tmp_path: Path
) -> None:
    """The same project gives the same bytes, in every format."""
    project = demo[0] / "study.qualcode"
    for suffix in ("docx", "xlsx", "csv", "md", "html", "json"):
        written = []
        for name in ("one", "two"):
            path = tmp_path / f"{name}.{suffix}"
            done = qualcode(
                "quotes", "--theme", "motives", "--out", path, "--project", project, folder=tmp_path
            )
            assert done.code == 0, done.err
            written.append(path.read_bytes())
        assert written[0] == written[1], suffix
