"""Reads the bytes of a file that somebody named."""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import UnreadableFileError
from qualcode.messages import Message

LARGEST = 400_000_000
"""Bytes of the largest file that is read: a project of 1,000 interviews in one file is smaller."""


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        UnreadableFileError: It does not exist, is a folder or may not be read.
    """
    try:
        if not path.is_file() and not path.is_dir() and path.exists():
            # A device or a pipe may never end.
            message = Message("'{path}' is no ordinary file. Name a document.", path=path)
            raise UnreadableFileError(message)
        if path.is_file() and path.stat().st_size > LARGEST:
            message = Message(
                "'{path}' is larger than {size} MB. Is it an interview?",
                path=path,
                size=LARGEST // 1_000_000,
            )
            raise UnreadableFileError(message)
        return path.read_bytes()
    except FileNotFoundError as error:
        message = Message("There is no file '{path}'. Check its name and folder.", path=path)
        raise UnreadableFileError(message) from error
    except IsADirectoryError as error:
        message = Message("'{path}' is a folder. Name a file in it.", path=path)
        raise UnreadableFileError(message) from error
    except PermissionError as error:
        # Windows raises this for a folder, too.
        message = (
            Message("'{path}' is a folder. Name a file in it.", path=path)
            if path.is_dir()
            else Message(
                "'{path}' may not be read by you. Change its permissions or copy it to a folder "
                "of your own.",
                path=path,
            )
        )
        raise UnreadableFileError(message) from error
    except (OSError, ValueError) as error:
        message = Message(
            "'{path}' cannot be read ({error}). Copy it to another folder first.",
            path=path,
            error=error,
        )
        raise UnreadableFileError(message) from error
