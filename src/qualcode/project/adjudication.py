"""The adjudication of disagreements: decisions on disagreements, the consensus, and the outcome.

Joins the decisions and the store; computes nothing itself. Two coders and teams alike.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode import adjudication, agreement, importing
from qualcode.errors import (
    InvalidValueError,
    Problem,
    UndefinedRequestError,
    UnknownNameError,
    unknown_name,
)
from qualcode.messages import Message
from qualcode.model import (
    CONSENSUS,
    AgreementUnit,
    Choice,
    Coding,
    Decision,
    Disagreement,
    Memo,
    MemoTarget,
    Span,
    Transcript,
)
from qualcode.model.adjudication_summary import AdjudicationSummary
from qualcode.project.adjudication_outcome import summarize_adjudication
from qualcode.project.backups import back_up_before
from qualcode.project.decision_queue import write_queue
from qualcode.project.decisions import (
    describe_stale,
    find_disagreement,
    find_lost_decisions,
    is_revised,
    with_present_ids,
)
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
    """Decisions on disagreements, and the consensus of the coders.

    A pair or team has one set of decisions, whatever the order in which its coders are given: of
    two coders A is always the first one by name.
    """

    def open_disagreements(
        self,
        coders: Sequence[str],
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> tuple[Disagreement, ...]:
        """Return the differences that nobody decided on yet."""
        with self._snapshot() as snapshot:
            return snapshot.keep(
                ("open disagreements", tuple(sorted(coders)), round),
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
        """Return the last decision on each of these, with their sides as A and B."""
        ids = {disagreement.id for disagreement in disagreements}
        decisions = {d.disagreement: d for d in self._current_decisions(disagreements)}
        return tuple(decision for key, decision in decisions.items() if key in ids)

    def _current_decisions(self, disagreements: Sequence[Disagreement]) -> tuple[Decision, ...]:
        """Return all decisions, under the ids and with the sides of now."""
        return with_present_ids(self.collect_decisions(), disagreements)

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
        people, disagreements = coders, self._project.agreement.collect_disagreements(coders)
        by_id = {d.id: d for d in disagreements}
        # A queue of an older version names the sides in the other order.
        by_id |= {agreement.swapped_id(d): d for d in disagreements}

        def locate(key: str, words: str) -> Span:
            return self.locate(find_disagreement(by_id, key, people), words)

        def follow(key: str, name: str) -> Decision:
            about = find_disagreement(by_id, key, people)
            decision = self.decide(about, name)
            if decision is None:
                raise UndefinedRequestError(
                    Message("No side of '{key}' has most of the coders.", key=key)
                )
            return decision

        decisions = importing.read_decisions(path, by=self._coder, locate=locate, follow=follow)
        # A queue that an older version wrote, with the coders in the other order.
        return with_present_ids(decisions, disagreements)

    def locate(self, disagreement: Disagreement, words: str) -> Span:
        """Return the span of words in the unit of a disagreement.

        Raises:
            UnknownNameError: the words are not there, or more than once.
        """
        text, unit = self._project.transcripts.get(disagreement.transcript).text, disagreement.unit
        start = text.find(words, unit.start, unit.end)
        if start < 0 or text.find(words, start + 1, unit.end) >= 0:
            place = {"transcript": disagreement.transcript, "start": unit.start, "end": unit.end}
            raise UnknownNameError(
                Message(
                    "'{words}' does not occur in '{transcript}' from {start} to {end}. Give "
                    "its start and end instead.",
                    words=words,
                    **place,
                )
                if start < 0
                else Message(
                    "'{words}' occurs more than once in '{transcript}' from {start} to "
                    "{end}. Give its start and end instead.",
                    words=words,
                    **place,
                )
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
        # A choice of a side keeps the codes of that side; only a new coding names one.
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
            # What cannot be decided so stays open for people, and holds up no other.
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
        coders = sorted(coders)
        disagreements = self._project.agreement.collect_disagreements(coders)
        decisions, by_id = tuple(decisions), {d.id: d for d in disagreements}
        # Only where decisions fall: undo brings a first decision back by itself.
        if self._falling(coders, disagreements, decisions):
            back_up_before(self._project, "consensus")
        located = [
            replace(d, transcript=find_disagreement(by_id, d.disagreement, coders).transcript)
            for d in with_present_ids(decisions, disagreements)
        ]
        # One step, so that one undo takes back decisions, notes and consensus together.
        with self._store.step(self._coder):
            self._store.add_decisions(located, self._coder)
            notes = sum(self._note_change(by_id[d.disagreement], d) for d in located)
            return replace(self._settle(coders, disagreements), memos=notes)

    def replaced_decisions(
        self, coders: Sequence[str], decisions: Iterable[Decision]
    ) -> tuple[Decision, ...]:
        """Return the decisions in force that would fall if these were settled.

        They are revised, or they are about disagreements of other coders while the consensus of
        the interviews that both compare would be made again. Where these coders decided later than
        the others, that has happened already.
        """
        coders = sorted(coders)
        return self._falling(
            coders, self._project.agreement.collect_disagreements(coders), decisions
        )

    def _falling(
        self,
        coders: Sequence[str],
        disagreements: Sequence[Disagreement],
        decisions: Iterable[Decision],
    ) -> tuple[Decision, ...]:
        compared = {t.name for t in self._project.agreement.compared_transcripts(coders)}
        by_id = {d.id for d in disagreements}
        new = {d.disagreement: d for d in with_present_ids(decisions, disagreements)}
        settled = {c.transcript for c in self._project.codings.collect(coder=CONSENSUS)} & compared
        in_force = {d.disagreement: d for d in self._current_decisions(disagreements)}
        order = {key: place for place, key in enumerate(in_force)}
        last_places = {d.transcript: order[key] for key, d in in_force.items() if key in by_id}
        return tuple(
            decision
            for decision in in_force.values()
            if is_revised(decision, new.get(decision.disagreement))
            or (
                decision.disagreement not in by_id
                and decision.transcript in settled
                and order[decision.disagreement] > last_places.get(decision.transcript, -1)
            )
        )

    def _note_change(self, about: Disagreement, decision: Decision) -> bool:
        """Open a note on the code, where a decision says that the codebook must change."""
        reason, note = adjudication.split_reason(decision.reason)
        if reason is not adjudication.Reason.CODEBOOK_MUST_CHANGE:
            return False
        path = decision.code or about.code
        words = next((c.quote for c in (*about.codings_a, *about.codings_b)), "")
        text = f"[{reason}] {about.transcript}: “{words}”" + (f" – {note}" if note else "")
        # To settle the same decision twice must not open the same note twice.
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
        # A code retired since can have no new codings: that must not hold up all others.
        retired = {code.path for code in book.codes if code.retired}
        added = [coding for coding in additions if coding.code not in retired]
        self._store.withdraw_codings(withdrawn, self._coder)
        self._store.add_codings(added, self._coder)
        problems = (
            *map(
                describe_stale,
                (*settlement.stale, *find_lost_decisions(self._project, coders, compared)),
            ),
            *(_retired(coding) for coding in additions if coding.code in retired),
        )
        return Settled(
            len(settlement.passages) - (len(additions) - len(added)),
            len(added),
            len(withdrawn),
            len(settlement.open),
            problems,
        )

    def _settlement(
        self,
        coders: Sequence[str],
        disagreements: Sequence[Disagreement],
        compared: Mapping[str, Transcript],
    ) -> adjudication.Settlement:
        agreed = agreement.agreed_codings(
            self._project.agreement.coding_study(coders, tuple(compared), unit=AgreementUnit.TURN)
        )
        decisions = [d for d in self._current_decisions(disagreements) if d.transcript in compared]
        return adjudication.settle(disagreements, decisions, agreed, compared)

    def write_queue(self, disagreements: Sequence[Disagreement], path: Path) -> None:
        """Write disagreements as csv or xlsx, with empty columns to fill in the decisions."""
        write_queue(self._project, disagreements, path)

    @in_snapshot
    def summarize(self, coders: Sequence[str]) -> AdjudicationSummary:
        """Return the outcome of adjudicating: agreement before and after, reasons, time, changes.

        Raises:
            UndefinedRequestError: nothing was decided on yet, or see :meth:`compare`.
        """
        return summarize_adjudication(self._project, coders)


def _retired(coding: Coding) -> Problem:
    return Problem(
        Message("{transcript} at {start}", transcript=coding.transcript, start=coding.span.start),
        Message(
            "The consensus lacks “{quote}”: its code '{code}' was retired since.",
            quote=coding.quote,
            code=coding.code,
        ),
        Message(
            "Restore it (qualcode codebook restore {code}), or decide on another code.",
            code=coding.code,
        ),
    )
