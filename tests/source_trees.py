"""Syntax trees of the source, parsed once: several tests read every module."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def parse_module(path: Path) -> ast.Module:
    """Return the syntax tree of a module, which no caller may change."""
    return ast.parse(path.read_text(encoding="utf-8"))
