"""The verbs of coding: the codebook and its versions, coders, rounds, codings, memos."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import codebook_edits as editing
from qualcode import codebooks, importing
from qualcode.errors import (
    ConflictError,
    InvalidTableError,
    Problem,
    UndefinedRequestError,
    unknown_name,
)
from qualcode.model import (
    CONSENSUS,
    Code,
    Codebook,
    CodeChange,
    Coding,
    Memo,
    MemoTarget,
    Round,
    Span,
    compare_codebooks,
)
from qualcode.placement import Placement, place_rows
from qualcode.project.belonging import round_for
from qualcode.project.work import Workspace

if TYPE_CHECKING:
    from qualcode.storage import CodebookVersion


@dataclass(frozen=True, slots=True)
class CodebookChange:
    """A new version of the codebook, and the codings to look at again because of it."""

    codebook: Codebook
    look_again: tuple[Coding, ...] = ()


class CodingWork(Workspace):
    """An open project, with what coders do in it."""

    # --- codebook ----------------------------------------------------------------------------

    def codebook(self, version: int | None = None) -> Codebook:
        """Return the codebook: the newest version, or the one asked for.

        Raises:
            UndefinedRequestError: the project has no codebook yet.
        """
        book = self._store.codebook(version)
        if book is None:
            raise UndefinedRequestError(
                "The project has no codebook yet. Add one: qualcode codebook import FILE.yaml"
            )
        return book

    def codebook_versions(self) -> tuple[CodebookVersion, ...]:
        """Return number, time, author and note of each version, oldest first."""
        return tuple(self._store.codebook_versions())

    def import_codebook(self, path: Path, who: str = "") -> tuple[Codebook, tuple[Problem, ...]]:
        """Read a codebook file as the first or next version.

        Codes that an existing codebook has and the file has not are retired, not lost.
        """
        read, problems = codebooks.read_codebook(path)
        current = self._store.codebook()
        book = editing.adopt_codebook(current, read) if current else read
        return self._save(book, who, f"read from {path.name}"), problems

    def export_codebook(self, path: Path, version: int | None = None) -> None:
        """Write a version of the codebook as ``.yaml`` or ``.csv``."""
        codebooks.write_codebook(self.codebook(version), path)

    def add_code(self, code: Code, who: str = "") -> CodebookChange:
        """Add a code, last under its parent."""
        return self._change(editing.add_code(self.codebook(), code), who, f"added {code.path}")

    def edit_code(self, path: str, who: str = "", **fields: Any) -> CodebookChange:
        """Change texts, terms, colour or attributes of a code."""
        return self._change(
            editing.edit_code(self.codebook(), path, **fields), who, f"edited {path}"
        )

    def rename_code(self, path: str, name: str, who: str = "") -> CodebookChange:
        """Change the last part of a code's path; its codings follow."""
        book = editing.rename_code(self.codebook(), path, name)
        return self._change(book, who, f"renamed {path} to {name}")

    def move_code(self, path: str, parent: str, who: str = "") -> CodebookChange:
        """Put a code, and those below it, under another parent; its codings follow."""
        book = editing.move_code(self.codebook(), path, parent)
        return self._change(book, who, f"moved {path} to {parent or 'the top'}")

    def merge_codes(self, path: str, into: str, who: str = "") -> CodebookChange:
        """Merge a code into another; its codings follow and are to be looked at again."""
        affected = self.collect_codings(code=path)
        book = editing.merge_codes(self.codebook(), path, into)
        return self._change(book, who, f"merged {path} into {into}", affected)

    def split_code(self, path: str, names: Sequence[str], who: str = "") -> CodebookChange:
        """Split a code into new ones beside it; its codings are to be looked at again."""
        affected = self.collect_codings(code=path)
        book = editing.split_code(self.codebook(), path, names)
        return self._change(book, who, f"split {path} into {', '.join(names)}", affected)

    def retire_code(self, path: str, who: str = "") -> CodebookChange:
        """Stop offering a code; its codings stay and are to be looked at again."""
        affected = self.collect_codings(code=path)
        return self._change(
            editing.retire_code(self.codebook(), path), who, f"retired {path}", affected
        )

    def restore_code(self, path: str, who: str = "") -> CodebookChange:
        """Offer a retired code again."""
        return self._change(editing.restore_code(self.codebook(), path), who, f"restored {path}")

    def codebook_diff(self, old: int, new: int | None = None) -> tuple[CodeChange, ...]:
        """Return what changed from one version of the codebook to another (the newest)."""
        return compare_codebooks(self.codebook(old), self.codebook(new))

    def _change(
        self, book: Codebook, who: str, note: str, look_again: tuple[Coding, ...] = ()
    ) -> CodebookChange:
        return CodebookChange(self._save(book, who, note), look_again)

    def _save(self, book: Codebook, who: str, note: str) -> Codebook:
        """Save a version of the codebook; the guides follow its codes."""
        before = self._store.codebook()
        with self.step(who):
            saved = self._store.save_codebook(book, who, note)
            for guide in self.collect_guides() if before else ():
                followed = editing.follow_codes(guide, before or saved, saved)
                if followed != guide:
                    self._store.put_guide(followed, who)
        return saved

    # --- coders, rounds, codings, memos --------------------------------------------------------

    def add_coder(self, name: str, who: str = "") -> None:
        """Add a coder; one that is there already is left alone."""
        self._store.add_coder(name, who or name)

    def coders(self) -> tuple[str, ...]:
        """Return the names of the coders, ``consensus`` included once it has codings."""
        return tuple(self._store.coders())

    def add_round(self, round_: Round, who: str = "") -> None:
        """Add a round of coding, or change one that is there; see ``new_round``.

        Raises:
            ConflictError: the round keeps coders apart, who would then see each other's work.
        """
        before = next((one for one in self.rounds() if one.name == round_.name), None)
        if before and before != round_ and (before.keeps_apart or before.handed_in):
            raise ConflictError(
                f"Round '{round_.name}' is under way and cannot be changed. Its coders hand in "
                f"(qualcode round hand-in {round_.name} --coder NAME), and it closes by itself."
            )
        self._store.put_round(round_, who)

    def rounds(self) -> tuple[Round, ...]:
        """Return the rounds."""
        return tuple(self._store.rounds())

    def code(
        self,
        transcript: str,
        span: Span,
        code: str,
        coder: str,
        *,
        memo: str = "",
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> Coding:
        """Give a passage a code.

        Args:
            transcript: Name of the transcript.
            span: The passage, in code points.
            code: Path of the code.
            coder: Who codes.
            memo: A note on it.
            round: The round it belongs to; the coder's open round with this transcript, if
                there is one, where it is not named.

        Raises:
            ConflictError: the coder handed in that round.
            UnknownNameError: no such transcript or code, or the coder is not in that round.
            InvalidValueError: the span lies outside the text.
            DuplicateError: this coder gave this passage this code already.
        """
        row = Placement(transcript, span, code, coder, memo)
        return self._add((row,), origin="manual", round_=round, who=coder)[0]

    def code_from_table(
        self,
        path: Path,
        *,
        coder: str = "",
        round: str = "",  # noqa: A002 - the project's word for it
        partial: bool = False,
        who: str = "",
    ) -> tuple[tuple[Coding, ...], tuple[Problem, ...]]:
        """Read codings from a csv or xlsx table: all of them, or none.

        Args:
            path: The table: transcript, start, end, quote, code, coder, memo.
            coder: Whose codings they are where the table does not say.
            round: The round they belong to.
            partial: Take the rows that fit and report the others, instead of refusing all.
            who: Who imports; the coder by default.

        Raises:
            InvalidTableError: columns are missing, or rows do not fit; carries each row's
                problem.
        """
        rows, problems = importing.read_codings(path)
        placed, wrong = place_rows(
            rows,
            {t.name: t for t in self.collect_transcripts()},
            self.codebook(),
            file=path.name,
            coder=coder,
        )
        placed, standing = self._new_only(placed, path.name, round)
        wrong += standing
        if wrong and not partial:
            raise InvalidTableError(
                f"{_listed(wrong)} No coding was added. Correct the table, or take only the rows "
                "that fit (--partial).",
                wrong,
            )
        codings = self._add(placed, origin=f"table:{path.name}", round_=round, who=who or coder)
        return codings, (*problems, *wrong)

    def _new_only(
        self, placed: Sequence[Placement], file: str, round_: str
    ) -> tuple[tuple[Placement, ...], tuple[Problem, ...]]:
        """Part the rows in new ones, and a Problem for each that was coded like that before."""
        rounds = self.rounds()
        there = {(c.transcript, c.span, c.code, c.coder, c.round) for c in self.collect_codings()}
        new, standing = [], []
        for row in placed:
            place = (row.transcript, row.span, row.code, row.coder)
            if (*place, round_for(rounds, row.coder, row.transcript, round_)) in there:
                words = row.span.of(self.transcript(row.transcript).text)
                message = f"{row.coder} gave '{words[:40]}' the code '{row.code}' before."
                standing.append(Problem(f"{file}, transcript {row.transcript}", message))
            else:
                new.append(row)
        return tuple(new), tuple(standing)

    def _add(
        self, placed: Sequence[Placement], *, origin: str, round_: str, who: str
    ) -> tuple[Coding, ...]:
        version = self.codebook().version
        rounds = self.rounds()
        for coder in dict.fromkeys(row.coder for row in placed):
            self._refuse_for_another(coder)
        codings = tuple(
            Coding(
                # the store gives it one
                id="",
                transcript=row.transcript,
                span=row.span,
                quote=row.span.of(self.transcript(row.transcript).text),
                code=row.code,
                coder=row.coder,
                round=round_for(rounds, row.coder, row.transcript, round_),
                codebook_version=version,
                memo=row.memo,
                origin=origin,
            )
            for row in placed
        )
        with self._store.step(who):
            for coder in dict.fromkeys(row.coder for row in placed):
                self._store.add_coder(coder, who)
            return tuple(self._store.add_codings(codings, who))

    def withdraw(self, ids: Iterable[str], who: str) -> None:
        """Withdraw codings; they stay in the history."""
        self._store.withdraw_codings(self._seen(ids), who)

    def recode(self, ids: Iterable[str], code: str, who: str) -> tuple[Coding, ...]:
        """Give passages another code: their codings are withdrawn and made anew, as one step."""
        known = {coding.id: coding for coding in self.collect_codings()}
        old = [known[key] for key in self._seen(ids) if key in known]
        rows = [Placement(c.transcript, c.span, code, c.coder, c.memo) for c in old]
        with self.step(who):
            self.withdraw([coding.id for coding in old], who)
            return self._add(rows, origin="manual", round_="", who=who)

    def _seen(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of codings, all of which may be seen."""
        given = tuple(ids)
        if self._store.bound():
            seen = {coding.id for coding in self._store.codings()}
            for key in given:
                if key not in seen:
                    raise unknown_name("coding", key, (), f"what {self.as_coder or 'you'} may see")
        return given

    def collect_codings(
        self,
        *,
        transcript: str | None = None,
        coder: str | None = None,
        round: str | None = None,  # noqa: A002 - the project's word for it
        code: str | None = None,
    ) -> tuple[Coding, ...]:
        """Return the codings that stand, by transcript and position."""
        if transcript is not None:
            self.transcript(transcript)
        if coder is not None and coder not in (*self.coders(), CONSENSUS):
            raise unknown_name("coder", coder, self.coders(), f"project '{self.name}'")
        if code is not None:
            self.codebook().code(code)
        return tuple(
            self._store.codings(transcript=transcript, coder=coder, round=round, code=code)
        )

    def add_memo(self, kind: MemoTarget, target: str, text: str, author: str) -> Memo:
        """Attach a note to anything in the project."""
        memo = Memo("", kind, target, text, author)
        return self._store.add_memo(memo, author)

    def memos(self, kind: MemoTarget | None = None, target: str | None = None) -> tuple[Memo, ...]:
        """Return the memos, oldest first."""
        return tuple(self._store.memos(kind=kind, target=target))


def _listed(wrong: Sequence[Problem], most: int = 10) -> str:
    """Return what is wrong with the rows, the first of them each on its line."""
    if len(wrong) == 1:
        return str(wrong[0])
    more = f"\n  ... and {len(wrong) - most} more." if len(wrong) > most else ""
    lines = "".join(f"\n  {problem}" for problem in wrong[:most])
    return f"{len(wrong)} rows do not fit:{lines}{more}\n "
