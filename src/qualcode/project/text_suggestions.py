"""Suggestions for the texts of a file, and what a language rests on: no project is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import codebooks
from qualcode.errors import InvalidTableError, Problem, UnreadableFileError
from qualcode.messages import Message
from qualcode.project.meaning import BUNDLED, embedder_for

if TYPE_CHECKING:
    from qualcode.language import LanguagePiece


def suggest_for_segments(
    codebook: Path, segments: Path, guide: Path | None = None, model: str = BUNDLED
) -> tuple[list[dict[str, Any]], tuple[Problem, ...]]:
    """Return suggestions for the texts in a file, without a project.

    Args:
        codebook: A codebook file.
        segments: A file with one JSON object a line: ``id``, ``text`` and, where known,
            ``question`` (the id of a guide question, or the interviewer's words) and ``group``
            (that of the respondent).
        guide: A topic guide file.
        model: The embedding model: ``bundled``, ``none`` or a folder.

    Returns:
        Per line ``{"id", "suggestions": [{"code", "theme", "probability", "because"}]}`` with
        every code of the book, best first; and what is odd in the files.

    Raises:
        InvalidTableError: a line is not such an object.
        UnreadableFileError: a file cannot be read.
    """
    from qualcode.language import load_language
    from qualcode.suggesting import rank_segments

    book, problems = codebooks.read_codebook(codebook)
    guide_and_problems = codebooks.read_guide(guide) if guide else None
    topic_guide, guide_problems = guide_and_problems or (None, ())
    language = load_language(book.language)
    lines, weak = rank_segments(
        book, language, list(_objects(segments)), topic_guide, embedder_for(model)
    )
    return lines, (*problems, *guide_problems, *weak)


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    from qualcode.importing.files import read_bytes

    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            Message(
                "'{name}' is not UTF-8 text (byte {start}). Save it as UTF-8.",
                name=path.name,
                start=error.start,
            )
        ) from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            segment = json.loads(line)
        # Brackets nested deep enough exhaust the recursion of the parser.
        except (json.JSONDecodeError, RecursionError) as error:
            raise InvalidTableError(
                Message(
                    "Line {number} of '{name}' is not a JSON object. A line holds {{\"id\": "
                    '..., "text": ...}}.',
                    number=number,
                    name=path.name,
                )
            ) from error
        if not isinstance(segment, dict):
            raise InvalidTableError(
                Message(
                    "Line {number} of '{name}' is not a JSON object.", number=number, name=path.name
                )
            )
        yield segment


def describe_language(name: str) -> tuple[LanguagePiece, ...]:
    """Return the pieces that a language rests on here, and what each adds.

    Raises:
        UnknownNameError: there is no such language.
    """
    from qualcode.language import load_language

    return load_language(name).describe()
