"""Reads dimensions and types from text: what a researcher types in a field or on a command line.

A dimension is ``Name: categories``. The categories are ``@work`` (each value of an attribute),
``motives/joy | motives/sex`` (each code), or rules, with ``;`` between them: ``alone =
@work: none; social = motives/company & !consequences/money; other = *``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualcode.errors import InvalidValueError, unknown_name
from qualcode.messages import Message
from qualcode.model import Case, Code, Codebook
from qualcode.model.property_space import REST, Category, Condition, Dimension

_ATTRIBUTE, _WITHOUT = "@", "!"


def parse_dimension(
    text: str, codebook: Codebook, cases: Sequence[Case], language: str = "nl"
) -> Dimension:
    """Return the dimension that a text describes.

    Args:
        text: As above.
        codebook: The codes that it may name.
        cases: The respondents, with the attributes that it may name.
        language: Language in which a code gives its name to a category.

    Raises:
        InvalidValueError: the text has another form, or too many categories.
        UnknownNameError: it names a code or an attribute that is not there.
    """
    name, sign, rules = text.partition(":")
    if not sign or not name.strip() or not rules.strip():
        raise InvalidValueError(
            Message(
                "'{text}' is no dimension. Write a name, a colon, and its categories: "
                "'Work: @work', 'Motive: motives/joy | motives/sex', or 'Control: "
                "much=!consequences; little=*'",
                text=text,
            )
        )
    reader = _Reader(codebook, cases, language)
    return Dimension(name.strip(), tuple(reader.categories(rules.strip())), text.strip())


class _Reader:
    """Reads rules with the names of one study."""

    def __init__(self, codebook: Codebook, cases: Sequence[Case], language: str) -> None:
        self._codebook, self._cases, self._language = codebook, cases, language

    def categories(self, rules: str) -> Iterable[Category]:
        attribute = rules.removeprefix(_ATTRIBUTE).strip()
        # Before the signs: a name may have them too, such as "sex (1=man, 2=woman)".
        if rules.startswith(_ATTRIBUTE) and attribute in self._attributes():
            return self._each_value(attribute)
        if "=" in rules:
            return [self._category(part) for part in rules.split(";") if part.strip()]
        if rules.startswith(_ATTRIBUTE):
            return self._each_value(attribute)
        codes = [self._code(part) for part in _split(rules)]
        return [
            # the id where there is one: a path changes when the code is renamed or moved
            Category(code.title(self._language), (Condition((code.id or code.path,)),))
            for code in codes
        ]

    def _category(self, text: str) -> Category:
        name, sign, rule = (part.strip() for part in text.partition("="))
        if not sign or not name or not rule:
            raise InvalidValueError(
                Message("'{text}' is no category. Write a name, = and a rule.", text=text.strip())
            )
        if rule == REST:
            return Category(name)
        return Category(name, tuple(self._condition(term) for term in rule.split("&")))

    def _condition(self, term: str) -> Condition:
        term = term.strip()
        without = term.startswith(_WITHOUT)
        term = term.removeprefix(_WITHOUT).strip()
        if term.startswith(_ATTRIBUTE):
            name, _, values = term.removeprefix(_ATTRIBUTE).partition(":")
            self._check_attribute(name.strip())
            return Condition((), name.strip(), tuple(_split(values)), without)
        ids = tuple(code.id or code.path for code in map(self._code, _split(term)))
        if not ids:
            raise InvalidValueError("A rule names no code and no attribute.")
        return Condition(ids, without=without)

    def _code(self, path: str) -> Code:
        if path not in self._codebook:
            where = Message("codebook '{name}'", name=self._codebook.name)
            raise unknown_name("code", path, self._codebook.paths, where)
        return self._codebook.code(path)

    def _each_value(self, name: str) -> list[Category]:
        self._check_attribute(name)
        values = dict.fromkeys(
            value
            for case in self._cases
            for attributes in (case.attributes, *(p.attributes for p in case.participations))
            if (value := attributes.get(name, ""))
        )
        return [Category(value, (Condition((), name, (value,)),)) for value in sorted(values)]

    def _check_attribute(self, name: str) -> None:
        names = self._attributes()
        if name not in names:
            raise unknown_name("attribute", name, names, Message("the respondents"))

    def _attributes(self) -> dict[str, None]:
        return dict.fromkeys(key for case in self._cases for key in case.all_attributes())


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def parse_cells(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the cells in a text: ``"social, much; alone, *"``.

    Args:
        text: Cells with ``;`` between them, each a category per dimension with commas.
    """
    cells = (part for part in text.split(";") if part.strip())
    return tuple(tuple(name.strip() for name in cell.split(",")) for cell in cells)
