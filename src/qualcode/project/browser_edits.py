"""Edits made in a browser on the coding page, each applied exactly once.

A browser numbers its edits and sends them until they are acknowledged, so that none is lost
and none is applied twice. Each edit is one step of the history; an undo takes a step back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from qualcode.errors import (
    ConflictError,
    InvalidValueError,
    ProjectError,
    QualcodeError,
    unknown_name,
)
from qualcode.messages import Message
from qualcode.model import (
    Code,
    Coding,
    LocalText,
    Memo,
    MemoTarget,
    Rejection,
    Span,
    Transcript,
)
from qualcode.model.code_colors import color_of_new_code
from qualcode.model.codebook import path_name
from qualcode.project.round_choice import choose_round

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot
    from qualcode.storage import CodingContext, Store


class EditKind(StrEnum):
    """What an edit does."""

    ADD = "add"
    WITHDRAW = "withdraw"
    CHANGE = "change"
    MEMO = "memo"
    NEW_CODE = "new_code"
    REJECT = "reject"
    UNREJECT = "unreject"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit made in a browser.

    Attributes:
        number: Place among the edits of its browser, from 1.
        kind: What it does; ``undo`` and ``redo`` need nothing but their number.
        transcript: Name of the transcript.
        id: Id of the coding to add or withdraw, made by the browser: 32 hexadecimal digits.
        replaces: For ``change``: the id of the coding that makes way.
        code: Id of the code; for ``new_code`` the id of the code above it, or ``""``.
        start: Where the passage starts, in code points.
        end: Where it ends, excluded.
        text: Of the memo, or the label of the new code.
        target_kind: What the memo is about.
        target: Key of what the memo is about; a turn's is its number.
        suggester: What suggested it (``fused@1``), for a coding that was suggested and for a
            suggestion that is rejected.
        sha256: Start of the hash of the text that its positions are about; ``""`` where it has
            none.
    """

    number: int
    kind: EditKind
    transcript: str
    id: str = ""
    replaces: str = ""
    code: str = ""
    start: int = 0
    end: int = 0
    text: str = ""
    target_kind: MemoTarget = MemoTarget.CODING
    target: str = ""
    suggester: str = ""
    sha256: str = ""


def apply_edits(
    project: Project,
    store: Store,
    coder: str,
    client: str,
    edits: Iterable[Edit],
    *,
    round_: str,
) -> tuple[tuple[Edit, str], ...]:
    """Apply the edits of one browser that did not arrive before; see ``Codings.apply_edits``."""
    application = _Application(project, store, coder, round_)
    refused: list[tuple[Edit, str]] = []
    # Later edits may rest on earlier ones: a coding on a code that was new.
    for edit in sorted(edits, key=lambda edit: edit.number):
        try:
            application.receive(client, edit)
        except ProjectError:
            # A locked file or a full disk says nothing of the edit: it is sent again.
            raise
        except QualcodeError as error:
            # Noted as arrived: otherwise the browser would send it for ever.
            store.note_edit(client, edit.number, str(error), coder)
            refused.append((edit, str(error)))
    return tuple(refused)


class _Application:
    """Applies edits as one coder, in one round."""

    def __init__(self, project: Project, store: Store, coder: str, round_: str) -> None:
        self._project = project
        self._store = store
        self._coder = coder
        self._round = round_

    def receive(self, client: str, edit: Edit) -> None:
        """Apply an edit that did not arrive before, and note that it did."""
        if edit.kind in {EditKind.UNDO, EditKind.REDO}:
            # The history's own step, which no other step can hold.
            turn = self._store.undo if edit.kind is EditKind.UNDO else self._store.redo
            turn(self._coder, edit=(client, edit.number))
            return
        with self._store.step(self._coder):
            if self._store.receive_edit(client, edit.number, self._coder):
                self._apply(edit)

    def _apply(self, edit: Edit) -> None:
        if edit.kind in {EditKind.ADD, EditKind.CHANGE}:
            self._code(edit)
            return
        self._store.add_coder(self._coder, self._coder)
        with self._project.snapshot() as snapshot:
            if edit.sha256:
                _refuse_other_text(snapshot.transcript(edit.transcript).sha256, edit)
        if edit.kind is EditKind.WITHDRAW:
            self._withdraw(edit.replaces or edit.id)
        elif edit.kind is EditKind.MEMO:
            on_turn = edit.target_kind is MemoTarget.TURN
            target = f"{edit.transcript}#{edit.target}" if on_turn else edit.target
            note = Memo("", edit.target_kind, target, edit.text, self._coder)
            self._store.add_memo(note, self._coder)
        elif edit.kind is EditKind.NEW_CODE:
            self._add_in_vivo_code(edit)
        elif edit.kind in {EditKind.REJECT, EditKind.UNREJECT}:
            self._reject(edit)

    def _withdraw(self, coding_id: str) -> str:
        """Withdraw a coding, and return the memo that came with it."""
        # A page may only take back what its own coder did, whatever id it sends.
        codings = {c.id: c for c in self._project.codings.collect(coder=self._coder)}
        if coding_id not in codings:
            raise unknown_name(
                "coding", coding_id, (), Message("the codings of {coder}", coder=self._coder)
            )
        self._project.codings.withdraw([coding_id])
        return codings[coding_id].memo

    def _code(self, edit: Edit) -> None:
        """Add a coding, and withdraw the one that it replaces."""
        # A key press waits for this: everything is read once, and only what one coding needs.
        context = self._store.coding_context((edit.transcript,))
        _refuse_other_text(context.texts[edit.transcript].sha256, edit)
        if self._coder not in context.coders:
            self._store.add_coder(self._coder, self._coder)
            context = replace(context, coders=context.coders | {self._coder})
        memo = self._withdraw(edit.replaces or edit.id) if edit.kind is EditKind.CHANGE else ""
        self._store.add_codings((self._coding(edit, context, memo),), self._coder, context)

    def _coding(self, edit: Edit, context: CodingContext, memo: str) -> Coding:
        span = Span(edit.start, edit.end)
        # The round may have been removed while the edit waited in the browser.
        known = any(round_.name == self._round for round_ in context.rounds)
        round_name = self._round if known else ""
        return Coding(
            id=edit.id,
            transcript=edit.transcript,
            span=span,
            quote=span.of(context.texts[edit.transcript].text),
            code=context.codes.paths.get(edit.code) or self._code_path(edit.code),
            coder=self._coder,
            round=choose_round(context.rounds, self._coder, edit.transcript, round_name),
            codebook_version=max(context.codes.versions),
            memo=memo,
            origin=f"suggestion:{edit.suggester}" if edit.suggester else "manual",
        )

    def _code_path(self, code_id: str) -> str:
        with self._project.snapshot() as snapshot:
            return _code_path(snapshot, code_id)

    def _add_in_vivo_code(self, edit: Edit) -> None:
        with self._project.snapshot() as snapshot:
            book = snapshot.codebook
            parent = {code.id: code for code in book.codes}.get(edit.code)
            language = snapshot.info.language
        name = code_name(edit.text)
        path = f"{parent.path}/{name}" if parent else name
        label = LocalText.of(edit.text.strip(), language)
        color = color_of_new_code(book, parent.path if parent else "")
        self._project.codebook.add(Code(path, label=label, id=edit.id, color=color))

    def _reject(self, edit: Edit) -> None:
        path = self._code_path(edit.code)
        span = Span(edit.start, edit.end)
        rejection = Rejection(self._coder, edit.transcript, span, path, edit.suggester)
        if edit.kind is EditKind.REJECT:
            self._store.reject(rejection, self._coder)
        else:
            self._store.unreject(rejection, self._coder)


def _refuse_other_text(sha256: str, edit: Edit) -> None:
    # Positions of the page would fall on other words in a text that was replaced since.
    if edit.sha256 and not sha256.startswith(edit.sha256):
        raise ConflictError(
            Message(
                "The text of '{transcript}' was replaced after this page read it. Reload the "
                "page, and code the passage again.",
                transcript=edit.transcript,
            )
        )


def _code_path(snapshot: Snapshot, code_id: str) -> str:
    # A page that was opened before a rename still knows the code, by its id.
    paths = {code.id: code.path for code in snapshot.codebook.codes}
    if code_id not in paths:
        raise unknown_name(
            "code", code_id, (), Message("codebook '{name}'", name=snapshot.codebook.name)
        )
    return paths[code_id]


def code_name(label: str) -> str:
    """Return the name in a path that fits a label: lower-case letters, digits, underscores.

    Raises:
        InvalidValueError: the label has no letter or digit of the Latin alphabet.
    """
    name = path_name(label)
    if not name:
        raise InvalidValueError(
            Message("'{label}' cannot be a code. Use at least one letter or digit.", label=label)
        )
    return name


def rows_of(transcript: Transcript) -> tuple[tuple[int, str, int | None, Span], ...]:
    """Return what to show of a transcript, one row a turn: number, speaker, time, span.

    A transcript without turns gives its lines that are not empty.
    """
    if transcript.turns:
        return tuple((t.number, t.speaker, t.time_ms, t.span) for t in transcript.turns)
    rows: list[tuple[int, str, int | None, Span]] = []
    start = 0
    for line in transcript.text.split("\n"):
        if line.strip():
            rows.append((len(rows) + 1, "", None, Span(start, start + len(line))))
        start += len(line) + 1
    return tuple(rows)
