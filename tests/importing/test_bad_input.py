"""Files that cannot be read: one clear sentence that names the file and says what to do."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from documents import docx, odt, paragraph, pdf, rtf, zipped
from qualcode.errors import (
    InvalidTableError,
    QualcodeError,
    UnreadableFileError,
    UnsupportedFormatError,
)
from qualcode.importing import (
    SUFFIXES,
    as_json,
    known_suffixes,
    read_transcript,
    read_transcript_bytes,
    transcripts,
)

GOOD = docx(paragraph("I: Ja?"), paragraph("R: Nee."))
ENTITIES = (
    '<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(["I: Ja?"]))))
    writer.encrypt("geheim")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def locked_zip() -> bytes:
    """Mark every entry as encrypted, as a zip with a password has it."""
    data = bytearray(GOOD)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 1)
    return bytes(data)


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(3):
            with archive.open(f"word/{i or 'document.xml'}", "w") as entry:
                for _ in range(80):
                    entry.write(b" " * 2**20)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "is empty"),
        ("a.docx", b"", "is empty"),
        ("a.txt", b" \r\n\t ", "is empty"),
        ("a.txt", "\ufeff \u2003\n".encode(), "holds no speech"),
        ("a.docx", docx(paragraph("")), "holds no speech"),
        ("a.odt", odt(""), "holds no speech"),
        ("a.rtf", rtf(""), "holds no speech"),
        ("a.html", b"<html><script>x</script></html>", "holds no speech"),
        ("a.html", b"<!-- -->", "no speech|not a web page"),
        ("a.txt", GOOD, r"is a Word document\. Rename it to end in \.docx"),
        ("a.md", pdf(["x"]), r"is a PDF\. Rename it to end in \.pdf"),
        ("a.pdf", GOOD, "is a Word document"),
        ("a.docx", odt("x"), "is an OpenDocument text"),
        ("a.docx", rtf("x"), "is a rich text file"),
        ("a.docx", b"I: Ja?\nR: Nee.", r"holds plain text, not a Word document\. Rename it"),
        ("a.pdf", b"I: Ja?", "holds plain text, not a PDF"),
        ("a.xlsx", b"text\nja\n", "holds plain text, not an Excel workbook"),
        ("a.csv", zipped({"xl/workbook.xml": ""}), "is an Excel workbook"),
        ("a.txt", b"<!DOCTYPE html><p>x", "is a web page"),
        ("a.txt", b"WEBVTT\n\n", "is a WebVTT caption file"),
        ("a.txt", zipped({"x": "y"}), "is a zip archive. Unpack it first"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "password"),
        ("a.txt", b"ID3\x04" + bytes(99), "is an audio or video recording"),
        ("a.txt", b"\x89PNG" + bytes(99), "is an image"),
        ("a.docx", bytes(200), "is damaged"),
        ("a.docx", GOOD[: len(GOOD) // 2], "is damaged"),
        ("a.docx", GOOD.replace(b"word/document.xml", b"word/dokument.xml"), "not a Word document"),
        ("a.docx", zipped({"word/document.xml": "<w:document"}), "not valid XML"),
        ("a.docx", zipped({"word/document.xml": "<document/>"}), "not a Word document inside"),
        ("a.docx", zipped({"word/document.xml": ENTITIES}), "not opened"),
        ("a.docx", zipped({"word/document.xml": ENTITIES.encode("utf-16")}), "not opened"),
        (
            "a.docx",
            zipped({"word/document.xml": '<?xml version="1.0" encoding="utf-7"?><a/>'}),
            "not opened",
        ),
        ("a.docx", GOOD.replace(b"PK\x03\x04", b"PK\x03\x05", 1), "is damaged"),
        ("a.docx", locked_zip(), "protected with a password"),
        pytest.param("a.docx", bomb, "unpacks to 240 MB", marks=pytest.mark.slow),
        ("a.odt", zipped({"mimetype": "", "content.xml": "<a/>"}), "not a text document inside"),
        ("a.xlsx", zipped({"xl/workbook.xml": "<a/>"}), "damaged workbook"),
        ("a.xlsx", zipped({"xl/workbook.xml": ENTITIES}), "not opened"),
        ("a.pdf", b"%PDF-1.4\nonzin", "damaged PDF"),
        ("a.pdf", locked_pdf(), "protected with a password"),
        ("a.pdf", pdf([], []), "only pictures of pages"),
        ("a.txt", b"I: Ja\x00?\nR: Nee.", "holds NUL bytes"),
        ("a.txt", "I: Ja?\nR: één.".encode("utf-16-le"), "holds NUL bytes"),
        ("a.vtt", b"WEBVTT\n\nI: Ja?", "holds no captions"),
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "holds no speech"),
        ("a.srt", b"I: Ja?\nR: Nee.", "holds no captions"),
        ("a.json", b"{", "not valid JSON"),
        ("a.json", b"[" * 100_000, "not valid JSON"),
        ("a.json", b'{"a": 1}', "not the JSON of a transcription program"),
        ("a.html", b"<div>" * 5000 + b"x", "too many elements"),
        ("a.rtf", b"{\\rtf1 " + b"{" * 10_000, "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence_with_its_name(
    name: str, data: bytes | Callable[[], bytes], says: str
) -> None:
    with pytest.raises(UnreadableFileError, match=says) as refusal:
        read_transcript_bytes(data() if callable(data) else data, name)
    assert f"'{name}'" in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.xyz", r"end in \.xyz cannot be read: 'a\.xyz'\. Save it as one of: \.csv, \.docx"),
        ("a", "have no suffix"),
        ("a.doc", "save it as .docx"),
        ("a.MP3", "transcribe it first"),
    ],
)
def test_an_unknown_suffix_is_refused_with_what_to_do(name: str, says: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=says):
        read_transcript_bytes(b"I: Ja?", name)


def test_a_table_without_a_column_of_text_names_the_columns_it_has() -> None:
    with pytest.raises(
        InvalidTableError, match=r"'a.csv' has no column 'text'. Columns found: x, y"
    ):
        read_transcript_bytes(b"x,y\n1,2\n", "a.csv")


def test_a_missing_file_and_a_folder_are_refused_with_their_path(tmp_path: Path) -> None:
    folder = tmp_path / "map.txt"
    folder.mkdir()
    with pytest.raises(UnreadableFileError, match="is a folder"):
        read_transcript(folder)
    with pytest.raises(UnreadableFileError, match="There is no file"):
        read_transcript(tmp_path / "weg.txt")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dicht.txt"
    path.write_text("I: Ja?", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(UnreadableFileError, match="may not be read by you"):
        read_transcript(path)


@pytest.mark.parametrize(
    ("data", "text", "says"),
    [
        ("I: café?".encode("cp1252"), "I: café?", "read as Windows-1252"),
        (b"I: a\x81b", "I: a\x81b", "read as Windows-1252"),
        ("I: café?\n".encode() + "R: één.".encode("cp1252"), "I: café?\nR: één.", "mixes UTF-8"),
        ("I: één\nR: ja".encode("utf-16"), "I: één\nR: ja", ""),
        ("I: één\nR: ja".encode("utf-32"), "I: één\nR: ja", ""),
        ("I: één".encode("utf-16") + b"\x00\xd8", "I: één�", "some of its bytes are not"),
        ("I: één\nR: ja".encode("utf-8-sig"), "I: één\nR: ja", ""),
    ],
)
def test_encodings_are_recognised_or_reported(data: bytes, text: str, says: str) -> None:
    result = read_transcript_bytes(data, "a.txt")
    assert result.transcript.text == text
    assert any(says in p.message for p in result.problems) if says else not result.problems


def test_half_characters_are_replaced_with_a_problem() -> None:
    result = read_transcript_bytes(b'{"segments": [{"text": "a\\ud83db"}]}', "a.json")
    assert result.transcript.text == "a�b"
    assert "1 damaged character" in result.problems[0].message


@pytest.mark.parametrize("suffix", known_suffixes())
@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_read_or_refused_but_never_breaks_the_program(
    suffix: str, cut: float
) -> None:
    whole = {
        ".docx": GOOD,
        ".odt": odt("I: Ja?", "R: Nee."),
        ".pdf": pdf(["I: Ja?", "R: Nee."]),
        ".rtf": rtf(r"I: Ja?\par R: N\'e9\u233?"),
        ".vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Ja?</v>\n",
        ".json": b'{"segments": [{"start": 1, "text": "Ja?"}]}',
    }.get(suffix, "I: Ja, één?\nR: Nee.\n".encode())
    with suppress(QualcodeError):
        result = read_transcript_bytes(whole[: int(len(whole) * cut)], f"a{suffix}")
        assert result.transcript.turns


@pytest.mark.parametrize(
    "line",
    [
        "I: Hoe gaat het?\nR: Goed, hoor. #00:00:12-3#\n",
        "woord " * 50 + "\n",
        "woord ",
        "\n",
        "A.b.c.d.e-f'g ",
        "#00:00:12",
        "Naam  ",
        "[[[[",
    ],
)
@pytest.mark.slow
def test_reading_takes_time_in_proportion_to_the_text(line: str) -> None:
    text = "I: Ja?\nR: " + line * (500_000 // len(line)) + "x"
    start = time.process_time()
    read_transcript_bytes(text.encode(), "a.txt")
    assert time.process_time() - start < 10


@pytest.mark.parametrize("words", ["ja ", "<", "<v x", "<c ", "&amp;", "--> ", "00:00:01.000 "])
def test_reading_captions_takes_time_in_proportion_to_the_text(words: str) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nJa " + words * (500_000 // len(words))
    start = time.process_time()
    read_transcript_bytes(text.encode(), "a.vtt")
    assert time.process_time() - start < 10


@pytest.mark.slow
def test_a_web_page_with_a_very_long_paragraph_is_read_whole() -> None:
    page = b"<html><p>I: " + b"woord " * 800_000 + b"</p><p>R: ja.</p></html>"
    assert len(read_transcript_bytes(page, "a.html").transcript.turns) == 2


def test_the_json_of_a_result_is_what_the_command_line_prints() -> None:
    result = read_transcript_bytes("I: \U0001f600?\nR: Nee. #00:00:12-3#".encode(), "a.txt")
    assert as_json(result) == {
        "text": "I: \U0001f600?\nR: Nee. #00:00:12-3#",
        "sha256": result.transcript.sha256,
        "speakers": {"I": 1, "R": 1},
        "roles": {"I": "interviewer", "R": "respondent"},
        "turns": [
            {"speaker": "I", "start": 3, "end": 5, "time": None},
            {"speaker": "R", "start": 9, "end": 13, "time": 12300},
        ],
        "problems": [],
    }


def test_every_suffix_has_a_reader() -> None:
    wanted = {
        ".docx",
        ".txt",
        ".md",
        ".odt",
        ".rtf",
        ".pdf",
        ".html",
        ".vtt",
        ".srt",
        ".csv",
        ".xlsx",
    }
    assert wanted <= set(SUFFIXES)
    assert known_suffixes() == tuple(sorted(SUFFIXES))


def test_a_text_without_end_is_no_interview(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcripts, "LONGEST_TEXT", 20)
    with pytest.raises(UnreadableFileError, match="more than 20 characters"):
        read_transcript_bytes(b"I: Hoe was het?\nR: Een groot feest.\n", "a.txt")
