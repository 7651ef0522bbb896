"""Writes the attribution below a quote: a pattern filled with attributes of the case."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Self

from qualcode.errors import InvalidValueError, unknown_name
from qualcode.messages import Message
from qualcode.model import Case, FrozenMap, LocalText

ATTRIBUTION = "{group}, {sex}, {age_band}"
"""The pattern of a project that does not set one."""

PLACES = ("case", "speaker", "transcript")
"""Fields of a pattern that are no attributes: pseudonym, label in the text, interview."""


@dataclass(frozen=True, slots=True)
class AttributionPattern:
    """A parsed pattern such as ``{group}, {sex}, {age_band}``.

    Attributes:
        text: The pattern as written.
        parts: For each field: the text before it, its name, and the text after it that
            belongs to it.
    """

    text: str
    parts: tuple[tuple[str, str, str], ...]

    @classmethod
    def parse(cls, text: str) -> AttributionPattern:
        """Return the pattern of a text.

        Raises:
            InvalidValueError: Its braces do not pair, or a field lacks a name or has a format.
        """
        try:
            pieces = list(Formatter().parse(text))
        except ValueError as error:
            raise _bad_pattern(text) from error
        parts: list[tuple[str, str, str]] = []
        before = ""
        for literal, name, spec, conversion in pieces:
            before += literal
            if name is None:
                continue
            if not name.strip() or spec or conversion:
                raise _bad_pattern(text)
            if parts:
                tail, before = _split_literal(before)
                parts[-1] = (*parts[-1][:2], tail)
            parts.append((before, name.strip(), ""))
            before = ""
        if parts:
            parts[-1] = (*parts[-1][:2], before)
        elif before:
            parts.append((before, "", ""))
        return cls(text, tuple(parts))

    @property
    def fields(self) -> tuple[str, ...]:
        """The names between braces, each once."""
        return tuple(dict.fromkeys(name for _, name, _ in self.parts if name))

    def check(self, cases: Iterable[Case]) -> None:
        """Refuse a field that is no attribute of any case.

        The attributes of the default pattern are always allowed.

        Raises:
            UnknownNameError: The message names the known attributes.
        """
        # a project that set no pattern must not be refused because its cases lack these
        usual = AttributionPattern.parse(ATTRIBUTION).fields
        known_names = {*usual, *PLACES}.union(*(case.all_attributes() for case in cases))
        for name in self.fields:
            if name not in known_names:
                raise unknown_name(
                    "attribute", name, known_names, Message("the pattern '{text}'", text=self.text)
                )

    def fill(
        self, values: Mapping[str, str], group_labels: Mapping[str, LocalText], language: str
    ) -> AttributionLine:
        """Return a line of attribution; a missing value is dropped with its separator.

        Args:
            values: The attributes of the speaker, and ``case`` and ``transcript``.
            group_labels: Name of one member of a group.
            language: Language of the group's label.
        """
        line = ""
        for before, name, after in self.parts:
            value = _value(values, name, group_labels, language)
            if value or not name:
                line += before + value + after
            else:
                # Brackets stay, because their other half may belong to a field that has a value.
                line += _brackets(before) + _brackets(after)
        # Clean up brackets that lost their content or their first field.
        line = re.sub(r"([(\[])\s*[,;:/|·–—]\s*", r"\1", line)
        line = re.sub(r"\s*(?:\(\s*\)|\[\s*\])", "", line)
        text = line.strip(" \t,;:/|·–—")
        used = FrozenMap({name: values.get(name, "") for name in self.fields})
        return AttributionLine.of(text, self, used, FrozenMap(group_labels), language)


class AttributionLine(str):
    """The line below a quote, which remembers what it was filled with.

    So a shorter line can be made of it where too few cases fit the whole.

    Attributes:
        pattern: The pattern.
        values: The value of each of its fields.
        group_labels: Name of one member of a group.
        language: Language of the group's label.
    """

    __slots__ = ("group_labels", "language", "pattern", "values")

    pattern: AttributionPattern
    values: FrozenMap[str, str]
    group_labels: FrozenMap[str, LocalText]
    language: str

    @classmethod
    def of(
        cls,
        text: str,
        pattern: AttributionPattern,
        values: FrozenMap[str, str],
        group_labels: FrozenMap[str, LocalText],
        language: str,
    ) -> Self:
        """Return a line."""
        line = cls(text)
        line.pattern, line.values = pattern, values
        line.group_labels, line.language = group_labels, language
        return line

    def keep_fields(self, names: Collection[str]) -> AttributionLine:
        """Return the line with these fields only."""
        values = {name: value for name, value in self.values.items() if name in names}
        return self.pattern.fill(values, self.group_labels, self.language)


def _value(
    values: Mapping[str, str], name: str, labels: Mapping[str, LocalText], language: str
) -> str:
    value = values.get(name, "").strip()
    if name == "group" and value in labels:
        return labels[value].in_language(language)
    return value


def _split_literal(literal: str) -> tuple[str, str]:
    """Return the part that belongs to the field before, and the part of the field after."""
    separator = re.search(r"\s*[,;:/|·–—(\[]", literal)
    if separator:
        return literal[: separator.start()], literal[separator.start() :]
    # without a separator, a bracket that closes belongs to what stands inside it
    close = max(literal.rfind(")"), literal.rfind("]")) + 1
    return literal[:close], literal[close:]


def _brackets(literal: str) -> str:
    return "".join(re.findall(r"\s*[(\[]|[)\]]", literal))


def _bad_pattern(text: str) -> InvalidValueError:
    return InvalidValueError(
        Message(
            "The attribution pattern '{text}' cannot be read. Write attributes between braces, "
            "as in '{attribution}'.",
            text=text,
            attribution=ATTRIBUTION,
        )
    )
