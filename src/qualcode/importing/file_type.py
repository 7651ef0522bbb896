"""Recognises the type of a file by its first bytes, independent of its name."""

from __future__ import annotations

import io
import zipfile

from qualcode.errors import UnreadableFileError
from qualcode.messages import Message

_AUDIO = "an audio or video recording"
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    # OLE: Office files of before 2007, and newer ones with a password.
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"ID3", _AUDIO),
    (b"OggS", _AUDIO),
    (b"RIFF", _AUDIO),
    (b"fLaC", _AUDIO),
    (b"SQLite format 3\x00", "a database"),
)
_DESCRIPTIONS = {
    "pdf": "a PDF",
    "rtf": "a rich text file",
    "docx": "a Word document",
    "xlsx": "an Excel workbook",
    "odt": "an OpenDocument text",
    "zip": "a zip archive",
    "html": "a web page",
    "vtt": "a WebVTT caption file",
}
_BINARY = frozenset({"pdf", "docx", "odt", "xlsx"})
_PLAIN = frozenset({"txt", "md", "csv", "tsv", "srt", "json"})


def detect_file_type(data: bytes) -> str | None:
    """Return the kind of file (``pdf``, ``docx``, ... or a description); None for plain text."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    # MP4 and its relatives begin with a length of four bytes.
    if data[4:8] == b"ftyp":
        return _AUDIO
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    # Web pages and captions are text: only their first words tell them apart from any other.
    head = data[:400].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    return "vtt" if head.startswith(b"webvtt") else None


def _sniff_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return "zip"
    for member, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
        if member in names:
            return kind
    return "odt" if {"mimetype", "content.xml"} <= names else "zip"


def refuse_wrong_file_type(data: bytes, kind: str, file_name: str) -> None:
    """Refuse a file whose content does not fit its suffix.

    Args:
        data: The bytes of the file.
        kind: Its suffix without the dot (``docx``).
        file_name: Its name, for the message.

    Raises:
        UnreadableFileError: Says what the file really looks like and what to do.
    """
    file_type = detect_file_type(data)
    if file_type is None:
        if kind in _BINARY and not _is_near(data, kind):
            raise UnreadableFileError(_not_binary(data, kind, file_name))
        return
    if file_type in {kind, "html" if kind == "htm" else kind}:
        return
    # A zip without the expected part may be a damaged document; its reader names what is missing.
    if file_type == "zip" and kind in _BINARY:
        return
    if file_type == "ole":
        raise UnreadableFileError(
            Message(
                "'{file_name}' is an Office file of before 2007 or one with a password. Open "
                "it in Word or Excel and save it, without a password, as .{modern}.",
                file_name=file_name,
                modern=_modern(kind),
            )
        )
    if file_type in _DESCRIPTIONS:
        advice = (
            Message("Unpack it first.")
            if file_type == "zip"
            else Message("Rename it to end in .{file_type}.", file_type=file_type)
        )
        raise UnreadableFileError(
            Message(
                "'{file_name}' ends in .{kind} but is {descriptions}. {advice}",
                file_name=file_name,
                kind=kind,
                descriptions=_DESCRIPTIONS[file_type],
                advice=advice,
            )
        )
    if kind in _BINARY or kind in _PLAIN or file_type != "vtt":
        raise UnreadableFileError(
            Message(
                "'{file_name}' ends in .{kind} but is {file_type}. Import its transcript, as text.",
                file_name=file_name,
                kind=kind,
                file_type=file_type,
            )
        )


def _modern(kind: str) -> str:
    return "xlsx" if kind in {"xlsx", "csv", "tsv"} else "docx"


def _is_near(data: bytes, kind: str) -> bool:
    """Tell whether a PDF header follows a few other bytes, as the format allows."""
    return kind == "pdf" and b"%PDF-" in data[:1024]


def _not_binary(data: bytes, kind: str, file_name: str) -> str:
    name = _DESCRIPTIONS[kind]
    if b"\x00" in data[:4096]:
        return Message(
            "'{file_name}' is damaged: it ends in .{kind} but is not {name}. Take a fresh "
            "copy of it, or save it again in the program that made it.",
            file_name=file_name,
            kind=kind,
            name=name,
        )
    return Message(
        "'{file_name}' ends in .{kind} but holds plain text, not {name}. Rename it to end in .txt.",
        file_name=file_name,
        kind=kind,
        name=name,
    )
