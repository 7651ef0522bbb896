"""Repairs XML of other programs, so that a parser accepts it.

Some programs declare another encoding than they use, or write characters that XML forbids.
Nothing else is repaired: a file that is no XML stays unreadable.
"""

from __future__ import annotations

import codecs
import re

_DECLARATION = re.compile(rb"""^\s*<\?xml\b[^>]*\?>""")
_UTF_16 = re.compile(rb"""encoding\s*=\s*["'](?:utf-?16|ucs-?2|unicode)""", re.IGNORECASE)
_UTF_8 = re.compile(rb"""encoding\s*=\s*["']utf-?8|^((?!encoding).)*$""", re.IGNORECASE | re.DOTALL)
_FORBIDDEN = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]"
    rb"|&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef]|d[89a-f][0-9a-f]{2})"
    rb"|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));",
    re.IGNORECASE,
)


def repair_xml(data: bytes) -> tuple[bytes, int]:
    """Return XML in the encoding that it declares, and the number of replaced characters."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = _undeclared(data.decode("utf-16", errors="replace").encode())
    elif data[:2] in {b"<\x00", b"\x00<"}:
        # UTF-16 without a byte order mark shows by the zero byte of its first "<".
        order = "utf-16-le" if data[0] else "utf-16-be"
        data = _undeclared(data.decode(order, errors="replace").encode())
    data = data.removeprefix(codecs.BOM_UTF8)
    declaration = _DECLARATION.match(data[:300])
    declared = declaration[0] if declaration else b""
    if _UTF_16.search(declared):
        # UTF-16 would have shown zero bytes above, so the declaration is wrong.
        data, declared = _undeclared(data), b""
    damaged = 0
    if _UTF_8.search(declared):
        data, damaged = _sound_utf8(data)
    # One sign for each, so that positions after it stay right.
    data, forbidden = _FORBIDDEN.subn(b"?", data)
    return data, damaged + forbidden


def _undeclared(data: bytes) -> bytes:
    return _DECLARATION.sub(b"", data.removeprefix(codecs.BOM_UTF8), count=1)


def _sound_utf8(data: bytes) -> tuple[bytes, int]:
    try:
        data.decode()
    except UnicodeDecodeError:
        text = data.decode(errors="replace")
        return text.replace("\ufffd", "?").encode(), text.count("\ufffd")
    return data, 0
