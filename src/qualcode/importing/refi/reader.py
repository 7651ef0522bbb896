"""REFI-QDA files read leniently: everything that fits is taken, the rest is reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from qualcode.errors import UnreadableFileError, UnsupportedFormatError
from qualcode.importing.refi.cases import CaseReader, case_guids, case_selections, read_sets
from qualcode.importing.refi.codes import CodeTree, make_codebook, read_codes
from qualcode.importing.refi.codings import CodingPlacer
from qualcode.importing.refi.container import (
    Container,
    child,
    children,
    guid_of,
    parse_refi,
    text_of,
)
from qualcode.importing.refi.links import linked_guids
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.notes import Notes
from qualcode.importing.refi.positions import Ruler, detect_convention
from qualcode.importing.refi.qualcode_extensions import read_qualcode_extensions
from qualcode.importing.refi.references import ImportedItems, collect_memos
from qualcode.importing.refi.selections import RawSelection, read_selections
from qualcode.importing.refi.sources import TextElement, make_transcript, read_texts
from qualcode.importing.refi.users import Users
from qualcode.importing.transcripts import read_bytes
from qualcode.model import (
    Codebook,
    Convention,
    ExchangeProject,
    ExchangeSource,
)
from qualcode.model.extension_block import split_block

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
    loss_report = LossReport()
    return _Reader(Container.open(data, path.name, loss_report), language, loss_report).read()


def _read_codebook(data: bytes, file_name: str, language: str) -> ExchangeProject:
    loss_report = LossReport()
    root = parse_refi(data, "its XML", file_name, "CodeBook", loss_report)
    own = next(
        (
            fields
            for one in children(child(root, "Sets"), "Set")
            if (fields := split_block(text_of(one, "Description"))[1])
        ),
        {},
    )
    language = str(own.get("language", language))
    tree = read_codes(root, language, loss_report)
    loss_report.record_taken("codes", len(tree.codes), "They are in the codebook.")
    name = PurePath(file_name).stem or "codebook"
    return ExchangeProject(
        name=name,
        origin=root.get("origin") or "",
        language=language,
        codebook=make_codebook(tree, own, name=name, language=language),
        sets=read_sets(root, tree.paths, {}, {}, loss_report),
        losses=loss_report.losses(),
    )


class _Reader:
    """Reads one project; each method one part of it."""

    def __init__(self, container: Container, language: str, loss_report: LossReport) -> None:
        self._root = container.root
        self._container = container
        self._loss_report = loss_report
        _, self._own = split_block(text_of(self._root, "Description"))
        self._language = str(self._own.get("language", language))
        name = self._own.get("name") or self._root.get("name") or ""
        self._name = str(name) if str(name).strip() else PurePath(container.file_name).stem
        exact = self._own.get("coders")
        exact = exact if isinstance(exact, list) else ()
        self._users = Users(self._root, exact, loss_report, is_own=bool(self._own))
        self._notes = Notes(container, self._users, self._loss_report)

    def read(self) -> ExchangeProject:
        """Return the project."""
        root, loss_report = self._root, self._loss_report
        tree, book = self._codebook()
        texts = read_texts(self._container, loss_report)
        sources = [
            ExchangeSource(make_transcript(t, self._language, loss_report), t.original)
            for t in texts
        ]
        selections = [read_selections(text, loss_report) for text in texts]
        detected = self._detect(texts, selections)
        placer = self._placer(tree, book)
        convention = detected[0] if detected else Convention()
        for text, source, own in zip(texts, sources, selections, strict=True):
            ruler = Ruler(text.stored, convention)
            for selection in own:
                placer.place(source.transcript, selection, ruler)
        placed = placer.placed
        names = _names(texts, selections, case_selections(root))
        cases = CaseReader(root, texts, names, placed.of_cases, is_own=bool(self._own))
        found_cases = cases.read(loss_report)
        taken = ImportedItems(root, tree, texts, sources, placed, cases.found, cases.memos)
        collect_memos(taken, self._notes, is_own=bool(self._own))
        sets = read_sets(root, tree.paths, names, cases.found, loss_report)
        memos = self._notes.finish()
        self._count(taken, len(memos), len(found_cases))
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
            sets=sets,
            **read_qualcode_extensions(self._own, loss_report),
            losses=loss_report.losses(),
            convention=detected[0] if detected else None,
            score=detected[1] if detected else None,
        )

    def _codebook(self) -> tuple[CodeTree, Codebook | None]:
        fields = self._own.get("codebook")
        fields = fields if isinstance(fields, Mapping) else {}
        language = str(fields.get("language", self._language))
        tree = read_codes(child(self._root, "CodeBook"), language, self._loss_report)
        return tree, make_codebook(tree, fields, name=self._name, language=language)

    def _placer(self, tree: CodeTree, book: Codebook | None) -> CodingPlacer:
        return CodingPlacer(
            tree.paths,
            self._users,
            self._loss_report,
            cases=case_guids(self._root),
            linked=linked_guids(self._root),
            version=book.version if book else 1,
            origin=f"file:{self._container.file_name}",
            is_own=bool(self._own),
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

    def _count(self, taken: ImportedItems, memos: int, cases: int) -> None:
        loss_report = self._loss_report
        loss_report.record_taken("sources", len(taken.sources), "They are transcripts.")
        loss_report.record_taken("codes", len(taken.tree.codes), "They are in the codebook.")
        loss_report.record_taken(
            "codings", len(taken.placed.codings), "They stand with their coders."
        )
        loss_report.record_taken("coders", len(self._users.names()), "They are coders.")
        loss_report.record_taken("memos", memos, "They are memos.")
        loss_report.record_taken("cases", cases, "They are cases.")
        graphs = len(children(child(self._root, "Graphs"), "Graph"))
        loss_report.record_lost("graphs", "qualcode has nothing like them.", graphs)


def _names(
    texts: Sequence[TextElement],
    selections: Sequence[Sequence[RawSelection]],
    of_cases: frozenset[str],
) -> dict[str, str]:
    """Return the name of a transcript by GUID of its source or of what cases name in it."""
    names: dict[str, str] = {}
    for text, own in zip(texts, selections, strict=True):
        for one in own if of_cases else ():
            guids = {one.guid, *(coding.guid for coding in one.codings)}
            names |= dict.fromkeys(guids & of_cases, text.name)
        names[text.key] = text.name
        names[guid_of(text.whole.get("guid"))] = text.name
    return names
