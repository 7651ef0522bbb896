"""A sentence for a person, as a value: an English template and the values in its holes.

Owns how a sentence reads in English. Its translation is left to ``translation``, which looks up
the template in the catalogue of a language and fills in the same values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Self

_SPECIAL = re.compile(r"[^\w./\\:@%+=,-]")
_FILLED_IN = re.compile(r"[$`\"]")


class Message(str):
    """A sentence that remembers the template and the values that it was made of.

    It *is* its English text, so that whoever only reads text (a log, a test, a JSON file) needs to
    know nothing of templates. A value may be a message itself, which is translated with it, and
    so may the text of an error; a tuple or list of names reads as "a, b and c".

    Attributes:
        template: The English sentence with a named hole for each value: ``"No code '{path}'."``.
            A brace that is no hole is doubled.
        values: What stands in the holes, by name.
        plural: The template for a count other than 1; ``""`` where the count does not matter.
        context: What tells two equal English texts with different translations from each other;
            ``""`` for nearly all.

    Raises:
        KeyError: the template has a hole without a value.
    """

    __slots__ = ("context", "plural", "template", "values")

    template: str
    values: Mapping[str, object]
    plural: str
    context: str

    def __new__(cls, template: str, /, **values: object) -> Self:
        """Return the message of a template and the values in its holes."""
        return cls._make(template, values)

    @classmethod
    def _make(
        cls, template: str, values: Mapping[str, object], plural: str = "", context: str = ""
    ) -> Self:
        form = plural if plural and values["count"] != 1 else template
        values = {name: _keep_value(value) for name, value in values.items()}
        words = {name: read_value(value) for name, value in values.items()}
        message = super().__new__(cls, form.format_map(words))
        message.template = template
        message.values = MappingProxyType(values)
        message.plural = plural
        message.context = context
        return message

    @classmethod
    def counted(cls, one: str, many: str, count: int, /, **values: object) -> Self:
        """Return the message that fits a number; ``{count}`` stands for the number.

        Args:
            one: The template for a count of 1.
            many: The template for every other count.
            count: How many there are.
            values: What stands in the other holes.
        """
        return cls._make(one, {**values, "count": count}, plural=many)

    @classmethod
    def within(cls, context: str, template: str, /, **values: object) -> Self:
        """Return a message whose translation depends on where it stands.

        Args:
            context: Where it stands: ``"column"``, ``"verb"``.
            template: The English template.
            values: What stands in its holes.
        """
        return cls._make(template, values, context=context)

    def __str__(self) -> str:
        # str(error) must give back the message itself, or its Dutch would be lost on the way.
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return rebuild, (self.template, dict(self.values), self.plural, self.context)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


def _keep_value(value: object) -> object:
    """Return a value as it is kept: an error as its message, which can still be translated."""
    return value if isinstance(value, (str, int, float, tuple, list)) else str(value)


def rebuild(template: str, values: Mapping[str, object], plural: str, context: str) -> Message:
    """Return a message from its attributes, as when it was kept in a file.

    Raises:
        KeyError: the template has a hole without a value.
    """
    return Message._make(template, values, plural, context)


def join_clauses(*clauses: str) -> Message | str:
    """Return clauses in one line, with a semicolon between them; empty ones are left out.

    Each should be a message, so that it can be translated on its own.
    """
    joined: Message | str = ""
    for clause in filter(None, clauses):
        joined = Message("{first}; {second}", first=joined, second=clause) if joined else clause
    return joined


def read_value(value: object) -> object:
    """Return how a value reads in an English sentence: a list of names as "a, b and c"."""
    if isinstance(value, (tuple, list)):
        return join_names([str(read_value(name)) for name in value])
    return value


def join_names(names: Sequence[str], last: str = " and ") -> str:
    """Return names as a person lists them: "a", "a and b", "a, b and c".

    Args:
        names: The names, in order.
        last: What stands before the last name.
    """
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + last + names[-1]


def shell_word(text: object) -> str:
    """Return a name as it stands in a command: in quotation marks where a shell would divide it.

    The same marks serve bash, zsh and PowerShell.
    """
    word = str(text)
    if not _SPECIAL.search(word):
        return word
    # Between double quotation marks, shells fill in what follows these.
    return f"'{word}'" if _FILLED_IN.search(word) and "'" not in word else f'"{word}"'
