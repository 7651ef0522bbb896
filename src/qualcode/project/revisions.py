"""Corrections of interviews: another name, a corrected text, an interview that goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import importing
from qualcode.edit_script import EditScript
from qualcode.errors import UndefinedRequestError
from qualcode.exporting.files import write_bytes
from qualcode.messages import Message
from qualcode.model import Coding
from qualcode.project.backups import back_up_before
from qualcode.project.disagreement_ids import collect_ids, follow_ids
from qualcode.project.part import Part

if TYPE_CHECKING:
    from qualcode.importing import ReadResult
    from qualcode.model import Transcript
    from qualcode.storage.revisions import TextVersion


@dataclass(frozen=True, slots=True)
class ChangedCoding:
    """A coding whose words change with a corrected text.

    Attributes:
        coding: The coding as it is now.
        before: The words that it covered when it was made, or covers until the text comes.
        after: The words that it covers then; ``""`` if its passage is not in the corrected text.
    """

    coding: Coding
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a corrected text does to the codings, as far as the acting coder may see them.

    Attributes:
        transcript: Name of the transcript.
        same: Number of codings that cover the same words.
        changed: The codings that cover other words, to be confirmed.
        gone: The codings whose passage is not in the corrected text.
        speakers: Labels that a case was known by, and that the corrected text does not have.
    """

    transcript: str
    same: int
    changed: tuple[ChangedCoding, ...] = ()
    gone: tuple[ChangedCoding, ...] = ()
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RemovalPlan:
    """What goes with an interview, as far as the acting coder may see it.

    Attributes:
        transcript: Name of the transcript.
        codings: Number of codings on it.
        memos: Number of memos on it, on its turns and on its codings.
        cases: Names of the cases that take part in it.
        rounds: Names of the rounds that name it.
    """

    transcript: str
    codings: int
    memos: int
    cases: tuple[str, ...]
    rounds: tuple[str, ...]


class Revisions(Part):
    """What changes an interview after its import; see :class:`Transcripts`."""

    def rename(self, transcript: str, new_name: str) -> None:
        """Give a transcript another name, in memos, rounds and the history too.

        Raises:
            DuplicateError: the name is in use.
            UnknownNameError: there is no such transcript.
        """
        with self._store.step(self._coder):
            before = collect_ids(self._project, self._store)
            self._store.rename_transcript(transcript, new_name, self._coder)
            self._forget_texts()
            # The id of a disagreement holds the name of its transcript.
            follow_ids(self._project, self._store, self._coder, before)
        self._forget_texts()

    # --- removing ----------------------------------------------------------------------------

    def plan_removal(self, transcript: str) -> RemovalPlan:
        """Return what goes if a transcript is removed."""
        with self._snapshot() as snapshot:
            snapshot.transcript(transcript)
            ids = {coding.id for coding in snapshot.find_codings(transcript=transcript)}
            about = {transcript, *ids}
            memos = [
                memo
                for memo in snapshot.memos
                if memo.target in about or memo.target.rpartition("#")[0] == transcript
            ]
            return RemovalPlan(
                transcript,
                len(ids),
                len(memos),
                tuple(case.name for case in snapshot.cases if transcript in case.transcripts),
                tuple(r.name for r in snapshot.rounds if transcript in r.transcripts),
            )

    def remove(self, transcript: str) -> None:
        """Remove a transcript for good, with its file, its codings and its words in the history.

        Notes elsewhere may still quote it; who withdraws consent is erased by ``cases.withdraw``.

        Raises:
            UnknownNameError: there is no such transcript.
        """
        self._project.transcripts.get(transcript)
        back_up_before(self._project, "transcript")
        self._store.remove_transcript(transcript, self._coder, with_codings=True)
        self._forget_texts()

    # --- correcting --------------------------------------------------------------------------

    def plan_correction(self, path: Path, transcript: str = "") -> Correction:
        """Return what a corrected text would do to the codings; see :meth:`correct`."""
        return self.plan_text(*self._read(path, transcript))

    def plan_text(self, read: ReadResult, name: str) -> Correction:
        """Return what a text that was read would do to the codings of a transcript."""
        with self._snapshot() as snapshot:
            text = snapshot.transcript(name)
            script = EditScript(text.text, read.transcript.text)
            codings = snapshot.find_codings(transcript=name)
        changed, gone = [], []
        for coding in codings:
            span = script.shift(coding.span)
            words = span.of(read.transcript.text) if span is not None else ""
            if not words:
                gone.append(ChangedCoding(coding, coding.quote, ""))
            elif words != coding.quote:
                changed.append(ChangedCoding(coding, coding.quote, words))
        same = len(codings) - len(changed) - len(gone)
        return Correction(name, same, tuple(changed), tuple(gone))

    def correct(self, path: Path, transcript: str = "") -> Correction:
        """Put a corrected text in the place of that of a transcript, with all that is in it.

        The earlier text is kept as a version. Codings whose words changed are to be confirmed;
        those whose passage is gone are deleted, and the memos on them stay with the transcript.

        Args:
            path: The corrected file.
            transcript: Name of the transcript; by default the one of that file or name.

        Raises:
            SameTextError: this or another transcript has that text.
            UnknownNameError: there is no such transcript.
            WithdrawnTextError: a participant took that text back.
        """
        return self.correct_text(*self._read(path, transcript))

    def correct_text(self, read: ReadResult, name: str) -> Correction:
        """Put a text that was read in the place of that of a transcript; see :meth:`correct`."""
        planned = self.plan_text(read, name)
        has_segments = bool(self._store.segments(name))
        back_up_before(self._project, "transcript")
        with self._store.step(self._coder):
            before = collect_ids(self._project, self._store)
            report = self._store.replace_text(name, read.transcript, read.original, self._coder)
            self._forget_texts()
            follow_ids(self._project, self._store, self._coder, before)
        self._forget_texts()
        if has_segments:
            for _ in self._project.transcripts.segment():
                pass
        moved = {coding.id: coding for coding in self._project.codings.collect(transcript=name)}
        changed = tuple(
            ChangedCoding(moved[item.coding.id], item.before, item.after)
            for item in planned.changed
            if item.coding.id in moved
        )
        return Correction(name, planned.same, changed, planned.gone, tuple(report.speakers))

    def _read(self, path: Path, transcript: str) -> tuple[ReadResult, str]:
        texts = {text.name: text for text in self._project.transcripts.collect()}
        name = transcript or _name_for(path, texts)
        text = self._project.transcripts.get(name)
        # Labels that the text has already keep their roles, so that nothing is asked twice.
        roles = {speaker.label: speaker.role for speaker in text.speakers}
        return importing.read_transcript(path, roles=roles, partly=True), name

    def unconfirmed(self, transcript: str = "") -> tuple[ChangedCoding, ...]:
        """Return the codings that wait to be confirmed, of one transcript or of all."""
        with self._snapshot() as snapshot:
            if transcript:
                snapshot.transcript(transcript)
            quotes = self._store.unconfirmed()
            return tuple(
                ChangedCoding(coding, quotes[coding.id], coding.quote)
                for coding in snapshot.codings
                if coding.id in quotes and transcript in {"", coding.transcript}
            )

    def confirm(self, codings: Iterable[str]) -> None:
        """Confirm that codings hold for the words that they cover now.

        Args:
            codings: Their ids, or the beginnings of them.

        Raises:
            UnknownNameError: one of them is not in the project.
        """
        ids = self._project.codings.find_ids(codings)
        self._store.confirm_codings(ids, self._coder)

    # --- versions ----------------------------------------------------------------------------

    def versions(self, transcript: str) -> tuple[TextVersion, ...]:
        """Return the earlier texts of a transcript, the oldest first."""
        self._project.transcripts.get(transcript)
        return self._store.text_versions(transcript)

    def remove_versions(self, transcript: str) -> int:
        """Remove the earlier texts of a transcript for good; return how many there were."""
        self._project.transcripts.get(transcript)
        back_up_before(self._project, "transcript")
        return self._store.remove_versions(transcript, self._coder)


def write_text_version(version: TextVersion, path: Path) -> None:
    """Write an earlier text of a transcript to a text file."""
    write_bytes(path, version.text.encode("utf-8"))


def _name_for(path: Path, texts: dict[str, Transcript]) -> str:
    """Return the transcript that a corrected file is of, by its name."""
    by_file = [name for name, text in texts.items() if text.source_file == path.name]
    if len(by_file) == 1:
        return by_file[0]
    if path.stem in texts:
        return path.stem
    raise UndefinedRequestError(
        Message(
            "'{file}' is not the file of an interview. Say which one it corrects: --transcript "
            "NAME",
            file=path.name,
        )
    )
