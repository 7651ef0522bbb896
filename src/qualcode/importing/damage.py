"""Refuses a file whose damage no reader foresaw, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from qualcode.errors import QualcodeError, UnreadableFileError
from qualcode.messages import Message

Value = TypeVar("Value")

# What Python raises for a value of another form than a program writes; nothing of memory or disk.
_OF_DAMAGE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_PLAIN = {"str": str, "int": int, "bool": bool}


@contextmanager
def damage_refused(path: Path) -> Iterator[None]:
    """Refuse a file in which something stands that the program that made it never writes.

    Raises:
        UnreadableFileError: it is damaged.
    """
    try:
        yield
    except QualcodeError:
        raise
    except _OF_DAMAGE as error:
        raise UnreadableFileError(
            Message(
                "'{name}' is damaged ({name_2}: {error}). Export it again.",
                name=path.name,
                name_2=type(error).__name__,
                error=error,
            )
        ) from error


def with_plain_fields(value: Value) -> Value:
    """Return a dataclass value whose texts are texts and whose numbers are numbers.

    Raises:
        TypeError: a field of it has another type, as in JSON that was written by hand.
    """
    described: Any = value
    for field in fields(described):
        wanted = _PLAIN.get(str(field.type))
        content = getattr(value, field.name)
        # A truth value passes for a number in Python.
        if wanted is not None and type(content) is not wanted:
            raise TypeError(Message("{name} is no {type}", name=field.name, type=wanted.__name__))
    return value
