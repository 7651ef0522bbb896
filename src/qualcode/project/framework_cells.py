"""What is stored of the cells of a framework matrix, and each cell with what is marked in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualcode.model import Cell, FrozenMap
from qualcode.model.design_keys import read_design_key
from qualcode.model.framework import CellSummary, FrameworkCell, FrameworkRow, SummarySentence
from qualcode.project.evidence import Evidence


def pack_summary(summary: CellSummary) -> dict[str, Any]:
    """Return a summary as a setting; its id and author are in the key."""
    return {
        "case": summary.case,
        "code": summary.code,
        "sentences": [[s.text, list(s.codings)] for s in summary.sentences],
        "layer": summary.layer,
        "basis": dict(summary.basis),
    }


def unpack_summary(key: str, value: Mapping[str, Any]) -> CellSummary:
    """Return the summary of a setting."""
    summary_id, author = read_design_key(key)
    return CellSummary(
        value["case"],
        value["code"],
        tuple(SummarySentence(text, tuple(ids)) for text, ids in value["sentences"]),
        value["layer"],
        author,
        FrozenMap(value["basis"]),
        summary_id,
    )


@dataclass(frozen=True, slots=True)
class GridMaterial:
    """What the cells of a grid are made of.

    Attributes:
        evidence: The codings.
        layer: Whose codings are shown in the cells.
        viewer: Who looks: of several summaries of a cell, one's own comes first.
    """

    evidence: Evidence
    layer: str
    viewer: str

    def rests_on(self, summary: CellSummary) -> tuple[str, ...]:
        """Return the ids of the codings that a summary rests on now."""
        path = self.evidence.paths.get(summary.code, "")
        cell = self.evidence.cells(summary.layer).get((summary.case, path), Cell(0))
        return (*cell.codings, *summary.codings)

    def cell(
        self, case: str, path: str, shown: Cell, written: Sequence[CellSummary]
    ) -> FrameworkCell:
        """Return one cell.

        Args:
            case: Name of the participant.
            path: Path of the code.
            shown: Its codings.
            written: Its summaries, of all authors.
        """
        is_asked = shown.count is not None
        if not written:
            return FrameworkCell(case, path, shown.codings, is_asked)
        # Whoever writes goes on with their own text; after it the order is the same for everybody.
        ordered = sorted(written, key=lambda s: (s.by != self.viewer, s.by, s.id))
        summary, codings = ordered[0], self.evidence.codings
        standing = [[k for k in s.codings if k in codings] for s in summary.sentences]
        # A passage with two codes is mentioned by a sentence that rests on either.
        places = {(codings[k].transcript, codings[k].span) for keys in standing for k in keys}
        return FrameworkCell(
            case,
            path,
            shown.codings,
            is_asked,
            summary,
            tuple(ordered[1:]),
            self.evidence.changes(summary.basis, self.rests_on(summary)),
            tuple(place for place, keys in enumerate(standing) if not keys),
            tuple(
                key
                for key in shown.codings
                if key in codings and (codings[key].transcript, codings[key].span) not in places
            ),
        )

    def cell_at(
        self,
        case: str,
        path: str,
        summaries: Mapping[tuple[str, str], Sequence[CellSummary]],
    ) -> FrameworkCell:
        """Return the cell of a participant and a code, with what was written in it.

        Args:
            case: Name of the participant.
            path: Path of the code.
            summaries: All summaries, by participant and id of the code.
        """
        # A retired code without codings has no line, and neither has somebody without texts.
        cell = self._shown.get((case, path), Cell(0))
        written = summaries.get((case, self.evidence.code_ids[path]), ())
        return self.cell(case, path, cell, written)

    @property
    def _shown(self) -> Mapping[tuple[str, str], Cell]:
        return self.evidence.shown_cells(self.layer)

    def rows(
        self, paths: Sequence[str], summaries: Mapping[tuple[str, str], Sequence[CellSummary]]
    ) -> tuple[FrameworkRow, ...]:
        """Return a row per participant, by group; who is in no group comes last."""
        cases = [case for case in self.evidence.cases if case.transcripts]
        groups = [*dict.fromkeys(case.group for case in cases if case.group), ""]
        return tuple(
            FrameworkRow(
                case.name,
                group,
                tuple(self.cell_at(case.name, path, summaries) for path in paths),
            )
            for group in groups
            for case in cases
            if case.group == group
        )
