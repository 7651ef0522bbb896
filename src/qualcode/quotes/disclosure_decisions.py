"""Decisions on disclosure: details that are not printed, and risks accepted with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from qualcode.errors import unknown_name
from qualcode.messages import Message
from qualcode.model import Case, FrozenMap, QuoteSection, Reach
from qualcode.model.json_values import rename_fields
from qualcode.quotes.cell_suppression import hide_reaches
from qualcode.quotes.disclosure import THRESHOLD, Risk, stable_id

EVERY_CASE = ""
"""Means all cases: an attribute that is not printed for anybody."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One decision, as an entry in a list.

    Attributes:
        id: Id for taking it back; for an accepted risk, the id of the risk.
        kind: ``leave-out``, ``suppress``, ``widen``, ``hide-cells`` or ``confirm``.
        item: The coding, attribute, value or risk that it is about.
        because: Its reason; only accepted risks have one.
    """

    id: str
    kind: str
    item: str
    because: str = ""

    def json_fields(self) -> dict[str, Any]:
        """Return the measure as JSON names it: the item is ``what``."""
        return rename_fields(self, {"item": "what"})


@dataclass(frozen=True, slots=True)
class Measures:
    """All decisions on disclosure of a project.

    Attributes:
        threshold: Number of cases that must share the printed attributes.
        left_out: Ids of codings that are not quoted.
        suppressed: Case and attribute that are not printed together; ``""`` for every case.
        wider: Wider values by attribute and value: ``("region", "Zuid")`` to ``"buiten"``.
        hide_counts: Whether counts of fewer cases than the threshold are hidden.
        confirmed: Reason for accepting a risk, by its id.
    """

    threshold: int = THRESHOLD
    left_out: frozenset[str] = frozenset()
    suppressed: frozenset[tuple[str, str]] = frozenset()
    wider: FrozenMap[tuple[str, str], str] = field(default_factory=FrozenMap)
    hide_counts: bool = False
    confirmed: FrozenMap[str, str] = field(default_factory=FrozenMap)

    @property
    def coarser(self) -> tuple[str, ...]:
        """The attributes with values that are left out or widened."""
        names = {name for _, name in self.suppressed} | {name for name, _ in self.wider}
        return tuple(sorted(names))

    def of_cases(self, cases: Iterable[Case]) -> tuple[Case, ...]:
        """Return the cases as printed: values that are not printed are empty."""
        return tuple(
            replace(
                case,
                attributes=self._printed(case, case.attributes),
                participations=tuple(
                    replace(part, attributes=self._printed(case, part.attributes))
                    for part in case.participations
                ),
            )
            for case in cases
        )

    def _printed(self, case: Case, attributes: FrozenMap[str, str]) -> FrozenMap[str, str]:
        unprinted = {
            name
            for name_of_case, name in self.suppressed
            if name_of_case in {EVERY_CASE, case.name}
        }
        return FrozenMap(
            {
                # The attribute stays with an empty value, so that a pattern that names it is still
                # valid.
                name: "" if name in unprinted else self.wider.get((name, value), value)
                for name, value in attributes.items()
            }
        )

    def of_sections(self, sections: Iterable[QuoteSection]) -> tuple[QuoteSection, ...]:
        """Return quotes as printed: some left out, small counts hidden."""
        printed = []
        for section in sections:
            quotes = tuple(q for q in section.quotes if q.coding not in self.left_out)
            if quotes:
                reaches = self.of_reaches(section.reaches)
                printed.append(replace(section, quotes=quotes, reaches=reaches))
        return tuple(printed)

    def of_reaches(self, reaches: tuple[Reach, ...]) -> tuple[Reach, ...]:
        """Return the reach of one code as printed."""
        return hide_reaches(reaches, self.threshold) if self.hide_counts else reaches

    def with_reasons(self, risks: Iterable[Risk]) -> tuple[Risk, ...]:
        """Return the risks with the reasons for which they were accepted."""
        return tuple(replace(risk, confirmed=self.confirmed.get(risk.id, "")) for risk in risks)

    def listed(self) -> tuple[Measure, ...]:
        """Return every decision, for showing it and taking it back."""
        return tuple(measure for measure, _ in self._each())

    def without(self, measure: str) -> Measures:
        """Return the measures with one taken back.

        Raises:
            UnknownNameError: There is no measure with this id.
        """
        measures_by_id = {decision.id: measures for decision, measures in self._each()}
        if measure not in measures_by_id:
            raise unknown_name("measure", measure, measures_by_id, "this project")
        return measures_by_id[measure]

    def _each(self) -> Iterator[tuple[Measure, Measures]]:
        """Yield each decision with the measures that remain without it."""
        # sets have no order: the list must be the same each time
        for coding in sorted(self.left_out):
            remaining = replace(self, left_out=self.left_out - {coding})
            yield _measure("leave-out", Message("coding {id}", id=coding[:8]), coding), remaining
        for case, name in sorted(self.suppressed):
            remaining = replace(self, suppressed=self.suppressed - {(case, name)})
            subject = (
                Message("{name} of {case}", name=name, case=case)
                if case
                else Message("{name} of every case", name=name)
            )
            yield _measure("suppress", subject, case, name), remaining
        for (name, value), wider in sorted(self.wider.items()):
            wider_values = {key: to for key, to in self.wider.items() if key != (name, value)}
            remaining = replace(self, wider=FrozenMap(wider_values))
            yield (
                _measure(
                    "widen",
                    Message("{name}: {value} becomes {wider}", name=name, value=value, wider=wider),
                    name,
                    value,
                ),
                remaining,
            )
        if self.hide_counts:
            subject = Message("counts of fewer than {threshold} cases", threshold=self.threshold)
            yield _measure("hide-cells", subject), replace(self, hide_counts=False)
        for risk, reason in sorted(self.confirmed.items()):
            confirmed = {key: why for key, why in self.confirmed.items() if key != risk}
            measure = Measure(risk, "confirm", Message("risk {risk}", risk=risk), reason)
            yield measure, replace(self, confirmed=FrozenMap(confirmed))


def _measure(kind: str, subject: str, *key: str) -> Measure:
    return Measure(stable_id(kind, *key), kind, subject)
