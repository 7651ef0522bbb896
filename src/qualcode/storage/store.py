"""The store of one project: values of the model in and out, SQL nowhere else.

Composes the functions of this package, each subject in its own module, in transactions: one
call is one step of the history, and all of it is kept or nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from typing import Any, Self

from sqlalchemy import Connection

from qualcode.model import (
    Case,
    Codebook,
    Coding,
    Decision,
    Event,
    Exposure,
    Guide,
    Memo,
    MemoTarget,
    Original,
    Rejection,
    Role,
    Round,
    Segment,
    SegmentKind,
    Transcript,
)
from qualcode.pseudonyms import Replacer
from qualcode.storage import (
    codebooks,
    codings,
    decisions,
    edits,
    history,
    memos,
    pseudonymizing,
    removing,
    study,
    suggestions,
    transcripts,
)
from qualcode.storage.blindness import Sight, find_sight
from qualcode.storage.codebooks import CodebookVersion
from qualcode.storage.connected import OpenProject
from qualcode.storage.pseudonymizing import Pseudonymized

_CHANGE_TEXTS = (
    "transcript.add",
    "transcript.remove",
    "roles.set",
    "project.pseudonymize",
    "undo",
    "redo",
)
"""Actions after which transcripts that were read before may be out of date."""


class Store(OpenProject):
    """What a project holds, to read and to change.

    Every method that changes something takes ``who``: the coder who does it, or ``""``. It
    writes all or nothing, leaves events, and is one step, unless it runs inside :meth:`step`.

    What it returns of codings, memos, decisions and history is what :attr:`viewer` may see.
    """

    viewer: str | None = None
    """Name of the coder who looks; ``""`` for someone unnamed; None sees everything."""

    def seen_by(self, viewer: str | None) -> Self:
        """Return the same open project as another coder sees it."""
        other = copy(self)
        other.viewer = viewer
        return other

    def _sight(self, connection: Connection) -> Sight:
        return find_sight(connection, self.viewer)

    def events(self, who: str | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """Return the events in order; with ``limit`` only the latest ones."""
        with self._read() as connection:
            sight = self._sight(connection)
            if not sight.rounds or (limit is not None and limit < 1):
                return history.read_events(connection, who, limit)
            found = tuple(filter(sight.shows_event, history.read_events(connection, who)))
        return found[-limit:] if limit else found

    def undo(
        self, who: str = "", transcript: str | None = None, edit: tuple[str, int] | None = None
    ) -> tuple[Event, ...]:
        """Undo the latest step of a coder; see :meth:`OpenProject.undo`."""
        return self._seen_events(super().undo(who, transcript, edit))

    def redo(
        self, who: str = "", transcript: str | None = None, edit: tuple[str, int] | None = None
    ) -> tuple[Event, ...]:
        """Do again what a coder undid last; see :meth:`OpenProject.redo`."""
        return self._seen_events(super().redo(who, transcript, edit))

    def _seen_events(self, made: tuple[Event, ...]) -> tuple[Event, ...]:
        with self._read() as connection:
            return tuple(filter(self._sight(connection).shows_event, made))

    def setting(self, key: str, default: Any = None) -> Any:
        """Return the JSON value of a setting, or ``default`` where it was never set."""
        with self._read() as connection:
            return study.read_setting(connection, key, default)

    def set_setting(self, key: str, value: Any, who: str = "") -> None:
        """Store a setting: any value that JSON has."""
        with self._change(who) as change:
            study.set_setting(change, key, value)

    def add_transcript(self, transcript: Transcript, original: Original, who: str = "") -> None:
        """Store a transcript with the file it came from.

        Raises:
            DuplicateError: its name, text or file is there already.
        """
        with self._change(who) as change:
            transcripts.add(change, transcript, original)

    def transcripts(self) -> tuple[Transcript, ...]:
        """Return all transcripts, in the order of import."""
        with self._read() as connection:
            return transcripts.read_all(connection)

    def transcript(self, name: str) -> Transcript:
        """Return one transcript by its name."""
        with self._read() as connection:
            return transcripts.read_one(connection, name)

    def original(self, name: str) -> Original:
        """Return the file that a transcript was read from."""
        with self._read() as connection:
            return transcripts.read_original(connection, name)

    def set_roles(self, name: str, roles: Mapping[str, Role], who: str = "") -> None:
        """Say what the speakers of a transcript are; labels not named keep their role."""
        with self._change(who) as change:
            transcripts.set_roles(change, name, roles)

    def replace_segments(
        self, transcript: str, kind: SegmentKind, segments: Iterable[Segment], who: str = ""
    ) -> None:
        """Store the segments of one kind of a transcript, in the place of those there were."""
        with self._change(who) as change:
            transcripts.replace_segments(change, transcript, kind, segments)

    def segments(
        self, transcript: str | None = None, kind: SegmentKind | None = None
    ) -> tuple[Segment, ...]:
        """Return segments by transcript, kind and place."""
        with self._read() as connection:
            return transcripts.read_segments(connection, transcript, kind)

    def remove_transcript(self, name: str, who: str = "") -> None:
        """Remove a transcript for good, with its file and all that history quotes from it.

        Its case forgets it. This cannot be undone, and is a step of its own.

        Raises:
            ConflictError: codings stand on it, or a round names it.
        """
        with self._change(who) as change:
            removing.remove(change, name)

    def pseudonymize(
        self, replacer: Replacer, *, keep_originals: bool = False, who: str = ""
    ) -> Pseudonymized:
        """Replace names everywhere in the project, for good, with every span kept.

        The history tells of things as they are after it, and undo does not go back past it.

        Raises:
            ConflictError: two transcripts, cases or speakers would become the same.
        """
        with self._change(who) as change:
            return pseudonymizing.pseudonymize(change, replacer, keep_originals=keep_originals)

    def rename_disagreements(self, names: Mapping[str, str], who: str = "") -> None:
        """Let decisions stand on the disagreements that theirs have become."""
        with self._change(who) as change:
            pseudonymizing.rename_disagreements(change.connection, names)

    def put_cases(self, cases: Iterable[Case], who: str = "", *, gone: Iterable[str] = ()) -> None:
        """Store cases, each in the place of the one of its name, without those that are gone."""
        with self._change(who) as change:
            study.put_cases(change, cases, gone)

    def cases(self) -> tuple[Case, ...]:
        """Return the cases, in the order they were added."""
        with self._read() as connection:
            return study.read_cases(connection)

    def save_codebook(self, codebook: Codebook, who: str = "", note: str = "") -> Codebook:
        """Store the next version, and return it with its number and the ids of its codes.

        Raises:
            ConflictError: it leaves out a code that has codings.
            InvalidValueError: two codes have one id, or a merged code leads nowhere.
        """
        with self._change(who) as change:
            return codebooks.save(change, codebook, note)

    def codebook(self, version: int | None = None) -> Codebook | None:
        """Return one version, the latest by default; None if there is no codebook yet."""
        with self._read() as connection:
            return codebooks.read(connection, version)

    def codebook_versions(self) -> tuple[CodebookVersion, ...]:
        """Return when, by whom and why each version was stored, the first one first."""
        with self._read() as connection:
            return codebooks.read_versions(connection)

    def put_guide(self, guide: Guide, who: str = "") -> None:
        """Store a guide, in the place of the one of its name."""
        with self._change(who) as change:
            study.put_guide(change, guide)

    def guides(self) -> tuple[Guide, ...]:
        """Return the guides, in the order they were added."""
        with self._read() as connection:
            return study.read_guides(connection)

    def add_coder(self, name: str, who: str = "") -> None:
        """Store the name of a coder; a known one changes nothing."""
        with self._change(who) as change:
            study.add_coder(change, name)

    def coders(self) -> tuple[str, ...]:
        """Return the people who code, in the order they joined; ``consensus`` is not one."""
        with self._read() as connection:
            return study.read_coders(connection)

    def put_round(self, value: Round, who: str = "") -> None:
        """Store a round, in the place of the one of its name."""
        with self._change(who) as change:
            study.put_round(change, value)

    def rounds(self) -> tuple[Round, ...]:
        """Return the rounds, in the order they were added."""
        with self._read() as connection:
            return study.read_rounds(connection)

    def hand_in(self, name: str, coder: str, who: str = "") -> Round:
        """Note that a coder handed in a round; it closes once all have. Undo passes over it.

        Raises:
            ConflictError: the coder did so already.
            UnknownNameError: there is no such round, or the coder is not in it.
        """
        with self._change(who) as change:
            return study.hand_in(change, name, coder)

    def reopen_round(self, name: str, coder: str, reason: str = "", who: str = "") -> Round:
        """Open a round again for a coder who handed it in. Undo passes over it.

        Raises:
            ConflictError: the coder did not hand it in.
            UnknownNameError: there is no such round, or the coder is not in it.
        """
        with self._change(who) as change:
            return study.reopen(change, name, coder, reason)

    def bound(self) -> tuple[Round, ...]:
        """Return the open blind rounds that hide something from who looks."""
        with self._read() as connection:
            return self._sight(connection).rounds

    def add_codings(self, values: Sequence[Coding], who: str = "") -> tuple[Coding, ...]:
        """Store new codings as one step, and return them with their ids and times.

        Raises:
            DuplicateError: one stands already, or is given twice.
            InvalidValueError: a span lies outside the text, or a quote is not what stands there.
            UnknownNameError: a transcript, code, coder or round is unknown, or a code retired.
        """
        with self._change(who) as change:
            return codings.add(change, values)

    def withdraw_codings(self, ids: Collection[str], who: str = "") -> None:
        """Withdraw standing codings; they stay in the history."""
        with self._change(who) as change:
            codings.withdraw(change, ids)

    def codings(
        self,
        *,
        transcript: str | None = None,
        coder: str | None = None,
        round: str | None = None,  # noqa: A002
        code: str | None = None,
        include_withdrawn: bool = False,
        hidden: bool = False,
    ) -> tuple[Coding, ...]:
        """Return codings, sorted by transcript (order of import), start, end, code, coder, id.

        Each comes with its code's path in the latest codebook; a merged code's codings with the
        path it was merged into. ``code`` finds the codings that show that path.

        ``hidden`` gives those too that an open blind round hides: for comparing with what is
        stored, never for showing.
        """
        with self._read() as connection:
            found = codings.read(
                connection,
                transcript=transcript,
                coder=coder,
                round=round,
                code=code,
                include_withdrawn=include_withdrawn,
            )
            if hidden:
                return found
            return tuple(filter(self._sight(connection).shows_coding, found))

    def add_memo(self, memo: Memo, who: str = "") -> Memo:
        """Store a memo, and return it with its id and time.

        Raises:
            UnknownNameError: what it is about is not there.
        """
        with self._change(who) as change:
            return memos.add(change, memo)

    def withdraw_memo(self, memo_id: str, who: str = "") -> None:
        """Withdraw a standing memo; it stays in the history."""
        with self._change(who) as change:
            memos.withdraw(change, memo_id)

    def memos(self, kind: MemoTarget | None = None, target: str | None = None) -> tuple[Memo, ...]:
        """Return the standing memos, the oldest first; one on a code with the code's path now."""
        with self._read() as connection:
            found = memos.read(connection, kind, target)
            return tuple(filter(self._sight(connection).shows_memo, found))

    def add_decisions(self, values: Iterable[Decision], who: str = "") -> tuple[Decision, ...]:
        """Store decisions, and return them with their times; the latest on each stands.

        Raises:
            UnknownNameError: a transcript or code is unknown, or the code is retired.
        """
        with self._change(who) as change:
            return decisions.add(change, values)

    def decisions(self) -> tuple[Decision, ...]:
        """Return the standing decision on each disagreement, in the order they were made."""
        with self._read() as connection:
            found = decisions.read(connection)
            return tuple(filter(self._sight(connection).shows_decision, found))

    def choose(self, coding_ids: Collection[str], chosen: bool, who: str = "") -> None:
        """Mark codings as chosen for publication, or no longer."""
        with self._change(who) as change:
            decisions.choose(change, coding_ids, wanted=chosen)

    def chosen(self) -> frozenset[str]:
        """Return the ids of the standing codings that are chosen for publication."""
        with self._read() as connection:
            return decisions.read_chosen(connection) - self._sight(connection).codings

    def set_excerpt(self, coding_id: str, text: str | None, who: str = "") -> None:
        """Store the author's text to print for a coding; None for its whole quote."""
        with self._change(who) as change:
            decisions.set_excerpt(change, coding_id, text)

    def excerpts(self) -> Mapping[str, str]:
        """Return the author's texts to print, by coding id."""
        with self._read() as connection:
            hidden = self._sight(connection).codings
            found = decisions.read_excerpts(connection)
        return {key: text for key, text in found.items() if key not in hidden}

    def expose(self, values: Sequence[Exposure], who: str = "") -> None:
        """Store which suggestions a coder was shown."""
        with self._change(who) as change:
            suggestions.expose(change, values)

    def exposures(self) -> tuple[Exposure, ...]:
        """Return which suggestions coders were shown, in the order of time."""
        with self._read() as connection:
            return suggestions.read_exposures(connection)

    def reject(self, value: Rejection, who: str = "") -> Rejection:
        """Store that a coder rejected a suggested code."""
        with self._change(who) as change:
            return suggestions.reject(change, value)

    def unreject(self, value: Rejection, who: str = "") -> None:
        """Forget that a coder rejected a code for a piece of text."""
        with self._change(who) as change:
            suggestions.unreject(change, value)

    def rejections(self) -> tuple[Rejection, ...]:
        """Return which suggested codes coders rejected, in the order of time."""
        with self._read() as connection:
            return suggestions.read_rejections(connection)

    def note_edit(self, client: str, number: int, refused: str = "", who: str = "") -> None:
        """Note that a browser's edit arrived; within the step that applies it."""
        with self._change(who) as change:
            edits.note(change, client, number, refused)

    def latest_edits(self, clients: Collection[str]) -> Mapping[str, int]:
        """Return the number of the latest edit that arrived of each of these browsers."""
        with self._read() as connection:
            return edits.latest(connection, clients)

    def revision(self) -> int:
        """Return a number that grows with every change of the project."""
        with self._read() as connection:
            return history.latest_event(connection)

    def texts_revision(self) -> int:
        """Return a number that grows whenever a transcript, or who speaks in it, may change."""
        with self._read() as connection:
            return history.latest_event(connection, _CHANGE_TEXTS)
