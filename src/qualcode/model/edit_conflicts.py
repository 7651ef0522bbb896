"""Two people who edit one thing at once: what only one of them changed, and what both did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qualcode.model.codebook import Code, name_field
from qualcode.model.frozen import LocalText


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field that two people changed, each without having seen the other's change.

    Attributes:
        field: The field, with the language of a text: ``definition.nl``, ``terms``.
        new_text: What the later of the two wants to save: a text, or what the field of
            :class:`Code` holds.
        stored_text: What is stored.
        author: Who stored it; ``""`` where nobody was named, or it came back by an undo.
        at: When, in UTC; None if it came back by an undo.
        title: What the field is called; a field of a code knows that itself.
    """

    field: str
    new_text: Any
    stored_text: Any
    author: str = ""
    at: datetime | None = None
    title: str = ""

    @property
    def field_name(self) -> str:
        """What the field is called: "Definition (nl)"."""
        return self.title or name_field(self.field)


def merge_fields(
    as_read: Code, stored: Code, fields: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[FieldConflict, ...]]:
    """Merge what somebody changed in a code with what others stored meanwhile.

    Texts are merged per language. What both changed alike is no conflict.

    Args:
        as_read: The code from which the change was made.
        stored: The code as it is stored now.
        fields: The new values, by the names of the fields of :class:`Code`.

    Returns:
        The value of each field, where both changed it that which is stored; and the conflicts.
    """
    merged: dict[str, Any] = {}
    conflicts: list[FieldConflict] = []
    for name, value in fields.items():
        old_value, stored_value = getattr(as_read, name), getattr(stored, name)
        if name not in Code.TEXT_FIELDS:
            merged[name] = _choose(name, old_value, value, stored_value, conflicts)
            continue
        texts: dict[str, str] = {
            language: _choose(
                f"{name}.{language}",
                old_value.get(language, ""),
                value.get(language, ""),
                stored_value.get(language, ""),
                conflicts,
            )
            for language in dict.fromkeys((*stored_value, *value))
        }
        merged[name] = LocalText.of(texts)
    return merged, tuple(conflicts)


def merge_values(
    as_read: Mapping[str, Any], stored: Mapping[str, Any], fields: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[FieldConflict, ...]]:
    """Merge what somebody changed in a form with what others stored meanwhile; see `merge_fields`.

    Args:
        as_read: Values by field, from which the change was made. A field that is missing had no
            value.
        stored: Values as they are stored now.
        fields: The new values.

    Returns:
        The value of each of the new fields, where both changed it that which is stored; and the
        conflicts.
    """
    conflicts: list[FieldConflict] = []
    merged = {
        name: _choose(name, as_read.get(name), value, stored.get(name), conflicts)
        for name, value in fields.items()
    }
    return merged, tuple(conflicts)


def _choose(
    field: str, old_value: Any, value: Any, stored_value: Any, conflicts: list[FieldConflict]
) -> Any:
    if value == old_value:
        return stored_value
    if stored_value in (old_value, value):
        return value
    conflicts.append(FieldConflict(field, value, stored_value))
    return stored_value


def value_of(code: Code, field: str) -> Any:
    """Return the value of a field, or of a text in one language (``definition.nl``)."""
    name, _, language = field.partition(".")
    value = getattr(code, name)
    return value.get(language, "") if language else value
