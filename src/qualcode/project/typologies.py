"""The typology of a project: who is which type, by each coder, and the pages of types."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from qualcode import agreement, exporting, quotes, themes
from qualcode.errors import InvalidValueError, UndefinedRequestError, unknown_name
from qualcode.messages import Message
from qualcode.model import CONSENSUS, QuoteFilter
from qualcode.model.property_space import (
    Category,
    Dimension,
    TypeAssignment,
    TypeComparison,
    TypologyDesign,
    TypologyReport,
)
from qualcode.project.held_attributes import guard_cases, guard_quotes
from qualcode.project.layers import FINAL
from qualcode.project.names import NO_NAMES
from qualcode.project.part import in_snapshot, in_step
from qualcode.project.reports import about_project
from qualcode.project.small_counts import GROUP, find_threshold
from qualcode.project.type_design import TypeDesign
from qualcode.project.type_pages import Material, TypePages
from qualcode.quotes import ATTRIBUTION

_NO_TYPE = ""
"""Stands for the decision of the team that a case is none of the types a coder gave it."""


class Typologies(TypeDesign):
    """Types of cases that researchers define and assign."""

    # --- who is which --------------------------------------------------------------------------

    @in_step
    def assign(
        self,
        case: str,
        types: Sequence[str],
        *,
        describes: bool = False,
        wave: str = "",
        reason: str = "",
        settled: bool = False,
    ) -> tuple[TypeAssignment, ...]:
        """Say which types a case is, in the place of what this coder said of it before.

        Args:
            case: Its name.
            types: Names of the types; none takes back what was assigned. Settled, none says that
                the case is none of those that a coder assigned.
            describes: Whether the case speaks about these types, and is none itself.
            wave: The wave in which it is; all by default.
            reason: Why.
            settled: Whether coders agreed on it together: kept as that of the team.

        Raises:
            UnknownNameError: no such case, type or wave.
            InvalidValueError: the case is in another group than who can be a type.
        """
        design = self.design()
        with self._snapshot() as snapshot:
            cases = {case_.name: case_ for case_ in snapshot.cases}
            project = Message("project '{name}'", name=snapshot.info.name)
        if case not in cases:
            raise unknown_name("case", case, cases, project)
        for name in types:
            self._check_type(design, name)
        if types and not describes and design.group not in {"", cases[case].group}:
            raise InvalidValueError(
                Message(
                    "'{case}' is in another group than '{group}', so it cannot be a type. It can "
                    "describe one: --describes",
                    case=case,
                    group=design.group,
                )
            )
        waves = {p.attributes.get("wave", "") for p in cases[case].participations} - {""}
        if wave and wave not in waves:
            raise unknown_name("wave", wave, waves, Message("case '{case}'", case=case))
        if settled:
            self._refuse_while_blind()
        coder = CONSENSUS if settled else self._coder
        # Being a type and describing one are kept side by side, and so is each wave.
        other_assignments = [a for a in self._stored(coder) if a.key != (case, describes, wave)]
        new_assignments = [TypeAssignment(case, name, describes, wave, reason) for name in types]
        no_type = TypeAssignment(case, _NO_TYPE, describes, wave, reason)
        is_refused = settled and not new_assignments and self._is_assigned(no_type.key)
        self._keep(
            coder, [*other_assignments, *new_assignments, *([no_type] if is_refused else ())]
        )
        return tuple(new_assignments)

    def _is_assigned(self, key: tuple[str, bool, str]) -> bool:
        people = (name for name in self.assigned_by() if name != CONSENSUS)
        return any(a.key == key for name in people for a in self._stored(name))

    @in_step
    def assign_from_space(self, layer: str = FINAL) -> tuple[TypeAssignment, ...]:
        """Assign each case that has no type yet those of its cells; a start, not an answer.

        Args:
            layer: Whose codings say who is where.
        """
        assigned = {a.case for a in self._stored(self._coder) if not a.describes}
        given = dict.fromkeys(
            TypeAssignment(case, name)
            for cell in self.space(layer).cells
            for case in cell.cases
            # What a coder decided is kept: the cells are only a start for who has no type.
            if case not in assigned
            for name in cell.types
        )
        self._keep(self._coder, [*self._stored(self._coder), *given])
        return tuple(given)

    def assignments(self, coder: str = "") -> tuple[TypeAssignment, ...]:
        """Return who is which type, according to one coder.

        Args:
            coder: Whose; those of the acting coder by default, ``consensus`` for the team's.

        Raises:
            ConflictError: a blind round is open, and it is another coder's.
        """
        coder = coder or self._coder
        if coder != self._coder:
            self._refuse_while_blind()
        return tuple(a for a in self._stored(coder) if a.type != _NO_TYPE)

    def assigned_by(self) -> tuple[str, ...]:
        """Return the coders who assigned types, as far as the acting coder may see them."""
        with self._snapshot() as snapshot:
            hiding = bool(snapshot.hiding_rounds)
        coders = (c for c in self._all_coders() if not hiding or c == self._coder)
        return tuple(coder for coder in coders if self._stored(coder))

    def compare(self, coders: Sequence[str] = ()) -> TypeComparison:
        """Return how far two coders assign the same types.

        Args:
            coders: Their names; the two who assigned by default.

        Raises:
            UndefinedRequestError: there are no two.
            ConflictError: a blind round is open.
        """
        self._refuse_while_blind()
        names = [*coders] or [name for name in self.assigned_by() if name != CONSENSUS]
        if len(names) != 2:
            raise UndefinedRequestError(
                "Agreement on types needs two coders who assigned them. Name two: --coders "
                "ANNA,BRAM"
            )
        return agreement.compare_types(
            self._stored(names[0]),
            self._stored(names[1]),
            coders=(names[0], names[1]),
            types=[case_type.name for case_type in self.design().types],
        )

    # --- the report ----------------------------------------------------------------------------

    @in_snapshot
    def report(
        self,
        *,
        by: str = "",
        layer: str = FINAL,
        attribution: str = ATTRIBUTION,
        language: str = "",
        for_print: bool = False,
    ) -> TypologyReport:
        """Return the property space and a page per type.

        Args:
            by: Whose assignments; those of the team by default, or of the only coder.
            layer: Whose codings.
            attribution: Pattern of the line below a quote.
            language: Language of that line; that of the project by default.
            for_print: Whether who is in a type of too few cases is left out, unless somebody
                decided that it may be printed.

        Raises:
            UndefinedRequestError: nothing was defined, coders differ and nobody settled it, or
                more than two assigned.
        """
        design, space = self._printed(self.design()), self.space(layer)
        if for_print:
            design = self._without_rare_headings(design)
            space = self._span(design, layer)
        if not design.types:
            raise UndefinedRequestError(
                "No types were defined yet. Define one: qualcode typology define --type NAME"
            )
        coder, assignments, comparison, settled = self._decided(by)
        measures = self._project.disclosure.measures()
        with self._snapshot() as snapshot:
            sections = self._project.quotes.collect(
                QuoteFilter(layer=layer),
                attribution=attribution,
                language=language or snapshot.report_language,
            )
            if for_print:
                sections = guard_quotes(self._project).hide_in_sections(sections)
            codings, book, texts, _ = self._material(snapshot, layer)
            respondents = self._project.cases.respondents()
        material = Material(codings, book, texts, respondents, sections)
        threshold = find_threshold(self._project, layer) if for_print else None
        pages = TypePages(
            design, assignments, measures, material, for_print=for_print, threshold=threshold
        )
        compared = [case for case in respondents if design.group in {"", case.group}]
        report = TypologyReport(
            design,
            coder,
            space,
            tuple(pages.page(case_type) for case_type in design.types),
            len(compared),
            measures.threshold,
            comparison,
            settled,
        )
        return self._hidden(report) if for_print else report

    def _without_rare_headings(self, design: TypologyDesign) -> TypologyDesign:
        guard = guard_cases(self._project)

        def is_heading(attribute: str, value: str) -> bool:
            # A group is a part of the design of a study: its name stands in every report.
            return attribute == GROUP or guard.is_heading(attribute, value)

        return themes.drop_headings(design, is_heading)

    def _hidden(self, report: TypologyReport) -> TypologyReport:
        """Return a report without counts and names that point at few cases."""
        confirmed = self._project.disclosure.measures().confirmed
        space = quotes.hide_space(report.space, report.threshold)
        comparison = report.comparison
        if comparison is not None:
            names = [case_type.name for case_type in report.design.types]
            comparison = quotes.hide_comparison(
                comparison,
                report.threshold,
                withheld_types={page.type.name for page in report.pages if page.withheld},
                accepted_types={name for name in names if quotes.type_risk(name) in confirmed},
            )
        design = replace(
            report.design, dimensions=tuple(map(_without_rule, report.design.dimensions))
        )
        return replace(report, design=design, space=space, comparison=comparison)

    def _decided(
        self, by: str
    ) -> tuple[str, tuple[TypeAssignment, ...], TypeComparison | None, int | None]:
        """Return whose assignments hold, what they are, and how far two coders agree.

        The last is the number of cases that were settled, where other assignments stand beside.
        """
        coders = self.assigned_by()
        people = [name for name in coders if name != CONSENSUS]
        comparison = self.compare(people) if len(people) == 2 else None
        if by:
            return by, self.assignments(by), comparison, None
        if len(people) > 2:
            raise UndefinedRequestError(
                "More than two coders assigned types. Choose one: --by NAME"
            )
        # With the empty type: that a case is none of them was settled as well.
        settled = {a.key for a in self._stored(CONSENSUS)}
        self._refuse_open_differences(people, settled)
        agreed = tuple(a for a in self._agreed(people) if a.key not in settled)
        if CONSENSUS not in coders:
            return (people or [self._coder])[0], agreed, comparison, None
        # What was settled goes before what each coder said of the case.
        count = len({case for case, _, _ in settled}) if agreed else None
        return CONSENSUS, (*self.assignments(CONSENSUS), *agreed), comparison, count

    def _refuse_open_differences(
        self, people: Sequence[str], settled: Collection[tuple[str, bool, str]]
    ) -> None:
        if len(people) < 2:
            return
        first, second = people
        differing = agreement.find_differing(self._stored(first), self._stored(second))
        cases = tuple(dict.fromkeys(key[0] for key in differing if key not in settled))
        if cases:
            raise UndefinedRequestError(
                Message(
                    "{first} and {second} differ on {cases}. Resolve it: qualcode typology "
                    "assign CASE TYPE --settled; or print those of one: --by NAME",
                    first=first,
                    second=second,
                    cases=cases,
                )
            )

    def _agreed(self, people: Sequence[str]) -> tuple[TypeAssignment, ...]:
        """Return what coders assigned the same, and what one of them assigned alone."""
        agreed: dict[tuple[str, bool, str, str], TypeAssignment] = {}
        for name in people:
            for assignment in self._stored(name):
                agreed.setdefault((*assignment.key, assignment.type), assignment)
        return tuple(agreed.values())

    def accept_small_type(self, type_name: str, reason: str) -> None:
        """Decide that a type is printed though few cases are in it; see ``disclosure``.

        Args:
            type_name: Its name.
            reason: Why it may be printed; kept and listed with the other decisions.

        Raises:
            UnknownNameError: no such type.
            InvalidValueError: there is no reason.
        """
        self._check_type(self.design(), type_name)
        self._project.disclosure.accept_risk(quotes.type_risk(type_name), reason)

    def write(self, report: TypologyReport, path: Path, *, language: str = "") -> None:
        """Write a typology as docx, html, md or json: the space, then a page per type.

        Args:
            report: From :meth:`report` with ``for_print``.
            path: Where to write.
            language: ``nl`` or ``en``; that of the project by default.
        """
        with self._snapshot() as snapshot:
            language = language or snapshot.report_language
            about = about_project(snapshot, language, None)
            book = snapshot.codebook
            # Quotes have the names of interviews and coders.
            report = self._project.disclosure.hide_names(report, NO_NAMES, language)
        exporting.write_typology(report, path, about, book)


def _without_rule(dimension: Dimension) -> Dimension:
    """Return a dimension without its rule where that names values that are not printed."""
    if dimension.text:
        return dimension
    return replace(dimension, categories=tuple(Category(c.name) for c in dimension.categories))
