"""A typology that researchers build: dimensions, the property space, types, who is which.

After Kelle and Kluge (2010), Vom Einzelfall zum Typus: dimensions of comparison span a property
space; its cells are joined into types. The program counts who is where; it names no type.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model.coding import CONSENSUS
from qualcode.model.frozen import FrozenMap
from qualcode.model.quote import Quote
from qualcode.model.typology import CodeCount

MOST_CATEGORIES = 12
"""Of one dimension: more cells than cases tell nothing."""
REST = "*"
"""The rule of a category for all whom no other category of the dimension holds."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a case must have, or must not have: one of some codes, or values of an attribute.

    Attributes:
        codes: Ids of codes; one of them, or of a code below it, is enough.
        attribute: Name of an attribute, in the place of codes.
        values: Its values; one of them is enough.
        without: Whether a case must have none of it.
    """

    codes: tuple[str, ...] = ()
    attribute: str = ""
    values: tuple[str, ...] = ()
    without: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """One value of a dimension: the cases that meet all of its conditions.

    Attributes:
        name: Its name.
        conditions: All must hold; none of them stands for all other cases.
    """

    name: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    """What cases are compared on. A case may be in several of its categories.

    Attributes:
        name: Its name.
        categories: Its values.
        text: The rule as it was written.

    Raises:
        InvalidValueError: it has no name, fewer than one or too many categories, or one twice.
    """

    name: str
    categories: tuple[Category, ...]
    text: str = ""

    def __post_init__(self) -> None:
        names = [category.name for category in self.categories]
        if not self.name.strip() or not names or not all(map(str.strip, names)):
            raise InvalidValueError("A dimension needs a name, and categories with names.")
        twice = [name for name, count in Counter(names).items() if count > 1]
        if twice:
            raise InvalidValueError(
                Message(
                    "Dimension '{name}' has the category '{twice}' twice.",
                    name=self.name,
                    twice=twice[0],
                )
            )
        if len(names) > MOST_CATEGORIES:
            raise InvalidValueError(
                Message(
                    "Dimension '{name}' has {count} categories, and {most} is the most. Join "
                    'values: "{name}: A=@attribute:one|two; B=*"',
                    name=self.name,
                    count=len(names),
                    most=MOST_CATEGORIES,
                )
            )


@dataclass(frozen=True, slots=True)
class CaseType:
    """A type: cells of the property space, joined under a name.

    Attributes:
        name: Its name.
        definition: What its cases have in common, in the researcher's words.
        cells: Category names, one per dimension; ``*`` stands for every category.
        target: The target group it is joined into; ``""`` for none.
    """

    name: str
    definition: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    target: str = ""

    def holds(self, cell: tuple[str, ...]) -> bool:
        """Tell whether a cell of the property space belongs to the type."""
        return any(
            all(part in {REST, name} for part, name in zip(pattern, cell, strict=True))
            for pattern in self.cells
        )


@dataclass(frozen=True, slots=True)
class TypologyDesign:
    """What a typology is made of.

    Attributes:
        dimensions: Two or three, mostly.
        types: The types, in the order to print.
        group: The respondents who can be a type; all where it is empty. Others may describe one.

    Raises:
        InvalidValueError: two dimensions or types share a name, or a cell has another number of
            parts than there are dimensions, or an unknown category.
    """

    dimensions: tuple[Dimension, ...] = ()
    types: tuple[CaseType, ...] = ()
    group: str = ""

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes of cases that dimensions are made of."""
        categories = (c for dimension in self.dimensions for c in dimension.categories)
        names = (condition.attribute for c in categories for condition in c.conditions)
        return tuple(dict.fromkeys(filter(None, names)))

    def __post_init__(self) -> None:
        for names in ([d.name for d in self.dimensions], [t.name for t in self.types]):
            twice = [name for name, count in Counter(names).items() if count > 1]
            if twice:
                raise InvalidValueError(
                    Message("There are two of the name '{name}'.", name=twice[0])
                )
        for case_type in self.types:
            if not case_type.name.strip():
                raise InvalidValueError("A type needs a name.")
            for cell in case_type.cells:
                self._check_cell(case_type, cell)

    def _check_cell(self, case_type: CaseType, cell: tuple[str, ...]) -> None:
        if len(cell) != len(self.dimensions):
            raise InvalidValueError(
                Message(
                    "A cell of type '{name}' has {parts} parts, and there are {dimensions} "
                    "dimensions. Name one category of each, or *.",
                    name=case_type.name,
                    parts=len(cell),
                    dimensions=len(self.dimensions),
                )
            )
        for part, dimension in zip(cell, self.dimensions, strict=True):
            names = [category.name for category in dimension.categories]
            if part not in {REST, *names}:
                raise InvalidValueError(
                    Message(
                        "Dimension '{dimension}' has no category '{part}'. It has: {names}.",
                        dimension=dimension.name,
                        part=part,
                        names=", ".join(names),
                    )
                )

    @property
    def targets(self) -> tuple[str, ...]:
        """The target groups, in the order of the types."""
        return tuple(dict.fromkeys(t.target for t in self.types if t.target))


@dataclass(frozen=True, slots=True)
class TypeAssignment:
    """That a case is a type, or describes one, according to one coder.

    Attributes:
        case: Name of the case.
        type: Name of the type.
        describes: Whether the case speaks about the type, and is none itself.
        wave: The wave in which it is; ``""`` for all of them.
        reason: Why.
    """

    case: str
    type: str
    describes: bool = False
    wave: str = ""
    reason: str = ""

    @property
    def key(self) -> tuple[str, bool, str]:
        """What is decided on at once: the case, whether it describes types, and the wave."""
        return self.case, self.describes, self.wave


@dataclass(frozen=True, slots=True)
class SpaceCell:
    """One cell of the property space.

    Attributes:
        categories: A category name per dimension.
        cases: Names of the cases in it; several cells may hold one case. Empty in print.
        types: Names of the types that the cell belongs to.
        hidden: Printed in the place of a small count; ``""`` if it may be printed.
        count: Number of cases in it; None if that is hidden.
    """

    categories: tuple[str, ...]
    cases: tuple[str, ...]
    types: tuple[str, ...] = ()
    hidden: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class PropertySpace:
    """Who is where.

    Attributes:
        dimensions: Names of the dimensions.
        cells: Every combination, empty ones included.
        outside: Cases that are in no category of some dimension, and of which one.
    """

    dimensions: tuple[str, ...]
    cells: tuple[SpaceCell, ...]
    outside: FrozenMap[str, str] = field(default_factory=FrozenMap)


@dataclass(frozen=True, slots=True)
class TypeAgreement:
    """How far two coders assign a type to the same cases.

    Attributes:
        type: Name of the type; ``""`` for all types together.
        both: Units to which both assigned it: a case in a wave, apart for being a type and for
            describing one.
        first_only: Units of the first coder only.
        second_only: Units of the second coder only.
        neither: Units of neither, of the cases that both assigned something to.
        kappa: Cohen's kappa; None if it does not exist.
        undefined_because: The reason.
    """

    type: str
    both: int
    first_only: int
    second_only: int
    neither: int
    kappa: float | None
    undefined_because: str | None = None


@dataclass(frozen=True, slots=True)
class TypeComparison:
    """Two coders who assigned types.

    Attributes:
        coders: Their names.
        cases: Number of cases that both assigned something to.
        rows: One per type, then all together.
        differ: Cases that they assign differently; empty in print.
    """

    coders: tuple[str, str]
    cases: int
    rows: tuple[TypeAgreement, ...]
    differ: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypeContrast:
    """The codes that most set a type apart from another one."""

    other: str
    codes: tuple[CodeCount, ...]


@dataclass(frozen=True, slots=True)
class TypePage:
    """All that is printed of one type.

    Attributes:
        type: The type.
        cases: Names of the cases that are it.
        informants: Names of the cases that describe it.
        moves: Cases that are it in some waves and another type in others: case, wave, type.
        about: Attributes of its cases that may be printed, each with its values and counts.
        codes: The codes that set it apart from the other cases.
        quotes: Quotes of its cases that show it.
        described: Quotes of the informants.
        contrasts: One per other type that has cases.
        risk: Id of the risk that so few cases are recognised; ``""`` if they are enough.
        accepted: Why it is printed all the same; ``""`` if nobody decided that.
        withheld: Whether who it is, is left out.
    """

    type: CaseType
    cases: tuple[str, ...]
    informants: tuple[str, ...]
    moves: tuple[tuple[str, str, str], ...] = ()
    about: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()
    codes: tuple[CodeCount, ...] = ()
    quotes: tuple[Quote, ...] = ()
    described: tuple[Quote, ...] = ()
    contrasts: tuple[TypeContrast, ...] = ()
    risk: str = ""
    accepted: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class TypologyReport:
    """A typology as it is printed: the space, the types, the target groups.

    Attributes:
        design: What it is made of.
        assigned_by: Whose assignments; ``consensus`` where coders settled them.
        space: The property space.
        pages: One per type.
        cases: Number of cases that can be a type.
        threshold: Types of fewer cases are printed after a decision only.
        comparison: Of the two coders who assigned; None if there are no two.
        settled: Number of cases that coders decided on together, next to what each assigned;
            None where all assignments are of one kind.
    """

    design: TypologyDesign
    assigned_by: str
    space: PropertySpace
    pages: tuple[TypePage, ...]
    cases: int
    threshold: int
    comparison: TypeComparison | None = None
    settled: int | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the assignments are those of the team."""
        return self.assigned_by == CONSENSUS


def members(assignments: Iterable[TypeAssignment], name: str) -> tuple[str, ...]:
    """Return the cases that are a type, each once."""
    return tuple(dict.fromkeys(a.case for a in assignments if a.type == name and not a.describes))
