"""The verbs of live coding: edits made in a browser, each applied exactly once.

A browser numbers its edits and sends them until they are acknowledged, so that none is lost
and none is applied twice. Each edit is one step of the history.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from qualcode import codebook_edits
from qualcode.errors import (
    ConflictError,
    InvalidValueError,
    ProjectError,
    QualcodeError,
    unknown_name,
)
from qualcode.model import (
    Case,
    Code,
    Codebook,
    Coding,
    LocalText,
    Memo,
    MemoTarget,
    Rejection,
    Span,
    Transcript,
)
from qualcode.model.codebook import DEFAULT_COLOR, path_name
from qualcode.project.belonging import round_for
from qualcode.project.codings import CodebookChange
from qualcode.project.suggestions import Suggesting


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


class Editing(Suggesting):
    """An open project, edited from a browser."""

    @property
    def key(self) -> str:
        """A name for this very project, by which a browser knows it again."""
        info = self._store.info()
        return f"{info.name}@{info.created_at:%Y%m%dT%H%M%S%f}"

    def revision(self) -> int:
        """Return a number that grows with every change, whoever made it."""
        return self._store.revision()

    def arrived(self, clients: Collection[str]) -> Mapping[str, int]:
        """Return the number of the latest edit that arrived of each of these browsers."""
        return self._store.latest_edits(clients)

    def undo_counts(self, coder: str) -> tuple[int, int]:
        """Return how many steps a coder can undo on the coding screen, and how many redo.

        Raises:
            ConflictError: the number would tell how far another coder of a blind round is.
        """
        self._refuse_for_another(coder)
        return self._store.count_browser_steps(coder)

    def start_codebook(self, name: str, codes: tuple[Code, ...], who: str = "") -> CodebookChange:
        """Make the first codebook of a project that has none.

        Raises:
            ConflictError: there is one already.
        """
        if self._store.codebook() is not None:
            raise ConflictError("The project has a codebook already. Add codes to that one.")
        book = Codebook(name, codes, language=self.language)
        return self._change(book, who, "begun")

    def place_code(self, path: str, parent: str, before: str = "", who: str = "") -> CodebookChange:
        """Put a code, and those below it, at a place in the tree; its codings follow.

        Args:
            path: Which code.
            parent: Path of the code above it; ``""`` makes it a theme.
            before: Path of the code that comes after it there; ``""`` puts it last.
            who: Who does it.
        """
        book = codebook_edits.place_code(self.codebook(), path, parent, before)
        return self._change(book, who, f"placed {path}")

    def set_cases(self, cases: Iterable[Case], who: str = "") -> None:
        """Store the respondents of the project: those that are not among them are removed.

        Raises:
            ConflictError: there is a memo on a respondent that would be removed.
        """
        new = tuple(cases)
        gone = {one.name for one in self.collect_cases()} - {one.name for one in new}
        self._store.put_cases(new, who, gone=sorted(gone))

    def apply_edits(
        self,
        client: str,
        edits: Iterable[Edit],
        coder: str,
        *,
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> tuple[tuple[Edit, str], ...]:
        """Apply the edits of one browser that did not arrive before, in their order.

        An edit that cannot be applied is noted with the reason and holds up no other.

        Args:
            client: Name of the browser, new for every page that it opens.
            edits: All edits that it saw no acknowledgement of.
            coder: Whose codings they are.
            round: The round they belong to.

        Returns:
            Each edit that was refused, with the reason.

        Raises:
            ProjectError: the project cannot be written now; what did not arrive stays so.
        """
        refused: list[tuple[Edit, str]] = []
        for edit in sorted(edits, key=lambda one: one.number):
            try:
                if edit.kind in {EditKind.UNDO, EditKind.REDO}:
                    turn = self._store.undo if edit.kind is EditKind.UNDO else self._store.redo
                    turn(coder, edit=(client, edit.number))
                    continue
                with self._store.step(coder):
                    # asked inside the transaction: another page may be sending the same edits
                    if edit.number <= self.arrived([client]).get(client, 0):
                        continue
                    self._store.note_edit(client, edit.number, "", coder)
                    self._apply(edit, coder, round)
            except ProjectError:
                # A locked file or a full disk says nothing of the edit: it is sent again.
                raise
            except QualcodeError as error:
                self._store.note_edit(client, edit.number, str(error), coder)
                refused.append((edit, str(error)))
        return tuple(refused)

    def _apply(self, edit: Edit, coder: str, round_: str) -> None:
        self.add_coder(coder, coder)
        self._refuse_other_text(edit)
        if edit.kind in {EditKind.WITHDRAW, EditKind.CHANGE}:
            self._withdraw_own(edit.replaces or edit.id, coder)
        if edit.kind in {EditKind.ADD, EditKind.CHANGE}:
            self._store.add_codings((self._coding_of(edit, coder, round_),), coder)
        elif edit.kind is EditKind.MEMO:
            where = edit.target_kind is MemoTarget.TURN
            target = f"{edit.transcript}#{edit.target}" if where else edit.target
            self._store.add_memo(Memo("", edit.target_kind, target, edit.text, coder), coder)
        elif edit.kind is EditKind.NEW_CODE:
            self._add_in_vivo(edit, coder)
        elif edit.kind in {EditKind.REJECT, EditKind.UNREJECT}:
            span = Span(edit.start, edit.end)
            path = self._path_of(edit.code)
            value = Rejection(coder, edit.transcript, span, path, edit.suggester)
            keep = self._store.reject if edit.kind is EditKind.REJECT else self._store.unreject
            keep(value, coder)

    def _refuse_other_text(self, edit: Edit) -> None:
        if edit.sha256 and not self.transcript(edit.transcript).sha256.startswith(edit.sha256):
            raise ConflictError(
                f"The text of '{edit.transcript}' was replaced after this page read it. "
                "Reload the page, and code the passage again."
            )

    def _withdraw_own(self, coding: str, coder: str) -> None:
        owners = {one.id: one.coder for one in self.collect_codings(coder=coder)}
        if coding not in owners:
            raise unknown_name("coding", coding, (), f"the codings of {coder}")
        self.withdraw([coding], coder)

    def _coding_of(self, edit: Edit, coder: str, round_: str) -> Coding:
        span = Span(edit.start, edit.end)
        return Coding(
            id=edit.id,
            transcript=edit.transcript,
            span=span,
            quote=span.of(self.transcript(edit.transcript).text),
            code=self._path_of(edit.code),
            coder=coder,
            round=round_for(self.rounds(), coder, edit.transcript, round_),
            codebook_version=self.codebook().version,
            origin=f"suggestion:{edit.suggester}" if edit.suggester else "manual",
        )

    def _path_of(self, code: str) -> str:
        book = self.codebook()
        paths = {one.id: one.path for one in book.codes}
        if code not in paths:
            raise unknown_name("code", code, (), f"codebook '{book.name}'")
        return paths[code]

    def _add_in_vivo(self, edit: Edit, coder: str) -> None:
        book = self.codebook()
        above = {code.id: code for code in book.codes}.get(edit.code)
        name = code_name(edit.text)
        path = f"{above.path}/{name}" if above else name
        label = LocalText.of(edit.text.strip(), self.language)
        color = above.color if above else DEFAULT_COLOR
        self.add_code(Code(path, label=label, id=edit.id, color=color), coder)


def code_name(label: str) -> str:
    """Return the name in a path that fits a label: lower-case letters, digits, underscores.

    Raises:
        InvalidValueError: the label has no letter or digit of the Latin alphabet.
    """
    name = path_name(label)
    if not name:
        raise InvalidValueError(f"'{label}' cannot be a code. Use at least one letter or digit.")
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
