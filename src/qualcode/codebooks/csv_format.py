"""Reads and writes codebooks as tables: a row per code, a column per field and language."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from qualcode.codebooks.entries import TEXTS
from qualcode.errors import InvalidCodebookError, InvalidTableError, Problem
from qualcode.messages import Message
from qualcode.model import Code, Codebook
from qualcode.model.codebook import UNNAMED, path_name

_LANGUAGES = ("nl", "en")
# Titles as people and other programs write them.
_TITLES = {
    **dict.fromkeys(("codes", "codenaam", "code name", "codename"), "code"),
    **dict.fromkeys(
        ("definitie", "omschrijving", "beschrijving", "description", "comment", "commentaar"),
        "definition",
    ),
    **dict.fromkeys(("naam", "titel"), "label"),
    **dict.fromkeys(("kleur", "colour"), "color"),
    **dict.fromkeys(("trefwoorden", "termen"), "terms"),
}
_COLUMNS = frozenset(
    (*Code.TEXT_FIELDS, "code", "parent", "terms", "color", "retired", "merged_into")
)
_YES = frozenset({"yes", "ja", "true", "waar", "1", "x"})


def data_from_csv(text: str, file: str) -> dict[str, Any]:
    """Return a table in the shape of a YAML codebook; a column ``parent`` may hold the path above.

    A code may be a path (``influences/availability``), or what people type: a label, with those
    above it before a ``>``. A list of codes needs no title.

    Raises:
        InvalidTableError: There is no column ``code``.
        InvalidCodebookError: A code occurs twice, before its parent, or is its own ancestor.
    """
    return data_from_rows(_rows(text, file), file)


def data_from_rows(rows: Sequence[Mapping[str, str]], file: str) -> dict[str, Any]:
    """Return rows with lower-case titles in the shape of YAML; see :func:`data_from_csv`."""
    rows = [{usual_title(title): cell for title, cell in row.items()} for row in rows]
    if not rows or "code" not in rows[0]:
        raise InvalidTableError(
            Message("'{file}' has no column 'code', or no row below it.", file=file)
        )
    above = {row["code"]: row.get("parent", "") for row in rows if row["code"]}
    data: dict[str, Any] = {"codes": []}
    nodes: dict[str, dict[str, Any]] = {"": data}
    implied: set[str] = set()
    for row in rows:
        if not row["code"]:
            continue
        code = _full_path(row["code"], above, file)
        labels = code_labels(code)
        names = [path_name(label) or UNNAMED for label in labels]
        if is_typed(code):
            implied |= _add_parents(nodes, names, labels)
        full, parent = "/".join(names), "/".join(names[:-1])
        if full in nodes and full not in implied:
            raise InvalidCodebookError(
                Message("{file}, {full}: This code is there twice.", file=file, full=full)
            )
        if parent not in nodes:
            raise InvalidCodebookError(
                Message(
                    "'{file}' lists '{full}' without '{parent}' before it.",
                    file=file,
                    full=full,
                    parent=parent,
                )
            )
        node = _node_from_row(row, names[-1])
        if is_typed(code):
            node["label"] = node["label"] or labels[-1]
        # A row for a code that was made for the codes below it fills in that code and is no double.
        if full in implied:
            implied.remove(full)
            nodes[full] |= node
            continue
        nodes[full] = node
        nodes[parent].setdefault("codes", []).append(node)
    return data


def _add_parents(
    nodes: dict[str, dict[str, Any]], names: Sequence[str], labels: Sequence[str]
) -> set[str]:
    """Add the codes above a label that has no row of its own so far; return their paths."""
    added: set[str] = set()
    for depth in range(1, len(names)):
        path, parent = "/".join(names[:depth]), "/".join(names[: depth - 1])
        if path not in nodes:
            nodes[path] = {"name": names[depth - 1], "label": labels[depth - 1]}
            nodes[parent].setdefault("codes", []).append(nodes[path])
            added.add(path)
    return added


def is_typed(code: str) -> bool:
    """Tell whether a code is written as people type it, not as a path."""
    return re.fullmatch(r"[a-z0-9_]+(?:/[a-z0-9_]+)*", code) is None


def code_labels(code: str) -> tuple[str, ...]:
    """Return the labels in a code from the theme down: ``Burden > Money``; those of a path."""
    if not is_typed(code):
        return tuple(code.split("/"))
    # A slash within a label is part of it: "SSL/TLS".
    return tuple(label for label in re.split(r"\s*>\s*", code.strip()) if label)


def usual_title(title: str) -> str:
    """Return our title of a column that people call otherwise (``definitie``)."""
    return _TITLES.get(title, title)


def unread_columns(titles: Sequence[str], file: str) -> tuple[Problem, ...]:
    """Return a Problem that names the columns of a codebook that are not read."""
    unknown = [
        title
        for title in titles
        if title
        and usual_title(title) not in _COLUMNS
        and not usual_title(title).startswith("attribute_")
        and usual_title(title).rpartition("_")[0] not in Code.TEXT_FIELDS
    ]
    if not unknown:
        return ()
    message = Message("Columns that were not read: {titles}.", titles=tuple(unknown))
    hint = Message("To keep one, call it 'attribute_' and a name.")
    return (Problem(file, message, hint),)


def read_titles(text: str) -> tuple[str, ...]:
    """Return the titles of a csv text in lower case; none where it is a list without them."""
    titles = _first_row(text)
    is_list = len(titles) == 1 and usual_title(titles[0]) != "code"
    return () if is_list else titles


def _delimiter(text: str) -> str:
    # Titles hold none of these signs, so the most frequent one is the delimiter.
    return max(";,\t", key=text.split("\n", 1)[0].count)


def _first_row(text: str) -> tuple[str, ...]:
    row = next(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), [])
    return tuple(cell.strip().lower() for cell in row)


def _rows(text: str, file: str) -> list[dict[str, str]]:
    titles = read_titles(text)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    filled = [[cell.strip() for cell in row] for row in rows if any(map(str.strip, row))]
    if not titles:
        return [{"code": row[0]} for row in filled]
    if "code" not in map(usual_title, titles):
        raise InvalidTableError(
            Message(
                "'{file}' has no column 'code' (the path, as 'influences/availability', or a "
                "name with its path above in a column 'parent'). It has: {titles}.",
                file=file,
                titles=", ".join(titles),
            )
        )
    # A row may be shorter or longer than the titles.
    return [dict(zip_longest(titles, row[: len(titles)], fillvalue="")) for row in filled[1:]]


def _full_path(code: str, above: Mapping[str, str], file: str) -> str:
    parts = [code]
    while above.get(parts[0].split("/")[0]):
        parent = above[parts[0].split("/")[0]]
        parts.insert(0, parent)
        # More parents than codes: the column "parent" runs in a circle.
        if len(parts) > len(above) + 1:
            raise InvalidCodebookError(
                Message(
                    "{file}, {code}: This code is its own ancestor. Look at the column 'parent'.",
                    file=file,
                    code=code,
                )
            )
    return (" > " if any(map(is_typed, parts)) else "/").join(parts)


def _node_from_row(row: Mapping[str, str], name: str) -> dict[str, Any]:
    def texts(field: str) -> dict[str, str] | str:
        by_language = {lang: row.get(f"{field}_{lang}", "") for lang in _LANGUAGES}
        return {k: v for k, v in by_language.items() if v} or row.get(field, "")

    node: dict[str, Any] = {"name": name}
    node |= {field: texts(field) for field in TEXTS}
    node["examples"] = {field: texts(field) for field in Code.EXAMPLE_FIELDS}
    node["terms"] = [t.strip() for t in row.get("terms", "").split(";") if t.strip()]
    if row.get("color"):
        node["color"] = row["color"]
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
    texts = [f"{field}_{lang}" for field in Code.TEXT_FIELDS for lang in _LANGUAGES]
    titles = ["code", *texts, "terms", "color", *(f"attribute_{a}" for a in attributes)]
    # Only a book with retired codes needs the two columns.
    any_retired = len(codebook.active) < len(codebook.codes)
    titles += ["retired", "merged_into"] if any_retired else []
    paths = {code.id: code.path for code in codebook.codes if code.id}
    rows = []
    for code in codebook.codes:
        cells = [getattr(code, f).get(lang, "") for f in Code.TEXT_FIELDS for lang in _LANGUAGES]
        values = ["; ".join(code.values(a)) for a in attributes]
        if any_retired:
            values += ["yes" if code.retired else "", paths.get(code.merged_into, "")]
        rows.append([code.path, *cells, "; ".join(code.terms), code.color, *values])
    return titles, rows


def as_csv(codebook: Codebook) -> str:
    """Return the codes as a table that Excel opens correctly."""
    titles, rows = rows_of_codebook(codebook)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows(rows)
    # Excel reads a csv file as UTF-8 only with a byte order mark.
    return "\ufeff" + out.getvalue()
