"""The verbs of exchange: a whole project from and to a file of another program.

Taking a file in is one step of the history: all of it is kept or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import codebook_editing
from qualcode.errors import DuplicateError, InvalidCodebookError, Problem, QualcodeError
from qualcode.exporting.refi import (
    refi_problems,
    without_names,
    write_refi,
    write_refi_codebook,
)
from qualcode.importing.refi import read_refi
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
from qualcode.project.showing import Showing
from qualcode.project.work import CONFIRMED

if TYPE_CHECKING:
    from qualcode.storage import Store

IMPORTED_HISTORY = "imported_history"
"""Setting that keeps the events of projects that were taken in."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What goes into a file for another program.

    Attributes:
        real_names: Keep the names of coders; else they are ``coder 1``, ``coder 2``, ...
        originals: Put the files in that the transcripts were read from.
        position_unit: ``codepoint``, or ``utf16`` for NVivo.
    """

    real_names: bool = False
    originals: bool = True
    position_unit: str = "codepoint"


class Exchange(Showing):
    """An open project, with what goes to other programs and comes from them."""

    def exchange(self) -> ExchangeProject:
        """Return all of the project, as it travels."""
        store = self._store
        names = [t.name for t in store.transcripts()]
        codings = store.codings()
        consensus = [CONSENSUS] if any(c.coder == CONSENSUS for c in codings) else []
        before = map(unpacked_event, store.setting(IMPORTED_HISTORY, []))
        return ExchangeProject(
            name=self.name,
            language=self.language,
            sources=tuple(
                ExchangeSource(transcript, store.original(transcript.name))
                for transcript in store.transcripts()
            ),
            codebook=store.codebook(),
            coders=(*store.coders(), *consensus),
            codings=codings,
            cases=store.cases(),
            memos=store.memos(),
            rounds=store.rounds(),
            guides=store.guides(),
            decisions=store.decisions(),
            events=(*before, *store.events()),
            chosen=store.chosen(),
            excerpts=FrozenMap(store.excerpts()),
            confirmed=self.confirmed_speakers() & frozenset(names),
        )

    def export_project(
        self, path: Path, options: ExportOptions | None = None
    ) -> tuple[Problem, ...]:
        """Write the project as ``.qdpx``, valid by the standard; the same bytes each time.

        Args:
            path: Where to write.
            options: What goes in.

        Returns:
            What to know before sending the file.

        Raises:
            InvalidValueError: another unit of positions.
            UnsupportedFormatError: another suffix.
            WriteError: the file cannot be written.
        """
        wanted = options or ExportOptions()
        whole = self.exchange()
        if not wanted.originals:
            whole = replace(
                whole, sources=tuple(replace(one, original=None) for one in whole.sources)
            )
        if not wanted.real_names:
            whole = without_names(whole)
        created = self._store.info().created_at
        write_refi(whole, path, created=created, position_unit=wanted.position_unit)
        hidden = tuple(
            Problem(one.name, "This round is blind and open: codings that it hides are left out.")
            for one in self._store.bound()
        )
        return (*hidden, *refi_problems(whole, wanted.position_unit))

    def export_codebook(self, path: Path, version: int | None = None) -> None:
        """Write a version of the codebook as ``.yaml``, ``.csv`` or ``.qdc``."""
        if path.suffix.casefold() == ".qdc":
            write_refi_codebook(self.codebook(version), path)
        else:
            super().export_codebook(path, version)

    def import_codebook(self, path: Path, who: str = "") -> tuple[Codebook, tuple[Problem, ...]]:
        """Read a codebook file (``.qdc`` too) as the first or next version.

        Codes that an existing codebook has and the file has not are retired, not lost.
        """
        if path.suffix.casefold() != ".qdc":
            return super().import_codebook(path, who)
        read = read_refi(path, language=self.language)
        if read.codebook is None:
            raise InvalidCodebookError(f"'{path.name}' has no codes.")
        current = self._store.codebook()
        book = codebook_editing.adopt(current, read.codebook) if current else read.codebook
        odd = (loss for loss in read.losses if loss.kind is not LossKind.TAKEN)
        problems = tuple(Problem(path.name, str(loss)) for loss in odd)
        return self._save(book, who, f"read from {path.name}"), problems

    def import_refi(self, path: Path, who: str = "") -> ExchangeProject:
        """Take a ``.qdpx`` project or ``.qdc`` codebook into the project, as one step.

        Texts that the project has already are recognised, so that the files of two coders
        become one project; codes that it has stay as they are.

        Args:
            path: The file.
            who: Who imports.

        Returns:
            What was read; its ``losses`` also say what could not be put into this project.

        Raises:
            UnreadableFileError: the file cannot be read; the project is unchanged.
        """
        return self.take_in(read_refi(path, language=self.language), who)

    def take_in(self, read: ExchangeProject, who: str = "") -> ExchangeProject:
        """Put a project that was read into this one; see :meth:`import_refi`."""
        with self.step(who):
            taker = _Taker(self._store, read, who)
            taker.take()
        self._texts = None
        return replace(read, losses=(*read.losses, *taker.losses))


class _Taker:
    """Puts one project into a store; each method one part of it, in order of need."""

    def __init__(self, store: Store, read: ExchangeProject, who: str) -> None:
        self.losses: list[Loss] = []
        self._store = store
        self._read = read
        self._who = who
        self._names: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def take(self) -> None:
        """Put everything in."""
        self._sources()
        final = self._codebook()
        self._people()
        rounds = self._rounds()
        self._codings()
        for one in rounds:
            self._store.put_round(one, self._who)
        if final is not None:
            self._store.save_codebook(final, self._who, "retired codes")
        self._cases()
        self._memos()
        self._rest()

    def _note(self, kind: LossKind, what: str, count: int, message: str) -> None:
        if count:
            self.losses.append(Loss(kind, what, count, message))

    def _sources(self) -> None:
        known = {t.sha256: t.name for t in self._store.transcripts()}
        taken = set(known.values())
        same = 0
        for source in self._read.sources:
            transcript = source.transcript
            if transcript.sha256 in known:
                same += 1
            else:
                name = _free(transcript.name, taken)
                taken.add(name)
                known[transcript.sha256] = name
                self._add_source(replace(transcript, name=name), source)
            self._names[transcript.name] = known[transcript.sha256]
        message = "The project has their text already; codings went to that."
        self._note(LossKind.CHANGED, "sources", same, message)

    def _add_source(self, transcript: Transcript, source: ExchangeSource) -> None:
        alone = Original(transcript.source_file or transcript.name, transcript.text.encode())
        try:
            self._store.add_transcript(transcript, source.original or alone, self._who)
        except DuplicateError:
            self._store.add_transcript(transcript, alone, self._who)
            message = "The file they came from belongs to another source, too; their text is kept."
            self._note(LossKind.CHANGED, "sources", 1, message)

    def _codebook(self) -> Codebook | None:
        """Save the codebook; return the one to save once retired codes have their codings."""
        read, current = self._read.codebook, self._store.codebook()
        if read is None:
            return None
        if current is None:
            book, self._paths = read, {path: path for path in read.paths}
        else:
            book, self._paths = codebook_editing.combine(current, read)
        used = {self._paths[coding.code] for coding in self._read.codings}
        retired = {code.path for code in book.codes if code.retired} & used
        usable = replace(
            book,
            codes=tuple(
                replace(c, retired=False, merged_into="") if c.path in retired else c
                for c in book.codes
            ),
        )
        if current is None or book is not current or retired:
            note = f"read from {self._read.name}"
            saved = self._store.save_codebook(usable, self._who, note)
            book = replace(book, codes=tuple(map(_with_id, book.codes, saved.codes)))
        return book if retired else None

    def _people(self) -> None:
        own = bool(self._read.rounds or self._read.events)
        used = {c.coder for c in self._read.codings} | {m.author for m in self._read.memos}
        wanted = [name for name in self._read.coders if own or name in used]
        for name in dict.fromkeys((*wanted, *(c.coder for c in self._read.codings))):
            if name != CONSENSUS:
                self._store.add_coder(name, self._who)
        idle = len(self._read.coders) - len(wanted)
        self._note(LossKind.NOT_TAKEN, "coders", idle, "They coded nothing and wrote no memo.")

    def _rounds(self) -> list[Round]:
        """Store the rounds, open; return those to store again once they have their codings."""
        known = {one.name for one in self._store.rounds()}
        there = {t.name for t in self._store.transcripts()}
        book = self._store.codebook()
        found: list[Round] = []
        for one in self._read.rounds:
            names = (self._names.get(name, name) for name in one.transcripts)
            whole = replace(
                one,
                transcripts=tuple(name for name in names if name in there),
                codebook_version=book.version if book else 1,
            )
            if one.name not in known:
                found.append(whole)
                self._store.put_round(replace(whole, closed=False, handed_in=()), self._who)
        return found

    def _codings(self) -> None:
        book = self._store.codebook()
        before = self._store.codings(include_withdrawn=True, hidden=True)
        standing = {_place(c): c.id for c in before if c.withdrawn_at is None}
        ids = {coding.id for coding in before}
        rounds = {one.name for one in self._store.rounds()}
        new: list[Coding] = []
        for coding in self._read.codings:
            moved = replace(
                coding,
                transcript=self._names[coding.transcript],
                code=self._paths[coding.code],
                codebook_version=book.version if book else 1,
                round=coding.round if coding.round in rounds else "",
            )
            if _place(moved) in standing:
                self._ids[coding.id] = standing[_place(moved)]
                continue
            standing[_place(moved)] = coding.id
            new.append(replace(moved, id="") if coding.id in ids else moved)
        message = "The project has them already."
        self._note(LossKind.CHANGED, "codings", len(self._read.codings) - len(new), message)
        stored = {_place(c): c.id for c in self._store.add_codings(new, self._who)}
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
        known = {case.name: case for case in self._store.cases()}
        there = {t.name for t in self._store.transcripts()}
        values: list[Case] = []
        for case in self._read.cases:
            names = [self._names.get(name, name) for name in case.transcripts]
            before = known.get(case.name, Case(case.name))
            values.append(
                Case(
                    case.name,
                    FrozenMap({**case.attributes, **before.attributes}),
                    tuple(dict.fromkeys(n for n in (*before.transcripts, *names) if n in there)),
                )
            )
        self._store.put_cases(values, self._who)

    def _memos(self) -> None:
        known = {(m.target_kind, m.target, m.text, m.author) for m in self._store.memos()}
        lost = 0
        sets = (Memo("", MemoTarget.PROJECT, "", _words(one), "") for one in self._read.sets)
        for memo in (*self._read.memos, *sets):
            moved = replace(memo, target=self._target(memo))
            if (moved.target_kind, moved.target, moved.text, moved.author) in known:
                continue
            try:
                self._add_memo(moved)
            except QualcodeError:
                lost += 1
        self._note(LossKind.NOT_TAKEN, "memos", lost, "What they are about is not there.")
        message = "They became memos on the project."
        self._note(LossKind.CHANGED, "sets", len(self._read.sets), message)

    def _add_memo(self, memo: Memo) -> None:
        try:
            self._store.add_memo(memo, self._who)
        except DuplicateError:
            self._store.add_memo(replace(memo, id=""), self._who)

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
        store, read, who = self._store, self._read, self._who
        guides = {guide.name for guide in store.guides()}
        for guide in read.guides:
            if guide.name not in guides:
                store.put_guide(guide, who)
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
            who,
        )
        standing = {coding.id for coding in store.codings(hidden=True)}
        chosen = {self._ids.get(one, one) for one in read.chosen} & standing
        if chosen:
            store.choose(sorted(chosen - store.chosen()), chosen=True, who=who)
        for coding, text in read.excerpts.items():
            if self._ids.get(coding, coding) in standing:
                store.set_excerpt(self._ids.get(coding, coding), text, who)
        self._settings()

    def _settings(self) -> None:
        confirmed = {self._names.get(name, name) for name in self._read.confirmed}
        if confirmed:
            before = set(self._store.setting(CONFIRMED, []))
            self._store.set_setting(CONFIRMED, sorted(before | confirmed), self._who)
        if self._read.events:
            before_events = self._store.setting(IMPORTED_HISTORY, [])
            events = [packed_event(event) for event in self._read.events]
            self._store.set_setting(IMPORTED_HISTORY, [*before_events, *events], self._who)


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _with_id(code: Code, saved: Code) -> Code:
    return replace(code, id=saved.id)


def _place(coding: Coding) -> tuple[str, Span, str, str, str]:
    return coding.transcript, coding.span, coding.code, coding.coder, coding.round


def _words(one: ExchangeSet) -> str:
    lines = [f"Set '{one.name}'", one.description]
    lines += [f"code {path}" for path in one.codes]
    lines += [f"transcript {name}" for name in one.sources]
    return "\n".join(line for line in lines if line)


def packed_event(event: Event) -> dict[str, Any]:
    """Return an event as JSON values."""
    return asdict(event) | {"at": event.at.isoformat()}


def unpacked_event(item: Mapping[str, Any]) -> Event:
    """Return the event of its JSON values."""
    return Event(**{**item, "at": datetime.fromisoformat(item["at"])})
