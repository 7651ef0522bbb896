"""The app's messages in Dutch and English, and how each language writes numbers and dates.

The source has the messages in English; the catalogue of a language translates them for the pages
and the components. A second catalogue translates the messages of the core. Each session has its
own :class:`Speaker`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from qualcode import frontend
from qualcode.translation import translator

LANGUAGES = {"nl": "Nederlands", "en": "English"}

LOCALE = Path(frontend.__file__).parent / "locale"

# In JavaScript a message is the first argument of _() or _n(), as in Python.
_SHOWN = re.compile(r'\b_n?\(\s*"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Speaker:
    """One language: its messages, numbers and dates.

    Attributes:
        language: ``nl`` or ``en``.
        messages: Translation by English message; of a plural its forms, one and many.
    """

    language: str
    messages: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)

    def __call__(self, message: str, **values: object) -> str:
        """Return a message in this language, with values filled in."""
        translation = self.messages.get(message, message)
        # A message with a plural may also be used alone; then its singular is meant.
        text = translation if isinstance(translation, str) else translation[0]
        return text.format(**values) if values else text

    def many(self, singular: str, plural: str, count: int, **values: object) -> str:
        """Return the message that fits a number; ``{count}`` stands for it."""
        forms = self.messages.get(singular, (singular, plural))
        text = forms[0 if count == 1 else 1] if isinstance(forms, tuple) else forms
        return text.format(count=self.number(count), **values)

    def sentence(self, text: str) -> str:
        """Return what the core says (an error, a problem, a reason) in this language."""
        return translator(self.language).translate(text)

    def number(self, value: float, decimals: int | None = None) -> str:
        """Return a number as this language writes it."""
        from babel.numbers import format_decimal

        shape = "#,##0" + ("." + "0" * decimals if decimals else "")
        # Whole numbers get no decimals: "12 codings", never "12,00".
        if decimals is None and value != int(value):
            shape = "#,##0.##"
        return str(format_decimal(value, shape, locale=self.language))

    def percent(self, value: float) -> str:
        """Return a share, 0 to 1, as a whole percentage."""
        from babel.numbers import format_percent

        return str(format_percent(value, locale=self.language))

    def moment(self, at: datetime) -> str:
        """Return a day and time, in this machine's time zone."""
        from babel.dates import format_datetime

        return str(format_datetime(at.astimezone(), "d MMM y HH:mm", locale=self.language))


@cache
def speaker(language: str) -> Speaker:
    """Return the speaker of a language; English if the language is not known."""
    known_language = language if language in LANGUAGES else "en"
    return Speaker(known_language, _read(known_language, f"{known_language}.po"))


def _read(language: str, name: str) -> dict[str, str | tuple[str, ...]]:
    from babel.messages.pofile import read_po

    path = LOCALE / name
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    translations: dict[str, str | tuple[str, ...]] = {}
    for message in catalog:
        key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        # The empty key is the header of the catalogue; a fuzzy translation is only a guess.
        if key and message.string and not message.fuzzy:
            text = message.string
            translations[key] = text if isinstance(text, str) else tuple(text)
    return translations


@cache
def component_messages(language: str) -> Mapping[str, str | tuple[str, ...]]:
    """Return the translations that the components in the browser need."""
    # A component gets only its own messages: the whole catalogue is seven times as large.
    messages: set[str] = set()
    for path in (Path(__file__).parent / "components").rglob("*.js"):
        messages.update(_SHOWN.findall(path.read_text(encoding="utf-8")))
    return {key: text for key, text in speaker(language).messages.items() if key in messages}
