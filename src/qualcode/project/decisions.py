"""Decisions as they stand now: under the ids and with the sides of the present disagreements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode import adjudication, agreement
from qualcode.errors import Problem, UnknownNameError
from qualcode.messages import Message
from qualcode.model import CONSENSUS, Decision, Disagreement, Transcript

if TYPE_CHECKING:
    from qualcode.project.project import Project


def with_present_ids(
    decisions: Iterable[Decision], disagreements: Sequence[Disagreement]
) -> tuple[Decision, ...]:
    """Return decisions, those of older versions with A and B swapped as decisions of now."""
    ids = {agreement.swapped_id(disagreement): disagreement.id for disagreement in disagreements}
    return adjudication.swap_sides(decisions, ids)


def is_revised(decision: Decision, new: Decision | None) -> bool:
    """Tell whether a decision differs from the one that takes its place."""
    if new is None:
        return False
    return (new.choice, new.span, new.code) != (decision.choice, decision.span, decision.code)


def find_disagreement(
    by_id: Mapping[str, Disagreement], key: str, coders: Sequence[str]
) -> Disagreement:
    """Return the disagreement with an id.

    Raises:
        UnknownNameError: there is none.
    """
    if key not in by_id:
        raise UnknownNameError(
            Message(
                "There is no disagreement '{key}' between {coders}: perhaps the codings "
                "changed since. List them again: qualcode adjudicate --queue FILE.csv",
                key=key,
                coders=tuple(coders),
            )
        )
    return by_id[key]


def find_lost_decisions(
    project: Project, coders: Sequence[str], compared: Mapping[str, Transcript]
) -> tuple[Decision, ...]:
    """Return the decisions on transcripts that only one of the two has codings in now."""
    people: dict[str, set[str]] = {}
    for coding in project.codings.collect():
        people.setdefault(coding.transcript, {CONSENSUS}).add(coding.coder)
    return tuple(
        decision
        for decision in project.adjudication.collect_decisions()
        if decision.transcript not in compared
        # With codings of somebody else in it, the decision may belong to another team.
        and people.get(decision.transcript, set()) <= {*coders, CONSENSUS}
    )


def describe_stale(decision: Decision) -> Problem:
    """Return the problem of a decision on a disagreement that is no longer there."""
    named = Message("The decision")
    if decision.by:
        named = Message("The decision by {by}", by=decision.by)
    if decision.decided_at:
        moment = f"{decision.decided_at:%Y-%m-%d %H:%M}"
        named = Message("{decision} of {moment}", decision=named, moment=moment)
    return Problem(
        decision.transcript,
        Message(
            "{decision} (“{value}”) is about a disagreement ({disagreement}) that is no longer "
            "there: the codings changed since.",
            decision=named,
            value=decision.choice.value,
            disagreement=decision.disagreement,
        ),
        "It counts no longer; look at what is open.",
    )
