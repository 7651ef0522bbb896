"""Errors and problems that are raised for real reach the reader of the Dutch app in Dutch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qualcode import codebook_edits
from qualcode.agreement import coefficient, unitizing
from qualcode.codebooks import read_codebook, read_guide
from qualcode.errors import QualcodeError
from qualcode.importing.cases import read_cases
from qualcode.importing.coder_package import read_coder_package
from qualcode.importing.codings import read_codings
from qualcode.importing.exchange import read_exchange
from qualcode.importing.transcripts import read_transcript
from qualcode.model import Code, MemoTarget, Span
from qualcode.project import Project
from qualcode.translation import translator
from small_book import BOOK

dutch = translator("nl").translate

ENGLISH = re.compile(r"\b(the|are|has|have|cannot|which|that|from|this|there|not|and|already)\b")
"""Words that Dutch does not have."""

TEXT = "I: Hoe gaat het?\nR: Goed, dank je wel.\n"

Attempt = Callable[[Project, Path], object]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a codebook and one interview."""
    folder = tmp_path_factory.mktemp("errors")
    interview = folder / "G01.txt"
    interview.write_text(TEXT, encoding="utf-8")
    with Project.create(folder / "study.qualcode", name="Proef") as project:
        project.codebook.save(BOOK, "begun")
        list(project.transcripts.read_files([interview]))
    return folder / "study.qualcode"


@pytest.fixture
def project(saved: Path, tmp_path: Path) -> Iterator[Project]:
    copy = tmp_path / "study.qualcode"
    copy.write_bytes(saved.read_bytes())
    with Project.open(copy, as_coder="anna", verify=False) as opened:
        yield opened


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def reading(reader: Callable[[Path], object], name: str, data: bytes) -> Attempt:
    return lambda _, folder: reader(written(folder, name, data))


def add_twice(project: Project, _: Path) -> None:
    for _time in range(2):
        project.codings.add("G01", Span(3, 11), "users")


YAML = b"format: qualcode-codebook/1\ncodes: [{name: a, x: 1}, {label: b}]\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

ATTEMPTS: dict[str, Attempt] = {
    "a missing file": lambda _, folder: read_transcript(folder / "none.txt"),
    "a folder": lambda _, folder: read_transcript(folder),
    "a recording": reading(read_transcript, "a.mp3", b"x"),
    "a pages file": reading(read_transcript, "a.pages", b"x"),
    "an unknown suffix": reading(read_transcript, "a.xyz", b"x"),
    "no suffix": reading(read_transcript, "a", b"x"),
    "a picture": reading(read_transcript, "a.docx", PNG),
    "an old Office file": reading(read_transcript, "a.docx", OLD_OFFICE),
    "a broken zip": reading(read_transcript, "a.docx", b"PK\x03\x04" + bytes(50)),
    "a broken PDF": reading(read_transcript, "a.pdf", b"%PDF-1.4\n"),
    "text as docx": reading(read_transcript, "a.docx", b"Plain text"),
    "empty text": reading(read_transcript, "a.txt", b""),
    "NUL bytes": reading(read_transcript, "a.txt", b"a\x00b\x00"),
    "no captions": reading(read_transcript, "a.vtt", b"WEBVTT\n\nnothing"),
    "a codebook without YAML": reading(read_codebook, "a.yaml", b"a: [1\nb: {"),
    "a codebook without fields": reading(read_codebook, "a.yaml", b"- 1"),
    "a codebook of another format": reading(read_codebook, "a.yaml", b"format: other/9"),
    "a codebook with bad codes": reading(read_codebook, "a.yaml", YAML),
    "a guide without questions": reading(read_guide, "a.yaml", b"format: qualcode-guide/1"),
    "cases without a column": reading(read_cases, "a.csv", b"x,y\n1,2\n"),
    "an empty table": reading(read_cases, "a.csv", b"transcript,case\n"),
    "codings without a column": reading(read_codings, "a.csv", b"x,y\n1,2\n"),
    "no work file": reading(read_coder_package, "a.json", b"{}"),
    "a work file of another format": reading(read_coder_package, "a", b'{"format": "z"}'),
    "no exchange file": reading(read_exchange, "a.qdpx", b"x"),
    "an unknown code": lambda project, _: project.codebook.rename("userz", "x"),
    "an unknown code, none like it": lambda project, _: project.codebook.retire("zzzzzz"),
    "a code that exists": lambda project, _: project.codebook.add(Code("users")),
    "a merge into itself": lambda project, _: project.codebook.merge("users", "users"),
    "a code with codes below": lambda project, _: project.codebook.merge("influences", "users"),
    "a move below itself": lambda *_: codebook_edits.move_code(
        BOOK, "influences", "influences/finances"
    ),
    "an unknown transcript": lambda project, _: project.transcripts.get("G02"),
    "an unknown round": lambda project, _: project.rounds.get("one"),
    "a code twice on a passage": add_twice,
    "a passage outside the text": lambda project, _: project.codings.add(
        "G01", Span(3, 9999), "users"
    ),
    "an unknown id": lambda project, _: project.codings.find_ids(["abc"]),
    "nothing to undo": lambda project, _: [project.history.undo() for _ in range(9)],
    "nothing to redo": lambda project, _: project.history.redo(),
    "a comparison without codings": lambda project, _: project.agreement.report(["anna", "bram"]),
    "a memo on nothing": lambda project, _: project.codings.add_memo(MemoTarget.CODE, "zz", "x"),
    "a version that is not there": lambda project, _: project.codebook.compare(7),
    "a hidden character": lambda project, _: project.codings.add_memo(
        MemoTarget.CODE, "users", "a\x00"
    ),
    "a format that is not written": lambda project, folder: project.codebook.write(
        folder / "a.xyz"
    ),
    "a folder that is not there": lambda project, folder: project.codebook.write(
        folder / "none" / "a.csv"
    ),
    "an unknown coefficient": lambda *_: coefficient("kapa", {"a": [1], "b": [1]}),
    "ratings of unequal length": lambda *_: coefficient("kappa", {"a": [1], "b": [1, 2]}),
    "an unknown unitizing figure": lambda *_: unitizing("gama", {"a": [], "b": []}, length=9),
    "a file that is no project": lambda _, folder: Project.open(written(folder, "a", b"x")),
    "a project that is not there": lambda _, folder: Project.open(folder / "none.qualcode"),
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_an_error_is_dutch_with_its_values(name: str, project: Project, tmp_path: Path) -> None:
    with pytest.raises(QualcodeError) as raised:
        ATTEMPTS[name](project, tmp_path)
    english = str(raised.value)
    text = dutch(english)
    assert text != english
    assert not re.search(r"\{\w+(!\w)?\}", text)
    assert not ENGLISH.search(re.sub(r"'[^']*'|\([^)]*\)", "", text)), text
