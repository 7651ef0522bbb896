"""A whole project as one ``.qdpx`` file, a codebook as ``.qdc``: the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import __version__
from qualcode.errors import InvalidValueError, Problem, UndefinedRequestError
from qualcode.exporting.document.blocks import UNDATED
from qualcode.exporting.document.zip_archive import settled
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.interchange.refi.codes import add_codes, book_fields, code_guid
from qualcode.exporting.interchange.refi.elements import add, describe, guid, is_guid, moment, refer
from qualcode.exporting.interchange.refi.texts import (
    Surroundings,
    add_source,
    has_wide_characters,
    source_files,
    source_guid,
)
from qualcode.exporting.interchange.refi.variables import fitting_types
from qualcode.messages import Message
from qualcode.model import Codebook, Coding, ExchangeProject, Memo, MemoTarget
from qualcode.model.extension_block import is_xml_safe, xml_safe
from qualcode.model.json_values import to_json_value

if TYPE_CHECKING:
    from lxml.etree import _Element

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
UNITS = ("codepoint", "utf16")
_LONGEST_TITLE = 60
_VALUES = (
    "rounds",
    "guides",
    "decisions",
    "events",
    "chosen",
    "excerpts",
    "confirmed",
    "earlier",
    "variable_types",
)


def refi_problems(project: ExchangeProject, position_unit: str) -> tuple[Problem, ...]:
    """Return what to know before sending a file: positions that few programs read alike."""
    wide = [
        source.transcript.name
        for source in project.sources
        if has_wide_characters(source.transcript.text)
    ]
    if position_unit != "utf16" or not wide:
        return ()
    message = "Its text has emoji or other characters that UTF-16 counts as two."
    hint = "NVivo reads these positions well; other programs may shift the codings after them."
    return tuple(Problem(name, message, hint) for name in wide)


def write_refi(
    project: ExchangeProject,
    path: Path,
    *,
    created: datetime = UNDATED,
    position_unit: str = "codepoint",
) -> None:
    """Write a project as ``.qdpx``.

    Args:
        project: All of it; see :func:`without_names` for the names of coders.
        path: Where to write.
        created: When the project was made.
        position_unit: What positions count: ``codepoint``, or ``utf16`` for NVivo.

    Raises:
        InvalidValueError: another unit.
        UnsupportedFormatError: another suffix.
        WriteError: the file cannot be written.
    """
    writer_for(path, {".qdpx": None}, "a project")
    if position_unit not in UNITS:
        raise InvalidValueError(
            Message(
                "Positions cannot be counted in '{position_unit}'. Use codepoint, or utf16 for "
                "NVivo.",
                position_unit=position_unit,
            )
        )
    files = {"project.qde": _project_xml(project, created, position_unit)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (files | source_files(project.sources)).items():
            archive.writestr(name, data)
    write_bytes(path, settled(out.getvalue()))


def write_refi_codebook(book: Codebook, path: Path) -> None:
    """Write a codebook as ``.qdc``.

    Raises:
        UndefinedRequestError: it has no codes; the standard wants one at least.
        UnsupportedFormatError: another suffix.
        WriteError: the file cannot be written.
    """
    writer_for(path, {".qdc": None}, "a REFI-QDA codebook")
    if not book.codes:
        raise UndefinedRequestError(
            Message(
                "Codebook '{name}' has no codes yet, and a .qdc file needs one. Add a code first.",
                name=book.name,
            )
        )
    root = _root("CodeBook", CODEBOOK, origin=f"qualcode {__version__}")
    add_codes(root, book, {}, set())
    about = add(add(root, "Sets"), "Set", guid=guid("set", "about"), name="qualcode")
    describe(about, "", book_fields(book))
    write_bytes(path, _bytes(root))


def _root(tag: str, namespace: str, **attributes: str | None) -> _Element:
    from lxml.etree import Element

    prefixes: Any = {None: namespace}
    root = Element(f"{{{namespace}}}{tag}", nsmap=prefixes)
    for key, value in attributes.items():
        if value is not None:
            root.set(key, xml_safe(value))
    return root


def _bytes(root: _Element) -> bytes:
    from lxml.etree import indent, tostring

    indent(root, space=" ")
    xml: bytes = tostring(root, xml_declaration=True, encoding="utf-8")
    return xml + b"\n"


def _project_xml(project: ExchangeProject, created: datetime, unit: str) -> bytes:
    # The standard wants a name.
    name = project.name if project.name.strip() else "study"
    root = _root(
        "Project",
        PROJECT,
        name=name,
        origin=f"qualcode {__version__}",
        creationDateTime=moment(created),
    )
    notes = _Notes(project)
    if project.coders:
        users = add(root, "Users")
        for coder in project.coders:
            add(users, "User", guid=guid("user", coder), name=coder)
    book = project.codebook
    # An empty list of codes is not valid.
    if book and book.codes:
        coded_paths = {coding.code for coding in project.codings}
        add_codes(add(root, "CodeBook"), book, notes.on(MemoTarget.CODE), coded_paths)
    _add_cases(root, project)
    _add_sources(root, project, notes, unit)
    notes.write(root)
    _add_sets(root, project)
    # Our own values travel as a marked block in the description, which others leave alone.
    describe(root, "", _fields(project, unit))
    for note in notes.on(MemoTarget.PROJECT).get("", ()):
        refer(root, "NoteRef", note)
    return _bytes(root)


def _fields(project: ExchangeProject, unit: str) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": project.name,
        "language": project.language,
        "positions": unit,
        "coders": list(project.coders),
    }
    if project.codebook:
        fields["codebook"] = book_fields(project.codebook)
    values = {key: to_json_value(getattr(project, key)) for key in _VALUES}
    return fields | {key: value for key, value in values.items() if value}


def _add_cases(root: _Element, project: ExchangeProject) -> None:
    names = dict.fromkeys(key for case in project.cases for key in case.attributes)
    types = fitting_types(project)
    if names:
        variables = add(root, "Variables")
        for name in names:
            add(
                variables,
                "Variable",
                guid=guid("variable", f"called {name}"),
                name=name,
                typeOfVariable=types.get(name, "Text"),
            )
    if not project.cases:
        return
    cases = add(root, "Cases")
    for case in project.cases:
        element = add(cases, "Case", guid=guid("case", f"called {case.name}"), name=case.name)
        fields: dict[str, Any] = {}
        if not is_xml_safe(case.name):
            fields["name"] = case.name
        words = (*case.attributes, *case.attributes.values())
        # The variables above may have lost characters: the exact values are kept too.
        if not all(map(is_xml_safe, words)) or "" in case.attributes:
            fields["attributes"] = to_json_value(case.attributes)
        describe(element, "", fields)
        for name, text in case.attributes.items():
            value = add(element, "VariableValue")
            refer(value, "VariableRef", guid("variable", f"called {name}"))
            add(value, f"{types.get(name, 'Text')}Value").text = xml_safe(text)
        for transcript in case.transcripts:
            refer(element, "SourceRef", source_guid(transcript))


def _add_sources(root: _Element, project: ExchangeProject, notes: _Notes, unit: str) -> None:
    if not project.sources:
        return
    by_source: dict[str, list[Coding]] = {}
    for coding in project.codings:
        by_source.setdefault(coding.transcript, []).append(coding)
    book = project.codebook
    around = Surroundings(
        codes=_code_guids(book),
        version=book.version if book else 1,
        notes=notes.on(MemoTarget.CODING),
        unit=unit,
    )
    on_transcripts = notes.on(MemoTarget.TRANSCRIPT)
    sources = add(root, "Sources")
    for source in project.sources:
        name = source.transcript.name
        codings = by_source.get(name, ())
        add_source(sources, source, codings, around, on_transcripts.get(name, ()))


def _code_guids(book: Codebook | None) -> dict[str, str]:
    return {code.path: code_guid(code) for code in book.codes} if book else {}


def _add_sets(root: _Element, project: ExchangeProject) -> None:
    if not project.sets and not project.rounds:
        return
    sets = add(root, "Sets")
    codes = (
        {code.path: code_guid(code) for code in project.codebook.codes} if project.codebook else {}
    )
    for set_ in project.sets:
        element = add(sets, "Set", guid=guid("set", f"called {set_.name}"), name=set_.name)
        describe(element, set_.description, {})
        for path in set_.codes:
            refer(element, "MemberCode", codes[path])
        for name in set_.sources:
            refer(element, "MemberSource", source_guid(name))
    for round_ in project.rounds:
        key = guid("set", Message("round {name}", name=round_.name))
        element = add(sets, "Set", guid=key, name=f"Round {round_.name}")
        describe(element, "", {"round": round_.name})
        for name in round_.transcripts:
            refer(element, "MemberSource", source_guid(name))


class _Notes:
    """Memos as notes; each is referred to by what it is about, where the standard can."""

    def __init__(self, project: ExchangeProject) -> None:
        self._coders = frozenset(project.coders)
        self._memos = [
            (guid("memo", memo.id or f"{place} {memo.text}"), memo)
            for place, memo in enumerate(project.memos)
        ]

    def on(self, kind: MemoTarget) -> Mapping[str, list[str]]:
        """Return GUIDs by what they are about; a memo on a turn is on its transcript."""
        guids: dict[str, list[str]] = {}
        for key, memo in self._memos:
            if memo.target_kind is kind:
                guids.setdefault(memo.target, []).append(key)
            # The standard has no place for a memo on a turn.
            elif kind is MemoTarget.TRANSCRIPT and memo.target_kind is MemoTarget.TURN:
                guids.setdefault(memo.target.rpartition("#")[0], []).append(key)
        return guids

    def write(self, root: _Element) -> None:
        """Append the notes."""
        if not self._memos:
            return
        notes = add(root, "Notes")
        for key, memo in self._memos:
            is_coder = memo.author in self._coders
            element = add(
                notes,
                "Note",
                guid=key,
                name=" ".join(memo.text.split())[:_LONGEST_TITLE] or "memo",
                creatingUser=guid("user", memo.author) if is_coder else None,
                creationDateTime=moment(memo.created_at),
            )
            describe(element, "", self._fields(memo))
            add(element, "PlainTextContent").text = xml_safe(memo.text)

    def _fields(self, memo: Memo) -> dict[str, Any]:
        fields: dict[str, Any] = {"kind": memo.target_kind.value, "target": memo.target}
        if memo.author not in self._coders:
            fields["author"] = memo.author
        if not is_guid(memo.id):
            fields["id"] = memo.id
        if not is_xml_safe(memo.text):
            fields["exact"] = memo.text
        return fields
