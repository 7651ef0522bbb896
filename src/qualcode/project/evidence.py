"""What summaries and findings rest on: the codings of a layer, by participant and code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode import themes
from qualcode.errors import UndefinedRequestError, UnknownNameError
from qualcode.messages import Message
from qualcode.model import UNION, Case, Cell, Codebook, Coding, CrossTable
from qualcode.model.coding_basis import Basis, BasisChange, basis_of, compare_bases

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.snapshot import Snapshot


class Evidence:
    """The codings that may be seen now, as texts of researchers rest on them.

    Args:
        project: The project, as the acting coder sees it.
        snapshot: One state of it.
    """

    def __init__(self, project: Project, snapshot: Snapshot) -> None:
        self._project, self._snapshot = project, snapshot
        self.info = project.info
        self.codebook: Codebook = snapshot.codebook
        self.code_ids = {code.path: code.id or code.path for code in self.codebook.codes}
        self.paths = {code_id: path for path, code_id in self.code_ids.items()}
        self.codings: Mapping[str, Coding] = {coding.id: coding for coding in snapshot.codings}
        # Everybody who was interviewed has a row, also who said nothing that was coded.
        self.cases: tuple[Case, ...] = project.cases.respondents()

    def of_layer(self, layer: str) -> tuple[Coding, ...]:
        """Return the codings of a layer; none where it does not exist any more.

        A text may have been written on the codings of the only coder, and a second came later.
        """
        try:
            return self._project.codings.collect_layer(layer)
        except (UndefinedRequestError, UnknownNameError):
            return ()

    def matrix(self, layer: str) -> CrossTable:
        """Return the codings of each code in each participant."""
        return self._snapshot.keep(("evidence", layer), lambda: self._matrix(layer))

    def _matrix(self, layer: str) -> CrossTable:
        codings, texts = self.of_layer(layer), self._snapshot.transcripts
        return themes.code_by_case(codings, self.codebook, texts, self.cases)

    def shown_cells(self, layer: str) -> Mapping[tuple[str, str], Cell]:
        """Return the cells of the matrix by participant and path of the code."""
        table = self.matrix(layer)
        return self._snapshot.keep(("evidence cells", layer), lambda: _by_place(table))

    def cells(self, layer: str) -> Mapping[tuple[str, str], Cell]:
        """Return the cells whose codings a text on this layer rests on."""
        # Where the codings of all count together, each of them can change what is counted.
        return self.shown_cells("all" if layer == UNION else layer)

    def basis(self, ids: Iterable[str]) -> Basis:
        """Return the basis of those of some codings that stand."""
        standing = (self.codings[key] for key in dict.fromkeys(ids) if key in self.codings)
        return basis_of(standing, self.code_ids)

    def changes(self, before: Basis, ids: Iterable[str]) -> tuple[BasisChange, ...]:
        """Return what changed since a basis was kept.

        Args:
            before: The basis.
            ids: Ids of the codings that the text rests on now.
        """
        return compare_bases(before, self.basis(ids))

    def find(self, beginnings: Sequence[str], case: str = "") -> tuple[str, ...]:
        """Return the ids of codings that begin like these, each once.

        Args:
            beginnings: Eight characters or more of each, as they are shown.
            case: The participant whose they must be; anybody's where it is empty.

        Raises:
            UnknownNameError: no coding of the participant begins like that, or several do.
        """
        known: Iterable[str] = self.codings
        if case:
            known = [c.id for c in self.codings.values() if case in self.names_of(c)]
        ids = []
        for beginning in beginnings:
            fitting = [key for key in known if beginning and key.startswith(beginning)]
            if len(fitting) != 1:
                raise UnknownNameError(
                    Message(
                        "There is no passage '{id}' of {case}. The ids are listed with the "
                        "passages of the cell.",
                        id=beginning,
                        case=case,
                    )
                    if case
                    else Message(
                        "There is no passage '{id}'. The ids are printed after the quotes: "
                        "qualcode quotes",
                        id=beginning,
                    )
                )
            ids += fitting
        return tuple(dict.fromkeys(ids))

    def names_of(self, coding: Coding) -> tuple[str, ...]:
        """Return the names of the participants who say part of a coding."""
        return self._cases_by_coding().get(coding.id, ())

    def _cases_by_coding(self) -> Mapping[str, tuple[str, ...]]:
        from qualcode.project.reports import find_cases

        return self._snapshot.keep(
            "cases by coding", lambda: find_cases(self._project, self.codings.values())
        )


def _by_place(table: CrossTable) -> dict[tuple[str, str], Cell]:
    return {
        (case, path): cell
        for path, cells in zip(table.rows, table.cells, strict=True)
        for case, cell in zip(table.columns, cells, strict=True)
    }
