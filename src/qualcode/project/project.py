"""The one door to a study: a :class:`Project` holds a store and the parts that use it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from qualcode.errors import DamagedProjectError
from qualcode.messages import Message
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
from qualcode.project.snapshot import Snapshot, TranscriptCache
from qualcode.project.suggestions import Suggestions
from qualcode.project.themes import Themes
from qualcode.project.transcripts import Transcripts

if TYPE_CHECKING:
    from qualcode.storage import Store


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
    def key(self) -> str:
        """A name for this very project, by which a browser knows it again."""
        return f"{self.name}@{self.created_at:%Y%m%dT%H%M%S%f}"


class Project:
    """An open project, as one coder sees and changes it.

    Use :meth:`create` or :meth:`open`, as a context manager. Everything is done by the acting
    coder; :meth:`acting_as` gives the same project to another one.

    Attributes:
        transcripts: Interviews, speakers, segments, topic guides.
        cases: Respondents and their attributes.
        codebook: Codes and the versions of the codebook.
        codings: Codings, memos, and the layers to report on.
        rounds: Coders, and the rounds in which they code.
        agreement: How far coders agree, and where they differ.
        adjudication: Decisions on disagreements, and the consensus.
        themes: Theme summaries, matrices, charts.
        quotes: Quotes to print.
        disclosure: Who could be recognised in what is printed, and what is held back.
        suggestions: Codes that the program suggests; searching.
        pseudonyms: Names found and replaced.
        exchange: Files for other programs and other copies of the project.
        history: What was changed, undo, backups.

    Args:
        store: Where the project is kept.
        coder: The acting coder. In an open blind round a coder sees only their own work on its
            transcripts, and someone unnamed (``""``) sees nobody's.
        cache: Transcripts that another view of the same project read.
    """

    def __init__(self, store: Store, coder: str = "", cache: TranscriptCache | None = None) -> None:
        # All parts read through this view, so that none of them can forget what is blind.
        self._store = store.seen_by(coder)
        self._coder = coder
        self._cache = cache or TranscriptCache()
        # Per thread: pages of the app share a project, and each reads from one state of its own.
        self._local = threading.local()
        needs = (self, self._store, coder)
        self.transcripts = Transcripts(*needs, self._cache)
        self.cases = Cases(*needs)
        self.codebook = CodebookVersions(*needs)
        self.codings = Codings(*needs)
        self.rounds = Rounds(*needs)
        self.agreement = Agreement(*needs)
        self.adjudication = Adjudication(*needs)
        self.themes = Themes(*needs)
        self.quotes = Quotes(*needs)
        self.disclosure = Disclosure(*needs)
        self.suggestions = Suggestions(*needs)
        self.pseudonyms = Pseudonyms(*needs)
        self.exchange = Exchange(*needs)
        self.history = History(*needs)

    @classmethod
    def create(
        cls, target: Path | str, *, name: str = "", language: str = "nl", as_coder: str = ""
    ) -> Self:
        """Make a new project file.

        Args:
            target: Path of the file to make, or the URL of a PostgreSQL database.
            name: Name of the study; the file's stem by default.
            language: Language of the transcripts.
            as_coder: The acting coder; see the class.

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
            as_coder: The acting coder; see the class.

        Raises:
            ProjectError: it is not there, not a project, or newer than this program.
            DamagedProjectError: a stored quote differs from the text of its span.
        """
        from qualcode.storage import Store

        project = cls(Store.open(target), as_coder)
        problems = project.history.check() if verify else ()
        if problems:
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

    def acting_as(self, coder: str) -> Self:
        """Return the same open project with another acting coder; close only one of them."""
        return type(self)(self._store, coder, self._cache)

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
            self._local.snapshot = Snapshot(self._store, self._cache)
            try:
                yield self._local.snapshot
            finally:
                self._local.snapshot = None

    if not TYPE_CHECKING:
        # Hidden from type checkers, which then find old names.
        def __getattr__(self, name: str) -> Any:
            """Return an old name's verb, which warns of the new one."""
            from qualcode.project.deprecated import find_old_name

            return find_old_name(self, name)
