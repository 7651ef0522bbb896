"""A participant who takes their words back: what would go, the erasure, and its receipt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import ConflictError, UnknownNameError, unknown_name
from qualcode.messages import Message
from qualcode.model import Case, Coding, Role, Transcript
from qualcode.phrases import Phrases
from qualcode.project.backups import back_up_before, list_backups
from qualcode.project.disagreement_ids import DisagreementIds, collect_ids, follow_ids
from qualcode.project.stray_files import find_files_with
from qualcode.speech import TranscriptSpeech

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot
    from qualcode.storage import Store
    from qualcode.storage.withdrawal import WithdrawnPart

# It becomes part of the text, so that it follows the project's language and not the reader's.
_REPLACEMENTS = {"nl": "[teruggetrokken]"}


@dataclass(frozen=True, slots=True)
class WithdrawalPlan:
    """What a withdrawal would erase.

    Attributes:
        case: The participant.
        removed: Names of the transcripts that would go: nobody else speaks in them.
        changed: Names of the transcripts in which the person's turns would be replaced.
        turns: Number of the person's turns.
        codings: Number of codings in them, as far as the acting coder may see them.
    """

    case: str
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    turns: int
    codings: int


@dataclass(frozen=True, slots=True)
class WithdrawalReceipt:
    """What a withdrawal erased, in numbers, without a word or a name.

    Attributes:
        transcripts: Number of transcripts that were removed.
        shortened: Number of transcripts in which turns were replaced.
        turns: Number of turns.
        codings: Number of codings deleted; None if an open blind round hides it.
        cut: Number of codings that keep what others said; None likewise.
        decisions: Number of decisions deleted; None likewise.
        memos: Number of memos deleted; None likewise.
        suggestions: Number of shown and rejected suggestions deleted; None likewise.
        places: Number of places in notes and the history where the words were repeated.
        events: Number of changes in the history that lost their content.
        phrases: Number of phrases that were searched for afterwards.
        shared: Number of phrases that others said too, and that were not searched for.
        remains: Where phrases were still found; empty if the erasure is complete.
        files: Files outside the project that may still hold the words: to delete by hand.
        on_server: Whether the project is on a database server, whose files the program cannot
            write anew.
    """

    transcripts: int
    shortened: int
    turns: int
    codings: int | None
    cut: int | None
    decisions: int | None
    memos: int | None
    suggestions: int | None
    places: int
    events: int
    phrases: int
    shared: int
    remains: tuple[str, ...]
    files: tuple[Path, ...]
    on_server: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether no phrase of the person is left in the project."""
        return not self.remains


def plan_withdrawal(snapshot: Snapshot, name: str) -> WithdrawalPlan:
    """Return what the withdrawal of a participant would erase; see ``Cases``."""
    _, parts = _find(snapshot, name)
    codings = [c for part in parts for c in snapshot.codings if _touches(part, c)]
    return WithdrawalPlan(
        name,
        tuple(part.transcript.name for part in parts if part.is_alone),
        tuple(part.transcript.name for part in parts if not part.is_alone),
        sum(len(part.texts()) for part in parts),
        len(codings),
    )


def _touches(part: WithdrawnPart, coding: Coding) -> bool:
    if coding.transcript != part.transcript.name:
        return False
    turns = part.speech.turns_in(coding.span)
    return part.is_alone or any(turn.speaker in part.labels for turn in turns)


def withdraw(
    project: Project, store: Store, coder: str, name: str, forget_texts: Callable[[], None]
) -> WithdrawalReceipt:
    """Erase a participant, and return the receipt; see ``Cases``.

    Args:
        project: The project.
        store: Its store.
        coder: The acting coder.
        name: The case, or a transcript without cases.
        forget_texts: Lets the project read its transcripts again.
    """
    with project.snapshot() as snapshot:
        case, parts = _find(snapshot, name)
        phrases = _phrases_of(parts, snapshot.transcripts)
        replacement = _REPLACEMENTS.get(snapshot.info.language, "[withdrawn]")
        names = {part.transcript.name for part in parts}
        hidden = any(r.covers(name) for r in snapshot.hiding_rounds for name in names)
        hashes = {part.transcript.sha256 for part in parts}
        hashes |= {store.original(name).sha256 for name in names}
    back_up_before(project, "withdrawal")
    with store.step(coder):
        before = collect_ids(project, store)
        report = store.withdraw_participant(
            case,
            parts,
            phrases,
            replacement=replacement,
            disagreements=_about(before, parts),
            who=coder,
        )
        forget_texts()
        follow_ids(project, store, coder, before)
    return WithdrawalReceipt(
        transcripts=report.transcripts,
        shortened=report.shortened,
        turns=report.turns,
        codings=None if hidden else report.codings,
        cut=None if hidden else report.cut,
        decisions=None if hidden else report.decisions,
        memos=None if hidden else report.memos,
        suggestions=None if hidden else report.suggestions,
        places=report.places,
        events=report.events,
        phrases=len(phrases),
        shared=phrases.shared,
        remains=store.find_remains(phrases),
        files=(
            *find_files_with(store.path, hashes, phrases),
            # All of them: each backup from before holds the words, and one may need a passphrase.
            *(backup.path for backup in list_backups(project)),
        ),
        on_server=store.path is None,
    )


def _find(snapshot: Snapshot, name: str) -> tuple[str, tuple[WithdrawnPart, ...]]:
    """Return the name of the case, or ``""``, and what the person said."""
    from qualcode.storage.withdrawal import find_parts

    cases = {case.name: case for case in snapshot.cases}
    if name in cases:
        return name, find_parts(cases[name], snapshot.transcripts, snapshot.cases)
    return "", (_whole_transcript(snapshot, name, cases),)


def _whole_transcript(snapshot: Snapshot, name: str, cases: dict[str, Case]) -> WithdrawnPart:
    """Return a transcript without cases, whose only respondent withdraws."""
    from qualcode.storage.withdrawal import WithdrawnPart

    people = [case for case in cases.values() if name in case.transcripts]
    transcript = snapshot.texts.get(name)
    if transcript is None or people:
        if transcript is not None:
            raise UnknownNameError(
                Message(
                    "'{name}' is an interview. Name the participant who withdraws: {people}.",
                    name=name,
                    people=tuple(case.name for case in people),
                )
            )
        names_to_choose = [*cases, *(text for text in snapshot.texts if not _has_case(text, cases))]
        where = Message("project '{name}'", name=snapshot.info.name)
        raise unknown_name("case", name, names_to_choose, where)
    interviewers = {s.label for s in transcript.speakers if s.role is Role.INTERVIEWER}
    labels = {turn.speaker for turn in transcript.turns} - interviewers
    if len(labels) > 1:
        raise ConflictError(
            Message(
                "Several people speak in '{name}' ({labels}), and it is not known who withdraws. "
                "Read a table of cases with the columns transcript, speaker, case first.",
                name=name,
                labels=tuple(sorted(labels)),
            )
        )
    return WithdrawnPart(TranscriptSpeech(transcript, ()), frozenset(labels), is_alone=True)


def _has_case(transcript: str, cases: dict[str, Case]) -> bool:
    return any(transcript in case.transcripts for case in cases.values())


def _phrases_of(parts: Sequence[WithdrawnPart], transcripts: Sequence[Transcript]) -> Phrases:
    names = {part.transcript.name for part in parts}
    other_texts = [text.text for text in transcripts if text.name not in names]
    for part in parts:
        other_texts += part.other_texts()
    return Phrases((text for part in parts for text in part.texts()), other_texts)


def _about(ids: DisagreementIds, parts: Sequence[WithdrawnPart]) -> set[str]:
    """Return the ids of disagreements about the person's turns."""
    spans = {
        (part.transcript.name, turn.span)
        for part in parts
        for turn in part.transcript.turns
        if turn.speaker in part.labels
    }
    return {key for key, unit in ids.units.items() if unit in spans}
