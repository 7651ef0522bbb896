"""What we write is valid, the same each time, readable by others, and comes back equal."""

from __future__ import annotations

import re
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from exchange_projects import AT, projects, study
from hypothesis_examples import examples
from qualcode.errors import InvalidValueError, UndefinedRequestError, UnsupportedFormatError
from qualcode.exporting.interchange.refi import (
    refi_problems,
    without_names,
    write_refi,
    write_refi_codebook,
)
from qualcode.importing.refi import read_refi
from qualcode.model import Codebook, ExchangeProject, Original
from refi_files import INTEROP

needs_schemas = pytest.mark.skipif(not INTEROP.is_dir(), reason="no ../shared/interop")
any_project = settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def came_back(read: ExchangeProject) -> ExchangeProject:
    """Return what was read without what a reader adds."""
    return replace(read, origin="", losses=(), convention=None, score=None)


def written(project: ExchangeProject, folder: Path, unit: str = "codepoint") -> Path:
    path = folder / "study.qdpx"
    write_refi(project, path, created=AT, position_unit=unit)
    return path


def validate(xml: bytes, schema: str) -> None:
    from lxml import etree

    checker = etree.XMLSchema(etree.parse(INTEROP / "xsd" / schema))
    checker.assertValid(etree.fromstring(xml))


@pytest.mark.parametrize("unit", ["codepoint", "utf16"])
def test_a_project_comes_back_equal(unit: str, tmp_path: Path) -> None:
    read = read_refi(written(study(), tmp_path, unit))
    assert came_back(read) == study()
    assert not [loss for loss in read.losses if loss.kind.value != "taken"]


@pytest.mark.parametrize("name", [" G01 ", "G01\t", "00:12:30", "\u00a0G01", "G01\x0b"])
@pytest.mark.parametrize("program", ["", "qualcoder"])
def test_the_name_of_an_interview_comes_back_as_it_is(
    name: str, program: str, tmp_path: Path
) -> None:
    """Readers trim the name that a program gave a source, and not ours."""
    transcript = replace(study().sources[0].transcript, name=name)
    project = ExchangeProject(
        name="n", sources=(replace(study().sources[0], transcript=transcript),)
    )
    path = tmp_path / "study.qdpx"
    write_refi(project, path, created=AT, program=program)
    assert [source.transcript.name for source in read_refi(path).sources] == [name]


@pytest.mark.slow
@any_project
@given(project=projects())
def test_any_project_comes_back_equal(project: ExchangeProject, tmp_path: Path) -> None:
    path = written(project, tmp_path)
    assert came_back(read_refi(path)) == project
    if INTEROP.is_dir():
        with zipfile.ZipFile(path) as archive:
            validate(archive.read("project.qde"), "Project.xsd")


@needs_schemas
def test_a_project_is_valid_by_the_schema_of_the_standard(tmp_path: Path) -> None:
    for one in (study(), ExchangeProject("empty"), without_names(study())):
        with zipfile.ZipFile(written(one, tmp_path)) as archive:
            validate(archive.read("project.qde"), "Project.xsd")


@needs_schemas
def test_a_codebook_is_valid_by_the_schema_of_the_standard(tmp_path: Path) -> None:
    book = study().codebook
    assert book is not None
    write_refi_codebook(book, tmp_path / "book.qdc")
    validate((tmp_path / "book.qdc").read_bytes(), "Codebook.xsd")


def test_a_codebook_comes_back_equal(tmp_path: Path) -> None:
    book = study().codebook
    assert book is not None
    write_refi_codebook(book, tmp_path / "book.qdc")
    assert read_refi(tmp_path / "book.qdc").codebook == book


def test_a_codebook_without_codes_cannot_be_a_qdc_file(tmp_path: Path) -> None:
    with pytest.raises(UndefinedRequestError, match="no codes"):
        write_refi_codebook(Codebook("empty", ()), tmp_path / "book.qdc")


def test_the_same_project_gives_the_same_bytes(tmp_path: Path) -> None:
    first = written(study(), tmp_path).read_bytes()
    assert written(study(), tmp_path).read_bytes() == first


def test_texts_and_documents_stand_beside_each_other(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(study(), tmp_path)) as archive:
        names = archive.namelist()
        assert names[0] == "project.qde"
        assert sorted({n.rpartition(".")[2] for n in names[1:]}) == ["docx", "txt"]
        assert all(n.startswith("sources/") for n in names[1:])
        xml = archive.read("project.qde").decode()
        text = next(n for n in names if n.endswith(".txt"))
        assert b"\r" not in archive.read(text)
    assert "basePath" not in xml
    assert str(Path.home()) not in xml


def test_names_of_coders_are_replaced_everywhere(tmp_path: Path) -> None:
    hidden = without_names(study())
    assert hidden.coders == ("coder A", "coder B", "coder C", "consensus")
    with zipfile.ZipFile(written(hidden, tmp_path)) as archive:
        xml = archive.read("project.qde").decode()
    for name in ("Anna", "anna", "Ben", "Chris"):
        assert name not in xml
    assert came_back(read_refi(tmp_path / "study.qdpx")) == hidden


def test_utf16_positions_come_with_a_warning_where_they_differ() -> None:
    (problem,) = refi_problems(study(), "utf16")
    assert problem.where == "G01"
    assert not refi_problems(study(), "codepoint")


def test_utf16_positions_count_an_emoji_as_two(tmp_path: Path) -> None:
    def positions(unit: str) -> list[int]:
        from lxml import etree

        with zipfile.ZipFile(written(study(), tmp_path, unit)) as archive:
            root = etree.fromstring(archive.read("project.qde"))
        return [int(e.get("startPosition") or "") for e in root.iter("{*}PlainTextSelection")]

    assert [b - a for a, b in zip(positions("codepoint"), positions("utf16"), strict=True)] == [
        0,
        1,
        1,
        1,
    ]


def test_another_unit_or_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValueError, match="utf16"):
        write_refi(study(), tmp_path / "a.qdpx", position_unit="bytes")
    with pytest.raises(UnsupportedFormatError):
        write_refi(study(), tmp_path / "a.zip")


def test_pyrefiqda_reads_what_we_write(tmp_path: Path) -> None:
    pyrefiqda = pytest.importorskip("pyrefiqda")
    book = study().codebook
    assert book is not None
    write_refi_codebook(book, tmp_path / "book.qdc")
    folder = tmp_path / "unpacked"
    read = pyrefiqda.RefiProject.load(written(study(), tmp_path), extract_dir=str(folder))
    selections = [len(one.plain_text_selection) for one in read.sources.text_source]
    assert (len(read.users.user), selections) == (4, [4, 0])
    assert len(pyrefiqda.RefiCodebook.load(tmp_path / "book.qdc").codes.code) == 2


def test_one_block_holds_the_fields_of_all_elements(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(study(), tmp_path)) as archive:
        xml = archive.read("project.qde").decode()
    assert xml.count("--- qualcode 1 ---") == 1
    write_refi_codebook(study().codebook or Codebook("a", ()), tmp_path / "book.qdc")
    assert (tmp_path / "book.qdc").read_text(encoding="utf-8").count("--- qualcode 1 ---") == 1


def test_fields_find_their_elements_after_a_program_gave_these_new_guids(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(study(), tmp_path)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    block = parts["project.qde"].index(b"--- qualcode 1 ---")
    renewed = re.sub(
        rb'(?<=uid="|UID=")([0-9a-f]{8})-',
        lambda match: match[1][::-1] + b"-",
        parts["project.qde"],
        flags=re.IGNORECASE,
    )
    assert renewed[block:] == parts["project.qde"][block:]
    text_names = {name: name for name in parts if name != "project.qde"}
    parts["project.qde"] = renewed
    with zipfile.ZipFile(tmp_path / "renewed.qdpx", "w") as archive:
        for name, data in parts.items():
            archive.writestr(text_names.get(name, name), data)
    back = read_refi(tmp_path / "renewed.qdpx")
    for before, after in zip(study().sources, back.sources, strict=True):
        assert after.transcript == before.transcript
    assert back.codebook is not None
    assert study().codebook is not None
    assert [(c.include, c.terms) for c in back.codebook.codes] == [
        (c.include, c.terms) for c in (study().codebook or Codebook("a", ())).codes
    ]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="pyqdpx needs Python 3.12")
def test_pyqdpx_reads_what_we_write(tmp_path: Path) -> None:
    pyqdpx = pytest.importorskip("pyqdpx")
    read = pyqdpx.QDPX(str(written(study(), tmp_path, "utf16"))).get_project()
    selections = [len(one.coded_selections) for one in read.sources.values()]
    assert (len(read.users), len(read.codes), selections) == (4, 3, [4, 0])
    seen = {
        (one.text.replace("\u200b", ""), one.user.name)
        for source in read.sources.values()
        for one in source.coded_selections.values()
    }
    # it counts as NVivo does, and shows each wide character with a mark behind it
    assert seen == {(one.quote, one.coder) for one in study().codings}


@pytest.mark.skipif(sys.version_info < (3, 12), reason="pyqdpx needs Python 3.12")
@pytest.mark.parametrize("with_originals", [True, False])
def test_pyqdpx_takes_the_text_and_not_the_original(with_originals: bool, tmp_path: Path) -> None:
    pyqdpx = pytest.importorskip("pyqdpx")
    project = study()
    # An original with a mark at its start and two signs a line end: each position in it is shifted.
    sources = tuple(
        replace(
            source,
            original=Original(
                f"{source.transcript.name}.txt",
                b"\xef\xbb\xbf" + source.transcript.text.replace("\n", "\r\n").encode(),
            )
            if with_originals
            else None,
        )
        for source in project.sources
    )
    path = written(replace(project, sources=sources), tmp_path, "utf16")
    read = pyqdpx.QDPX(str(path)).get_project()
    seen = {
        one.text.replace("\u200b", "")
        for source in read.sources.values()
        for one in source.coded_selections.values()
    }
    assert seen == {one.quote for one in project.codings}
