"""Reads QualCoder projects: a folder that ends in .qda with a SQLite file in it.

Its positions are code points of the full text, where a line end of two characters counts 2.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from qualcode.errors import UnreadableFileError
from qualcode.importing.derived_transcript import derive_transcript
from qualcode.importing.foreign_database import (
    free_path,
    is_database,
    list_tables,
    open_database,
    parse_moment,
)
from qualcode.importing.refi.codes import CODABLE
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.sources import free_name
from qualcode.importing.source import LONGEST_TEXT
from qualcode.importing.text_encoding import replace_damaged_characters, unify_line_ends
from qualcode.messages import Message
from qualcode.model import (
    Case,
    Code,
    Codebook,
    Coding,
    Convention,
    ExchangeProject,
    ExchangeSource,
    FrozenMap,
    LocalText,
    Memo,
    MemoTarget,
    Original,
    Participation,
    Role,
    Span,
)
from qualcode.model.codebook import UNNAMED, path_name

QUALCODER_SUFFIX = ".qda"
DATABASE = "data.qda"
_TABLES = {"source", "code_name", "code_cat", "code_text"}
UNKNOWN = "qualcoder"
# Categories of a damaged file may lie in each other in a circle.
_MOST_LEVELS = 30


def is_qualcoder(path: Path) -> bool:
    """Tell whether a path is a project of QualCoder: its folder, or the database in it."""
    return path.suffix.casefold() == QUALCODER_SUFFIX


def read_qualcoder(
    path: Path, *, language: str = "nl", roles: Mapping[str, Role] | None = None
) -> ExchangeProject:
    """Read a project of QualCoder.

    Args:
        path: The folder, or the file ``data.qda`` in it.
        language: Language of its texts and codes.
        roles: Roles by speaker label; other speakers are proposed.

    Returns:
        The project; its ``losses`` say what was imported, changed and not imported.

    Raises:
        UnreadableFileError: it is not there, or not QualCoder's.
    """
    file = path / DATABASE if path.is_dir() else path
    if not is_database(file):
        raise UnreadableFileError(
            Message(
                "'{name}' is not a project of QualCoder. Name the folder that ends in .qda.",
                name=path.name,
            )
        )
    name = (path if path.is_dir() else path.parent).name.removesuffix(QUALCODER_SUFFIX)
    try:
        with open_database(file) as database:
            return _Reader(database, name or "qualcoder", language, roles or {}).read()
    except sqlite3.Error as error:
        raise UnreadableFileError(
            Message(
                "'{name}' cannot be read as a project of QualCoder ({error}). Make a copy in "
                "QualCoder, or export the project as REFI-QDA.",
                name=path.name,
                error=error,
            )
        ) from error


class _Text:
    """A full text with its positions in the cleaned text."""

    def __init__(self, stored: str, file_name: str) -> None:
        self._bom = int(stored.startswith("\ufeff"))
        stored = stored.removeprefix("\ufeff")
        self.text, _ = replace_damaged_characters(unify_line_ends(stored), file_name)
        self._pairs = [i for i in range(len(stored) - 1) if stored.startswith("\r\n", i)]

    def position(self, stored: int) -> int:
        """Return the position in the cleaned text."""
        stored = max(0, stored - self._bom)
        return min(stored - bisect_left(self._pairs, stored), len(self.text))


class _Reader:
    def __init__(
        self, database: sqlite3.Connection, name: str, language: str, roles: Mapping[str, Role]
    ) -> None:
        self._database = database
        self._name = name
        self._language = language
        self._roles = roles
        self._loss_report = LossReport()
        self._memos: list[Memo] = []
        self._tables = list_tables(database, _TABLES, name, "QualCoder")

    def read(self) -> ExchangeProject:
        book, paths = self._codebook()
        texts = self._texts()
        sources = tuple(source for _, source in texts.values())
        codings = tuple(self._codings(texts, paths))
        cases = tuple(self._cases({key: s.transcript.name for key, (_, s) in texts.items()}))
        self._annotations(texts)
        coders = tuple(dict.fromkeys(coding.coder for coding in codings))
        report = self._loss_report
        report.record_taken("sources", len(sources), "They are transcripts.")
        report.record_taken("codes", len(paths), "They are in the codebook.")
        report.record_taken("codings", len(codings), "They stand with their coders.")
        report.record_taken("coders", len(coders), "They are coders.")
        report.record_taken("cases", len(cases), "They are cases.")
        report.record_taken("memos", len(self._memos), "They are memos.")
        for table in ("code_image", "code_av"):
            reason = Message("They are on pictures, sound or film.")
            report.record_lost("codings", reason, len(list(self._rows(table))))
        return ExchangeProject(
            name=self._name,
            origin="QualCoder",
            language=self._language,
            sources=sources,
            codebook=book,
            coders=coders,
            codings=codings,
            cases=cases,
            memos=tuple(self._memos),
            losses=report.losses(),
            convention=Convention() if codings else None,
            score=1.0 if codings else None,
        )

    def _rows(self, table: str) -> Iterator[Mapping[str, Any]]:
        # Names of tables come from this module only.
        if table in self._tables:
            for row in self._database.execute(f"SELECT * FROM {table}"):
                yield dict(row)

    def _describe(self, kind: MemoTarget, target: str, words: object, author: object = "") -> None:
        text = unify_line_ends(_words(words)).strip()
        if text:
            self._memos.append(Memo("", kind, target, text, _words(author)))

    # --- codes ---------------------------------------------------------------------------------

    def _codebook(self) -> tuple[Codebook | None, dict[int, str]]:
        categories = {_whole(row.get("catid")): row for row in self._rows("code_cat")}
        codes: dict[str, Code] = {}
        by_category: dict[int, str] = {}

        def path_of(category: int | None, depth: int = 0) -> str:
            row = categories.get(category) if category is not None else None
            if category is None or row is None or depth > _MOST_LEVELS:
                return ""
            if category not in by_category:
                above = path_of(_whole(row.get("supercatid")), depth + 1)
                path = free_path(_join(above, row.get("name")), codes)
                by_category[category] = path
                codes[path] = self._code(path, row, groups=True)
            return by_category[category]

        for category in categories:
            path_of(category)
        paths: dict[int, str] = {}
        for row in self._rows("code_name"):
            key = _whole(row.get("cid"))
            if key is not None:
                above = path_of(_whole(row.get("catid")))
                paths[key] = free_path(_join(above, row.get("name")), codes)
                codes[paths[key]] = self._code(paths[key], row, groups=False)
        # A code stands after the code above it.
        ordered = tuple(codes[path] for path in sorted(codes))
        book = Codebook(self._name, ordered, language=self._language) if codes else None
        return book, paths

    def _code(self, path: str, row: Mapping[str, Any], *, groups: bool) -> Code:
        color = _words(row.get("color")).strip().lower()
        is_color = len(color) == 7 and color[0] == "#" and color[1:].isalnum()
        memo = unify_line_ends(_words(row.get("memo"))).strip()
        attributes: dict[str, tuple[str, ...]] = {CODABLE: ("no",)} if groups else {}
        label = _words(row.get("name")).strip() or path
        try:
            return Code(
                path,
                LocalText({self._language: label}),
                LocalText({self._language: memo} if memo else {}),
                attributes=FrozenMap(attributes),
                **({"color": color} if is_color else {}),  # type: ignore[arg-type]
            )
        # A color such as "#zzzzzz" costs the color, not the code.
        except ValueError:
            return Code(path, LocalText({self._language: label}))

    # --- texts ---------------------------------------------------------------------------------

    def _texts(self) -> dict[int, tuple[_Text, ExchangeSource]]:
        texts: dict[int, tuple[_Text, ExchangeSource]] = {}
        names: set[str] = set()
        attributes = self._attributes("file")
        for row in self._rows("source"):
            key = _whole(row.get("id"))
            stored = _words(row.get("fulltext"))
            if key is None or not stored.strip():
                self._loss_report.record_lost("sources", Message("They have no text."))
                continue
            if len(stored) > LONGEST_TEXT:
                message = Message("Their text is far longer than an interview.")
                self._loss_report.record_lost("sources", message)
                continue
            name = free_name(_words(row.get("name")).strip() or "source", names)
            names.add(name)
            text = _Text(stored, name)
            source = self._source(name, text.text, attributes.get(key, {}))
            texts[key] = text, source
            self._describe(MemoTarget.TRANSCRIPT, name, row.get("memo"), row.get("owner"))
        return texts

    def _source(self, name: str, text: str, attributes: Mapping[str, str]) -> ExchangeSource:
        file_name = name if "." in name else f"{name}.txt"
        transcript = derive_transcript(
            name,
            text,
            source_file=file_name,
            language=self._language,
            roles=self._roles,
            loss_report=self._loss_report,
        )
        if attributes:
            transcript = replace(transcript, attributes=FrozenMap(attributes))
        return ExchangeSource(transcript, Original(f"{name}.txt", text.encode()))

    def _attributes(self, kind: str) -> dict[int, dict[str, str]]:
        values: dict[int, dict[str, str]] = {}
        for row in self._rows("attribute"):
            key, name = _whole(row.get("id")), _words(row.get("name")).strip()
            value = _words(row.get("value")).strip()
            if row.get("attr_type") == kind and key is not None and name and value:
                values.setdefault(key, {})[name] = value
        return values

    # --- codings, cases, memos -----------------------------------------------------------------

    def _codings(
        self, texts: Mapping[int, tuple[_Text, ExchangeSource]], paths: Mapping[int, str]
    ) -> Iterator[Coding]:
        placed: set[tuple[str, Span, str, str]] = set()
        for row in self._rows("code_text"):
            pair = texts.get(_whole(row.get("fid")) or -1)
            path = paths.get(_whole(row.get("cid")) or -1)
            span = None if pair is None else self._span(pair[0], row)
            if pair is None or path is None or span is None:
                message = Message("Their text or code is missing, or they lie outside the text.")
                self._loss_report.record_lost("codings", message)
                continue
            transcript = pair[1].transcript
            coder = _words(row.get("owner")).strip() or UNKNOWN
            key = transcript.name, span, path, coder
            if key in placed:
                self._loss_report.record_changed("codings", "Same passage, code and coder; merged.")
                continue
            placed.add(key)
            yield Coding(
                # The id follows from the file: reading it twice gives the same codings.
                id=f"{_whole(row.get('fid')):08x}{_whole(row.get('ctid')) or len(placed):024x}",
                transcript=transcript.name,
                span=span,
                quote=span.of(transcript.text),
                code=path,
                coder=coder,
                memo=unify_line_ends(_words(row.get("memo"))).strip(),
                origin=f"file:{self._name}",
                created_at=parse_moment(_words(row.get("date"))),
            )

    def _span(self, text: _Text, row: Mapping[str, Any]) -> Span | None:
        first, last = _whole(row.get("pos0")), _whole(row.get("pos1"))
        if first is None or last is None:
            return None
        start, end = text.position(first), text.position(last)
        words = unify_line_ends(_words(row.get("seltext")))
        if words and text.text[start:end] != words and text.text.count(words) == 1:
            # The text was edited after the coding; its words are in one place still.
            start = text.text.index(words)
            end = start + len(words)
            message = Message("Their words were elsewhere in the text.")
            self._loss_report.record_changed("codings", message)
        return Span(start, end) if start < end else None

    def _cases(self, names: Mapping[int, str]) -> Iterator[Case]:
        attributes = self._attributes("case")
        parts: dict[int, list[str]] = {}
        for row in self._rows("case_text"):
            key, name = _whole(row.get("caseid")), names.get(_whole(row.get("fid")) or -1)
            if key is not None and name is not None:
                parts.setdefault(key, []).append(name)
        names_in_use: set[str] = set()
        for row in self._rows("cases"):
            key = _whole(row.get("caseid"))
            name = free_name(_words(row.get("name")).strip() or "case", names_in_use)
            names_in_use.add(name)
            self._describe(MemoTarget.CASE, name, row.get("memo"), row.get("owner"))
            yield Case(
                name,
                FrozenMap(attributes.get(key or -1, {})),
                Participation.in_each(*dict.fromkeys(parts.get(key or -1, ()))),
            )

    def _annotations(self, texts: Mapping[int, tuple[_Text, ExchangeSource]]) -> None:
        for row in self._rows("annotation"):
            pair = texts.get(_whole(row.get("fid")) or -1)
            if pair is not None and _words(row.get("memo")).strip():
                span = self._span(pair[0], row)
                words = f"“{span.of(pair[0].text)}” " if span else ""
                name, author = pair[1].transcript.name, row.get("owner")
                self._describe(MemoTarget.TRANSCRIPT, name, words + _words(row.get("memo")), author)
        for row in self._rows("journal"):
            title, entry = _words(row.get("name")).strip(), _words(row.get("jentry")).strip()
            words = f"{title}\n{entry}" if entry else ""
            self._describe(MemoTarget.PROJECT, "", words, row.get("owner"))
        for row in self._rows("project"):
            self._describe(MemoTarget.PROJECT, "", row.get("memo"))


def _join(above: str, name: object) -> str:
    part = path_name(_words(name)) or UNNAMED
    return f"{above}/{part}" if above else part


def _words(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value < 2**31 else None
