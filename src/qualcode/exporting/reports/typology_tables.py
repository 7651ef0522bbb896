"""The types of cases as a table: which codes and attribute values go with each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from qualcode.exporting.document.table import Column, Kind, Table, heading
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AttributeCount,
    CodeCount,
    TypeGroup,
)

# Types


_Frequency = CodeCount | AttributeCount | None
"""How often a code or an attribute value occurs in a type; None for a type without any."""


class _TypeFrequency(NamedTuple):
    type: TypeGroup
    frequency: _Frequency


def types_table(groups: Iterable[TypeGroup], words: Wording) -> Table[_TypeFrequency]:
    """Return the codes and attributes that go with each type, with counts."""
    columns: tuple[Column[_TypeFrequency], ...] = (
        Column("type", heading("type"), lambda row: row.type.name),
        Column("members", heading("cases"), lambda row: _members(row.type)),
        Column("attribute", heading("attribute"), lambda row: _attribute(row.frequency, words)),
        Column("value", heading("value"), lambda row: _attribute_value(row.frequency, words)),
        _frequency_column("inside", heading("inside")),
        _frequency_column("of_inside", heading("of inside")),
        _frequency_column("outside", heading("outside")),
        _frequency_column("of_outside", heading("of outside")),
    )
    rows: list[_TypeFrequency] = []
    for group in groups:
        rows += [_TypeFrequency(group, frequency) for frequency in group.codes]
        rows += [_TypeFrequency(group, frequency) for frequency in group.attributes]
        if not group.codes and not group.attributes:
            rows.append(_TypeFrequency(group, None))
    return Table(Message("Types"), columns, tuple(rows))


def _members(group: TypeGroup) -> str:
    return Message("too few cases") if group.withheld else ", ".join(group.cases)


def _attribute(frequency: _Frequency, words: Wording) -> str | None:
    if isinstance(frequency, AttributeCount):
        return words.attribute(frequency.attribute)
    return frequency.code if frequency else None


def _attribute_value(frequency: _Frequency, words: Wording) -> str | None:
    if isinstance(frequency, AttributeCount):
        return words.value(frequency.attribute, frequency.value)
    return words.of(frequency.label) if frequency else None


def _frequency_column(field: str, name: Message) -> Column[_TypeFrequency]:
    return Column(field, name, lambda row: _part(row.frequency, field), Kind.COUNT)


def _part(frequency: _Frequency, field: str) -> int | None:
    # A typology of one type has nothing outside it.
    if frequency is None or ("outside" in field and not frequency.of_outside):
        return None
    return int(getattr(frequency, field))
