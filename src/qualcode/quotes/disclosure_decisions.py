"""What people decided to print less of, and which risks they accepted, with their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from qualcode.errors import unknown_name
from qualcode.model import Case, FrozenMap, QuoteSection, Reach
from qualcode.quotes.cell_suppression import hide_reaches
from qualcode.quotes.disclosure import THRESHOLD, Risk, stable_id

EVERY_CASE = ""
"""Stands for all cases where an attribute is not printed of anybody."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One decision, as it is shown in a list.

    Attributes:
        id: What to take it back by; of an accepted risk the id of the risk.
        kind: ``leave-out``, ``suppress``, ``widen``, ``hide-cells`` or ``confirm``.
        what: What it is about.
        because: Why; only accepted risks carry a reason.
    """

    id: str
    kind: str
    what: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is printed less, and why the rest is printed.

    Attributes:
        threshold: Fewest cases that must share what is printed of them.
        left_out: Ids of codings that are not quoted.
        suppressed: Case and attribute that are not printed together; ``""`` for every case.
        wider: Wider values by attribute and value: ``("region", "Zuid")`` to ``"buiten"``.
        hide_counts: Whether counts of fewer cases than the threshold are hidden.
        confirmed: Why a risk is accepted, by its id.
    """

    threshold: int = THRESHOLD
    left_out: frozenset[str] = frozenset()
    suppressed: frozenset[tuple[str, str]] = frozenset()
    wider: FrozenMap[tuple[str, str], str] = field(default_factory=FrozenMap)
    hide_counts: bool = False
    confirmed: FrozenMap[str, str] = field(default_factory=FrozenMap)

    @property
    def coarser(self) -> tuple[str, ...]:
        """The attributes of which values are left out or told more widely."""
        names = {name for _, name in self.suppressed} | {name for name, _ in self.wider}
        return tuple(sorted(names))

    def of_cases(self, cases: Iterable[Case]) -> tuple[Case, ...]:
        """Return the cases as they are printed: what is not told is empty."""
        return tuple(replace(c, attributes=self._attributes_of(c)) for c in cases)

    def _attributes_of(self, case: Case) -> FrozenMap[str, str]:
        untold = {name for who, name in self.suppressed if who in {EVERY_CASE, case.name}}
        return FrozenMap(
            {
                name: "" if name in untold else self.wider.get((name, value), value)
                for name, value in case.attributes.items()
            }
        )

    def of_sections(self, sections: Iterable[QuoteSection]) -> tuple[QuoteSection, ...]:
        """Return quotes as they are printed: some left out, small counts hidden."""
        printed = []
        for section in sections:
            quotes = tuple(q for q in section.quotes if q.coding not in self.left_out)
            if quotes:
                reaches = self.of_reaches(section.reaches)
                printed.append(replace(section, quotes=quotes, reaches=reaches))
        return tuple(printed)

    def of_reaches(self, reaches: tuple[Reach, ...]) -> tuple[Reach, ...]:
        """Return the reach of one code as it is printed."""
        return hide_reaches(reaches, self.threshold) if self.hide_counts else reaches

    def with_reasons(self, risks: Iterable[Risk]) -> tuple[Risk, ...]:
        """Return the risks with the reasons for which they were accepted."""
        return tuple(replace(risk, confirmed=self.confirmed.get(risk.id, "")) for risk in risks)

    def listed(self) -> tuple[Measure, ...]:
        """Return every decision, to be shown and taken back."""
        return tuple(measure for measure, _ in self._each())

    def without(self, measure: str) -> Measures:
        """Return the measures with one taken back.

        Raises:
            UnknownNameError: there is no measure of this id.
        """
        rest = {one.id: others for one, others in self._each()}
        if measure not in rest:
            raise unknown_name("measure", measure, rest, "this project")
        return rest[measure]

    def _each(self) -> Iterator[tuple[Measure, Measures]]:
        """Yield each decision with the measures as they are without it."""
        for coding in sorted(self.left_out):
            rest = replace(self, left_out=self.left_out - {coding})
            yield _measure("leave-out", f"coding {coding[:8]}", coding), rest
        for case, name in sorted(self.suppressed):
            rest = replace(self, suppressed=self.suppressed - {(case, name)})
            yield _measure("suppress", f"{name} of {case or 'every case'}", case, name), rest
        for (name, value), wider in sorted(self.wider.items()):
            others = {key: to for key, to in self.wider.items() if key != (name, value)}
            rest = replace(self, wider=FrozenMap(others))
            yield _measure("widen", f"{name}: {value} becomes {wider}", name, value), rest
        if self.hide_counts:
            what = f"counts of fewer than {self.threshold} cases"
            yield _measure("hide-cells", what), replace(self, hide_counts=False)
        for risk, reason in sorted(self.confirmed.items()):
            kept = {key: why for key, why in self.confirmed.items() if key != risk}
            measure = Measure(risk, "confirm", f"risk {risk}", reason)
            yield measure, replace(self, confirmed=FrozenMap(kept))


def _measure(kind: str, what: str, *key: str) -> Measure:
    return Measure(stable_id(kind, *key), kind, what)
