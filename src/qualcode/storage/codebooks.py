"""Rows of codebook versions, and of codes, whose ids stay the same in every version."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, insert, select, update

from qualcode.errors import ConflictError, InvalidValueError, UnknownNameError, unknown_name
from qualcode.messages import Message
from qualcode.model import Code, Codebook, Event, compare_codebooks
from qualcode.storage.history import Change, NewId, next_number
from qualcode.storage.json_codec import pack_codebook, unpack_codebook
from qualcode.storage.schema import codebooks, codes, codings, rounds


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """One stored version of the codebook: number, time, coder and reason."""

    version: int
    at: datetime
    who: str
    note: str = ""


def read(connection: Connection, version: int | None = None) -> Codebook | None:
    """Return one version of the codebook, the latest by default; None if there is none yet.

    Raises:
        UnknownNameError: there is no such version.
    """
    query = select(codebooks).where(~codebooks.c.removed)
    query = query.order_by(codebooks.c.version.desc()).limit(1)
    if version is not None:
        query = query.where(codebooks.c.version == version)
    row = connection.execute(query).one_or_none()
    if row is not None:
        return unpack_codebook(row.book, row.version)
    if version is not None:
        versions = [str(v.version) for v in read_versions(connection)]
        raise unknown_name("codebook version", str(version), versions, "the project")
    return None


def read_versions(connection: Connection) -> tuple[CodebookVersion, ...]:
    """Return all versions, the first one first."""
    columns = codebooks.c
    query = select(columns.version, columns.at, columns.who, columns.note)
    query = query.where(~columns.removed).order_by(columns.version)
    return tuple(CodebookVersion(*row) for row in connection.execute(query))


def add_notes(connection: Connection, events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events with the note of the codebook version that each of them made."""
    events = tuple(events)
    made = {event.number: _row_of(event) for event in events if event.action == "codebook.change"}
    if not made:
        return events
    query = select(codebooks.c.id, codebooks.c.note).where(codebooks.c.id.in_(set(made.values())))
    # The state of an event has the note in English only; its row keeps the message. Versions that
    # were taken back keep their rows, and share their number with the one that followed.
    notes = {row.id: row.note for row in connection.execute(query)}
    return tuple(replace(event, note=notes.get(made.get(event.number, 0), "")) for event in events)


def _row_of(event: Event) -> int:
    state = json.loads(event.after or event.before or "{}")
    return int(state.get("id") or 0)


def save(change: Change, book: Codebook, note: str) -> Codebook:
    """Store the next version, and return it with its number and the ids of its codes.

    Raises:
        ConflictError: It lacks a code that has codings.
        InvalidValueError: Two codes have one id, or a merged code has no target.
    """
    before = read(change.connection)
    book = replace(
        book,
        version=before.version + 1 if before else 1,
        codes=_with_ids(book.codes, before.codes if before else (), change.new_id),
    )
    # Called for its checks: a wrong merge must fail before the first row is written.
    _displayed_paths(book)
    _refuse_lost(change.connection, book)
    number = next_number(change.connection, codebooks.c.id)
    change.connection.execute(
        insert(codebooks),
        {
            "id": number,
            "version": book.version,
            "book": pack_codebook(book),
            "at": change.at,
            "who": change.who,
            "note": note,
            "removed": False,
        },
    )
    _refresh_codes(change.connection, book)
    changes = compare_codebooks(before, book) if before else ()
    kinds = dict(Counter(c.kind for c in changes)) if before else {"added": len(book.codes)}
    # The event only counts the changes: both versions stay stored and can be compared.
    after = {"id": number, "name": book.name, "note": note, "changes": kinds}
    change.record("codebook.change", str(book.version), after=after)
    return book


def _with_ids(codes: tuple[Code, ...], before: tuple[Code, ...], new_id: NewId) -> tuple[Code, ...]:
    ids_in_use = {code.id for code in codes if code.id}
    # A code without an id keeps the id of its path, unless a moved code took that id along.
    ids_by_path = {code.path: code.id for code in before if code.id not in ids_in_use}
    ids = {code.path: code.id or ids_by_path.get(code.path) or new_id() for code in codes}
    return tuple(
        replace(
            code,
            id=ids[code.path],
            # A book without ids names the path of the merge target instead of its id.
            merged_into=ids.get(code.merged_into, code.merged_into),
        )
        for code in codes
    )


def _displayed_paths(book: Codebook) -> dict[str, str]:
    """Return the path to display by code id: for a merged code, the path of the final target."""
    by_id = {code.id: code for code in book.codes}
    if len(by_id) < len(book.codes):
        twice = next(i for i, n in Counter(c.id for c in book.codes).items() if n > 1)
        raise InvalidValueError(
            Message(
                "Codebook '{name}' gives the id '{twice}' to two codes. Leave one out.",
                name=book.name,
                twice=twice,
            )
        )
    displayed = {}
    for code in book.codes:
        merge_chain = [code]
        while merge_chain[-1].merged_into:
            target = by_id.get(merge_chain[-1].merged_into)
            if target is None or target in merge_chain:
                names = {
                    "path": code.path,
                    "name": book.name,
                    "merged_into": merge_chain[-1].merged_into,
                }
                raise InvalidValueError(
                    Message(
                        "Code '{path}' of codebook '{name}' was merged into '{merged_into}', "
                        "which is not in the book.",
                        **names,
                    )
                    if target is None
                    else Message(
                        "Code '{path}' of codebook '{name}' was merged into '{merged_into}', "
                        "which was merged into it again.",
                        **names,
                    )
                )
            merge_chain.append(target)
        displayed[code.id] = merge_chain[-1].path
    return displayed


def _refuse_lost(connection: Connection, book: Codebook) -> None:
    query = (
        select(codes.c.id, codes.c.path)
        .join(codings)
        # A withdrawn coding does not hold a code in the book: the row of the code stays for it.
        .where(codings.c.withdrawn_at.is_(None))
        .group_by(codes.c.id, codes.c.path)
        .order_by(codes.c.path)
    )
    book_ids = {code.id for code in book.codes}
    for row in connection.execute(query):
        if row.id not in book_ids:
            raise ConflictError(
                Message(
                    # Not how many: they may be of others, in a blind round.
                    "Version {version} of the codebook leaves out '{path}', which has codings. "
                    "Retire it or merge it into another code instead.",
                    version=book.version,
                    path=row.path,
                )
            )


def _refresh_codes(connection: Connection, book: Codebook | None) -> None:
    # A code that left the codebook keeps its row: withdrawn codings and old events refer to it.
    connection.execute(update(codes).values(position=None))
    if book is None:
        return
    displayed = _displayed_paths(book)
    stored_ids = set(connection.scalars(select(codes.c.id)))
    for place, code in enumerate(book.codes):
        row = {
            "path": code.path,
            "shown": displayed[code.id],
            "position": place,
            "retired": code.retired,
        }
        if code.id in stored_ids:
            connection.execute(update(codes).where(codes.c.id == code.id).values(**row))
        else:
            connection.execute(insert(codes), {"id": code.id, **row})


@dataclass(frozen=True, slots=True)
class CodeIndex:
    """The codes of the latest codebook, for looking up ids by path.

    Attributes:
        read_name: Reads the name of the codebook; ``""`` if there is none yet.
        ids: Id by path.
        paths: Path by id.
        retired: Path of the merge target (or the own path) by path of a retired code.
        versions: Numbers of all versions.
    """

    read_name: Callable[[], str]
    ids: Mapping[str, str]
    paths: Mapping[str, str]
    retired: Mapping[str, str]
    versions: frozenset[int]

    def id_of(self, path: str) -> str:
        """Return the id of a code.

        Raises:
            UnknownNameError: the latest codebook has no such code.
        """
        if path not in self.ids:
            book = self.read_name()
            where = (
                Message("codebook '{name}'", name=book)
                if book
                else "the project (it has no codebook)"
            )
            raise unknown_name("code", path, self.ids, where)
        return self.ids[path]

    def usable_id_of(self, path: str) -> str:
        """Return the id of a code that new codings may have.

        Raises:
            UnknownNameError: there is no such code, or it is retired.
        """
        code_id = self.id_of(path)
        if path in self.retired:
            into = self.retired[path]
            raise UnknownNameError(
                Message(
                    "Code '{path}' is retired. Use '{into}', which it was merged into.",
                    path=path,
                    into=into,
                )
                if into != path
                else Message(
                    "Code '{path}' is retired. Restore it in the codebook, or use another code.",
                    path=path,
                )
            )
        return code_id


def read_code_index(connection: Connection) -> CodeIndex:
    """Return the codes of the latest codebook."""
    rows = connection.execute(select(codes).where(codes.c.position.is_not(None))).all()
    versions = select(codebooks.c.version).where(~codebooks.c.removed)
    return CodeIndex(
        # Only errors name the book, and its JSON is long: a coding is stored without it.
        read_name=partial(_read_name, connection),
        ids={row.path: row.id for row in rows},
        paths={row.id: row.path for row in rows},
        # A merged code counts as retired even where the book does not say so: its codings show the
        # target.
        retired={r.path: r.shown for r in rows if r.retired or r.shown != r.path},
        versions=frozenset(connection.scalars(versions)),
    )


def _read_name(connection: Connection) -> str:
    book = read(connection)
    return book.name if book else ""


def current(connection: Connection, versions: Collection[str]) -> dict[str, Any]:
    """Return the versions that are in force."""
    stored = {str(v.version) for v in read_versions(connection)}
    return {version: True for version in versions if version in stored}


def restore(change: Change, states: Mapping[str, Any]) -> None:
    """Take back the latest versions, or put versions back after the latest.

    Raises:
        ConflictError: A version is not the latest one, or codings or rounds depend on it.
    """
    undone_versions = sorted((int(v) for v, state in states.items() if state is None), reverse=True)
    # The newest first, because only the latest version can be taken back.
    for version in undone_versions:
        _refuse_used(change.connection, version)
        _mark(change.connection, codebooks.c.version == version, removed=True)
    for version in sorted(int(v) for v, state in states.items() if state is not None):
        latest = read(change.connection)
        if version != (latest.version if latest else 0) + 1:
            raise ConflictError(
                Message(
                    "Version {version} of the codebook cannot come back: the version before it "
                    "was taken back. Put that one back first.",
                    version=version,
                )
            )
        _mark(change.connection, codebooks.c.id == states[str(version)]["id"], removed=False)
    latest = read(change.connection)
    # The version before may lack a code that got codings since.
    if latest:
        _refuse_lost(change.connection, latest)
    _refresh_codes(change.connection, latest)


def _mark(connection: Connection, version_filter: Any, *, removed: bool) -> None:
    condition = version_filter, codebooks.c.removed != removed
    connection.execute(update(codebooks).where(*condition).values(removed=removed))


def _refuse_used(connection: Connection, version: int) -> None:
    latest = max(v.version for v in read_versions(connection))
    if version != latest:
        raise ConflictError(
            Message(
                "Version {version} of the codebook cannot be taken back: version {latest} "
                "follows it. Take that one back first.",
                version=version,
                latest=latest,
            )
        )
    under = codings.c.codebook_version == version, codings.c.withdrawn_at.is_(None)
    has_codings = connection.scalar(select(codings.c.id).where(*under).limit(1)) is not None
    # Rounds name the version that their coders must use.
    names = [
        r["name"]
        for r in connection.scalars(select(rounds.c.round))
        if r["codebook_version"] == version
    ]
    if has_codings or names:
        raise ConflictError(
            Message(
                # Not how many: they may be of others, in a blind round.
                "Version {version} of the codebook cannot be taken back: codings were made under "
                "it. Withdraw those first, or save a new version.",
                version=version,
            )
            if has_codings
            else Message(
                "Version {version} of the codebook cannot be taken back: round '{names}' uses "
                "it. Withdraw those first, or save a new version.",
                version=version,
                names=names[0],
            )
        )
