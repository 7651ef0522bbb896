"""What is below what in a table of codes: paths, parents, ids, a column per level, indentation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.errors import InvalidCodebookError
from qualcode.messages import Message

# MAXQDA and NVivo write a backslash between levels.
BETWEEN_LEVELS = re.compile(r"\s*>\s*|\s*\\+\s*|\s+[→»]\s+|\s*::\s*")
_ROOTS = frozenset({"nodes", "codes", "codesystem", "code system"})
_BULLETS = re.compile(r"(?:[-–—•*·▪◦]\s*)*")
_NUMBER = re.compile(r"(\d+(?:\.\d+)*)\.?\s+\S")


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A row with its code as it stands in the cell, and its cells by our titles."""

    code: str
    cells: dict[str, str]
    levels: tuple[str, ...]


def is_typed(code: str) -> bool:
    """Tell whether a code is written as people type it, not as a path."""
    return re.fullmatch(r"[a-z0-9_]+(?:/[a-z0-9_]+)*", code) is None


def code_labels(code: str) -> tuple[str, ...]:
    """Return the labels in a code from the theme down: ``Burden > Money``; those of a path."""
    if not is_typed(code):
        return tuple(code.split("/"))
    # A slash within a label is part of it: "SSL/TLS".
    labels = [label.strip() for label in BETWEEN_LEVELS.split(code.strip()) if label.strip()]
    # NVivo and MAXQDA name the tree itself first.
    return tuple(labels[1:] if len(labels) > 1 and labels[0].casefold() in _ROOTS else labels)


def label_by_levels(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the labels of rows with a cell per level; an empty cell repeats the one above it."""
    current: list[str] = []
    labels: list[tuple[str, ...]] = []
    for cells in rows:
        filled = [depth for depth, cell in enumerate(cells) if cell]
        if not filled:
            continue
        first, last = filled[0], filled[-1]
        above = current[:first]
        current = [*above, *[""] * (first - len(above)), *cells[first : last + 1]]
        labels.append(tuple(label for label in current if label))
    return labels


def label_lines(
    lines: Sequence[CodeLine], divide: Callable[[str], tuple[str, ...]], file: str
) -> tuple[list[tuple[str, ...]], list[bool]]:
    """Return the labels of each row, and whether they are the names of a path."""
    by_id = {line.cells["id"]: line for line in lines if line.cells.get("id")}
    if by_id and any(line.cells.get("parent_id") in by_id for line in lines):
        return [_by_ids(line, by_id, file) for line in lines], [False] * len(lines)
    if any(line.cells.get("parent") for line in lines):
        return _by_parents(lines, divide, file)
    depths = _depths(lines)
    if depths is not None:
        return _by_depths([_bare(line.code) for line in lines], depths), [False] * len(lines)
    return (
        [divide(line.code.strip()) for line in lines],
        [not is_typed(line.code.strip()) for line in lines],
    )


def _by_ids(line: CodeLine, by_id: Mapping[str, CodeLine], file: str) -> tuple[str, ...]:
    labels = [line.code.strip()]
    above = line
    while (above.cells.get("parent_id") or "") in by_id:
        above = by_id[above.cells["parent_id"]]
        labels.insert(0, above.code.strip())
        if len(labels) > len(by_id):
            raise _own_ancestor(file, line.code.strip())
    return tuple(labels)


def _by_parents(
    lines: Sequence[CodeLine], divide: Callable[[str], tuple[str, ...]], file: str
) -> tuple[list[tuple[str, ...]], list[bool]]:
    codes = [line.code.strip() for line in lines]
    counts = Counter(codes)
    above = {code: line.cells.get("parent", "") for code, line in zip(codes, lines, strict=True)}
    labels, paths = [], []
    for code, line in zip(codes, lines, strict=True):
        parts = [code]
        parent = line.cells.get("parent", "")
        while parent:
            parts.insert(0, parent)
            # More parents than codes: the column "parent" runs in a circle.
            if len(parts) > len(above) + 1:
                raise _own_ancestor(file, code)
            first = parent.split("/")[0] if not is_typed(parent) else parent
            # A name that stands under two codes does not say which; its path would.
            is_whole = len(divide(parent)) > 1 and is_typed(parent)
            parent = "" if is_whole or counts[first] > 1 else above.get(first, "")
        typed = any(map(is_typed, parts))
        paths.append(not typed)
        pieces = [divide(part) if typed else tuple(part.split("/")) for part in parts]
        labels.append(tuple(label for piece in pieces for label in piece))
    return labels, paths


def _own_ancestor(file: str, code: str) -> InvalidCodebookError:
    return InvalidCodebookError(
        Message(
            "{file}, {code}: This code is its own ancestor. Look at the column 'parent'.",
            file=file,
            code=code,
        )
    )


def _depths(lines: Sequence[CodeLine]) -> list[int] | None:
    """Return how deep each code is by a column, by white space or bullets before it, or None."""
    depth_cells = [line.cells.get("depth", "") for line in lines]
    if all(cell.isdecimal() and len(cell) < 3 for cell in depth_cells) and len({*depth_cells}) > 1:
        return [int(cell) for cell in depth_cells]
    widths = [_width(line.code) for line in lines]
    if len({*widths}) > 1 and widths[0] == min(widths):
        return widths
    numbers = [_NUMBER.match(line.code.strip()) for line in lines]
    parts = [match[1].count(".") for match in numbers if match]
    # "1 Home", "1.1 Street": numbers say it where every code has one.
    return parts if len(parts) == len(lines) and len({*parts}) > 1 and parts[0] == 0 else None


def _width(code: str) -> int:
    text = code.expandtabs(4).replace("\u00a0", " ").replace("\u2003", "  ")
    bare = text.lstrip()
    bullets = _BULLETS.match(bare)
    marks = "".join((bullets[0] if bullets else "").split())
    return len(text) - len(bare) + 2 * len(marks)


def _bare(code: str) -> str:
    bullets = _BULLETS.match(code.strip())
    return code.strip()[bullets.end() if bullets else 0 :].strip() or code.strip()


def _by_depths(codes: Sequence[str], depths: Sequence[int]) -> list[tuple[str, ...]]:
    """Return the labels by depths, of which only more and less count."""
    above: list[tuple[int, str]] = []
    labels: list[tuple[str, ...]] = []
    for code, depth in zip(codes, depths, strict=True):
        while above and above[-1][0] >= depth:
            above.pop()
        above.append((depth, code))
        labels.append(tuple(label for _, label in above))
    return labels
