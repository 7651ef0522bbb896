"""The adjudication of disagreements: decisions on disagreements, the consensus, and the outcome.

Joins the decisions and the store; computes nothing itself. Two coders and teams alike.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from qualcode import adjudication, agreement, exporting, importing
from qualcode.errors import (
    InvalidValueError,
    Problem,
    UndefinedRequestError,
    UnknownNameError,
    unknown_name,
)
from qualcode.model import (
    CONSENSUS,
    Choice,
    CodeChange,
    Coding,
    Coefficient,
    Decision,
    Disagreement,
    Memo,
    MemoTarget,
    Span,
    Transcript,
)
from qualcode.model.adjudication_summary import AdjudicationSummary, AgainstConsensus
from qualcode.project.part import Part, in_snapshot


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of adjudicating.

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


class Adjudication(Part):
    """Decisions on disagreements, and the consensus of the coders."""

    def open_disagreements(
        self,
        coders: Sequence[str],
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> tuple[Disagreement, ...]:
        """Return the differences that nobody decided on yet."""
        with self._snapshot() as snapshot:
            return snapshot.recall(
                ("open disagreements", tuple(coders), round),
                lambda: self._undecided(coders, round),
            )

    def _undecided(self, coders: Sequence[str], round_: str) -> tuple[Disagreement, ...]:
        disagreements = self._project.agreement.collect_disagreements(coders, round_)
        decided = {decision.disagreement for decision in self.decisions_on(disagreements)}
        return tuple(item for item in disagreements if item.id not in decided)

    # --- decide ------------------------------------------------------------------------------

    def collect_decisions(self) -> tuple[Decision, ...]:
        """Return the last decision on each disagreement, in the order they were made."""
        with self._snapshot() as snapshot:
            return snapshot.decisions

    def decisions_on(self, disagreements: Sequence[Disagreement]) -> tuple[Decision, ...]:
        """Return the last decision on each of these, whichever of two coders was A then."""
        ids = {disagreement.id for disagreement in disagreements}
        decisions = {d.disagreement: d for d in self._turned_decisions(disagreements)}
        return tuple(decision for key, decision in decisions.items() if key in ids)

    def _turned_decisions(self, disagreements: Sequence[Disagreement]) -> tuple[Decision, ...]:
        """Return all decisions, those made with A and B swapped turned to these sides."""
        ids = {
            agreement.swapped_id(disagreement): disagreement.id for disagreement in disagreements
        }
        return adjudication.swap_sides(self.collect_decisions(), ids)

    def read_decisions(
        self, path: Path, coders: Sequence[str] | None = None
    ) -> tuple[Decision, ...]:
        """Read decisions from a csv or xlsx table: the queue, filled in.

        Columns: disagreement, choice (a, b, both, neither, new, or a coder's name), reason,
        note; for a new coding new_code, and new_quote or new_start and new_end.

        Args:
            path: The table.
            coders: The coders whose disagreements they are; needed for ``new_quote`` and for
                coders' names.

        Raises:
            InvalidTableError: columns are missing, or a row does not hold.
        """
        if coders is None:
            return importing.read_decisions(path, by=self._coder)
        people, disagreements = (
            coders,
            {d.id: d for d in self._project.agreement.collect_disagreements(coders)},
        )

        def locate(key: str, words: str) -> Span:
            return self.locate(_known(disagreements, key, people), words)

        def follow(key: str, name: str) -> Decision:
            about = _known(disagreements, key, people)
            decision = self.decide(about, name)
            if decision is None:
                raise UndefinedRequestError(f"No side of '{key}' has most of the coders.")
            return decision

        return importing.read_decisions(path, by=self._coder, locate=locate, follow=follow)

    def locate(self, disagreement: Disagreement, words: str) -> Span:
        """Return the span of words in the unit of a disagreement.

        Raises:
            UnknownNameError: the words are not there, or more than once.
        """
        text, unit = self._project.transcripts.get(disagreement.transcript).text, disagreement.unit
        start = text.find(words, unit.start, unit.end)
        if start < 0 or text.find(words, start + 1, unit.end) >= 0:
            times = "does not stand" if start < 0 else "stands more than once"
            raise UnknownNameError(
                f"'{words}' {times} in '{disagreement.transcript}' from {unit.start} to "
                f"{unit.end}. Give its start and end instead."
            )
        return Span(start, start + len(words))

    def decide(self, about: Disagreement, take: str, *, reason: str = "") -> Decision | None:
        """Return a decision on one disagreement; it is not kept yet.

        Args:
            about: The disagreement.
            take: ``a``, ``b``, ``both``, ``neither``; ``most`` for what most of a team did; or
                the name of the coder to follow.
            reason: Why.

        Returns:
            The decision; None where ``most`` is asked for and no side is larger.

        Raises:
            UnknownNameError: the name is of neither side.
            InvalidValueError: the coder to follow marked several passages, see
                ``choose_coder``.
        """
        span = None
        if take == "most":
            choice = adjudication.choose_most(about)
        elif take in set(Choice) - {Choice.NEW}:
            choice = Choice(take)
        else:
            text = self._project.transcripts.get(about.transcript).text
            choice, span = adjudication.choose_coder(about, take, text)
        if choice is None:
            return None
        code = about.code if span else ""
        return Decision(about.id, choice, self._coder, about.transcript, reason, span, code)

    def decide_all(
        self, coders: Sequence[str], take: str, *, reason: str = ""
    ) -> tuple[Decision, ...]:
        """Return one decision for each open disagreement, see :meth:`decide`.

        Left open: where ``most`` has no larger side, and where the coder to follow did not
        code the transcript or marked several passages of one code.
        """
        if take not in {*Choice, "most", *coders} or take == Choice.NEW:
            raise unknown_name("choice", take, {*Choice, "most", *coders}, "what can be taken")
        decisions = []
        for about in self.open_disagreements(coders):
            with contextlib.suppress(UnknownNameError, InvalidValueError):
                decisions.append(self.decide(about, take, reason=reason))
        return tuple(decision for decision in decisions if decision is not None)

    def settle(self, coders: Sequence[str], decisions: Iterable[Decision]) -> Settled:
        """Keep decisions and bring the consensus in line with all that were made.

        A decision on what was decided before takes its place. The reason "the codebook must
        change" opens a note on the code.

        Raises:
            UnknownNameError: a decision about a disagreement that is not there.
        """
        disagreements = self._project.agreement.collect_disagreements(coders)
        by_id = {d.id: d for d in disagreements}
        located = [
            replace(d, transcript=_known(by_id, d.disagreement, coders).transcript)
            for d in decisions
        ]
        with self._store.step(self._coder):
            self._store.add_decisions(located, self._coder)
            notes = sum(self._note_change(by_id[d.disagreement], d) for d in located)
            return replace(self._settle(coders, disagreements), memos=notes)

    def _note_change(self, about: Disagreement, decision: Decision) -> bool:
        """Open a note on the code, where a decision says that the codebook must change."""
        reason, note = adjudication.split_reason(decision.reason)
        if reason is not adjudication.Reason.CODEBOOK_MUST_CHANGE:
            return False
        path = decision.code or about.code
        words = next((c.quote for c in (*about.codings_a, *about.codings_b)), "")
        text = f"[{reason}] {about.transcript}: “{words}”" + (f" – {note}" if note else "")
        if any(
            memo.text == text for memo in self._project.codings.collect_memos(MemoTarget.CODE, path)
        ):
            return False
        self._store.add_memo(
            Memo("", MemoTarget.CODE, path, text, decision.by or self._coder), self._coder
        )
        return True

    def _settle(self, coders: Sequence[str], disagreements: Sequence[Disagreement]) -> Settled:
        compared = {t.name: t for t in self._project.agreement.compared_transcripts(coders)}
        settlement = self._settlement(coders, disagreements, compared)
        current = (
            c for c in self._project.codings.collect(coder=CONSENSUS) if c.transcript in compared
        )
        book = self._project.codebook.get()
        additions, withdrawn = adjudication.consensus_changes(
            settlement.passages, current, compared, codebook_version=book.version
        )
        # a code retired since can have no new codings: that must not hold up all others
        retired = {code.path for code in book.codes if code.retired}
        added = [coding for coding in additions if coding.code not in retired]
        self._store.withdraw_codings(withdrawn, self._coder)
        self._store.add_codings(added, self._coder)
        problems = (
            *map(_stale, (*settlement.stale, *self._lost_decisions(coders, compared))),
            *(_retired(coding) for coding in additions if coding.code in retired),
        )
        return Settled(
            len(settlement.passages) - (len(additions) - len(added)),
            len(added),
            len(withdrawn),
            len(settlement.open),
            problems,
        )

    def _lost_decisions(
        self, coders: Sequence[str], compared: Mapping[str, Transcript]
    ) -> tuple[Decision, ...]:
        """Return the decisions on transcripts that only one of the two has codings in now."""
        people: dict[str, set[str]] = {}
        for coding in self._project.codings.collect():
            people.setdefault(coding.transcript, {CONSENSUS}).add(coding.coder)
        return tuple(
            decision
            for decision in self.collect_decisions()
            if decision.transcript not in compared
            and people.get(decision.transcript, set()) <= {*coders, CONSENSUS}
        )

    def _settlement(
        self,
        coders: Sequence[str],
        disagreements: Sequence[Disagreement],
        compared: Mapping[str, Transcript],
    ) -> adjudication.Settlement:
        agreed = agreement.agreed_codings(
            self._project.agreement.coding_study(coders, tuple(compared))
        )
        decisions = [d for d in self._turned_decisions(disagreements) if d.transcript in compared]
        return adjudication.settle(disagreements, decisions, agreed, compared)

    def write_queue(self, disagreements: Sequence[Disagreement], path: Path) -> None:
        """Write disagreements as csv or xlsx, with empty columns to fill in the decisions."""
        keys = (
            "disagreement transcript start end kind code other_code same_theme words "
            "coder_a quotes_a memos_a coder_b quotes_b memos_b "
            "choice reason note new_code new_quote"
        )
        rows = (
            (
                *(d.id, d.transcript, d.unit.start, d.unit.end, d.kind.value, d.code),
                *(d.other_code, "yes" if d.same_theme else "", d.words or None),
                *(d.coder_a, *_quotes_and_memos(d.codings_a)),
                *(d.coder_b, *_quotes_and_memos(d.codings_b)),
                *("", "", "", "", ""),
            )
            for d in disagreements
        )
        created = self._project.info.created_at
        exporting.write_rows("disagreements", keys.split(), rows, path, created=created)

    # --- afterwards --------------------------------------------------------------------------

    @in_snapshot
    def summarize(self, coders: Sequence[str]) -> AdjudicationSummary:
        """Return the outcome of adjudicating: agreement before and after, reasons, time, changes.

        Raises:
            UndefinedRequestError: nothing was decided on yet, or see :meth:`compare`.
        """
        compared = {t.name: t for t in self._project.agreement.compared_transcripts(coders)}
        disagreements = self._project.agreement.collect_disagreements(coders)
        about = {d.id: d for d in disagreements}
        last_decisions = {
            d.disagreement: d
            for d in self._turned_decisions(disagreements)
            if d.transcript in compared
        }
        standing = list(last_decisions.values())
        decided = [d for d in standing if d.disagreement in about]
        if not decided:
            raise UndefinedRequestError(
                f"Nothing was decided on between {', '.join(coders)} yet. Settle their "
                "disagreements (qualcode adjudicate), or name others: --coders anna,bram"
            )
        moments = self._decision_moments(disagreements)
        concerned = {about[d.disagreement].code for d in decided}
        concerned |= {about[d.disagreement].other_code for d in decided}
        concerned |= {d.code for d in decided}
        spent = adjudication.time_spent((person, at) for _, person, at in moments)
        return AdjudicationSummary(
            coders=tuple(coders),
            decided=len(decided),
            open=len(disagreements) - len(decided),
            people=tuple(dict.fromkeys(d.by for d in standing if d.by)),
            choices=adjudication.count_choices(decided),
            reasons=adjudication.count_reasons(decided, about),
            revised=len(moments) - len({key for key, _, _ in moments}),
            seconds=None if spent is None else spent.total_seconds(),
            before=self._before(coders),
            against=tuple(self._against(coder, tuple(compared)) for coder in coders),
            must_change=adjudication.codes_to_change(decided, about),
            changed=self._changes_since(min(at for _, _, at in moments), concerned),
            problems=tuple(
                _stale(d)
                for d in (*standing, *self._lost_decisions(coders, compared))
                if d.disagreement not in about
            ),
        )

    def _decision_moments(
        self, disagreements: Sequence[Disagreement]
    ) -> list[tuple[str, str, datetime]]:
        """Return disagreement, who and when of each decision ever made, also replaced ones."""
        ids = {agreement.swapped_id(d): d.id for d in disagreements} | {
            d.id: d.id for d in disagreements
        }
        moments = []
        for event in self._project.history.events():
            # What was undone was never decided.
            if event.action == "decision.add" and not event.undone:
                after = json.loads(event.after)
                if after["disagreement"] in ids:
                    moments.append((ids[after["disagreement"]], after["by"], event.at))
        return moments

    def _before(self, coders: Sequence[str]) -> tuple[Coefficient, ...]:
        return self._project.agreement.compare(coders).overall

    def _against(self, coder: str, names: Sequence[str]) -> AgainstConsensus:
        try:
            report = self._project.agreement.compare((coder, CONSENSUS), transcripts=names)
        except UndefinedRequestError:
            return AgainstConsensus(coder, ())
        return AgainstConsensus(coder, report.overall)

    def _changes_since(self, moment: datetime, concerned: set[str]) -> tuple[CodeChange, ...]:
        """Return what changed since in the codes that were decided on."""
        before = [
            version.version for version in self._project.codebook.versions() if version.at <= moment
        ]
        if not before:
            return ()
        return tuple(c for c in self._project.codebook.compare(max(before)) if c.path in concerned)


def _quotes_and_memos(codings: Sequence[Coding]) -> tuple[str, str]:
    """Return the passages and the memos of one side, for a cell each."""
    return (
        " | ".join(coding.quote for coding in codings),
        " | ".join(coding.memo for coding in codings if coding.memo),
    )


def _known(by_id: Mapping[str, Disagreement], key: str, coders: Sequence[str]) -> Disagreement:
    if key not in by_id:
        raise UnknownNameError(
            f"There is no disagreement '{key}' between {' and '.join(coders)}: perhaps the "
            "codings changed since. List them again: qualcode adjudicate --queue FILE.csv"
        )
    return by_id[key]


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
