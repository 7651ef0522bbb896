"""The interviews of a project: files read, who speaks, segments, topic guides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import codebooks, importing, segmenting
from qualcode.errors import (
    AlreadyImportedError,
    InvalidValueError,
    Problem,
    QualcodeError,
    SameTextError,
)
from qualcode.messages import Message
from qualcode.model import Guide, Role, Segment, SegmentKind, Transcript
from qualcode.project.interview_names import with_name_warning
from qualcode.project.languages import (
    CONFIRMED_LANGUAGES,
    check_language,
    load_for,
    with_language,
)
from qualcode.project.part import Part
from qualcode.speech import group_in

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.importing import ReadResult
    from qualcode.project.revisions import Revisions

SAME_TEXT = ("", "keep", "skip")
"""Answers to what happens to a file whose text the project has under another name."""
CONFIRMED = "speakers_confirmed"
"""Setting of projects before schema 5, with the names of the transcripts with confirmed roles."""


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

    @cached_property
    def revisions(self) -> Revisions:
        """What changes a transcript later: its name, a corrected text, its removal."""
        # It needs the library of agreement, which most commands never load.
        from qualcode.project.revisions import Revisions

        return Revisions(self._project, self._store, self._coder)

    def read_files(
        self,
        paths: Iterable[Path],
        *,
        roles: Mapping[str, Role] | None = None,
        same_text: str = "",
        language: str = "",
        service_lines: bool = True,
    ) -> Iterator[ImportResult]:
        """Read files and add them to the project, each as one step; one bad file loses no other.

        Args:
            paths: The files.
            roles: What the labels in the text are, as they stand there or in lower case; of
                several files each takes the roles of the labels that occur in it.
            same_text: What to do with a file whose text the project has under another name:
                ``keep`` it, as the interview of somebody else, or ``skip`` it; without an answer
                it is refused.
            language: The language of all files; where none is given, each has the language that
                its words are in.
            service_lines: Whether the texts keep what a transcription program wrote into them,
                such as the path of a recording; nobody says it in either case.

        Raises:
            InvalidValueError: another answer.
            UnknownNameError: the program cannot read texts in this language.
        """
        if same_text not in SAME_TEXT:
            raise InvalidValueError(
                Message("'{answer}' is no answer. Write keep or skip.", answer=same_text)
            )
        if language:
            check_language(language)
        files = tuple(paths)
        project_language = self._project.info.language
        for path in files:
            try:
                read = importing.read_transcript(
                    path,
                    roles=roles,
                    partly=len(files) > 1,
                    service_lines=service_lines,
                )
                read = with_name_warning(with_language(read, project_language, language))
                with self._store.step(self._coder):
                    self.add(read, same_text=same_text == "keep")
                    if language:
                        self._confirm_languages((read.transcript.name,))
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
            confirmed: Whether somebody confirmed all roles; roles that were given with the
                reading are confirmed in any case.
            same_text: Whether another transcript may have the same text, as two respondents may
                give the same answer.

        Raises:
            DuplicateError: the project has this file, this text or this name already.
            SameTextError: the project has this text under another name.
        """
        transcript = read.transcript
        if confirmed:
            speakers = tuple(replace(speaker, confirmed=True) for speaker in transcript.speakers)
            transcript = replace(transcript, speakers=speakers)
        with self._store.step(self._coder):
            self._store.add_transcript(transcript, read.original, self._coder, same_text=same_text)
        self._forget_texts()

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
        self._forget_texts()

    def set_language(self, transcripts: Iterable[str], language: str) -> None:
        """Say in which language transcripts are; their sentences and answers are cut again.

        Raises:
            UnknownNameError: there is no such transcript, or the program does not know the
                language.
        """
        check_language(language)
        names = tuple(transcripts)
        with self._snapshot() as snapshot:
            changed = [n for n in names if snapshot.transcript(n).language != language]
            cut = [n for n in changed if snapshot.segments(SegmentKind.SENTENCE, n)]
        with self._store.step(self._coder):
            for name in changed:
                self._store.set_language(name, language, self._coder)
            self._confirm_languages(names)
        self._forget_texts()
        for _name, _counts in self.segment(cut) if cut else ():
            pass

    def with_confirmed_roles(self) -> frozenset[str]:
        """Return the names of the transcripts whose speakers' roles somebody confirmed."""
        return frozenset(
            transcript.name
            for transcript in self.collect()
            if all(speaker.confirmed for speaker in transcript.speakers)
        )

    def _confirm_languages(self, transcripts: Iterable[str]) -> None:
        before = self._store.setting(CONFIRMED_LANGUAGES, [])
        confirmed = sorted({*before, *transcripts})
        if confirmed != before:
            self._store.set_setting(CONFIRMED_LANGUAGES, confirmed, self._coder)

    # --- segments ----------------------------------------------------------------------------

    def segment(
        self, transcripts: Iterable[str] = ()
    ) -> Iterator[tuple[str, Mapping[SegmentKind, int]]]:
        """Cut transcripts into turns, paragraphs, sentences and answers.

        Answers are matched to the guide of the respondent's group, where there is one.

        Args:
            transcripts: Names of the transcripts; all of them where none is given.

        Yields:
            The transcript's name and the number of segments of each kind.
        """
        # Read before the loop, because nothing can be changed inside a snapshot.
        with self._snapshot() as snapshot:
            names = tuple(transcripts) or tuple(snapshot.texts)
            texts, cases = [snapshot.transcript(name) for name in names], snapshot.cases
            guides = {guide.group: guide for guide in snapshot.guides}
        groups: dict[str, set[str]] = {}
        for case in cases:
            for name in case.transcripts:
                groups.setdefault(name, set()).add(group_in(case, name))
        for transcript in texts:
            # Each group of respondents has a guide of its own. Where several groups speak, none of
            # theirs was followed: the guide for everybody is left.
            of_text = groups.get(transcript.name, {""})
            guide = guides.get(next(iter(of_text)) if len(of_text) == 1 else "")
            lemmas = load_for(transcript).lemmas
            segments_by_kind = segmenting.segment(transcript, guide, lemmas)
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
        from qualcode import tables

        with self._snapshot() as snapshot:
            return tables.transcripts_table(snapshot.transcripts, snapshot.cases)

    def turn_table(self) -> pd.DataFrame:
        """Return all turns as a DataFrame: speaker, role, time in milliseconds, text."""
        from qualcode import tables

        return tables.turns_table(self.collect())

    def segment_table(self, kind: SegmentKind) -> pd.DataFrame:
        """Return the segments of one kind as a DataFrame."""
        from qualcode import tables

        with self._snapshot() as snapshot:
            return tables.segments_table(snapshot.segments(kind), snapshot.transcripts)
