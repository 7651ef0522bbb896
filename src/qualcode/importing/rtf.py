r"""Rich text (``.rtf``): control words read one by one.

Not part of the text are hidden (``\v``) and deleted (``\deleted``) runs, which are counted;
footnotes, pictures, headers and the document's tables of fonts, colours and styles.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qualcode.errors import Problem, UnreadableFileError
from qualcode.importing.source import DocumentSource, TextBuilder
from qualcode.messages import Message

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+"
    rb"|([^\\{}\r\n]+)",
)
_SILENT = frozenset(
    b"fonttbl colortbl stylesheet listtable listoverridetable info pict object header headerl "
    b"headerr headerf footer footerl footerr footerf fldinst themedata colorschememapping "
    b"datastore latentstyles rsidtbl generator xmlnstbl mmathPr filetbl revtbl bkmkstart bkmkend "
    b"nonshppict pgptbl userprops wgrffmtfilter template sp shpinst".split()
)
_NOTES = {b"footnote": "footnote", b"annotation": "comment"}
_SIGNS = {
    b"line": "\n",
    b"tab": "\t",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": "\u2003",
    b"enspace": "\u2002",
    b"zwj": "\u200d",
    b"zwnj": "\u200c",
}
_SYMBOLS = {b"~": "\xa0", b"_": "\u2011", b"-": "", b"\\": "\\", b"{": "{", b"}": "}"}
_CODEPAGES = {437: "cp437", 850: "cp850", 10000: "mac_roman", 65001: "utf-8"}
# Numbers that Windows gives to character sets, by which a font table names its encoding.
_CHARSETS = {
    77: "mac_roman",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    238: "cp1250",
}
_LINE_ENDS = frozenset({b"par", b"sect", b"page"})
_TABLE_MARKS = frozenset({b"cell", b"nestcell", b"row", b"trowd"})
# A damaged file may open groups without end.
_DEEPEST = 5000


@dataclass(frozen=True, slots=True)
class _State:
    """Formatting that holds inside a group of braces."""

    silent: bool = False
    note: str = ""
    hidden: bool = False
    deleted: bool = False
    bold: bool = False
    italic: bool = False
    skip: int = 1
    codepage: str = ""
    in_fonts: bool = False


def read_rtf(data: bytes, file_name: str) -> DocumentSource:
    """Return the text of a rich text file."""
    reader = _Reader(file_name)
    position = 0
    while position < len(data):
        token = _TOKEN.match(data, position)
        # A backslash at the very end of a cut-off file matches nothing.
        position = len(data) if token is None else token.end() + reader.take(token)
    reader.flush()
    return reader.build()


class _Reader:
    """Follows the groups of a file and collects its text."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.builder = TextBuilder()
        self.counts: Counter[str] = Counter()
        self._notes: list[tuple[str, list[str]]] = []
        self._state = _State()
        self._stack: list[_State] = []
        self._default = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._bytes = bytearray()
        self._to_skip = 0
        self._high = 0
        self._is_optional = False
        self._pending = ""
        self._paragraph: int | None = None
        self._cells: list[tuple[int, int]] = []
        self._cell = 0
        self._rows: list[tuple[tuple[int, int], ...]] = []

    def take(self, token: re.Match[bytes]) -> int:
        """Process one token; return how many bytes of raw data to skip after it."""
        word, number, code, symbol, brace, plain = token.groups()
        if code is not None:
            self._take_bytes(bytes([int(code, 16)]))
        elif plain is not None:
            self._take_bytes(plain)
        elif brace is not None:
            self.flush()
            self._take_brace(brace)
        elif word is not None:
            self.flush()
            return self._take_word(word, None if number is None else int(number))
        elif symbol is not None:
            self.flush()
            self._take_symbol(symbol)
        return 0

    def _take_bytes(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._bytes += data[skipped:]

    def flush(self) -> None:
        """Decode the bytes collected so far."""
        # Bytes are decoded together, because one character may take several of them.
        if self._bytes:
            # A font may have another encoding than the file, so it goes before that of the file.
            codepage = self._state.codepage or self._default
            text = self._bytes.decode(codepage, errors="replace")
            self._bytes.clear()
            self._add(text)

    def _take_brace(self, brace: bytes) -> None:
        self._to_skip = 0
        self._is_optional = False
        if brace == b"{":
            if len(self._stack) >= _DEEPEST:
                raise UnreadableFileError(
                    Message(
                        "'{file_name}' is damaged: its groups never end. Open it in Word and "
                        "save it as .docx.",
                        file_name=self.file_name,
                    )
                )
            self._stack.append(self._state)
        elif self._stack:
            self._state = self._stack.pop()

    def _take_symbol(self, symbol: bytes) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif symbol == b"*":
            self._is_optional = True
        elif symbol in b"\r\n":
            self._end_paragraph()
        else:
            self._add(_SYMBOLS.get(symbol, ""))

    def _take_word(self, word: bytes, number: int | None) -> int:
        optional, self._is_optional = self._is_optional, False
        # \binN is followed by N raw bytes, which may look like anything.
        if word == b"bin":
            return max(number or 0, 0)
        if word == b"u" and number is not None:
            # The number is a signed 16-bit integer.
            self._take_unicode(number % 65536)
        elif self._to_skip:
            self._to_skip -= 1
        elif word in _NOTES:
            kind = _NOTES[word]
            if not self._state.silent:
                self._notes.append((kind, []))
            self._state = replace(self._state, note=kind)
        elif word == b"shptxt" and not self._state.note:
            self.counts["boxes"] += 1
        # \* marks a destination that readers may ignore; listtext is the number that Word shows.
        elif word in _SILENT or (optional and word != b"listtext"):
            self._state = replace(self._state, silent=True, in_fonts=word == b"fonttbl")
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        else:
            self._take_format(word, number)
        return 0

    def _take_format(self, word: bytes, number: int | None) -> None:
        is_on = number != 0
        if word in _LINE_ENDS:
            self._end_paragraph()
        elif word in _TABLE_MARKS:
            self._take_table(word)
        elif word == b"v":
            self._state = replace(self._state, hidden=is_on)
        elif word in {b"b", b"i"}:
            is_bold = is_on if word == b"b" else self._state.bold
            is_italic = is_on if word == b"i" else self._state.italic
            self._state = replace(self._state, bold=is_bold, italic=is_italic)
        elif word == b"deleted":
            self.counts["deleted"] += is_on and not self._state.deleted
            self._state = replace(self._state, deleted=is_on)
        elif word == b"plain":
            plain = _State(self._state.silent, self._state.note, skip=self._state.skip)
            self._state = replace(plain, in_fonts=self._state.in_fonts)
        elif number is not None:
            self._take_number(word, number)

    def _take_number(self, word: bytes, number: int) -> None:
        """Process a control word that sets how the next bytes are decoded."""
        if word == b"uc":
            self._state = replace(self._state, skip=max(number, 0))
        elif word == b"ansicpg" and number:
            self._default = _known_codec(_CODEPAGES.get(number, f"cp{number}"))
        elif word == b"f":
            self._font = number
            if not self._state.in_fonts:
                self._state = replace(self._state, codepage=self._fonts.get(number, ""))
        elif word == b"fcharset" and self._state.in_fonts and number:
            self._fonts[self._font] = _CHARSETS.get(number, "")

    def _take_unicode(self, unit: int) -> None:
        # Writers add a substitute for readers without Unicode; \ucN says how many bytes to skip.
        self._to_skip = self._state.skip
        if 0xD800 <= unit < 0xDC00:
            # Characters beyond U+FFFF come as two UTF-16 units, one control word each.
            self._high = unit
            return
        if 0xDC00 <= unit < 0xE000 and self._high:
            unit = 0x10000 + (self._high - 0xD800) * 0x400 + unit - 0xDC00
        self._high = 0
        self._add(chr(unit))

    def _add(self, text: str) -> None:
        state = self._state
        if state.silent or not text:
            return
        if state.note:
            self._notes[-1][1].append(text)
        elif state.hidden or state.deleted:
            self.counts["hidden"] += len(text) * state.hidden
        else:
            self._write_pending()
            # A hidden paragraph has no place in the text: one begins at its first visible sign.
            if self._paragraph is None:
                self._paragraph = self.builder.position
            self.builder.add(text, emphasized=state.bold or state.italic)

    def _write_pending(self) -> None:
        # Line ends and tabs wait for the next text, so that the document does not end in them.
        if self._pending:
            if self._pending == "\t" or not self._cells:
                self._cell = self.builder.position + len(self._pending)
            self.builder.add(self._pending)
            self._pending = ""

    def _end_paragraph(self) -> None:
        if not self._state.silent and not self._state.note:
            if self._paragraph is not None:
                self.builder.paragraphs.append((self._paragraph, self.builder.position))
            self._paragraph = None
            self._pending += "\n"

    def _take_table(self, word: bytes) -> None:
        if self._state.silent or self._state.note:
            return
        if word == b"trowd":
            if not self._cells:
                self._write_pending()
                self._cell = self.builder.position
        elif word == b"row":
            if self._cells:
                self._rows.append(tuple(self._cells))
            self._cells = []
            self._paragraph = None
            self._pending = "\n"
        else:
            self._write_pending()
            if self._paragraph is not None:
                self.builder.paragraphs.append((self._paragraph, self.builder.position))
            self._paragraph = None
            # Paragraphs in a cell end with it; the tab that divides cells waits for the next text.
            self._cells.append((self._cell, self.builder.position))
            self._pending = "\t"

    def build(self) -> DocumentSource:
        """Return the text, with a problem for each part that was left out."""
        if self._paragraph is not None:
            self.builder.paragraphs.append((self._paragraph, self.builder.position))
        if self._rows:
            self.builder.tables.append(tuple(self._rows))
        return self.builder.build(tuple(self._problems()))

    def _problems(self) -> Iterator[Problem]:
        where = self.file_name
        if self.counts["deleted"]:
            message = Message.counted(
                "{count} tracked deletion was left out.",
                "{count} tracked deletions were left out.",
                self.counts["deleted"],
            )
            hint = "Tracked insertions were kept; accept or reject all changes in Word to be sure."
            yield Problem(where, message, hint)
        if self.counts["hidden"]:
            message = Message.counted(
                "{count} character of hidden text was left out.",
                "{count} characters of hidden text were left out.",
                self.counts["hidden"],
            )
            yield Problem(where, message, "Make them visible in Word to import them.")
        if self.counts["boxes"]:
            message = Message.counted(
                "{count} text box was left out.",
                "{count} text boxes were left out.",
                self.counts["boxes"],
            )
            yield Problem(where, message, "Save the file as .docx to import their text.")
        for kind, words in self._notes:
            short = " ".join("".join(words).split())[:80]
            hint = "Notes are not part of the text; keep what matters as a memo."
            yield Problem(
                where, Message("A {kind} was left out: '{short}'.", kind=kind, short=short), hint
            )


def _known_codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
