"""The framework matrix of a project: a summary per participant and code, linked to codings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from qualcode import exporting, importing, quotes
from qualcode.errors import (
    ConflictError,
    InvalidTableError,
    InvalidValueError,
    Problem,
    QualcodeError,
    UndefinedRequestError,
    unknown_name,
)
from qualcode.messages import Message
from qualcode.model import FrozenMap
from qualcode.model.design_keys import SUMMARY, design_key, new_design_id
from qualcode.model.framework import CellSummary, FrameworkCell, FrameworkGrid, SummarySentence
from qualcode.project import framework_table
from qualcode.project.evidence import Evidence
from qualcode.project.framework_cells import GridMaterial, pack_summary, unpack_summary
from qualcode.project.layers import FINAL
from qualcode.project.names import NO_NAMES
from qualcode.project.part import Part, in_snapshot, in_step
from qualcode.project.reports import about_project
from qualcode.project.snapshot import Snapshot
from qualcode.project.summary_text import keep_links, parse_summary

COLUMNS = "framework"
"""Key of the setting that holds which codes are columns."""


class Framework(Part):
    """Summaries of what each participant says on each code."""

    # --- the grid ------------------------------------------------------------------------------

    def columns(self) -> tuple[str, ...]:
        """Return the paths of the codes that are columns: the themes until others are chosen."""
        with self._snapshot() as snapshot:
            book = snapshot.codebook
            chosen = snapshot.setting(COLUMNS, None)
        paths = {code.id or code.path: code.path for code in book.codes}
        columns = tuple(paths[key] for key in chosen or () if key in paths)
        return columns or tuple(code.path for code in book.themes if not code.retired)

    def choose_columns(self, paths: Sequence[str]) -> tuple[str, ...]:
        """Choose which codes are columns; summaries of other codes are kept.

        Args:
            paths: Paths of the codes, in order; none for the themes.

        Raises:
            UnknownNameError: no such code.
        """
        with self._snapshot() as snapshot:
            codes = [snapshot.codebook.code(path) for path in dict.fromkeys(paths)]
        ids = [code.id or code.path for code in codes]
        # None removes the choice: the columns then follow the themes, also those to come.
        self._store.set_design(COLUMNS, ids or None, self._coder)
        return self.columns()

    @in_snapshot
    def grid(self, layer: str = FINAL) -> FrameworkGrid:
        """Return the matrix: a row per participant, by group, and what is marked in each cell.

        Args:
            layer: Whose codings the passages of the cells are.

        Raises:
            UndefinedRequestError: the layer does not exist.
        """
        with self._snapshot() as snapshot:
            # Refused here: a summary on a layer that is gone is only marked.
            self._project.codings.collect_layer(layer)
            material = self._material(snapshot, layer)
            paths, summaries = self.columns(), self._summaries(snapshot)
            rows = material.rows(paths, summaries)
            ids = {material.evidence.code_ids[path] for path in paths}
        measures = self._project.disclosure.measures()
        return FrameworkGrid(
            paths,
            rows,
            layer,
            sum(1 for _, code_id in summaries if code_id not in ids),
            threshold=measures.threshold,
            accepted=tuple(
                (group, measures.confirmed[risk])
                for group in dict.fromkeys(row.group for row in rows)
                if (risk := quotes.group_risk(group)) in measures.confirmed
            ),
        )

    @in_snapshot
    def cell(self, case: str, code: str, layer: str = FINAL) -> FrameworkCell:
        """Return one cell, whether or not its code is a column.

        Args:
            case: Name of the participant.
            code: Path of the code.
            layer: Whose codings.

        Raises:
            UnknownNameError: no such participant or code.
        """
        with self._snapshot() as snapshot:
            material = self._material(snapshot, layer)
            self._check_place(material.evidence, case, code)
            return material.cell_at(case, code, self._summaries(snapshot))

    def _material(self, snapshot: Snapshot, layer: str) -> GridMaterial:
        # Kept in the snapshot: reading a table asks for one cell after another.
        return snapshot.recall(
            ("framework", layer),
            lambda: GridMaterial(Evidence(self._project, snapshot), layer, self._coder),
        )

    def _summaries(self, snapshot: Snapshot) -> dict[tuple[str, str], list[CellSummary]]:
        return snapshot.recall("summaries", lambda: self._unpacked(snapshot))

    @staticmethod
    def _unpacked(snapshot: Snapshot) -> dict[tuple[str, str], list[CellSummary]]:
        summaries: dict[tuple[str, str], list[CellSummary]] = {}
        for key, value in snapshot.designs(SUMMARY).items():
            summary = unpack_summary(key, value)
            summaries.setdefault((summary.case, summary.code), []).append(summary)
        return summaries

    @staticmethod
    def _check_place(evidence: Evidence, case: str, code: str) -> None:
        evidence.codebook.code(code)
        names = [respondent.name for respondent in evidence.cases if respondent.transcripts]
        if case not in names:
            raise unknown_name("participant", case, names, "the framework matrix")

    # --- writing -------------------------------------------------------------------------------

    @in_step
    def write_summary(
        self,
        case: str,
        code: str,
        text: str,
        *,
        layer: str = FINAL,
        with_links: bool = True,
        version: str | None = None,
    ) -> FrameworkCell:
        """Write the summary of a cell, in the place of what stands there.

        A sentence names the passages it rests on after its words: ``Works at night. [3fa91c02]``.
        The cell then counts as looked at.

        Args:
            case: Name of the participant.
            code: Path of the code.
            text: The summary; ``""`` takes it back.
            layer: Whose codings it is written on.
            with_links: Whether sentences that stay, or change a little, keep their passages.
            version: Version of the summary that the author saw; None if nobody looked.

        Raises:
            UnknownNameError: no such participant, code or passage of the participant.
            InvalidValueError: it is too long.
            ConflictError: somebody changed the summary since that version.
        """
        with self._snapshot() as snapshot:
            material = self._material(snapshot, layer)
            cell = self.cell(case, code, layer)
            summary = self._prepared(cell, text, material, with_links=with_links, version=version)
        with self._store.step(self._coder):
            self._replace(cell, summary)
        return self.cell(case, code, layer)

    def _prepared(
        self,
        cell: FrameworkCell,
        text: str,
        material: GridMaterial,
        *,
        with_links: bool,
        version: str | None,
    ) -> CellSummary:
        """Return the summary to store in a cell, or raise as :meth:`write_summary` does."""
        if version is not None and version != cell.version:
            raise ConflictError(
                Message(
                    "The summary of {case} on {code} was changed meanwhile. Look at it again, then "
                    "write yours.",
                    case=cell.case,
                    code=cell.code,
                )
            )
        old, evidence = cell.summary, material.evidence
        sentences = parse_summary(
            text, evidence.info.report_language, lambda ids: evidence.find(ids, cell.case)
        )
        if with_links and old:
            sentences = keep_links(sentences, old.sentences)
        summary = CellSummary(
            cell.case,
            evidence.code_ids[cell.code],
            sentences,
            material.layer,
            # The author is in the key: another name would make a second summary of the cell.
            old.by if old else self._coder,
            FrozenMap(),
            old.id if old else new_design_id(),
        )
        return self._based(summary, material)

    def _replace(self, cell: FrameworkCell, summary: CellSummary) -> None:
        # What others wrote of the cell in a blind round is shown next to one's own: who saves
        # after that writes the one that holds.
        for other in cell.others:
            self._keep(other, None)
        self._keep(summary, summary if summary.sentences else None)

    @in_step
    def link(
        self, case: str, code: str, sentence: int, codings: Sequence[str], *, layer: str = FINAL
    ) -> FrameworkCell:
        """Say which passages a sentence of a summary rests on, in the place of those before.

        Args:
            case: Name of the participant.
            code: Path of the code.
            sentence: Its number, from 1.
            codings: Ids of codings of the participant, or the beginnings of them; none unlinks it.
            layer: Whose codings the cell shows.

        Raises:
            UnknownNameError: no such participant, code or passage.
            UndefinedRequestError: there is no summary, or no such sentence.
        """
        cell = self.cell(case, code, layer)
        summary = self._written(cell)
        if not 1 <= sentence <= len(summary.sentences):
            raise UndefinedRequestError(
                Message.counted(
                    "The summary of {case} on {code} has {count} sentence; there is no number "
                    "{sentence}.",
                    "The summary of {case} on {code} has {count} sentences; there is no number "
                    "{sentence}.",
                    len(summary.sentences),
                    case=case,
                    code=code,
                    sentence=sentence,
                )
            )
        with self._snapshot() as snapshot:
            evidence = Evidence(self._project, snapshot)
            ids = evidence.find(codings, case)
            sentences = list(summary.sentences)
            sentences[sentence - 1] = SummarySentence(sentences[sentence - 1].text, ids)
            # Only the new passages were looked at: what changed elsewhere stays marked.
            new = {k: v for k, v in evidence.basis(ids).items() if k not in summary.basis}
            basis = FrozenMap({**summary.basis, **new})
        self._keep(summary, replace(summary, sentences=tuple(sentences), basis=basis))
        return self.cell(case, code, layer)

    @in_step
    def look_at(self, places: Iterable[tuple[str, str]], layer: str = FINAL) -> int:
        """Say that summaries still hold after codings changed; return how many were marked.

        Args:
            places: Participant and path of the code of each.
            layer: Whose codings they hold for from now on.

        Raises:
            UnknownNameError: no such participant or code.
            UndefinedRequestError: there is no summary in a cell.
        """
        marked = 0
        with self._snapshot() as snapshot:
            material = self._material(snapshot, layer)
            before = [self._written(self.cell(case, code, layer)) for case, code in places]
            after = [self._based(replace(s, layer=layer), material) for s in before]
        with self._store.step(self._coder):
            for old, new in zip(before, after, strict=True):
                marked += old != new
                self._keep(old, new)
        return marked

    @staticmethod
    def _based(summary: CellSummary, material: GridMaterial) -> CellSummary:
        basis = material.evidence.basis(material.rests_on(summary))
        return replace(summary, basis=basis)

    @staticmethod
    def _written(cell: FrameworkCell) -> CellSummary:
        if cell.summary is None:
            raise UndefinedRequestError(
                Message(
                    "There is no summary of {case} on {code} yet. Write it first.",
                    case=cell.case,
                    code=cell.code,
                )
            )
        return cell.summary

    def _keep(self, old: CellSummary, new: CellSummary | None) -> None:
        key = design_key(SUMMARY, old.id, old.by)
        self._store.set_design(key, pack_summary(new) if new else None, self._coder)

    # --- a table to edit -----------------------------------------------------------------------

    def write_table(self, path: Path, layer: str = FINAL) -> None:
        """Write the cells as csv or xlsx, to edit the summaries elsewhere and read them back.

        It holds passages: it is a table for the researcher, not for print.

        Args:
            path: Where to write.
            layer: Whose codings.
        """
        with self._snapshot() as snapshot:
            grid = self.grid(layer)
            framework_table.write_cells(grid, Evidence(self._project, snapshot), path)

    def read_table(
        self, path: Path, layer: str = FINAL
    ) -> tuple[tuple[FrameworkCell, ...], tuple[Problem, ...]]:
        """Read summaries from a csv or xlsx table: all of them, or none.

        Rows whose summary is as it was change nothing.

        Args:
            path: The table, as from :meth:`write_table`: participant, code, summary, version.
            layer: Whose codings they are written on.

        Returns:
            The cells that changed, and what was passed over.

        Raises:
            InvalidTableError: columns are missing, or rows do not fit; carries each row's
                problem.
        """
        rows, problems = importing.read_summaries(path)
        changed: list[tuple[FrameworkCell, CellSummary]] = []
        misfits: list[Problem] = []
        with self._store.step(self._coder):
            # One state for all rows: the passages of the whole study are sorted once.
            with self._snapshot() as snapshot:
                material = self._material(snapshot, layer)
                for row in rows:
                    try:
                        cell = self.cell(row.case, row.code, layer)
                        if framework_table.is_unchanged(row, cell):
                            continue
                        summary = self._prepared(
                            cell, row.text, material, with_links=False, version=row.version
                        )
                        changed.append((cell, summary))
                    except QualcodeError as error:
                        where = Message("{name}, line {line}", name=path.name, line=row.line)
                        misfits.append(Problem(where, str(error)))
                framework_table.refuse_twice(path.name, changed, misfits)
            if misfits:
                raise InvalidTableError(framework_table.refusal(misfits), misfits)
            for cell, summary in changed:
                self._replace(cell, summary)
        # One state again: what was just written makes each state before it old.
        with self._snapshot():
            cells = tuple(self.cell(cell.case, cell.code, layer) for cell, _ in changed)
        return cells, problems

    # --- print ---------------------------------------------------------------------------------

    def accept_small_group(self, group_name: str, reason: str) -> None:
        """Decide that the rows of a group are printed though few are in it; see ``disclosure``.

        Args:
            group_name: The group.
            reason: Why; kept and listed with the other decisions.

        Raises:
            UnknownNameError: no such group.
            InvalidValueError: there is no reason.
        """
        groups = {case.group for case in self._project.cases.respondents()}
        if group_name not in groups:
            raise unknown_name("group", group_name, groups - {""}, "the framework matrix")
        self._project.disclosure.accept_risk(quotes.group_risk(group_name), reason)

    @in_snapshot
    def for_print(self, grid: FrameworkGrid) -> FrameworkGrid:
        """Return a matrix as it may be given to others.

        Rows of groups of too few participants are left out unless somebody decided on them, and
        so are sentences that rest on passages that are left out of print. Done by :meth:`write`.
        """
        measures = self._project.disclosure.measures()
        with self._snapshot() as snapshot:
            return quotes.print_framework(grid, measures, snapshot.codings)

    def check(self, grid: FrameworkGrid) -> tuple[Problem, ...]:
        """Return what is not finished in a matrix, and what may point at somebody in print."""
        with self._snapshot():
            printed = self.for_print(grid)
            texts = [
                (Message("{case}, {code}", case=c.case, code=c.code), c.summary.text)
                for c in printed.cells()
                if c.summary
            ]
            return (
                *framework_table.list_gaps(grid),
                *self._project.disclosure.check_texts(texts),
                *self._project.disclosure.check_reasons(),
            )

    def write(
        self, grid: FrameworkGrid, path: Path, *, language: str = "", paper: str = "A4"
    ) -> None:
        """Write a matrix for others: docx (landscape), xlsx, html, md or json.

        Args:
            grid: From :meth:`grid`.
            path: Where to write.
            language: ``nl`` or ``en``; that of the project by default.
            paper: Of a docx: ``A4`` or ``A3``.

        Raises:
            InvalidValueError: another paper.
        """
        if paper.upper() not in exporting.LANDSCAPE:
            raise InvalidValueError(
                Message(
                    "'{paper}' is no paper for it. Use {papers}.",
                    paper=paper,
                    papers=", ".join(exporting.LANDSCAPE),
                )
            )
        with self._snapshot() as snapshot:
            language = language or snapshot.report_language
            printed = self._project.disclosure.hide_names(self.for_print(grid), NO_NAMES, language)
            about = about_project(snapshot, language, None)
            exporting.write_framework(printed, path, about, snapshot.codebook, paper.upper())
