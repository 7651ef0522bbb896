"""REFI-QDA files read leniently: everything that fits is taken, the rest is reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from qualcode.errors import UnreadableFileError, UnsupportedFormatError
from qualcode.importing.reading import read_bytes
from qualcode.importing.refi.cases import CaseReader, read_sets
from qualcode.importing.refi.codes import CodeTree, make_codebook, read_codes
from qualcode.importing.refi.container import (
    Container,
    child,
    children,
    guid_of,
    parse_refi,
    text_of,
)
from qualcode.importing.refi.ledger import Ledger
from qualcode.importing.refi.notes import Notes
from qualcode.importing.refi.own import read_own
from qualcode.importing.refi.placing import Placed, Placer
from qualcode.importing.refi.positions import Ruler, detect_convention
from qualcode.importing.refi.selections import RawSelection, note_refs, read_selections
from qualcode.importing.refi.sources import TextElement, make_transcript, read_texts
from qualcode.importing.refi.users import Users
from qualcode.model import (
    Convention,
    ExchangeProject,
    ExchangeSource,
    MemoTarget,
    Transcript,
)
from qualcode.model.marked import split_block
from qualcode.model.plain import plain

REFI_SUFFIXES = (".qdc", ".qdpx")


def read_refi(path: Path, *, language: str = "nl") -> ExchangeProject:
    """Read a REFI-QDA project (``.qdpx``) or codebook (``.qdc``) of any program.

    Args:
        path: The file.
        language: Language of its codes and texts, where the file does not say.

    Returns:
        The project; its ``losses`` say what was taken, changed and not taken.

    Raises:
        UnreadableFileError: the file is not there, damaged, unsafe or something else.
        UnsupportedFormatError: another suffix.
    """
    suffix = path.suffix.casefold()
    if suffix not in REFI_SUFFIXES:
        raise UnsupportedFormatError(
            f"'{path.name}' is not a REFI-QDA file. Those end in .qdpx (a project) or .qdc (a "
            "codebook)."
        )
    data = read_bytes(path)
    if not data:
        raise UnreadableFileError(f"'{path.name}' is empty. Export it again.")
    if suffix == ".qdc":
        return _read_codebook(data, path.name, language)
    return _Reader(Container.open(data, path.name), language).read()


def _read_codebook(data: bytes, file_name: str, language: str) -> ExchangeProject:
    root = parse_refi(data, "its XML", file_name, "CodeBook")
    ledger = Ledger()
    own = next(
        (
            fields
            for one in children(child(root, "Sets"), "Set")
            if (fields := split_block(text_of(one, "Description"))[1])
        ),
        {},
    )
    language = str(own.get("language", language))
    tree = read_codes(child(root, "Codes"), language, ledger)
    ledger.taken("codes", len(tree.codes), "They are in the codebook.")
    name = PurePath(file_name).stem or "codebook"
    return ExchangeProject(
        name=name,
        origin=root.get("origin") or "",
        language=language,
        codebook=make_codebook(tree, own, name=name, language=language),
        sets=read_sets(root, tree.paths, {}),
        losses=ledger.losses(),
    )


class _Reader:
    """Reads one project; each method one part of it."""

    def __init__(self, container: Container, language: str) -> None:
        self._root = container.root
        self._container = container
        self._ledger = Ledger()
        self._description, self._own = split_block(text_of(self._root, "Description"))
        self._language = str(self._own.get("language", language))
        name = self._own.get("name") or self._root.get("name") or ""
        self._name = str(name) if str(name).strip() else PurePath(container.file_name).stem
        exact = self._own.get("coders")
        self._users = Users(self._root, exact if isinstance(exact, list) else (), self._ledger)
        self._notes = Notes(container, self._users, self._ledger)

    def read(self) -> ExchangeProject:
        """Return the project."""
        root, ledger = self._root, self._ledger
        book_fields = self._own.get("codebook")
        book_fields = book_fields if isinstance(book_fields, Mapping) else {}
        language = str(book_fields.get("language", self._language))
        tree = read_codes(child(child(root, "CodeBook"), "Codes"), language, ledger)
        book = make_codebook(tree, book_fields, name=self._name, language=language)
        texts = read_texts(self._container, ledger)
        sources = [
            ExchangeSource(make_transcript(t, self._language, ledger), t.original) for t in texts
        ]
        selections = [read_selections(text, ledger) for text in texts]
        detected = self._detect(texts, selections)
        convention = detected[0] if detected else Convention()
        placer = Placer(
            tree.paths,
            self._users,
            ledger,
            version=book.version if book else 1,
            origin=f"file:{self._container.file_name}",
            is_own=bool(self._own),
        )
        for text, source, own in zip(texts, sources, selections, strict=True):
            ruler = Ruler(text.stored, convention)
            for selection in own:
                placer.place(source.transcript, selection, ruler)
        names = _names(texts, selections)
        cases = CaseReader(root, texts, names, is_own=bool(self._own))
        found_cases = cases.read(ledger)
        placed = placer.placed
        self._collect_notes(tree, texts, sources, placed, cases.memos)
        memos = self._notes.finish()
        self._count(tree, sources, placed, len(memos), len(found_cases))
        return ExchangeProject(
            name=self._name,
            origin=root.get("origin") or "",
            language=self._language,
            sources=tuple(sources),
            codebook=book,
            coders=self._users.names(),
            codings=tuple(placed.codings),
            cases=found_cases,
            memos=memos,
            sets=read_sets(root, tree.paths, names),
            **read_own(self._own, ledger),
            losses=ledger.losses(),
            convention=detected[0] if detected else None,
            score=detected[1] if detected else None,
        )

    def _detect(
        self, texts: Sequence[TextElement], selections: Sequence[Sequence[RawSelection]]
    ) -> tuple[Convention, float] | None:
        said = self._own.get("positions")
        if said in {"codepoint", "utf16"} and any(selections):
            return Convention(str(said)), 1.0
        stored = {text.key: text.stored for text in texts}
        marks = {
            text.key: [s.mark for s in own if s.mark is not None]
            for text, own in zip(texts, selections, strict=True)
        }
        return detect_convention(stored, marks, self._root.get("origin") or "")

    def _collect_notes(
        self,
        tree: CodeTree,
        texts: Sequence[TextElement],
        sources: Sequence[ExchangeSource],
        placed: Placed,
        of_cases: Sequence[tuple[str, str]],
    ) -> None:
        notes = self._notes
        notes.read()
        for path, guid in tree.notes:
            notes.refer(guid, MemoTarget.CODE, path)
        for coding, guid in placed.notes:
            notes.refer(guid, MemoTarget.CODING, coding)
        transcripts: dict[str, Transcript] = {s.transcript.name: s.transcript for s in sources}
        for name, span, selection in placed.loose:
            notes.add_loose(name, transcripts[name].text, span, selection)
        for text in texts:
            for guid in dict.fromkeys((*note_refs(text.whole), *note_refs(text.element))):
                notes.refer(guid, MemoTarget.TRANSCRIPT, text.name)
            if not self._own:
                notes.add(text.description, MemoTarget.TRANSCRIPT, text.name)
        for name, description in of_cases:
            notes.add(description, MemoTarget.CASE, name)
        for guid in note_refs(self._root):
            notes.refer(guid, MemoTarget.PROJECT, "")
        if not self._own:
            notes.add(self._description, MemoTarget.PROJECT, "")

    def _count(
        self,
        tree: CodeTree,
        sources: Sequence[ExchangeSource],
        placed: Placed,
        memos: int,
        cases: int,
    ) -> None:
        ledger = self._ledger
        ledger.taken("sources", len(sources), "They are transcripts.")
        ledger.taken("codes", len(tree.codes), "They are in the codebook.")
        ledger.taken("codings", len(placed.codings), "They stand with their coders.")
        ledger.taken("coders", len(self._users.names()), "They are coders.")
        ledger.taken("memos", memos, "They are memos.")
        ledger.taken("cases", cases, "They are cases.")
        for part, one in (("Links", "Link"), ("Graphs", "Graph")):
            count = sum(1 for _ in children(child(self._root, part), one))
            ledger.lost(part.lower(), "qualcode has nothing like them.", count)


def _names(
    texts: Sequence[TextElement], selections: Sequence[Sequence[RawSelection]]
) -> dict[str, str]:
    names: dict[str, str] = {}
    for text, own in zip(texts, selections, strict=True):
        names |= {selection.guid: text.name for selection in own if selection.guid}
        names[text.key] = text.name
        names[guid_of(text.whole.get("guid"))] = text.name
    return names


def exchange_as_json(project: ExchangeProject, *, full: bool = False) -> dict[str, Any]:
    """Return counts and losses as plain values, for ``qualcode read --json``.

    Args:
        project: What was read.
        full: ``codings`` is the list of all codings, not their number; positions are code
            points in the text of the source, half-open.
    """
    shown: dict[str, Any] = {
        "name": project.name,
        "origin": project.origin,
        "sources": len(project.sources),
        "codes": len(project.codebook.codes) if project.codebook else 0,
        "codings": len(project.codings),
        "coders": len(project.coders),
        "memos": len(project.memos),
        "cases": len(project.cases),
        "convention": plain(project.convention),
        "score": project.score,
        "losses": [
            {
                "kind": loss.kind.value,
                "what": loss.what,
                "count": loss.count,
                "message": loss.message,
            }
            for loss in project.losses
        ],
    }
    if full:
        labels = _labels(project)
        shown["codings"] = [
            {
                "source": coding.transcript,
                "start": coding.span.start,
                "end": coding.span.end,
                "quote": coding.quote,
                "code": labels[coding.code],
                "coder": coding.coder,
            }
            for coding in project.codings
        ]
    return shown


def _labels(project: ExchangeProject) -> dict[str, str]:
    book = project.codebook
    return {code.path: code.title(book.language) for code in book.codes} if book else {}
