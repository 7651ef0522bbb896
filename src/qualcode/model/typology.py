"""Types of cases: which go together, and what sets them apart."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.model.frozen import LocalText


@dataclass(frozen=True, slots=True)
class Merge:
    """One step of the clustering: two clusters become one.

    Attributes:
        left: Number of a cluster: below the number of cases a case, else a merge.
        right: Likewise; the cluster with the later first case.
        distance: Mean distance between their cases.
        size: Cases in the new cluster.
    """

    left: int
    right: int
    distance: float
    size: int


@dataclass(frozen=True, slots=True)
class AttributeCount:
    """How often a value of a case attribute goes with a type.

    Attributes:
        attribute: Name of the attribute.
        value: Its value.
        inside: Cases of the type that have it.
        of_inside: Cases of the type.
        outside: Cases outside the type that have it.
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
    """How often a code goes with a type; fields as in :class:`AttributeCount`.

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
    """Cases that go together, with what sets them apart.

    Attributes:
        name: ``"1"``, ``"2"``, ... for clusters; the researcher's name for assigned types.
        cases: Names of the cases.
        codes: Codes by how much more common they are inside than outside.
        attributes: Values of case attributes, likewise.
        withheld: Whether its content is left out because too few cases make it up.
    """

    name: str
    cases: tuple[str, ...]
    codes: tuple[CodeCount, ...] = ()
    attributes: tuple[AttributeCount, ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Typology:
    """Cases compared on their code profiles: an aid to name types, not a finding.

    Attributes:
        measure: ``gower`` or ``jaccard``.
        cases: Names of the cases compared.
        codes: Paths of the codes they are compared on.
        distances: Distance between each two cases, 0 to 1; None where two cases share
            nothing that both were asked.
        merges: The dendrogram, average linkage, nearest first; one fewer than cases.
        leaves: Names of the cases in the order to draw them.
        groups: The clusters when cut into the number asked for.
        undefined_because: Why there is no clustering; None where there is one.
    """

    measure: str
    cases: tuple[str, ...]
    codes: tuple[str, ...]
    distances: tuple[tuple[float | None, ...], ...] = ()
    merges: tuple[Merge, ...] = ()
    leaves: tuple[str, ...] = ()
    groups: tuple[TypeGroup, ...] = ()
    undefined_because: str | None = None
