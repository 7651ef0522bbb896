"""Types of cases, with the codes and attributes that distinguish them."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.frozen import LocalText


@dataclass(frozen=True, slots=True)
class Merge:
    """One step of the clustering: two clusters become one.

    Attributes:
        left: Number of a cluster: a case if below the number of cases, else a merge.
        right: Number of the cluster with the later first case.
        distance: Mean distance between their cases.
        size: Cases in the new cluster.
    """

    left: int
    right: int
    distance: float
    size: int


@dataclass(frozen=True, slots=True)
class AttributeCount:
    """Counts of a value of a case attribute inside and outside a type.

    Attributes:
        attribute: Name of the attribute.
        value: Its value.
        inside: Cases of the type with the value.
        of_inside: Cases of the type.
        outside: Cases outside the type with the value.
        of_outside: Cases outside the type.
    """

    attribute: str
    value: str
    inside: int
    of_inside: int
    outside: int
    of_outside: int


@dataclass(frozen=True, slots=True)
class CodeCount:
    """Counts of a code inside and outside a type; fields as in :class:`AttributeCount`.

    Cases that were not asked about the code are left out of the totals.
    """

    code: str
    label: LocalText
    inside: int
    of_inside: int
    outside: int
    of_outside: int


@dataclass(frozen=True, slots=True)
class TypeGroup:
    """The cases of one type, with their distinguishing codes and attributes.

    Attributes:
        name: ``"1"``, ``"2"``, ... for clusters; the researcher's name for assigned types.
        cases: Names of the cases.
        codes: Codes by how much more common they are inside than outside.
        attributes: Values of case attributes, in the same order.
        withheld: Whether its content is left out because it has too few cases.
        shortened: Whether codes and attributes of too few cases are left out.
    """

    name: str
    cases: tuple[str, ...]
    codes: tuple[CodeCount, ...] = ()
    attributes: tuple[AttributeCount, ...] = ()
    withheld: bool = False
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class Typology:
    """Cases compared on their code profiles: an aid for naming types, not a result.

    Attributes:
        measure: ``gower`` or ``jaccard``.
        cases: Names of the cases compared.
        codes: Paths of the codes they are compared on.
        distances: Distance between each two cases, 0 to 1; None if no code was asked of both.
        merges: The dendrogram, average linkage, nearest first; one fewer than cases.
        leaves: Names of the cases in the order to draw them.
        groups: The clusters, in the requested number.
        undefined_because: Reason why there is no clustering; None if there is one.
    """

    measure: str
    cases: tuple[str, ...]
    codes: tuple[str, ...]
    distances: tuple[tuple[float | None, ...], ...] = ()
    merges: tuple[Merge, ...] = ()
    leaves: tuple[str, ...] = ()
    groups: tuple[TypeGroup, ...] = ()
    undefined_because: str | None = None
