"""The respondents of a project: who they are, and as whom they take part in which interviews."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import importing, tables
from qualcode.errors import LossError, Problem, unknown_name
from qualcode.messages import Message
from qualcode.model import Case, Participation, Transcript, transcript_aliases
from qualcode.project.attributes import Attributes
from qualcode.project.cases_update import CasesUpdate, update_cases
from qualcode.project.part import Part, in_step
from qualcode.speech import Speech, TranscriptSpeech

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.project.snapshot import Snapshot
    from qualcode.project.withdrawal import WithdrawalPlan, WithdrawalReceipt


class Cases(Part):
    """The respondents and their attributes."""

    @cached_property
    def attributes(self) -> Attributes:
        """Types of attributes, and attributes of transcripts."""
        return Attributes(self._project, self._store, self._coder)

    @in_step
    def read(self, path: Path, *, remove: bool = False) -> tuple[Problem, ...]:
        """Update the respondents and their attributes from a csv or xlsx table.

        Attributes, respondents and interviews that the table does not have stay as they are; so
        does the value of an empty cell. Returned is what a person should check.

        Args:
            path: The table.
            remove: Whether respondents may lose interviews, or be removed, because the table
                gives their interviews to others.

        Raises:
            LossError: a respondent would lose an interview, and ``remove`` is not set.
        """
        update = self.preview(path)
        if update.losses and not remove:
            raise LossError(
                Message(
                    "The table takes something away: {losses} Nothing was changed.",
                    losses=" ".join(update.losses),
                )
            )
        with self._project.history.step():
            self._store.put_cases(update.cases, self._coder, gone=update.removed)
            for name, attributes in update.transcripts.items():
                self._store.set_attributes(name, attributes, self._coder)
        return update.problems

    def preview(self, path: Path) -> CasesUpdate:
        """Return what :meth:`read` would change, without changing it."""
        table = importing.read_cases(path)
        with self._snapshot() as snapshot:
            return update_cases(table, snapshot.cases, snapshot.transcripts, path.name)

    @in_step
    def replace(self, cases: Iterable[Case]) -> None:
        """Store the respondents of the project; those that are not among them are removed.

        Raises:
            ConflictError: there is a memo on a respondent that would be removed; or two
                respondents are one speaker.
        """
        new_cases = tuple(cases)
        removed = {case.name for case in self.collect()} - {case.name for case in new_cases}
        self._store.put_cases(new_cases, self._coder, gone=sorted(removed))

    @in_step
    def replace_rows(
        self, participations: Sequence[Mapping[str, str]], *, remove: bool = False
    ) -> tuple[Problem, ...]:
        """Store a table of participations as a whole; who is not in it is removed.

        Args:
            participations: Values by column: ``case``, ``transcript``, ``speaker``, and attributes.
            remove: Whether respondents may lose interviews or be removed.

        Raises:
            LossError: a respondent would lose an interview, and ``remove`` is not set.
            ConflictError: as in :meth:`replace`.
        """
        table = importing.read_case_rows(participations, "")
        # The empty name stands for the respondent, so that one without an interview is not lost
        # unseen.
        kept = {(case.name, name) for case in table.cases for name in case.transcripts or ("",)} | {
            (case.name, "") for case in table.cases
        }
        lost = [
            (case.name, name)
            for case in self.collect()
            for name in case.transcripts or ("",)
            if (case.name, name) not in kept
        ]
        if lost and not remove:
            names = ", ".join(f"{case} ({name})" if name else case for case, name in lost)
            raise LossError(Message("These would be removed: {names}.", names=names))
        with self._project.history.step():
            self.replace(table.cases)
            for name, attributes in table.transcripts.items():
                self._store.set_attributes(name, attributes, self._coder)
        return table.problems

    def collect(self) -> tuple[Case, ...]:
        """Return the respondents."""
        with self._snapshot() as snapshot:
            return snapshot.cases

    def collect_for_print(self) -> tuple[Case, ...]:
        """Return the respondents with their attributes as they may be printed."""
        with self._snapshot() as snapshot:
            return self._project.disclosure.measures().of_cases(snapshot.cases)

    def respondents(self) -> tuple[Case, ...]:
        """Return whom reports count: the cases, or each respondent where there are none."""
        with self._snapshot() as snapshot:
            cases = self.collect_for_print()
            if cases:
                return cases
            transcripts = snapshot.transcripts
        labels = transcript_aliases([transcript.name for transcript in transcripts], ())
        return tuple(
            case
            for transcript in transcripts
            for case in _each_respondent(transcript, labels[transcript.name])
        )

    def propose(self) -> tuple[Case, ...]:
        """Return a case for each respondent of whom nobody said yet who it is.

        A proposal changes nothing; ``add`` stores the cases that a person confirms.
        """
        with self._snapshot() as snapshot:
            speech = Speech(snapshot.transcripts, snapshot.cases)
            names = {case.name for case in snapshot.cases}
            proposals = []
            for transcript in snapshot.transcripts:
                session = speech.in_transcript(transcript.name)
                # Cases are linked to it, though not to its speakers: proposals would double them.
                if transcript.kind == "document" or session.unknown_cases:
                    continue
                for case in _each_respondent(transcript, transcript.name):
                    (part,) = case.participations
                    labels = part.speakers or session.individuals
                    is_known = session.author or {*labels} & {*session.case_by_speaker}
                    if not is_known and case.name not in names:
                        proposals.append(case)
        return tuple(proposals)

    def add(self, cases: Iterable[Case]) -> None:
        """Store respondents next to those that are there; one of the same name is replaced."""
        self._store.put_cases(tuple(cases), self._coder)

    def doubts(self) -> tuple[Problem, ...]:
        """Return the interviews of which nobody said who of the respondents speaks."""
        with self._snapshot() as snapshot:
            speech = Speech(snapshot.transcripts, snapshot.cases)
            sessions = [speech.in_transcript(text.name) for text in snapshot.transcripts]
        return tuple(_doubt(session) for session in sessions if session.unknown_cases)

    def values_of(self, attribute: str) -> dict[str, str]:
        """Return the value that respondents have on an attribute, by transcript.

        Where the respondents of one transcript differ, all their values: "men + women".

        Raises:
            UnknownNameError: no case and no transcript has such an attribute.
        """
        with self._snapshot() as snapshot:
            values = values_by_transcript(snapshot, attribute)
        return {name: " + ".join(sorted(of_name)) for name, of_name in values.items()}

    def table(self, *, by_interview: bool = False) -> pd.DataFrame:
        """Return the respondents as a DataFrame, by name, with a column per attribute.

        Args:
            by_interview: A row per respondent and interview, as :meth:`read` takes it back.
        """
        with self._snapshot() as snapshot:
            if by_interview:
                return tables.participations_table(snapshot.cases, snapshot.transcripts)
            return tables.cases_table(snapshot.cases)

    # --- taking back -------------------------------------------------------------------------

    def plan_withdrawal(self, case: str) -> WithdrawalPlan:
        """Return what :meth:`withdraw` would erase.

        Args:
            case: The case; of an interview without cases its own name.

        Raises:
            ConflictError: nobody said which speaker the person is.
            UnknownNameError: there is no such participant.
        """
        from qualcode.project.withdrawal import plan_withdrawal

        with self._snapshot() as snapshot:
            return plan_withdrawal(snapshot, case)

    def withdraw(self, case: str) -> WithdrawalReceipt:
        """Erase a participant from the project, its history and its files, for good.

        An interview of this person alone is removed; in a group the person's turns are replaced
        by one word, and codings keep what others said. Whatever repeats the words goes too.

        Args:
            case: The case; of an interview without cases its own name.

        Raises:
            ConflictError: nobody said which speaker the person is.
            UnknownNameError: there is no such participant.
        """
        from qualcode.project.withdrawal import withdraw

        return withdraw(self._project, self._store, self._coder, case, self._forget_texts)


def _doubt(session: TranscriptSpeech) -> Problem:
    """Return the Problem of an interview whose cases are not known to be speakers of it."""
    cases = ", ".join(case.name for case in session.unknown_cases)
    if not session.unknown_speakers:
        return Problem(
            session.transcript.name,
            Message(
                "Every speaker is somebody, and none of them is {cases}, who takes part too.",
                cases=cases,
            ),
            "Correct the table of respondents, or remove this one from the interview.",
        )
    return Problem(
        session.transcript.name,
        Message(
            "Nobody said which speaker ({speakers}) is which respondent ({cases}).",
            speakers=", ".join(session.unknown_speakers),
            cases=cases,
        ),
        "Until then their words count for nobody. Say who is who in a table with a "
        "column 'speaker', or on the page of respondents.",
    )


def _each_respondent(transcript: Transcript, name: str) -> tuple[Case, ...]:
    """Return a case per respondent of a transcript that has no cases."""
    labels = TranscriptSpeech(transcript, ()).individuals
    if len(labels) < 2:
        # A document has an author only if somebody says who.
        parts = Participation.in_each(transcript.name)
        return () if transcript.kind == "document" else (Case(name, participations=parts),)
    return tuple(
        Case(f"{name}-{number}", participations=(Participation(transcript.name, (label,)),))
        for number, label in enumerate(labels, start=1)
    )


def values_by_transcript(snapshot: Snapshot, attribute: str) -> dict[str, set[str]]:
    """Return the values that respondents have on an attribute, by transcript; see ``values_of``."""
    cases, transcripts = snapshot.cases, snapshot.transcripts
    attributes = {key for case in cases for key in case.all_attributes()}
    attributes |= {key for transcript in transcripts for key in transcript.attributes}
    if attribute not in attributes:
        raise unknown_name("attribute", attribute, attributes, "the cases")
    values = {
        transcript.name: {transcript.attributes.get(attribute, "")}
        for transcript in transcripts
        if attribute in transcript.attributes
    }
    for case in cases:
        for name in case.transcripts:
            value = case.attributes_in(name).get(attribute, "")
            values.setdefault(name, set()).add(value)
    return {name: of_name - {""} for name, of_name in values.items()}
