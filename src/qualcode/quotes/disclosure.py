"""A first check on disclosure: attributions that single a respondent out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualcode.errors import Problem
from qualcode.model import Case, QuoteSection
from qualcode.quotes.attribution import ATTRIBUTION, PLACES, AttributionPattern


def disclosure_problems(
    sections: Iterable[QuoteSection],
    cases: Sequence[Case],
    *,
    attribution: str = ATTRIBUTION,
    threshold: int = 3,
) -> tuple[Problem, ...]:
    """Return a problem for each attribution that fits fewer than ``threshold`` cases.

    Only the attributes that the pattern prints are looked at; a pseudonym is not one. What the
    quotes themselves say is left to the reader.

    Args:
        sections: The quotes to be printed.
        cases: All cases of the project.
        attribution: The pattern that the quotes are printed with.
        threshold: Number of cases that must share an attribution (k-anonymity; Sweeney 2002).
    """
    fields = [f for f in AttributionPattern.parse(attribution).fields if f not in PLACES]
    quoted = {name for s in sections for q in s.quotes for name in q.case.split(", ")}
    alike: dict[tuple[str, ...], list[Case]] = {}
    for case in cases:
        alike.setdefault(_values(case, fields), []).append(case)
    return tuple(
        Problem(
            "case " + ", ".join(case.name for case in same if case.name in quoted),
            f"The attribution '{', '.join(filter(None, values))}' fits {len(same)} of "
            f"{len(cases)} cases, fewer than {threshold}.",
            _hint(fields, cases, same[0], threshold),
        )
        for values, same in alike.items()
        if any(values) and len(same) < threshold and any(case.name in quoted for case in same)
    )


def _values(case: Case, fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(case.attributes.get(field, "") for field in fields)


def _hint(fields: Sequence[str], cases: Sequence[Case], own: Case, threshold: int) -> str:
    for field in reversed(fields):
        others = [other for other in fields if other != field]
        same = sum(_values(case, others) == _values(own, others) for case in cases)
        if same >= threshold:
            return f"Without {{{field}}} it fits {same}."
    return "Print fewer attributes, or wider ones."
