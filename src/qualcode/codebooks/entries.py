"""Converts data of a codebook or guide, from YAML or a table, to values.

Collects oddities (returned with the result) and errors (refused, all at once).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from qualcode.errors import InvalidCodebookError, InvalidValueError, Problem, unknown_name
from qualcode.messages import Message
from qualcode.model import Code, Codebook, FrozenMap, Guide, LocalText, Question
from qualcode.model.codebook import DEFAULT_COLOR, path_name

MAX_CODES = 5_000
"""Maximum of codes, more than any study has; stops YAML aliases that multiply without end."""

TEXTS = tuple(name for name in Code.TEXT_FIELDS if name not in Code.EXAMPLE_FIELDS)
"""Text fields of an entry itself; examples have their own mapping."""
_CODE_FIELDS = frozenset((*TEXTS, "name", "examples", "terms", "color", "attributes", "codes"))
_CODE_EXTRAS = frozenset(("id", "retired", "merged_into"))
_BOOK_FIELDS = frozenset(("format", "name", "title", "language", "version", "codes"))
_QUESTION_FIELDS = frozenset(("id", "text", "codes", "terms", "optional"))
_GUIDE_FIELDS = frozenset(("format", "name", "group", "title", "questions"))


_NAMED_EACH = 3
"""As many codes without a definition have a note of their own."""

_SHOWN = 20
"""As many errors stand in the message; all of them are problems of the error."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")


def _holds_codes(value: object) -> bool:
    return isinstance(value, list) and any(
        isinstance(item, Mapping) and "name" in item for item in value
    )


def _name_hint(item: object) -> str:
    fields = list(map(str, item)) if isinstance(item, Mapping) else []
    wrong = next((field for field in fields if field in {"naam", "code", "id", "path"}), "")
    if wrong:
        return Message("Write 'name:' instead of '{field}:'.", field=wrong)
    return Message("Write a line such as '- name: workload'.")


def _path_hint(item: Mapping[str, Any]) -> str:
    name = str(item["name"])
    if item.get("color", "") is None:
        return Message(
            "YAML reads '#' as the start of a remark. Write the colour between quotation marks: "
            'color: "#15803d"'
        )
    if path_name(name) != name and path_name(name):
        return Message(
            "Write 'name: {path_name}' and 'label: {name}'.", path_name=path_name(name), name=name
        )
    return ""


class EntryReader:
    """Reads the data of one file, and collects its oddities and errors."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.odd: list[Problem] = []
        self.wrong: list[Problem] = []
        self.language = "nl"
        self._undefined: list[str] = []

    def codebook(self, data: Mapping[str, Any], stem: str) -> tuple[Codebook, tuple[Problem, ...]]:
        """Return the codebook in ``data``, with the name ``stem`` if it has none."""
        self.language = str(data.get("language", "nl"))
        self._unknown(data, _BOOK_FIELDS, "")
        codes: list[Code] = []
        self._codes(data.get("codes"), "", codes, ())
        # Errors in the codes explain already why none is left.
        if not codes and not self.wrong:
            self.wrong.append(Problem(self.file, "It has no codes.", "Add them under 'codes:'."))
        self._refuse()
        self._note_undefined()
        try:
            book = Codebook(
                name=str(data.get("name", stem)),
                codes=tuple(codes),
                title=self._text(data.get("title"), "title", ""),
                language=self.language,
            )
        except InvalidValueError as error:
            raise InvalidCodebookError(
                Message("'{file}': {error}", file=self.file, error=error)
            ) from error
        return book, tuple(self.odd)

    def guide(self, data: Mapping[str, Any], stem: str) -> tuple[Guide, tuple[Problem, ...]]:
        """Return the guide in ``data``, with the name ``stem`` if it has none."""
        self._unknown(data, _GUIDE_FIELDS, "")
        questions = []
        for number, item in enumerate(self._list(data.get("questions"), "questions", ""), 1):
            where = Message("question {number}", number=number)
            if not isinstance(item, Mapping) or not item.get("id"):
                self._bad(where, "A question needs an 'id' and a 'text'.")
                continue
            where = Message("question {number}", number=item["id"])
            self._unknown(item, _QUESTION_FIELDS, where)
            questions.append(
                Question(
                    id=str(item["id"]),
                    text=self._text(item.get("text"), "text", where),
                    codes=self._words(item.get("codes"), "codes", where),
                    terms=self._words(item.get("terms"), "terms", where),
                    optional=self._flag(item, "optional", where),
                )
            )
        if not questions and not self.wrong:
            self._bad("", "It has no questions. Add them under 'questions:'.")
        self._refuse()
        try:
            guide = Guide(
                name=str(data.get("name", stem)),
                group=str(data.get("group", "")),
                questions=tuple(questions),
                title=self._text(data.get("title"), "title", ""),
            )
        except InvalidValueError as error:
            raise InvalidCodebookError(
                Message("'{file}': {error}", file=self.file, error=error)
            ) from error
        return guide, tuple(self.odd)

    def _codes(self, items: Any, parent: str, codes: list[Code], above: tuple[int, ...]) -> None:
        # A YAML alias may refer to a list that contains it.
        if id(items) in above:
            self._bad(parent, "This code is its own ancestor.", "Look for '*' aliases in the file.")
            return
        for item in self._list(items, "codes", parent):
            # Checked at each code: with aliases, a small file can expand to millions.
            if len(codes) > MAX_CODES:
                if not self.wrong:
                    self._bad(
                        parent,
                        Message("The file has more than {max_codes} codes.", max_codes=MAX_CODES),
                    )
                return
            if not isinstance(item, Mapping) or not item.get("name"):
                self._bad(
                    parent or Message("top level"), "A code needs a 'name'.", _name_hint(item)
                )
                continue
            path = f"{parent}/{item['name']}" if parent else str(item["name"])
            if any(code.path == path for code in codes):
                self._bad(path, "This code is there twice.", "Rename or remove one of them.")
                continue
            code = self._code(item, path)
            if code is not None:
                codes.append(code)
                self._codes(item.get("codes"), path, codes, (*above, id(items)))

    def _code(self, item: Mapping[str, Any], path: str) -> Code | None:
        self._unknown(item, _CODE_FIELDS | _CODE_EXTRAS, path)
        examples = item.get("examples") or {}
        if not isinstance(examples, Mapping):
            self._bad(path, "'examples' should hold 'typical' and 'borderline'.")
            examples = {}
        self._unknown(
            examples, frozenset(Code.EXAMPLE_FIELDS), Message("{path}, examples", path=path)
        )
        texts = {name: self._text(item.get(name), name, path) for name in TEXTS}
        texts |= {name: self._text(examples.get(name), name, path) for name in Code.EXAMPLE_FIELDS}
        if not texts["label"]:
            self.odd.append(Problem(self._where(path), "This code has no label."))
        if not texts["definition"]:
            self._undefined.append(path)
        try:
            return Code(
                path=path,
                **texts,
                terms=self._words(item.get("terms"), "terms", path),
                color=str(item.get("color", DEFAULT_COLOR)),
                attributes=self._attributes(item.get("attributes"), path),
                id=str(item.get("id", "")),
                retired=self._flag(item, "retired", path),
                merged_into=str(item.get("merged_into", "")),
            )
        except InvalidValueError as error:
            self._bad(path, str(error), _path_hint(item))
            return None

    def _attributes(self, value: Any, where: str) -> FrozenMap[str, tuple[str, ...]]:
        if value is None:
            return FrozenMap()
        if not isinstance(value, Mapping):
            self._bad(where, "'attributes' should be fields with a text or a list of texts.")
            return FrozenMap()
        for key in (str(k) for k, v in value.items() if v is None):
            message = Message("'{field}' has no value, so it was not read.", field=key)
            self.odd.append(Problem(self._where(where), message))
        words = {str(k): self._words(v, str(k), where) for k, v in value.items()}
        return FrozenMap({key: texts for key, texts in words.items() if texts})

    def _text(self, value: Any, field: str, where: str) -> LocalText:
        if value is None or isinstance(value, str):
            return LocalText.of(value and value.strip(), self.language)
        if isinstance(value, Mapping) and all(
            isinstance(k, str) and isinstance(v, str | None) for k, v in value.items()
        ):
            # YAML accepts such a text without an error, and the rest of the sentence would be lost
            # unseen.
            self._cut_at_comma(value, field, where)
            return LocalText.of({k: v.strip() for k, v in value.items() if v})
        self._bad(
            where,
            Message(
                "'{field}' should be a text, or texts per language ('nl:', 'en:').", field=field
            ),
        )
        return LocalText()

    def _cut_at_comma(self, value: Mapping[str, str | None], field: str, where: str) -> None:
        """Refuse ``{en: Too much work, deadlines}``, of which YAML keeps the first words only."""
        if all(text is not None or _LANGUAGE.fullmatch(key) for key, text in value.items()):
            return
        pieces: dict[str, str] = {}
        language = ""
        for key, text in value.items():
            if text is None and language:
                pieces[language] += f", {key}"
            else:
                language, pieces[key] = key, text or ""
        line = ", ".join(f'{key}: "{text}"' for key, text in pieces.items())
        message = Message("A comma cuts the text of '{field}' within braces.", field=field)
        hint = Message("Write it between quotation marks: {{{line}}}", line=line)
        self._bad(where, message, hint)

    def _words(self, value: Any, field: str, where: str) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        if isinstance(value, str):
            return (value,)
        # YAML reads `no`, `1` and dates as other types than text.
        items = self._list(value, field, where)
        if any(isinstance(item, Mapping | list) or item is None for item in items):
            self._bad(where, Message("'{field}' should be a list of texts.", field=field))
            return ()
        words = tuple(str(item).strip() for item in items)
        unique = tuple(dict.fromkeys(words))
        if len(unique) < len(words):
            twice = next(w for w in unique if words.count(w) > 1)
            self.odd.append(
                Problem(
                    self._where(where),
                    Message("'{field}' has '{twice}' twice.", field=field, twice=twice),
                )
            )
        return unique

    def _note_undefined(self) -> None:
        """Note the codes without a definition: each, or together where there are many."""
        hint = Message("Write one that a stranger can decide by.")
        if len(self._undefined) > _NAMED_EACH:
            message = Message(
                "{count} codes have no definition: {codes}.",
                count=len(self._undefined),
                codes=", ".join(self._undefined),
            )
            self.odd.append(Problem(self.file, message, hint))
            return
        for path in self._undefined:
            self.odd.append(Problem(self._where(path), "This code has no definition.", hint))

    def _flag(self, item: Mapping[str, Any], field: str, where: str) -> bool:
        value = item.get(field)
        if value is not None and not isinstance(value, bool):
            self._bad(where, Message("'{field}' should be true or false.", field=field))
        return value is True

    def _list(self, value: Any, field: str, where: str) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, list):
            self._bad(
                where,
                Message("'{field}' should be a list: lines that begin with '- '.", field=field),
            )
            return []
        return value

    def _unknown(self, item: Mapping[str, Any], fields: frozenset[str], where: str) -> None:
        for key, value in item.items():
            if key not in fields and "codes" in fields and _holds_codes(value):
                # Codes that are not read are lost work, which a note would not bring back.
                message = Message(
                    "'{field}' holds codes, and is no field of the format.", field=key
                )
                self._bad(
                    where, message, Message("Write 'codes:' instead of '{field}:'.", field=key)
                )
            elif key not in fields:
                text = str(unknown_name("field", str(key), fields, "the format"))
                self.odd.append(
                    Problem(self._where(where), Message("{text} It was not read.", text=text))
                )

    def _bad(self, where: str, message: str, hint: str = "") -> None:
        self.wrong.append(Problem(self._where(where), message, hint))

    def _where(self, where: str) -> str:
        return Message("{file}, {where}", file=self.file, where=where) if where else self.file

    def _refuse(self) -> None:
        if self.wrong:
            text: str = Message("{problem}", problem=self.wrong[0])
            # Whoever mends a file wants its errors at once; but each line holds those above it,
            # so that many hundreds could not be translated.
            for problem in self.wrong[1:_SHOWN]:
                text = Message("{lines}\n  {problem}", lines=text, problem=problem)
            if len(self.wrong) > _SHOWN:
                further = len(self.wrong) - _SHOWN
                more = Message.counted("and {count} more", "and {count} more", further)
                text = Message("{lines}\n  {problem}", lines=text, problem=more)
            raise InvalidCodebookError(text, self.wrong)
