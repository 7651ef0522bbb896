"""Reads and writes codebook and guide files by suffix; checks guides against a codebook."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qualcode.codebooks.csv_format import (
    as_csv,
    data_from_csv,
    data_from_rows,
    read_titles,
    unread_columns,
)
from qualcode.codebooks.entries import EntryReader
from qualcode.codebooks.yaml_format import CODEBOOK_FORMAT, GUIDE_FORMAT, as_yaml, load_yaml
from qualcode.errors import (
    Problem,
    UnreadableFileError,
    UnsupportedFormatError,
    WriteError,
    unknown_name,
)
from qualcode.messages import Message
from qualcode.model import Codebook, Guide


def read_codebook(path: Path) -> tuple[Codebook, tuple[Problem, ...]]:
    """Read a codebook from a ``.yaml`` or ``.csv`` file.

    Args:
        path: The file.

    Returns:
        The codebook, and its oddities (unknown fields, entries without definition).

    Raises:
        UnreadableFileError: The file does not exist, is empty, or is not text.
        UnsupportedFormatError: It has another suffix.
        InvalidCodebookError: It does not describe a codebook: a code twice, a code that is its
            own ancestor, a wrong type. It carries every problem.
    """
    data: Mapping[str, Any]
    suffix = path.suffix.lower()
    if suffix in {".yaml", ".yml"}:
        data = load_yaml(_load_text(path), path.name, CODEBOOK_FORMAT)
        return EntryReader(path.name).codebook(data, path.stem)
    if suffix == ".csv":
        text = _load_text(path)
        data = data_from_csv(text, path.name)
        codebook, problems = EntryReader(path.name).codebook(data, path.stem)
        return codebook, (*unread_columns(read_titles(text), path.name), *problems)
    raise UnsupportedFormatError(
        Message(
            "A codebook is read from .yaml or .csv; '{name}' is neither. See "
            "codebooks/minimal.yaml for a start.",
            name=path.name,
        )
    )


def codebook_from_rows(
    rows: Sequence[Mapping[str, str]], file: str
) -> tuple[Codebook, tuple[Problem, ...]]:
    """Return the codebook in the rows of a table, as :func:`read_codebook` of a csv file does.

    Args:
        rows: Cells by lower-case title: ``code``, ``label_nl``, ``definition``, ...
        file: Name of the file, for the problems.
    """
    codebook, problems = EntryReader(file).codebook(data_from_rows(rows, file), Path(file).stem)
    return codebook, (*unread_columns(tuple(rows[0]), file), *problems)


def read_guide(path: Path) -> tuple[Guide, tuple[Problem, ...]]:
    """Read a topic guide from a ``.yaml`` file; raises as :func:`read_codebook`."""
    if path.suffix.lower() not in {".yaml", ".yml"}:
        raise UnsupportedFormatError(
            Message("A guide is read from .yaml; '{name}' is not that.", name=path.name)
        )
    data = load_yaml(_load_text(path), path.name, GUIDE_FORMAT)
    return EntryReader(path.name).guide(data, path.stem)


def check_guide(guide: Guide, codebook: Codebook) -> tuple[Problem, ...]:
    """Return a Problem for each code of a guide that the codebook lacks or has retired."""
    problems = []
    for question in guide.questions:
        where = Message("{name}, question {id}", name=guide.name, id=question.id)
        for path in question.codes:
            if path not in codebook:
                error = unknown_name(
                    "code", path, codebook.paths, Message("codebook '{name}'", name=codebook.name)
                )
                problems.append(Problem(where, str(error)))
            elif codebook.code(path).retired:
                problems.append(Problem(where, Message("Code '{path}' is retired.", path=path)))
    return tuple(problems)


def write_codebook(codebook: Codebook, path: Path) -> None:
    """Write a codebook as ``.yaml`` or ``.csv``; the same codebook gives the same bytes.

    Raises:
        UnsupportedFormatError: It has another suffix.
        WriteError: The file cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix in {".yaml", ".yml"}:
        text = as_yaml(codebook)
    elif suffix == ".csv":
        text = as_csv(codebook)
    else:
        raise UnsupportedFormatError(
            Message("A codebook is written as .yaml or .csv; '{name}' is neither.", name=path.name)
        )
    try:
        # Without newline="", Windows would change the line ends and so the bytes.
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise WriteError(
            Message("'{path}' cannot be written: {strerror}.", path=path, strerror=error.strerror)
        ) from error


def _load_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFileError(
            Message("There is no file '{path}'. Check its name and folder.", path=path)
        ) from error
    except OSError as error:
        raise UnreadableFileError(
            Message("'{path}' cannot be read: {strerror}.", path=path, strerror=error.strerror)
        ) from error
    try:
        # Windows programs call UTF-16 "Unicode text"; its byte order mark says it is that.
        is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        # Excel writes a byte order mark, which would become part of the first title.
        text = data.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            Message(
                "'{name}' is not UTF-8 text (byte {start}). Save it as UTF-8.",
                name=path.name,
                start=error.start,
            )
        ) from error
    if not text.strip():
        raise UnreadableFileError(Message("'{name}' is empty.", name=path.name))
    return text
