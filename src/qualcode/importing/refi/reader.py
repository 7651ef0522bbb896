"""Reads REFI-QDA files leniently: imports everything that fits and reports the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from qualcode.errors import UnreadableFileError, UnsupportedFormatError
from qualcode.importing.files import read_bytes
from qualcode.importing.refi.cases import (
    CasePassages,
    CaseReader,
    case_guids,
    case_selections,
)
from qualcode.importing.refi.codes import CodeTree, make_codebook, read_codes
from qualcode.importing.refi.codings import CodingPlacer, find_shared_beginnings
from qualcode.importing.refi.container import (
    Container,
    child,
    children,
    guid_of,
    parse_refi,
    text_of,
)
from qualcode.importing.refi.element_fields import spread_fields
from qualcode.importing.refi.links import linked_guids
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.notes import Notes
from qualcode.importing.refi.positions import DetectedConvention, Ruler, detect_convention
from qualcode.importing.refi.qualcode_extensions import read_qualcode_extensions
from qualcode.importing.refi.references import ImportedItems, collect_memos
from qualcode.importing.refi.selections import RawSelection, read_selections
from qualcode.importing.refi.sets import group_by_sets, read_sets
from qualcode.importing.refi.sources import TextElement, make_transcript, read_texts
from qualcode.importing.refi.users import Users
from qualcode.messages import Message
from qualcode.model import (
    Codebook,
    Convention,
    ExchangeProject,
    ExchangeSource,
    Role,
)
from qualcode.model.extension_block import split_extension_block

REFI_SUFFIXES = (".qdc", ".qdpx")


def read_refi(
    path: Path, *, language: str = "nl", roles: Mapping[str, Role] | None = None
) -> ExchangeProject:
    """Read a REFI-QDA project (``.qdpx``) or codebook (``.qdc``) of any program.

    Args:
        path: The file.
        language: Language of its codes and texts, where the file does not say.
        roles: Roles by speaker label; other speakers are proposed.

    Returns:
        The project; its ``losses`` list what was imported, changed and not imported.

    Raises:
        UnreadableFileError: the file is not there, damaged, unsafe or something else.
        UnsupportedFormatError: another suffix.
    """
    suffix = path.suffix.casefold()
    if suffix not in REFI_SUFFIXES:
        raise UnsupportedFormatError(
            Message(
                "'{name}' is not a REFI-QDA file. Those end in .qdpx (a project) or .qdc (a "
                "codebook).",
                name=path.name,
            )
        )
    data = read_bytes(path)
    if not data:
        raise UnreadableFileError(Message("'{name}' is empty. Export it again.", name=path.name))
    if suffix == ".qdc":
        return _read_codebook(data, path.name, language)
    loss_report = LossReport()
    container = Container.open(data, path.name, loss_report)
    return _Reader(container, language, roles or {}, loss_report).read()


def _read_codebook(data: bytes, file_name: str, language: str) -> ExchangeProject:
    loss_report = LossReport()
    root = parse_refi(data, "its XML", file_name, "CodeBook", loss_report)
    extensions = next(
        (
            fields
            for element in children(child(root, "Sets"), "Set")
            if (fields := split_extension_block(text_of(element, "Description"))[1])
        ),
        {},
    )
    spread_fields(root, extensions)
    language = str(extensions.get("language", language))
    tree = read_codes(root, language, loss_report)
    loss_report.record_taken("codes", len(tree.codes), "They are in the codebook.")
    name = PurePath(file_name).stem or "codebook"
    return ExchangeProject(
        name=name,
        origin=root.get("origin") or "",
        language=language,
        codebook=make_codebook(tree, extensions, name=name, language=language),
        sets=read_sets(root, tree.paths, {}, {}, loss_report),
        losses=loss_report.losses(),
    )


class _Reader:
    """Reads one project."""

    def __init__(
        self,
        container: Container,
        language: str,
        roles: Mapping[str, Role],
        loss_report: LossReport,
    ) -> None:
        self._root = container.root
        self._container = container
        self._loss_report = loss_report
        self._roles = roles
        _, self._extensions = split_extension_block(text_of(self._root, "Description"))
        spread_fields(self._root, self._extensions)
        self._language = str(self._extensions.get("language", language))
        name = self._extensions.get("name") or self._root.get("name") or ""
        self._name = str(name) if str(name).strip() else PurePath(container.file_name).stem
        exact = self._extensions.get("coders")
        exact = exact if isinstance(exact, list) else ()
        self._users = Users(self._root, exact, loss_report, is_qualcode_file=bool(self._extensions))
        self._notes = Notes(container, self._users, self._loss_report)

    def read(self) -> ExchangeProject:
        """Return the project."""
        root, loss_report = self._root, self._loss_report
        tree, book = self._codebook()
        texts = read_texts(self._container, loss_report)
        sources = [
            ExchangeSource(make_transcript(t, self._language, self._roles, loss_report), t.original)
            for t in texts
        ]
        selections = [read_selections(text, loss_report) for text in texts]
        detected = self._detect(texts, selections)
        # The convention of positions must be known for the whole file before a selection is placed.
        placer = self._placer(tree, book, selections)
        convention = detected.convention if detected else Convention()
        self._report_rival(detected)
        for text, source, text_selections in zip(texts, sources, selections, strict=True):
            ruler = Ruler(text.stored, convention)
            for selection in text_selections:
                placer.place(source.transcript, selection, ruler)
        placed = placer.placed
        names = _names(texts, selections, case_selections(root))
        cases = CaseReader(
            root,
            texts,
            names,
            CasePassages([source.transcript for source in sources], placed.of_cases, placed.spans),
            is_qualcode_file=bool(self._extensions),
        )
        imported_cases = cases.read(loss_report)
        # Memos come last: notes may refer to codes, sources, codings and cases.
        imported = ImportedItems(
            root, tree, texts, sources, placed, cases.names_by_guid, cases.memos
        )
        collect_memos(imported, self._notes, is_qualcode_file=bool(self._extensions))
        sets = read_sets(root, tree.paths, names, cases.names_by_guid, loss_report)
        grouped, imported_cases = group_by_sets(sets, sources, imported_cases, loss_report)
        memos = self._notes.finish()
        self._count(imported, len(memos), len(imported_cases))
        fields = read_qualcode_extensions(self._extensions, loss_report)
        fields["variable_types"] = fields["variable_types"] or cases.types
        return ExchangeProject(
            name=self._name,
            origin=root.get("origin") or "",
            language=self._language,
            sources=grouped,
            codebook=book,
            coders=self._users.names(),
            codings=tuple(placed.codings),
            cases=imported_cases,
            memos=memos,
            sets=sets,
            **fields,
            losses=loss_report.losses(),
            convention=detected.convention if detected else None,
            score=detected.score if detected else None,
        )

    def _codebook(self) -> tuple[CodeTree, Codebook | None]:
        fields = self._extensions.get("codebook")
        fields = fields if isinstance(fields, Mapping) else {}
        language = str(fields.get("language", self._language))
        tree = read_codes(
            child(self._root, "CodeBook"), language, self._loss_report, case_guids(self._root)
        )
        return tree, make_codebook(tree, fields, name=self._name, language=language)

    def _placer(
        self,
        tree: CodeTree,
        book: Codebook | None,
        selections: Sequence[Sequence[RawSelection]],
    ) -> CodingPlacer:
        guids = (
            coding.guid
            for text_selections in selections
            for selection in text_selections
            for coding in selection.codings
        )
        return CodingPlacer(
            tree.paths,
            self._users,
            self._loss_report,
            cases=case_guids(self._root),
            linked=linked_guids(self._root),
            # Memos in our own file name codings by their ids, which stay.
            shared_beginnings=find_shared_beginnings(() if self._extensions else guids),
            version=book.version if book else 1,
            origin=f"file:{self._container.file_name}",
            is_qualcode_file=bool(self._extensions),
        )

    def _detect(
        self, texts: Sequence[TextElement], selections: Sequence[Sequence[RawSelection]]
    ) -> DetectedConvention | None:
        unit = self._extensions.get("positions")
        # Our own file says how it counts, so nothing need be guessed from the words.
        if unit in {"codepoint", "utf16"} and any(selections):
            return DetectedConvention(Convention(str(unit)), 1.0)
        stored = {text.key: text.stored for text in texts}
        marks = {
            text.key: [s.mark for s in text_selections if s.mark is not None]
            for text, text_selections in zip(texts, selections, strict=True)
        }
        return detect_convention(stored, marks, self._root.get("origin") or "")

    def _report_rival(self, detected: DetectedConvention | None) -> None:
        if detected is None or detected.other is None:
            return
        message = Message(
            "Two ways to count positions fit: they were read as {chosen}; {other} would give other "
            "words. Look at a few of them.",
            chosen=str(detected.convention),
            other=str(detected.other),
        )
        self._loss_report.record_changed("selections", message, detected.differing)

    def _count(self, imported: ImportedItems, memos: int, cases: int) -> None:
        loss_report = self._loss_report
        loss_report.record_taken("sources", len(imported.sources), "They are transcripts.")
        loss_report.record_taken("codes", len(imported.tree.codes), "They are in the codebook.")
        loss_report.record_taken(
            "codings", len(imported.placed.codings), "They stand with their coders."
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
    """Return names of transcripts by GUID of a source, or of a passage that a case refers to."""
    names: dict[str, str] = {}
    for text, text_selections in zip(texts, selections, strict=True):
        # Most files have no passages of cases, and some have a hundred thousand selections.
        for selection in text_selections if of_cases else ():
            guids = {selection.guid, *(coding.guid for coding in selection.codings)}
            names |= dict.fromkeys(guids & of_cases, text.name)
        names[text.key] = text.name
        names[guid_of(text.whole.get("guid"))] = text.name
    return names
