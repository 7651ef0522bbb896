"""What is not finished in findings and recommendations."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.errors import Problem
from qualcode.messages import Message
from qualcode.model.finding import EvidenceReport


def list_gaps(report: EvidenceReport) -> Iterable[Problem]:
    """Yield what a researcher has to look at before findings are printed."""
    known = {state.finding.id for state in report.findings}
    stale = {state.finding.id for state in report.findings if state.is_stale}
    for state in report.findings:
        where = Message("finding {number}", number=state.finding.number)
        if state.is_stale:
            yield Problem(
                where,
                Message("Codings changed since this was looked at."),
                Message("Read the passages again: qualcode findings looked"),
            )
        if state.is_empty:
            yield Problem(
                where,
                Message("It rests on no passage."),
                Message("Link one: qualcode findings link"),
            )
    for recommendation in report.recommendations:
        where = Message("recommendation {number}", number=recommendation.number)
        if stale.intersection(recommendation.findings):
            yield Problem(where, Message("A finding that it rests on changed."))
        # Who removed a finding in a blind round did not see the recommendations of others on it.
        if not known.intersection(recommendation.findings):
            yield Problem(where, Message("It rests on no finding."))
