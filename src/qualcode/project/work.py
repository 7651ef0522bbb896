"""The verbs of the work: open, import, segment, code, edit the codebook, look back.

Joins the steps and the store; computes nothing itself. What is drawn from the codings
(agreement, themes, quotes, tables) is in ``analysis``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from qualcode import codebooks, importing, segmenting
from qualcode.errors import (
    AlreadyImportedError,
    ConflictError,
    DamagedProjectError,
    Problem,
    QualcodeError,
    unknown_name,
)
from qualcode.model import (
    Case,
    Event,
    Guide,
    Role,
    Segment,
    SegmentKind,
    Transcript,
)

if TYPE_CHECKING:
    from qualcode.importing import ReadResult
    from qualcode.storage import Store

CONFIRMED = "speakers_confirmed"


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


class Workspace:
    """An open project: transcripts, codebook, codings and their history.

    Use :meth:`create` or :meth:`open`, as a context manager. Names of people are taken as
    ``who``; ``""`` where nobody is named.

    Args:
        store: Where the project is kept.
        as_coder: Who looks. In an open blind round a coder sees only their own work on its
            transcripts, and someone unnamed (``""``) sees nobody's.
    """

    def __init__(self, store: Store, as_coder: str = "") -> None:
        self._store = store.seen_by(as_coder)
        self.as_coder = as_coder
        self._shared: dict[str, dict[str, Transcript] | None] = {}

    @classmethod
    def create(
        cls, target: Path | str, *, name: str = "", language: str = "nl", as_coder: str = ""
    ) -> Self:
        """Make a new project file.

        Args:
            target: Path of the file to make, or the URL of a PostgreSQL database.
            name: Name of the study; the file's stem by default.
            language: Language of the transcripts.
            as_coder: Who looks; see the class.

        Raises:
            ProjectError: the file is there already, or cannot be made.
        """
        from qualcode.storage import Store

        title = name or Path(str(target).rpartition("/")[2]).stem or "study"
        return cls(Store.create(target, name=title, language=language), as_coder)

    @classmethod
    def open(cls, target: Path | str, *, verify: bool = True, as_coder: str = "") -> Self:
        """Open a project, upgrading an older file after a backup, and verify its quotes.

        Args:
            target: Path of the file, or the URL of a PostgreSQL database.
            verify: Without it a damaged project opens too, to see what is wrong.
            as_coder: Who looks; see the class.

        Raises:
            ProjectError: it is not there, not a project, or newer than this program.
            DamagedProjectError: a stored quote is not what stands in its text.
        """
        from qualcode.storage import Store

        work = cls(Store.open(target), as_coder)
        problems = work.check() if verify else ()
        if problems:
            work.close()
            raise DamagedProjectError(
                f"The project is damaged ({len(problems)} problems; {problems[0].message}) "
                "See them all with 'qualcode check', and go back to a backup."
            )
        return work

    def acting_as(self, coder: str) -> Self:
        """Return the same open project as another coder sees it; close only one of them."""
        other = copy(self)
        other._store, other.as_coder = self._store.seen_by(coder), coder  # noqa: SLF001
        return other

    def close(self) -> None:
        """Close the project; the file is then complete on its own."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _texts(self) -> dict[str, Transcript] | None:
        """The transcripts by name, once read: one for all who see this open project."""
        return self._shared.get("texts")

    @_texts.setter
    def _texts(self, texts: dict[str, Transcript] | None) -> None:
        self._shared["texts"] = texts

    @property
    def name(self) -> str:
        """Name of the study."""
        return self._store.info().name

    @property
    def language(self) -> str:
        """Language of the transcripts."""
        return self._store.info().language

    def step(self, who: str = "") -> AbstractContextManager[None]:
        """Make all changes inside a ``with`` block one step of the history."""
        return self._store.step(who)

    # --- transcripts, speakers, segments ---------------------------------------------------

    def import_transcripts(
        self,
        paths: Iterable[Path],
        *,
        roles: Mapping[str, Role] | None = None,
        who: str = "",
    ) -> Iterator[ImportResult]:
        """Read files into the project, one result for each; a bad file loses no other.

        Args:
            paths: The files, in the order of the interviews.
            roles: Confirmed roles by speaker label; proposed ones are taken where None. Among
                several files each takes the roles of the labels that occur in it.
            who: Who imports.
        """
        files = tuple(paths)
        for path in files:
            try:
                read = importing.read_transcript(
                    path, language=self.language, roles=roles, partly=len(files) > 1
                )
                given = {importing.label_key(label) for label in roles or {}}
                labels = {importing.label_key(s.label) for s in read.transcript.speakers}
                self.add_transcript(read, confirmed=not given.isdisjoint(labels), who=who)
            except QualcodeError as error:
                known = isinstance(error, AlreadyImportedError)
                yield ImportResult(path, None, str(error), known)
            else:
                yield ImportResult(path, read)

    def add_transcript(self, read: ReadResult, *, confirmed: bool = False, who: str = "") -> None:
        """Add a transcript that was read; the same file or text twice is refused.

        Raises:
            DuplicateError: the project has this file, this text or this name already.
        """
        with self._store.step(who):
            self._store.add_transcript(read.transcript, read.original, who)
            if confirmed:
                self._confirm(read.transcript.name, who)
        self._texts = None

    def collect_transcripts(self) -> tuple[Transcript, ...]:
        """Return all transcripts, in the order of import."""
        if self._texts is None:
            self._texts = {t.name: t for t in self._store.transcripts()}
        return tuple(self._texts.values())

    def read_anew(self) -> None:
        """Read the transcripts again when they are next asked for: somebody else changed them."""
        self._texts = None

    def transcript(self, name: str) -> Transcript:
        """Return one transcript by name."""
        self.collect_transcripts()
        texts = self._texts or {}
        if name not in texts:
            raise unknown_name("transcript", name, texts, f"project '{self.name}'")
        return texts[name]

    def set_roles(self, transcript: str, roles: Mapping[str, Role], who: str = "") -> None:
        """Confirm who is interviewer and who respondent in a transcript."""
        self.transcript(transcript)
        with self._store.step(who):
            self._store.set_roles(transcript, roles, who)
            self._confirm(transcript, who)
        self._texts = None

    def confirmed_speakers(self) -> frozenset[str]:
        """Return the names of the transcripts whose speakers somebody confirmed."""
        return frozenset(self._store.setting(CONFIRMED, []))

    def _confirm(self, transcript: str, who: str) -> None:
        confirmed = sorted({*self.confirmed_speakers(), transcript})
        self._store.set_setting(CONFIRMED, confirmed, who)

    def segment(self, who: str = "") -> Iterator[tuple[str, Mapping[SegmentKind, int]]]:
        """Cut every transcript into turns, paragraphs, sentences and answers.

        Answers are matched to the guide of the respondent's group, where there is one.

        Yields:
            The transcript's name and the number of segments of each kind.
        """
        from qualcode.language import load_language

        language = load_language(self.language)
        groups = {name: case.group for case in self.collect_cases() for name in case.transcripts}
        guides = {guide.group: guide for guide in self.collect_guides()}
        for transcript in self.collect_transcripts():
            guide = guides.get(groups.get(transcript.name, ""))
            cut = segmenting.segment(transcript, guide, language.lemmas)
            with self._store.step(who):
                for kind, segments in cut.items():
                    self._store.replace_segments(transcript.name, kind, segments, who)
            yield transcript.name, {kind: len(segments) for kind, segments in cut.items()}

    def collect_segments(
        self, kind: SegmentKind, transcript: str | None = None
    ) -> tuple[Segment, ...]:
        """Return the segments of one kind, in the order of the texts."""
        return tuple(self._store.segments(transcript=transcript, kind=kind))

    # --- cases, guides -----------------------------------------------------------------------

    def import_cases(self, path: Path, who: str = "") -> tuple[Problem, ...]:
        """Read the respondents and their attributes from a csv or xlsx table.

        An interview belongs to the respondent that the newest table says: one who has another
        name there takes the place of the earlier one.
        """
        cases, problems = importing.read_cases(path)
        known = {transcript.name for transcript in self.collect_transcripts()}
        missing = [
            Problem(
                f"{path.name}, case {case.name}",
                f"There is no transcript '{name}' in the project.",
                "Import it, or correct the name in the table.",
            )
            for case in cases
            for name in case.transcripts
            if name not in known
        ]
        kept = tuple(
            replace(case, transcripts=tuple(t for t in case.transcripts if t in known))
            for case in cases
        )
        others = self._without_interviews_of(kept)
        gone = [case.name for case in others if not case.transcripts]
        left = (case for case in others if case.transcripts)
        self._store.put_cases((*kept, *left), who, gone=gone)
        return (*problems, *missing)

    def _without_interviews_of(self, new: Sequence[Case]) -> tuple[Case, ...]:
        """Return the respondents of other names whose interviews are now those of new ones."""
        names = {case.name for case in new}
        taken = {name for case in new for name in case.transcripts}
        return tuple(
            replace(case, transcripts=tuple(t for t in case.transcripts if t not in taken))
            for case in self.collect_cases()
            if case.name not in names and taken & {*case.transcripts}
        )

    def collect_cases(self) -> tuple[Case, ...]:
        """Return the respondents."""
        return tuple(self._store.cases())

    def import_guide(self, path: Path, who: str = "") -> tuple[Guide, tuple[Problem, ...]]:
        """Read a topic guide; questions that expect unknown codes are reported."""
        guide, problems = codebooks.read_guide(path)
        self._store.put_guide(guide, who)
        book = self._store.codebook()
        return guide, (*problems, *(codebooks.check_guide(guide, book) if book else ()))

    def collect_guides(self) -> tuple[Guide, ...]:
        """Return the topic guides."""
        return tuple(self._store.guides())

    def check_guides(self) -> tuple[Problem, ...]:
        """Return what the guides expect that the codebook does not offer."""
        book = self._store.codebook()
        if book is None:
            return ()
        return tuple(p for one in self.collect_guides() for p in codebooks.check_guide(one, book))

    # --- history -------------------------------------------------------------------------------

    def history(self, *, who: str | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """Return what was changed, newest last."""
        return tuple(self._store.events(who=who, limit=limit))

    def undo(self, who: str) -> tuple[Event, ...]:
        """Undo the last step of one coder; raises where there is nothing to undo."""
        self._refuse_for_another(who)
        self._texts = None
        return tuple(self._store.undo(who))

    def redo(self, who: str) -> tuple[Event, ...]:
        """Do the step that this coder undid last again."""
        self._refuse_for_another(who)
        self._texts = None
        return tuple(self._store.redo(who))

    def _refuse_for_another(self, coder: str) -> None:
        """Raise where a coder in an open blind round acts for another coder of it."""
        for one in self._store.bound() if self.as_coder else ():
            if coder != self.as_coder and coder in one.coders:
                raise ConflictError(
                    f"Round '{one.name}' is blind and open: {self.as_coder} cannot act for "
                    f"{coder} in it. {coder} can, with --coder {coder}."
                )

    def check(self) -> tuple[Problem, ...]:
        """Return everything that is wrong inside the project: none means all quotes hold."""
        return tuple(self._store.check())

    def backup(self, to: Path) -> None:
        """Copy the project to a new file while it is open."""
        if to.exists():
            raise ConflictError(f"'{to}' is there already. Give the backup another name.")
        self._store.backup(to)
