"""Finds values of attributes that too few participants share, whatever the attribute is called.

No list of telling attributes foresees a night shift, a neighbourhood or a diagnosis. So each
attribute counts by itself, and its rare values wait for one decision. The attributes that nearly
every study has are checked in combinations, by ``disclosure``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from qualcode.messages import Message, shell_word
from qualcode.model import Case, FrozenMap, Participation, Transcript
from qualcode.quotes.disclosure import Risk, RiskKind, stable_id, telling_fields
from qualcode.quotes.disclosure_decisions import EVERY_CASE, Measures

_OF_SOURCES = frozenset({"kind", "question"})
"""Attributes that say what a source is, and nothing of a participant."""
_EXAMPLES = 3


def join_interviews(cases: Iterable[Case], transcripts: Iterable[Transcript]) -> tuple[Case, ...]:
    """Return cases that also have the attributes of their interviews, at that moment.

    An interview of which nobody said who speaks counts as one case more.
    """
    transcripts = tuple(transcripts)
    of_interviews = {text.name: text.attributes for text in transcripts}
    joined = [_join(case, of_interviews) for case in cases]
    linked_names = {name for case in joined for name in case.transcripts}
    joined += [
        Case(text.name, text.attributes, Participation.in_each(text.name))
        for text in transcripts
        # A document has an author only if somebody says who.
        if text.name not in linked_names and text.kind != "document"
    ]
    return tuple(joined)


def _join(case: Case, of_interviews: Mapping[str, Mapping[str, str]]) -> Case:
    parts = tuple(
        replace(
            part,
            attributes=FrozenMap(
                {
                    **{
                        name: value
                        for name, value in of_interviews.get(part.transcript, {}).items()
                        if name not in case.attributes
                    },
                    **part.attributes,
                }
            ),
        )
        for part in case.participations
    )
    return replace(case, participations=parts)


class RareValues:
    """The values of attributes that fewer participants share than the threshold.

    Args:
        cases: All participants with attributes as they may be printed, from
            :func:`join_interviews`.
        measures: How many must share a value, and which risks were accepted.
        of_interviews: Names of attributes that interviews have.
        shown_cases: The same participants with values as a table shows them (bands, years);
            ``cases`` by default.
        decided: The values of the whole study, where ``cases`` are part of it: what was accepted
            there is accepted here.
    """

    def __init__(
        self,
        cases: Sequence[Case],
        measures: Measures,
        *,
        of_interviews: Iterable[str] = (),
        shown_cases: Sequence[Case] | None = None,
        decided: RareValues | None = None,
    ) -> None:
        self._measures = measures
        self._of_interviews = frozenset(of_interviews)
        self._total = len({case.name for case in cases})
        self._people = _people_by_value(cases)
        self._shown = self._people if shown_cases is None else _people_by_value(shown_cases)
        self._shown_cases = {case.name: case for case in shown_cases or cases}
        self._decided = decided

    @cached_property
    def accepted(self) -> dict[str, str]:
        """The reason why rare values are printed, by attribute."""
        confirmed = self._measures.confirmed
        ids = {name: self.risk_id(name) for name in self._people}
        return {name: confirmed[key] for name, key in ids.items() if key in confirmed}

    def is_held(self, name: str, value: str) -> bool:
        """Tell whether a value, as it is shown, waits for a decision on its attribute."""
        # What fits nobody is said of no participant: the words of an interviewer.
        is_rare = 0 < len(self.find_holders(name, value)) < self._measures.threshold
        return is_rare and not self._is_accepted(name, value)

    def _is_accepted(self, name: str, value: str) -> bool:
        if name in _OF_SOURCES or name in self.accepted:
            return True
        decided = self._decided
        return decided is not None and name in decided.accepted and value in decided.find_rare(name)

    def find_holders(self, name: str, value: str) -> frozenset[str]:
        """Return the participants who have a value, as it is shown."""
        return frozenset(self._shown.get(name, {}).get(value, ()))

    def find_held(self, case: str) -> frozenset[str]:
        """Return the attributes of which a participant has a value that waits, at some moment."""
        shown_case = self._shown_cases.get(case)
        values = _each_value([shown_case]) if shown_case is not None else ()
        return frozenset(
            name for name, value, _ in values if self.is_alone(name) and self.is_held(name, value)
        )

    def is_left_out(self, name: str) -> bool:
        """Tell whether it was decided to print an attribute of interviews of nobody."""
        return name in self._of_interviews and (EVERY_CASE, name) in self._measures.suppressed

    def is_alone(self, name: str) -> bool:
        """Tell whether no check on combinations looks at an attribute, or not at all its values."""
        # An interview may have an attribute with a usual name, and combinations are those of cases.
        return name in self._of_interviews or not telling_fields({name: "-"})

    # --- risks -------------------------------------------------------------------------------

    def find_risks(self, names: Iterable[str] | None = None) -> tuple[Risk, ...]:
        """Return a risk for each attribute with rare values, accepted ones with the reason.

        Args:
            names: The attributes; by default those that no check on combinations looks at.
        """
        chosen = filter(self.is_alone, self._people) if names is None else names
        risks = (
            self._risk(name)
            for name in dict.fromkeys(chosen)
            if name not in _OF_SOURCES and not self.is_left_out(name) and self.find_rare(name)
        )
        return self._measures.with_reasons(risks)

    def risk_id(self, name: str) -> str:
        """Return the id of the risk that the rare values of an attribute point at somebody."""
        # The values are part of the id, so that a new rare value is asked about again.
        return stable_id(RiskKind.VALUE.value, name, *self.find_rare(name))

    def find_rare(self, name: str) -> list[str]:
        """Return the values of an attribute that too few participants share, in their order."""
        people = self._people.get(name, {})
        return sorted(v for v in people if len(people[v]) < self._measures.threshold)

    def _risk(self, name: str) -> Risk:
        people = self._people[name]
        # The rarest first: they say most.
        rare = sorted(self.find_rare(name), key=lambda value: len(people[value]))
        examples: str = "; ".join(f"{value}: {len(people[value])}" for value in rare[:_EXAMPLES])
        if len(rare) > _EXAMPLES:
            examples = Message(
                "{examples} and {count} more", examples=examples, count=len(rare) - _EXAMPLES
            )
        message = Message.counted(
            "{count} value fits fewer than {threshold} of {count_cases} participants ({examples}).",
            "{count} values fit fewer than {threshold} of {count_cases} participants each "
            "({examples}).",
            len(rare),
            threshold=self._measures.threshold,
            count_cases=self._total,
            examples=examples,
        )
        where = Message("attribute {name}", name=name)
        return Risk(self.risk_id(name), RiskKind.VALUE, where, message, self._hint(name, rare[0]))

    def _hint(self, name: str, value: str) -> Message:
        if name in self._of_interviews:
            return Message("Leave it out: --suppress {name}.", name=shell_word(name))
        return Message(
            "Leave it out (--suppress {name}) or print wider values (--widen {change}).",
            name=shell_word(name),
            change=shell_word(f"{name}:{value}=..."),
        )


def _people_by_value(cases: Iterable[Case]) -> dict[str, dict[str, set[str]]]:
    """Return the names of the cases who have a value at some moment, by attribute and value."""
    people: dict[str, dict[str, set[str]]] = {}
    for name, value, case in _each_value(cases):
        people.setdefault(name, {}).setdefault(value, set()).add(case)
    return people


def _each_value(cases: Iterable[Case]) -> Iterator[tuple[str, str, str]]:
    for case in cases:
        # Tables print lasting values too where each moment has another.
        for attributes in (case.attributes, *(part.attributes for part in case.participations)):
            for name, value in attributes.items():
                if value.strip():
                    yield name, value, case.name
