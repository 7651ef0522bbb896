r"""Decodes bytes to text: once, without byte order mark, with line ends ``\n``.

UTF-8 is tried first and never overruled, then UTF-16 by its byte order mark; everything else
is read as Windows-1252, with a :class:`Problem`.
"""

from __future__ import annotations

import codecs
import re

from qualcode.errors import Problem, UnreadableFileError
from qualcode.messages import Message

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNSOUND = re.compile("[\ud800-\udfff\x00]")
REPLACEMENT = "\ufffd"


def decode_text(data: bytes, file_name: str) -> tuple[str, tuple[Problem, ...]]:
    r"""Return the text of ``data`` with ``\n`` line ends, and what was odd about it.

    Raises:
        UnreadableFileError: The bytes are not text.
    """
    text, problems = decode_as_stored(data, file_name)
    return unify_line_ends(text), problems


def has_byte_order_mark(data: bytes) -> bool:
    """Tell whether a text file starts with a byte order mark."""
    return data.startswith((codecs.BOM_UTF8, *(mark for mark, _ in _MARKS)))


def decode_as_stored(data: bytes, file_name: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of ``data`` with its own line ends; see :func:`decode_text`."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked:
        text, problems = _decode_marked(data, marked, file_name)
    else:
        try:
            text, problems = data.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            _refuse_nul(b"\x00" in data, file_name)
            text, problems = _decode_western(data, file_name)
    _refuse_nul("\x00" in text, file_name)
    return text, problems


def unify_line_ends(text: str) -> str:
    r"""Return ``text`` with CRLF and lone CR written as ``\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def replace_damaged_characters(text: str, file_name: str) -> tuple[str, tuple[Problem, ...]]:
    """Replace NUL and half characters (lone surrogates), which no text may hold.

    Every position stays what it was.
    """
    clean, count = _UNSOUND.subn(REPLACEMENT, text)
    if not count:
        return text, ()
    message = Message.counted(
        "{count} damaged character was replaced by '{replacement}'.",
        "{count} damaged characters were replaced by '{replacement}'.",
        count,
        replacement=REPLACEMENT,
    )
    return clean, (Problem(file_name, message, "Compare these places with the original."),)


def _decode_marked(data: bytes, name: str, file_name: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode(name), ()
    except UnicodeDecodeError:
        message = Message(
            "The file says it is {name}, but some of its bytes are not.", name=name.upper()
        )
        hint = Message(
            "They are shown as '{replacement}'; save the file again as UTF-8.",
            replacement=REPLACEMENT,
        )
        return data.decode(name, errors="replace"), (Problem(file_name, message, hint),)


def _decode_western(data: bytes, file_name: str) -> tuple[str, tuple[Problem, ...]]:
    """Read each line as UTF-8 if it is valid UTF-8, else as Windows-1252."""
    lines, western, marked = [], [], 0
    # Line by line, because one file may mix both encodings.
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            lines.append(line.decode("utf-8"))
            marked += not line.isascii()
        except UnicodeDecodeError:
            western.append(number)
            lines.append(_from_cp1252(line))
    text = "\n".join(lines).removeprefix("\ufeff")
    if marked:
        where: str = Message("{name}, line {line}", name=file_name, line=western[0])
        message: str = Message.counted(
            "The file mixes UTF-8 with another encoding in {count} line.",
            "The file mixes UTF-8 with another encoding in {count} lines.",
            len(western),
        )
        hint = "Those were read as Windows-1252; check their accents, or save it as UTF-8."
    else:
        where = file_name
        message = "The file is not UTF-8; it was read as Windows-1252."
        hint = "Check the accents (é, ë, ï); if they are wrong, save the file as UTF-8."
    return text, (Problem(where, message, hint),)


def _from_cp1252(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; their Latin-1 control characters keep them.
        return "".join(
            chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes((byte,)).decode("cp1252")
            for byte in line
        )


def _refuse_nul(has_nul: bool, file_name: str) -> None:
    if has_nul:
        raise UnreadableFileError(
            Message(
                "'{file_name}' holds NUL bytes: it is UTF-16 without a byte order mark, or not "
                "a text at all. Open it in the program that made it and save it as UTF-8 text.",
                file_name=file_name,
            )
        )
