"""Reads the records of a harmed SQLite file page by page, also where SQLite gives up.

Follows the file format in https://www.sqlite.org/fileformat2.html: each leaf page of a table lists
its cells; a cell is a record, and a long record goes on in overflow pages.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

Value = int | float | str | bytes | None

_LEAF: Final = 0x0D
_HEADER = 100
_DEFAULT_PAGE = 4096
_FIXED = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


@dataclass(frozen=True, slots=True)
class Record:
    """One row of some table, as it stands in the file.

    Attributes:
        rowid: Its number in the table; the value of an integer primary key, which is NULL in
            the record itself.
        values: The columns.
    """

    rowid: int
    values: tuple[Value, ...]


def read_records(data: bytes) -> Iterator[Record]:
    """Yield every record of every leaf page that can be read."""
    pages = _Pages(data)
    for number in range(1, pages.count + 1):
        yield from pages.records(number)


class _Pages:
    def __init__(self, data: bytes) -> None:
        self._data = data
        (size,) = struct.unpack_from(">H", data, 16) if len(data) >= _HEADER else (0,)
        size = 65_536 if size == 1 else size
        # A harmed header: the size that all projects have.
        is_sound = size >= 512 and size & (size - 1) == 0
        self._size = size if is_sound else _DEFAULT_PAGE
        self.count = len(data) // self._size

    def records(self, number: int) -> Iterator[Record]:
        page = self._page(number)
        start = _HEADER if number == 1 else 0
        if page[start] != _LEAF:
            return
        (cells,) = struct.unpack_from(">H", page, start + 3)
        # A harmed page may claim any number of cells; no more than these have room.
        for cell in range(min(cells, self._size // 4)):
            try:
                (place,) = struct.unpack_from(">H", page, start + 8 + 2 * cell)
                yield self._record(page, place)
            except (IndexError, ValueError, struct.error):
                # Harmed: the other cells of the page may still be whole.
                continue

    def _page(self, number: int) -> bytes:
        if not 1 <= number <= self.count:
            raise ValueError(number)
        return self._data[(number - 1) * self._size : number * self._size]

    def _record(self, page: bytes, place: int) -> Record:
        length, place = _varint(page, place)
        rowid, place = _varint(page, place)
        payload = self._payload(page, place, length)
        header, place = _varint(payload, 0)
        kinds = []
        while place < header:
            kind, place = _varint(payload, place)
            kinds.append(kind)
        values = []
        for kind in kinds:
            value, place = _value(payload, place, kind)
            values.append(value)
        # Types that do not fill the record exactly are no record: the bytes are of something else.
        if place != length:
            raise ValueError(place)
        return Record(_signed(rowid), tuple(values))

    def _payload(self, page: bytes, place: int, length: int) -> bytes:
        # A harmed length may be any number, and no record is longer than its file.
        if length > len(self._data):
            raise ValueError(length)
        # These numbers are from the file format: how much of a record stays on its page.
        most = self._size - 35
        if length <= most:
            return page[place : place + length]
        least = (self._size - 12) * 32 // 255 - 23
        local = least + (length - least) % (self._size - 4)
        local = local if local <= most else least
        parts, missing = [page[place : place + local]], length - local
        (following,) = struct.unpack_from(">I", page, place + local)
        while missing > 0:
            page = self._page(following)
            part = page[4 : 4 + missing]
            (following,) = struct.unpack_from(">I", page, 0)
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for count in range(8):
        byte = data[place + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + count + 1
    return value << 8 | data[place + 8], place + 9


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def _value(data: bytes, place: int, kind: int) -> tuple[Value, int]:
    if kind in _FIXED:
        end = place + _FIXED[kind]
        return int.from_bytes(data[place:end], "big", signed=True), end
    if kind >= 12:
        end = place + (kind - 12) // 2
        if end > len(data):
            raise ValueError(end)
        part = data[place:end]
        return (part.decode() if kind % 2 else part), end
    if kind == 7:
        (number,) = struct.unpack_from(">d", data, place)
        return float(number), place + 8
    constants: dict[int, Value] = {0: None, 8: 0, 9: 1}
    if kind not in constants:
        raise ValueError(kind)
    return constants[kind], place
