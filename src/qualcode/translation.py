"""The words of the program in Dutch and English, and how each writes numbers and dates.

Owns the one catalogue of each language (``locale/``), which the command line, the app and the
reports share. The source speaks English; a :class:`Translator` gives the same sentence in its
own language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from qualcode.catalogue import Forms, Key, read_catalogue
from qualcode.messages import Message, join_names

LANGUAGES: Mapping[str, str] = {"nl": "Nederlands", "en": "English"}
"""The languages of the program, each by its own name."""

LOCALE = Path(__file__).parent / "locale"
"""The folder of the catalogues: ``nl.po``. English needs none."""

_LISTED = re.compile(r"(, | and no | and | or )")
_NUMBER_MARK = re.compile(r"(?<=\d)(?:\.(?=\d)|,(?=\d{3}(?!\d)))")


@dataclass(frozen=True, slots=True)
class Translator:
    """One language: its messages, numbers and dates.

    Attributes:
        language: ``nl`` or ``en``.
        catalogue: The translation of each message; of a counted one its forms, one and many.
    """

    language: str
    catalogue: Mapping[Key, Forms] = field(default_factory=dict, repr=False)

    @property
    def decimal(self) -> str:
        """What stands before decimals in this language."""
        return _decimal_mark(self.language)

    def __call__(self, template: str, /, **values: object) -> str:
        """Return a message of the app or the command line, with values filled in."""
        return self._fill(self._look_up(template), values)

    def many(self, one: str, more: str, count: int, **values: object) -> str:
        """Return the message that fits a number; ``{count}`` stands for it."""
        return self.translate(Message.counted(one, more, count, **values))

    def translate(self, text: str, context: str = "") -> str:
        """Return a message, or a fixed word of the program, in this language.

        A text that is neither (a name, what a person wrote, a message of a library) comes back as
        it is.

        Args:
            text: A :class:`Message`, or a text.
            context: Where a text without a template stands; see :meth:`Message.within`.
        """
        if not isinstance(text, Message):
            return self._look_up(text, context)
        count = text.values.get("count") if text.plural else 1
        english = text.template if count == 1 else text.plural
        forms = self.catalogue.get((text.context, text.template), english)
        form = forms if isinstance(forms, str) else forms[0 if count == 1 else 1]
        return self._fill(form, text.values, counted=bool(text.plural))

    def names(self, names: Sequence[str]) -> str:
        """Return names as this language lists them: "a, b en c"."""
        return join_names([str(name) for name in names], self._look_up(" and "))

    def number(self, value: float, decimals: int | None = None) -> str:
        """Return a number as this language writes it."""
        from babel.numbers import format_decimal

        shape = "#,##0" + ("." + "0" * decimals if decimals else "")
        if decimals is None and value != int(value):
            shape = "#,##0.##"
        # Rounding must not leave a minus sign before 0.
        amount = value if round(value, 2 if decimals is None else decimals) else 0
        return str(format_decimal(amount, shape, locale=self.language))

    def percent(self, value: float) -> str:
        """Return a share, 0 to 1, as a whole percentage."""
        from babel.numbers import format_percent

        return str(format_percent(value, locale=self.language))

    def moment(self, at: datetime) -> str:
        """Return a day and time, in this machine's time zone."""
        from babel.dates import format_datetime

        return str(format_datetime(at.astimezone(), "d MMM y HH:mm", locale=self.language))

    def _look_up(self, text: str, context: str = "") -> str:
        form = self.catalogue.get((context, text), text)
        return form if isinstance(form, str) else form[0]

    def _fill(self, form: str, values: Mapping[str, object], *, counted: bool = False) -> str:
        """Return a translated template with its values, each as the language writes it."""
        if not values and "{{" not in form and "}}" not in form:
            return form
        if counted:
            values = {**values, "count": self.number(int(str(values["count"])))}
        return _Filler(self).vformat(form, (), values)

    def _list(self, text: str) -> str:
        """Return a list that was already written out in English, with its "and" translated."""
        return _LISTED.sub(lambda mark: self._look_up(mark.group()), text)

    def _words(self, text: str) -> str:
        """Return a word of ours, or an English list of such words, in this language."""
        if (context_key := ("", text)) in self.catalogue:
            return self._look_up(context_key[1])
        parts = _LISTED.split(text)
        return self._list("".join([*map(self._look_up, parts)]))


class _Translated(str):
    """A value that is in the language already, so that no letter translates it twice."""

    __slots__ = ()


class _Filler(Formatter):
    """Puts values into a translated template.

    A letter after ``!`` in the translation says what becomes of a value that is plain text:
    ``t`` a word of ours, translated too; ``l`` a list whose "and" is translated; ``n`` a number
    with the marks of the language. Messages and lists of names need no letter.
    """

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        """Return a value, translated where it is a message or a list of names."""
        value, key = super().get_field(field_name, args, kwargs)
        return self._read(value), key

    def _read(self, value: object) -> object:
        if isinstance(value, Message):
            return _Translated(self._translator.translate(value))
        if isinstance(value, (tuple, list)):
            names = [str(self._read(name)) for name in value]
            return _Translated(self._translator.names(names))
        return value

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """Return a value as the letter of its hole asks for it."""
        if isinstance(value, _Translated) and conversion in {"t", "l"}:
            return str(value)
        if conversion == "t":
            return self._translator._words(str(value))  # noqa: SLF001
        if conversion == "l":
            return self._translator._list(str(value))  # noqa: SLF001
        if conversion == "n":
            marks = {".": self._translator.decimal, ",": _group_mark(self._translator.language)}
            return _NUMBER_MARK.sub(lambda mark: marks[mark.group()], str(value))
        return super().convert_field(value, conversion)


@cache
def translator(language: str) -> Translator:
    """Return the translator of a language; the English one where the language is not known."""
    if language not in LANGUAGES:
        return translator("en")
    path = LOCALE / f"{language}.po"
    return Translator(language, read_catalogue(path) if path.is_file() else {})


@cache
def _decimal_mark(language: str) -> str:
    # Asked for only where a number is written: to load it takes longer than a catalogue.
    from babel.numbers import get_decimal_symbol

    return str(get_decimal_symbol(language))


@cache
def _group_mark(language: str) -> str:
    from babel.numbers import get_group_symbol

    return str(get_group_symbol(language))
