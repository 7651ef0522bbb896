"""Names of a package that load their module when they are first used.

A command needs few modules of a package, and to load all of them takes longer than most commands.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any


def lazy_exports(package: str) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a package, which finds the names that it imports for typing.

    So the imports are written once, under ``if TYPE_CHECKING``, and type checkers see them too.

    Args:
        package: Name of the package: its ``__name__``.
    """
    module = sys.modules[package]
    homes = {name: home for name, *home in _collect_exports(inspect.getsource(module))}

    def __getattr__(name: str) -> Any:  # noqa: N807
        if name not in homes:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message)
        home, name_there = homes[name]
        value = getattr(import_module(home), name_there)
        # Kept in the package, so that Python finds it there the next time.
        setattr(module, name, value)
        return value

    return __getattr__


def _collect_exports(source: str) -> Iterator[tuple[str, str, str]]:
    """Yield each name that a package imports for typing, its module, and its name there."""
    for block in ast.parse(source).body:
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            for statement in block.body:
                if isinstance(statement, ast.ImportFrom) and statement.module:
                    for alias in statement.names:
                        yield alias.asname or alias.name, statement.module, alias.name
