"""Edits a codebook: add, edit, rename, move, merge, split, retire.

Each function takes a codebook and returns its next version. A code keeps its id when its path
changes, so that its codings follow. The project stores the versions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from qualcode.errors import ConflictError, InvalidValueError
from qualcode.messages import Message
from qualcode.model import Code, Codebook, Guide, LocalText
from qualcode.model.codebook import UNNAMED, path_name


def add_code(codebook: Codebook, code: Code) -> Codebook:
    """Return the codebook with a new code, as the last one under its parent.

    Raises:
        ConflictError: A code with this path exists, perhaps a retired one.
        UnknownNameError: Its parent does not exist.
    """
    if code.path in codebook:
        raise ConflictError(
            Message(
                "Codebook '{name}' already has a code '{path}' (retired). Choose another name, "
                "or edit that one.",
                name=codebook.name,
                path=code.path,
            )
            if codebook.code(code.path).retired
            else Message(
                "Codebook '{name}' already has a code '{path}'. Choose another name, or edit "
                "that one.",
                name=codebook.name,
                path=code.path,
            )
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
            Message(
                "'{fixed}' of a code cannot be edited; rename, move or merge the code.",
                fixed=fixed.pop(),
            )
        )
    return _replaced(codebook, replace(codebook.code(path), **fields))


def rename_code(codebook: Codebook, path: str, name: str) -> Codebook:
    """Return the codebook with a new last part in the path of the code and of those below it."""
    code = codebook.code(path)
    return _next(codebook, _with_path(codebook, path, _joined(code.parent, name)))


def move_code(codebook: Codebook, path: str, parent: str) -> Codebook:
    """Return the codebook with the code and those below it as last under another parent.

    Args:
        codebook: The codebook to change.
        path: Which code.
        parent: Path of the new parent; ``""`` makes it a theme.
    """
    code = codebook.code(path)
    if parent:
        codebook.code(parent)
    if parent == path or parent.startswith(f"{path}/"):
        raise ConflictError(
            Message("'{path}' cannot be moved below itself ('{parent}').", path=path, parent=parent)
        )
    new = _joined(parent, code.name)
    codes = _with_path(codebook, path, new)
    stay = [c for c in codes if c.path != new]
    return _next(codebook, (*stay, *(c for c in codes if c.path == new)))


def place_code(codebook: Codebook, path: str, parent: str, before: str = "") -> Codebook:
    """Return the codebook with a code and those below it at a place in the tree.

    Args:
        codebook: The codebook to change.
        path: Which code.
        parent: Path of the code above it; ``""`` makes it a theme.
        before: Path of the code that follows it there; ``""`` puts it last.
    """
    code = codebook.code(path)
    moved = codebook if code.parent == parent else move_code(codebook, path, parent)
    placed = moved.code(_joined(parent, code.name))
    remaining = [other_code for other_code in moved.codes if other_code.path != placed.path]
    paths = [other_code.path for other_code in remaining]
    at = paths.index(codebook.code(before).path) if before else len(remaining)
    return _next(codebook, (*remaining[:at], placed, *remaining[at:]))


def merge_codes(codebook: Codebook, path: str, into: str) -> Codebook:
    """Return the codebook with one code merged into another; it is retired, its codings follow.

    Raises:
        ConflictError: The code has codes below it, or would be merged into itself.
    """
    code, target = codebook.code(path), codebook.code(into)
    if path == into:
        raise ConflictError(Message("'{path}' cannot be merged into itself.", path=path))
    if target.retired:
        raise ConflictError(
            Message("'{into}' is retired. Restore it first, or choose another code.", into=into)
        )
    _refuse_parent(codebook, path, "merged")
    return _replaced(codebook, replace(code, retired=True, merged_into=target.id or target.path))


def split_code(codebook: Codebook, path: str, names: Iterable[str]) -> Codebook:
    """Return the codebook with a code split into new codes next to it, and itself retired.

    The new codes start with a copy of its entry; its codings stay with the retired code until
    somebody recodes them.
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
    # Each step above counted as a version; for the user the split is one.
    return replace(split, version=codebook.version + 1)


def retire_code(codebook: Codebook, path: str) -> Codebook:
    """Return the codebook with a code and those below it retired: no new codings."""
    codebook.code(path)
    below = {code.path for code in codebook.subtree(path)}
    return codebook.with_codes(
        tuple(replace(c, retired=True) if c.path in below else c for c in codebook.codes)
    )


def restore_code(codebook: Codebook, path: str) -> Codebook:
    """Return the codebook with a retired code restored; a merged code is separate again."""
    code = codebook.code(path)
    if not code.retired:
        raise ConflictError(Message("'{path}' is in use; there is nothing to restore.", path=path))
    return _replaced(codebook, replace(code, retired=False, merged_into=""))


def follow_codes(guide: Guide, before: Codebook, after: Codebook) -> Guide:
    """Return a guide with the paths of its codes in a newer codebook.

    A merged code becomes its merge target; paths that the older codebook lacks stay unchanged.
    """
    by_id = {code.id: code for code in after.codes if code.id}

    def path_of(path: str) -> str:
        code = by_id.get(before.code(path).id) if path in before else None
        while code and code.merged_into in by_id:
            code = by_id[code.merged_into]
        return code.path if code else path

    questions = tuple(
        replace(question, codes=tuple(dict.fromkeys(map(path_of, question.codes))))
        for question in guide.questions
    )
    return replace(guide, questions=questions)


def adopt_codebook(current: Codebook, read: Codebook) -> Codebook:
    """Return a codebook read from a file as the next version of the current one.

    Codes are matched by path, else by id. Codes that the file lacks are retired under their
    former parent, because codings may have them.
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


def combine_codebooks(current: Codebook, other_book: Codebook) -> tuple[Codebook, dict[str, str]]:
    """Return the current codebook with the new codes of another one, and the path of each code.

    A code of the other codebook is known if the id is the same, else if the path is. Known codes
    stay unchanged; without new codes the codebook itself is returned.

    Returns:
        The codebook, and the path in it by the path in the other one.
    """
    by_id = {code.id: code.path for code in current.codes if code.id}
    known_paths = set(current.paths)
    paths: dict[str, str] = {}
    new: list[Code] = []
    for code in other_book.codes:
        path = _joined(paths.get(code.parent, ""), code.name)
        path = by_id.get(code.id, path) if code.id else path
        paths[code.path] = path
        if path not in known_paths:
            known_paths.add(path)
            new.append(replace(code, path=path))
    return (_next(current, (*current.codes, *new)) if new else current), paths


def add_labelled_codes(
    codebook: Codebook, labels: Iterable[tuple[str, ...]]
) -> tuple[Codebook, dict[tuple[str, ...], str]]:
    """Return the codebook with a code for each label path, and the path of each.

    A label path of another program matches a code by its path, by the labels from the theme
    down, or by the label or path name of one code only; otherwise the missing codes are added.

    Args:
        codebook: The codebook.
        labels: Labels from the theme down, as ``("Influences", "Peer pressure")``.
    """
    paths: dict[tuple[str, ...], str] = {}
    for label in labels:
        if label not in paths:
            path = find_code(codebook, label)
            if path is None:
                codebook, path = _grown(codebook, label)
            paths[label] = path
    return codebook, paths


def find_code(codebook: Codebook, label: tuple[str, ...]) -> str | None:
    """Return the path of the only code with these labels, from the theme down or alone, or None."""
    alike = find_codes(codebook, label)
    # Two codes may have one label; a guess would mix their codings.
    return alike[0] if len(alike) == 1 else None


def find_codes(codebook: Codebook, label: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paths of all codes with these labels, from the theme down or alone."""
    parts = tuple(part.strip().casefold() for part in label)
    if "/".join(parts) in codebook:
        return ("/".join(parts),)
    return tuple(code.path for code in codebook.codes if _is_called(codebook, code, parts))


def find_named_codes(codebook: Codebook, name: str) -> tuple[str, ...]:
    """Return the paths of all codes that a person may mean by a path or a label.

    Args:
        codebook: The codebook.
        name: ``motives/joy``, ``Joy`` or ``Motives > Joy``; ``/`` and ``:`` part levels too.
    """
    if name in codebook:
        return (name,)
    # First the whole, as a label may hold such a sign itself.
    for mark in (None, ">", "/", ":"):
        labels = tuple(name.split(mark)) if mark else (name,)
        if paths := find_codes(codebook, labels):
            return paths
    return ()


def _is_called(codebook: Codebook, code: Code, parts: tuple[str, ...]) -> bool:
    above = code
    for place, part in enumerate(reversed(parts)):
        called = {above.name, path_name(above.title(codebook.language))}
        called |= {text.casefold() for text in above.label.values()}
        if part not in called and path_name(part) not in called:
            return False
        if not above.parent:
            return place == len(parts) - 1
        above = codebook.code(above.parent)
    return len(parts) == 1


def _grown(codebook: Codebook, label: tuple[str, ...]) -> tuple[Codebook, str]:
    parent = ""
    for depth, part in enumerate(label, 1):
        path = find_code(codebook, label[:depth])
        if path is None or (parent and not path.startswith(f"{parent}/")):
            path = _joined(parent, path_name(part) or UNNAMED)
            if path not in codebook:
                code = Code(path, LocalText({codebook.language: part.strip()}))
                codebook = add_code(codebook, code)
        parent = path
    return codebook, parent


def _joined(parent: str, name: str) -> str:
    return f"{parent}/{name}" if parent else name


def _next(codebook: Codebook, codes: Iterable[Code]) -> Codebook:
    return codebook.with_codes(_tree_order(codes))


def _replaced(codebook: Codebook, code: Code) -> Codebook:
    return codebook.with_codes(tuple(code if c.path == code.path else c for c in codebook.codes))


def _with_path(codebook: Codebook, old: str, new: str) -> tuple[Code, ...]:
    """Return all codes, with the subtree at ``old`` moved to the path ``new``."""
    if old != new and new in codebook:
        raise ConflictError(
            Message("Codebook '{name}' already has a code '{new}'.", name=codebook.name, new=new)
        )
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
            Message(
                "'{path}' has codes below it ('{below}') and cannot be {verb}. Move those first.",
                path=path,
                below=below[0],
                verb=verb,
            )
        )
