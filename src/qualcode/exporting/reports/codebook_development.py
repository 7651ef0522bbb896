"""The development of a codebook: what it began with, and what changed in each version, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import Block, Bullets, Heading, Paragraph, note
from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.reports.annex_files import write_annex
from qualcode.exporting.reports.colophon import About
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import Codebook, CodeChange
from qualcode.model.annex import VersionReport, VersionUse
from qualcode.model.codebook import CODE_FIELDS

# Colours and lists of words are nothing to a reader of the paper.
_UNSAID = frozenset({"terms", "color"})


def write_development(
    versions: Sequence[VersionReport],
    settled: Sequence[tuple[str, int]],
    path: Path,
    about: About,
) -> None:
    """Write how a codebook came about.

    Args:
        versions: Its versions, the first one first, with aliases of coders.
        settled: The codes at which decisions on disagreements asked for a change, with how many.
        path: Where to write: .docx, .html, .md, .xlsx or .csv.
        about: Language and date.
    """
    words = about.words()
    table = _overview(versions, words)
    blocks = tuple(_blocks(versions, settled, table, words))
    write_annex(Message("Development of the codebook"), blocks, path, about, [table])


def _blocks(
    versions: Sequence[VersionReport],
    settled: Sequence[tuple[str, int]],
    table: Table[VersionReport],
    words: Wording,
) -> Iterator[Block]:
    first, last = versions[0], versions[-1]
    yield Heading(3, Message("Initial set"))
    yield Paragraph(
        Message(
            "The first version, of {day}, had {codes} under {themes}.",
            day=words.day(first.at),
            codes=_count_codes(first.codebook),
            themes=_count_themes(first.codebook),
        )
    )
    labels = Labels(first.codebook, words.language)
    yield Bullets(
        tuple(
            words(_theme_line(first.codebook, theme.path, labels))
            for theme in first.codebook.themes
            if not theme.retired
        )
    )
    yield Heading(3, Message("Versions"))
    if len(versions) == 1:
        yield Paragraph(Message("The codebook has not been changed since."))
    yield table
    for before, version in pairwise(versions):
        yield from _version_blocks(before, version, words)
    if settled:
        labels = Labels(last.codebook, words.language)
        yield Heading(3, Message("Asked for by decisions on disagreements"))
        yield note(
            Message(
                "Codes at which who settled a disagreement wrote that the codebook must change."
            )
        )
        lines = (
            Message("{code}: {count}", code=labels(path), count=count) for path, count in settled
        )
        yield Bullets(tuple(map(words, lines)))


def _theme_line(codebook: Codebook, theme: str, labels: Labels) -> Message:
    below = [code for code in codebook.subtree(theme) if code.path != theme and not code.retired]
    names = "; ".join(labels(code.path) for code in below) or "–"
    return Message("{name}: {value}", name=labels(theme), value=names)


def _version_blocks(
    before: VersionReport, version: VersionReport, words: Wording
) -> Iterator[Block]:
    lines = tuple(words(line) for line in _changes(before.codebook, version, words))
    if not lines:
        return
    yield Heading(
        3,
        Message("Version {version}, {day}", version=version.version, day=words.day(version.at)),
    )
    yield Bullets(lines)


def _changes(before: Codebook, version: VersionReport, words: Wording) -> Iterator[Message]:
    """Yield each change in a sentence; the texts of one code together."""
    new, old = Labels(version.codebook, words.language), Labels(before, words.language)
    edited: dict[str, list[Message]] = {}
    for change in version.changes:
        name = change.field.partition(".")[0]
        if change.kind == "changed":
            field = CODE_FIELDS[name]
            if name not in _UNSAID and field not in edited.setdefault(change.path, []):
                edited[change.path].append(field)
        elif (sentence := _sentence(change, new, old)) is not None:
            yield sentence
    for path, fields in edited.items():
        if fields:
            yield Message("Changed in ‘{code}’: {fields}.", code=new(path), fields=tuple(fields))


def _sentence(change: CodeChange, new: Labels, old: Labels) -> Message | None:
    code = old(change.path) if change.kind == "removed" else new(change.path)
    if change.kind == "moved":
        old_name = old(change.before)
        return Message("Moved or renamed: ‘{old}’ to ‘{code}’.", old=old_name, code=code)
    if change.kind == "merged":
        return Message("Joined: ‘{code}’ with ‘{into}’.", code=code, into=new(change.after))
    sentences = {
        "added": Message("Added: ‘{code}’.", code=code),
        "removed": Message("Removed: ‘{code}’.", code=code),
        "retired": Message("No longer used: ‘{code}’.", code=code),
        "restored": Message("In use again: ‘{code}’.", code=code),
    }
    return sentences.get(change.kind)


def _overview(versions: Sequence[VersionReport], words: Wording) -> Table[VersionReport]:
    columns: tuple[Column[VersionReport], ...] = (
        Column("version", heading("version"), lambda v: v.version, Kind.COUNT),
        Column("date", heading("date"), lambda v: words.day(v.at)),
        Column("who", heading("who"), lambda v: v.coder or "–"),
        Column("codes", heading("codes"), lambda v: _number_of_codes(v.codebook), Kind.COUNT),
        Column("note", heading("why"), lambda v: words(_why(v.note)) or "–", Kind.LONG),
        Column("used", heading("used for"), lambda v: _uses(v.uses, words), Kind.LONG),
    )
    return Table(Message("Versions"), columns, tuple(versions))


def _why(note_text: str) -> str:
    """Return the note of a version; of a file not its name, which may be that of a person."""
    if isinstance(note_text, Message) and note_text.template == "read from {name}":
        return Message("read from a file")
    return note_text


def _uses(uses: Sequence[VersionUse], words: Wording) -> str:
    lines = (
        Message(
            "{round}: {codings} codings in {interviews} interviews",
            round=use.round or Message("outside rounds"),
            codings=use.codings,
            interviews=use.interviews,
        )
        for use in uses
    )
    return "\n".join(map(words, lines)) or "–"


def _number_of_codes(codebook: Codebook) -> int:
    # A theme is counted as a theme.
    return sum(bool(code.parent) for code in codebook.active)


def _count_codes(codebook: Codebook) -> Message:
    return Message.counted("{count} code", "{count} codes", _number_of_codes(codebook))


def _count_themes(codebook: Codebook) -> Message:
    count = sum(not code.parent for code in codebook.active)
    return Message.counted("{count} theme", "{count} themes", count)
