"""The interviews of a project: files read, who speaks, segments, topic guides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import codebooks, importing, segmenting, tables
from qualcode.errors import (
    AlreadyImportedError,
    InvalidValueError,
    Problem,
    QualcodeError,
    SameTextError,
)
from qualcode.messages import Message
from qualcode.model import Guide, Role, Segment, SegmentKind, Transcript
from qualcode.project.part import Part

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.importing import ReadResult
    from qualcode.project.project import Project
    from qualcode.project.snapshot import TranscriptCache
    from qualcode.storage import Store

SAME_TEXT = ("", "keep", "skip")
"""Answers to what happens to a file whose text the project has under another name."""
CONFIRMED = "speakers_confirmed"
"""Setting that keeps the names of the transcripts whose roles somebody confirmed."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of importing one file.

    Attributes:
        path: The file.
        read: What was read; None where it was refused.
        refused: Why it was not imported; ``""`` where it was.
        known: Whether it was refused only because the project has it already.
    """

    path: Path
    read: ReadResult | None
    refused: str = ""
    known: bool = False


class Transcripts(Part):
    """The transcripts of a project, their segments and the topic guides."""

    def __init__(self, project: Project, store: Store, coder: str, cache: TranscriptCache) -> None:
        super().__init__(project, store, coder)
        self._cache = cache

    def read_files(
        self,
        paths: Iterable[Path],
        *,
        roles: Mapping[str, Role] | None = None,
        same_text: str = "",
    ) -> Iterator[ImportResult]:
        """Read files and add them to the project, each as one step; one bad file loses no other.

        Args:
            paths: The files.
            roles: What the labels in the text are, as they stand there or in lower case; of
                several files each takes the roles of the labels that occur in it.
            same_text: What to do with a file whose text the project has under another name:
                ``keep`` it, as the interview of somebody else, or ``skip`` it; without an answer
                it is refused.

        Raises:
            InvalidValueError: another answer.
        """
        if same_text not in SAME_TEXT:
            raise InvalidValueError(
                Message("'{answer}' is no answer. Write keep or skip.", answer=same_text)
            )
        files = tuple(paths)
        language = self._project.info.language
        for path in files:
            try:
                read = importing.read_transcript(
                    path, language=language, roles=roles, partly=len(files) > 1
                )
                # Roles that were given are confirmed; proposed ones are to be looked at.
                named = {importing.label_key(label) for label in roles or {}}
                labels = {importing.label_key(s.label) for s in read.transcript.speakers}
                confirmed = not named.isdisjoint(labels)
                self.add(read, confirmed=confirmed, same_text=same_text == "keep")
            except QualcodeError as error:
                skips = same_text == "skip" and isinstance(error, SameTextError)
                is_duplicate = skips or isinstance(error, AlreadyImportedError)
                yield ImportResult(path, None, str(error), is_duplicate)
            else:
                yield ImportResult(path, read)

    def add(self, read: ReadResult, *, confirmed: bool = False, same_text: bool = False) -> None:
        """Add a transcript that was read; the same file or text twice is refused.

        Args:
            read: The transcript, with the file it came from.
            confirmed: Whether somebody said who is interviewer and who respondent.
            same_text: Whether another transcript may have the same text, as two respondents may
                give the same answer.

        Raises:
            DuplicateError: the project has this file, this text or this name already.
            SameTextError: the project has this text under another name.
        """
        with self._store.step(self._coder):
            self._store.add_transcript(
                read.transcript, read.original, self._coder, same_text=same_text
            )
            if confirmed:
                self._confirm(read.transcript.name)
        self._cache.forget()

    def forget(self) -> None:
        """Read the transcripts again when they are next asked for: a step changed them."""
        self._cache.forget()

    def collect(self) -> tuple[Transcript, ...]:
        """Return all transcripts, in the order of import."""
        with self._snapshot() as snapshot:
            return snapshot.transcripts

    def get(self, name: str) -> Transcript:
        """Return one transcript by name."""
        with self._snapshot() as snapshot:
            return snapshot.transcript(name)

    def set_roles(self, transcript: str, roles: Mapping[str, Role]) -> None:
        """Confirm who is interviewer and who respondent in a transcript."""
        self.get(transcript)
        with self._store.step(self._coder):
            self._store.set_roles(transcript, roles, self._coder)
            self._confirm(transcript)
        self._cache.forget()

    def with_confirmed_roles(self) -> frozenset[str]:
        """Return the names of the transcripts whose speakers' roles somebody confirmed."""
        return frozenset(self._store.setting(CONFIRMED, []))

    def _confirm(self, transcript: str) -> None:
        confirmed = sorted({*self.with_confirmed_roles(), transcript})
        self._store.set_setting(CONFIRMED, confirmed, self._coder)

    # --- segments ----------------------------------------------------------------------------

    def segment(self) -> Iterator[tuple[str, Mapping[SegmentKind, int]]]:
        """Cut every transcript into turns, paragraphs, sentences and answers.

        Answers are matched to the guide of the respondent's group, where there is one.

        Yields:
            The transcript's name and the number of segments of each kind.
        """
        from qualcode.language import load_language

        # Read before the loop, because nothing can be changed inside a snapshot.
        with self._snapshot() as snapshot:
            language = load_language(snapshot.info.language)
            transcripts, cases = snapshot.transcripts, snapshot.cases
            guides = {guide.group: guide for guide in snapshot.guides}
        groups = {name: case.group for case in cases for name in case.transcripts}
        for transcript in transcripts:
            # Each group of respondents has a guide of its own.
            guide = guides.get(groups.get(transcript.name, ""))
            segments_by_kind = segmenting.segment(transcript, guide, language.lemmas)
            with self._store.step(self._coder):
                for kind, segments in segments_by_kind.items():
                    self._store.replace_segments(transcript.name, kind, segments, self._coder)
            counts = {kind: len(segments) for kind, segments in segments_by_kind.items()}
            yield transcript.name, counts

    def collect_segments(
        self, kind: SegmentKind, transcript: str | None = None
    ) -> tuple[Segment, ...]:
        """Return the segments of one kind, in the order of the texts."""
        with self._snapshot() as snapshot:
            return snapshot.segments(kind, transcript)

    # --- topic guides ------------------------------------------------------------------------

    def read_guide(self, path: Path) -> tuple[Guide, tuple[Problem, ...]]:
        """Read a topic guide; questions that expect unknown codes are reported."""
        guide, problems = codebooks.read_guide(path)
        self._store.put_guide(guide, self._coder)
        codebook = self._store.codebook()
        unknown = codebooks.check_guide(guide, codebook) if codebook else ()
        return guide, (*problems, *unknown)

    def collect_guides(self) -> tuple[Guide, ...]:
        """Return the topic guides."""
        with self._snapshot() as snapshot:
            return snapshot.guides

    def check_guides(self) -> tuple[Problem, ...]:
        """Return what the guides expect that the codebook does not offer."""
        with self._snapshot() as snapshot:
            codebook, guides = snapshot.find_codebook(), snapshot.guides
        if codebook is None:
            return ()
        return tuple(
            problem for guide in guides for problem in codebooks.check_guide(guide, codebook)
        )

    # --- tables ------------------------------------------------------------------------------

    def table(self) -> pd.DataFrame:
        """Return the transcripts as a DataFrame: turns, words, characters, case, hash."""
        with self._snapshot() as snapshot:
            return tables.transcripts_table(snapshot.transcripts, snapshot.cases)

    def turn_table(self) -> pd.DataFrame:
        """Return all turns as a DataFrame: speaker, role, time in milliseconds, text."""
        return tables.turns_table(self.collect())

    def segment_table(self, kind: SegmentKind) -> pd.DataFrame:
        """Return the segments of one kind as a DataFrame."""
        with self._snapshot() as snapshot:
            return tables.segments_table(snapshot.segments(kind), snapshot.transcripts)
