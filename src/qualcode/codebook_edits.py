"""Change a codebook: add, edit, rename, move, merge, split, retire.

Each function takes a codebook and gives the next version of it. A code keeps its id when its
path changes, so that codings follow it. Keeping the versions is left to the project.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from qualcode.errors import ConflictError, InvalidValueError
from qualcode.model import Code, Codebook, Guide, LocalText
from qualcode.model.codebook import UNNAMED, path_name


def add_code(codebook: Codebook, code: Code) -> Codebook:
    """Return the codebook with a new code, as the last one under its parent.

    Raises:
        ConflictError: a code with this path is there (also a retired one).
        UnknownNameError: its parent is not there.
    """
    if code.path in codebook:
        retired = " (retired)" if codebook.code(code.path).retired else ""
        raise ConflictError(
            f"Codebook '{codebook.name}' already has a code '{code.path}'{retired}. "
            "Choose another name, or edit that one."
        )
    if code.parent:
        codebook.code(code.parent)
    return _next(codebook, (*codebook.codes, code))


def edit_code(codebook: Codebook, path: str, **fields: Any) -> Codebook:
    """Return the codebook with other texts, terms, colour or attributes of one code.

    Args:
        codebook: The codebook to change.
        path: Which code.
        fields: Fields of :class:`Code` other than ``path``, ``id`` and ``merged_into``.
    """
    fixed = {"path", "id", "merged_into"} & fields.keys()
    if fixed:
        raise InvalidValueError(
            f"'{fixed.pop()}' of a code cannot be edited; rename, move or merge the code."
        )
    return _replaced(codebook, replace(codebook.code(path), **fields))


def rename_code(codebook: Codebook, path: str, name: str) -> Codebook:
    """Return the codebook with another last part of the path, for the code and those below."""
    code = codebook.code(path)
    return _next(codebook, _with_path(codebook, path, _joined(code.parent, name)))


def move_code(codebook: Codebook, path: str, parent: str) -> Codebook:
    """Return the codebook with the code, and those below it, last under another parent.

    Args:
        codebook: The codebook to change.
        path: Which code.
        parent: Path of the new parent; ``""`` makes it a theme.
    """
    code = codebook.code(path)
    if parent:
        codebook.code(parent)
    if parent == path or parent.startswith(f"{path}/"):
        raise ConflictError(f"'{path}' cannot be moved below itself ('{parent}').")
    new = _joined(parent, code.name)
    codes = _with_path(codebook, path, new)
    stay = [c for c in codes if c.path != new]
    return _next(codebook, (*stay, *(c for c in codes if c.path == new)))


def place_code(codebook: Codebook, path: str, parent: str, before: str = "") -> Codebook:
    """Return the codebook with a code, and those below it, at a place in the tree.

    Args:
        codebook: The codebook to change.
        path: Which code.
        parent: Path of the code above it; ``""`` makes it a theme.
        before: Path of the code that comes after it there; ``""`` puts it last.
    """
    code = codebook.code(path)
    moved = codebook if code.parent == parent else move_code(codebook, path, parent)
    own = moved.code(_joined(parent, code.name))
    rest = [one for one in moved.codes if one.path != own.path]
    paths = [one.path for one in rest]
    at = paths.index(codebook.code(before).path) if before else len(rest)
    return _next(codebook, (*rest[:at], own, *rest[at:]))


def merge_codes(codebook: Codebook, path: str, into: str) -> Codebook:
    """Return the codebook with one code merged into another: retired, its codings follow.

    Raises:
        ConflictError: the code has codes below it, or it would be merged into itself.
    """
    code, target = codebook.code(path), codebook.code(into)
    if path == into:
        raise ConflictError(f"'{path}' cannot be merged into itself.")
    if target.retired:
        raise ConflictError(f"'{into}' is retired. Restore it first, or choose another code.")
    _refuse_parent(codebook, path, "merged")
    return _replaced(codebook, replace(code, retired=True, merged_into=target.id or target.path))


def split_code(codebook: Codebook, path: str, names: Iterable[str]) -> Codebook:
    """Return the codebook with a code split into new ones beside it, and itself retired.

    The new codes begin with the entry of the old one, to be edited; its codings stay with the
    retired code until somebody looks at them again.
    """
    code = codebook.code(path)
    _refuse_parent(codebook, path, "split")
    names = tuple(dict.fromkeys(names))
    if len(names) < 2:
        raise InvalidValueError("A split needs at least two new names.")
    split = _replaced(codebook, replace(code, retired=True))
    for name in names:
        new = replace(code, path=_joined(code.parent, name), id="", label=LocalText())
        split = add_code(split, new)
    return replace(split, version=codebook.version + 1)


def retire_code(codebook: Codebook, path: str) -> Codebook:
    """Return the codebook with a code, and those below it, not offered for new codings."""
    codebook.code(path)
    below = {code.path for code in codebook.subtree(path)}
    return codebook.with_codes(
        tuple(replace(c, retired=True) if c.path in below else c for c in codebook.codes)
    )


def restore_code(codebook: Codebook, path: str) -> Codebook:
    """Return the codebook with a retired code in use again; a merged one is separate again."""
    code = codebook.code(path)
    if not code.retired:
        raise ConflictError(f"'{path}' is in use; there is nothing to restore.")
    return _replaced(codebook, replace(code, retired=False, merged_into=""))


def follow_codes(guide: Guide, before: Codebook, after: Codebook) -> Guide:
    """Return a guide whose questions expect the codes by their paths in a newer codebook.

    A code that was merged into another is that other one; what the older book does not know
    stays as it is.
    """
    by_id = {code.id: code for code in after.codes if code.id}

    def path_of(path: str) -> str:
        code = by_id.get(before.code(path).id) if path in before else None
        while code and code.merged_into in by_id:
            code = by_id[code.merged_into]
        return code.path if code else path

    questions = tuple(
        replace(one, codes=tuple(dict.fromkeys(map(path_of, one.codes)))) for one in guide.questions
    )
    return replace(guide, questions=questions)


def adopt(current: Codebook, read: Codebook) -> Codebook:
    """Return a codebook read from a file as the next version of the current one.

    Codes are matched by path, else by id. Codes that the file no longer has are retired, not
    lost, under the parent they had.
    """
    by_id = {code.id: code for code in current.codes if code.id}
    new_paths: dict[str, str] = {}
    codes: list[Code] = []
    for code in read.codes:
        old = current.code(code.path) if code.path in current else by_id.get(code.id)
        codes.append(replace(code, id=old.id if old else ""))
        if old:
            new_paths[old.path] = code.path
    for old in current.codes:
        if old.path not in new_paths:
            new_paths[old.path] = _joined(new_paths.get(old.parent, ""), old.name)
            codes.append(replace(old, path=new_paths[old.path], retired=True))
    return replace(read, codes=_tree_order(codes), version=current.version + 1)


def combine(current: Codebook, other: Codebook) -> tuple[Codebook, dict[str, str]]:
    """Return the current codebook with the codes that only another one has, and where each went.

    A code of the other book is a known one when it has the same id, else when it has the same
    path. Known codes stay as they are; without new codes the book itself is returned.

    Returns:
        The codebook, and the path in it by the path in the other one.
    """
    by_id = {code.id: code.path for code in current.codes if code.id}
    known = set(current.paths)
    paths: dict[str, str] = {}
    new: list[Code] = []
    for code in other.codes:
        path = _joined(paths.get(code.parent, ""), code.name)
        path = by_id.get(code.id, path) if code.id else path
        paths[code.path] = path
        if path not in known:
            known.add(path)
            new.append(replace(code, path=path))
    return (_next(current, (*current.codes, *new)) if new else current), paths


def with_labels(
    codebook: Codebook, labels: Iterable[tuple[str, ...]]
) -> tuple[Codebook, dict[tuple[str, ...], str]]:
    """Return the codebook with a code for each label path, and the path of each.

    A label path of another program is a known code when it is its path, or the labels from the
    theme down, or the label or path name of one code only; else the codes that lack are added.

    Args:
        codebook: The codebook.
        labels: Labels from the theme down, as ``("Influences", "Peer pressure")``.
    """
    paths: dict[tuple[str, ...], str] = {}
    for label in labels:
        if label not in paths:
            found = find_code(codebook, label)
            if found is None:
                codebook, found = _grown(codebook, label)
            paths[label] = found
    return codebook, paths


def find_code(codebook: Codebook, label: tuple[str, ...]) -> str | None:
    """Return the path of the one code that is called so, from the theme down or alone, or None."""
    wanted = tuple(part.strip().casefold() for part in label)
    if "/".join(wanted) in codebook:
        return "/".join(wanted)
    alike = [code.path for code in codebook.codes if _is_called(codebook, code, wanted)]
    return alike[0] if len(alike) == 1 else None


def _is_called(codebook: Codebook, code: Code, wanted: tuple[str, ...]) -> bool:
    above = code
    for place, part in enumerate(reversed(wanted)):
        called = {above.name, path_name(above.title(codebook.language))}
        called |= {text.casefold() for text in above.label.values()}
        if part not in called and path_name(part) not in called:
            return False
        if not above.parent:
            return place == len(wanted) - 1
        above = codebook.code(above.parent)
    return len(wanted) == 1


def _grown(codebook: Codebook, label: tuple[str, ...]) -> tuple[Codebook, str]:
    parent = ""
    for depth, part in enumerate(label, 1):
        known = find_code(codebook, label[:depth])
        if known is None or (parent and not known.startswith(f"{parent}/")):
            known = _joined(parent, path_name(part) or UNNAMED)
            if known not in codebook:
                code = Code(known, LocalText({codebook.language: part.strip()}))
                codebook = add_code(codebook, code)
        parent = known
    return codebook, parent


def _joined(parent: str, name: str) -> str:
    return f"{parent}/{name}" if parent else name


def _next(codebook: Codebook, codes: Iterable[Code]) -> Codebook:
    return codebook.with_codes(_tree_order(codes))


def _replaced(codebook: Codebook, code: Code) -> Codebook:
    return codebook.with_codes(tuple(code if c.path == code.path else c for c in codebook.codes))


def _with_path(codebook: Codebook, old: str, new: str) -> tuple[Code, ...]:
    """Return all codes, those of the subtree at ``old`` under the path ``new``."""
    if old != new and new in codebook:
        raise ConflictError(f"Codebook '{codebook.name}' already has a code '{new}'.")
    moved = {code.path for code in codebook.subtree(old)}
    return tuple(
        replace(code, path=new + code.path[len(old) :]) if code.path in moved else code
        for code in codebook.codes
    )


def _tree_order(codes: Iterable[Code]) -> tuple[Code, ...]:
    """Return the codes depth first, siblings in the order given."""
    children: dict[str, list[Code]] = {}
    for code in codes:
        children.setdefault(code.parent, []).append(code)
    ordered: list[Code] = []
    waiting = list(reversed(children.get("", [])))
    while waiting:
        code = waiting.pop()
        ordered.append(code)
        waiting.extend(reversed(children.get(code.path, [])))
    return tuple(ordered)


def _refuse_parent(codebook: Codebook, path: str, verb: str) -> None:
    below = [child.path for child in codebook.children(path) if not child.retired]
    if below:
        raise ConflictError(
            f"'{path}' has codes below it ('{below[0]}') and cannot be {verb}. Move those first."
        )
