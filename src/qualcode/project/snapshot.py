"""One state of a project, read in one transaction: what a report is made from.

Each thing is read when it is first asked for and then kept, so that no other writer slips in
between two tables of a report and nothing is read twice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from qualcode.errors import UndefinedRequestError, unknown_name
from qualcode.messages import Message
from qualcode.model import (
    CONSENSUS,
    Case,
    Codebook,
    Coding,
    Decision,
    Event,
    Exposure,
    Guide,
    Memo,
    Rejection,
    Round,
    Segment,
    SegmentKind,
    Transcript,
)

if TYPE_CHECKING:
    from qualcode.storage import CodebookVersion, ProjectInfo, Store

T = TypeVar("T")


class TranscriptCache:
    """The transcripts that were read last, shared by all who see an open project.

    Texts are large and seldom change, so they outlive a snapshot.
    """

    def __init__(self) -> None:
        self._kept: tuple[int, dict[str, Transcript]] | None = None

    def forget(self) -> None:
        """Read the transcripts again when they are next asked for."""
        self._kept = None

    def read(self, store: Store) -> dict[str, Transcript]:
        """Return the transcripts by name, in the order of import."""
        # Asked in the same transaction as the texts, so that both are of one state.
        revision, cached = store.texts_revision(), self._kept
        if cached is not None and cached[0] == revision:
            return cached[1]
        texts = {transcript.name: transcript for transcript in store.transcripts()}
        # A step may still be rolled back, and its events have no number yet.
        if not store.in_step:
            self._kept = (revision, texts)
        return texts


class Snapshot:
    """What one coder may see of a project at one moment.

    Args:
        store: The store, inside :meth:`Store.snapshot`, seen by the acting coder.
        cache: The transcripts that were read before.
    """

    def __init__(self, store: Store, cache: TranscriptCache) -> None:
        self._store = store
        self._cache = cache
        self._recalled: dict[Hashable, Any] = {}

    def recall(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return a value that is computed once in this snapshot.

        Args:
            key: What names it.
            compute: What computes it.
        """
        if key not in self._recalled:
            self._recalled[key] = compute()
        return cast("T", self._recalled[key])

    # --- the study ---------------------------------------------------------------------------

    @cached_property
    def info(self) -> ProjectInfo:
        """Name, language and time of making of the project."""
        return self._store.info()

    @cached_property
    def texts(self) -> Mapping[str, Transcript]:
        """The transcripts by name, in the order of import."""
        return self._cache.read(self._store)

    @property
    def transcripts(self) -> tuple[Transcript, ...]:
        """The transcripts, in the order of import."""
        return tuple(self.texts.values())

    def transcript(self, name: str) -> Transcript:
        """Return one transcript by name."""
        if name not in self.texts:
            raise unknown_name(
                "transcript", name, self.texts, Message("project '{name}'", name=self.info.name)
            )
        return self.texts[name]

    def transcripts_coded_in(self, codings: Iterable[Coding]) -> tuple[Transcript, ...]:
        """Return the transcripts that have codings: an uncoded one is no evidence."""
        names = {coding.transcript for coding in codings}
        return tuple(text for text in self.transcripts if text.name in names)

    def segments(self, kind: SegmentKind, transcript: str | None = None) -> tuple[Segment, ...]:
        """Return the segments of one kind, in the order of the texts."""
        return self.recall(
            ("segments", kind, transcript),
            lambda: self._store.segments(transcript=transcript, kind=kind),
        )

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The respondents."""
        return tuple(self._store.cases())

    @cached_property
    def guides(self) -> tuple[Guide, ...]:
        """The topic guides."""
        return self._store.guides()

    # --- the codebook ------------------------------------------------------------------------

    def find_codebook(self, version: int | None = None) -> Codebook | None:
        """Return a version of the codebook, the newest by default; None where there is none."""
        return self.recall(("codebook", version), lambda: self._store.codebook(version))

    def codebook_version(self, version: int | None = None) -> Codebook:
        """Return a version of the codebook, the newest by default.

        Raises:
            UndefinedRequestError: the project has no codebook yet.
        """
        codebook = self.find_codebook(version)
        if codebook is None:
            raise UndefinedRequestError(
                "The project has no codebook yet. Add one: qualcode codebook import FILE.yaml"
            )
        return codebook

    @property
    def codebook(self) -> Codebook:
        """The newest version of the codebook."""
        return self.codebook_version()

    @cached_property
    def versions(self) -> tuple[CodebookVersion, ...]:
        """Number, time, author and note of each version, oldest first."""
        return self._store.codebook_versions()

    # --- coding ------------------------------------------------------------------------------

    @cached_property
    def coders(self) -> tuple[str, ...]:
        """The names of the coders."""
        return tuple(self._store.coders())

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """The rounds."""
        return tuple(self._store.rounds())

    @cached_property
    def hiding_rounds(self) -> tuple[Round, ...]:
        """The open blind rounds that hide something from the acting coder."""
        return self._store.bound()

    def round(self, name: str) -> Round:
        """Return a round by name."""
        rounds = {round_.name: round_ for round_ in self.rounds}
        if name not in rounds:
            raise unknown_name(
                "round", name, rounds, Message("project '{name}'", name=self.info.name)
            )
        return rounds[name]

    @cached_property
    def codings(self) -> tuple[Coding, ...]:
        """The codings that stand, by transcript and position."""
        return tuple(self._store.codings())

    def find_codings(
        self,
        *,
        transcript: str | None = None,
        coder: str | None = None,
        round: str | None = None,  # noqa: A002 - the project's word for it
        code: str | None = None,
    ) -> tuple[Coding, ...]:
        """Return the codings that stand of a transcript, coder, round or code.

        Raises:
            UnknownNameError: no such transcript, coder or code.
        """
        if transcript is not None:
            self.transcript(transcript)
        # The consensus is no person, but has codings like a coder.
        if coder is not None and coder not in (*self.coders, CONSENSUS):
            raise unknown_name(
                "coder", coder, self.coders, Message("project '{name}'", name=self.info.name)
            )
        if code is not None:
            self.codebook.code(code)
        criteria = {"transcript": transcript, "coder": coder, "round": round, "code": code}
        filters: dict[str, Any] = {
            key: value for key, value in criteria.items() if value is not None
        }
        # The coding page asks for one transcript after every key press: the others stay unread.
        if transcript is not None and "codings" not in self.__dict__:
            return tuple(self._store.codings(**filters))
        return tuple(
            coding
            for coding in self.codings
            if all(getattr(coding, field) == value for field, value in filters.items())
        )

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decision that stands on each disagreement, in the order they were made."""
        return self._store.decisions()

    @cached_property
    def memos(self) -> tuple[Memo, ...]:
        """The memos, oldest first."""
        return self._store.memos()

    @cached_property
    def exposures(self) -> tuple[Exposure, ...]:
        """Which suggestions coders were shown, in the order of time."""
        return self._store.exposures()

    @cached_property
    def rejections(self) -> tuple[Rejection, ...]:
        """Which suggested codes coders rejected, in the order of time."""
        return self._store.rejections()

    @cached_property
    def chosen(self) -> frozenset[str]:
        """The ids of the codings that are chosen for publication."""
        return self._store.chosen()

    @cached_property
    def excerpts(self) -> Mapping[str, str]:
        """The author's texts to print, by coding id."""
        return self._store.excerpts()

    # --- the rest ----------------------------------------------------------------------------

    def setting(self, key: str, default: Any = None) -> Any:
        """Return the JSON value of a setting, or ``default`` where it was never set."""
        return self.recall(("setting", key), lambda: self._store.setting(key, default))

    @cached_property
    def latest_event(self) -> Event | None:
        """The latest change that may be seen; None where nothing was changed."""
        events = self._store.events(limit=1)
        return events[-1] if events else None
