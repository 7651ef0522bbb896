"""The demo runs the whole path on the sample study, and what it writes holds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
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


EXPORTS = (
    *(f"quotes --out quotes.{kind}" for kind in ("docx", "xlsx", "csv", "md", "html", "json")),
    *("quotes --chosen --journal journal.docx", "quotes --appendix appendix.docx"),
    *(f"themes --out themes.{kind}" for kind in ("docx", "xlsx", "html", "json")),
    *(
        f"agreement --coders anna,bram --out agreement.{kind}"
        for kind in ("docx", "xlsx", "html", "json")
    ),
    "agreement units --coders anna,bram --out units.csv",
    *(
        f"figure {kind} --out {kind}.svg --coders anna,bram"
        for kind in (
            *("levels", "theme-map", "co-occurrence", "participants", "portrait", "timeline"),
            *("saturation", "forest", "confusions"),
        )
    ),
    "export project project.qdpx",
    "export codings codings.parquet",
    "export codings codings.xlsx",
    "export commented G01.docx",
    "codebook export book.yaml",
    "codebook export book.docx",
    "checklist coreq --out coreq.docx",
    "annex references --out references.docx",
    "audit --out audit.docx",
    "framework --out framework.docx",
    "findings --audit findings.html",
    "typology report --out typology.docx",
    "work export anna.work --coder anna",
    "archive make archive.zip --all-because daarom --names-because nagekeken",
)
"""Commands that write the project, or a part of it, to a file."""

WRITE = """
import sys
from pathlib import Path
from cli_runner import qualcode
for command in sys.argv[1:]:
    result = qualcode(*command.split(), folder=Path.cwd())
    assert result.code == 0, (command, result.err)
"""


@pytest.mark.slow
def test_the_same_project_gives_the_same_bytes(demo: tuple[Path, Result], tmp_path: Path) -> None:
    """In two processes, with other hashes of strings and in another time zone."""
    runs = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        folder = tmp_path / seed
        folder.mkdir()
        shutil.copy(demo[0] / "study.qualcode", folder)
        runs.append(
            subprocess.Popen(
                [sys.executable, "-c", WRITE, *EXPORTS],
                cwd=folder,
                env={
                    **os.environ,
                    "PYTHONHASHSEED": seed,
                    "TZ": zone,
                    "PYTHONPATH": os.pathsep.join(sys.path),
                },
            )
        )
    assert [run.wait(600) for run in runs] == [0, 0]
    paths = {path.name for path in (tmp_path / "1").iterdir() if path.suffix != ".qualcode"}
    assert len(paths) == len(EXPORTS)
    different = [
        name
        for name in sorted(paths)
        if (tmp_path / "1" / name).read_bytes() != (tmp_path / "2" / name).read_bytes()
    ]
    assert different == []


def test_it_ends_with_figures_a_typology_and_chosen_quotes(demo: tuple[Path, Result]) -> None:
    names = {path.name for path in (demo[0] / "results").iterdir()}
    assert names >= {"levels.svg", "levels.png", "typology.docx", "quotes.docx", "appendix.docx"}
    figure = (demo[0] / "results" / "levels.svg").read_text("utf-8")
    assert "Verkrijgbaarheid" in figure
    words = "\n".join(
        paragraph.text
        for paragraph in docx.Document(str(demo[0] / "results" / "typology.docx")).paragraphs
    )
    assert "Met collega's na het werk" in words
