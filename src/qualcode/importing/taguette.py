"""Reads Taguette projects: one SQLite file; documents are HTML, highlights count UTF-8 bytes."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
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
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.sources import free_name
from qualcode.importing.text_encoding import replace_damaged_characters, unify_line_ends
from qualcode.messages import Message
from qualcode.model import (
    Code,
    Codebook,
    Coding,
    Convention,
    ExchangeProject,
    ExchangeSource,
    LocalText,
    Memo,
    MemoTarget,
    Original,
    Role,
    Span,
)
from qualcode.model.codebook import UNNAMED, path_name

UNKNOWN = "taguette"
_TABLES = {"projects", "documents", "highlights", "tags", "highlight_tags"}
_BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 li tr blockquote pre br".split())


def read_taguette(
    path: Path, *, language: str = "nl", roles: Mapping[str, Role] | None = None
) -> ExchangeProject:
    """Read the first project of a Taguette file.

    Args:
        path: The ``.sqlite3`` file.
        language: Language of its texts and tags.
        roles: Roles by speaker label; other speakers are proposed.

    Returns:
        The project; its ``losses`` say what was taken, changed and not taken.

    Raises:
        UnreadableFileError: it is not there, or not Taguette's.
    """
    if not is_database(path):
        raise UnreadableFileError(
            Message("'{name}' is not a Taguette project. Export it again.", name=path.name)
        )
    try:
        with open_database(path) as database:
            return _Reader(database, path.name, language, roles or {}).read()
    except sqlite3.Error as error:
        raise UnreadableFileError(
            Message(
                "'{name}' cannot be read as a Taguette project ({error}). Export it again.",
                name=path.name,
                error=error,
            )
        ) from error


class HtmlText(HTMLParser):
    """The text of HTML, a line per block; maps UTF-8 offsets to code points."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._bytes: list[int] = []
        self._places: list[int] = []
        self._data: list[str] = []
        self._count = self._length = 0
        self.feed(html.lstrip())
        self.close()
        self.text = "".join(self._pieces)
        self.size = self._count
        """Its length in UTF-8 bytes, tags not counted."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a line at a block."""
        if tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        """End a line at the end of a block."""
        if tag in _BLOCKS:
            self._break()

    def _break(self) -> None:
        if self._pieces and not self._pieces[-1].endswith("\n"):
            self._pieces.append("\n")
            self._length += 1

    def handle_data(self, data: str) -> None:
        """Add text, with the offset of its first byte."""
        text, _ = replace_damaged_characters(unify_line_ends(data), "")
        self._bytes.append(self._count)
        self._places.append(self._length)
        self._data.append(text)
        self._pieces.append(text)
        self._count += len(text.encode("utf-8"))
        self._length += len(text)

    def position(self, offset: int) -> int:
        """Return the code point of a UTF-8 offset that does not count tags."""
        piece = bisect_right(self._bytes, offset) - 1
        if piece < 0:
            return 0
        inside = self._data[piece].encode("utf-8")[: offset - self._bytes[piece]]
        return self._places[piece] + len(inside.decode("utf-8", "ignore"))

    def end(self, offset: int) -> int:
        """Return the code point of the end of a passage, which belongs to the text before it."""
        # The end of one line is the start of the next: from the last byte it stays on its own.
        return self.position(offset - 1) + 1 if offset else 0


class _Reader:
    def __init__(
        self,
        database: sqlite3.Connection,
        file_name: str,
        language: str,
        roles: Mapping[str, Role],
    ) -> None:
        self._database = database
        self._file_name = file_name
        self._language = language
        self._roles = roles
        self._loss_report = LossReport()
        self._memos: list[Memo] = []
        self._tables = list_tables(database, _TABLES, file_name, "Taguette")

    def read(self) -> ExchangeProject:
        projects = list(self._rows("SELECT id, name, description FROM projects ORDER BY id"))
        if not projects:
            raise UnreadableFileError(
                Message("'{file_name}' holds no project.", file_name=self._file_name)
            )
        self._loss_report.record_lost("projects", "Only the first one was read.", len(projects) - 1)
        number, name = projects[0]["id"], str(projects[0]["name"] or "taguette")
        self._describe(MemoTarget.PROJECT, "", projects[0]["description"])
        book, paths = self._codebook(number, name)
        sources: list[ExchangeSource] = []
        codings: list[Coding] = []
        people = self._people()
        for row in self._rows(
            "SELECT id, name, description, contents FROM documents WHERE project_id = ? "
            "ORDER BY id",
            number,
        ):
            html = HtmlText(str(row["contents"]))
            if not html.text.strip():
                self._loss_report.record_lost("sources", "Their text is empty.")
                continue
            names = {source.transcript.name for source in sources}
            title = free_name(str(row["name"]).strip() or "document", names)
            sources.append(self._source(title, html.text))
            self._describe(MemoTarget.TRANSCRIPT, title, row["description"])
            codings += self._codings(row["id"], title, html, paths, people)
        self._loss_report.record_taken("sources", len(sources), "They are transcripts.")
        self._loss_report.record_taken(
            "codes", len(book.codes) if book else 0, "They are in the codebook."
        )
        self._loss_report.record_taken("codings", len(codings), "They stand with their coders.")
        coders = tuple(dict.fromkeys(coding.coder for coding in codings))
        self._loss_report.record_taken("coders", len(coders), "They are coders.")
        self._loss_report.record_taken("memos", len(self._memos), "They are memos.")
        return ExchangeProject(
            name=name,
            origin="Taguette",
            language=self._language,
            sources=tuple(sources),
            codebook=book,
            coders=coders,
            codings=tuple(codings),
            memos=tuple(self._memos),
            losses=self._loss_report.losses(),
            convention=Convention("utf8") if codings else None,
            score=1.0 if codings else None,
        )

    def _rows(self, query: str, *values: Any) -> Iterator[sqlite3.Row]:
        yield from self._database.execute(query, values)

    def _codebook(self, project: int, name: str) -> tuple[Codebook | None, dict[int, str]]:
        query = "SELECT id, path, description FROM tags WHERE project_id = ? ORDER BY path"
        codes: dict[str, Code] = {}
        paths: dict[int, str] = {}
        by_tag: dict[str, str] = {"": ""}
        for row in self._rows(query, project):
            tag = ""
            # Taguette has no tree of tags: its users write levels with dots, so codes above a tag
            # are made here.
            for part in filter(None, str(row["path"]).split(".")):
                above, tag = by_tag[tag], f"{tag}.{part}"
                if tag not in by_tag:
                    name_in_path = path_name(part) or UNNAMED
                    by_tag[tag] = free_path(
                        f"{above}/{name_in_path}" if above else name_in_path, codes
                    )
                    codes[by_tag[tag]] = Code(by_tag[tag], LocalText({self._language: part}))
            if not tag:
                continue
            path = paths[row["id"]] = by_tag[tag]
            words = str(row["description"] or "").strip()
            if words:
                label = codes[path].label
                codes[path] = Code(path, label, LocalText({self._language: words}))
        grouping = len(codes) - len(set(paths.values()))
        self._loss_report.record_changed(
            "codes", "Made for the first parts of the names of tags.", grouping
        )
        book = Codebook(name, tuple(codes.values()), language=self._language) if codes else None
        return book, paths

    def _describe(self, kind: MemoTarget, target: str, words: object) -> None:
        text = unify_line_ends(str(words or "")).strip()
        if text:
            self._memos.append(Memo("", kind, target, text, ""))

    def _people(self) -> dict[int, tuple[str, str]]:
        """Return author and time of each highlight from the log of commands, if there is a log."""
        if "commands" not in self._tables:
            return {}
        people: dict[int, tuple[str, str]] = {}
        for row in self._rows("SELECT user_login, date, payload FROM commands ORDER BY id"):
            try:
                payload = json.loads(row["payload"])
                key = payload.get("highlight_id", payload.get("id"))
            # A line of the log that cannot be read costs a name, not the highlight.
            except (ValueError, AttributeError, RecursionError):
                continue
            if payload.get("type") == "highlight_add" and isinstance(key, int):
                # A later command on a highlight is an edit, so the first one names its maker.
                people.setdefault(key, (str(row["user_login"]), str(row["date"])))
        return people

    def _source(self, name: str, text: str) -> ExchangeSource:
        file_name = f"{name}.txt"
        transcript = derive_transcript(
            name,
            text,
            source_file=file_name,
            language=self._language,
            roles=self._roles,
            loss_report=self._loss_report,
        )
        return ExchangeSource(transcript, Original(file_name, text.encode()))

    def _codings(
        self,
        document: int,
        name: str,
        html: HtmlText,
        paths: dict[int, str],
        people: dict[int, tuple[str, str]],
    ) -> Iterator[Coding]:
        query = (
            "SELECT h.id, h.start_offset, h.end_offset, t.tag_id FROM highlights h "
            "LEFT JOIN highlight_tags t ON t.highlight_id = h.id WHERE h.document_id = ? "
            "ORDER BY h.start_offset, h.id, t.tag_id"
        )
        placed_keys: set[tuple[Span, str, str]] = set()
        for row in self._rows(query, document):
            first, last = row["start_offset"], min(row["end_offset"], html.size)
            start, end = html.position(first), html.end(last)
            if not (0 <= first < last and start < end):
                self._loss_report.record_lost(
                    "highlights", "They lie outside the text or are empty."
                )
                continue
            if row["tag_id"] not in paths:
                quote_ = f"“{html.text[start:end]}”"
                self._describe(MemoTarget.TRANSCRIPT, name, quote_)
                self._loss_report.record_changed(
                    "highlights", "They have no tag; memos on their document."
                )
                continue
            coder, at = people.get(row["id"], (UNKNOWN, ""))
            key = Span(start, end), paths[row["tag_id"]], coder
            if key in placed_keys:
                self._loss_report.record_changed("codings", "Same passage, tag and coder; merged.")
                continue
            placed_keys.add(key)
            yield Coding(
                # The id follows from the file: reading it twice gives the same codings.
                id=f"{document:08x}{row['id']:012x}{row['tag_id']:012x}",
                transcript=name,
                span=key[0],
                quote=key[0].of(html.text),
                code=key[1],
                coder=coder,
                origin=f"file:{self._file_name}",
                created_at=parse_moment(at),
            )
