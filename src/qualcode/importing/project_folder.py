"""Reads a project that was exported as a folder of text, YAML and CSV.

``codebooks`` reads the codebook, which is a separate file; this module reads the rest.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from qualcode.errors import QualcodeError, UnreadableFileError
from qualcode.importing.files import read_bytes
from qualcode.importing.refi.loss_report import LossReport
from qualcode.importing.refi.qualcode_extensions import read_qualcode_extensions
from qualcode.importing.refi.selections import moment
from qualcode.messages import Message
from qualcode.model import (
    Case,
    Coding,
    ExchangeProject,
    ExchangeSource,
    FrozenMap,
    Memo,
    MemoTarget,
    Original,
    Participation,
    Role,
    Span,
    Speaker,
    Transcript,
    Turn,
)

FORMAT = "qualcode-project/1"
PROJECT_FILE = "project.yaml"
CODEBOOK_FILE = "codebook.yaml"
_ATTRIBUTE = "attribute "
# The csv module refuses cells above 128 kB by default, less than a long memo may have.
_LONGEST_CELL = 2**31 - 1


def is_project_folder(path: Path) -> bool:
    """Tell whether a folder holds a project that qualcode exported."""
    return (path / PROJECT_FILE).is_file()


def read_project_folder(folder: Path) -> tuple[ExchangeProject, int]:
    """Read a project folder, without its codebook.

    Args:
        folder: As ``write_folder`` wrote it, edited or not.

    Returns:
        The project, and the version of its codebook; 0 where it has none.

    Raises:
        UnreadableFileError: a file is missing or damaged; the text names it.
    """
    about = _about(folder)
    try:
        return _project(folder, about), int(about.get("codebook_version") or 0)
    except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, QualcodeError):
            raise
        raise UnreadableFileError(
            Message(
                "'{name}' is not complete ({name_2}: {error}). Export it again, or undo what "
                "was edited.",
                name=folder.name,
                name_2=type(error).__name__,
                error=error,
            )
        ) from error


def _about(folder: Path) -> Mapping[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.events import AliasEvent

    try:
        # The pure parser raises an error at deep nesting, where the C parser crashes.
        text = read_bytes(folder / PROJECT_FILE).decode()
        # The program writes no references: those of others could stand for gigabytes. A name may
        # hold the same signs, so that the parser is asked.
        has_references = any(isinstance(event, AliasEvent) for event in YAML(pure=True).parse(text))
        about = None if has_references else YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        raise UnreadableFileError(
            Message(
                "'{project_file}' is not valid YAML: {error}.",
                project_file=PROJECT_FILE,
                error=error,
            )
        ) from error
    if not isinstance(about, Mapping) or about.get("format") != FORMAT:
        raise UnreadableFileError(
            Message(
                "'{name}/{project_file}' does not say 'format: {format}'. Is it a newer "
                "export, or another folder?",
                name=folder.name,
                project_file=PROJECT_FILE,
                format=FORMAT,
            )
        )
    return about


def _project(folder: Path, about: Mapping[str, Any]) -> ExchangeProject:
    loss_report = LossReport()
    events = [
        {**row, "number": int(row["number"]), "step": int(row["step"]), "undone": _is(row)}
        for row in _rows(folder, "history")
    ]
    turns: dict[str, list[Turn]] = {}
    for row in _rows(folder, "turns"):
        span = Span(int(row["start"]), int(row["end"]))
        time = int(row["time_ms"]) if row["time_ms"] else None
        turn = Turn(int(row["number"]), row["speaker"], span, time)
        turns.setdefault(row["transcript"], []).append(turn)
    sources = tuple(
        _source(folder, item, tuple(turns.get(str(item["name"]), ())))
        for item in about.get("transcripts") or ()
    )
    codings = tuple(map(_coding, _rows(folder, "codings")))
    loss_report.record_taken("sources", len(sources), "They are transcripts.")
    loss_report.record_taken("codings", len(codings), "They stand with their coders.")
    return ExchangeProject(
        name=str(about["name"]),
        origin="qualcode (folder)",
        language=str(about["language"]),
        sources=sources,
        coders=tuple(map(str, about.get("coders") or ())),
        codings=codings,
        cases=tuple(map(_case, _rows(folder, "cases"))),
        memos=tuple(map(_memo, _rows(folder, "memos"))),
        **read_qualcode_extensions({**about, "events": events}, loss_report),
        losses=loss_report.losses(),
    )


def _is(row: Mapping[str, str]) -> bool:
    return row["undone"] == "True"


def _source(folder: Path, item: Mapping[str, Any], turns: tuple[Turn, ...]) -> ExchangeSource:
    file = str(item["file"])
    # The folder may come from anyone: no name may lead to a file outside it.
    if Path(file).name != file or file in {"", ".", ".."}:
        raise UnreadableFileError(
            Message(
                "'{project_file}' names the file '{file}', outside the folder.",
                project_file=PROJECT_FILE,
                file=file,
            )
        )
    data = read_bytes(folder / "transcripts" / f"{file}.txt")
    text = data.decode("utf-8")
    transcript = Transcript(
        name=str(item["name"]),
        # Version control may have changed the line ends; the hash is that of line feeds.
        text=text.replace("\r\n", "\n"),
        speakers=tuple(
            Speaker(str(label), Role(role), confirmed=label not in (item.get("proposed") or ()))
            for label, role in (item["speakers"] or {}).items()
        ),
        turns=turns,
        source_file=str(item["source_file"]),
        language=str(item["language"]),
        attributes=FrozenMap({str(k): str(v) for k, v in (item.get("attributes") or {}).items()}),
    )
    if transcript.sha256 != item["sha256"]:
        raise UnreadableFileError(
            Message(
                "The text 'transcripts/{file}.txt' was changed since it was written, so "
                "codings would point at other words. Put the old text back.",
                file=file,
            )
        )
    if item["original"] is None:
        return ExchangeSource(transcript)
    original_path = folder / "originals" / file
    # The original of a text file is that text, so an export writes no second copy of it.
    original = read_bytes(original_path) if original_path.is_file() else transcript.text.encode()
    return ExchangeSource(transcript, Original(str(item["original"]), original))


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    text = read_bytes(folder / f"{name}.csv").decode("utf-8-sig")
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""))
    titles = [cell.removeprefix("'") for cell in next(reader, [])]
    for cells in filter(None, reader):
        yield (
            # Titles and cells of cases are data of the study: _case removes their guards, not this
            # loop.
            dict(zip(titles, cells, strict=True))
            if name == "cases"
            else {title: cell.removeprefix("'") for title, cell in zip(titles, cells, strict=True)}
        )


def _case(row: Mapping[str, str]) -> Case:
    attributes = {
        title.removeprefix(_ATTRIBUTE): cell.removeprefix("'")
        for title, cell in row.items()
        if title.startswith(_ATTRIBUTE) and cell
    }
    names = tuple(map(str, json.loads(row["transcripts"])))
    # Folders of earlier versions lack the column.
    named = {
        str(part["transcript"]): Participation(
            str(part["transcript"]),
            tuple(map(str, part["speakers"])),
            FrozenMap({str(key): str(value) for key, value in part["attributes"].items()}),
        )
        for part in json.loads(row.get("participations") or "[]")
    }
    parts = tuple(named.get(name, Participation(name)) for name in names)
    return Case(row["case"].removeprefix("'"), FrozenMap(attributes), parts)


def _memo(row: Mapping[str, str]) -> Memo:
    return Memo(
        id=row["id"],
        target_kind=MemoTarget(row["kind"]),
        target=row["target"],
        text=row["text"],
        author=row["author"],
        created_at=moment(row["created_at"]),
    )


def _coding(row: Mapping[str, str]) -> Coding:
    return Coding(
        id=row["id"],
        transcript=row["transcript"],
        span=Span(int(row["start"]), int(row["end"])),
        quote=row["quote"],
        code=row["code"],
        coder=row["coder"],
        memo=row["memo"],
        round=row["round"],
        codebook_version=int(row["codebook_version"]),
        origin=row["origin"],
        created_at=moment(row["created_at"]),
    )
