"""Write the types of the JavaScript from those of Python: ``python tests/wire_types.py``."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import (
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from qualcode.app import wire

TARGET = Path(wire.__file__).parent / "components" / "wire.d.ts"
HEAD = """\
// What Python and the browser send each other. Written by tests/wire_types.py from
// qualcode.app.wire: change it there.
"""
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", types.NoneType: "null"}


def type_of(hint: Any) -> str:
    """Return the TypeScript type of a Python one."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in {list, tuple}:
        item = type_of(parts[0])
        return f"({item})[]" if " " in item else f"{item}[]"
    if origin in {dict, Mapping}:
        return f"Record<{type_of(parts[0])}, {type_of(parts[1])}>"
    if origin in {Union, types.UnionType}:
        return " | ".join(map(type_of, parts))
    return " | ".join(map(json.dumps, parts)) if origin is Literal else _name_of(hint)


def _name_of(hint: Any) -> str:
    if is_typeddict(hint):
        return str(hint.__name__)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return " | ".join(json.dumps(member.value) for member in hint)
    return PLAIN[hint]


def interface(cls: type) -> str:
    """Return the TypeScript interface of a TypedDict."""
    lines = [f"/** {(cls.__doc__ or '').strip().replace('``', '`')} */"]
    lines.append(f"export interface {cls.__name__} {{")
    for name, hint in get_type_hints(cls, include_extras=True).items():
        optional = get_origin(hint) is NotRequired
        plain = get_args(hint)[0] if optional else hint
        lines.append(f"  {name}{'?' if optional else ''}: {type_of(plain)};")
    return "\n".join([*lines, "}"])


def wire_types() -> str:
    """Return the whole file of types."""
    classes = [value for value in vars(wire).values() if is_typeddict(value)]
    mount = f"export type CoderMount = {type_of(wire.CoderMount)};"
    return "\n\n".join([HEAD.rstrip("\n"), *map(interface, classes), mount]) + "\n"


if __name__ == "__main__":
    TARGET.write_text(wire_types(), encoding="utf-8")
