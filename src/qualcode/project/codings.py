"""The codings of a project, and the memos: added, withdrawn, read from tables, collected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import importing, tables
from qualcode.errors import (
    ConflictError,
    InvalidTableError,
    Problem,
    UnknownNameError,
    unknown_name,
)
from qualcode.messages import Message
from qualcode.model import CONSENSUS, Coding, Memo, MemoTarget, Span
from qualcode.placement import Placement, place_rows
from qualcode.project import browser_edits
from qualcode.project.layers import FINAL, collect_layer, refuse_hidden
from qualcode.project.part import Part
from qualcode.project.round_choice import choose_round

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.project.browser_edits import Edit


class Codings(Part):
    """Codings and memos."""

    def add(
        self,
        transcript: str,
        span: Span,
        code: str,
        *,
        memo: str = "",
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> Coding:
        """Give a passage a code.

        Args:
            transcript: Name of the transcript.
            span: The passage, in code points.
            code: Path of the code.
            memo: A note on it.
            round: The round it belongs to; the coder's open round with this transcript, if
                there is one, where it is not named.

        Raises:
            ConflictError: the coder handed in that round.
            UnknownNameError: no such transcript or code, or the coder is not in that round.
            InvalidValueError: the span lies outside the text, or nobody is the acting coder.
            DuplicateError: this coder gave this passage this code already.
        """
        placement = Placement(transcript, span, code, self._coder, memo)
        return self.add_placements((placement,), origin="manual", round_=round)[0]

    def add_placements(
        self, placements: Sequence[Placement], *, origin: str, round_: str = ""
    ) -> tuple[Coding, ...]:
        """Make codings of passages that were placed in their texts, as one step.

        Args:
            placements: The passages, with their codes and coders.
            origin: Where they come from, see :class:`Coding`.
            round_: The round they belong to; that of each coder where it is not named.
        """
        coders = tuple(dict.fromkeys(placement.coder for placement in placements))
        with self._snapshot() as snapshot:
            for coder in coders:
                self._project.rounds.refuse_acting_for(coder)
            codings = tuple(
                Coding.of(
                    snapshot.transcript(placement.transcript),
                    placement.span,
                    placement.code,
                    placement.coder,
                    round=choose_round(
                        snapshot.rounds, placement.coder, placement.transcript, round_
                    ),
                    codebook_version=snapshot.codebook.version,
                    memo=placement.memo,
                    origin=origin,
                )
                for placement in placements
            )
        # All of it or nothing, and one undo: a table of a thousand rows is one deed.
        with self._store.step(self._coder):
            for coder in coders:
                self._store.add_coder(coder, self._coder)
            return self._store.add_codings(codings, self._coder)

    def read_table(
        self,
        path: Path,
        *,
        coder: str = "",
        round: str = "",  # noqa: A002 - the project's word for it
        partial: bool = False,
    ) -> tuple[tuple[Coding, ...], tuple[Problem, ...]]:
        """Read codings from a csv or xlsx table: all of them, or none.

        Args:
            path: The table: transcript, start, end, quote, code, coder, memo.
            coder: Whose codings they are where the table does not say; the acting coder's by
                default.
            round: The round they belong to.
            partial: Take the rows that fit and report the others, instead of refusing all.

        Raises:
            InvalidTableError: columns are missing, or rows do not fit; carries each row's
                problem.
        """
        # Loads the readers of interviews, which only a table of codings needs.
        from qualcode.project.tool_rows import with_code_path

        rows, problems = importing.read_codings(path)
        with self._snapshot() as snapshot:
            placements, misfits = place_rows(
                [with_code_path(row, snapshot.codebook) for row in rows],
                dict(snapshot.texts),
                snapshot.codebook,
                file=path.name,
                coder=coder or self._coder,
            )
            placements, known = self._without_duplicates(placements, path.name, round)
        if misfits and not partial:
            raise InvalidTableError(
                Message(
                    "{list_problems} No coding was added. Correct the table, or take only the "
                    "rows that fit (--partial).",
                    list_problems=_list_problems(misfits),
                ),
                misfits,
            )
        codings = self.add_placements(placements, origin=f"table:{path.name}", round_=round)
        return codings, (*problems, *known, *misfits)

    def _without_duplicates(
        self, placements: Sequence[Placement], file: str, round_: str
    ) -> tuple[tuple[Placement, ...], tuple[Problem, ...]]:
        """Return the passages that are new, and a Problem that counts those coded already."""
        new: list[Placement] = []
        with self._snapshot() as snapshot:
            # The round is part of it: in another round the same passage may be coded again.
            standing = {
                (coding.transcript, coding.span, coding.code, coding.coder, coding.round)
                for coding in snapshot.codings
            }
            for placement in placements:
                coder, name = placement.coder, placement.transcript
                coding_round = choose_round(snapshot.rounds, coder, name, round_)
                if (name, placement.span, placement.code, coder, coding_round) in standing:
                    continue
                new.append(placement)
        count = len(placements) - len(new)
        message = Message.counted(
            "{count} row is in the project already; it was left alone.",
            "{count} rows are in the project already; they were left alone.",
            count,
        )
        return tuple(new), (Problem(file, message),) if count else ()

    def withdraw(self, ids: Iterable[str]) -> None:
        """Withdraw codings; they stay in the history."""
        self._store.withdraw_codings(refuse_hidden(self._project, self._coder, ids), self._coder)

    def recode(self, ids: Iterable[str], code: str) -> tuple[Coding, ...]:
        """Give passages another code: their codings are withdrawn and new ones made, in a step."""
        visible_ids = refuse_hidden(self._project, self._coder, ids)
        codings = {coding.id: coding for coding in self.collect()}
        old = [codings[key] for key in visible_ids if key in codings]
        # Whoever recodes, the coding stays that of its coder, with the note on it.
        placements = [Placement(c.transcript, c.span, code, c.coder, c.memo) for c in old]
        with self._store.step(self._coder):
            self.withdraw([coding.id for coding in old])
            return self.add_placements(placements, origin="manual")

    # --- collecting --------------------------------------------------------------------------

    def collect(
        self,
        *,
        transcript: str | None = None,
        coder: str | None = None,
        round: str | None = None,  # noqa: A002 - the project's word for it
        code: str | None = None,
    ) -> tuple[Coding, ...]:
        """Return the codings that stand, by transcript and position."""
        with self._snapshot() as snapshot:
            return snapshot.find_codings(transcript=transcript, coder=coder, round=round, code=code)

    def collect_layer(self, name: str = FINAL) -> tuple[Coding, ...]:
        """Return the codings to report on.

        Args:
            name: A coder's name, ``consensus``, ``all``, ``union``, or ``final``: per
                transcript the consensus where there is one, else the codings of its only coder.

        Raises:
            UndefinedRequestError: a transcript has several coders and no consensus.
            UnknownNameError: no such coder.
        """
        with self._snapshot() as snapshot:
            return snapshot.keep(
                ("layer", name), lambda: collect_layer(snapshot, name, self._open_disagreements)
            )

    def count(self) -> dict[str, int]:
        """Return the number of standing codings per code path, all coders but the consensus."""
        counts: dict[str, int] = {}
        for coding in self.collect():
            # The consensus repeats what coders did: its codings would count twice.
            if coding.coder != CONSENSUS:
                counts[coding.code] = counts.get(coding.code, 0) + 1
        return counts

    def find_ids(self, beginnings: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of codings that begin like this, as they are shown in lists.

        Raises:
            UnknownNameError: no coding, or more than one, begins like that.
        """
        with self._snapshot() as snapshot:
            ids = [coding.id for coding in snapshot.codings]
            project = Message("project '{name}'", name=snapshot.info.name)
        matches = []
        for beginning in beginnings:
            fitting = [key for key in ids if key.startswith(beginning)]
            if not fitting:
                raise UnknownNameError(
                    Message(
                        "No coding '{beginning}' in {project}. The ids are printed after the "
                        "quotes: qualcode quotes",
                        beginning=beginning,
                        project=project,
                    )
                )
            if len(fitting) > 1:
                raise unknown_name("coding", beginning, fitting, project)
            matches.append(fitting[0])
        return tuple(matches)

    def table(self, layer: str = "all") -> pd.DataFrame:
        """Return the codings as a DataFrame.

        One row a coding: id, transcript, start, end (code points, half-open), turn, quote,
        code, theme, coder, round, codebook_version, memo, origin, created_at, case, and a
        column per case attribute.
        """
        with self._snapshot() as snapshot:
            return tables.codings_table(
                self.collect_layer(layer), snapshot.transcripts, snapshot.cases
            )

    # --- memos -------------------------------------------------------------------------------

    def add_memo(self, kind: MemoTarget, target: str, text: str) -> Memo:
        """Attach a note to anything in the project."""
        return self._store.add_memo(Memo("", kind, target, text, self._coder), self._coder)

    def collect_memos(
        self, kind: MemoTarget | None = None, target: str | None = None
    ) -> tuple[Memo, ...]:
        """Return the memos, oldest first."""
        return self._store.memos(kind=kind, target=target)

    def revise_memo(self, memo_id: str, text: str) -> Memo | None:
        """Put another text in the place of a memo, or take it back, as one step.

        Args:
            memo_id: Id of the memo, or the beginning of it.
            text: The new text; ``""`` takes the memo back.

        Returns:
            The memo that has the new text; None where it was taken back.

        Raises:
            UnknownNameError: there is no such memo.
            ConflictError: somebody else wrote it.
        """
        memos = [
            value for value in self.collect_memos() if memo_id and value.id.startswith(memo_id)
        ]
        if len(memos) != 1:
            raise UnknownNameError(
                Message("There is no memo '{memo_id}' in the project.", memo_id=memo_id)
            )
        (old,) = memos
        if old.author != self._coder:
            raise ConflictError(
                Message(
                    "This memo is by {author}. Only its author changes it; write one next to it.",
                    author=old.author or Message("nobody"),
                )
            )
        with self._store.step(self._coder):
            self._store.withdraw_memo(old.id, self._coder)
            return self.add_memo(old.target_kind, old.target, text) if text else None

    # --- the coding page ---------------------------------------------------------------------

    def apply_edits(
        self,
        client: str,
        edits: Iterable[Edit],
        *,
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> tuple[tuple[Edit, str], ...]:
        """Apply the edits of one browser that did not arrive before, in their order.

        An edit that cannot be applied is noted with the reason and holds up no other.

        Args:
            client: Name of the browser, new for every page that it opens.
            edits: All edits that it saw no acknowledgement of.
            round: The round they belong to.

        Returns:
            Each edit that was refused, with the reason.

        Raises:
            ProjectError: the project cannot be written now; what did not arrive stays so.
        """
        return browser_edits.apply_edits(
            self._project, self._store, self._coder, client, edits, round_=round
        )

    def latest_edits(self, clients: Collection[str]) -> Mapping[str, int]:
        """Return the number of the latest edit that arrived of each of these browsers."""
        return self._store.latest_edits(clients)


def _list_problems(problems: Sequence[Problem], limit: int = 10) -> str:
    """Return the problems of the rows, the first of them each on its line."""
    if len(problems) == 1:
        return str(problems[0])
    lines = str(problems[0])
    for problem in problems[1:limit]:
        lines = Message("{lines}\n  {problem}", lines=lines, problem=problem)
    if len(problems) > limit:
        remaining = Message("... and {count} more.", count=len(problems) - limit)
        lines = Message("{lines}\n  {remaining}", lines=lines, remaining=remaining)
    return Message("{count} rows do not fit:\n  {lines}\n ", count=len(problems), lines=lines)
