"""A code that two people edit: which code it is now, and who stored the other side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qualcode.errors import EditConflictError
from qualcode.messages import Message
from qualcode.model import Code, Codebook, FieldConflict
from qualcode.model.edit_conflicts import value_of

if TYPE_CHECKING:
    from qualcode.storage import CodebookVersion


def find_edited_code(book: Codebook, as_read: Code, fields: Mapping[str, Any]) -> Code:
    """Return a code as it is stored now, wherever it was moved to.

    Raises:
        EditConflictError: it is gone, because somebody undid that it was added.
    """
    code = _find_code(book, as_read)
    if code is None:
        text = Message(
            "Somebody removed the code '{path}' since you opened it. Nothing is saved; copy what "
            "you want to keep.",
            path=as_read.path,
        )
        raise EditConflictError(text, None, fields)
    return code


def conflict_error(
    as_read: Code,
    code: Code,
    fields: Mapping[str, Any],
    conflicts: Iterable[FieldConflict],
    versions: Callable[[], Iterable[tuple[CodebookVersion, Codebook]]],
) -> EditConflictError:
    """Return the error for fields that two people changed, with who stored the other side.

    Args:
        as_read: The code as the later of the two read it.
        code: The code as it is stored.
        fields: What is merged so far.
        conflicts: The fields that both changed.
        versions: Gives the versions of the codebook, newest first; read as far as needed.
    """
    named = tuple(_name_author(conflict, as_read, versions()) for conflict in conflicts)
    text = Message(
        "Somebody changed the code '{path}' since you opened it, in a field that you changed too: "
        "{field}. Nothing is saved. Choose which text to keep.",
        path=code.path,
        field=named[0].field_name,
    )
    return EditConflictError(text, code, fields, named)


def _name_author(
    conflict: FieldConflict,
    as_read: Code,
    versions: Iterable[tuple[CodebookVersion, Codebook]],
) -> FieldConflict:
    before = value_of(as_read, conflict.field)
    author: CodebookVersion | None = None
    is_older = False
    for version, book in versions:
        code = _find_code(book, as_read)
        value = value_of(code, conflict.field) if code else None
        if author is not None and value == before:
            return replace(conflict, author=author.who, at=author.at)
        is_older = is_older or value != conflict.stored_text
        if not is_older:
            author = version
    # No version holds what was read: an undo took it back, and an undo makes no version.
    return conflict


def _find_code(book: Codebook, as_read: Code) -> Code | None:
    """Return the code with the id of another one; by path only where that one has no id."""
    return next(
        (
            code
            for code in book.codes
            if (code.id == as_read.id if as_read.id else code.path == as_read.path)
        ),
        None,
    )
