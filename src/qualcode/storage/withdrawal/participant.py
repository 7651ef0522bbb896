"""Erases a participant: the texts, everything that points into them, and what repeats them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, or_, select, update

from qualcode.errors import ConflictError, UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import Case, Original, Role, Transcript
from qualcode.phrases import Phrases
from qualcode.speech import TranscriptSpeech
from qualcode.storage import erasure, row_sums, transcript_removal
from qualcode.storage.codings import id_chunks
from qualcode.storage.history import Change
from qualcode.storage.schema import (
    cases,
    codings,
    decisions,
    events,
    excerpts,
    exposures,
    originals,
    rejections,
    text_versions,
    transcripts,
    unconfirmed,
    withdrawn_texts,
)
from qualcode.storage.text_moves import (
    TextMove,
    delete_codings,
    delete_decisions,
    finish_steps,
    move_codings,
    move_decisions,
    move_segments,
    move_suggestions,
    store_text,
)
from qualcode.storage.transcripts import ids_by_name
from qualcode.storage.withdrawal.history import count_blank, rewrite_history
from qualcode.storage.withdrawal.notes import (
    Erasure,
    Rewriter,
    delete_memos,
    new_paths,
    rewrite_notes,
)
from qualcode.storage.withdrawal.words import replace_turns


@dataclass(slots=True)
class WithdrawalReport:
    """What was erased, in numbers: nothing here holds a word or a name.

    Attributes:
        transcripts: Number of transcripts that were removed: nobody else spoke in them.
        shortened: Number of transcripts in which the person's turns were replaced.
        turns: Number of turns of the person.
        codings: Number of codings that were deleted.
        cut: Number of codings that keep the part that others said.
        decisions: Number of decisions on disagreements that were deleted.
        memos: Number of memos that were deleted.
        suggestions: Number of shown and rejected suggestions that were deleted.
        places: Number of places in notes, the codebook and the history where the person's words
            were repeated and replaced.
        events: Number of changes in the history that lost their content.
    """

    transcripts: int = 0
    shortened: int = 0
    turns: int = 0
    codings: int = 0
    cut: int = 0
    decisions: int = 0
    memos: int = 0
    suggestions: int = 0
    places: int = 0
    events: int = 0


@dataclass(frozen=True, slots=True)
class WithdrawnPart:
    """What one person said in one transcript.

    Attributes:
        speech: Who speaks in the transcript.
        labels: The labels of the person.
        is_alone: Whether nobody else but interviewers speaks in it.
    """

    speech: TranscriptSpeech
    labels: frozenset[str]
    is_alone: bool

    @property
    def transcript(self) -> Transcript:
        """The transcript."""
        return self.speech.transcript

    def texts(self) -> list[str]:
        """Return what the person said, turn by turn."""
        transcript = self.transcript
        turns = [t.span.of(transcript.text) for t in transcript.turns if t.speaker in self.labels]
        # A document without turns is the person's as a whole.
        return turns or ([transcript.text] if self.is_alone else [])

    def other_texts(self) -> list[str]:
        """Return what other people said, without interviewers: they may repeat what they hear."""
        transcript = self.transcript
        own_labels = {*self.labels, *_interviewers(transcript)}
        return [t.span.of(transcript.text) for t in transcript.turns if t.speaker not in own_labels]


def _interviewers(transcript: Transcript) -> set[str]:
    return {s.label for s in transcript.speakers if s.role is Role.INTERVIEWER}


def find_parts(
    case: Case, values: Sequence[Transcript], all_cases: Sequence[Case]
) -> tuple[WithdrawnPart, ...]:
    """Return what a person said, transcript by transcript.

    Raises:
        ConflictError: Nobody said which of several speakers the person is.
    """
    parts = []
    for transcript in values:
        if transcript.name not in case.transcripts:
            continue
        present = [
            other_case for other_case in all_cases if transcript.name in other_case.transcripts
        ]
        parts.append(_part_of(case, TranscriptSpeech(transcript, present)))
    return tuple(parts)


def _part_of(case: Case, speech: TranscriptSpeech) -> WithdrawnPart:
    transcript = speech.transcript
    labels = frozenset(
        label for label, speaker in speech.case_by_speaker.items() if speaker.name == case.name
    )
    own_labels = {*labels, *_interviewers(transcript)}
    other_labels = {turn.speaker for turn in transcript.turns} - own_labels
    is_author = speech.author is not None and speech.author.name == case.name
    # To guess would erase the words of somebody else, and keep those that must go.
    if not labels and not (is_author and not other_labels):
        raise ConflictError(
            Message(
                "It is not known who '{case}' is in transcript '{transcript}', so nobody can say "
                "which words must go. Name the speaker first: a table of cases with the columns "
                "transcript, speaker, case.",
                case=case.name,
                transcript=transcript.name,
            )
        )
    return WithdrawnPart(speech, labels, not other_labels and len(speech.cases) == 1)


def withdraw(
    change: Change,
    case: str,
    parts: Sequence[WithdrawnPart],
    phrases: Phrases,
    *,
    replacement: str,
    disagreements: Collection[str] = (),
) -> WithdrawalReport:
    """Erase a participant from the project.

    Args:
        change: A step of its own.
        case: Name of the case; ``""`` if the project knows the person as a transcript only.
        parts: What the person said.
        phrases: The same as phrases, to find where it is repeated.
        replacement: What stands for each turn of the person in a group.
        disagreements: Ids of the disagreements about the person's words.

    Raises:
        UndefinedRequestError: The step holds other changes, which would keep the words.
    """
    if change.recorded:
        raise UndefinedRequestError("A withdrawal is a step of its own. End the step before it.")
    connection = change.connection
    # Earlier withdrawals left empty events, too, and the receipt counts those of this one.
    blank_before = count_blank(connection)
    _erase_removed(connection, phrases)
    withdrawal = _Withdrawal(change, phrases, replacement)
    for part in parts:
        withdrawal.take(part)
    withdrawal.delete(case, disagreements)
    erased = Erasure(
        case, frozenset(withdrawal.removed), frozenset(withdrawal.changed), replacement
    )
    rewriter = Rewriter(phrases, replacement, new_paths(connection, phrases))
    rewrite_notes(connection, rewriter, erased)
    rewrite_history(connection, rewriter, erased)
    report = withdrawal.report
    report.places = rewriter.places
    report.events = count_blank(connection) - blank_before
    # Without a name: the history says that somebody withdrew, not who.
    change.record("participant.withdraw", "", after={"turns": report.turns}, final=True)
    row_sums.renew(connection)
    erasure.ask(connection)
    return report


def _erase_removed(connection: Connection, phrases: Phrases) -> None:
    """Erase imports that were undone and could come back with the person's words."""
    query = select(transcripts.c.id, transcripts.c.text).where(transcripts.c.removed)
    for row in connection.execute(query).all():
        if phrases.find(row.text):
            transcript_removal.erase(connection, row.id)


class _Withdrawal:
    """A withdrawal in progress: first each text, then all that pointed into it.

    Attributes:
        report: The numbers so far.
        removed: Names of the transcripts that go.
        changed: Names of the transcripts with a new text.
    """

    def __init__(self, change: Change, phrases: Phrases, replacement: str) -> None:
        self.report = WithdrawalReport()
        self.removed: list[str] = []
        self.changed: list[str] = []
        self._change = change
        self._connection = change.connection
        self._phrases = phrases
        self._replacement = replacement
        self._ids = ids_by_name(change.connection)
        self._codings: list[str] = []
        self._decisions: set[str] = set()
        self._turns: list[str] = []
        self._files: set[str] = set()

    def take(self, part: WithdrawnPart) -> None:
        """Replace the person's words in a text, or note that the text goes."""
        name = part.transcript.name
        # Before the text is replaced: the hash of the old one is what must not come back.
        self._keep_hashes(self._ids[name])
        self.report.turns += len(part.texts())
        if part.is_alone:
            self.report.transcripts += 1
            self.removed.append(name)
        else:
            self.report.shortened += 1
            self.changed.append(name)
            self._replace_words(part)

    def _keep_hashes(self, number: int) -> None:
        """Keep the hashes of a text and its file, so that neither comes back."""
        connection = self._connection
        row = connection.execute(select(transcripts).where(transcripts.c.id == number)).one()
        self._files.add(row.original_sha256)
        same_transcript = text_versions.c.transcript_id == number
        earlier = connection.scalars(select(text_versions.c.sha256).where(same_transcript))
        stored = set(connection.scalars(select(withdrawn_texts.c.sha256)))
        # Transcripts of one survey share a file, whose hash is stored once.
        hashes = {row.sha256, row.original_sha256, *earlier} - stored
        rows = [{"sha256": value, "withdrawn_at": self._change.at} for value in sorted(hashes)]
        if rows:
            connection.execute(insert(withdrawn_texts), rows)

    def _replace_words(self, part: WithdrawnPart) -> None:
        connection, name = self._connection, part.transcript.name
        number = self._ids[name]
        without = replace_turns(part.speech, part.labels, self._phrases, self._replacement)
        move = TextMove(number, without.transcript, without.shift)
        store_text(connection, move, without.original)
        moves = move_codings(self._change, move)
        self.report.cut += len(moves.changed)
        self._codings += moves.gone
        self._decisions |= {*move_decisions(connection, move)}
        self.report.suggestions += move_suggestions(connection, move)
        move_segments(connection, move)
        self._drop_excerpts(moves.changed)
        # Earlier versions of the text hold the person's words too.
        connection.execute(delete(text_versions).where(text_versions.c.transcript_id == number))
        self._turns += [f"{name}#{turn}" for turn in sorted(without.numbers)]

    def _drop_excerpts(self, ids: Collection[str]) -> None:
        """Delete the texts to print, and the quotes to compare with, of codings that were cut."""
        for chunk in id_chunks(ids):
            for table in (excerpts, unconfirmed):
                self._connection.execute(delete(table).where(table.c.coding_id.in_(chunk)))
            about = events.c.target.in_(chunk), events.c.action == "excerpt.set"
            finish_steps(self._connection, *about)
            blank = {"before": "", "after": ""}
            self._connection.execute(update(events).where(*about).values(blank))

    def _replace_shared_files(self) -> None:
        """Replace the file of transcripts that were read from the same file as the person's.

        A table of a survey is the file of every question, also of those without an answer of
        this person.
        """
        connection = self._connection
        same_file = transcripts.c.original_sha256.in_(sorted(self._files))
        rows = connection.execute(
            select(transcripts.c.id, transcripts.c.name, transcripts.c.text).where(same_file)
        ).all()
        for row in rows:
            text = row.text.encode("utf-8")
            file = Original(f"{row.name}.txt", text)
            connection.execute(
                update(originals)
                .where(originals.c.transcript_id == row.id)
                .values(file_name=file.file_name, data=file.data)
            )
            connection.execute(
                update(transcripts)
                .where(transcripts.c.id == row.id)
                .values(original_sha256=file.sha256)
            )

    def delete(self, case: str, disagreements: Collection[str]) -> None:
        """Delete what pointed at the person's words only, and the case."""
        connection = self._connection
        numbers = [self._ids[name] for name in self.removed]
        about = or_(
            decisions.c.transcript_id.in_(numbers),
            decisions.c.disagreement.in_(sorted(disagreements)),
        )
        self._decisions |= set(map(str, connection.scalars(select(decisions.c.id).where(about))))
        on_removed = select(codings.c.id).where(codings.c.transcript_id.in_(numbers))
        self._codings += connection.scalars(on_removed)
        self.report.codings, self.report.decisions = len(self._codings), len(self._decisions)
        self.report.memos = delete_memos(
            connection, case, self._codings, transcripts=self.removed, turns=self._turns
        )
        for table in (exposures, rejections):
            rows = delete(table).where(table.c.transcript_id.in_(numbers))
            self.report.suggestions += connection.execute(rows).rowcount
        delete_codings(connection, self._codings)
        delete_decisions(connection, self._decisions)
        transcript_removal.leave_rounds(connection, self.removed)
        self._replace_shared_files()
        for number in numbers:
            transcript_removal.erase(connection, number, new_target=self._replacement)
        if case:
            # Participations go along with the case.
            connection.execute(delete(cases).where(cases.c.name == case))
