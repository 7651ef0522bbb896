"""Codebook and guide files: YAML and CSV to values and back.

Owns the two file formats (documented in ``codebooks/README.md``) and what can be odd in
them. Whether the codes of a guide exist in a codebook is checked here too; versions and
changes are the project's.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qualcode.errors import (
    InvalidCodebookError,
    InvalidTableError,
    InvalidValueError,
    Problem,
    UnreadableFileError,
    UnsupportedFormatError,
    WriteError,
    unknown_name,
)
from qualcode.model import Code, Codebook, FrozenMap, Guide, LocalText, Question
from qualcode.model.codebook import DEFAULT_COLOR

CODEBOOK_FORMAT = "qualcode-codebook/1"
GUIDE_FORMAT = "qualcode-guide/1"
MAX_CODES = 5_000
"""More than any study has; stops a file whose aliases multiply without end."""

_TEXTS = ("label", "definition", "include", "exclude")
_CODE_FIELDS = frozenset((*_TEXTS, "name", "examples", "terms", "color", "attributes", "codes"))
_CODE_EXTRAS = frozenset(("id", "retired", "merged_into"))
_BOOK_FIELDS = frozenset(("format", "name", "title", "language", "version", "codes"))
_QUESTION_FIELDS = frozenset(("id", "text", "codes", "terms", "optional"))
_GUIDE_FIELDS = frozenset(("format", "name", "group", "title", "questions"))


def read_codebook(path: Path) -> tuple[Codebook, tuple[Problem, ...]]:
    """Read a codebook from a ``.yaml`` or ``.csv`` file.

    Args:
        path: The file.

    Returns:
        The codebook, and what is odd in it (unknown fields, entries without definition).

    Raises:
        UnreadableFileError: the file is not there, empty, or not text.
        UnsupportedFormatError: it has another suffix.
        InvalidCodebookError: it does not describe a codebook: a code twice, a code that is its
            own ancestor, a wrong type. Carries every problem found.
    """
    suffix = path.suffix.lower()
    if suffix in {".yaml", ".yml"}:
        return _Reader(path.name).codebook(_load_yaml(path, CODEBOOK_FORMAT), path.stem)
    if suffix == ".csv":
        return _codebook_from_rows(_load_csv(path), path)
    raise UnsupportedFormatError(
        f"A codebook is read from .yaml or .csv; '{path.name}' is neither. "
        "See codebooks/minimal.yaml for a start."
    )


def read_guide(path: Path) -> tuple[Guide, tuple[Problem, ...]]:
    """Read a topic guide from a ``.yaml`` file; raises as :func:`read_codebook`."""
    if path.suffix.lower() not in {".yaml", ".yml"}:
        raise UnsupportedFormatError(f"A guide is read from .yaml; '{path.name}' is not that.")
    return _Reader(path.name).guide(_load_yaml(path, GUIDE_FORMAT), path.stem)


def check_guide(guide: Guide, codebook: Codebook) -> tuple[Problem, ...]:
    """Return a Problem for each code that a guide expects and the codebook does not have."""
    problems = []
    for question in guide.questions:
        for path in question.codes:
            if path not in codebook:
                error = unknown_name("code", path, codebook.paths, f"codebook '{codebook.name}'")
                problems.append(Problem(f"{guide.name}, question {question.id}", str(error)))
    return tuple(problems)


def write_codebook(codebook: Codebook, path: Path) -> None:
    """Write a codebook as ``.yaml`` or ``.csv``; the same codebook gives the same bytes.

    Raises:
        UnsupportedFormatError: another suffix.
        WriteError: the file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix in {".yaml", ".yml"}:
        text = _as_yaml(codebook)
    elif suffix == ".csv":
        text = _as_csv(codebook)
    else:
        raise UnsupportedFormatError(
            f"A codebook is written as .yaml or .csv; '{path.name}' is neither."
        )
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise WriteError(f"'{path}' cannot be written: {error.strerror}.") from error


# --- files -------------------------------------------------------------------------------


def _load_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"'{path}' cannot be read: {error.strerror}.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"'{path.name}' is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from error
    if not text.strip():
        raise UnreadableFileError(f"'{path.name}' is empty.")
    return text


def _load_yaml(path: Path, expected: str) -> Mapping[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    text = _load_text(path)
    try:
        data = YAML(typ="safe").load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (line {mark.line + 1})" if mark is not None else ""
        what = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise InvalidCodebookError(f"'{path.name}' is not valid YAML{line}: {what}.") from error
    if not isinstance(data, Mapping):
        raise InvalidCodebookError(
            f"'{path.name}' holds no fields. It should begin with 'format: {expected}'."
        )
    found = data.get("format", expected)
    if found != expected:
        raise InvalidCodebookError(
            f"'{path.name}' says 'format: {found}'; '{expected}' was expected. "
            "Is it a newer file, or the wrong one?"
        )
    return data


# --- YAML to values ----------------------------------------------------------------------


class _Reader:
    """Reads one file's data, gathering what is odd and what is wrong on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.odd: list[Problem] = []
        self.wrong: list[Problem] = []
        self.language = "nl"

    def codebook(self, data: Mapping[str, Any], stem: str) -> tuple[Codebook, tuple[Problem, ...]]:
        self.language = str(data.get("language", "nl"))
        self._unknown(data, _BOOK_FIELDS, "")
        codes: list[Code] = []
        self._codes(data.get("codes"), "", codes, ())
        if not codes and not self.wrong:
            self.wrong.append(Problem(self.file, "It has no codes.", "Add them under 'codes:'."))
        self._refuse()
        try:
            book = Codebook(
                name=str(data.get("name", stem)),
                codes=tuple(codes),
                title=self._text(data.get("title"), "title", ""),
                language=self.language,
            )
        except InvalidValueError as error:
            raise InvalidCodebookError(f"'{self.file}': {error}") from error
        return book, tuple(self.odd)

    def guide(self, data: Mapping[str, Any], stem: str) -> tuple[Guide, tuple[Problem, ...]]:
        self._unknown(data, _GUIDE_FIELDS, "")
        questions = []
        for number, item in enumerate(self._list(data.get("questions"), "questions", ""), 1):
            where = f"question {number}"
            if not isinstance(item, Mapping) or not item.get("id"):
                self._bad(where, "A question needs an 'id' and a 'text'.")
                continue
            where = f"question {item['id']}"
            self._unknown(item, _QUESTION_FIELDS, where)
            questions.append(
                Question(
                    id=str(item["id"]),
                    text=self._text(item.get("text"), "text", where),
                    codes=self._words(item.get("codes"), "codes", where),
                    terms=self._words(item.get("terms"), "terms", where),
                    optional=item.get("optional") is True,
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
            raise InvalidCodebookError(f"'{self.file}': {error}") from error
        return guide, tuple(self.odd)

    def _codes(self, items: Any, parent: str, codes: list[Code], above: tuple[int, ...]) -> None:
        if id(items) in above:
            self._bad(parent, "This code is its own ancestor.", "Look for '*' aliases in the file.")
            return
        for item in self._list(items, "codes", parent):
            if len(codes) > MAX_CODES:
                if not self.wrong:
                    self._bad(parent, f"The file has more than {MAX_CODES} codes.")
                return
            if not isinstance(item, Mapping) or not item.get("name"):
                self._bad(parent or "top level", "A code needs a 'name'.")
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
        self._unknown(examples, frozenset(("typical", "borderline")), f"{path}, examples")
        texts = {name: self._text(item.get(name), name, path) for name in _TEXTS}
        if not texts["definition"]:
            self.odd.append(
                Problem(
                    f"{self.file}, {path}",
                    "This code has no definition.",
                    "Write one that a stranger can decide by.",
                )
            )
        try:
            return Code(
                path=path,
                **texts,
                typical=self._text(examples.get("typical"), "typical", path),
                borderline=self._text(examples.get("borderline"), "borderline", path),
                terms=self._words(item.get("terms"), "terms", path),
                color=str(item.get("color", DEFAULT_COLOR)),
                attributes=self._attributes(item.get("attributes"), path),
                id=str(item.get("id", "")),
                retired=item.get("retired") is True,
                merged_into=str(item.get("merged_into", "")),
            )
        except InvalidValueError as error:
            self._bad(path, str(error))
            return None

    def _attributes(self, value: Any, where: str) -> FrozenMap[str, tuple[str, ...]]:
        if value is None:
            return FrozenMap()
        if not isinstance(value, Mapping):
            self._bad(where, "'attributes' should be fields with a text or a list of texts.")
            return FrozenMap()
        words = {str(k): self._words(v, str(k), where) for k, v in value.items()}
        return FrozenMap({key: found for key, found in words.items() if found})

    def _text(self, value: Any, field: str, where: str) -> LocalText:
        if value is None or isinstance(value, str):
            return LocalText.of(value and value.strip(), self.language)
        if isinstance(value, Mapping) and all(
            isinstance(k, str) and isinstance(v, str | None) for k, v in value.items()
        ):
            return LocalText.of({k: v.strip() for k, v in value.items() if v})
        self._bad(where, f"'{field}' should be a text, or texts per language ('nl:', 'en:').")
        return LocalText()

    def _words(self, value: Any, field: str, where: str) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        if isinstance(value, str):
            return (value,)
        # YAML reads `no`, `1` and dates as other types than text
        items = self._list(value, field, where)
        if any(isinstance(item, Mapping | list) or item is None for item in items):
            self._bad(where, f"'{field}' should be a list of texts.")
            return ()
        words = tuple(str(item).strip() for item in items)
        unique = tuple(dict.fromkeys(words))
        if len(unique) < len(words):
            twice = next(w for w in unique if words.count(w) > 1)
            self.odd.append(Problem(self._where(where), f"'{field}' has '{twice}' twice."))
        return unique

    def _list(self, value: Any, field: str, where: str) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, list):
            self._bad(where, f"'{field}' should be a list: lines that begin with '- '.")
            return []
        return value

    def _unknown(self, item: Mapping[str, Any], fields: frozenset[str], where: str) -> None:
        for key in item:
            if key not in fields:
                text = str(unknown_name("field", str(key), fields, "the format"))
                self.odd.append(Problem(self._where(where), f"{text} It was not read."))

    def _bad(self, where: str, message: str, hint: str = "") -> None:
        self.wrong.append(Problem(self._where(where), message, hint))

    def _where(self, where: str) -> str:
        return f"{self.file}, {where}" if where else self.file

    def _refuse(self) -> None:
        if self.wrong:
            more = f" (and {len(self.wrong) - 1} more)" if len(self.wrong) > 1 else ""
            raise InvalidCodebookError(f"{self.wrong[0]}{more}", self.wrong)


# --- CSV ---------------------------------------------------------------------------------

_LANGUAGES = ("nl", "en")
_CSV_TEXTS = (*_TEXTS, "typical", "borderline")


def _load_csv(path: Path) -> list[dict[str, str]]:
    text = _load_text(path)
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    names = [(name or "").strip().lower() for name in (rows[0] if rows else first.split(delimiter))]
    if "code" not in names:
        raise InvalidTableError(
            f"'{path.name}' has no column 'code' (the path, as 'influences/availability', or a "
            f"name with its path above in a column 'parent'). It has: {', '.join(names)}."
        )
    return [{(k or "").strip().lower(): (v or "").strip() for k, v in row.items()} for row in rows]


def _codebook_from_rows(
    rows: list[dict[str, str]], path: Path
) -> tuple[Codebook, tuple[Problem, ...]]:
    """Return the codebook of a table; a ``parent`` column may stand for the path above."""
    above = {row["code"]: row.get("parent", "") for row in rows if row["code"]}
    data: dict[str, Any] = {"name": path.stem, "codes": []}
    nodes: dict[str, dict[str, Any]] = {"": data}
    for row in rows:
        if not row["code"]:
            continue
        full = _full_path(row["code"], above, path.name)
        if full in nodes:
            raise InvalidCodebookError(f"{path.name}, {full}: This code is there twice.")
        parent, _, name = full.rpartition("/")
        if parent not in nodes:
            raise InvalidCodebookError(
                f"'{path.name}' lists '{full}' without '{parent}' before it."
            )
        node = _node_from_row(row, name)
        nodes[full] = node
        nodes[parent].setdefault("codes", []).append(node)
    return _Reader(path.name).codebook(data, path.stem)


def _full_path(code: str, above: Mapping[str, str], file: str) -> str:
    parts = [code]
    while above.get(parts[0].split("/")[0]):
        parent = above[parts[0].split("/")[0]]
        parts.insert(0, parent)
        if len(parts) > len(above) + 1:
            raise InvalidCodebookError(
                f"{file}, {code}: This code is its own ancestor. Look at the column 'parent'."
            )
    return "/".join(parts)


def _node_from_row(row: Mapping[str, str], name: str) -> dict[str, Any]:
    def texts(field: str) -> dict[str, str] | str:
        by_language = {lang: row.get(f"{field}_{lang}", "") for lang in _LANGUAGES}
        return {k: v for k, v in by_language.items() if v} or row.get(field, "")

    node: dict[str, Any] = {"name": name}
    node |= {field: texts(field) for field in _TEXTS}
    node["examples"] = {field: texts(field) for field in ("typical", "borderline")}
    node["terms"] = [t.strip() for t in row.get("terms", "").split(";") if t.strip()]
    if row.get("color"):
        node["color"] = row["color"]
    prefix = "attribute_"
    node["attributes"] = {
        key.removeprefix(prefix): [v.strip() for v in value.split(";")]
        for key, value in row.items()
        if key.startswith(prefix) and value
    }
    return node


def _as_csv(codebook: Codebook) -> str:
    attributes = sorted({key for code in codebook.codes for key in code.attributes})
    texts = [f"{field}_{lang}" for field in _CSV_TEXTS for lang in _LANGUAGES]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["code", *texts, "terms", "color", *(f"attribute_{a}" for a in attributes)])
    for code in codebook.active:
        cells = [getattr(code, f).get(lang, "") for f in _CSV_TEXTS for lang in _LANGUAGES]
        values = ["; ".join(code.values(a)) for a in attributes]
        writer.writerow([code.path, *cells, "; ".join(code.terms), code.color, *values])
    # the mark makes Excel read it as UTF-8
    return "\ufeff" + out.getvalue()


# --- values to YAML ----------------------------------------------------------------------


def _as_yaml(codebook: Codebook) -> str:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 100
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    data: dict[str, Any] = {"format": CODEBOOK_FORMAT, "name": codebook.name}
    if codebook.title:
        data["title"] = dict(codebook.title)
    data |= {"language": codebook.language, "version": codebook.version}
    data["codes"] = [_code_data(code, codebook) for code in codebook.themes]
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _code_data(code: Code, codebook: Codebook) -> dict[str, Any]:
    data: dict[str, Any] = {"name": code.name}
    data |= {name: dict(getattr(code, name)) for name in _TEXTS if getattr(code, name)}
    examples = {
        name: dict(getattr(code, name)) for name in ("typical", "borderline") if getattr(code, name)
    }
    if examples:
        data["examples"] = examples
    if code.terms:
        data["terms"] = list(code.terms)
    data["color"] = code.color
    if code.attributes:
        data["attributes"] = {key: list(values) for key, values in code.attributes.items()}
    if code.id:
        data["id"] = code.id
    if code.retired:
        data["retired"] = True
    if code.merged_into:
        data["merged_into"] = code.merged_into
    children = codebook.children(code.path)
    if children:
        data["codes"] = [_code_data(child, codebook) for child in children]
    return data
