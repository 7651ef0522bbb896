"""Reads and writes codebooks as tables: a row per code, a column per field and language."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from qualcode.codebooks.entries import TEXTS
from qualcode.errors import InvalidCodebookError, InvalidTableError
from qualcode.messages import Message
from qualcode.model import Code, Codebook

_LANGUAGES = ("nl", "en")
_YES = frozenset({"yes", "ja", "true", "waar", "1", "x"})


def data_from_csv(text: str, file: str) -> dict[str, Any]:
    """Return a table in the shape of a YAML codebook; a column ``parent`` may hold the path above.

    Raises:
        InvalidTableError: There is no column ``code``.
        InvalidCodebookError: A code occurs twice, before its parent, or is its own ancestor.
    """
    return data_from_rows(_rows(text, file), file)


def data_from_rows(rows: Sequence[Mapping[str, str]], file: str) -> dict[str, Any]:
    """Return rows with lower-case titles in the shape of YAML; see :func:`data_from_csv`."""
    if not rows or "code" not in rows[0]:
        raise InvalidTableError(
            Message("'{file}' has no column 'code', or no row below it.", file=file)
        )
    above = {row["code"]: row.get("parent", "") for row in rows if row["code"]}
    data: dict[str, Any] = {"codes": []}
    nodes: dict[str, dict[str, Any]] = {"": data}
    for row in rows:
        if not row["code"]:
            continue
        full = _full_path(row["code"], above, file)
        if full in nodes:
            raise InvalidCodebookError(
                Message("{file}, {full}: This code is there twice.", file=file, full=full)
            )
        parent, _, name = full.rpartition("/")
        if parent not in nodes:
            raise InvalidCodebookError(
                Message(
                    "'{file}' lists '{full}' without '{parent}' before it.",
                    file=file,
                    full=full,
                    parent=parent,
                )
            )
        nodes[full] = _node_from_row(row, name)
        nodes[parent].setdefault("codes", []).append(nodes[full])
    return data


def _rows(text: str, file: str) -> list[dict[str, str]]:
    first = text.split("\n", 1)[0]
    # Titles hold none of these signs, so the most frequent one is the delimiter.
    delimiter = max(";,\t", key=first.count)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    names = [(name or "").strip().lower() for name in (rows[0] if rows else first.split(delimiter))]
    if "code" not in names:
        raise InvalidTableError(
            Message(
                "'{file}' has no column 'code' (the path, as 'influences/availability', or a "
                "name with its path above in a column 'parent'). It has: {names}.",
                file=file,
                names=", ".join(names),
            )
        )
    return [{(k or "").strip().lower(): (v or "").strip() for k, v in row.items()} for row in rows]


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
    return "/".join(parts)


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
