"""The line of attribution below a quote, made by a pattern from the case's attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

from qualcode.errors import InvalidValueError, unknown_name
from qualcode.model import Case, LocalText

ATTRIBUTION = "{group}, {sex}, {age_band}"
"""The pattern where the project has none of its own."""

PLACES = ("case", "transcript")
"""Fields of a pattern that are no attributes: a pseudonym and the name of the interview."""


@dataclass(frozen=True, slots=True)
class AttributionPattern:
    """A pattern such as ``{group}, {sex}, {age_band}``, taken apart.

    Attributes:
        text: The pattern as written.
        parts: For each field: the text that goes before it, its name, the text that stays
            with it after it.
    """

    text: str
    parts: tuple[tuple[str, str, str], ...]

    @classmethod
    def parse(cls, text: str) -> AttributionPattern:
        """Return the pattern of a text.

        Raises:
            InvalidValueError: its braces do not pair, or a field has no name or a format.
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
                kept, before = _split_literal(before)
                parts[-1] = (*parts[-1][:2], kept)
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

        The attributes of the usual pattern are known also where no case has them yet.

        Raises:
            UnknownNameError: the text names the attributes that there are.
        """
        usual = {"group", "sex", "age_band"}
        known = usual.union(PLACES, *(case.attributes for case in cases))
        for name in self.fields:
            if name not in known:
                raise unknown_name("attribute", name, known, f"the pattern '{self.text}'")

    def fill(
        self, values: Mapping[str, str], group_labels: Mapping[str, LocalText], language: str
    ) -> str:
        """Return a line of attribution; a missing value goes with its separator.

        Args:
            values: The attributes of who speaks, and ``case`` and ``transcript``.
            group_labels: What one member of a group is called.
            language: Language of the group's label.
        """
        line = ""
        for before, name, after in self.parts:
            value = _value(values, name, group_labels, language)
            if value or not name:
                line += before + value + after
            else:
                line += _brackets(before) + _brackets(after)
        line = re.sub(r"([(\[])\s*[,;:/|·–—]\s*", r"\1", line)
        line = re.sub(r"\s*(?:\(\s*\)|\[\s*\])", "", line)
        return line.strip(" \t,;:/|·–—")


def _value(
    values: Mapping[str, str], name: str, labels: Mapping[str, LocalText], language: str
) -> str:
    value = values.get(name, "").strip()
    if name == "group" and value in labels:
        return labels[value].in_language(language)
    return value


def _split_literal(literal: str) -> tuple[str, str]:
    """Return what stays with the field before, and what goes with the field after."""
    found = re.search(r"\s*[,;:/|·–—(\[]", literal)
    if found:
        return literal[: found.start()], literal[found.start() :]
    close = max(literal.rfind(")"), literal.rfind("]")) + 1
    return literal[:close], literal[close:]


def _brackets(literal: str) -> str:
    return "".join(re.findall(r"\s*[(\[]|[)\]]", literal))


def _bad_pattern(text: str) -> InvalidValueError:
    return InvalidValueError(
        f"The attribution pattern '{text}' cannot be read. Write attributes between braces, "
        f"as in '{ATTRIBUTION}'."
    )
