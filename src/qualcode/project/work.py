"""The verbs of the work: open, import, segment, code, edit the codebook, look back.

Joins the steps and the store; computes nothing itself. What is drawn from the codings
(agreement, themes, quotes, tables) is in ``analysis``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from qualcode import codebook_editing as editing
from qualcode import codebooks, importing, segmenting
from qualcode.errors import (
    ConflictError,
    InvalidTableError,
    Problem,
    QualcodeError,
    UndefinedRequestError,
    unknown_name,
)
from qualcode.model import (
    Case,
    Code,
    Codebook,
    CodeChange,
    Coding,
    Event,
    Guide,
    Memo,
    MemoTarget,
    Role,
    Round,
    Segment,
    SegmentKind,
    Span,
    Transcript,
    compare_codebooks,
)
from qualcode.placing import Placement, place_rows

if TYPE_CHECKING:
    from qualcode.importing import ReadResult
    from qualcode.storage import CodebookVersion, Store

CONFIRMED = "speakers_confirmed"


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of importing one file.

    Attributes:
        path: The file.
        read: What was read; None where it was refused.
        refused: Why it was not imported; ``""`` where it was.
    """

    path: Path
    read: ReadResult | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class CodebookChange:
    """A new version of the codebook, and the codings to look at again because of it."""

    codebook: Codebook
    look_again: tuple[Coding, ...] = ()


class Workspace:
    """An open project: transcripts, codebook, codings and their history.

    Use :meth:`create` or :meth:`open`, as a context manager. Names of people are taken as
    ``who``; ``""`` where nobody is named.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._texts: dict[str, Transcript] | None = None

    @classmethod
    def create(cls, target: Path | str, *, name: str = "", language: str = "nl") -> Self:
        """Make a new project file.

        Args:
            target: Path of the file to make, or the URL of a PostgreSQL database.
            name: Name of the study; the file's stem by default.
            language: Language of the transcripts.

        Raises:
            ProjectError: the file is there already, or cannot be made.
        """
        from qualcode.storage import Store

        title = name or Path(str(target).rpartition("/")[2]).stem or "study"
        return cls(Store.create(target, name=title, language=language))

    @classmethod
    def open(cls, target: Path | str) -> Self:
        """Open a project, upgrading an older file after a backup, and verify its quotes.

        Raises:
            ProjectError: it is not there, not a project, newer than this program, or damaged.
        """
        from qualcode.storage import Store

        return cls(Store.open(target))

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
            roles: Confirmed roles by speaker label; proposed ones are taken where None.
            who: Who imports.
        """
        for path in paths:
            try:
                read = importing.read_transcript(path, language=self.language, roles=roles)
                self.add_transcript(read, confirmed=roles is not None, who=who)
            except QualcodeError as error:
                yield ImportResult(path, None, str(error))
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
        """Read the respondents and their attributes from a csv or xlsx table."""
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
        kept = (
            replace(case, transcripts=tuple(t for t in case.transcripts if t in known))
            for case in cases
        )
        self._store.put_cases(tuple(kept), who)
        return (*problems, *missing)

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

    # --- codebook ----------------------------------------------------------------------------

    def codebook(self, version: int | None = None) -> Codebook:
        """Return the codebook: the newest version, or the one asked for.

        Raises:
            UndefinedRequestError: the project has no codebook yet.
        """
        book = self._store.codebook(version)
        if book is None:
            raise UndefinedRequestError(
                "The project has no codebook yet. Add one: qualcode codebook import FILE.yaml"
            )
        return book

    def codebook_versions(self) -> tuple[CodebookVersion, ...]:
        """Return number, time, author and note of each version, oldest first."""
        return tuple(self._store.codebook_versions())

    def import_codebook(self, path: Path, who: str = "") -> tuple[Codebook, tuple[Problem, ...]]:
        """Read a codebook file as the first or next version.

        Codes that an existing codebook has and the file has not are retired, not lost.
        """
        read, problems = codebooks.read_codebook(path)
        current = self._store.codebook()
        book = editing.adopt(current, read) if current else read
        return self._save(book, who, f"read from {path.name}"), problems

    def export_codebook(self, path: Path, version: int | None = None) -> None:
        """Write a version of the codebook as ``.yaml`` or ``.csv``."""
        codebooks.write_codebook(self.codebook(version), path)

    def add_code(self, code: Code, who: str = "") -> CodebookChange:
        """Add a code, last under its parent."""
        return self._change(editing.add_code(self.codebook(), code), who, f"added {code.path}")

    def edit_code(self, path: str, who: str = "", **fields: Any) -> CodebookChange:
        """Change texts, terms, colour or attributes of a code."""
        return self._change(
            editing.edit_code(self.codebook(), path, **fields), who, f"edited {path}"
        )

    def rename_code(self, path: str, name: str, who: str = "") -> CodebookChange:
        """Change the last part of a code's path; its codings follow."""
        book = editing.rename_code(self.codebook(), path, name)
        return self._change(book, who, f"renamed {path} to {name}")

    def move_code(self, path: str, parent: str, who: str = "") -> CodebookChange:
        """Put a code, and those below it, under another parent; its codings follow."""
        book = editing.move_code(self.codebook(), path, parent)
        return self._change(book, who, f"moved {path} to {parent or 'the top'}")

    def merge_codes(self, path: str, into: str, who: str = "") -> CodebookChange:
        """Merge a code into another; its codings follow and are to be looked at again."""
        affected = self.collect_codings(code=path)
        book = editing.merge_codes(self.codebook(), path, into)
        return self._change(book, who, f"merged {path} into {into}", affected)

    def split_code(self, path: str, names: Sequence[str], who: str = "") -> CodebookChange:
        """Split a code into new ones beside it; its codings are to be looked at again."""
        affected = self.collect_codings(code=path)
        book = editing.split_code(self.codebook(), path, names)
        return self._change(book, who, f"split {path} into {', '.join(names)}", affected)

    def retire_code(self, path: str, who: str = "") -> CodebookChange:
        """Stop offering a code; its codings stay and are to be looked at again."""
        affected = self.collect_codings(code=path)
        return self._change(
            editing.retire_code(self.codebook(), path), who, f"retired {path}", affected
        )

    def restore_code(self, path: str, who: str = "") -> CodebookChange:
        """Offer a retired code again."""
        return self._change(editing.restore_code(self.codebook(), path), who, f"restored {path}")

    def codebook_diff(self, old: int, new: int | None = None) -> tuple[CodeChange, ...]:
        """Return what changed from one version of the codebook to another (the newest)."""
        return compare_codebooks(self.codebook(old), self.codebook(new))

    def _change(
        self, book: Codebook, who: str, note: str, look_again: tuple[Coding, ...] = ()
    ) -> CodebookChange:
        return CodebookChange(self._save(book, who, note), look_again)

    def _save(self, book: Codebook, who: str, note: str) -> Codebook:
        return self._store.save_codebook(book, who, note)

    # --- coders, rounds, codings, memos --------------------------------------------------------

    def add_coder(self, name: str, who: str = "") -> None:
        """Add a coder; one that is there already is left alone."""
        self._store.add_coder(name, who or name)

    def coders(self) -> tuple[str, ...]:
        """Return the names of the coders, ``consensus`` included once it has codings."""
        return tuple(self._store.coders())

    def add_round(self, round_: Round, who: str = "") -> None:
        """Add a round of coding, or change one that is there."""
        self._store.put_round(round_, who)

    def rounds(self) -> tuple[Round, ...]:
        """Return the rounds."""
        return tuple(self._store.rounds())

    def code(
        self,
        transcript: str,
        span: Span,
        code: str,
        coder: str,
        *,
        memo: str = "",
        round: str = "",  # noqa: A002 - the project's word for it
    ) -> Coding:
        """Give a passage a code.

        Args:
            transcript: Name of the transcript.
            span: The passage, in code points.
            code: Path of the code.
            coder: Who codes.
            memo: A note on it.
            round: The round it belongs to.

        Raises:
            UnknownNameError: no such transcript or code.
            InvalidValueError: the span lies outside the text.
            DuplicateError: this coder gave this passage this code already.
        """
        row = Placement(transcript, span, code, coder, memo)
        return self._add((row,), origin="manual", round_=round, who=coder)[0]

    def code_from_table(
        self,
        path: Path,
        *,
        coder: str = "",
        round: str = "",  # noqa: A002 - the project's word for it
        partial: bool = False,
        who: str = "",
    ) -> tuple[tuple[Coding, ...], tuple[Problem, ...]]:
        """Read codings from a csv or xlsx table: all of them, or none.

        Args:
            path: The table: transcript, start, end, quote, code, coder, memo.
            coder: Whose codings they are where the table does not say.
            round: The round they belong to.
            partial: Take the rows that fit and report the others, instead of refusing all.
            who: Who imports; the coder by default.

        Raises:
            InvalidTableError: columns are missing, or rows do not fit; carries each row's
                problem.
        """
        rows, problems = importing.read_codings(path)
        placed, wrong = place_rows(
            rows,
            {t.name: t for t in self.collect_transcripts()},
            self.codebook(),
            file=path.name,
            coder=coder,
        )
        if wrong and not partial:
            more = f" And {len(wrong) - 1} more rows do not fit." if len(wrong) > 1 else ""
            raise InvalidTableError(
                f"{wrong[0]}{more} No coding was added. Correct the table, or take only the rows "
                "that fit (--partial).",
                wrong,
            )
        codings = self._add(placed, origin=f"table:{path.name}", round_=round, who=who or coder)
        return codings, (*problems, *wrong)

    def _add(
        self, placed: Sequence[Placement], *, origin: str, round_: str, who: str
    ) -> tuple[Coding, ...]:
        version = self.codebook().version
        codings = tuple(
            Coding(
                # the store gives it one
                id="",
                transcript=row.transcript,
                span=row.span,
                quote=row.span.of(self.transcript(row.transcript).text),
                code=row.code,
                coder=row.coder,
                round=round_,
                codebook_version=version,
                memo=row.memo,
                origin=origin,
            )
            for row in placed
        )
        with self._store.step(who):
            for coder in dict.fromkeys(row.coder for row in placed):
                self._store.add_coder(coder, who)
            return tuple(self._store.add_codings(codings, who))

    def withdraw(self, ids: Iterable[str], who: str) -> None:
        """Withdraw codings; they stay in the history."""
        self._store.withdraw_codings(tuple(ids), who)

    def collect_codings(
        self,
        *,
        transcript: str | None = None,
        coder: str | None = None,
        round: str | None = None,  # noqa: A002 - the project's word for it
        code: str | None = None,
    ) -> tuple[Coding, ...]:
        """Return the codings that stand, by transcript and position."""
        if transcript is not None:
            self.transcript(transcript)
        if coder is not None and coder not in self.coders():
            raise unknown_name("coder", coder, self.coders(), f"project '{self.name}'")
        if code is not None:
            self.codebook().code(code)
        return tuple(
            self._store.codings(transcript=transcript, coder=coder, round=round, code=code)
        )

    def add_memo(self, kind: MemoTarget, target: str, text: str, author: str) -> Memo:
        """Attach a note to anything in the project."""
        memo = Memo("", kind, target, text, author)
        return self._store.add_memo(memo, author)

    def memos(self, kind: MemoTarget | None = None, target: str | None = None) -> tuple[Memo, ...]:
        """Return the memos, oldest first."""
        return tuple(self._store.memos(kind=kind, target=target))

    # --- history -------------------------------------------------------------------------------

    def history(self, *, who: str | None = None, limit: int | None = None) -> tuple[Event, ...]:
        """Return what was changed, newest last."""
        return tuple(self._store.events(who=who, limit=limit))

    def undo(self, who: str) -> tuple[Event, ...]:
        """Undo the last step of one coder; raises where there is nothing to undo."""
        self._texts = None
        return tuple(self._store.undo(who))

    def redo(self, who: str) -> tuple[Event, ...]:
        """Do the step that this coder undid last again."""
        self._texts = None
        return tuple(self._store.redo(who))

    def check(self) -> tuple[Problem, ...]:
        """Return everything that is wrong inside the project: none means all quotes hold."""
        return tuple(self._store.check())

    def backup(self, to: Path) -> None:
        """Copy the project to a new file while it is open."""
        if to.exists():
            raise ConflictError(f"'{to}' is there already. Give the backup another name.")
        self._store.backup(to)
