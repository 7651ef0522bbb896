"""The values of pseudonymization: findings, proposals and decisions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import Span


class NameKind(StrEnum):
    """Kinds of identifying passages."""

    PERSON = "person"
    PLACE = "place"
    EMPLOYER = "employer"
    ADDRESS = "address"
    PHONE = "phone"
    MAIL = "mail"
    WEBSITE = "website"
    ACCOUNT = "account"
    NUMBER = "number"
    BIRTH_DATE = "birth_date"
    DATE = "date"
    AGE = "age"
    UNKNOWN = "unknown"


IN_CONTEXT = frozenset({NameKind.AGE, NameKind.DATE, NameKind.BIRTH_DATE})
"""Kinds whose words have other meanings too: replaced only where the rules find them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One passage that may identify somebody.

    Attributes:
        span: Its place, in code points.
        text: Its words.
        kind: Its kind.
        because: The rule that found it ("first name", "after 'mijn vriend'").
        role: Word for it, without brackets and number ("vriend").
    """

    span: Span
    text: str
    kind: NameKind
    because: str
    role: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of a proposed name.

    Attributes:
        where: Description of the text ("transcript G01", "memo on case G1").
        span: Its place in that text, in code points.
        context: The words around it, on one line.
    """

    where: str
    span: Span
    context: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name to replace, with all its places, for review.

    Attributes:
        text: The words as written.
        kind: Their kind.
        replacement: The proposed replacement, in brackets.
        because: The rules that found it, each once.
        mentions: Its places, in order.
    """

    text: str
    kind: NameKind
    replacement: str
    because: tuple[str, ...]
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class NameEntry:
    """The decision on a name.

    Attributes:
        text: The words as written in the interviews.
        kind: Their kind.
        replacement: Their replacement, in brackets; ``""`` leaves them unchanged everywhere.
    """

    text: str
    kind: NameKind
    replacement: str

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidValueError("A name to replace needs a text.")
        if self.replacement and not is_bracketed(self.replacement):
            raise InvalidValueError(
                Message(
                    "The replacement of '{text}' is '{replacement}'. Write a role in brackets, "
                    "as in '[buurvrouw 1]'.",
                    text=self.text,
                    replacement=self.replacement,
                )
            )
        # the name would stay in the text, inside a role that looks safe
        if self.replacement and self.text.casefold() in self.replacement.casefold():
            raise InvalidValueError(
                Message(
                    "The replacement '{replacement}' still holds '{text}'. Choose a role.",
                    replacement=self.replacement,
                    text=self.text,
                )
            )

    @property
    def is_ignored(self) -> bool:
        """Whether the words stay as they are."""
        return not self.replacement


def is_bracketed(text: str) -> bool:
    """Tell whether a text is one role in brackets, on one line."""
    inner = text[1:-1]
    outer = text.startswith("[") and text.endswith("]")
    # a bracket or line end inside would end the note early for whoever reads the text
    return outer and bool(inner.strip()) and not set(inner) & set("[]\n\r\x00")


@dataclass(frozen=True, slots=True)
class NameKey:
    """All decisions on the names of a project; the key that leads back to people.

    Attributes:
        project: Name of the project.
        entries: One per name and kind.
    """

    project: str
    entries: tuple[NameEntry, ...] = field(default=())

    def with_entries(self, new: tuple[NameEntry, ...]) -> NameKey:
        """Return the key with new decisions, which replace earlier ones on the same name."""
        # one word may be a person in one place and a town in another: each has its decision
        merged = {(e.text, e.kind): e for e in (*self.entries, *new)}
        return NameKey(self.project, tuple(merged.values()))

    @property
    def replaced(self) -> tuple[NameEntry, ...]:
        """The names that are replaced."""
        return tuple(entry for entry in self.entries if not entry.is_ignored)

    @property
    def ignored(self) -> frozenset[str]:
        """The words that stay as they are."""
        return frozenset(entry.text for entry in self.entries if entry.is_ignored)
