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
    Original,
    Rejection,
    Round,
    Segment,
    SegmentKind,
    Transcript,
)
from qualcode.translation import LANGUAGES

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
        # What a step changed has no revision yet, and another thread may keep the texts before it.
        if store.changes_texts:
            return _read_texts(store)
        # Asked in the same transaction as the texts, so that both are of one state.
        revision, cached = store.texts_revision(), self._kept
        if cached is None or cached[0] != revision:
            cached = self._kept = (revision, _read_texts(store))
        return cached[1]


def _read_texts(store: Store) -> dict[str, Transcript]:
    return {transcript.name: transcript for transcript in store.transcripts()}


class RevisionCache:
    """What one coder asked for last in each revision of a project, and takes long to find.

    A page of the app asks for the same in several snapshots, and its next run asks again.
    """

    def __init__(self) -> None:
        self._kept: tuple[int, dict[Hashable, Any]] = (-1, {})

    def read(self, store: Store, key: Hashable, compute: Callable[[], T]) -> T:
        """Return a value of this revision, which is computed once."""
        # What a step has changed so far has no revision yet.
        if store.in_step:
            return compute()
        # Asked in the same transaction as the value, so that both are of one state.
        revision, kept = store.revision(), self._kept
        if kept[0] != revision:
            kept = self._kept = (revision, {})
        if key not in kept[1]:
            kept[1][key] = compute()
        return cast("T", kept[1][key])


class Snapshot:
    """What one coder may see of a project at one moment.

    Args:
        store: The store, inside :meth:`Store.snapshot`, seen by the acting coder.
        cache: The transcripts that were read before.
        revision_cache: What this coder asked for before.
    """

    def __init__(self, store: Store, cache: TranscriptCache, revision_cache: RevisionCache) -> None:
        self._store = store
        self._cache = cache
        self._revision_cache = revision_cache
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

    def keep(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return a value that is computed once as long as nobody changes the project.

        Args:
            key: What names it.
            compute: What computes it, from this snapshot only.
        """
        return self.recall(key, lambda: self._revision_cache.read(self._store, key, compute))

    # --- the study ---------------------------------------------------------------------------

    @cached_property
    def info(self) -> ProjectInfo:
        """Name, language and time of making of the project."""
        return self._store.info()

    @property
    def report_language(self) -> str:
        """The language that reports are written in: English where the program has no other."""
        return self.info.language if self.info.language in LANGUAGES else "en"

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

    def original(self, name: str) -> Original:
        """Return the file that a transcript was read from."""
        return self._store.original(name)

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

    def read_segments(self, kind: SegmentKind, transcript: str) -> tuple[Segment, ...]:
        """Return those of one transcript, for one look at them: all take hundreds of megabytes."""
        return self._store.segments(transcript=transcript, kind=kind)

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
        return self.keep("codings", lambda: tuple(self._store.codings()))

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

    def designs(self, beginning: str) -> Mapping[str, Any]:
        """Return what may be seen of the designs whose key begins like this, sorted by key."""
        return self.recall(("designs", beginning), lambda: self._store.designs(beginning))

    @cached_property
    def latest_event(self) -> Event | None:
        """The latest change that may be seen; None where nothing was changed."""
        events = self._store.events(limit=1)
        return events[-1] if events else None
