"""What every report says of itself: title, language, date, and how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from qualcode.exporting.document.blocks import (
    UNDATED,
    Block,
    Document,
    Paragraph,
    ParagraphStyle,
    Table,
)
from qualcode.exporting.document.json_writer import json_bytes
from qualcode.exporting.document.table_writers import xlsx_bytes
from qualcode.exporting.reports.columns import columns
from qualcode.exporting.words import Words
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
        made: How it was made; left out where it is None.
    """

    title: str = ""
    language: str = "nl"
    author: str = ""
    created: datetime = UNDATED
    group_names: Mapping[str, LocalText] | None = None
    made: Provenance | None = None

    def words(self) -> Words:
        """Return the printed words of its language.

        Raises:
            InvalidValueError: there are no words in it.
        """
        return Words(self.language, GROUP_NAMES if self.group_names is None else self.group_names)


def report_document(
    title: str, about: About, lead: tuple[Block, ...], blocks: tuple[Block, ...]
) -> Document:
    """Return a report laid out for reading."""
    return Document(title, about.title, about.language, lead, blocks, about.author, about.created)


def report_xlsx(tables: Sequence[Table], about: About, title: str) -> bytes:
    """Return a report as sheets; ``title`` is that of a study without a name."""
    named = about.title or title
    return xlsx_bytes(tables, title=named, language=about.language, created=about.created)


def report_json(kind: str, about: About, content: Mapping[str, object]) -> bytes:
    """Return a report with every field; ``kind`` names the format ("quotes")."""
    head = {
        "format": f"qualcode {kind} 1",
        "title": about.title,
        "language": about.language,
        "made": to_json_value(about.made),
    }
    return json_bytes({**head, **content})


def made_blocks(made: Provenance | None, words: Words) -> tuple[Block, ...]:
    """Return how a report was made, as one paragraph under its name."""
    if made is None:
        return ()
    text = " ".join(chain((words("made"),), _sentences(made, words)))
    return (Paragraph(text, ParagraphStyle.NOTE),)


def made_tables(made: Provenance | None, words: Words) -> tuple[Table, ...]:
    """Return how a report was made, as a sheet with a sentence on each row."""
    if made is None:
        return ()
    rows = tuple((text,) for text in _sentences(made, words))
    return (Table(words("sheet_made"), columns(words, "description"), rows),)


def _sentences(made: Provenance, words: Words) -> Iterator[str]:
    yield words(
        "made_interviews", n=made.interviews, of=words.count("transcript", made.of_interviews)
    )
    yield _whose(made, words)
    yield words("made_codebook", codebook=made.codebook, version=made.codebook_version)
    if made.changed_at:
        yield words("made_state", day=words.day(made.changed_at))
    if made.consensus and made.unsettled is not None:
        yield words("made_unsettled", n=made.unsettled) if made.unsettled else words("made_settled")
    yield from _held_back(made, words)


def _whose(made: Provenance, words: Words) -> str:
    coders = _listed(made.coders, words)
    if made.layer == "all":
        return words("made_all", coders=coders)
    if not made.consensus:
        return words("made_one" if len(made.coders) == 1 else "made_each", coders=coders)
    pair = _listed(made.pair or made.coders, words)
    if made.single:
        return words("made_mixed", n=made.consensus, rest=made.single, pair=pair)
    return words("made_consensus", coders=pair) if pair else words("made_agreed")


def _held_back(made: Provenance, words: Words) -> Iterator[str]:
    parts = []
    if made.left_out:
        parts.append(words.count("left_out", made.left_out))
    if made.coarser:
        names = _listed([words.attribute(name) for name in made.coarser], words)
        parts.append(words("made_coarser", names=names))
    if made.hidden_below:
        parts.append(words("made_hidden", n=made.hidden_below))
    if parts:
        yield words("made_held_back", parts="; ".join(parts))


def _listed(names: Sequence[str], words: Words) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    *first, last = names or ("",)
    return words("and", first=", ".join(first), last=last) if first else last
