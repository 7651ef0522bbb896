"""Reads and writes codebook and guide files by suffix; checks guides against a codebook."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qualcode.codebooks.csv_format import (
    as_csv,
    as_taguette_csv,
    data_from_rows,
    table_of_csv,
    table_of_lines,
)
from qualcode.codebooks.entries import EntryReader
from qualcode.codebooks.yaml_format import CODEBOOK_FORMAT, GUIDE_FORMAT, as_yaml, load_yaml
from qualcode.errors import (
    Problem,
    UnreadableFileError,
    UnsupportedFormatError,
    unknown_name,
)
from qualcode.messages import Message
from qualcode.model import Codebook, Guide

# Some 5,000 codes with their definitions; five seconds of reading at most.
_LARGEST = 800_000


def read_codebook(
    path: Path, *, language: str = "", columns: Mapping[str, str] | None = None
) -> tuple[Codebook, tuple[Problem, ...]]:
    """Read a codebook from a ``.yaml``, a ``.csv``, or a ``.txt`` with a code on each line.

    Args:
        path: The file.
        language: Language of a table, which does not say its own.
        columns: Titles of columns of a table by ours (``code``, ``definition``), where a person
            said which is which.

    Returns:
        The codebook, and its oddities (unknown fields, entries without definition).

    Raises:
        UnreadableFileError: The file does not exist, is empty, or is not text.
        UnsupportedFormatError: It has another suffix.
        UnknownColumnsError: It is a table in which no column is known to hold the codes.
        InvalidCodebookError: It does not describe a codebook: a code twice, a code that is its
            own ancestor, a wrong type. It carries every problem.
    """
    data: Mapping[str, Any]
    suffix = path.suffix.lower()
    if suffix in {".yaml", ".yml"}:
        data = load_yaml(_load_text(path), path.name, CODEBOOK_FORMAT)
        return EntryReader(path.name).codebook(data, path.stem)
    if suffix in {".csv", ".tsv", ".txt"}:
        read_table = table_of_lines if suffix == ".txt" else table_of_csv
        titles, rows = read_table(_load_text(path))
        return codebook_from_rows(titles, rows, path.name, language=language, columns=columns)
    raise UnsupportedFormatError(
        Message(
            "'{name}' is no kind of file that holds a codebook. Give a .yaml or .csv; the command "
            "'codebook import' also takes .xlsx, .docx and .qdc. A simple list goes into a .txt: a "
            "code on each line, as Burden > Money.",
            name=path.name,
        )
    )


def codebook_from_rows(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    file: str,
    *,
    language: str = "",
    columns: Mapping[str, str] | None = None,
) -> tuple[Codebook, tuple[Problem, ...]]:
    """Return the codebook in a table, as :func:`read_codebook` of a csv file does.

    Args:
        titles: Titles of its columns: ``code``, ``label_nl``, ``definition``, ...
        rows: The cells as they are.
        file: Name of the file, for the problems.
        language: Language of the table.
        columns: Titles of columns by ours, where a person said which is which.
    """
    data, unread = data_from_rows(titles, rows, file, columns)
    if language:
        data["language"] = language
    codebook, problems = EntryReader(file).codebook(data, Path(file).stem)
    return codebook, (*unread, *problems)


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


def codebook_bytes(
    codebook: Codebook, path: Path, *, tool: str = "", delimiter: str = ","
) -> bytes:
    """Return a codebook as ``.yaml`` or ``.csv``; the same codebook gives the same bytes.

    Args:
        codebook: The codebook.
        path: Where it is to be written: its suffix says how.
        tool: ``taguette`` for a csv file that Taguette imports.
        delimiter: What stands between the cells of another csv file.

    Raises:
        UnknownNameError: Another program.
        UnsupportedFormatError: It has another suffix.
    """
    suffix = path.suffix.lower()
    if tool and tool.casefold() != "taguette":
        raise unknown_name("program", tool, ("taguette",), Message("the layouts of codebooks"))
    if tool and suffix != ".csv":
        raise UnsupportedFormatError(
            Message("Taguette reads a codebook from .csv; '{name}' is not that.", name=path.name)
        )
    if suffix in {".yaml", ".yml"}:
        text = as_yaml(codebook)
    elif suffix == ".csv":
        text = as_taguette_csv(codebook) if tool else as_csv(codebook, delimiter)
    else:
        raise UnsupportedFormatError(
            Message("A codebook is written as .yaml or .csv; '{name}' is neither.", name=path.name)
        )
    return text.encode("utf-8")


def _load_text(path: Path) -> str:
    try:
        # Asked first: a device never ends, and a file of gigabytes fills the memory.
        if path.exists() and not path.is_dir() and not path.is_file():
            raise UnreadableFileError(
                Message("'{path}' is no ordinary file. Name a document.", path=path)
            )
        if path.is_file() and path.stat().st_size > _LARGEST:
            raise UnreadableFileError(
                Message(
                    "'{name}' is larger than {size} kB, far more than a codebook. Is it another "
                    "file?",
                    name=path.name,
                    size=_LARGEST // 1_000,
                )
            )
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
