"""Reads and writes codebooks as tables: a row per code, a column per field and language."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from qualcode.cell_guard import guard_cell, unguard_cell
from qualcode.codebooks.code_columns import has_code_column
from qualcode.codebooks.code_rows import CodeRow, read_code_rows
from qualcode.codebooks.entries import TEXTS
from qualcode.errors import InvalidCodebookError, InvalidTableError, Problem
from qualcode.messages import Message
from qualcode.model import Code, Codebook
from qualcode.model.codebook import UNNAMED, path_name

_LANGUAGES = ("nl", "en")
"""Languages that a table has a column for, also where the book has no text in them."""
_YES = frozenset({"yes", "ja", "true", "waar", "1", "x"})
_COLOR = re.compile(r"#?([0-9a-fA-F]{6})")


def data_from_rows(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    file: str,
    columns: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return a table in the shape of a YAML codebook, and what was not read.

    Args:
        titles: Titles of the columns.
        rows: The cells as they are.
        file: Name of the file, for the problems.
        columns: Titles of columns by ours, where a person said which is which.

    Raises:
        UnknownColumnsError: No column holds the codes.
        InvalidCodebookError: A code occurs twice, before its parent, or is its own ancestor.
    """
    code_rows, problems = read_code_rows(titles, rows, file, columns)
    if not code_rows:
        raise InvalidTableError(
            Message("'{file}' has no column 'code', or no row below it.", file=file)
        )
    data: dict[str, Any] = {"codes": []}
    tree = _Tree(data, file)
    for row in code_rows:
        tree.add(row)
    return data, problems


class _Tree:
    """The codes of a table, put under each other.

    Args:
        data: The data of the codebook, which grows.
        file: Name of the file, for the errors.
    """

    def __init__(self, data: dict[str, Any], file: str) -> None:
        self._nodes: dict[str, dict[str, Any]] = {"": data}
        self._paths: dict[tuple[str, ...], str] = {(): ""}
        self._implied: set[str] = set()
        self._file = file

    def add(self, row: CodeRow) -> None:
        """Add a code, and those above it that have no row of their own."""
        if row.is_path:
            path = "/".join(row.labels)
            parent = path.rpartition("/")[0]
            if parent not in self._nodes:
                raise InvalidCodebookError(
                    Message(
                        "'{file}' lists '{full}' without '{parent}' before it.",
                        file=self._file,
                        full=path,
                        parent=parent,
                    )
                )
            self._paths.setdefault(_same(row.labels), path)
        else:
            for depth in range(1, len(row.labels)):
                self._imply(row.labels[:depth])
            path = self._path_of(row.labels)
        self._fill(row, path)

    def _imply(self, labels: tuple[str, ...]) -> None:
        path = self._path_of(labels)
        if path not in self._nodes:
            self._put(path, {"name": path.rpartition("/")[2], "label": labels[-1]})
            self._implied.add(path)

    def _fill(self, row: CodeRow, path: str) -> None:
        node = _node_from_row(row.cells, path.rpartition("/")[2])
        if not row.is_path:
            # the name in the path was made from the label, and lost its capitals and spaces
            node["label"] = node["label"] or row.labels[-1]
        if path in self._nodes and path not in self._implied:
            raise InvalidCodebookError(
                Message("{file}, {full}: This code is there twice.", file=self._file, full=path)
            )
        # A row for a code that was made for the codes below it fills in that code and is no double.
        if path in self._implied:
            self._implied.remove(path)
            self._nodes[path] |= node
        else:
            self._put(path, node)

    def _put(self, path: str, node: dict[str, Any]) -> None:
        self._nodes[path] = node
        self._nodes[path.rpartition("/")[0]].setdefault("codes", []).append(node)

    def _path_of(self, labels: tuple[str, ...]) -> str:
        """Return the path of a code by its labels; other labels never share one."""
        key = _same(labels)
        if key not in self._paths:
            above = self._path_of(labels[:-1])
            name = path_name(labels[-1]) or UNNAMED
            number, free = 1, name
            paths = {*self._paths.values()}
            while (path := f"{above}/{free}" if above else free) in paths:
                number += 1
                free = f"{name}_{number}"
            self._paths[key] = path
        return self._paths[key]


def _same(labels: Sequence[str]) -> tuple[str, ...]:
    # people type a label again in the rows below it, with other capitals and spaces
    return tuple(" ".join(label.split()).casefold() for label in labels)


def table_of_csv(text: str) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return the titles and the rows of a csv text; a list of codes needs no title."""
    # Excel names the delimiter in a first line such as "sep=;".
    if text[:4].casefold() == "sep=":
        delimiter, text = text[4:5], text.partition("\n")[2]
    else:
        delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = [[unguard_cell(cell) for cell in row] for row in reader]
    filled = [row for row in rows if any(map(str.strip, row))]
    if not filled:
        return (), []
    titles = tuple(cell.strip() for cell in filled[0])
    if len(titles) == 1 and not has_code_column(titles):
        return ("code",), filled
    return titles, filled[1:]


def table_of_lines(text: str) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return the titles and the rows of a plain text: a code on each line, or a table with tabs."""
    lines = [line.rstrip() for line in re.split(r"\r\n?|\n", text) if line.strip()]
    # Excel saves a table as text with tabs; one before a code only says how deep it is.
    if any("\t" in line.strip() for line in lines):
        return table_of_csv(text)
    return ("code",), [[line] for line in lines[has_code_column(lines[:1]) :]]


def _delimiter(text: str) -> str:
    # Titles hold none of these signs, so the most frequent one is the delimiter.
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max(";,\t", key=first.count)


def _node_from_row(row: Mapping[str, str], name: str) -> dict[str, Any]:
    def texts(field: str) -> dict[str, str] | str:
        start = f"{field}_"
        by_language = {k.removeprefix(start): v for k, v in row.items() if k.startswith(start)}
        return {k: v for k, v in by_language.items() if v} or row.get(field, "")

    node: dict[str, Any] = {"name": name}
    node |= {field: texts(field) for field in TEXTS}
    node["examples"] = {field: texts(field) for field in Code.EXAMPLE_FIELDS}
    node["terms"] = [t.strip() for t in row.get("terms", "").split(";") if t.strip()]
    # MAXQDA and others may name a colour, or leave the cell to its fill.
    if color := _COLOR.fullmatch(row.get("color", "")):
        node["color"] = f"#{color[1].lower()}"
    prefix = "attribute_"
    if row.get("retired", "").casefold() in _YES:
        node |= {"retired": True, "merged_into": row.get("merged_into", "")}
    node["attributes"] = {
        key.removeprefix(prefix): [v.strip() for v in value.split(";")]
        for key, value in row.items()
        if key.startswith(prefix) and value
    }
    return node


def rows_of_codebook(codebook: Codebook) -> tuple[list[str], list[list[str]]]:
    """Return the titles and rows of all codes, for any kind of table.

    If codes are retired, two columns name them and their merge targets.
    """
    attributes = sorted({key for code in codebook.codes for key in code.attributes})
    languages = _languages_of(codebook)
    texts = [f"{field}_{lang}" for field in Code.TEXT_FIELDS for lang in languages]
    titles = ["code", *texts, "terms", "color", *(f"attribute_{a}" for a in attributes)]
    # Only a book with retired codes needs the two columns.
    any_retired = len(codebook.active) < len(codebook.codes)
    titles += ["retired", "merged_into"] if any_retired else []
    paths = {code.id: code.path for code in codebook.codes if code.id}
    rows = []
    for code in codebook.codes:
        cells = [getattr(code, f).get(lang, "") for f in Code.TEXT_FIELDS for lang in languages]
        values = ["; ".join(code.values(a)) for a in attributes]
        if any_retired:
            values += ["yes" if code.retired else "", paths.get(code.merged_into, "")]
        rows.append([code.path, *cells, "; ".join(code.terms), code.color, *values])
    return titles, rows


def _languages_of(codebook: Codebook) -> tuple[str, ...]:
    """Return the languages of a book: Dutch and English, and what else it has texts in."""
    languages = {
        language
        for code in codebook.codes
        for field in Code.TEXT_FIELDS
        for language in getattr(code, field)
    }
    return (*_LANGUAGES, *sorted(languages - {*_LANGUAGES}))


def as_csv(codebook: Codebook, delimiter: str = ",") -> str:
    """Return the codes as a table that Excel opens correctly.

    Args:
        codebook: The codebook.
        delimiter: What stands between cells; Excel in Dutch expects a semicolon.
    """
    titles, rows = rows_of_codebook(codebook)
    # Excel reads a csv file as UTF-8 only with a byte order mark.
    return "\ufeff" + _csv(titles, rows, delimiter)


def as_taguette_csv(codebook: Codebook) -> str:
    """Return the codes in use as a table that Taguette imports.

    Taguette wants commas and one column with the name of a tag, which it nests by full stops. It
    leaves out a second tag of one name.
    """
    rows = []
    tags: set[str] = set()
    for code in codebook.active:
        parts = code.path.split("/")
        above = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
        labels = [codebook.code(path).title(codebook.language) for path in above]
        tag = ".".join(label.replace(".", " ").strip() for label in labels)
        number, free = 1, tag
        while free in tags:
            number += 1
            free = f"{tag} {number}"
        tags.add(free)
        rows.append([free, code.definition.in_language(codebook.language)])
    # Taguette guesses the encoding: without the mark it takes a few accents for Latin-1.
    return "\ufeff" + _csv(["tag", "description"], rows, ",")


def _csv(titles: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([guard_cell(cell) for cell in row] for row in (titles, *rows))
    return out.getvalue()
