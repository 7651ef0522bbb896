"""Reads the texts of a REFI-QDA project: decodes each once and cuts it into turns."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from qualcode.errors import InvalidValueError, UnreadableFileError
from qualcode.importing.derived_transcript import derive_transcript
from qualcode.importing.refi.container import (
    Container,
    child,
    children,
    guid_of,
    local_name,
    text_of,
)
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.positions import StoredText
from qualcode.importing.source import LONGEST_TEXT, DocumentSource
from qualcode.importing.text_encoding import decode_as_stored, has_byte_order_mark
from qualcode.importing.transcripts import SUFFIXES
from qualcode.messages import Message
from qualcode.model import FrozenMap, Original, Role, Span, Speaker, Transcript, Turn, text_hash
from qualcode.model.extension_block import split_extension_block

if TYPE_CHECKING:
    from lxml.etree import _Element

LONGEST_TEXTS = 40_000_000
"""Characters of all texts of a file together."""
_TOO_LONG = Message(
    "They have more than {longest_text} characters, far too many.", longest_text=f"{LONGEST_TEXT:,}"
)
_TOO_MUCH = Message(
    "All together have more than {longest_texts} characters, far too many.",
    longest_texts=f"{LONGEST_TEXTS:,}",
)
# No character of UTF-8 takes more, so a longer file need not be decoded to be refused.
_MOST_BYTES = 4
_KINDS = ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource")
_TEXTS = ("Representation", "Transcript", "TextDescription")
_NO_TITLE = re.compile(
    r"#?\d{1,2}(?::\d{2}){1,2}(?:[.,-]\d+)?#?|\{?[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?",
    re.IGNORECASE,
)
_DOCUMENTS = frozenset({".docx", ".htm", ".html", ".odt", ".pdf", ".rtf", ".txt"})


@dataclass(frozen=True, slots=True)
class TextElement:
    """A source with a text.

    Attributes:
        whole: Element of the source, a ``PDFSource`` for example.
        element: Element of its text: the same, its ``Representation``, ``Transcript``, ...; a
            ``PDFSource`` without one gives the text of its pages.
        key: GUID of the text.
        name: Unique name.
        stored: The text.
        original: The file that it was made from; None if there is none.
        description: Its description, without the fields of qualcode.
        extensions: The fields of qualcode.
    """

    whole: _Element
    element: _Element
    key: str
    name: str
    stored: StoredText
    original: Original | None
    description: str
    extensions: Mapping[str, Any]


def read_texts(container: Container, loss_report: LossReport) -> list[TextElement]:
    """Return the sources that have a text; the others are reported."""
    sources: list[TextElement] = []
    names: set[str] = set()
    room = _Room()
    for whole in children(child(container.root, "Sources"), *_KINDS):
        elements = list(_text_elements(whole))
        if not elements:
            media = local_name(whole).removesuffix("Source").lower()
            loss_report.record_lost(
                "sources", Message("They are {media} files without a text.", media=media)
            )
        candidates = (
            _read_text(container, whole, element, names, loss_report) for element in elements
        )
        texts = [text for text in candidates if text is not None and room.takes(text, loss_report)]
        if not texts:
            loss_report.record_lost("codings", "Their source was not taken.", count_codings(whole))
        sources += texts
    return sources


class _Room:
    """The number of characters that a file may still add."""

    def __init__(self) -> None:
        self._remaining = LONGEST_TEXTS

    def takes(self, text: TextElement, loss_report: LossReport) -> bool:
        """Tell whether a text fits, and report one that does not."""
        length = len(text.stored.text)
        if length > LONGEST_TEXT or length > self._remaining:
            loss_report.record_lost("sources", _TOO_LONG if length > LONGEST_TEXT else _TOO_MUCH)
            return False
        self._remaining -= length
        return True


def count_codings(element: _Element) -> int:
    """Return the number of codings in an element, at any depth."""
    return sum(1 for _ in element.iter("{*}Coding", "Coding"))


def _text_elements(whole: _Element) -> Iterator[_Element]:
    inside = children(whole, *_TEXTS)
    if local_name(whole) == "TextSource" or (local_name(whole) == "PDFSource" and not inside):
        yield whole
    else:
        yield from inside


def _read_text(
    container: Container,
    whole: _Element,
    element: _Element,
    names: set[str],
    loss_report: LossReport,
) -> TextElement | None:
    description, extensions = split_extension_block(text_of(element, "Description"))
    title = str(extensions.get("name") or "") or _title(whole, element)
    name = free_name(title, names)
    stored = _stored(container, element, name, loss_report)
    if stored is None:
        return None
    if not stored.text.strip():
        loss_report.record_lost("sources", "Their text is empty.")
        return None
    if name != title:
        message = Message("Several sources have the name '{name}'; they got a number.", name=title)
        loss_report.record_changed("sources", message)
    names.add(name)
    pages = whole.get("path") if local_name(whole) == "PDFSource" else None
    paths = element.get("richTextPath"), pages, element.get("plainTextPath")
    original = _original(container, paths, name, extensions, stored.text)
    # Positions are looked up by this key, and texts without a GUID must not share one.
    key = guid_of(element.get("guid")) or f"source {len(names)}"
    return TextElement(whole, element, key, name, stored, original, description, extensions)


def _title(whole: _Element, element: _Element) -> str:
    """Return what a source is called: by its name, else by its file."""
    paths = (
        part.get(key) or ""
        for part in (whole, element)
        for key in ("path", "richTextPath", "plainTextPath")
    )
    files = (PurePath(path.rpartition("://")[2].replace("\\", "/")).stem for path in paths)
    names = (whole.get("name"), element.get("name"), *files)
    titles = [name.strip() for name in names if name and name.strip()]
    # The transcript of a recording may be called by the time of its first sync point or a GUID.
    telling = (title for title in titles if not _NO_TITLE.fullmatch(title))
    return next(telling, titles[0] if titles else "source")


def free_name(name: str, names_in_use: Collection[str]) -> str:
    """Return a name, followed by a number if the name is in use."""
    if name not in names_in_use:
        return name
    last, free = 1, 2
    while f"{name} ({free})" in names_in_use:
        last, free = free, 2 * free
    # Binary search: thousands of sources with one name must not take millions of steps.
    while last + 1 < free:
        middle = (last + free) // 2
        last, free = (middle, free) if f"{name} ({middle})" in names_in_use else (last, middle)
    return f"{name} ({free})"


def _stored(
    container: Container, element: _Element, name: str, loss_report: LossReport
) -> StoredText | None:
    # Some programs leave the path out, and name the file after the source.
    by_guid = element.get("guid", "").strip("{}") + ".txt"
    for path in (element.get("plainTextPath") or "", by_guid):
        data = container.read(path)
        if data is not None and len(data) > _MOST_BYTES * LONGEST_TEXT:
            loss_report.record_lost("sources", _TOO_LONG)
            return None
        if data is not None:
            raw, problems = decode_as_stored(data, name)
            for problem in problems:
                loss_report.record_changed("sources", problem.message)
            return StoredText.of(raw, has_bom=has_byte_order_mark(data))
    inline = child(element, "PlainTextContent")
    if inline is not None:
        return StoredText.of("".join(map(str, inline.itertext())))
    return _of_document(container, element, name, loss_report)


def _of_document(
    container: Container, element: _Element, name: str, loss_report: LossReport
) -> StoredText | None:
    path = element.get("richTextPath") or element.get("path") or ""
    data = container.read(path)
    if data is None:
        loss_report.record_lost("sources", "Their file is not in the archive.")
        return None
    suffix = PurePath(path).suffix.casefold()
    try:
        document = SUFFIXES[suffix](data, name) if suffix in _DOCUMENTS else None
    except UnreadableFileError:
        document = None
    if not isinstance(document, DocumentSource):
        loss_report.record_lost(
            "sources", "Their plain text is missing and their document cannot be read."
        )
        return None
    loss_report.record_changed(
        "sources", "Their plain text is missing; that of their document was taken."
    )
    return StoredText.of(document.text)


def _original(
    container: Container,
    paths: Sequence[str | None],
    name: str,
    extensions: Mapping[str, Any],
    text: str,
) -> Original | None:
    original_fields = extensions.get("original")
    if isinstance(original_fields, Mapping):
        data = container.read(str(original_fields.get("file") or ""))
        file_name = str(original_fields.get("name") or name)
        return Original(file_name, text.encode() if data is None else data)
    # Our own file has no original where it was written without them, on purpose.
    if extensions:
        return None
    for path in filter(None, paths):
        data = container.read(path)
        if data is not None:
            return Original(_with_suffix(name, PurePath(path).suffix or ".txt"), data)
    return Original(_with_suffix(name, ".txt"), text.encode())


def _with_suffix(name: str, suffix: str) -> str:
    bare = PurePath(name.replace("\\", "/")).name
    return bare if bare.casefold().endswith(suffix.casefold()) else bare + suffix


def make_transcript(
    source: TextElement, language: str, roles: Mapping[str, Role], loss_report: LossReport
) -> Transcript:
    """Return the transcript of a source, with the turns that qualcode stored or new ones.

    Args:
        source: The source.
        language: Language of the text, where the file does not say.
        roles: Roles that the user gave, by label.
        loss_report: Where changes are reported.
    """
    # Stored turns fit only the text they were made for; another program may have edited it.
    if "turns" in source.extensions and source.extensions.get("sha256") == text_hash(
        source.stored.text
    ):
        try:
            return _stored_transcript(source, language)
        except (InvalidValueError, ValueError, TypeError, IndexError, KeyError):
            loss_report.record_changed("sources", "Their turns were damaged and were found anew.")
    elif source.extensions:
        loss_report.record_changed(
            "sources", "Their text is not the one we wrote; turns were found anew."
        )
    return derive_transcript(
        source.name,
        source.stored.text,
        source_file=source.original.file_name if source.original else "",
        language=language,
        roles=roles,
        loss_report=loss_report,
    )


def _stored_transcript(source: TextElement, language: str) -> Transcript:
    extensions = source.extensions
    proposed = extensions.get("proposed", ())
    speakers = tuple(
        Speaker(label, Role(role), confirmed=label not in proposed)
        for label, role in extensions["speakers"]
    )
    turns = tuple(
        Turn(number, speakers[speaker_index].label, Span(start, end), time)
        for number, speaker_index, start, end, time in extensions["turns"]
    )
    return Transcript(
        name=source.name,
        text=source.stored.text,
        speakers=speakers,
        turns=turns,
        source_file=str(extensions.get("source_file", "")),
        language=str(extensions.get("language", language)),
        attributes=FrozenMap(
            {str(key): str(value) for key, value in extensions.get("attributes", {}).items()}
        ),
    )
