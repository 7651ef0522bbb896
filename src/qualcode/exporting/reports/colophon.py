"""The colophon of a report: title, language, date, and how it was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qualcode.exporting.document.blocks import (
    UNDATED,
    Block,
    Document,
    Paragraph,
    ParagraphStyle,
)
from qualcode.exporting.document.json_writer import json_bytes
from qualcode.exporting.document.table import Table, heading, text_table
from qualcode.exporting.document.table_writers import xlsx_bytes
from qualcode.exporting.reports.omissions import describe_omissions, omission_tables
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import GROUP_NAMES, LocalText, Provenance
from qualcode.model.json_values import to_json_value


@dataclass(frozen=True, slots=True)
class About:
    """What a report says of itself, whatever it is on.

    Attributes:
        title: Name of the study, printed under the title of the document.
        language: ``nl`` or ``en``, for the words that are not the respondents'.
        author: Name for the file's properties; nobody where it is empty.
        created: Date for the file's properties.
        group_names: What the members of a respondent group are called together.
        provenance: Its provenance; left out if None.
    """

    title: str = ""
    language: str = "nl"
    author: str = ""
    created: datetime = UNDATED
    group_names: Mapping[str, LocalText] | None = None
    provenance: Provenance | None = None

    def words(self) -> Wording:
        """Return how its language words what is printed.

        Raises:
            InvalidValueError: reports are not written in it.
        """
        return Wording(self.language, GROUP_NAMES if self.group_names is None else self.group_names)


def report_document(
    title: str, about: About, lead: tuple[Block, ...], blocks: tuple[Block, ...]
) -> Document:
    """Return a report laid out for reading."""
    return Document(title, about.title, about.language, lead, blocks, about.author, about.created)


def report_xlsx(tables: Sequence[Table[Any]], about: About, title: str) -> bytes:
    """Return a report as sheets; ``title`` is that of a study without a name."""
    provenance = about.provenance
    if provenance is not None:
        # First, because no reader of a figure should miss what it leaves out.
        tables = (*omission_tables(provenance.codings, provenance.omissions), *tables)
    return xlsx_bytes(
        tables, title=about.title or title, language=about.language, created=about.created
    )


def report_json(kind: str, about: About, content: Mapping[str, object]) -> bytes:
    """Return a report with every field; ``kind`` names the format ("quotes")."""
    head = {
        "format": f"qualcode {kind} 1",
        "title": about.title,
        "language": about.language,
        "made": to_json_value(about.provenance),
    }
    return json_bytes({**head, **content})


def provenance_blocks(provenance: Provenance | None, words: Wording) -> tuple[Block, ...]:
    """Return how a report was made, as one paragraph under its name."""
    if provenance is None:
        return ()
    sentences = (Message("How this was made."), *_sentences(provenance, words))
    omissions = describe_omissions(provenance.codings, provenance.omissions)
    return (
        *map(Paragraph, omissions),
        Paragraph(" ".join(map(words, sentences)), ParagraphStyle.NOTE),
    )


def provenance_tables(provenance: Provenance | None, words: Wording) -> tuple[Table[str], ...]:
    """Return how a report was made, as a sheet with a sentence on each row."""
    if provenance is None:
        return ()
    lines = tuple(_sentences(provenance, words))
    return (text_table(Message("How made"), heading("description"), lines),)


def describe_basis(provenance: Provenance) -> tuple[Message, Message]:
    """Return on how many interviews something is based, and whose codings count."""
    if provenance.kinds:
        basis = Message(
            "Based on {n} of {sources}: {kinds}.",
            n=provenance.interviews,
            sources=_count_sources(provenance.of_interviews),
            kinds=tuple(_KINDS[kind](count) for kind, count in provenance.kinds),
        )
    else:
        basis = Message(
            "Based on {n} of {interviews}.",
            n=provenance.interviews,
            interviews=count_interviews(provenance.of_interviews),
        )
    return basis, provenance.describe_layer()


def _sentences(provenance: Provenance, words: Wording) -> Iterator[str]:
    basis, layer = describe_basis(provenance)
    yield basis
    if provenance.questions:
        questions = (f"{number}. {q}" for number, q in enumerate(provenance.questions, 1))
        yield Message("The questions of the survey: {questions}", questions="; ".join(questions))
    yield layer
    yield Message(
        "Codebook: {codebook}, version {version}.",
        codebook=provenance.codebook,
        version=provenance.codebook_version,
    )
    if provenance.changed_at:
        yield Message("State of the project on {day}.", day=words.day(provenance.changed_at))
    # Without a consensus nothing was to be settled.
    if provenance.consensus and provenance.unsettled is not None:
        yield _open_differences(provenance.unsettled)
    withheld = [words(part) for part in _withheld_parts(provenance, words)]
    if withheld:
        yield Message("So that nobody is recognised: {parts}.", parts="; ".join(withheld))


def count_interviews(count: int) -> Message:
    """Return "1 interview" or "3 interviews"."""
    return Message.counted("{count} interview", "{count} interviews", count)


_KINDS: Mapping[str, Callable[[int], Message]] = {
    "interview": count_interviews,
    "group": lambda count: Message.counted(
        "{count} group discussion", "{count} group discussions", count
    ),
    "document": lambda count: Message.counted("{count} document", "{count} documents", count),
    "answers": lambda count: Message.counted(
        "the answers to {count} question", "the answers to {count} questions", count
    ),
}


def _count_sources(count: int) -> Message:
    return Message.counted("{count} source", "{count} sources", count)


def count_material(count: int, provenance: Provenance | None) -> Message:
    """Return "3 interviews", or "3 sources" where some are no interviews."""
    return _count_sources(count) if provenance and provenance.kinds else count_interviews(count)


def _open_differences(count: int) -> Message:
    if not count:
        return Message("All disagreements between the two coders are resolved.")
    return Message.counted(
        "Not resolved yet: {count} disagreement between the two coders; that passage does "
        "not count.",
        (
            "Not resolved yet: {count} disagreements between the two coders; those passages do "
            "not count."
        ),
        count,
    )


def _withheld_parts(provenance: Provenance, words: Wording) -> Iterator[Message]:
    """Yield what was done so that no respondent is recognised."""
    if provenance.left_out:
        yield Message.counted(
            "{count} passage is left out", "{count} passages are left out", provenance.left_out
        )
    if provenance.coarser:
        names = [words.attribute(name) for name in provenance.coarser]
        yield Message("given in less detail or not at all: {names}", names=names)
    if provenance.hidden_below:
        yield Message(
            "counts of fewer than {n} cases are shown as <{n}, and … replaces a count that "
            "would give them away",
            n=provenance.hidden_below,
        )
