"""Zip-based documents and their XML, read in memory with limits on their size.

Refused are encryption, more than :data:`MAX_ENTRIES` entries, more than :data:`MAX_BYTES` when
inflated, and document type declarations (and so entities). Nothing is unpacked to disk.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from qualcode.errors import UnreadableFileError
from qualcode.messages import Message

if TYPE_CHECKING:
    from lxml.etree import _Element

# A zip bomb inflates from kilobytes to gigabytes, so the sizes are checked before anything is
# inflated.
MAX_BYTES = 200 * 1024 * 1024
MAX_ENTRIES = 10_000
# A tag of four bytes becomes a node of some 200 in memory, and takes a microsecond to look at. An
# interview of two hours, cut to pieces by the spelling checker of Word, has 300,000.
MAX_TAGS = 1_000_000
MAX_TABLE_TAGS = 3_000_000
"""Tags of a sheet, which is read row by row: 500,000 cells."""
MAX_LOOK_TAGS = 200_000
"""Tags of what says how a workbook looks, of which openpyxl makes an object each."""
_SHEETS = ("xl/worksheets/", "xl/sharedStrings")
_CHUNK_BYTES = 1024 * 1024
_BROKEN = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError)
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,80}encoding\s*=\s*["']([\w-]+)""")
# In these encodings the search below finds "<!DOCTYPE"; a declared encoding outside them could hide
# it.
_ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
_DAMAGED = "Take a fresh copy of it, or open it in the program that made it and save it again."


class Archive:
    """The entries of a zip-based document, by name."""

    def __init__(self, data: bytes, file_name: str) -> None:
        """Open and check ``data``.

        Raises:
            UnreadableFileError: It is broken, encrypted or unreasonably large.
        """
        self.file_name = file_name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise UnreadableFileError(
                Message(
                    "'{file_name}' is damaged: it is not a complete file. {damaged}",
                    file_name=file_name,
                    damaged=_DAMAGED,
                )
            ) from error
        self._check(self._zip.infolist())

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableFileError(
                Message(
                    "'{file_name}' is protected with a password. Save it without one first.",
                    file_name=self.file_name,
                )
            )
        size = sum(entry.file_size for entry in entries)
        if len(entries) > MAX_ENTRIES or size > MAX_BYTES:
            raise UnreadableFileError(
                Message(
                    "'{file_name}' unpacks to {size} MB in {count_entries} parts, far more "
                    "than an interview. Save the text alone in a new file.",
                    file_name=self.file_name,
                    size=size // 2**20,
                    count_entries=len(entries),
                )
            )

    def refuse_unsafe_names(self) -> None:
        """Refuse entries that point outside the archive, are links, or share a name.

        Raises:
            UnreadableFileError: An entry is unsafe; the message names it.
        """
        sums: dict[str, int] = {}
        for entry in self._zip.infolist():
            name = entry.filename.replace("\\", "/")
            # The upper 16 bits hold the Unix mode; 0o120000 is the type of a symbolic link.
            is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
            if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":" or is_link:
                raise UnreadableFileError(
                    Message(
                        "'{file_name}' has a part '{filename}' that points outside it, so it "
                        "was not opened. Export it again from the program it came from.",
                        file_name=self.file_name,
                        filename=entry.filename,
                    )
                )
            # Equal entries of one name are harmless; of different ones, each program would pick its
            # own.
            if sums.setdefault(name, entry.CRC) != entry.CRC:
                raise UnreadableFileError(
                    Message(
                        "'{file_name}' has two different parts called '{name}', so it was not "
                        "opened. Export it again from the program it came from.",
                        file_name=self.file_name,
                        name=name,
                    )
                )

    def names(self) -> tuple[str, ...]:
        """Return the names of the entries."""
        return tuple(self._zip.namelist())

    def read(self, name: str) -> bytes | None:
        """Return the bytes of an entry, or None where it does not exist."""
        try:
            with self._zip.open(name) as entry:
                # Read in chunks: an entry that inflates to more than its header says is cut off.
                return b"".join(iter(lambda: entry.read(_CHUNK_BYTES), b""))
        except KeyError:
            return None
        except (*_BROKEN, zlib.error, EOFError, RuntimeError, struct.error) as error:
            raise UnreadableFileError(
                Message(
                    "'{file_name}' is damaged: its part '{name}' cannot be read. {damaged}",
                    file_name=self.file_name,
                    name=name,
                    damaged=_DAMAGED,
                )
            ) from error

    def read_xml(self, name: str) -> _Element | None:
        """Return the root element of an XML entry, or None where the entry does not exist."""
        data = self.read(name)
        return None if data is None else parse_xml(data, name, self.file_name)

    def refuse_unsafe_xml(self) -> None:
        """Refuse document types and masses of tags, for a library that parses them itself.

        Raises:
            UnreadableFileError: An entry has them.
        """
        for name in self.names():
            if name.endswith((".xml", ".rels")):
                data = self.read(name) or b""
                _refuse_doctype(data, self.file_name)
                limit = MAX_TABLE_TAGS if name.startswith(_SHEETS) else MAX_LOOK_TAGS
                refuse_many_tags(data, self.file_name, limit)


def parse_xml(data: bytes, part: str, file_name: str) -> _Element:
    """Return the root element of XML from an untrusted file.

    Raises:
        UnreadableFileError: It is not well-formed or declares a document type.
    """
    from lxml import etree

    _refuse_doctype(data, file_name)
    refuse_many_tags(data, file_name, MAX_TAGS)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError(
            Message(
                "'{file_name}' is damaged: its part '{part}' is not valid XML. {damaged}",
                file_name=file_name,
                part=part,
                damaged=_DAMAGED,
            )
        ) from error


def refuse_many_tags(data: bytes, file_name: str, limit: int) -> None:
    """Refuse XML or HTML of which each few bytes would fill the memory.

    Raises:
        UnreadableFileError: it has more tags or attributes than ``limit``.
    """
    # An attribute is a node too.
    tags = max(data.count(b"<"), data.count(b"="))
    if tags > limit:
        raise UnreadableFileError(
            Message(
                "'{file_name}' has {count} parts inside, far more than the text of an interview "
                "or a table needs. Save the text alone in a new file.",
                file_name=file_name,
                count=tags,
            )
        )


def _refuse_doctype(data: bytes, file_name: str) -> None:
    declared = _ENCODING.match(data[:200])
    odd = declared is not None and declared[1].lower() not in _ENCODINGS
    marks = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
    if odd or any(mark in data for mark in marks):
        raise UnreadableFileError(
            Message(
                "'{file_name}' holds XML declarations that no such program writes, so it was "
                "not opened. Open it in the program that made it and save it again.",
                file_name=file_name,
            )
        )
