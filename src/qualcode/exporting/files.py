"""Writing a file whole or not at all, and choosing its format by its suffix."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from qualcode.errors import UnsupportedFormatError, WriteError
from qualcode.messages import Message

Writer = TypeVar("Writer")

_REASONS = {
    errno.ENOSPC: "the disk is full. Make room and write it again.",
    errno.EDQUOT: "your share of the disk is full. Make room and write it again.",
    errno.EFBIG: "it is larger than a file may be here. Write it to another disk.",
    errno.EROFS: "the disk is read-only. Choose another folder.",
    errno.ENAMETOOLONG: "its name is too long. Choose a shorter one.",
}


def writer_for(path: Path, writers: Mapping[str, Writer], content: str) -> Writer:
    """Return the writer for the suffix of ``path``.

    Args:
        path: Where to write.
        writers: Writer by suffix (".docx").
        content: What is written, for the message ("quotes").

    Raises:
        UnsupportedFormatError: there is none; the text lists those there are.
    """
    try:
        return writers[path.suffix.lower()]
    except KeyError:
        formats = ", ".join(writers)
        raise UnsupportedFormatError(
            Message(
                "Cannot write {content} to '{path}': '{suffix}' is not a format for it. Use "
                "{writers}.",
                content=content,
                path=path,
                suffix=path.suffix,
                writers=formats,
            )
            if path.suffix
            else Message(
                "Cannot write {content} to '{path}': a name without suffix is not a format for "
                "it. Use {writers}.",
                content=content,
                path=path,
                writers=formats,
            )
        ) from None


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file through a temporary one in its folder, so that it is never half written.

    Raises:
        WriteError: the folder is missing or closed, the disk is full, the target is a folder
            or open in another program.
    """
    # A link stays a link: what it points to is replaced.
    target = Path(os.path.realpath(path))
    # In the same folder, as a file can be renamed in one step within a disk only.
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        if target.is_dir():
            raise WriteError(
                Message(
                    "Cannot write '{path}': it is a folder. Give the name of a file in it.",
                    path=path,
                )
            )
        try:
            # "x": two writers never share one temporary file.
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                # Without this a power cut may leave an empty file under the right name.
                os.fsync(file.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(
            Message("Cannot write '{path}': {reason}", path=path, reason=_reason(error, target))
        ) from error


def _reason(error: OSError, target: Path) -> str:
    if error.errno in _REASONS:
        return _REASONS[error.errno]
    if not target.parent.is_dir():
        return Message("there is no folder '{parent}'. Make it first.", parent=target.parent)
    if isinstance(error, PermissionError):
        # The folder can be written to, so it is the file that is held open.
        if target.exists() and os.access(target.parent, os.W_OK):
            return "it is open in another program, or protected. Close it there, or choose a name."
        return Message(
            "the folder '{parent}' cannot be written to. Choose another one.", parent=target.parent
        )
    return Message("{strerror}. Choose another place.", strerror=error.strerror or error)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, where it is not there yet.

    Raises:
        WriteError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(
            Message(
                "Cannot make folder '{folder}': {reason}",
                folder=folder,
                reason=_reason(error, folder),
            )
        ) from error
