"""Putting a project of another program into a store: each part in the order of need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from qualcode import codebook_edits
from qualcode.errors import DuplicateError, QualcodeError
from qualcode.messages import Message
from qualcode.model import (
    CONSENSUS,
    Case,
    Code,
    Codebook,
    Coding,
    Event,
    ExchangeProject,
    ExchangeSet,
    ExchangeSource,
    FrozenMap,
    Loss,
    LossKind,
    Memo,
    MemoTarget,
    Original,
    Round,
    Span,
    Transcript,
)

if TYPE_CHECKING:
    from qualcode.storage import Store

VARIABLE_TYPES = "variable_types"
"""Setting that keeps the types of attributes that another program did not hold as text."""
IMPORTED_HISTORY = "imported_history"
"""Setting that keeps the events of projects that were taken in."""


def combine_losses(read: Sequence[Loss], put: Sequence[Loss]) -> tuple[Loss, ...]:
    """Return the losses of a file and of the project; nothing counts as taken and as not."""
    left_out = Counter[str]()
    for loss in put:
        left_out[loss.item] += loss.count if loss.kind is LossKind.NOT_TAKEN else 0
    counted = (
        replace(loss, count=loss.count - left_out[loss.item])
        if loss.kind is LossKind.TAKEN
        else loss
        for loss in read
    )
    return (*(loss for loss in counted if loss.count > 0), *put)


class ProjectImport:
    """Puts one project into a store; each method one part of it, in order of need.

    Args:
        store: The store, inside the step that the import is.
        read: The project that was read.
        coder: The acting coder.
    """

    def __init__(self, store: Store, read: ExchangeProject, coder: str) -> None:
        self.losses: list[Loss] = []
        self._store = store
        self._read = read
        self._coder = coder
        self._names: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._versions: dict[int, int] = {}

    def run(self) -> None:
        """Put everything in."""
        # Codings name texts, codes, coders and rounds; memos and choices name codings.
        self._sources()
        final = self._codebook()
        self._people()
        rounds = self._rounds()
        self._codings()
        for round_ in rounds:
            self._store.put_round(round_, self._coder)
        if final is not None:
            self._store.save_codebook(final, self._coder, "retired codes")
        self._cases()
        self._memos()
        self._rest()

    def _note(self, kind: LossKind, subject: str, count: int, message: str) -> None:
        if count:
            self.losses.append(Loss(kind, subject, count, message))

    def _sources(self) -> None:
        stored = [(t.sha256, t.name) for t in self._store.transcripts()]
        names_by_hash = dict(reversed(stored))
        names = {name for _, name in stored}
        duplicates = 0
        for source in self._read.sources:
            transcript = source.transcript
            if (transcript.sha256, transcript.name) in stored:
                # Two respondents may have the same text: the name tells them from each other.
                name = transcript.name
                duplicates += 1
            elif transcript.sha256 in names_by_hash:
                name = names_by_hash[transcript.sha256]
                duplicates += 1
            else:
                name = _free(transcript.name, names)
                names.add(name)
                self._add_source(replace(transcript, name=name), source)
            self._names[transcript.name] = name
        message = "The project has their text already; codings went to that."
        self._note(LossKind.CHANGED, "sources", duplicates, message)

    def _add_source(self, transcript: Transcript, source: ExchangeSource) -> None:
        # A program that keeps no files gives the text itself as the file.
        alone = Original(transcript.source_file or transcript.name, transcript.text.encode())
        try:
            self._store.add_transcript(
                transcript, source.original or alone, self._coder, same_text=True
            )
        except DuplicateError:
            self._store.add_transcript(transcript, alone, self._coder, same_text=True)
            message = "The file they came from belongs to another source, too; their text is kept."
            self._note(LossKind.CHANGED, "sources", 1, message)

    def _codebook(self) -> Codebook | None:
        """Save the codebook; return the one to save once retired codes have their codings."""
        read, current = self._read.codebook, self._store.codebook()
        if read is None:
            return None
        if current is None:
            book, self._paths = read, {path: path for path in read.paths}
            for earlier in self._read.earlier:
                saved = self._store.save_codebook(
                    earlier, self._coder, Message("read from {name}", name=self._read.name)
                )
                self._versions[earlier.version] = saved.version
        else:
            book, self._paths = codebook_edits.combine_codebooks(current, read)
        coded_paths = {self._paths[coding.code] for coding in self._read.codings}
        retired = {code.path for code in book.codes if code.retired} & coded_paths
        # A retired code takes no new codings, so it is offered until its codings are in.
        usable = replace(
            book,
            codes=tuple(
                replace(c, retired=False, merged_into="") if c.path in retired else c
                for c in book.codes
            ),
        )
        if current is None or book is not current or retired:
            note = Message("read from {name}", name=self._read.name)
            saved = self._store.save_codebook(usable, self._coder, note)
            book = replace(book, codes=tuple(map(_with_id, book.codes, saved.codes)))
            self._versions.setdefault(read.version, saved.version)
        return book if retired else None

    def _version(self, version: int, book: Codebook | None) -> int:
        """Return the version of this project's codebook that stands for one of the file's."""
        return self._versions.get(version, book.version if book else 1)

    def _people(self) -> None:
        from_qualcode = bool(self._read.rounds or self._read.events)
        active_coders = {c.coder for c in self._read.codings} | {m.author for m in self._read.memos}
        # Other programs also list people who did nothing; our own files list the coders of the
        # study.
        coders = [name for name in self._read.coders if from_qualcode or name in active_coders]
        for name in dict.fromkeys((*coders, *(c.coder for c in self._read.codings))):
            if name != CONSENSUS:
                self._store.add_coder(name, self._coder)
        idle = len(self._read.coders) - len(coders)
        self._note(LossKind.NOT_TAKEN, "coders", idle, "They coded nothing and wrote no memo.")

    def _rounds(self) -> list[Round]:
        """Store the rounds, open; return those to store again once they have their codings."""
        round_names = {round_.name for round_ in self._store.rounds()}
        transcripts = {t.name for t in self._store.transcripts()}
        book = self._store.codebook()
        reopened: list[Round] = []
        for round_ in self._read.rounds:
            round_transcripts = (self._names.get(name, name) for name in round_.transcripts)
            whole = replace(
                round_,
                transcripts=tuple(name for name in round_transcripts if name in transcripts),
                codebook_version=self._version(round_.codebook_version, book),
            )
            if round_.name not in round_names:
                reopened.append(whole)
                # Open for now: a closed round, or one handed in, takes no codings.
                self._store.put_round(replace(whole, closed=False, handed_in=()), self._coder)
        return reopened

    def _codings(self) -> None:
        book = self._store.codebook()
        before = self._store.codings(include_withdrawn=True, hidden=True)
        standing = {_place(c): c.id for c in before if c.withdrawn_at is None}
        ids = {coding.id for coding in before}
        rounds = {round_.name for round_ in self._store.rounds()}
        new: list[Coding] = []
        for coding in self._read.codings:
            moved = replace(
                coding,
                transcript=self._names[coding.transcript],
                code=self._paths[coding.code],
                codebook_version=self._version(coding.codebook_version, book),
                round=coding.round if coding.round in rounds else "",
            )
            if _place(moved) in standing:
                self._ids[coding.id] = standing[_place(moved)]
                continue
            standing[_place(moved)] = coding.id
            # A coding that was withdrawn here still holds its id, so the one that comes in gets
            # another.
            new.append(replace(moved, id="") if coding.id in ids else moved)
        message = "The project has them already."
        self._note(LossKind.CHANGED, "codings", len(self._read.codings) - len(new), message)
        stored = {_place(c): c.id for c in self._store.add_codings(new, self._coder)}
        self._ids |= {c.id: stored[_place(c)] for c in new if c.id}
        for coding in self._read.codings:
            if coding.id not in self._ids:
                place = (
                    self._names[coding.transcript],
                    coding.span,
                    self._paths[coding.code],
                    coding.coder,
                    coding.round if coding.round in rounds else "",
                )
                self._ids[coding.id] = stored[place]

    def _cases(self) -> None:
        stored_cases = {case.name: case for case in self._store.cases()}
        transcripts = {t.name for t in self._store.transcripts()}
        values: list[Case] = []
        for case in self._read.cases:
            before = stored_cases.get(case.name, Case(case.name))
            imported_parts = (
                replace(part, transcript=self._names.get(part.transcript, part.transcript))
                for part in case.participations
            )
            parts = {
                part.transcript: part
                # What this project says of a respondent goes before what the file says.
                for part in (*imported_parts, *before.participations)
                if part.transcript in transcripts
            }
            names = dict.fromkeys((*before.transcripts, *parts))
            values.append(
                Case(
                    case.name,
                    FrozenMap({**case.attributes, **before.attributes}),
                    tuple(parts[name] for name in names if name in parts),
                )
            )
        self._store.put_cases(values, self._coder)

    def _memos(self) -> None:
        stored_memos = {(m.target_kind, m.target, m.text, m.author) for m in self._store.memos()}
        without_target = 0
        # Groups of documents and cases are attributes; a memo keeps what an attribute cannot.
        kept = [set_ for set_ in self._read.sets if set_.codes or set_.description.strip()]
        sets = (Memo("", MemoTarget.PROJECT, "", _words(set_), "") for set_ in kept)
        for memo in (*self._read.memos, *sets):
            moved = replace(memo, target=self._target(memo))
            if (moved.target_kind, moved.target, moved.text, moved.author) in stored_memos:
                continue
            try:
                self._add_memo(moved)
            except QualcodeError:
                without_target += 1
        self._note(LossKind.NOT_TAKEN, "memos", without_target, "What they are about is not there.")
        message = "They became memos on the project."
        self._note(LossKind.CHANGED, "sets", len(kept), message)

    def _add_memo(self, memo: Memo) -> None:
        try:
            self._store.add_memo(memo, self._coder)
        except DuplicateError:
            self._store.add_memo(replace(memo, id=""), self._coder)

    def _target(self, memo: Memo) -> str:
        target = memo.target
        if memo.target_kind is MemoTarget.CODE:
            return self._paths.get(target, target)
        if memo.target_kind is MemoTarget.CODING:
            return self._ids.get(target, target)
        if memo.target_kind is MemoTarget.TRANSCRIPT:
            return self._names.get(target, target)
        if memo.target_kind is MemoTarget.TURN:
            name, _, number = target.rpartition("#")
            return f"{self._names.get(name, name)}#{number}"
        return target

    def _rest(self) -> None:
        store, read, coder = self._store, self._read, self._coder
        guides = {guide.name for guide in store.guides()}
        for guide in read.guides:
            if guide.name not in guides:
                store.put_guide(guide, coder)
        # A disagreement that was decided on here keeps its decision.
        decided = {decision.disagreement for decision in store.decisions()}
        store.add_decisions(
            [
                replace(
                    decision,
                    transcript=self._names.get(decision.transcript, decision.transcript),
                    code=self._paths.get(decision.code, decision.code),
                )
                for decision in read.decisions
                if decision.disagreement not in decided
            ],
            coder,
        )
        standing = {coding.id for coding in store.codings(hidden=True)}
        chosen = {self._ids.get(key, key) for key in read.chosen} & standing
        if chosen:
            store.choose(sorted(chosen - store.chosen()), chosen=True, who=coder)
        for coding, text in read.excerpts.items():
            if self._ids.get(coding, coding) in standing:
                store.set_excerpt(self._ids.get(coding, coding), text, coder)
        self._settings()

    def _settings(self) -> None:
        if self._read.variable_types:
            types = {**self._read.variable_types, **self._store.setting(VARIABLE_TYPES, {})}
            self._store.set_setting(VARIABLE_TYPES, types, self._coder)
        if self._read.events:
            before_events = self._store.setting(IMPORTED_HISTORY, [])
            events = [packed_event(event) for event in self._read.events]
            self._store.set_setting(IMPORTED_HISTORY, [*before_events, *events], self._coder)


def _free(name: str, names: set[str]) -> str:
    number, free = 1, name
    while free in names:
        number += 1
        free = f"{name} ({number})"
    return free


def _with_id(code: Code, saved: Code) -> Code:
    return replace(code, id=saved.id)


def _place(coding: Coding) -> tuple[str, Span, str, str, str]:
    return coding.transcript, coding.span, coding.code, coding.coder, coding.round


def _words(set_: ExchangeSet) -> str:
    lines = [f"Set '{set_.name}'", set_.description]
    lines += [f"code {path}" for path in set_.codes]
    lines += [Message("transcript {name}", name=name) for name in set_.sources]
    lines += [Message("case {name}", name=name) for name in set_.cases]
    return "\n".join(line for line in lines if line)


def packed_event(event: Event) -> dict[str, Any]:
    """Return an event as JSON values."""
    return asdict(event) | {"at": event.at.isoformat()}


def unpacked_event(item: Mapping[str, Any]) -> Event:
    """Return the event of its JSON values."""
    return Event(**{**item, "at": datetime.fromisoformat(item["at"])})
