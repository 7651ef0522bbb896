"""Files made to do harm are refused in a sentence, or read in bounded memory and time."""

from __future__ import annotations

import io
import time
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import pytest

from qualcode.errors import UnreadableFileError, UnsupportedFormatError
from qualcode.importing.refi import container, read_refi, sources
from refi_files import JOY, coding, guid, project, qdpx, selection, source, zipped

TEXT = "R: Een groot feest, met muziek.\n"
XML = project(source(selection(3, 18, coding())))
GOOD = qdpx(XML, TEXT)


def written(data: bytes, folder: Path, name: str = "study.qdpx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def with_entry(name: str, attributes: int = 0, content: str = TEXT) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("project.qde", XML)
        archive.writestr("sources/g01.txt", TEXT)
        entry = zipfile.ZipInfo(name)
        entry.external_attr = attributes << 16
        archive.writestr(entry, content)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", XML)
        with archive.open("sources/g01.txt", "w") as entry:
            for _ in range(220):
                entry.write(b"\x20" * 2**20)
    return out.getvalue()


def lying_bomb() -> bytes:
    """Return an archive with an entry that unpacks to far more than it says."""
    data = bytearray(zipped({"project.qde": XML, "sources/g01.txt": b" " * (40 * 2**20)}))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.rfind(mark) + at
        data[place : place + 4] = (10).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.slow
def test_an_entry_that_lies_about_its_size_is_not_unpacked(tmp_path: Path) -> None:
    path = written(lying_bomb(), tmp_path)
    tracemalloc.start()
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_refi(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 2**20


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    '<Project name="&b;"/>'
)
ELSEWHERE = '<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project name="&x;"/>'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(lambda: qdpx(LAUGHS), "XML declarations", id="entities that expand"),
        pytest.param(lambda: qdpx(ELSEWHERE), "XML declarations", id="entity of another file"),
        pytest.param(lambda: qdpx("<html/>"), "begins with <html>", id="another root"),
        pytest.param(
            lambda: qdpx(XML.replace("QDA-XML", "other")), "begins with", id="another namespace"
        ),
        pytest.param(lambda: qdpx(XML[:-30]), "not valid XML", id="half an XML file"),
        pytest.param(bomb, "unpacks to", id="zip bomb"),
        pytest.param(lambda: with_entry("../evil.txt"), "points outside", id="above the folder"),
        pytest.param(lambda: with_entry("/etc/evil"), "points outside", id="absolute"),
        pytest.param(lambda: with_entry("C:\\evil"), "points outside", id="absolute in Windows"),
        pytest.param(lambda: with_entry("l", 0o120777, "/etc"), "points outside", id="a link"),
        pytest.param(
            lambda: with_entry("sources/g01.txt", content="other"), "two different", id="twice"
        ),
        pytest.param(lambda: zipped({"a.qde": XML, "b.qde": XML}), "2 projects", id="two"),
        pytest.param(lambda: zipped({"a.txt": "a"}), "no project", id="no project"),
        pytest.param(lambda: GOOD[: len(GOOD) // 2], "damaged", id="half a file"),
        pytest.param(lambda: GOOD[:-10] + b"0123456789", "damaged", id="damaged end"),
        pytest.param(lambda: b"not a zip", "damaged", id="not a zip"),
        pytest.param(lambda: b"", "empty", id="empty"),
        pytest.param(
            lambda: qdpx(project(codes="<Code>" * 300 + "</Code>" * 300)), "not valid", id="deep"
        ),
    ],
)
@pytest.mark.slow
def test_a_harmful_or_broken_file_is_refused(data: object, says: str, tmp_path: Path) -> None:
    path = written(data() if callable(data) else b"", tmp_path)
    with pytest.raises(UnreadableFileError, match=says):
        read_refi(path)
    assert [p.name for p in tmp_path.iterdir()] == ["study.qdpx"]


@pytest.mark.parametrize("text", ["<Project/>", "<!DOCTYPE CodeBook><CodeBook/>", "", "words"])
def test_a_codebook_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError):
        read_refi(written(text.encode(), tmp_path, "book.qdc"))


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"\.qdpx"):
        read_refi(written(GOOD, tmp_path, "study.zip"))


def test_codes_that_hold_themselves_are_kept_once_and_reported(tmp_path: Path) -> None:
    inner = f'<Code guid="{JOY}" name="again"><Code guid="{guid(13)}" name="below"/></Code>'
    codes = f'<CodeBook><Codes><Code guid="{JOY}" name="joy">{inner}</Code></Codes></CodeBook>'
    found = read_refi(written(qdpx(project(codes=codes)), tmp_path))
    assert found.codebook is not None
    assert found.codebook.paths == ("joy", "joy/below")
    assert [str(loss) for loss in found.losses if loss.kind.value == "not taken"] == [
        "1 codes not taken: Their GUID is that of another code; what is below was kept."
    ]


def test_references_to_nothing_are_reported(tmp_path: Path) -> None:
    lost = guid(77)
    cases = (
        f'<Cases><Case guid="{guid(5)}" name="G1"><SourceRef targetGUID="{lost}"/></Case></Cases>'
    )
    note = f'<NoteRef targetGUID="{lost}"/>'
    xml = project(source(selection(3, 18, coding(lost, inner=note)), note), before=cases)
    found = read_refi(written(qdpx(xml, TEXT), tmp_path))
    assert not found.codings
    assert {loss.item for loss in found.losses if loss.kind.value == "not taken"} == {
        "codings",
        "cases",
    }


@pytest.mark.slow
def test_a_hundred_thousand_codings_are_read_in_seconds(tmp_path: Path) -> None:
    text = "R: " + "een woord of meer " * 6_000
    many = (selection(n, n + 9, coding(number=n), guid_=guid(n)) for n in range(3, 100_003))
    path = written(qdpx(project(source("".join(many))), text), tmp_path)
    started = time.process_time()
    found = read_refi(path)
    assert len(found.codings) == 100_000
    assert time.process_time() - started < 60


def test_more_codings_than_any_study_has_are_refused_before_parsing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "MAX_CODINGS", 10)
    many = "".join(selection(3, 18, coding(number=n)) for n in range(11))
    with pytest.raises(UnreadableFileError, match="more than 10 codings"):
        read_refi(written(qdpx(project(source(many)), TEXT), tmp_path))


@pytest.mark.slow
def test_names_without_end_stay_apart_in_bounded_time(tmp_path: Path) -> None:
    codes = "".join(f'<Code guid="{guid(n)}" name="x"/>' for n in range(5_000))
    xml = project(codes=f"<CodeBook><Codes>{codes}</Codes></CodeBook>")
    book = read_refi(written(qdpx(xml), tmp_path)).codebook
    assert book is not None
    assert len(set(book.paths)) == 5_000
    users = "".join(f'<User guid="{guid(n)}" name="x"/>' for n in range(5_000))
    read = read_refi(written(qdpx(project(users=f"<Users>{users}</Users>")), tmp_path))
    assert read.coders[:3] == ("x", "x (2)", "x (3)")
    assert len(set(read.coders)) == 5_000


def test_more_parts_than_any_study_has_are_refused_before_parsing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "MAX_PARTS", 30)
    sets = "".join(f'<Set guid="{guid(n)}" name="s"/>' for n in range(31))
    with pytest.raises(UnreadableFileError, match="more than 30 codes, sources, notes and sets"):
        read_refi(written(qdpx(project(rest=f"<Sets>{sets}</Sets>")), tmp_path))
    selections = "".join(selection(3, 18, coding(number=n)) for n in range(31))
    assert len(read_refi(written(qdpx(project(source(selections)), TEXT), tmp_path)).codings) == 1


@pytest.mark.parametrize(
    ("name", "most", "says"),
    [("LONGEST_TEXT", 20, "They"), ("LONGEST_TEXT", 5, "They"), ("LONGEST_TEXTS", 20, "All")],
)
def test_a_text_without_end_is_left_out_with_its_codings(
    name: str, most: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, name, most)
    found = read_refi(written(GOOD, tmp_path))
    assert not found.sources
    lost = [str(loss) for loss in found.losses if loss.kind.value == "not taken"]
    assert lost[0].startswith(f"1 sources not taken: {says}")
    assert lost[1] == "1 codings not taken: Their source was not taken."
