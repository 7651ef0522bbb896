"""The store of one project: takes and returns values of the model; only storage has SQL.

Each call runs functions of this package in one transaction: one step of the history, kept all
or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection

from qualcode.errors import MovedProjectError, UnknownNameError
from qualcode.messages import Message
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
    Span,
    Transcript,
)
from qualcode.storage import (
    browser_edits,
    codebooks,
    codings,
    decisions,
    history,
    memos,
    pseudonymization,
    row_sums,
    study,
    suggestions,
    transcript_removal,
    transcripts,
    vectors,
)
from qualcode.storage.blinding import Visibility, read_visibility
from qualcode.storage.permissions import Guard, read_team, read_team_of_file
from qualcode.storage.session import ClientEdit, ProjectSession

if TYPE_CHECKING:
    from qualcode.model.team import Right, Team
    from qualcode.phrases import Phrases
    from qualcode.pseudonyms import Replacer
    from qualcode.storage.codebooks import CodebookVersion
    from qualcode.storage.codings import CodingContext
    from qualcode.storage.pseudonymization import PseudonymizationReport
    from qualcode.storage.revisions import RevisionReport, TextVersion
    from qualcode.storage.withdrawal import WithdrawalReport, WithdrawnPart

_CHANGE_TEXTS = (
    "transcript.add",
    "transcript.remove",
    "roles.set",
    "attributes.set",
    "confirmation.set",
    "language.set",
    "project.pseudonymize",
    "participant.withdraw",
    "text.rename",
    "text.replace",
    "undo",
    "redo",
)
"""Actions after which transcripts that were read before may be out of date."""


class Store(ProjectSession):
    """Reads and changes the content of a project.

    Every method that changes something takes ``who``, the acting coder, or ``""``. It writes
    all or nothing, leaves events, and is one step, unless it runs inside :meth:`step`.

    Codings, memos, decisions, suggestions and history are limited to those that :attr:`viewer` may
    see.
    """

    viewer: str | None = None
    """Name of the coder who looks; ``""`` for a viewer without a name; None sees everything."""

    def seen_by(self, viewer: str | None) -> Self:
        """Return the same open project as visible to another coder."""
        # A shallow copy: both views share the connection, and a step of the one holds for the
        # other.
        store = copy(self)
        store.viewer = viewer
        return store

    def _guard(self, connection: Connection) -> Guard | None:
        return None if self.viewer is None else Guard(read_team(connection), self.viewer)

    def _admit(self, connection: Connection) -> None:
        # Once for each step and snapshot: the list is read again for the next.
        if self.viewer not in (getattr(self._local, "admitted", None) or ()):
            super()._admit(connection)

    def team(self) -> Team:
        """Return the people of the project; also to those who are not on the list."""
        with self._read(for_all=True) as connection:
            return read_team(connection)

    def require(self, right: Right) -> None:
        """Refuse a viewer without a right, for what leaves no event.

        Raises:
            NotAllowedError: they have it not.
        """
        try:
            with self._read(for_all=True) as connection:
                team = read_team(connection)
        except MovedProjectError:
            if self._target.watch is None:
                raise
            # What was saved can still be kept: the file that is open has the list, whatever its
            # name is now.
            teams: list[Team] = []
            self._target.watch.copy(lambda lost: teams.append(read_team_of_file(lost)))
            (team,) = teams
        if self.viewer is not None and team.people:
            Guard(team, self.viewer).require(right)

    def _visibility(self, connection: Connection) -> Visibility:
        return read_visibility(connection, self.viewer)

    def events(self, who: str | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """Return the events in order; with ``limit`` only the latest ones."""
        with self._read() as connection:
            visibility = self._visibility(connection)
            if not visibility.rounds or (limit is not None and limit < 1):
                events = history.read_events(connection, who, limit)
            else:
                # Filtered before the limit, which must count visible events only.
                events = tuple(filter(visibility.shows_event, history.read_events(connection, who)))
                events = events[-limit:] if limit else events
            return codebooks.add_notes(connection, events)

    def undo(self, who: str = "", *, edit: ClientEdit | None = None) -> tuple[Event, ...]:
        """Undo the latest step of a coder; see :meth:`ProjectSession.undo`."""
        return self._seen_events(super().undo(who, edit=edit))

    def redo(self, who: str = "", *, edit: ClientEdit | None = None) -> tuple[Event, ...]:
        """Do again what a coder undid last; see :meth:`ProjectSession.redo`."""
        return self._seen_events(super().redo(who, edit=edit))

    def next_undo(self, who: str) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
        """Return what undo would take back; see :meth:`ProjectSession.next_undo`."""
        taken_back, passed_over = super().next_undo(who)
        return self._seen_events(taken_back), self._seen_events(passed_over)

    def last_turned(self, who: str) -> tuple[Event, ...]:
        """Return what was undone or redone last; see :meth:`ProjectSession.last_turned`."""
        return self._seen_events(super().last_turned(who))

    def _seen_events(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        with self._read() as connection:
            seen = filter(self._visibility(connection).shows_event, events)
            return codebooks.add_notes(connection, seen)

    def setting(self, key: str, default: Any = None) -> Any:
        """Return the JSON value of a setting, or ``default`` where it was never set."""
        with self._read() as connection:
            return study.read_setting(connection, key, default)

    def set_setting(self, key: str, value: Any, who: str = "") -> None:
        """Store a setting: any value that JSON has."""
        with self._change(who) as change:
            study.set_setting(change, key, value)

    def designs(self, beginning: str) -> dict[str, Any]:
        """Return what may be seen of the designs whose key begins like this, sorted by key."""
        with self._read() as connection:
            visibility = self._visibility(connection)
            designs = study.read_designs(connection, beginning)
        return {key: value for key, value in designs.items() if visibility.shows_design(key)}

    def set_design(self, key: str, value: Any, who: str = "") -> None:
        """Store what was decided on how to publish, as a setting that undo takes back.

        A value of None removes it.
        """
        with self._change(who) as change:
            study.set_design(change, key, value)

    def add_transcript(
        self,
        transcript: Transcript,
        original: Original,
        who: str = "",
        *,
        same_text: bool = False,
    ) -> None:
        """Store a transcript with the file it came from.

        Args:
            transcript: The transcript.
            original: The file.
            who: Who adds it.
            same_text: Whether another transcript may have the same text.

        Raises:
            DuplicateError: Its name, text or file is in the project already.
            SameTextError: Its text is in the project under another name.
        """
        with self._change(who) as change:
            transcripts.add(change, transcript, original, same_text=same_text)

    def transcripts(self) -> tuple[Transcript, ...]:
        """Return all transcripts, in the order of import."""
        with self._read() as connection:
            return transcripts.read_all(connection)

    def transcript(self, name: str) -> Transcript:
        """Return one transcript by its name."""
        with self._read() as connection:
            return transcripts.read_one(connection, name)

    def original(self, name: str) -> Original:
        """Return the file from which a transcript was read."""
        with self._read() as connection:
            return transcripts.read_original(connection, name)

    def set_roles(self, name: str, roles: Mapping[str, Role], who: str = "") -> None:
        """Set roles of speakers of a transcript; other labels keep their role."""
        with self._change(who) as change:
            transcripts.set_roles(change, name, roles)

    def set_language(self, name: str, language: str, who: str = "") -> None:
        """Set the language of a transcript."""
        with self._change(who) as change:
            transcripts.set_language(change, name, language)

    def set_attributes(self, name: str, attributes: Mapping[str, str], who: str = "") -> None:
        """Set attributes of a transcript; others stay, and ``""`` removes one."""
        with self._change(who) as change:
            transcripts.set_attributes(change, name, attributes)

    def replace_segments(
        self, transcript: str, kind: SegmentKind, segments: Iterable[Segment], who: str = ""
    ) -> None:
        """Replace the segments of one kind of a transcript."""
        with self._change(who) as change:
            transcripts.replace_segments(change, transcript, kind, segments)

    def segments(
        self, transcript: str | None = None, kind: SegmentKind | None = None
    ) -> tuple[Segment, ...]:
        """Return segments by transcript, kind and place."""
        with self._read() as connection:
            return transcripts.read_segments(connection, transcript, kind)

    def segment_spans(self, kind: SegmentKind) -> dict[str, tuple[Span, ...]]:
        """Return the places of all segments of a kind, by transcript."""
        with self._read() as connection:
            return transcripts.read_segment_spans(connection, kind)

    def state_of_tables(self, *names: str) -> str:
        """Return what changes when a row of these tables does; ``""`` on a server."""
        with self._read() as connection:
            return row_sums.state_of_tables(connection, names)

    def remove_transcript(self, name: str, who: str = "", *, with_codings: bool = False) -> None:
        """Remove a transcript permanently, with its file and its words in the history.

        It is removed from its case too. This cannot be undone, and is a separate step.

        Args:
            name: Name of the transcript.
            who: The acting coder.
            with_codings: Whether its codings go too, and it leaves the rounds that name it.

        Raises:
            ConflictError: It has codings, or a round names it.
        """
        with self._change(who) as change:
            vectors.forget_vectors(change.connection)
            transcript_removal.remove(change, name, with_codings=with_codings)

    def rename_transcript(self, name: str, new: str, who: str = "") -> None:
        """Give a transcript another name, also in the history.

        Raises:
            DuplicateError: The name is in use.
        """
        from qualcode.storage import revisions

        with self._change(who) as change:
            revisions.rename(change, name, new)

    def replace_text(
        self, name: str, transcript: Transcript, original: Original, who: str = ""
    ) -> RevisionReport:
        """Put a corrected text in the place of that of a transcript; codings move along.

        Raises:
            SameTextError: This or another transcript has that text.
            WithdrawnTextError: A participant took that text back.
        """
        from qualcode.storage import revisions

        with self._change(who) as change:
            return revisions.replace_text(change, name, transcript, original)

    def text_versions(self, name: str) -> tuple[TextVersion, ...]:
        """Return the earlier texts of a transcript, the oldest first."""
        from qualcode.storage import revisions

        with self._read() as connection:
            return revisions.read_versions(connection, name)

    def remove_versions(self, name: str, who: str = "") -> int:
        """Remove the earlier texts of a transcript for good; return how many there were."""
        from qualcode.storage import revisions

        with self._change(who) as change:
            vectors.forget_vectors(change.connection)
            return revisions.remove_versions(change, name)

    def unconfirmed(self) -> Mapping[str, str]:
        """Return the earlier words of codings whose text was corrected, by coding id."""
        from qualcode.storage import revisions

        with self._read() as connection:
            hidden = self._visibility(connection).codings
            quotes = revisions.read_unconfirmed(connection)
        return {key: quote for key, quote in quotes.items() if key not in hidden}

    def confirm_codings(self, ids: Collection[str], who: str = "") -> None:
        """Confirm that codings hold for the words that they cover now."""
        from qualcode.storage import revisions

        with self._change(who) as change:
            revisions.confirm(change, ids)

    def withdraw_participant(
        self,
        case: str,
        parts: Sequence[WithdrawnPart],
        phrases: Phrases,
        *,
        replacement: str,
        disagreements: Collection[str] = (),
        who: str = "",
    ) -> WithdrawalReport:
        """Erase a participant from everything that the project keeps; this cannot be undone.

        :meth:`rewrite_file` and :meth:`find_remains` come after it.

        Args:
            case: Name of the case; ``""`` if the person is a transcript only.
            parts: What the person said.
            phrases: The same as phrases.
            replacement: What stands for each turn in a group.
            disagreements: Ids of the disagreements about the person's words.
            who: The acting coder.
        """
        from qualcode.storage import withdrawal

        with self._change(who) as change:
            vectors.forget_vectors(change.connection)
            return withdrawal.withdraw(
                change,
                case,
                parts,
                phrases,
                replacement=replacement,
                disagreements=disagreements,
            )

    def find_remains(self, phrases: Phrases) -> tuple[str, ...]:
        """Return where the project still holds the words of a person, in rows and in bytes."""
        from qualcode.storage import withdrawal

        with self._read() as connection:
            return withdrawal.find_remains(connection, self.path, self.backup_bytes, phrases)

    def refuse_withdrawn(self, file: str, *hashes: str) -> None:
        """Refuse a file that holds a text, or was made on one, that was withdrawn.

        Args:
            file: Its name, for the message.
            hashes: The sha256 of texts or files.
        """
        with self._read() as connection:
            transcripts.refuse_withdrawn(connection, file, *hashes)

    def pseudonymize(
        self, replacer: Replacer, *, keep_originals: bool = False, who: str = ""
    ) -> PseudonymizationReport:
        """Replace names everywhere in the project, permanently; spans move with their words.

        The history then shows the new words, and undo cannot go back past this step.

        Raises:
            ConflictError: Two transcripts, cases or speakers would become the same.
        """
        with self._change(who) as change:
            vectors.forget_vectors(change.connection)
            return pseudonymization.pseudonymize(change, replacer, keep_originals=keep_originals)

    def rename_disagreements(self, names: Mapping[str, str], who: str = "") -> None:
        """Move decisions to the new ids of their disagreements."""
        with self._change(who) as change:
            pseudonymization.rename_disagreements(change.connection, names)

    def put_cases(self, cases: Iterable[Case], who: str = "", *, gone: Iterable[str] = ()) -> None:
        """Store cases, replacing those of the same name; remove the cases in ``gone``."""
        with self._change(who) as change:
            study.put_cases(change, cases, gone)

    def cases(self) -> tuple[Case, ...]:
        """Return the cases, in the order they were added."""
        with self._read() as connection:
            return study.read_cases(connection)

    def save_codebook(self, codebook: Codebook, who: str = "", note: str = "") -> Codebook:
        """Store the next version, and return it with its number and the ids of its codes.

        Raises:
            ConflictError: It lacks a code that has codings.
            InvalidValueError: Two codes have one id, or a merged code has no target.
        """
        with self._change(who) as change:
            return codebooks.save(change, codebook, note)

    def codebook(self, version: int | None = None) -> Codebook | None:
        """Return one version, the latest by default; None if there is no codebook yet."""
        with self._read() as connection:
            return codebooks.read(connection, version)

    def codebook_versions(self) -> tuple[CodebookVersion, ...]:
        """Return time, coder and reason of each version, the first one first."""
        with self._read() as connection:
            return codebooks.read_versions(connection)

    def put_guide(self, guide: Guide, who: str = "") -> None:
        """Store a guide, replacing one of the same name."""
        with self._change(who) as change:
            study.put_guide(change, guide)

    def guides(self) -> tuple[Guide, ...]:
        """Return the guides, in the order they were added."""
        with self._read() as connection:
            return study.read_guides(connection)

    def add_coder(self, name: str, who: str = "") -> None:
        """Store the name of a coder; a known name changes nothing."""
        with self._change(who) as change:
            study.add_coder(change, name)

    def coders(self) -> tuple[str, ...]:
        """Return the people who code, in the order they joined; ``consensus`` is not one."""
        with self._read(for_all=True) as connection:
            return study.read_coders(connection)

    def put_round(self, value: Round, who: str = "") -> None:
        """Store a round, replacing one of the same name."""
        with self._change(who) as change:
            study.put_round(change, value)

    def rounds(self) -> tuple[Round, ...]:
        """Return the rounds, in the order they were added."""
        with self._read() as connection:
            return study.read_rounds(connection)

    def hand_in(self, name: str, coder: str, who: str = "") -> Round:
        """Record that a coder handed in a round; the last coder closes it. Undo skips it.

        Raises:
            ConflictError: The coder handed it in already.
            UnknownNameError: There is no such round, or the coder is not in it.
        """
        with self._change(who) as change:
            return study.hand_in(change, name, coder)

    def reopen_round(self, name: str, coder: str, reason: str = "", who: str = "") -> Round:
        """Reopen a round for a coder who handed it in. Undo skips it.

        Raises:
            ConflictError: The coder did not hand it in.
            UnknownNameError: There is no such round, or the coder is not in it.
        """
        with self._change(who) as change:
            return study.reopen(change, name, coder, reason)

    def bound(self) -> tuple[Round, ...]:
        """Return the open blind rounds that hide something from the viewer."""
        with self._read() as connection:
            return self._visibility(connection).rounds

    def coding_context(self, transcripts: Collection[str]) -> CodingContext:
        """Return what codings of some transcripts are made of and checked against.

        Raises:
            UnknownNameError: There is no transcript with one of these names.
        """
        with self._read() as connection:
            return codings.read_context(connection, transcripts)

    def add_codings(
        self, values: Sequence[Coding], who: str = "", context: CodingContext | None = None
    ) -> tuple[Coding, ...]:
        """Store new codings as one step, and return them with their ids and times.

        Args:
            values: The codings.
            who: The acting coder.
            context: What they are checked against, if it was read in the same :meth:`step`.

        Raises:
            DuplicateError: An equal coding is stored, or is given twice.
            InvalidValueError: A span lies outside the text, or a quote differs from the text.
            UnknownNameError: A transcript, code, coder or round is unknown, or a code retired.
        """
        with self._change(who) as change:
            return codings.add(change, values, context)

    def withdraw_codings(self, ids: Collection[str], who: str = "") -> None:
        """Withdraw active codings; they stay in the history."""
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

        Each has the path of its code in the latest codebook; for a merged code, the path of the
        merge target. ``code`` selects the codings displayed with that path.

        ``hidden`` includes the codings that an open blind round hides: to compare with stored
        codings, never to display.
        """
        with self._read() as connection:
            values = codings.read(
                connection,
                transcript=transcript,
                coder=coder,
                round=round,
                code=code,
                include_withdrawn=include_withdrawn,
            )
            if hidden:
                return values
            return tuple(filter(self._visibility(connection).shows_coding, values))

    def add_memo(self, memo: Memo, who: str = "") -> Memo:
        """Store a memo, and return it with its id and time.

        Raises:
            UnknownNameError: Its target does not exist.
        """
        with self._change(who) as change:
            target, hidden = memo.target, self._visibility(change.connection).codings
            # A memo may not tell by its success that there is a coding.
            if memo.target_kind is MemoTarget.CODING and target in hidden:
                raise UnknownNameError(
                    Message("No coding '{target}' in the project.", target=target)
                )
            return memos.add(change, memo)

    def withdraw_memo(self, memo_id: str, who: str = "") -> None:
        """Withdraw an active memo; it stays in the history."""
        with self._change(who) as change:
            memos.withdraw(change, memo_id)

    def memos(self, kind: MemoTarget | None = None, target: str | None = None) -> tuple[Memo, ...]:
        """Return the active memos, oldest first; a memo on a code has its present path."""
        with self._read() as connection:
            values = memos.read(connection, kind, target)
            return tuple(filter(self._visibility(connection).shows_memo, values))

    def add_decisions(self, values: Iterable[Decision], who: str = "") -> tuple[Decision, ...]:
        """Store decisions, and return them with their times; the latest one counts.

        Raises:
            UnknownNameError: A transcript or code is unknown, or the code is retired.
        """
        with self._change(who) as change:
            return decisions.add(change, values)

    def decisions(self) -> tuple[Decision, ...]:
        """Return the decision in force on each disagreement, in the order of decision."""
        with self._read() as connection:
            values = decisions.read(connection)
            return tuple(filter(self._visibility(connection).shows_decision, values))

    def choose(self, coding_ids: Collection[str], chosen: bool, who: str = "") -> None:
        """Mark codings as chosen for publication, or remove the mark."""
        with self._change(who) as change:
            decisions.choose(change, coding_ids, is_chosen=chosen)

    def chosen(self) -> frozenset[str]:
        """Return the ids of the active codings that are chosen for publication."""
        with self._read() as connection:
            return decisions.read_chosen(connection) - self._visibility(connection).codings

    def set_excerpt(self, coding_id: str, text: str | None, who: str = "") -> None:
        """Store the author's text to print for a coding; None for its whole quote."""
        with self._change(who) as change:
            decisions.set_excerpt(change, coding_id, text)

    def excerpts(self) -> Mapping[str, str]:
        """Return the author's texts to print, by coding id."""
        with self._read() as connection:
            hidden = self._visibility(connection).codings
            texts = decisions.read_excerpts(connection)
        return {key: text for key, text in texts.items() if key not in hidden}

    def expose(self, values: Sequence[Exposure], who: str = "") -> None:
        """Store the suggestions that were shown to a coder."""
        with self._change(who) as change:
            suggestions.expose(change, values)

    def exposures(self) -> tuple[Exposure, ...]:
        """Return the suggestions that were shown to coders, in the order of time."""
        with self._read() as connection:
            visibility = self._visibility(connection)
            exposures = suggestions.read_exposures(connection)
        return tuple(e for e in exposures if not visibility.hides(e.transcript, e.coder))

    def reject(self, value: Rejection, who: str = "") -> Rejection:
        """Store that a coder rejected a suggested code."""
        with self._change(who) as change:
            return suggestions.reject(change, value)

    def unreject(self, value: Rejection, who: str = "") -> None:
        """Forget that a coder rejected a code for a piece of text."""
        with self._change(who) as change:
            suggestions.unreject(change, value)

    def rejections(self) -> tuple[Rejection, ...]:
        """Return the suggested codes that coders rejected, in the order of time."""
        with self._read() as connection:
            visibility = self._visibility(connection)
            rejections = suggestions.read_rejections(connection)
        return tuple(r for r in rejections if not visibility.hides(r.transcript, r.coder))

    def vectors(self, model: str, keys: Collection[str]) -> dict[str, bytes]:
        """Return the vectors of texts that are kept, of those asked for by key."""
        with self._read() as connection:
            return vectors.read_vectors(connection, model, keys)

    def keep_vectors(self, model: str, values: Mapping[str, bytes], *, replace: str = "") -> None:
        """Keep the vectors of texts by key; this leaves no event.

        Args:
            model: Name of the model, or of what is computed.
            values: What it made, by key.
            replace: Where given, what other names made that begin like this is removed, and what
                this one made under other keys if it is the whole name.
        """
        with self._change("") as change:
            if replace:
                vectors.drop_others(change.connection, model, replace)
            vectors.keep_vectors(change.connection, model, values)

    def receive_edit(self, client: str, number: int, who: str = "") -> bool:
        """Record that an edit of a browser arrived; return False if it arrived before.

        Called within the step that applies the edit: another page may be sending the same one.
        """
        with self._change(who) as change:
            return browser_edits.receive(change, client, number)

    def note_edit(self, client: str, number: int, refused: str = "", who: str = "") -> None:
        """Record that an edit of a browser arrived, within the step that applies it."""
        with self._change(who) as change:
            browser_edits.note(change, client, number, refused)

    def latest_edits(self, clients: Collection[str]) -> Mapping[str, int]:
        """Return the number of the latest edit that arrived from each of these browsers."""
        with self._read() as connection:
            return browser_edits.latest(connection, clients)

    def revision(self) -> int:
        """Return a number that grows with every change of the project."""
        with self._read(for_all=True) as connection:
            return history.latest_event(connection)

    def state(self) -> str:
        """Return the hash of the latest event and all before it; ``""`` without any."""
        with self._read(for_all=True) as connection:
            return history.latest_chain(connection)

    @property
    def changes_texts(self) -> bool:
        """Whether this thread is inside a step that changed a transcript, or who speaks in it."""
        return self._recorded_in_step(_CHANGE_TEXTS)

    def texts_revision(self) -> int:
        """Return a number that grows whenever a transcript, or who speaks in it, may change."""
        with self._read(for_all=True) as connection:
            return history.latest_event(connection, _CHANGE_TEXTS)
