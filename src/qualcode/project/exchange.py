"""Files for other programs and other copies: the whole project, tables, a coder's package.

Taking a file in is one step of the history: all of it is kept or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import codebook_edits, codebooks, exporting, importing, quotes, tables
from qualcode.errors import Problem
from qualcode.exporting.interchange.program_tables import write_tool_table
from qualcode.exporting.interchange.project_folder import write_folder
from qualcode.exporting.interchange.word_comments import write_commented
from qualcode.importing.exchange import read_exchange
from qualcode.importing.other_tools import read_tool_table
from qualcode.messages import Message
from qualcode.model import (
    CONSENSUS,
    Codebook,
    Coding,
    Event,
    ExchangeProject,
    ExchangeSource,
    FrozenMap,
    Memo,
    MemoTarget,
    Role,
    SegmentKind,
)
from qualcode.model.coder_package import CoderPackage
from qualcode.placement import place_rows
from qualcode.project.coder_packages import PackageMerge, collect_work, merge_work
from qualcode.project.comments import CommentChoices, import_comments
from qualcode.project.held_attributes import guard_cases
from qualcode.project.import_review import IMPORTS, packed_import
from qualcode.project.imported_coders import with_known_coders
from qualcode.project.languages import with_source_languages
from qualcode.project.layers import FINAL
from qualcode.project.names import RealNames
from qualcode.project.part import Part, in_step
from qualcode.project.project_import import (
    IMPORTED_HISTORY,
    VARIABLE_TYPES,
    ProjectImport,
    combine_losses,
    unpacked_event,
)
from qualcode.project.tool_rows import bare_name, row_in_text, with_known_levels
from qualcode.project.transcripts import CONFIRMED

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.importing.survey import SurveyPlan
    from qualcode.project.publication import Publication


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What goes into a file for another program.

    Attributes:
        real_names: Keep the names of coders; else they are ``coder A``, ``coder B``, ...
        originals: Put the files in that the transcripts were read from.
        position_unit: ``codepoint``, or ``utf16`` for NVivo.
        program: Who reads it: ``nvivo``, ``qualcoder``, ``atlas.ti`` or ``maxqda``; by default
            the file is as the standard says.
    """

    real_names: bool = False
    originals: bool = True
    position_unit: str = "codepoint"
    program: str = ""


class Exchange(Part):
    """What goes to other programs and copies, and comes from them."""

    @cached_property
    def publication(self) -> Publication:
        """What goes with a paper: checklists, annexes, the audit trail, the archive."""
        # Here, as with other parts: most commands write no paper.
        from qualcode.project.publication import Publication

        return Publication(self._project, self._store, self._coder)

    # --- whole projects ----------------------------------------------------------------------

    def collect(self) -> ExchangeProject:
        """Return all of the project, as it travels."""
        store = self._store
        with self._snapshot() as snapshot:
            codings = snapshot.codings
            # The store does not count it as a person, but its codings need a coder elsewhere.
            consensus = [CONSENSUS] if any(c.coder == CONSENSUS for c in codings) else []
            imported = map(unpacked_event, snapshot.setting(IMPORTED_HISTORY, []))
            earlier = (snapshot.find_codebook(v.version) for v in snapshot.versions[:-1])
            confirmed = self._project.transcripts.with_confirmed_roles()
            return ExchangeProject(
                name=snapshot.info.name,
                language=snapshot.info.language,
                sources=tuple(
                    ExchangeSource(transcript, store.original(transcript.name))
                    for transcript in snapshot.transcripts
                ),
                codebook=snapshot.find_codebook(),
                earlier=tuple(codebook for codebook in earlier if codebook is not None),
                coders=(*snapshot.coders, *consensus),
                codings=codings,
                cases=snapshot.cases,
                memos=snapshot.memos,
                rounds=snapshot.rounds,
                guides=snapshot.guides,
                decisions=snapshot.decisions,
                events=(*imported, *map(_without_setting, store.events())),
                chosen=snapshot.chosen,
                excerpts=FrozenMap(snapshot.excerpts),
                confirmed=confirmed & frozenset(snapshot.texts),
                variable_types=FrozenMap(snapshot.setting(VARIABLE_TYPES, {})),
            )

    def write(self, path: Path, options: ExportOptions | None = None) -> tuple[Problem, ...]:
        """Write the project as ``.qdpx``, valid by the standard, or as a folder of plain text.

        The same project gives the same bytes each time.

        Args:
            path: A ``.qdpx`` file; a name without suffix is a folder.
            options: What goes in.

        Returns:
            What to know before sending the file.

        Raises:
            InvalidValueError: another unit of positions.
            UndefinedRequestError: the program reads no such file.
            UnknownNameError: another program.
            UnsupportedFormatError: another suffix.
            WriteError: the file cannot be written.
        """
        # In their functions here: every command would wait for formats that few need.
        from qualcode.exporting.interchange.refi import (
            find_program,
            refi_problems,
            without_names,
            write_refi,
        )
        from qualcode.importing.project_folder import CODEBOOK_FILE

        settings = options or ExportOptions()
        program = find_program(settings.program, path)
        unit = program.position_unit or settings.position_unit
        with self._snapshot() as snapshot:
            project = self.collect()
            created = snapshot.info.created_at
            omitted = self._omitted()
        if not (settings.originals and program.reads_originals):
            sources = tuple(replace(source, original=None) for source in project.sources)
            project = replace(project, sources=sources)
        if not settings.real_names:
            project = without_names(project)
        if path.suffix:
            write_refi(project, path, created=created, position_unit=unit, program=program.name)
        else:
            write_folder(project, path)
            if project.codebook:
                file = path / CODEBOOK_FILE
                exporting.write_bytes(file, codebooks.codebook_bytes(project.codebook, file))
        return (*omitted, *refi_problems(project, unit))

    def _omitted(self) -> tuple[Problem, ...]:
        """Return what does not travel: hidden codings, and those that were withdrawn."""
        with self._snapshot() as snapshot:
            hidden = "This round is blind and open: codings that it hides are left out."
            rounds = tuple(Problem(round_.name, hidden) for round_ in snapshot.hiding_rounds)
            codings = self._store.codings(include_withdrawn=True)
            name = snapshot.info.name
        count = sum(coding.withdrawn_at is not None for coding in codings)
        if not count:
            return rounds
        message = Message.counted(
            "{count} withdrawn coding is not in the copy; the history in the file lists it.",
            "{count} withdrawn codings are not in the copy; the history in the file lists them.",
            count,
        )
        hint = "For a copy with everything in it: qualcode backup FILE"
        return (*rounds, Problem(name, message, hint))

    def read(
        self, path: Path, *, roles: Mapping[str, Role] | None = None, partly: bool = False
    ) -> ExchangeProject:
        """Take a project of another program into this one, as one step.

        Texts that the project has already are recognised, so that the files of two coders
        become one project; codes that it has stay as they are.

        Args:
            path: A ``.qdpx`` project, ``.qdc`` codebook, Taguette's ``.sqlite3``,
                QualCoder's ``.qda`` folder, or a folder
                that :meth:`write` wrote.
            roles: Roles by speaker label; other speakers are proposed, and a proposed role
                leaves no coding out.
            partly: Whether ``roles`` may name labels that do not occur.

        Returns:
            What was read; its ``losses`` also say what could not be put into this project.

        Raises:
            UnreadableFileError: the file cannot be read; the project is unchanged.
            UnknownNameError: ``roles`` names a label that does not occur.
        """
        from qualcode.importing.derived_transcript import with_roles
        from qualcode.importing.project_folder import is_project_folder

        if is_project_folder(path):
            read = _read_folder(path)
        else:
            read = read_exchange(path, language=self._project.info.language, roles=roles)
            read = with_source_languages(read)
        with self._store.step(self._coder):
            imported_project = self.add(with_roles(read, roles or {}, partly=partly))
            before = self._store.setting(IMPORTS, [])
            imports = [*before, packed_import(path.name, imported_project)]
            self._store.set_setting(IMPORTS, imports, self._coder)
        return imported_project

    def add(self, read: ExchangeProject) -> ExchangeProject:
        """Put a project that was read into this one; see :meth:`read`."""
        read = with_known_coders(read, self._store.coders())
        # A file with the other coder's codings would lift the blindness of a round.
        for coder in dict.fromkeys(coding.coder for coding in read.codings):
            self._project.rounds.refuse_acting_for(coder)
        if self._is_signed_in():
            for person in _people_of(read):
                self._project.rounds.refuse_acting_for(person)
        with self._store.step(self._coder):
            project_import = ProjectImport(self._store, read, self._coder)
            project_import.run()
        self._forget_texts()
        return replace(read, losses=combine_losses(read.losses, project_import.losses))

    # --- tables and documents ----------------------------------------------------------------

    def read_tool_table(
        self,
        path: Path,
        tool: str,
        *,
        coder: str = "",
        titles: Mapping[str, str] | None = None,
    ) -> tuple[tuple[Coding, ...], tuple[Problem, ...]]:
        """Read codings from a table of another program; codes that lack are added.

        Args:
            path: A csv or xlsx file.
            tool: ``atlas.ti``, ``maxqda``, ``qualcoder`` or ``taguette``.
            coder: Whose codings they are where the table does not say; the acting coder's by
                default.
            titles: Titles of columns by ours (``transcript``, ``code``, ``quote``), where a
                person says which is which.

        Returns:
            The codings, and a problem for each row that was not found or is ambiguous.
        """
        rows, problems = read_tool_table(path, tool, titles)
        for person in dict.fromkeys(row.row.coder for row in rows if row.row.coder):
            # Rows that do not fit count too: whose table it is, is known before a row is placed.
            self._project.rounds.refuse_acting_for(person)
        with self._snapshot() as snapshot:
            transcripts = {bare_name(t.name): t for t in snapshot.transcripts}
            empty = Codebook(snapshot.info.name, (), language=snapshot.info.language)
            current = snapshot.find_codebook() or empty
        rows = tuple(with_known_levels(row, current) for row in rows)
        codebook, paths = codebook_edits.add_labelled_codes(current, (row.labels for row in rows))
        with self._store.step(self._coder):
            if codebook.codes != current.codes or not current.codes:
                codebook = self._project.codebook.save(
                    codebook, Message("read from {name}", name=path.name)
                )
            placements, misfits = place_rows(
                [row_in_text(row, paths, transcripts) for row in rows],
                {transcript.name: transcript for transcript in transcripts.values()},
                codebook,
                file=path.name,
                coder=coder or self._coder,
            )
            # Hidden codings count too: to read the same file twice must not tell of them.
            standing = {
                (c.transcript, c.span, c.code, c.coder) for c in self._store.codings(hidden=True)
            }
            new = [p for p in placements if (p.transcript, p.span, p.code, p.coder) not in standing]
            codings = self._project.codings.add_placements(new, origin=f"table:{path.name}")
        return codings, (*problems, *misfits)

    def write_tool_table(
        self, path: Path, tool: str, layer: str = "all", *, real_names: bool = False
    ) -> None:
        """Write codings as csv or xlsx in the layout of another program.

        Args:
            path: Where to write.
            tool: As in :meth:`read_tool_table`.
            layer: Whose codings, as in ``codings.collect_layer``.
            real_names: Keep the names of coders.
        """
        with self._snapshot() as snapshot:
            write_tool_table(
                self._codings_for_others(layer, real_names=real_names),
                snapshot.codebook,
                dict(snapshot.texts),
                path,
                tool=tool,
                created=snapshot.info.created_at,
            )

    def _codings_for_others(self, layer: str, *, real_names: bool) -> tuple[Coding, ...]:
        names = RealNames(coders=real_names, transcripts=True)
        with self._snapshot() as snapshot:
            codings = self._project.codings.collect_layer(layer)
            codings = tuple(_with_memos(codings, snapshot.memos))
        return self._project.disclosure.hide_names(codings, names)

    def _coding_table(self, layer: str, *, real_names: bool) -> pd.DataFrame:
        """Return every coding with the attributes that may be printed of who says it."""
        guard = guard_cases(self._project)
        return tables.codings_table(
            self._codings_for_others(layer, real_names=real_names),
            guard.hide_in_transcripts(self._project.transcripts.collect()),
            guard.hide_in_cases(),
        )

    def _memo_table(self, *, real_names: bool) -> pd.DataFrame:
        """Return every memo with what it is about; of a coding its passage and code."""
        names = RealNames(coders=real_names, transcripts=True)
        with self._snapshot() as snapshot:
            left_out = self._project.disclosure.measures().left_out
            memos = quotes.without_left_out(snapshot.memos, snapshot.codings, left_out)
            codings = snapshot.codings
        memos, codings = self._project.disclosure.hide_names((memos, codings), names)
        return tables.memos_table(memos, codings)

    def read_commented(
        self, path: Path, *, coder: str = "", choices: CommentChoices | None = None
    ) -> tuple[ExchangeProject, tuple[Problem, ...]]:
        """Read a Word document whose comments name codes, split at ``;``, as codings.

        What a comment says besides codes is the memo; one that names no code is a memo on the
        transcript. A text that the project has already gets the codings. ``plan_comments`` shows
        what else the document changes.

        Args:
            path: The ``.docx`` file.
            coder: Whose codings they are; the author of each comment by default.
            choices: What a person confirmed: another text, deletions, moves, new codes; nothing by
                default.

        Returns:
            What was taken, with its losses, and what was odd.

        Raises:
            ConflictError: the text differs, and ``choices`` does not say which one is right.
        """
        return import_comments(self._project, path, coder, choices or CommentChoices())

    def write_commented(
        self, name: str, path: Path, *, layer: str = "all", real_names: bool = False
    ) -> None:
        """Write a transcript as Word document with its codings as comments.

        Args:
            name: Name of the transcript.
            path: Where to write.
            layer: Whose codings, as in ``codings.collect_layer``.
            real_names: Keep the names of coders.
        """
        with self._snapshot() as snapshot:
            transcript = snapshot.transcript(name)
            codings = self._codings_for_others(layer, real_names=real_names)
            codebook, created = snapshot.codebook, snapshot.info.created_at
        codings = tuple(coding for coding in codings if coding.transcript == name)
        write_commented(transcript, codings, codebook, path, created=created)

    def write_table(
        self, what: str, path: Path, *, layer: str = "", real_names: bool = False
    ) -> None:
        """Write a table of the project as csv, xlsx or Parquet.

        Attributes and small counts that point at few cases are held back until somebody decides;
        ``codings.table``, ``cases.table`` and ``themes.matrix`` give all there is. So does the
        table ``participations``, which is a table to work in: it can be read again.

        Args:
            what: ``codings``, ``memos``, ``cases``, ``participations``, ``transcripts``,
                ``turns``, ``segments``, or a matrix: ``code_by_case``, ``code_by_group`` (or
                another attribute), ``case_by_attribute``.
            path: Where to write.
            layer: Whose codings, as in ``codings.collect_layer``; by default ``final`` for a
                matrix of codes, and ``all`` for what lists rows.
            real_names: Keep the names of coders.

        Raises:
            UnknownNameError: no such table.
        """
        # A count over two coders and their consensus would count each passage three times.
        layer = layer or (FINAL if what.startswith("code_by_") else "all")
        with self._snapshot():
            info = self._project.info
            frames = self._frames(layer, real_names=real_names)
            if what in frames:
                keys, rows = tables.rows_of(frames[what]())
            else:
                matrix = self._project.themes.matrix_for_print(what, layer, frames)
                keys = [what.partition("_")[0], *matrix.columns]
                rows = [
                    (row, *(cell.text or cell.hidden or cell.count for cell in cells))
                    for row, cells in zip(matrix.rows, matrix.cells, strict=True)
                ]
        exporting.write_rows(
            what, keys, rows, path, created=info.created_at, decimal_comma=info.decimal_comma
        )

    def _frames(self, layer: str, *, real_names: bool) -> dict[str, Callable[[], pd.DataFrame]]:
        """Return what makes each table that is no matrix."""
        transcripts, cases = self._project.transcripts, self._project.cases
        kinds = {f"{kind.value}s": kind for kind in SegmentKind}
        return {
            # As functions, so that only the table that is asked for is made.
            "codings": lambda: self._coding_table(layer, real_names=real_names),
            "memos": lambda: self._memo_table(real_names=real_names),
            "cases": lambda: tables.cases_table(
                guard_cases(self._project).hide_in_cases()
            ).reset_index(),
            "participations": lambda: tables.participations_table(
                cases.collect_for_print(), transcripts.collect()
            ),
            "transcripts": lambda: tables.transcripts_table(
                guard_cases(self._project).hide_in_transcripts(transcripts.collect()),
                cases.collect(),
            ).reset_index(),
            **{name: partial(transcripts.segment_table, kind) for name, kind in kinds.items()},
            # Segments of the kind turn do not say who speaks.
            "turns": transcripts.turn_table,
        }

    # --- the work of one coder ---------------------------------------------------------------

    @in_step
    def read_survey(self, path: Path, plan: SurveyPlan) -> tuple[Problem, ...]:
        """Read a survey: an interview per open question, a respondent per row, as one step.

        Args:
            path: A csv or xlsx table with one row a person.
            plan: Which columns are questions, attributes and the id.

        Returns:
            What a person should check.

        Raises:
            DuplicateError: a question of this survey is in the project already.
            InvalidTableError: an id twice or missing, no question, or no answer.
            UnknownNameError: the table has no such column.
        """
        from qualcode.project.surveys import add_survey

        problems = add_survey(self._project, self._store, self._coder, path, plan)
        self._forget_texts()
        return problems

    def write_survey(self, path: Path, name: str = "", *, layer: str = FINAL) -> int:
        """Write the table of a survey with a column of 0 and 1 per question and code.

        Args:
            path: Where to write: csv or xlsx.
            name: File name of the survey; ``""`` if there is one.
            layer: Whose codings, as in ``codings.collect_layer``.

        Returns:
            The number of rows, in the order of the original table.

        Raises:
            UndefinedRequestError: no survey, or several and none is named.
        """
        from qualcode.project.surveys import write_survey

        return write_survey(self._project, self._store, name, layer, path)

    def collect_package(self, coder: str = "") -> CoderPackage:
        """Return a coder's work: codings, notes, rounds, and what they stand on.

        Args:
            coder: Whose work; the acting coder's by default.

        Raises:
            ConflictError: somebody else asks for it while a round is blind.
            UnknownNameError: no such coder.
        """
        with self._snapshot() as snapshot:
            return collect_work(snapshot, self._store, coder or self._coder, self._coder)

    def write_package(self, coder: str, path: Path) -> CoderPackage:
        """Write a coder's work to a file; see :meth:`collect_package`."""
        work = self.collect_package(coder)
        exporting.write_work(work, path)
        return work

    def merge_package(self, path: Path) -> PackageMerge:
        """Take a coder's work from a file into this project, as one step.

        What is here already is left alone, so that merging twice changes nothing.

        Args:
            path: The file.

        Raises:
            ConflictError: it stands on other texts, another codebook or another round, or the
                coder handed in here what the file changes, or it is work of another than who is
                signed in; nothing is merged.
            UnreadableFileError: it is no work file.
        """
        return self.merge(importing.read_coder_package(path), path.name)

    def merge(self, work: CoderPackage, file: str) -> PackageMerge:
        """Take a coder's work into this project; see :meth:`merge_package`.

        Args:
            work: The work.
            file: Name of the file it came in, for messages.
        """
        # In a blind round others may be merged, unseen; who is signed in acts for nobody else.
        if self._is_signed_in():
            self._project.rounds.refuse_acting_for(work.coder)
        return merge_work(self._project, self._store, self._coder, work, file)


def _with_memos(codings: Iterable[Coding], memos: Iterable[Memo]) -> Iterator[Coding]:
    """Yield codings, each with the memos on it after the note that it was made with."""
    texts: dict[str, list[str]] = {}
    for memo in memos:
        if memo.target_kind is MemoTarget.CODING:
            texts.setdefault(memo.target, []).append(memo.text)
    for coding in codings:
        notes = [note for note in (coding.memo, *texts.get(coding.id, ())) if note]
        yield replace(coding, memo=" | ".join(dict.fromkeys(notes)))


def _without_setting(event: Event) -> Event:
    """Return an event; what a setting holds stays here: it may be names, or a whole history."""
    # The setting of confirmed speakers holds only names of transcripts, which travel anyway.
    if event.action not in {"setting.set", "design.set"} or event.target == CONFIRMED:
        return event
    return replace(event, before="", after="")


def _read_folder(folder: Path) -> ExchangeProject:
    from qualcode.importing.project_folder import CODEBOOK_FILE, read_project_folder

    read, version = read_project_folder(folder)
    if not version:
        return read
    # A codebook file bears no number of a version; codings of the folder name one.
    codebook, _ = codebooks.read_codebook(folder / CODEBOOK_FILE)
    return replace(read, codebook=replace(codebook, version=version))


def _people_of(read: ExchangeProject) -> tuple[str, ...]:
    """Return in whose name a project holds memos, decisions, or work that was handed in."""
    names = (
        *(memo.author for memo in read.memos),
        *(decision.by for decision in read.decisions),
        *(name for round_ in read.rounds for name in round_.handed_in),
    )
    return tuple(dict.fromkeys(name for name in names if name.strip()))
