"""A study of three interviews for two coders, anna and bram, who are kept apart."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from qualcode.model import Span
from qualcode.project import Project, parse_roles

BOOK = """format: qualcode-codebook/1
name: small
codes:
  - name: motives
    label: Motieven
    definition: Waarom iemand iets doet.
    codes:
      - {name: energy, label: Energie, definition: Wakker blijven., terms: [wakker]}
      - {name: joy, label: Plezier, definition: Het is leuk., terms: [leuk]}
      - {name: boredom, label: Verveling, definition: Niets te doen., terms: [saai]}
"""
TEXTS = {
    "A1": "I: Waarom doe je het?\nR: Het is leuk hoor. En je blijft wakker.\n"
    "I: Nog iets?\nR: Anders is het saai.\n",
    "A2": "I: En waarom jij?\nR: Om wakker te blijven. Dat is alles.\n"
    "I: Echt?\nR: Nou ja, leuk is het ook.\n",
    "A3": "I: En jij?\nR: Het was saai thuis.\nI: En nu?\nR: Nu is het leuk.\n",
}
CASES = (
    "transcript;case;groep;geslacht\nA1;P1;users;vrouw\nA2;P2;users;man\nA3;P3;professionals;man\n"
)
SECRET = "geheim van bram"


def make_project(folder: Path, name: str = "study") -> Path:
    """Make the project file in a folder, without coders, codings or rounds."""
    target = folder / f"{name}.qualcode"
    target.write_bytes(_built())
    return target


@cache
def _built() -> bytes:
    """Return the bytes of the project file; built once, because that takes a second."""
    with TemporaryDirectory() as folder:
        write_files(Path(folder))
        target = Path(folder) / "study.qualcode"
        with Project.create(target) as project:
            project.codebook.read(Path(folder) / "book.yaml")
            roles = parse_roles("I=interviewer,R=respondent")
            texts = sorted((Path(folder) / "interviews").iterdir())
            for result in project.transcripts.read_files(texts, roles=roles):
                assert not result.refused
            project.cases.read(Path(folder) / "cases.csv")
            for _ in project.transcripts.segment():
                pass
        return target.read_bytes()


def write_files(folder: Path) -> None:
    """Write what the project is made from: a codebook, cases and interviews."""
    (folder / "book.yaml").write_text(BOOK, encoding="utf-8")
    (folder / "cases.csv").write_text(CASES, encoding="utf-8")
    texts = folder / "interviews"
    texts.mkdir(exist_ok=True)
    for key, text in TEXTS.items():
        (texts / f"{key}.txt").write_text(text, encoding="utf-8")


def give(
    project: Project, transcript: str, words: str, code: str, coder: str, *, memo: str = ""
) -> str:
    """Give the first place of some words a code, and return the id of the coding."""
    start = project.transcripts.get(transcript).text.index(words)
    span = Span(start, start + len(words))
    return project.acting_as(coder).codings.add(transcript, span, f"motives/{code}", memo=memo).id


def words_in(path: Path) -> str:
    """Return all text of a file, also of the files inside a docx, xlsx or qdpx."""
    # A project file may end with the docx of an interview, and so look like an archive.
    if path.suffix == ".qualcode" or not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return re.sub(r"<[^>]+>", "", " ".join(parts)) + " ".join(parts)
