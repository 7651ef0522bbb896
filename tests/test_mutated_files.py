"""A file that was changed in any small way is read or refused: never a raw exception.

`QUALCODE_MUTATIONS=10000` is the nightly number for each reader; `QUALCODE_SEED` repeats a night.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from mutation import mutate, mutate_archive
from qualcode import study
from qualcode.codebooks import read_codebook
from qualcode.errors import QualcodeError
from qualcode.importing import read_transcript
from qualcode.importing.coder_package import read_coder_package
from qualcode.importing.codings import read_codings
from qualcode.importing.docx_comments import read_docx_comments
from qualcode.importing.exchange import read_exchange
from qualcode.importing.project_folder import read_project_folder
from qualcode.project import Project

MUTATIONS = int(os.environ.get("QUALCODE_MUTATIONS", "300"))
SEED = int(os.environ.get("QUALCODE_SEED", "14"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of each kind that the program reads."""
    folder = tmp_path_factory.mktemp("files")
    with Project.create(folder / "study.qualcode", name="study", as_coder="anna") as project:
        project.codebook.read(study.codebook())
        interview = next(path for path in study.transcripts() if path.stem == "G04")
        for _ in project.transcripts.read_files([interview]):
            pass
        for table in study.codings():
            project.codings.read_table(table, partial=True)
        project.exchange.write(folder / "study.qdpx")
        project.exchange.write(folder / "study")
        project.exchange.write_package("anna", folder / "anna.json")
        project.exchange.write_commented("G04", folder / "commented.docx")
        project.codebook.write(folder / "codebook.csv")
        project.codebook.write(folder / "codebook.yaml")
    for path in (*study.transcripts(), *study.codings()):
        shutil.copy(path, folder)
    _write_taguette(folder / "taguette.sqlite3")
    return folder


def _write_taguette(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.executescript(
            """
            CREATE TABLE projects (id INTEGER, name TEXT, description TEXT);
            CREATE TABLE documents (id INTEGER, name TEXT, description TEXT, project_id INTEGER,
                contents TEXT);
            CREATE TABLE tags (id INTEGER, project_id INTEGER, path TEXT, description TEXT);
            CREATE TABLE highlights (id INTEGER, document_id INTEGER, start_offset INTEGER,
                end_offset INTEGER, snippet TEXT);
            CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
            CREATE TABLE commands (id INTEGER, date TEXT, user_login TEXT, payload TEXT);
            INSERT INTO projects VALUES (1, 'Studie', 'Over feesten');
            INSERT INTO documents VALUES (1, 'G01', '', 1, '<p>I: Hoe?</p><p>R: Een dealer.</p>');
            INSERT INTO tags VALUES (1, 1, 'invloeden.aanbod', 'Waar het te krijgen is');
            INSERT INTO highlights VALUES (7, 1, 10, 19, '');
            INSERT INTO highlight_tags VALUES (7, 1);
            INSERT INTO commands VALUES (1, '2026-01-02 03:04:05.000000', 'anna',
                '{"type": "highlight_add", "highlight_id": 7}');
            """
        )
    database.close()


READERS: dict[str, Callable[[Path], object]] = {
    "codebook.csv": read_codebook,
    "codebook.yaml": read_codebook,
    "anna.json": read_coder_package,
    "taguette.sqlite3": read_exchange,
    "study.qdpx": read_exchange,
    "commented.docx": read_docx_comments,
    "codings_anna.csv": read_codings,
    "P04.pdf": read_transcript,
    "G01.docx": read_transcript,
    "P01.odt": read_transcript,
    "P02.rtf": read_transcript,
    "P03.md": read_transcript,
    "G04.txt": read_transcript,
    "G05.vtt": read_transcript,
    "G06.srt": read_transcript,
}
SLOW = {"study.qdpx": 10, "P04.pdf": 3, "codebook.yaml": 10, "P01.odt": 2, "G01.docx": 2}
"""Readers that take longer get so many times fewer mutations."""


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_a_changed_file_is_read_or_refused(files: Path, tmp_path: Path, name: str) -> None:
    chance, data = random.Random(f"{SEED} {name}"), (files / name).read_bytes()
    change = mutate_archive if name.endswith(("docx", "odt", "qdpx")) else mutate
    path = tmp_path / name
    for number in range(MUTATIONS // SLOW.get(name, 1)):
        path.write_bytes(change(data, chance))
        _read(READERS[name], path, number)


@pytest.mark.slow
def test_a_changed_folder_is_read_or_refused(files: Path, tmp_path: Path) -> None:
    chance, folder = random.Random(SEED), tmp_path / "study"
    shutil.copytree(files / "study", folder)
    parts = sorted(path for path in folder.rglob("*") if path.is_file())
    for number in range(MUTATIONS):
        part = chance.choice(parts)
        whole = part.read_bytes()
        part.write_bytes(mutate(whole, chance))
        _read(read_project_folder, folder, number)
        part.write_bytes(whole)


def _read(read: Callable[[Path], object], path: Path, number: int) -> None:
    try:
        with suppress(QualcodeError):
            read(path)
    except Exception as error:
        error.add_note(f"mutation {number}")
        raise
