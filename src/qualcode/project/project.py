"""The one door to a study: a :class:`Project` holds a store and the parts that use it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from qualcode.errors import DamagedProjectError
from qualcode.messages import Message
from qualcode.project.data_folder import data_folder
from qualcode.project.languages import check_language
from qualcode.project.snapshot import RevisionCache, Snapshot, TranscriptCache
from qualcode.translation import LANGUAGES

if TYPE_CHECKING:
    from qualcode.project.adjudication import Adjudication
    from qualcode.project.agreement import Agreement
    from qualcode.project.cases import Cases
    from qualcode.project.codebook import CodebookVersions
    from qualcode.project.codings import Codings
    from qualcode.project.disclosure import Disclosure
    from qualcode.project.exchange import Exchange
    from qualcode.project.history import History
    from qualcode.project.pseudonyms import Pseudonyms
    from qualcode.project.quotes import Quotes
    from qualcode.project.rounds import Rounds
    from qualcode.project.suggestions import Suggestions
    from qualcode.project.themes import Themes
    from qualcode.project.transcripts import Transcripts
    from qualcode.storage import Store


DECIMAL_COMMAS = frozenset({"nl", "de", "fr"})
"""Languages in whose countries Excel divides the cells of a csv file by semicolons."""


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """What a project is, and who has it open.

    Attributes:
        name: Name of the study.
        language: Language of the transcripts.
        created_at: When the project was made, in UTC.
        coder: The acting coder; ``""`` where nobody is named.
    """

    name: str
    language: str
    created_at: datetime
    coder: str

    @property
    def report_language(self) -> str:
        """The language that reports are written in: English where the program has no other."""
        return self.language if self.language in LANGUAGES else "en"

    @property
    def decimal_comma(self) -> bool:
        """Whether csv files have decimal commas and semicolons, as Excel expects them there."""
        return self.language in DECIMAL_COMMAS

    @property
    def key(self) -> str:
        """A name for this very project, by which a browser knows it again."""
        return f"{self.name}@{self.created_at:%Y%m%dT%H%M%S%f}"


class Project:
    """An open project, as one coder sees and changes it.

    Use :meth:`create` or :meth:`open`, as a context manager. Everything is done by the acting
    coder; :meth:`acting_as` gives the same project to another one.

    Args:
        store: Where the project is kept.
        coder: The acting coder. In an open blind round a coder sees only their own work on its
            transcripts, and someone unnamed (``""``) sees nobody's.
        cache: Transcripts that another view of the same project read.
        signed_in: Whether somebody vouched that this is the coder, who then acts for nobody else.
    """

    def __init__(
        self,
        store: Store,
        coder: str = "",
        cache: TranscriptCache | None = None,
        *,
        signed_in: bool = False,
    ) -> None:
        # All parts read through this view, so that none of them can forget what is blind.
        self._store = store.seen_by(coder)
        self._coder = coder
        self._signed_in = signed_in
        self._cache = cache or TranscriptCache()
        self._revision_cache = RevisionCache()
        # Per thread: pages of the app share a project, and each reads from one state of its own.
        self._local = threading.local()

    @classmethod
    def create(
        cls, target: Path | str, *, name: str = "", language: str = "nl", as_coder: str = ""
    ) -> Self:
        """Make a new project file.

        Args:
            target: Path of the file to make, or the URL of a PostgreSQL database.
            name: Name of the study; the file's stem by default.
            language: Language of the transcripts (``nl``, ``en``, ``de``, ``fr``); one that is in
                another language has its own.
            as_coder: The acting coder; see the class.

        Raises:
            ProjectError: the file is there already, or cannot be made.
            UnknownNameError: the program cannot read texts in this language.
        """
        from qualcode.storage import Store

        check_language(language)
        title = name or Path(str(target).rpartition("/")[2]).stem or "study"
        return cls(Store.create(target, name=title, language=language), as_coder)

    @classmethod
    def open(cls, target: Path | str, *, verify: bool = True, as_coder: str = "") -> Self:
        """Open a project, upgrading an older file after a backup, and verify its quotes.

        Args:
            target: Path of the file, or the URL of a PostgreSQL database.
            verify: Without it a damaged project opens too, to see what is wrong.
            as_coder: The acting coder; see the class.

        Raises:
            ProjectError: it is not there, not a project, or newer than this program.
            DamagedProjectError: a stored quote differs from the text of its span.
        """
        from qualcode.storage import Store
        from qualcode.storage.verified_files import VerifiedFiles

        project = cls(Store.open(target), as_coder)
        verified = VerifiedFiles(data_folder() / "verified")
        problems = project._store.verify(verified) if verify else ()
        if problems:
            # Nobody gets this object, so nobody else would release the file.
            project.close()
            raise DamagedProjectError(
                Message(
                    "The project is damaged ({count_problems} problems; {message}) See them "
                    "all with 'qualcode check', and go back to a backup.",
                    count_problems=len(problems),
                    message=problems[0].message,
                )
            )
        return project

    def acting_as(self, coder: str, *, signed_in: bool = False) -> Self:
        """Return the same open project with another acting coder; close only one of them.

        Args:
            coder: The acting coder.
            signed_in: Whether they may act, and bring in work, in their own name only.
        """
        return type(self)(self._store, coder, self._cache, signed_in=signed_in)

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
    def info(self) -> ProjectInfo:
        """Name, language and time of making of the project, and who has it open."""
        with self.snapshot() as snapshot:
            info = snapshot.info
        return ProjectInfo(info.name, info.language, info.created_at, self._coder)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Read everything inside a ``with`` block from one state of the project.

        Verbs inside it share what was read, so that a report and its file are made from the
        same codings whoever else works in the project. Nothing can be changed inside it.
        """
        current: Snapshot | None = getattr(self._local, "snapshot", None)
        if current is not None:
            yield current
            return
        with self._store.snapshot():
            self._local.snapshot = Snapshot(self._store, self._cache, self._revision_cache)
            try:
                yield self._local.snapshot
            finally:
                self._local.snapshot = None

    # Each part loads its module when it is first used: most commands need few of them.

    @cached_property
    def transcripts(self) -> Transcripts:
        """Interviews, speakers, segments, topic guides."""
        from qualcode.project.transcripts import Transcripts

        return Transcripts(self, self._store, self._coder)

    @cached_property
    def cases(self) -> Cases:
        """Respondents and their attributes."""
        from qualcode.project.cases import Cases

        return Cases(self, self._store, self._coder)

    @cached_property
    def codebook(self) -> CodebookVersions:
        """Codes and the versions of the codebook."""
        from qualcode.project.codebook import CodebookVersions

        return CodebookVersions(self, self._store, self._coder)

    @cached_property
    def codings(self) -> Codings:
        """Codings, memos, and the layers to report on."""
        from qualcode.project.codings import Codings

        return Codings(self, self._store, self._coder)

    @cached_property
    def rounds(self) -> Rounds:
        """Coders, and the rounds in which they code."""
        from qualcode.project.rounds import Rounds

        return Rounds(self, self._store, self._coder)

    @cached_property
    def agreement(self) -> Agreement:
        """How far coders agree, and where they differ."""
        from qualcode.project.agreement import Agreement

        return Agreement(self, self._store, self._coder)

    @cached_property
    def adjudication(self) -> Adjudication:
        """Decisions on disagreements, and the consensus."""
        from qualcode.project.adjudication import Adjudication

        return Adjudication(self, self._store, self._coder)

    @cached_property
    def themes(self) -> Themes:
        """Theme summaries, matrices, charts."""
        from qualcode.project.themes import Themes

        return Themes(self, self._store, self._coder)

    @cached_property
    def quotes(self) -> Quotes:
        """Quotes to print."""
        from qualcode.project.quotes import Quotes

        return Quotes(self, self._store, self._coder)

    @cached_property
    def disclosure(self) -> Disclosure:
        """Who could be recognised in what is printed, and what is held back."""
        from qualcode.project.disclosure import Disclosure

        return Disclosure(self, self._store, self._coder)

    @cached_property
    def suggestions(self) -> Suggestions:
        """Codes that the program suggests; searching."""
        from qualcode.project.suggestions import Suggestions

        return Suggestions(self, self._store, self._coder)

    @cached_property
    def pseudonyms(self) -> Pseudonyms:
        """Names found and replaced."""
        from qualcode.project.pseudonyms import Pseudonyms

        return Pseudonyms(self, self._store, self._coder)

    @cached_property
    def exchange(self) -> Exchange:
        """Files for other programs and other copies of the project."""
        from qualcode.project.exchange import Exchange

        return Exchange(self, self._store, self._coder)

    @cached_property
    def history(self) -> History:
        """What was changed, undo, backups."""
        from qualcode.project.history import History

        return History(self, self._store, self._coder)

    if not TYPE_CHECKING:
        # Hidden from type checkers, which then find old names.
        def __getattr__(self, name: str) -> Any:
            """Return an old name's verb, which warns of the new one."""
            from qualcode.project.deprecated import find_old_name

            return find_old_name(self, name)
