"""Verifies an archive on any machine: every file by its hash, every table by computing it again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from qualcode.errors import Problem, QualcodeError, UnreadableFileError
from qualcode.importing.archive import Archive
from qualcode.messages import Message
from qualcode.project.archive_files import MANIFEST
from qualcode.project.archive_tables import (
    PROJECT_FILE,
    SETTINGS_FILE,
    TABLES_FORMAT,
    compute_tables,
    read_settings,
)

_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


@dataclass(frozen=True, slots=True)
class ArchiveReport:
    """What the check of an archive found.

    Attributes:
        files: Number of files that the manifest lists.
        tables: Number of tables that were computed again.
        problems: Every file that differs, is missing, or was added; none if all is well.
        older: Every table that this version writes in another layout, so that it cannot say
            whether the figures are the same.
    """

    files: int
    tables: int
    problems: tuple[Problem, ...]
    older: tuple[Problem, ...] = ()


def verify_archive(path: Path) -> ArchiveReport:
    """Check an archive; nothing is unpacked, and nothing in it is changed.

    Args:
        path: The folder or the zip file.

    Raises:
        UnreadableFileError: it is no archive, or a part of it points outside.
    """
    files = _read(Path(path))
    if MANIFEST not in files:
        raise UnreadableFileError(
            Message(
                "'{path}' is no archive of qualcode: it has no {manifest}.",
                path=path,
                manifest=MANIFEST,
            )
        )
    hashes = _read_manifest(files[MANIFEST], str(path))
    problems = [*_compare_hashes(files, hashes)]
    tables: Mapping[str, bytes] = {}
    older: list[Problem] = []
    # Tables of data that were changed would only say the same once more.
    if files.keys() >= {PROJECT_FILE, SETTINGS_FILE}:
        try:
            settings = read_settings(files[SETTINGS_FILE])
            tables = compute_tables(files, settings)
        except (QualcodeError, ValueError, TypeError, KeyError) as error:
            reason = str(error) if isinstance(error, QualcodeError) else Message("its settings")
            message = Message("The tables cannot be computed again: {reason}", reason=reason)
            problems.append(Problem(PROJECT_FILE, message))
        else:
            # The first archives did not say what made them.
            if settings.get("tables_format", 1) != TABLES_FORMAT:
                older = [*_find_older(files, tables, hashes, settings.get("made_with", ""))]
        explained = {problem.where for problem in older}
        problems += (p for p in _compare_tables(files, tables) if p.where not in explained)
    return ArchiveReport(len(hashes), len(tables), tuple(problems), tuple(older))


def _read(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        return _read_folder(path)
    try:
        archive = Archive(path.read_bytes(), path.name)
    except FileNotFoundError as error:
        message = Message("There is no file '{path}'. Check its name and folder.", path=path)
        raise UnreadableFileError(message) from error
    except OSError as error:
        message = Message("Cannot read '{path}': {reason}", path=path, reason=error.strerror or "")
        raise UnreadableFileError(message) from error
    archive.refuse_unsafe_names()
    names = [name for name in archive.names() if not name.endswith("/")]
    return {name: archive.read(name) or b"" for name in names}


def _read_folder(folder: Path) -> dict[str, bytes]:
    files = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_symlink():
            # It may lead anywhere on this machine.
            raise UnreadableFileError(
                Message("'{name}' in the archive is a link, so it was not opened.", name=name)
            )
        if file.is_file():
            files[name] = file.read_bytes()
    return files


def _read_manifest(data: bytes, name: str) -> dict[str, str]:
    hashes = {}
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise UnreadableFileError(
                Message(
                    "Line {number} of {manifest} in '{name}' is no hash and name of a file.",
                    number=number,
                    manifest=MANIFEST,
                    name=name,
                )
            )
        hashes[match[2]] = match[1]
    return hashes


def _compare_hashes(files: Mapping[str, bytes], hashes: Mapping[str, str]) -> Iterator[Problem]:
    for name, expected in hashes.items():
        if name not in files:
            yield Problem(name, Message("The file is missing."))
        elif hashlib.sha256(files[name]).hexdigest() != expected:
            yield Problem(name, Message("The file was changed: its sha256 is another one."))
    for name in files:
        if name not in hashes and name != MANIFEST:
            yield Problem(name, Message("The file was added: the manifest does not list it."))


def _find_older(
    files: Mapping[str, bytes],
    tables: Mapping[str, bytes],
    hashes: Mapping[str, str],
    made_with: object,
) -> Iterator[Problem]:
    """Yield the tables that differ because another version wrote them in another layout."""
    version = str(made_with) if made_with else Message("an earlier version of qualcode")
    for name, computed in tables.items():
        archived = files.get(name)
        if archived is None or archived == computed:
            continue
        # What was changed since is no matter of the version.
        if hashlib.sha256(archived).hexdigest() == hashes.get(name):
            yield Problem(
                name,
                Message(
                    "The table cannot be compared byte for byte: {version} made the archive, and "
                    "wrote tables in another layout. The file is as it was made: its sha256 is "
                    "that of the manifest.",
                    version=version,
                ),
                Message("To compute it again, verify it with {version}.", version=version),
            )


def _compare_tables(files: Mapping[str, bytes], tables: Mapping[str, bytes]) -> Iterator[Problem]:
    for name, computed in tables.items():
        archived = files.get(name)
        if archived is None or archived == computed:
            continue
        places = [place for place, (a, b) in enumerate(zip_longest(archived, computed)) if a != b]
        yield Problem(
            name,
            Message.counted(
                "Computed again, the table differs in {count} byte, at {first}.",
                "Computed again, the table differs in {count} bytes, the first at {first}.",
                len(places),
                first=places[0],
            ),
        )
