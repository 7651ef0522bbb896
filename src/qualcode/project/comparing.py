"""The verbs of comparing coders: agreement, disagreements, decisions, the consensus.

Joins the figures, the decisions and the store; computes nothing itself. A comparison that
would tell what an open blind round keeps apart is refused here, in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode import adjudication, agreement, importing
from qualcode.errors import (
    Problem,
    UndefinedRequestError,
    unknown_name,
)
from qualcode.model import (
    CONSENSUS,
    AgreementReport,
    Choice,
    Coding,
    Decision,
    Disagreement,
    Segment,
    SegmentKind,
    Transcript,
)
from qualcode.project.rounds import RoundWork


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of adjudicating.

    Attributes:
        passages: Number of codings that the consensus has in the transcripts compared.
        added: Number of consensus codings added.
        withdrawn: Number of consensus codings withdrawn.
        open: Number of disagreements without a decision.
        problems: Decisions about disagreements that are no longer there, and agreed passages
            that cannot be coded because their code was retired.
        memos: Number of notes opened on codes that must change.
    """

    passages: int
    added: int
    withdrawn: int
    open: int
    problems: tuple[Problem, ...] = ()
    memos: int = 0


class Comparing(RoundWork):
    """An open project, with the comparison of its coders."""

    # --- compare -----------------------------------------------------------------------------

    def agreement(
        self,
        coders: tuple[str, str],
        *,
        unit: SegmentKind = SegmentKind.TURN,
        level: str = "code",
        transcripts: Sequence[str] | None = None,
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> AgreementReport:
        """Return how far two coders agree on the transcripts that both coded.

        Args:
            coders: Their names; the first one is A.
            unit: The unit of analysis, of the respondents' words.
            level: Overall figures about each ``code`` or each ``theme``.
            transcripts: Names of the transcripts to compare; all by default.
            round: Only what was coded in this round.

        Raises:
            UndefinedRequestError: there is no transcript that both coded, no segments of this
                kind yet, or the coders are in a blind round that is open.
            UnknownNameError: no such coder, transcript or round.
        """
        return agreement.compare_coders(
            self._compared(coders, transcripts, round),
            self._codings_in(round),
            self.codebook(),
            coders=coders,
            segments=self._units(unit),
            level=level,
        )

    def _codings_in(self, round_: str) -> tuple[Coding, ...]:
        return self.collect_codings(round=round_ or None)

    def _compared(
        self, coders: Sequence[str], names: Sequence[str] | None = None, round_: str = ""
    ) -> tuple[Transcript, ...]:
        """Return the transcripts that all coders coded, of those asked for."""
        chosen = self.collect_transcripts() if names is None else map(self.transcript, names)
        one = self.round(round_) if round_ else None
        within = tuple(t for t in chosen if one is None or one.covers(t.name))
        self.refuse_while_blind(coders, [t.name for t in within])
        coded = [
            {c.transcript for c in self.collect_codings(coder=coder, round=round_ or None)}
            for coder in coders
        ]
        both = set.intersection(*coded)
        if not both:
            inside = f" in round '{round_}'" if round_ else ""
            raise UndefinedRequestError(
                f"There is no transcript that both {' and '.join(coders)} coded{inside}."
            )
        return tuple(t for t in within if t.name in both)

    def _units(self, kind: SegmentKind) -> tuple[Segment, ...] | None:
        """Return the units of a kind; None for turns, which the transcripts have themselves."""
        if kind is SegmentKind.TURN:
            return None
        segments = self.collect_segments(kind)
        if not segments:
            raise UndefinedRequestError(
                f"The transcripts are not cut into units of kind '{kind.value}' yet. "
                "Cut them: qualcode segment"
            )
        return segments

    def disagreements(
        self,
        coders: tuple[str, str],
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> tuple[Disagreement, ...]:
        """Return every difference between two coders, worst code first."""
        return agreement.collect_disagreements(
            self._compared(coders, None, round),
            self._codings_in(round),
            self.codebook(),
            coders=coders,
        )

    def open_disagreements(
        self,
        coders: tuple[str, str],
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> tuple[Disagreement, ...]:
        """Return the differences that nobody decided on yet."""
        decided = {decision.disagreement for decision in self.decisions()}
        return tuple(d for d in self.disagreements(coders, round) if d.id not in decided)

    # --- adjudicate --------------------------------------------------------------------------

    def decisions(self) -> tuple[Decision, ...]:
        """Return the decision that stands on each disagreement, in the order they were made."""
        return self._store.decisions()

    def read_decisions(self, path: Path, by: str) -> tuple[Decision, ...]:
        """Read decisions from a csv or xlsx table: disagreement, choice, reason.

        Raises:
            InvalidTableError: columns are missing, or a choice is none of those there are.
        """
        return importing.read_decisions(path, by=by)

    def decide_all(
        self, coders: tuple[str, str], choice: Choice, *, by: str, reason: str = ""
    ) -> tuple[Decision, ...]:
        """Return one decision for each open disagreement; it is not kept yet."""
        return tuple(
            Decision(d.id, choice, by, d.transcript, reason)
            for d in self.open_disagreements(coders)
        )

    def adjudicate(
        self, coders: tuple[str, str], decisions: Iterable[Decision], who: str = ""
    ) -> Settled:
        """Keep decisions and bring the consensus in line with all that were made.

        Raises:
            UnknownNameError: a decision about a disagreement that is not there.
        """
        found = self.disagreements(coders)
        known = {d.id: d for d in found}
        made = []
        for decision in decisions:
            if decision.disagreement not in known:
                what = f"the comparison of {coders[0]} and {coders[1]}"
                raise unknown_name("disagreement", decision.disagreement, known, what)
            made.append(replace(decision, transcript=known[decision.disagreement].transcript))
        with self.step(who):
            self._store.add_decisions(tuple(made), who)
            return self._settle(coders, found, who)

    def _settle(self, coders: tuple[str, str], found: Sequence[Disagreement], who: str) -> Settled:
        compared = {t.name: t for t in self._compared(coders)}
        pairs = agreement.agreed_codings(
            tuple(compared.values()), self.collect_codings(), self.codebook(), coders=coders
        )
        decisions = [d for d in self._store.decisions() if d.transcript in compared]
        settlement = adjudication.settle(found, decisions, pairs, compared)
        current = (c for c in self.collect_codings(coder=CONSENSUS) if c.transcript in compared)
        added, withdrawn = adjudication.consensus_changes(
            settlement.passages, current, compared, codebook_version=self.codebook().version
        )
        self._store.withdraw_codings(withdrawn, who)
        self._store.add_codings(added, who)
        stale = tuple(
            Problem(d.transcript, "A decision is about a disagreement that is no longer there.")
            for d in settlement.stale
        )
        return Settled(
            len(settlement.passages), len(added), len(withdrawn), len(settlement.open), stale
        )
