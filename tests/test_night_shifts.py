"""The whole study of night shifts through the command line, to documents and back to a table."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

import night_shifts
from cli_runner import Result, qualcode

ASKED = (
    *("--id", "nr", "--attribute", "geslacht", "--attribute", "leeftijd", "--attribute", "groep"),
    *(word for question in night_shifts.QUESTIONS for word in ("--question", question)),
)
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Walk:
    """The study as it stands after both coders and the consensus."""

    folder: Path
    import_seconds: float

    def run(self, *words: object) -> Result:
        result = qualcode(*words, folder=self.folder)
        assert result.code == 0, result.err
        return result


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    folder = tmp_path_factory.mktemp("nights")
    night_shifts.write_files(folder)
    study = Walk(folder, 0.0)
    study.run("new", "nachten", "--name", "Nachtdiensten", "--codebook", "codeboek.yaml")
    study.run("import", "interviews", "--cases", "deelnemers.xlsx")
    study.run("speakers", "--confirm")
    for wave in ("t1", "t2"):
        study.run("transcript", "language", f"{night_shifts.ENGLISH}-{wave}", "en")
    refused = qualcode("survey", "import", "enquete.xlsx", folder=folder)
    assert refused.code == 1
    assert night_shifts.QUESTIONS[0] in refused.err
    start = time.process_time()
    study.run("survey", "import", "enquete.xlsx", *ASKED)
    seconds = time.process_time() - start
    study.run("segment")
    for table in night_shifts.write_codings(folder / "nachten.qualcode", folder):
        study.run("code", table.name)
    study.run("agreement", "--out", "agreement.docx")
    study.run("adjudicate", "--take", "a", "--reason", "overlooked", "--coder", "noor")
    return Walk(folder, seconds)


def words_of(path: Path) -> list[str]:
    """Return the paragraphs of a document, and the rows of its tables."""
    document = docx.Document(str(path))
    rows = [" | ".join(c.text for c in row.cells) for t in document.tables for row in t.rows]
    return [*(paragraph.text for paragraph in document.paragraphs), *rows]


def quotes_of(walk: Walk, *options: str) -> list[dict[str, Any]]:
    sections = walk.run("quotes", "--json", *options).json
    return [quote for section in sections for quote in section["quotes"]]


def test_the_survey_is_read_in_ten_seconds(walk: Walk) -> None:
    """Of the processor, because other work on the machine is not the program's."""
    assert walk.import_seconds < 10


def test_reach_counts_people_over_waves_group_diary_and_answers(walk: Walk) -> None:
    told = walk.run("themes", "--out", "themes.docx")
    words = words_of(walk.folder / "themes.docx")
    assert any("… van 8 verpleging; <3 van 3 leiding" in text for text in words)
    (risk,) = set(re.findall(r"--confirm ([0-9a-f]{10})", told.err))
    walk.run("disclosure", "--confirm", risk, "--reason", "het team stemde in")
    walk.run("themes", "--out", "themes.docx", "--force")
    words = words_of(walk.folder / "themes.docx")
    assert words[2].startswith("3 van 1950 coderingen tellen geheel of deels bij geen persoon mee")
    assert "2 in documenten" in words[2]
    assert any("16 interviews, 1 groepsgesprek, 2 documenten" in text for text in words)
    # Eight nurses spoke twice, two of them in the group too: 8, not 18.
    assert any("8 van 8 verpleging" in text and "van 500 enquête" in text for text in words)
    assert any(text.startswith("Verandering tussen metingen") for text in words)
    assert not any("interview 20" in text for text in words)
    assert max(map(len, words)) < 1000, "a list of hundreds of names is no text"


def test_each_quote_of_the_group_is_by_who_said_it(walk: Walk) -> None:
    said = dict(night_shifts._GROUP_TALK)
    turns = {words: label for label, words in night_shifts._GROUP_TALK}
    assert len(said) == 7
    for quote in quotes_of(walk, "--transcript", "Groep1"):
        text = quote["text"]
        labels = [label for words, label in turns.items() if words in text]
        cases = {night_shifts.GROUP[label] for label in labels if label in night_shifts.GROUP}
        assert {*filter(None, quote["case"].split(", "))} == cases, text
    walk.run("quotes", "--out", "quotes.docx", "--transcript", "Groep1")
    words = words_of(walk.folder / "quotes.docx")
    # Nobody else in the ward is 24: the line waits for a decision, the pseudonym does not.
    assert any("verpleging, vrouw" in text and "groep 1" in text for text in words)
    assert not any("vrouw, 24" in text for text in words)
    dialogue = [text for text in words if text.startswith(("Interviewer:", "V2:"))]
    assert dialogue == [
        "Interviewer: Herkent iemand dat, van die overdracht?",
        "V2: Ja, dat had ik vorige week nog",
    ]


def test_filters_find_the_words_of_one_person(walk: Walk) -> None:
    for quote in quotes_of(walk, "--group", "leiding"):
        assert {*quote["case"].split(", ")} <= {"V9", "V10", "V11"}
    assert {quote["case"] for quote in quotes_of(walk, "--case", "V4")} == {"V4"}
    diary = quotes_of(walk, "--transcript", "Dagboek V4")
    assert {quote["case"] for quote in diary} == {"V4"}
    policy = quotes_of(walk, "--transcript", "Roosterbeleid")
    assert {quote["case"] for quote in policy} == {""}


def test_the_survey_comes_back_with_its_ids(walk: Walk) -> None:
    walk.run("survey", "export", "terug.xlsx")
    back = load_workbook(walk.folder / "terug.xlsx").active
    original = load_workbook(walk.folder / "enquete.xlsx").active
    assert back is not None
    assert original is not None
    rows, before = (
        list(back.iter_rows(values_only=True)),
        list(original.iter_rows(values_only=True)),
    )
    width = len(before[0])
    assert len(rows) == 501
    assert [str(row[0]) for row in rows] == [str(row[0]) for row in before]
    assert [tuple(map(_text, row[:width])) for row in rows] == [
        tuple(map(_text, row)) for row in before
    ]
    for row in rows[1:]:
        for place, title in enumerate(rows[0][width:], width):
            question = str(title).rpartition(": ")[0]
            answer = before[rows.index(row)][_place(before[0], question)]
            assert (row[place] is None) == (answer is None)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _place(header: tuple[object, ...], question: str) -> int:
    return next(i for i, title in enumerate(header) if str(title).startswith(question.strip()))
