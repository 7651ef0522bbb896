"""Reads a coder package: the work of one coder, exported from another copy of the project."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from qualcode.errors import QualcodeError, UnreadableFileError
from qualcode.importing.damage import with_plain_fields
from qualcode.importing.files import read_bytes
from qualcode.messages import Message
from qualcode.model import Coding, FrozenMap, Memo, MemoTarget, Round, Span
from qualcode.model.coder_package import PACKAGE_FORMAT, CoderPackage, PackageText
from qualcode.model.suggestion import Exposure


def read_coder_package(path: Path) -> CoderPackage:
    """Read a coder package (a work file).

    Raises:
        UnreadableFileError: it cannot be read, is no work file, or one of a newer program.
    """
    path = Path(path)
    data = _object(path)
    form = data.get("format")
    if form != PACKAGE_FORMAT:
        raise UnreadableFileError(
            Message(
                "'{name}' has the format '{form}'; this program reads '{package_format}'. Make "
                "one with: qualcode work export FILE --coder NAME",
                name=path.name,
                form=form,
                package_format=PACKAGE_FORMAT,
            )
            if form
            else Message(
                "'{name}' is not a work file; this program reads '{package_format}'. Make one "
                "with: qualcode work export FILE --coder NAME",
                name=path.name,
                package_format=PACKAGE_FORMAT,
            )
        )
    try:
        return _package(data)
    # The file may be edited by hand: any field can be absent or of another type.
    except (
        QualcodeError,
        ArithmeticError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
    ) as error:
        raise UnreadableFileError(
            Message(
                "'{name}' is damaged ({name_2}: {error}). Export it again.",
                name=path.name,
                name_2=type(error).__name__,
                error=error,
            )
        ) from error


def _object(path: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(read_bytes(path))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(
            Message(
                "'{name}' is not a work file: it is no JSON. Make one with: qualcode work "
                "export FILE --coder NAME",
                name=path.name,
            )
        ) from error
    if not isinstance(data, dict):
        raise UnreadableFileError(
            Message("'{name}' is not a work file: it is no JSON object.", name=path.name)
        )
    return data


def _package(data: Mapping[str, Any]) -> CoderPackage:
    return CoderPackage(
        coder=_text(data["coder"]),
        project=_text(data["project"]),
        texts=_all(data["texts"], lambda item: PackageText(item["name"], item["sha256"])),
        codebook_version=int(data["codebook_version"]),
        codebooks=FrozenMap({str(key): _text(value) for key, value in data["codebooks"].items()}),
        codings=_all(data["codings"], _coding),
        rounds=_all(data["rounds"], _round),
        memos=_all(data["memos"], _memo),
        exposures=_all(data["exposures"], _exposure),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(Message("{value} is no text", value=repr(value)))
    return value


def _all(items: Any, make: Callable[[Any], Any]) -> tuple[Any, ...]:
    if not isinstance(items, list):
        raise TypeError(Message("{items} is no list", items=repr(items)))
    return tuple(with_plain_fields(make(item)) for item in items)


def _coding(item: Mapping[str, Any]) -> Coding:
    span = Span(item["span"]["start"], item["span"]["end"])
    times = {key: _time(item[key]) for key in ("created_at", "withdrawn_at")}
    return Coding(**{**item, **times, "span": span, "id": _text(item["id"])})


def _round(item: Mapping[str, Any]) -> Round:
    lists = {key: tuple(item[key]) for key in ("coders", "transcripts", "handed_in")}
    return Round(**{**item, **lists})


def _memo(item: Mapping[str, Any]) -> Memo:
    kind = MemoTarget(item["target_kind"])
    return Memo(**{**item, "target_kind": kind, "created_at": _time(item["created_at"])})


def _exposure(item: Mapping[str, Any]) -> Exposure:
    span = Span(item["span"]["start"], item["span"]["end"])
    shown_at = _time(item["shown_at"])
    return Exposure(**{**item, "span": span, "codes": tuple(item["codes"]), "shown_at": shown_at})


def _time(value: Any) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
