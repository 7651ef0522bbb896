"""The verbs of exchange: a whole project from and to a file of another program.

Taking a file in is one step of the history: all of it is kept or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode import codebook_edits, codebooks
from qualcode.errors import InvalidCodebookError, Problem
from qualcode.exporting.interchange.plain_table import write_rows
from qualcode.exporting.interchange.program_tables import write_tool_table
from qualcode.exporting.interchange.project_folder import write_folder
from qualcode.exporting.interchange.refi import (
    refi_problems,
    without_names,
    write_refi,
    write_refi_codebook,
)
from qualcode.exporting.interchange.word_comments import write_commented
from qualcode.exporting.reports.codebook import write_codebook_docx
from qualcode.importing.cases import transcript_name
from qualcode.importing.codebook_tables import read_codebook_rows
from qualcode.importing.docx_comments import read_docx_comments
from qualcode.importing.exchange import read_exchange
from qualcode.importing.other_tools import ToolRow, read_tool_table
from qualcode.importing.project_folder import CODEBOOK_FILE, is_project_folder, read_project_folder
from qualcode.importing.refi import read_refi
from qualcode.model import (
    CONSENSUS,
    Codebook,
    Coding,
    CodingRow,
    Event,
    ExchangeProject,
    ExchangeSource,
    FrozenMap,
    LossKind,
    Transcript,
)
from qualcode.placement import place_rows
from qualcode.project.comments import read_comments
from qualcode.project.showing import Showing
from qualcode.project.taking_in import IMPORTED_HISTORY, Taker, unpacked_event
from qualcode.project.withholding import RealNames
from qualcode.project.work import CONFIRMED

_NUMBERED = re.compile(r"(?:[DP] ?)?\d+(?:: ?| )")
"""How ATLAS.ti numbers the names of documents: ``D 1: G01``."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What goes into a file for another program.

    Attributes:
        real_names: Keep the names of coders; else they are ``coder A``, ``coder B``, ...
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
            earlier=tuple(
                book
                for one in store.codebook_versions()[:-1]
                if (book := store.codebook(one.version)) is not None
            ),
            coders=(*store.coders(), *consensus),
            codings=codings,
            cases=store.cases(),
            memos=store.memos(),
            rounds=store.rounds(),
            guides=store.guides(),
            decisions=store.decisions(),
            events=(*before, *map(_without_setting, store.events())),
            chosen=store.chosen(),
            excerpts=FrozenMap(store.excerpts()),
            confirmed=self.confirmed_speakers() & frozenset(names),
        )

    def export_project(
        self, path: Path, options: ExportOptions | None = None
    ) -> tuple[Problem, ...]:
        """Write the project as ``.qdpx``, valid by the standard, or as a folder of plain text.

        The same project gives the same bytes each time.

        Args:
            path: A ``.qdpx`` file; a name without suffix is a folder.
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
        if path.suffix:
            created = self._store.info().created_at
            write_refi(whole, path, created=created, position_unit=wanted.position_unit)
        else:
            write_folder(whole, path)
            if whole.codebook:
                codebooks.write_codebook(whole.codebook, path / CODEBOOK_FILE)
        return (*self._left_behind(), *refi_problems(whole, wanted.position_unit))

    def _left_behind(self) -> tuple[Problem, ...]:
        """Return what does not travel: hidden codings, and those that were withdrawn."""
        hidden = "This round is blind and open: codings that it hides are left out."
        rounds = tuple(Problem(one.name, hidden) for one in self._store.bound())
        every = self._store.codings(include_withdrawn=True)
        count = sum(coding.withdrawn_at is not None for coding in every)
        if not count:
            return rounds
        message = f"{count} withdrawn coding(s) stay behind; the history in the file tells of them."
        hint = "For a copy with everything in it: qualcode backup FILE"
        return (*rounds, Problem(self.name, message, hint))

    def export_codebook(self, path: Path, version: int | None = None) -> None:
        """Write a version of the codebook as yaml, csv, qdc, xlsx or docx, by the suffix."""
        suffix, book = path.suffix.casefold(), self.codebook(version)
        created = self._store.info().created_at
        titles, rows = codebooks.rows_of_codebook(book)
        if suffix == ".qdc":
            write_refi_codebook(book, path)
        elif suffix == ".xlsx":
            write_rows("codebook", titles, rows, path, created=created)
        elif suffix == ".docx":
            title = book.title.in_language(book.language) or book.name
            write_codebook_docx(title, titles, rows, path, created=created)
        else:
            super().export_codebook(path, version)

    def import_codebook(self, path: Path, who: str = "") -> tuple[Codebook, tuple[Problem, ...]]:
        """Read a codebook file (``.yaml``, ``.csv``, ``.qdc``, ``.xlsx``, ``.docx``) as a version.

        Codes that an existing codebook has and the file has not are retired, not lost.
        """
        suffix = path.suffix.casefold()
        if suffix not in {".qdc", ".xlsx", ".docx"}:
            return super().import_codebook(path, who)
        if suffix == ".qdc":
            found, problems = self._read_qdc(path)
        else:
            rows = read_codebook_rows(path)
            found, problems = codebooks.codebook_from_rows(rows, path.name)
        current = self._store.codebook()
        book = codebook_edits.adopt_codebook(current, found) if current else found
        return self._save(book, who, f"read from {path.name}"), problems

    def _read_qdc(self, path: Path) -> tuple[Codebook, tuple[Problem, ...]]:
        read = read_refi(path, language=self.language)
        if read.codebook is None:
            raise InvalidCodebookError(f"'{path.name}' has no codes.")
        odd = (loss for loss in read.losses if loss.kind is not LossKind.TAKEN)
        return read.codebook, tuple(Problem(path.name, str(loss)) for loss in odd)

    def import_tool_table(
        self, path: Path, tool: str, *, coder: str = "", who: str = ""
    ) -> tuple[tuple[Coding, ...], tuple[Problem, ...]]:
        """Read codings from a table of another program; codes that lack are added.

        Args:
            path: A csv or xlsx file.
            tool: ``atlas.ti``, ``maxqda``, ``qualcoder`` or ``taguette``.
            coder: Whose codings they are where the table does not say.
            who: Who imports; the coder by default.

        Returns:
            The codings, and a problem for each row that was not found or is ambiguous.
        """
        rows, problems = read_tool_table(path, tool)
        known = {_bare(t.name): t for t in self.collect_transcripts()}
        current = self._store.codebook() or Codebook(self.name, (), language=self.language)
        book, paths = codebook_edits.add_labelled_codes(current, (one.labels for one in rows))
        with self.step(who or coder):
            if book.codes != current.codes or not current.codes:
                book = self._save(book, who or coder, f"read from {path.name}")
            placed, wrong = place_rows(
                [_in_text(one, paths, known) for one in rows],
                {t.name: t for t in known.values()},
                book,
                file=path.name,
                coder=coder,
            )
            standing = {
                (c.transcript, c.span, c.code, c.coder) for c in self._store.codings(hidden=True)
            }
            new = [p for p in placed if (p.transcript, p.span, p.code, p.coder) not in standing]
            codings = self._add(new, origin=f"table:{path.name}", round_="", who=who or coder)
        return codings, (*problems, *wrong)

    def import_commented(
        self, path: Path, *, coder: str = "", who: str = ""
    ) -> tuple[ExchangeProject, tuple[Problem, ...]]:
        """Read a Word document whose comments name codes, split at ``;``, as codings.

        What a comment says besides codes is the memo; one that names no code is a memo on the
        transcript. A text that the project has already gets the codings.

        Args:
            path: The ``.docx`` file.
            coder: Whose codings they are; the author of each comment by default.
            who: Who imports.

        Returns:
            What was taken, with its losses, and what was odd.
        """
        found = read_docx_comments(path, language=self.language)
        read = read_comments(found, self.codebook(), coder, path.name)
        return self.take_in(read, who), found.problems

    def export_commented(
        self, name: str, path: Path, *, layer: str = "all", real_names: bool = False
    ) -> None:
        """Write a transcript as Word document with its codings as comments; see :meth:`layer`."""
        transcript = self.transcript(name)
        codings = tuple(c for c in self.layer(layer) if c.transcript == name)
        codings = self.for_others(codings, RealNames(coders=real_names, transcripts=True))
        created = self._store.info().created_at
        write_commented(transcript, codings, self.codebook(), path, created=created)

    def export_tool_table(
        self, path: Path, tool: str, layer: str = "all", *, real_names: bool = False
    ) -> None:
        """Write codings as csv or xlsx in the layout of another program; see :meth:`layer`."""
        codings = self.layer(layer)
        write_tool_table(
            self.for_others(codings, RealNames(coders=real_names, transcripts=True)),
            self.codebook(),
            {t.name: t for t in self.collect_transcripts()},
            path,
            tool=tool,
            created=self._store.info().created_at,
        )

    def import_refi(self, path: Path, who: str = "") -> ExchangeProject:
        """Take a project of another program into this one, as one step of the history.

        Texts that the project has already are recognised, so that the files of two coders
        become one project; codes that it has stay as they are.

        Args:
            path: A ``.qdpx`` project, ``.qdc`` codebook, Taguette's ``.sqlite3``, or a folder
                that :meth:`export_project` wrote.
            who: Who imports.

        Returns:
            What was read; its ``losses`` also say what could not be put into this project.

        Raises:
            UnreadableFileError: the file cannot be read; the project is unchanged.
        """
        if is_project_folder(path):
            return self.take_in(_read_folder(path), who)
        return self.take_in(read_exchange(path, language=self.language), who)

    def take_in(self, read: ExchangeProject, who: str = "") -> ExchangeProject:
        """Put a project that was read into this one; see :meth:`import_refi`."""
        for coder in dict.fromkeys(coding.coder for coding in read.codings):
            self._refuse_for_another(coder)
        with self.step(who):
            taker = Taker(self._store, read, who)
            taker.take()
        self._texts = None
        return replace(read, losses=(*read.losses, *taker.losses))


def _without_setting(event: Event) -> Event:
    """Return an event; what a setting holds stays here: it may be names, or a whole history."""
    if event.action != "setting.set" or event.target == CONFIRMED:
        return event
    return replace(event, before="", after="")


def _read_folder(folder: Path) -> ExchangeProject:
    read, version = read_project_folder(folder)
    if not version:
        return read
    book, _ = codebooks.read_codebook(folder / CODEBOOK_FILE)
    return replace(read, codebook=replace(book, version=version))


def _bare(name: str) -> str:
    """Return the name of a transcript as tables of other programs give it: without a suffix."""
    return transcript_name(name)


def _in_text(
    one: ToolRow, paths: Mapping[tuple[str, ...], str], known: Mapping[str, Transcript]
) -> CodingRow:
    """Return a row with our code and transcript, and its paragraph as a place to look near."""
    name = one.row.transcript
    transcript = known.get(name) or known.get(_bare(_NUMBERED.sub("", name)))
    row = replace(one.row, code=paths[one.labels])
    if transcript is None:
        return row
    row = replace(row, transcript=transcript.name)
    if one.paragraph is None or row.start is not None:
        return row
    lines = transcript.text.split("\n")[: max(0, one.paragraph - 1)]
    start = min(sum(len(line) + 1 for line in lines), len(transcript.text) - 1)
    return replace(row, start=start, end=start + 1)
