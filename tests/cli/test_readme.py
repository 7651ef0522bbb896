"""The README and the Dutch quick start, followed to the letter: each command is typed in turn."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
from pathlib import Path

import pytest

from cli_runner import Result, qualcode
from qualcode import study

ROOT = Path(__file__).parents[2]
EXAMPLE_ID = "3fa9c1d2"
"""The id of a coding in the README: who follows it types an id of their own."""

NAMES = {path.stem: f"interview{n:02}" for n, path in enumerate(study.transcripts(), 1)}


def read_table(path: Path) -> list[dict[str, str]]:
    text = path.read_text(encoding="utf-8-sig")
    delimiter = ";" if ";" in text.split("\n")[0] else ","
    return list(csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter))


def write_table(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, [*rows[0]], delimiter=";")
        table.writeheader()
        table.writerows(rows)


def make_folder(folder: Path, codebook: str, cases: str, codings: str) -> None:
    """Make what a researcher has at the start: interviews, codebook, participants, codings."""
    interviews = folder / "interviews"
    interviews.mkdir(parents=True)
    for path in study.transcripts():
        shutil.copy(path, interviews / f"{NAMES[path.stem]}{path.suffix}")
    shutil.copy(study.codebook(), folder / codebook)
    tables = {cases: study.cases()}
    tables |= {codings.format(path.stem[-4:]): path for path in study.codings()}
    for name, path in tables.items():
        rows = read_table(path)
        write_table(folder / name, [row | {"transcript": NAMES[row["transcript"]]} for row in rows])


def commands(path: Path, start: str, end: str) -> list[list[str]]:
    """Return the words of each command between two headings, as a shell divides them."""
    text = path.read_text(encoding="utf-8")
    part = text[text.index(start) : text.index(end) if end else len(text)]
    lines = re.findall(r"^ {4}qualcode (.*)$", part, re.MULTILINE)
    return [shlex.split(line) for line in lines if line != "app"]


def fill_in(queue: Path) -> None:
    """Decide on each disagreement, as a person does in Excel."""
    rows = read_table(queue)
    for number, row in enumerate(rows):
        row["choice"] = "ab"[number % 2]
        row["reason"] = "boundary"
    write_table(queue, rows)


def run(words: list[str], folder: Path) -> Result:
    result = qualcode(*words, folder=folder)
    assert result.code == 0, (words, result.err)
    assert "Traceback" not in result.err
    return result


@pytest.mark.slow
def test_the_readme_leads_from_an_empty_folder_to_the_documents(tmp_path: Path) -> None:
    folder = tmp_path / "mystudy"
    make_folder(folder, "codebook.yaml", "cases.csv", "codings_{}.csv")
    coding, words_of_it = "", ""
    for words in commands(ROOT / "README.md", "## Your own study", "## How to read the figures"):
        if "--ask" in words:
            assert qualcode(*words, folder=folder).code == 2  # it needs a screen
            continue
        if EXAMPLE_ID in words and not coding:
            assert EXAMPLE_ID in qualcode(*words, folder=folder).err
            continue
        if "--decisions" in words:
            fill_in(folder / "disagreements.csv")
        own = [coding if word == EXAMPLE_ID else word for word in words]
        if "--excerpt" in words:
            own[-1] = words_of_it
        shown = run(own, folder).out
        if words[:2] == ["quotes", "--code"]:
            coding = re.findall(r", ([0-9a-f]{8})\)", shown)[0]
            words_of_it = " ".join(re.findall(r"“([^”]+)”", shown)[0].split()[:4])
    for name in ("bram.json", "agreement.docx", "themes.docx", "influences.docx"):
        assert (folder / name).stat().st_size > 1_000, name
    assert list((folder / "charts").iterdir())
    assert run(["check"], folder).code == 0


@pytest.mark.slow
def test_the_dutch_quick_start_leads_there_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALCODE_LANGUAGE", "nl")
    folder = tmp_path / "onderzoek"
    make_folder(folder, "codeboek.yaml", "respondenten.csv", "coderingen_{}.csv")
    # On a screen a person decides; here the same is said at once.
    decide = ["adjudicate", "--coders", "anna,bram", "--take", "a", "--coder", "anna"]
    for words in commands(ROOT / "docs" / "snelstart.md", "## Je eigen onderzoek", ""):
        run(decide if "--ask" in words else words, folder)
    for name in ("overeenstemming.docx", "themas.docx", "citaten.docx"):
        assert (folder / name).stat().st_size > 1_000, name
