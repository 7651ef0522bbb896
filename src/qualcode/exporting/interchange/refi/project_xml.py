"""A whole project as one ``.qdpx`` file, a codebook as ``.qdc``: the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import __version__
from qualcode.errors import InvalidValueError, Problem, UndefinedRequestError
from qualcode.exporting.document.blocks import UNDATED
from qualcode.exporting.document.zip_archive import settled_archive
from qualcode.exporting.files import write_bytes, writer_for
from qualcode.exporting.interchange.refi.cases import add_cases, case_guid, speakers_of_cases
from qualcode.exporting.interchange.refi.codes import add_codes, book_fields, code_guid
from qualcode.exporting.interchange.refi.elements import (
    ElementFields,
    add,
    describe,
    guid,
    moment,
    refer,
)
from qualcode.exporting.interchange.refi.notes import Notes
from qualcode.exporting.interchange.refi.qualcoder_layout import QualcoderLayout, qualcoder_layout
from qualcode.exporting.interchange.refi.texts import (
    Surroundings,
    add_source,
    has_wide_characters,
    source_files,
    source_guid,
)
from qualcode.messages import Message
from qualcode.model import Codebook, Coding, ExchangeProject, MemoTarget
from qualcode.model.extension_block import extension_block_parts, xml_safe
from qualcode.model.json_values import to_json_value

if TYPE_CHECKING:
    from lxml.etree import _Element

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
UNITS = ("codepoint", "utf16")
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
    message = Message("Its text has emoji or other characters that UTF-16 counts as two.")
    hint = Message(
        "NVivo reads these positions well; other programs may shift the codings after them."
    )
    return tuple(Problem(name, message, hint) for name in wide)


def write_refi(
    project: ExchangeProject,
    path: Path,
    *,
    created: datetime = UNDATED,
    position_unit: str = "codepoint",
    program: str = "",
) -> None:
    """Write a project as ``.qdpx``.

    Args:
        project: All of it; see :func:`without_names` for the names of coders.
        path: Where to write.
        created: When the project was made.
        position_unit: What positions count: ``codepoint``, or ``utf16`` for NVivo.
        program: ``qualcoder`` for a file as QualCoder reads it; by default as the standard says.

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
    layout = qualcoder_layout(project) if program == "qualcoder" else None
    notes = Notes(project, layout, created)
    size, parts = _project_xml(project, created, position_unit, notes, layout)
    texts = [(name, len(data), (data,)) for name, data in notes.files().items()]
    entries = ("project.qde", size, parts), *source_files(project.sources), *texts
    write_bytes(path, settled_archive(entries))


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
    fields = ElementFields()
    add_codes(root, book, {}, set(), fields)
    about = add(add(root, "Sets"), "Set", guid=guid("set", "about"), name="qualcode")
    describe(about, "", book_fields(book) | fields.fields())
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


def _project_xml(
    project: ExchangeProject,
    created: datetime,
    unit: str,
    notes: Notes,
    layout: QualcoderLayout | None,
) -> tuple[int, Iterator[bytes]]:
    """Return the size of the XML, or somewhat more, and the XML in parts.

    The tree is that of all but the texts, whose elements would take several times their bytes.
    """
    # The standard wants a name.
    name = project.name if project.name.strip() else "study"
    root = _root(
        "Project",
        PROJECT,
        name=name,
        origin=f"qualcode {__version__}",
        creationDateTime=moment(created),
    )
    fields = ElementFields()
    if project.coders:
        users = add(root, "Users")
        for coder in project.coders:
            add(users, "User", guid=guid("user", coder), name=coder)
    book = project.codebook
    # An empty list of codes is not valid.
    if book and book.codes:
        coded_paths = {coding.code for coding in project.codings}
        codebook = add(root, "CodeBook")
        add_codes(codebook, book, notes.on(MemoTarget.CODE), coded_paths, fields, layout=layout)
        if layout:
            _add_codes_of_cases(codebook[0], layout)
    add_cases(root, project, fields, layout)
    sources = _sources(root, project, notes, unit, fields, layout=layout)
    notes.write(root, fields)
    _add_sets(root, project, fields)
    add(root, "Description")
    for note in notes.on(MemoTarget.PROJECT).get("", ()):
        refer(root, "NoteRef", note)
    xml = _bytes(root)
    # Our own values travel as one marked block in the description, which others leave alone.
    block = extension_block_parts("", _fields(project, unit) | fields.fields())
    history = sum(len(event.before) + len(event.after) for event in project.events)
    size = 2 * (len(xml) + sum(map(len, sources)) + 4 * history)
    return size, _filled(xml, sources, block)


def _filled(xml: bytes, sources: Sequence[bytes], block: Iterable[str]) -> Iterator[bytes]:
    """Yield the XML of a project with its sources and its block at their empty elements."""
    # Text has no "<": these are the elements, and no other description is empty.
    if sources:
        before, _, xml = xml.partition(b"<Sources/>")
        yield before + b"<Sources>"
        yield from sources
        yield b"\n </Sources>"
    before, _, after = xml.rpartition(b"<Description/>")
    yield before + b"<Description>"
    for part in block:
        # As lxml writes a text; the block has no carriage return.
        yield part.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
    yield b"</Description>" + after


def _fields(project: ExchangeProject, unit: str) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": project.name,
        "language": project.language,
        "positions": unit,
        "coders": list(project.coders),
    }
    if project.codebook:
        fields["codebook"] = book_fields(project.codebook)
    values = {key: getattr(project, key) for key in _VALUES}
    # Events are half of the file: each is converted when it is written.
    return fields | {
        key: map(to_json_value, value) if key == "events" else to_json_value(value)
        for key, value in values.items()
        if value
    }


def _add_codes_of_cases(codes: _Element, layout: QualcoderLayout) -> None:
    """Append a code for each case that has passages; QualCoder turns its codings into these."""
    named = {case for passages in layout.case_passages.values() for case, _ in passages}
    for case, name in layout.case_names.items():
        if case in named:
            add(codes, "Code", guid=case_guid(case), name=name, isCodable="true")


def _sources(
    root: _Element,
    project: ExchangeProject,
    notes: Notes,
    unit: str,
    fields: ElementFields,
    *,
    layout: QualcoderLayout | None,
) -> list[bytes]:
    """Append an empty element for the sources, and return the XML of each."""
    if not project.sources:
        return []
    add(root, "Sources")
    by_source: dict[str, list[Coding]] = {}
    for coding in project.codings:
        by_source.setdefault(coding.transcript, []).append(coding)
    book = project.codebook
    around = Surroundings(
        codes=_code_guids(book),
        version=book.version if book else 1,
        notes=notes.on(MemoTarget.CODING),
        unit=unit,
        speakers=speakers_of_cases(project),
        fields=fields,
        layout=layout,
        cases={case.name: case_guid(case.name) for case in project.cases},
    )
    on_transcripts = notes.on(MemoTarget.TRANSCRIPT)
    written = []
    for source in project.sources:
        name = source.transcript.name
        codings = by_source.get(name, ())
        # In a project of its own, which gives it the names and the indents that it has in ours.
        alone = _root("Project", PROJECT)
        parent = add(alone, "Sources")
        add_source(parent, source, codings, around, on_transcripts.get(name, ()))
        xml = _bytes(alone).partition(b"<Sources>")[2]
        written.append(xml.rpartition(b"\n </Sources>")[0])
    return written


def _code_guids(book: Codebook | None) -> dict[str, str]:
    return {code.path: code_guid(code) for code in book.codes} if book else {}


def _add_sets(root: _Element, project: ExchangeProject, fields: ElementFields) -> None:
    if not project.sets and not project.rounds:
        return
    sets = add(root, "Sets")
    codes = (
        {code.path: code_guid(code) for code in project.codebook.codes} if project.codebook else {}
    )
    for set_ in project.sets:
        element = add(sets, "Set", guid=guid("set", f"called {set_.name}"), name=set_.name)
        fields.describe(element, set_.description, {})
        for path in set_.codes:
            refer(element, "MemberCode", codes[path])
        for name in set_.sources:
            refer(element, "MemberSource", source_guid(name))
    for round_ in project.rounds:
        # a set may have the name of a round, and no two GUIDs may be equal
        key = guid("set", Message("round {name}", name=round_.name))
        element = add(sets, "Set", guid=key, name=f"Round {round_.name}")
        fields.describe(element, "", {"round": round_.name})
        for name in round_.transcripts:
            refer(element, "MemberSource", source_guid(name))
