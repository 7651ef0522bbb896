"""The language of a report: its sentences, numbers and dates, and the names of groups.

The sentences themselves are in English where they are printed; the catalogue in ``locale/``
holds their Dutch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import GROUP_NAMES, LocalText
from qualcode.translation import LANGUAGES, translator

ATTRIBUTE_NAMES: Mapping[str, Message] = MappingProxyType(
    {
        "group": Message.within("attribute", "group"),
        "sex": Message.within("attribute", "sex"),
        "age": Message.within("attribute", "age"),
        "age_band": Message.within("attribute", "age"),
        "region": Message.within("attribute", "region"),
        "work": Message.within("attribute", "work"),
        "level": Message.within("attribute", "level"),
        "individual": Message.within("attribute", "individual"),
        "interpersonal": Message.within("attribute", "interpersonal"),
        "community": Message.within("attribute", "community"),
        "society": Message.within("attribute", "society"),
    }
)
"""What well-known attributes of cases and codes, and values of those of codes, are called."""


class Wording:
    """How one language words what a report prints by itself.

    Attributes:
        language: ``nl`` or ``en``.

    Raises:
        InvalidValueError: reports are not written in this language.
    """

    def __init__(self, language: str, group_names: Mapping[str, LocalText] = GROUP_NAMES) -> None:
        if language not in LANGUAGES:
            raise InvalidValueError(
                Message(
                    "Documents cannot be written in '{language}'. Use {languages}.",
                    language=language,
                    languages=" or ".join(LANGUAGES),
                )
            )
        self.language = language
        self._translator = translator(language)
        self._group_names = group_names

    def __call__(self, text: str) -> str:
        """Return a message in this language; any other text as it is."""
        # A label or a name that happens to be a word of ours must not be translated.
        return self._translator.translate(text) if isinstance(text, Message) else text

    def reason(self, text: str | None) -> str:
        """Return why a figure does not exist, or what to bear in mind; ``""`` for None."""
        return self._translator.translate(text) if text else ""

    def of(self, text: LocalText) -> str:
        """Return a text of the project in this language, or in one that it has."""
        return text.in_language(self.language)

    def listed(self, names: Sequence[str]) -> str:
        """Return "a", "a and b" or "a, b and c"."""
        return self._translator.names(names)

    def number(self, value: float, decimals: int = 2) -> str:
        """Return a figure with the decimal mark of this language."""
        # Not by Babel: its half-even rounding of decimals differs from that of the coefficients.
        text = f"{value:.{decimals}f}"
        if text.strip("-0.") == "":
            # "-0.00" would look like a finding.
            text = text.lstrip("-")
        return text.replace(".", self._translator.decimal)

    def day(self, at: datetime) -> str:
        """Return a date in words: "22 november 2026"."""
        from babel.dates import format_date

        return str(format_date(at, "d MMMM y", locale=self.language))

    def group(self, group: str) -> str:
        """Return what the members of a group are called; its own name where none is known."""
        return self.of(self._group_names[group]) if group in self._group_names else group

    def attribute(self, name: str) -> str:
        """Return what an attribute of cases or codes is called for people."""
        return self(ATTRIBUTE_NAMES[name]) if name in ATTRIBUTE_NAMES else name.replace("_", " ")

    def value(self, attribute: str, value: str) -> str:
        """Return what a value of an attribute is called; the value itself where it is unknown."""
        if attribute == "group":
            return self.group(value)
        return self(ATTRIBUTE_NAMES[value]) if value in ATTRIBUTE_NAMES else value
