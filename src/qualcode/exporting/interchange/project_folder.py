"""A project as a folder of text, YAML and CSV that shows well in a version-control diff.

The codebook is a file of its own, written by ``codebooks``; everything else is written here.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from qualcode.errors import DuplicateError
from qualcode.exporting.files import make_folder, write_bytes
from qualcode.messages import Message
from qualcode.model import Coding, ExchangeProject, ExchangeSource
from qualcode.model.json_values import to_json_value

FORMAT = "qualcode-project/1"
# What has no table of its own, because it nests.
_LISTS = (
    "rounds",
    "guides",
    "decisions",
    "chosen",
    "confirmed",
    "excerpts",
    "earlier",
    "variable_types",
)
# What YAML takes for a line end, or programs show as nothing.
_ODD = re.compile("[^\\x20-\\x7e\\xa0-\u2027\u2030-\ud7ff\ue000-\ufefe\uff00-\ufffd]").search
_EMPTY = object()
"""An attribute that is there but empty, unlike one that is not there."""
# An apostrophe too: one in the text must not be taken for one that was put before it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def write_folder(project: ExchangeProject, folder: Path) -> None:
    """Write a project, without its codebook, into a folder that is empty or ours.

    Args:
        project: All of it.
        folder: Where to write; made where it is missing.

    Raises:
        DuplicateError: the folder holds something else.
        WriteError: a file cannot be written.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "project.yaml").is_file():
        raise DuplicateError(
            Message(
                "'{folder}' is not empty and holds no project. Name a new folder, or one that "
                "holds an earlier export.",
                folder=folder,
            )
        )
    files = _file_names(project.sources)
    for name in ("", "transcripts", "originals"):
        make_folder(folder / name)
    # Files of an earlier export would be read as transcripts of this one.
    for old in (*folder.glob("transcripts/*.txt"), *folder.glob("originals/*")):
        old.unlink()
    for source in project.sources:
        transcript = source.transcript
        file_name = files[transcript.name]
        write_bytes(folder / "transcripts" / f"{file_name}.txt", transcript.text.encode())
        # The original of a text file is that text itself.
        if source.original is not None and source.original.data != transcript.text.encode():
            write_bytes(folder / "originals" / file_name, source.original.data)
    write_bytes(folder / "project.yaml", _yaml(_about(project, files)))
    for name, (titles, rows) in _tables(project).items():
        write_bytes(folder / f"{name}.csv", _csv(titles, rows))


def _file_names(sources: Iterable[ExchangeSource]) -> dict[str, str]:
    file_names: dict[str, str] = {}
    used_names: set[str] = set()
    for source in sources:
        # a full stop at the start hides a file, and Windows drops one at the end
        bare = re.sub(r"[^\w.-]+", "_", source.transcript.name).strip("._")[:80] or "transcript"
        name, number = bare, 1
        # Some disks do not tell upper from lower case.
        while name.casefold() in used_names:
            number += 1
            name = f"{bare}_{number}"
        used_names.add(name.casefold())
        file_names[source.transcript.name] = name
    return file_names


def _about(project: ExchangeProject, files: Mapping[str, str]) -> dict[str, Any]:
    about: dict[str, Any] = {
        "format": FORMAT,
        "name": project.name,
        "language": project.language,
        "codebook_version": project.codebook.version if project.codebook else 0,
        "coders": list(project.coders),
        "transcripts": [
            _transcript(source, files[source.transcript.name]) for source in project.sources
        ],
    }
    return about | {key: to_json_value(getattr(project, key)) for key in _LISTS}


def _transcript(source: ExchangeSource, file: str) -> dict[str, Any]:
    transcript = source.transcript
    return {
        "name": transcript.name,
        "file": file,
        "language": transcript.language,
        "source_file": transcript.source_file,
        "original": source.original.file_name if source.original else None,
        "sha256": transcript.sha256,
        "speakers": {speaker.label: speaker.role.value for speaker in transcript.speakers},
        "proposed": [speaker.label for speaker in transcript.speakers if not speaker.confirmed],
        "attributes": dict(transcript.attributes),
    }


def _tables(
    project: ExchangeProject,
) -> dict[str, tuple[Sequence[str], Iterable[Sequence[object]]]]:
    turns = (
        (s.transcript.name, t.number, t.speaker, t.span.start, t.span.end, t.time_ms)
        for s in project.sources
        for t in s.transcript.turns
    )
    attributes = sorted({key for case in project.cases for key in case.attributes})
    cases = (
        (
            case.name,
            json.dumps(case.transcripts, ensure_ascii=False),
            json.dumps(
                [to_json_value(p) for p in case.participations if p.speakers or p.attributes],
                ensure_ascii=False,
            ),
            *(case.attributes[a] or _EMPTY if a in case.attributes else None for a in attributes),
        )
        for case in project.cases
    )
    memos = (
        (m.target_kind.value, m.target, m.text, m.author, to_json_value(m.created_at), m.id)
        for m in project.memos
    )
    keys = ("number", "step", "at", "who", "action", "target", "before", "after", "undone")
    events = ([to_json_value(getattr(event, key)) for key in keys] for event in project.events)
    return {
        "turns": ("transcript number speaker start end time_ms".split(), turns),
        "cases": (
            ["case", "transcripts", "participations", *(f"attribute {a}" for a in attributes)],
            cases,
        ),
        "memos": ("kind target text author created_at id".split(), memos),
        "history": (keys, events),
        "codings": (
            (
                "transcript start end quote code coder memo round codebook_version origin "
                "created_at id"
            ).split(),
            map(_coding, project.codings),
        ),
    }


def _coding(coding: Coding) -> tuple[object, ...]:
    return (
        coding.transcript,
        coding.span.start,
        coding.span.end,
        coding.quote,
        coding.code,
        coding.coder,
        coding.memo,
        coding.round,
        coding.codebook_version,
        coding.origin,
        to_json_value(coding.created_at),
        coding.id,
    )


def _csv(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    # Quoted texts tell the text "1" from the number 1.
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(map(_cell, titles))
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def _cell(value: object) -> object:
    """Return a cell; text that a spreadsheet would compute gets an apostrophe before it."""
    if value is _EMPTY:
        return "'"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _yaml(about: Mapping[str, Any]) -> bytes:
    from ruamel.yaml import YAML

    yaml = YAML()
    # Short lines and a fixed indent, so that a change of one value is a change of one line.
    yaml.width = 100
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(_quoted(dict(about)), out)
    return out.getvalue().encode()


def _quoted(value: Any) -> Any:
    """Return the value with its odd texts in quotation marks: YAML reads some as line ends."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, Mapping):
        return {_quoted(key): _quoted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_quoted(item) for item in value]
    return DoubleQuotedScalarString(value) if isinstance(value, str) and _ODD(value) else value
