"""The verbs of comparing coders: agreement, disagreements, decisions, the consensus.

Joins the figures, the decisions and the store; computes nothing itself. A comparison that
would tell what an open blind round keeps apart is refused here, in one place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qualcode import adjudication, agreement, importing
from qualcode.errors import Problem, UndefinedRequestError, UnknownNameError
from qualcode.model import (
    CONSENSUS,
    AgreementReport,
    Choice,
    CodeChange,
    Coding,
    Decision,
    Disagreement,
    Memo,
    MemoTarget,
    Segment,
    SegmentKind,
    Span,
    Transcript,
)
from qualcode.model.settling import AgainstConsensus, Settling
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

    def read_decisions(
        self, path: Path, by: str, coders: tuple[str, str] | None = None
    ) -> tuple[Decision, ...]:
        """Read decisions from a csv or xlsx table: the queue, filled in.

        Columns: disagreement, choice (a, b, both, neither, new), reason, note; for a new coding
        new_code, and new_quote or new_start and new_end.

        Args:
            path: The table.
            by: Who decided.
            coders: The two coders whose disagreements they are; needed for ``new_quote``.

        Raises:
            InvalidTableError: columns are missing, or a row does not hold.
        """
        if coders is None:
            return importing.read_decisions(path, by=by)
        pair, found = coders, {d.id: d for d in self.disagreements(coders)}

        def locate(key: str, words: str) -> Span:
            return self.locate(_known(found, key, pair), words)

        return importing.read_decisions(path, by=by, locate=locate)

    def locate(self, disagreement: Disagreement, words: str) -> Span:
        """Return where words stand, in the unit of a disagreement.

        Raises:
            UnknownNameError: they do not stand there, or more than once.
        """
        text, unit = self.transcript(disagreement.transcript).text, disagreement.unit
        start = text.find(words, unit.start, unit.end)
        if start < 0 or text.find(words, start + 1, unit.end) >= 0:
            times = "does not stand" if start < 0 else "stands more than once"
            raise UnknownNameError(
                f"'{words}' {times} in '{disagreement.transcript}' from {unit.start} to "
                f"{unit.end}. Give its start and end instead."
            )
        return Span(start, start + len(words))

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

        A decision on what was decided before takes its place. The reason "the codebook must
        change" opens a note on the code.

        Raises:
            UnknownNameError: a decision about a disagreement that is not there.
        """
        found = self.disagreements(coders)
        known = {d.id: d for d in found}
        made = [
            replace(d, transcript=_known(known, d.disagreement, coders).transcript)
            for d in decisions
        ]
        with self.step(who):
            self._store.add_decisions(made, who)
            notes = sum(self._note_change(known[d.disagreement], d, who) for d in made)
            return replace(self._settle(coders, found, who), memos=notes)

    def _note_change(self, about: Disagreement, decision: Decision, who: str) -> bool:
        """Open a note on the code, where a decision says that the codebook must change."""
        reason, note = adjudication.split_reason(decision.reason)
        if reason is not adjudication.Reason.CODEBOOK_MUST_CHANGE:
            return False
        path = decision.code or about.code
        words = next((c.quote for c in (*about.codings_a, *about.codings_b)), "")
        text = f"[{reason}] {about.transcript}: “{words}”" + (f" – {note}" if note else "")
        if any(memo.text == text for memo in self.memos(MemoTarget.CODE, path)):
            return False
        self._store.add_memo(Memo("", MemoTarget.CODE, path, text, decision.by or who), who)
        return True

    def _settle(self, coders: tuple[str, str], found: Sequence[Disagreement], who: str) -> Settled:
        compared = {t.name: t for t in self._compared(coders)}
        settlement = self._settlement(coders, found, compared)
        current = (c for c in self.collect_codings(coder=CONSENSUS) if c.transcript in compared)
        book = self.codebook()
        wanted, withdrawn = adjudication.consensus_changes(
            settlement.passages, current, compared, codebook_version=book.version
        )
        # a code retired since can have no new codings: that must not hold up all others
        retired = {code.path for code in book.codes if code.retired}
        added = [coding for coding in wanted if coding.code not in retired]
        self._store.withdraw_codings(withdrawn, who)
        self._store.add_codings(added, who)
        problems = (
            *map(_stale, (*settlement.stale, *self._lost_decisions(coders, compared))),
            *(_retired(coding) for coding in wanted if coding.code in retired),
        )
        return Settled(
            len(settlement.passages) - (len(wanted) - len(added)),
            len(added),
            len(withdrawn),
            len(settlement.open),
            problems,
        )

    def _lost_decisions(
        self, coders: tuple[str, str], compared: Mapping[str, Transcript]
    ) -> tuple[Decision, ...]:
        """Return the decisions on transcripts that only one of the two has codings in now."""
        people: dict[str, set[str]] = {}
        for coding in self.collect_codings():
            people.setdefault(coding.transcript, {CONSENSUS}).add(coding.coder)
        return tuple(
            decision
            for decision in self.decisions()
            if decision.transcript not in compared
            and people.get(decision.transcript, set()) <= {*coders, CONSENSUS}
        )

    def _settlement(
        self,
        coders: tuple[str, str],
        found: Sequence[Disagreement],
        compared: Mapping[str, Transcript],
    ) -> adjudication.Settlement:
        pairs = agreement.agreed_codings(
            tuple(compared.values()), self.collect_codings(), self.codebook(), coders=coders
        )
        decisions = [d for d in self.decisions() if d.transcript in compared]
        return adjudication.settle(found, decisions, pairs, compared)

    # --- afterwards --------------------------------------------------------------------------

    def settling(self, coders: tuple[str, str]) -> Settling:
        """Return what adjudicating came to: agreement before and after, reasons, time, changes.

        Raises:
            UndefinedRequestError: nothing was decided on yet, or see :meth:`agreement`.
        """
        compared = {t.name: t for t in self._compared(coders)}
        found = self.disagreements(coders)
        about = {d.id: d for d in found}
        standing = [d for d in self.decisions() if d.transcript in compared]
        decided = [d for d in standing if d.disagreement in about]
        if not decided:
            raise UndefinedRequestError(
                "Nothing was decided on yet. Settle the disagreements first: qualcode adjudicate"
            )
        moments = self._decision_moments(set(about))
        concerned = {about[d.disagreement].code for d in decided}
        concerned |= {about[d.disagreement].other_code for d in decided}
        concerned |= {d.code for d in decided}
        spent = adjudication.time_spent((who, at) for _, who, at in moments)
        return Settling(
            coders=coders,
            decided=len(decided),
            open=len(found) - len(decided),
            people=tuple(dict.fromkeys(d.by for d in standing if d.by)),
            choices=adjudication.count_choices(decided),
            reasons=adjudication.count_reasons(decided, about),
            revised=len(moments) - len({key for key, _, _ in moments}),
            seconds=None if spent is None else spent.total_seconds(),
            before=self.agreement(coders).overall,
            against=tuple(self._against(coder, tuple(compared)) for coder in coders),
            must_change=adjudication.codes_to_change(decided, about),
            changed=self._changes_since(min(at for _, _, at in moments), concerned),
            problems=tuple(
                _stale(d)
                for d in (*standing, *self._lost_decisions(coders, compared))
                if d.disagreement not in about
            ),
        )

    def _decision_moments(self, wanted: set[str]) -> list[tuple[str, str, datetime]]:
        """Return disagreement, who and when of each decision ever made, also replaced ones."""
        made = []
        for event in self.history():
            if event.action == "decision.add" and not event.undone:
                after = json.loads(event.after)
                if after["disagreement"] in wanted:
                    made.append((after["disagreement"], after["by"], event.at))
        return made

    def _against(self, coder: str, names: Sequence[str]) -> AgainstConsensus:
        try:
            report = self.agreement((coder, CONSENSUS), transcripts=names)
        except UndefinedRequestError:
            return AgainstConsensus(coder, ())
        return AgainstConsensus(coder, report.overall)

    def _changes_since(self, moment: datetime, concerned: set[str]) -> tuple[CodeChange, ...]:
        """Return what changed since in the codes that were decided on."""
        before = [one.version for one in self.codebook_versions() if one.at <= moment]
        if not before:
            return ()
        return tuple(c for c in self.codebook_diff(max(before)) if c.path in concerned)


def _known(known: Mapping[str, Disagreement], key: str, coders: tuple[str, str]) -> Disagreement:
    if key not in known:
        raise UnknownNameError(
            f"There is no disagreement '{key}' between {coders[0]} and {coders[1]}: perhaps the "
            "codings changed since. List them again: qualcode adjudicate --queue FILE.csv"
        )
    return known[key]


def _stale(decision: Decision) -> Problem:
    by = f" by {decision.by}" if decision.by else ""
    at = f" of {decision.decided_at:%Y-%m-%d %H:%M}" if decision.decided_at else ""
    return Problem(
        decision.transcript,
        f"The decision{by}{at} (“{decision.choice.value}”) is about a disagreement "
        f"({decision.disagreement}) that is no longer there: the codings changed since.",
        "It counts no longer; look at what is open.",
    )


def _retired(coding: Coding) -> Problem:
    return Problem(
        f"{coding.transcript} at {coding.span.start}",
        f"The consensus lacks “{coding.quote}”: its code '{coding.code}' was retired since.",
        f"Restore it (qualcode codebook restore {coding.code}), or decide on another code.",
    )
