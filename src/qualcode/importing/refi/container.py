"""Opens the zip of a REFI-QDA project: its one XML file and the files of its sources.

Entries are read in memory, by name; nothing is unpacked, no file outside the zip is opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from qualcode.errors import UnreadableFileError
from qualcode.importing.archive import Archive, parse_xml
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.xml_repair import repair_xml
from qualcode.messages import Message

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_CODINGS = 200_000
"""A file with more codings is refused before it is parsed; no study has so many."""
MAX_PARTS = 200_000
"""The same limit for codes, sources, notes, sets, cases and links together."""
_MAX_TAGS = 1_500_000
_CODING = re.compile(rb"<(?:[\w.-]+:)?Coding[\s>]")
_PART = re.compile(
    rb"<(?!/|(?:[\w.-]+:)?(?:PlainTextSelection|Coding|CodeRef|Description|NoteRef|SyncPoint)[\s/>])"
)
_NAMESPACE = re.compile(
    r"(?:urn:QDA-XML:(?:project|codebook):[01][.:][0-9]"
    r"|https?://(?:schema|www)\.qdasoftware\.org/[\w./-]*)?",
    re.IGNORECASE,
)


# Cached: a file repeats a few dozen tags many thousands of times.
@lru_cache(maxsize=1024)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


def local_name(element: _Element) -> str:
    """Return the name of an element without its namespace."""
    return _bare(str(element.tag))


def children(element: _Element | None, *names: str) -> list[_Element]:
    """Return the children with one of these names, whatever their namespace."""
    if element is None or not len(element):
        return []
    return [child for child in element if _bare(child.tag) in names]


def child(element: _Element | None, name: str) -> _Element | None:
    """Return the first child of this name, or None."""
    return next(iter(children(element, name)), None)


def text_of(element: _Element | None, name: str) -> str:
    """Return the text of the first child of this name; ``""`` if there is none."""
    named_child = child(element, name)
    return "" if named_child is None else "".join(map(str, named_child.itertext()))


def guid_of(value: str | None) -> str:
    """Return a GUID as 32 lower-case digits, whatever its braces, dashes and case."""
    return (value or "").strip().strip("{}").replace("-", "").lower()


def parse_refi(
    data: bytes, part: str, file_name: str, root_name: str, loss_report: LossReport
) -> _Element:
    """Return the root of REFI-QDA XML; forbidden characters are replaced and reported.

    Raises:
        UnreadableFileError: It is no REFI-QDA, declares a document type, or is far too large.
    """
    data, replaced = repair_xml(data)
    loss_report.record_changed("characters", "XML does not allow them; replaced by '?'.", replaced)
    # Counted in the bytes: a parser would need memory for every element first.
    for matches, maximum, parts in (
        (_CODING.finditer(data), MAX_CODINGS, "codings"),
        (_PART.finditer(data), MAX_PARTS, "codes, sources, notes and sets"),
        (range(data.count(b"<")), _MAX_TAGS, "parts"),
    ):
        if sum(1 for _ in matches) > maximum:
            raise UnreadableFileError(
                Message(
                    "'{file_name}' holds more than {maximum} {parts}, far more than a study "
                    "has, so it was not opened. Export the project in parts.",
                    file_name=file_name,
                    maximum=f"{maximum:,}",
                    parts=parts,
                )
            )
    root = parse_xml(data, part, file_name)
    namespace = str(root.tag).rpartition("}")[0].lstrip("{")
    if local_name(root).casefold() != root_name.casefold() or not _NAMESPACE.fullmatch(namespace):
        raise UnreadableFileError(
            Message(
                "'{file_name}' is not a REFI-QDA {root_name}: its XML begins with "
                "<{local_name}>. Export it again as .qdpx (project) or .qdc (codebook).",
                file_name=file_name,
                root_name=root_name.lower(),
                local_name=local_name(root)[:40],
            )
        )
    return root


@dataclass(frozen=True, slots=True)
class Container:
    """An opened project: its root element and the other files of the archive."""

    root: _Element
    file_name: str
    _archive: Archive
    _entries: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def open(cls, data: bytes, file_name: str, loss_report: LossReport) -> Container:
        """Open the bytes of a ``.qdpx`` file.

        Raises:
            UnreadableFileError: it is damaged, unsafe or not a project.
        """
        archive = Archive(data, file_name)
        archive.refuse_unsafe_names()
        entry = _project_entry(archive.names(), file_name)
        root = parse_refi(archive.read(entry) or b"", entry, file_name, "Project", loss_report)
        entries: dict[str, list[str]] = {}
        for name in filter(_is_content, archive.names()):
            entries.setdefault(_base_name(name), []).append(name)
        return cls(root, file_name, archive, entries)

    def read(self, path: str) -> bytes | None:
        """Return the file at the path of a source; None if it is not in the archive."""
        # Some programs write a path as a URL, with %20 for a space.
        for name in dict.fromkeys((path, unquote(path))):
            entries = self._entries.get(_base_name(name)) if name else None
            if entries:
                folder = _parts(name.rpartition("://")[2])
                same_folder = [name for name in entries if _parts(name)[-len(folder) :] == folder]
                return self._archive.read((same_folder or entries)[0])
        return None


def _parts(path: str) -> list[str]:
    return [part for part in re.split(r"[/\\]", path.casefold()) if part not in {"", "."}]


def _base_name(path: str) -> str:
    return (_parts(path) or [""])[-1]


def _is_content(name: str) -> bool:
    """Tell whether an entry is a file, and not one that macOS adds to an archive."""
    parts = _parts(name)
    return bool(parts) and "__macosx" not in parts and not parts[-1].startswith("._")


def _project_entry(names: tuple[str, ...], file_name: str) -> str:
    entries = [n for n in names if n.casefold().endswith(".qde") and _is_content(n)]
    # A second project file in a folder does not count next to one at the top.
    entries = [name for name in entries if len(_parts(name)) == 1] or entries
    usual = [name for name in entries if _base_name(name) == "project.qde"]
    chosen = usual or entries
    if len(chosen) == 1:
        return chosen[0]
    raise UnreadableFileError(
        Message(
            "'{file_name}' holds {count_entries} projects (.qde), so it cannot be read as a "
            "REFI-QDA project. Export it again.",
            file_name=file_name,
            count_entries=len(entries),
        )
        if entries
        else Message(
            "'{file_name}' holds no project (.qde), so it cannot be read as a REFI-QDA "
            "project. Export it again.",
            file_name=file_name,
        )
    )
