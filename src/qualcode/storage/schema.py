"""The tables of a project after the newest migration.

Defines names and types of tables and columns. ``migrations`` creates and changes them in a
file; a test proves that both give the same schema.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
    true,
)
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator

from qualcode.errors import DamagedProjectError, InvalidValueError
from qualcode.messages import Message
from qualcode.storage.message_codec import pack_message, unpack_message

SCHEMA = 5
"""Number of the newest schema; equals the head of the migrations."""

# Made once: `json.dumps` with these options would make one for each value.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

# PostgreSQL refuses NUL, and UTF-8 has no form for half a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class UnstorableTextError(InvalidValueError, DontWrapMixin):
    """A text with a character that cannot be stored."""


def refuse_unstorable(value: str, label: str) -> None:
    """Refuse a text that holds a NUL character or half a character."""
    match = _UNSTORABLE.search(value)
    if match:
        raise UnstorableTextError(
            Message(
                "The {label} holds a NUL character at position {match}, which cannot be stored. "
                "Remove it and try again.",
                label=label,
                match=match.start(),
            )
            if match.group() == "\x00"
            else Message(
                "The {label} holds half a character (a surrogate) at position {match}, which "
                "cannot be stored. Remove it and try again.",
                label=label,
                match=match.start(),
            )
        )


def damaged_value(label: str) -> DamagedProjectError:
    """Return the error for a stored value that is none; ``label`` names it."""
    return DamagedProjectError(
        Message(
            "A stored {label} is damaged and cannot be read. 'qualcode check' lists the damage; go "
            "back to the newest backup, or save what is whole with 'qualcode rescue'.",
            label=label,
        )
    )


class StorableMessage(TypeDecorator[str]):
    """A sentence as its template and values, so that it can be read in another language later.

    Any other text is stored as it is, and so were the sentences of older projects.
    """

    impl = Text
    cache_ok = True

    def __init__(self, label: str = "text") -> None:
        super().__init__()
        self.label = label

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return a message as JSON and another text unchanged, or refuse it."""
        if value is None:
            return None
        refuse_unstorable(value, self.label)
        return pack_message(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the message of a stored text."""
        return None if value is None else unpack_message(value)


class StorableText(TypeDecorator[str]):
    """Text without NUL and lone surrogates; ``label`` names it in the error."""

    impl = Text
    cache_ok = True

    def __init__(self, label: str = "text") -> None:
        super().__init__()
        self.label = label

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text unchanged, or refuse it."""
        if value is not None:
            refuse_unstorable(value, self.label)
        return value


class JsonValue(TypeDecorator[Any]):
    """A JSON value, kept as readable text with sorted keys."""

    impl = Text
    cache_ok = True

    def __init__(self, label: str = "value") -> None:
        super().__init__()
        self.label = label

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:  # noqa: ARG002
        """Return the value as JSON text, or refuse it."""
        return to_json(value, self.label)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return the value of a JSON text."""
        try:
            return None if value is None else json.loads(value)
        except (ValueError, TypeError, RecursionError) as error:
            raise damaged_value(self.label) from error


class UtcTime(TypeDecorator[datetime]):
    """A time in UTC, stored as ISO 8601 text that sorts by time."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the time as text; a time without a zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise UnstorableTextError(
                Message("The time {value} has no time zone. Give it in UTC.", value=value)
            )
        # A fixed number of digits, so that times sort as texts in every database.
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the time of a text."""
        try:
            time = None if value is None else datetime.fromisoformat(value)
        except (ValueError, TypeError) as error:
            raise damaged_value("time") from error
        # Times of the project are compared, and one without a zone cannot be.
        if time is not None and time.tzinfo is None:
            raise damaged_value("time")
        return time


def to_json(value: Any, label: str = "value") -> str:
    """Return a value as JSON text, equal for equal values; NUL is refused."""
    for word in _strings(value):
        refuse_unstorable(word, label)
    # Sorted keys: undo compares states by their text.
    return _ENCODER.encode(value)


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [word for pair in value.items() for part in pair for word in _strings(part)]
    if isinstance(value, list | tuple):
        return [word for part in value for word in _strings(part)]
    return []


# Fixed names of constraints let migrations change them in both databases.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=_NAMES)


def _unique_while(name: str, condition: str, *columns: Column[Any]) -> Index:
    # Unique among rows in force only, so that a removed name can be used again. The migrations
    # give PostgreSQL the same condition; here it would load that dialect at every start.
    return Index(name, *columns, unique=True, sqlite_where=text(condition))


project = Table(
    "project",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", StorableText("name of the project"), nullable=False),
    Column("language", StorableText("language of the project"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("key", StorableText("key of a setting"), primary_key=True),
    Column("value", JsonValue("value of a setting"), nullable=False),
)

transcripts = Table(
    "transcripts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", StorableText("name of a transcript"), nullable=False),
    Column("text", StorableText("text of a transcript"), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("original_sha256", String(64), nullable=False),
    Column("source_file", StorableText("file name of a transcript"), nullable=False),
    Column("language", StorableText("language of a transcript"), nullable=False),
    Column(
        "attributes",
        JsonValue("attributes of a transcript"),
        nullable=False,
        server_default="[]",
    ),
    Column("removed", Boolean(name="removed"), nullable=False),
)
_unique_while("uq_transcripts_name", "NOT removed", transcripts.c.name)
# Two respondents may give the same answer, so texts and files are not unique.
for _column in ("sha256", "original_sha256"):
    Index(f"ix_transcripts_{_column}", transcripts.c[_column])

originals = Table(
    "originals",
    metadata,
    Column("transcript_id", ForeignKey(transcripts.c.id, ondelete="CASCADE"), primary_key=True),
    Column("file_name", StorableText("file name of a transcript"), nullable=False),
    Column("data", LargeBinary, nullable=False),
)

# What a transcript said before a corrected text took its place.
text_versions = Table(
    "text_versions",
    metadata,
    Column("transcript_id", ForeignKey(transcripts.c.id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text", StorableText("text of a transcript"), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("file_name", StorableText("file name of a transcript"), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("replaced_at", UtcTime, nullable=False),
    Column("who", StorableText("name of a coder"), nullable=False),
)

# Only hashes: they refuse a withdrawn text that comes back, and hold no word of it.
withdrawn_texts = Table(
    "withdrawn_texts",
    metadata,
    Column("sha256", String(64), primary_key=True, comment="of a text or of its file"),
    Column("withdrawn_at", UtcTime, nullable=False),
)

speakers = Table(
    "speakers",
    metadata,
    Column("transcript_id", ForeignKey(transcripts.c.id, ondelete="CASCADE"), primary_key=True),
    Column("label", StorableText("label of a speaker"), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("confirmed", Boolean(name="confirmed"), nullable=False, server_default=true()),
)

turns = Table(
    "turns",
    metadata,
    Column("transcript_id", ForeignKey(transcripts.c.id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("speaker", StorableText("label of a speaker"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("time_ms", BigInteger),
)

segments = Table(
    "segments",
    metadata,
    Column("transcript_id", ForeignKey(transcripts.c.id, ondelete="CASCADE"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("turns", JsonValue, nullable=False),
    Column("question", StorableText("question of a segment")),
)

cases = Table(
    "cases",
    metadata,
    Column("name", StorableText("name of a case"), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("attributes", JsonValue("attributes of a case"), nullable=False),
)

case_transcripts = Table(
    "case_transcripts",
    metadata,
    Column("case", ForeignKey(cases.c.name, ondelete="CASCADE"), primary_key=True),
    Column("transcript_id", ForeignKey(transcripts.c.id), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("speakers", JsonValue("speakers of a case"), nullable=False, server_default="[]"),
    Column(
        "attributes",
        JsonValue("attributes of a participation"),
        nullable=False,
        server_default="[]",
    ),
)

codes = Table(
    "codes",
    metadata,
    Column("id", StorableText("id of a code"), primary_key=True),
    Column("path", Text, nullable=False, comment="in the newest codebook that has the code"),
    Column("shown", Text, nullable=False, comment="likewise, of the code it was merged into"),
    Column("position", Integer, comment="in the latest codebook; null where it is not in it"),
    Column("retired", Boolean(name="retired"), nullable=False),
)

codebooks = Table(
    "codebooks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("book", JsonValue("codebook"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("who", StorableText("name of a coder"), nullable=False),
    Column("note", StorableMessage("note on a codebook version"), nullable=False),
    Column("removed", Boolean(name="removed"), nullable=False),
)
_unique_while("uq_codebooks_version", "NOT removed", codebooks.c.version)

guides = Table(
    "guides",
    metadata,
    Column("name", StorableText("name of a guide"), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("guide", JsonValue("guide"), nullable=False),
)

coders = Table(
    "coders",
    metadata,
    Column("name", StorableText("name of a coder"), primary_key=True),
    Column("position", Integer, nullable=False),
)

rounds = Table(
    "rounds",
    metadata,
    Column("name", StorableText("name of a round"), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("round", JsonValue("round"), nullable=False),
)

# Codings refer to the id of a code, so they follow a code that is renamed or moved.
codings = Table(
    "codings",
    metadata,
    Column("id", StorableText("id of a coding"), primary_key=True),
    Column("transcript_id", ForeignKey(transcripts.c.id), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", StorableText("quote of a coding"), nullable=False),
    Column("code_id", ForeignKey(codes.c.id), nullable=False, index=True),
    Column("coder", ForeignKey(coders.c.name), nullable=False, index=True),
    Column("round", StorableText("round of a coding"), nullable=False),
    Column("codebook_version", Integer, nullable=False),
    Column("memo", StorableText("memo of a coding"), nullable=False),
    Column("origin", StorableText("origin of a coding"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
)
_unique_while(
    "uq_codings_standing",
    "withdrawn_at IS NULL",
    *(codings.c[n] for n in ("transcript_id", "start", "end", "code_id", "coder", "round")),
)
Index("ix_codings_transcript_id", codings.c.transcript_id)

chosen = Table(
    "chosen",
    metadata,
    Column("coding_id", ForeignKey(codings.c.id, ondelete="CASCADE"), primary_key=True),
)

excerpts = Table(
    "excerpts",
    metadata,
    Column("coding_id", ForeignKey(codings.c.id, ondelete="CASCADE"), primary_key=True),
    Column("text", StorableText("printed text of a quote"), nullable=False),
)

# Codings whose words changed with a corrected text, until somebody confirms them.
unconfirmed = Table(
    "unconfirmed",
    metadata,
    Column("coding_id", ForeignKey(codings.c.id, ondelete="CASCADE"), primary_key=True),
    Column("quote", StorableText("earlier quote of a coding"), nullable=False),
)

memos = Table(
    "memos",
    metadata,
    Column("id", StorableText("id of a memo"), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("target_kind", String(16), nullable=False),
    Column("target", StorableText("target of a memo"), nullable=False, comment="of a code: its id"),
    Column("text", StorableText("text of a memo"), nullable=False),
    Column("author", StorableText("author of a memo"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    Index("ix_memos_target", "target_kind", "target"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("disagreement", StorableText("id of a disagreement"), nullable=False, index=True),
    Column("choice", String(16), nullable=False),
    Column("by", StorableText("name of who decided"), nullable=False),
    Column("transcript_id", ForeignKey(transcripts.c.id), nullable=False),
    Column("reason", StorableText("reason of a decision"), nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("code_id", ForeignKey(codes.c.id)),
    Column("decided_at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
)

steps = Table(
    "steps",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("who", StorableText("name of a coder"), nullable=False, index=True),
    Column("state", String(16), nullable=False, comment="done, undone, dropped or final"),
)

# States are JSON as text: undo compares them, and a removal blanks them.
events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("step", ForeignKey(steps.c.number), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("who", StorableText("name of a coder"), nullable=False),
    Column("action", String(32), nullable=False),
    Column("target", StorableText("target of an event"), nullable=False),
    Column("before", StorableText("event"), nullable=False),
    Column("after", StorableText("event"), nullable=False),
    Column("chain", String(64), nullable=False, comment="hash of this and all events before"),
    Index("ix_events_target", "action", "target"),
)

# A browser sends an edit again until it is confirmed; its number prevents a second application.
client_edits = Table(
    "client_edits",
    metadata,
    Column("client", StorableText("name of a browser"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("refused", StorableText("reason of a refusal"), nullable=False),
)

exposures = Table(
    "exposures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("coder", ForeignKey(coders.c.name), nullable=False),
    Column(
        "transcript_id",
        ForeignKey(transcripts.c.id, ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column(
        "codes", JsonValue("suggested codes"), nullable=False, comment="their paths, best first"
    ),
    Column("suggester", StorableText("name of a suggester"), nullable=False),
    Column("shown_at", UtcTime, nullable=False),
)

rejections = Table(
    "rejections",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("coder", ForeignKey(coders.c.name), nullable=False),
    Column(
        "transcript_id",
        ForeignKey(transcripts.c.id, ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("code_id", ForeignKey(codes.c.id), nullable=False),
    Column("suggester", StorableText("name of a suggester"), nullable=False),
    Column("rejected_at", UtcTime, nullable=False),
)

# Kept by triggers: see row_sums.
row_sums = Table(
    "row_sums",
    metadata,
    Column("table_name", String(32), primary_key=True),
    Column("row_key", Text, primary_key=True),
    Column("sum", BigInteger, nullable=False),
)

# They can be made again, so they leave no event. They go when texts change or are removed.
vectors = Table(
    "vectors",
    metadata,
    Column("model", StorableText("name of an embedding model"), primary_key=True),
    Column("key", String(32), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
