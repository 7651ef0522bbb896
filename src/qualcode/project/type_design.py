"""What a typology is made of, kept in the project: dimensions, types, and assignments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from qualcode import themes
from qualcode.errors import (
    ConflictError,
    UndefinedRequestError,
    UnknownNameError,
    unknown_name,
)
from qualcode.messages import Message
from qualcode.model import CONSENSUS, Case, Codebook, Coding, Transcript, Typology
from qualcode.model.property_space import (
    CaseType,
    Category,
    Condition,
    Dimension,
    PropertySpace,
    TypeAssignment,
    TypologyDesign,
)
from qualcode.project.layers import FINAL
from qualcode.project.part import Part, in_snapshot, in_step
from qualcode.project.snapshot import Snapshot

DESIGN = "typology"
"""Key of the setting that holds dimensions and types."""
ASSIGNED = "types by "
"""Begin of the key that holds the assignments of one coder."""


class TypeDesign(Part):
    """Dimensions and types, and who assigned which."""

    # --- what it is made of --------------------------------------------------------------------

    def design(self) -> TypologyDesign:
        """Return the dimensions and types."""
        with self._snapshot() as snapshot:
            return unpack_design(snapshot.setting(DESIGN, None))

    @in_step
    def set_dimensions(
        self,
        dimensions: Sequence[str] | None,
        group: str | None = None,
        layer: str = FINAL,
    ) -> PropertySpace:
        """Choose what cases are compared on, and return who is where.

        Types lose cells that the new dimensions do not have.

        Args:
            dimensions: Two or three texts as ``"Work: @work"``; see ``themes.dimension_text``;
                as before where None.
            group: The respondents who can be a type; as before where None, all where empty.
            layer: Whose codings say who is where.

        Raises:
            InvalidValueError: a text has another form, there are too many categories, or nobody
                is in one.
            UnknownNameError: no such code, attribute or group.
        """
        before = self._printed(self.design())
        with self._snapshot() as snapshot:
            book, cases = snapshot.codebook, self._project.cases.collect_for_print()
            language = snapshot.report_language
            groups = {case.group for case in cases} - {""}
            if group and group not in groups:
                name = Message("project '{name}'", name=snapshot.info.name)
                raise unknown_name("group", group, groups, name)
        dimension_by_text = {dimension.text: dimension for dimension in before.dimensions}

        def parse(text: str) -> Dimension:
            try:
                return themes.parse_dimension(text, book, cases, language)
            except UnknownNameError:
                # A code was renamed since: the text has its old name, the dimension its id.
                if text.strip() not in dimension_by_text:
                    raise
                return dimension_by_text[text.strip()]

        parsed = before.dimensions if dimensions is None else tuple(map(parse, dimensions))
        names = [[c.name for c in dimension.categories] for dimension in parsed]
        types = tuple(
            replace(t, cells=tuple(cell for cell in t.cells if _fits(cell, names)))
            for t in before.types
        )
        chosen_group = before.group if group is None else group
        design = TypologyDesign(parsed, types, chosen_group)
        # Spanned before it is kept: a dimension that nobody has is refused.
        space = self._span(design, layer)
        self._store.set_design(DESIGN, _pack_design(design), self._coder)
        return space

    @in_step
    def set_type(
        self,
        name: str,
        *,
        definition: str | None = None,
        cells: str | Sequence[Sequence[str]] | None = None,
        target: str | None = None,
        new_name: str = "",
    ) -> TypologyDesign:
        """Define a type, or change one: what is None stays.

        Args:
            name: Its name.
            definition: What its cases have in common.
            cells: The cells that it joins: ``"social, much; alone, *"``, or a sequence of them,
                each a category per dimension, for categories with a comma or semicolon.
            target: The target group it is joined into.
            new_name: Another name for it; assignments follow.

        Raises:
            InvalidValueError: a cell that is not in the property space, or an empty name.
        """
        design = self.design()
        type_by_name = {case_type.name: case_type for case_type in design.types}
        case_type = type_by_name.get(name.strip(), CaseType(name.strip()))
        values: dict[str, Any] = {"definition": definition, "target": target}
        if cells is not None:
            values["cells"] = (
                themes.parse_cells(cells) if isinstance(cells, str) else tuple(map(tuple, cells))
            )
        changed = replace(
            case_type,
            name=new_name.strip() or case_type.name,
            **{key: value for key, value in values.items() if value is not None},
        )
        types = {**type_by_name, case_type.name: changed}
        design = replace(design, types=tuple(types.values()))
        with self._store.step(self._coder):
            self._store.set_design(DESIGN, _pack_design(design), self._coder)
            # Assignments hold the name of a type, and would point at nothing.
            if changed.name != case_type.name:
                self._rename(case_type.name, changed.name)
        return design

    @in_step
    def remove_type(self, type_name: str) -> TypologyDesign:
        """Remove a type, with its assignments.

        Raises:
            UnknownNameError: no such type.
        """
        design = self.design()
        self._check_type(design, type_name)
        design = replace(design, types=tuple(t for t in design.types if t.name != type_name))
        with self._store.step(self._coder):
            self._store.set_design(DESIGN, _pack_design(design), self._coder)
            self._rename(type_name, "")
        return design

    def restore(
        self, design: TypologyDesign, assigned: Mapping[str, Sequence[TypeAssignment]]
    ) -> None:
        """Take over a whole typology in the place of this one, as from an archive.

        Args:
            design: Its dimensions and types.
            assigned: By coder who is which type; ``consensus`` for the team's.

        Raises:
            ConflictError: a blind round is open.
        """
        self._refuse_while_blind()
        with self._store.step(self._coder):
            self._store.set_design(DESIGN, _pack_design(design), self._coder)
            for coder, assignments in assigned.items():
                self._keep(coder, assignments)

    def _rename(self, name: str, new_name: str) -> None:
        for coder in self._all_coders():
            assignments = self._stored(coder)
            changed = [
                replace(a, type=new_name) if a.type == name else a
                for a in assignments
                if new_name or a.type != name
            ]
            if changed != [*assignments]:
                self._keep(coder, changed)

    @in_snapshot
    def space(self, layer: str = FINAL) -> PropertySpace:
        """Return the property space with the cases in each cell.

        Args:
            layer: Whose codings say who is where.

        Raises:
            UndefinedRequestError: no dimensions were chosen yet.
        """
        design = self.design()
        if not design.dimensions:
            raise UndefinedRequestError(
                "No dimensions were chosen yet. Choose them: qualcode typology define --dimension "
                '"Work: @work"'
            )
        return self._span(design, layer)

    def _span(self, design: TypologyDesign, layer: str) -> PropertySpace:
        with self._snapshot() as snapshot:
            material = self._material(snapshot, layer)
            return themes.span_space(*material, design=self._printed(design))

    def _printed(self, design: TypologyDesign) -> TypologyDesign:
        """Return a design as it may be printed: a measure may be newer than its dimensions."""
        with self._snapshot():
            measures = self._project.disclosure.measures()
            cases = self._project.cases.collect_for_print()
        return themes.print_design(design, cases, measures.wider, measures.coarser)

    def _material(
        self, snapshot: Snapshot, layer: str
    ) -> tuple[tuple[Coding, ...], Codebook, tuple[Transcript, ...], tuple[Case, ...]]:
        codings = self._project.codings.collect_layer(layer)
        # Everybody who was interviewed is compared, also who said nothing that was coded.
        cases = self._project.cases.collect_for_print()
        return codings, snapshot.codebook, snapshot.transcripts, cases

    @in_snapshot
    def cluster(
        self,
        groups: int = 3,
        *,
        paths: Sequence[str] = (),
        measure: str = "gower",
        layer: str = FINAL,
    ) -> Typology:
        """Return which cases resemble each other: a help for naming types, never the answer.

        Only the respondents who can be a type are compared.

        Args:
            groups: Number of clusters.
            paths: Paths of the codes to compare on, with those below them; all by default.
            measure: ``gower`` or ``jaccard``.
            layer: Whose codings.
        """
        group = self.design().group
        with self._snapshot() as snapshot:
            codings, book, texts, cases = self._material(snapshot, layer)
        for path in paths:
            book.code(path)
        chosen = [
            coding
            for coding in codings
            # With the slash, so that "work" does not take "workload" along.
            if not paths or any(f"{coding.code}/".startswith(f"{path}/") for path in paths)
        ]
        compared = [case for case in cases if group in {"", case.group}]
        return themes.compare_cases(chosen, book, texts, compared, measure=measure, groups=groups)

    def _all_coders(self) -> tuple[str, ...]:
        with self._snapshot() as snapshot:
            # Without a name somebody may work alone.
            return tuple(dict.fromkeys((*snapshot.coders, CONSENSUS, "")))

    def _stored(self, coder: str) -> tuple[TypeAssignment, ...]:
        with self._snapshot() as snapshot:
            return read_assignments(snapshot, coder)

    def _keep(self, coder: str, assignments: Sequence[TypeAssignment]) -> None:
        rows = [[a.case, a.type, a.describes, a.wave, a.reason] for a in assignments]
        with self._store.step(self._coder):
            if coder not in {"", CONSENSUS}:
                # Who assigns types before coding would be no coder, and be left out of the report.
                self._store.add_coder(coder, self._coder)
            self._store.set_design(ASSIGNED + coder, sorted(rows), self._coder)

    def _refuse_while_blind(self) -> None:
        for round_ in self._project.rounds.collect_hiding():
            raise ConflictError(
                Message(
                    "Round '{round}' is blind and open: what others assigned is hidden until all "
                    "have handed in.",
                    round=round_.name,
                )
            )

    @staticmethod
    def _check_type(design: TypologyDesign, name: str) -> None:
        names = [case_type.name for case_type in design.types]
        if name not in names:
            raise unknown_name("type", name, names, Message("the typology"))


def read_assignments(snapshot: Snapshot, coder: str) -> tuple[TypeAssignment, ...]:
    """Return what one coder assigned; of the team also that a case is none of the types.

    Args:
        snapshot: The project.
        coder: Whose; ``consensus`` for the team's.
    """
    names = {case.name for case in snapshot.cases}
    rows = snapshot.setting(ASSIGNED + coder, ())
    return tuple(TypeAssignment(*row) for row in rows if row[0] in names)


def _fits(cell: Sequence[str], names: Sequence[Sequence[str]]) -> bool:
    return len(cell) == len(names) and all(
        part in {"*", *options} for part, options in zip(cell, names, strict=True)
    )


def _pack_design(design: TypologyDesign) -> dict[str, Any]:
    return asdict(design)


def unpack_design(setting: Mapping[str, Any] | None) -> TypologyDesign:
    """Return the dimensions and types of a setting; an empty typology for None."""
    if setting is None:
        return TypologyDesign()
    dimensions = tuple(
        Dimension(
            row["name"],
            tuple(
                Category(category["name"], tuple(map(_unpack_condition, category["conditions"])))
                for category in row["categories"]
            ),
            row["text"],
        )
        for row in setting["dimensions"]
    )
    types = tuple(
        CaseType(row["name"], row["definition"], tuple(map(tuple, row["cells"])), row["target"])
        for row in setting["types"]
    )
    return TypologyDesign(dimensions, types, setting["group"])


def _unpack_condition(row: Mapping[str, Any]) -> Condition:
    return Condition(tuple(row["codes"]), row["attribute"], tuple(row["values"]), row["without"])
