"""In what a comparison differs from the plan that was frozen, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from qualcode.messages import Message
from qualcode.model import AgreementReport
from qualcode.model.agreement_plan import PLANNED_COEFFICIENTS, AgreementPlan
from qualcode.model.comparison import UNIT_NAMES

AS_PLANNED = Message("Coders, number of interviews, unit and coefficient are as planned.")


def find_deviations(
    plans: Sequence[AgreementPlan],
    report: AgreementReport,
    *,
    interviews: int,
    first_coded_at: datetime | None,
) -> tuple[Message, ...]:
    """Return when the plan was frozen, each deviation from it or that there is none, its outcome.

    Args:
        plans: The plans that were frozen, one or more, the latest one last; that one holds.
        report: The comparison.
        interviews: Number of interviews in the project.
        first_coded_at: When the first of the codings compared was made; None if not known.
    """
    plan = plans[-1]
    deviations = (*_of_work(plan, report, interviews), *_of_figures(plan, report))
    return (
        Message("The check of agreement had a plan, frozen on {day}.", day=_day(plan)),
        *_changes(plans),
        *_late(plan, first_coded_at),
        # Silence would leave open whether anybody had looked.
        *(deviations or (AS_PLANNED,)),
        *_outcome(plan, report),
    )


def _changes(plans: Sequence[AgreementPlan]) -> Iterator[Message]:
    if len(plans) > 1:
        yield Message.counted(
            "The plan of {first} was changed {count} time; the last time on {last}.",
            "The plan of {first} was changed {count} times; the last time on {last}.",
            len(plans) - 1,
            first=_day(plans[0]),
            last=_day(plans[-1]),
        )


def _late(plan: AgreementPlan, first_coded: datetime | None) -> Iterator[Message]:
    # who has seen codings can fit the plan to them: the reader should know
    if first_coded is not None and plan.frozen_at is not None and first_coded < plan.frozen_at:
        yield Message(
            "The plan was frozen on {day}, after the coding compared here began on {begun}.",
            day=_day(plan),
            begun=first_coded.date().isoformat(),
        )


def _of_work(plan: AgreementPlan, report: AgreementReport, interviews: int) -> Iterator[Message]:
    # the order of coders only says who is A: it is no deviation
    if set(plan.coders) != set(report.coders):
        yield Message(
            "Planned coders: {planned}. Compared: {compared}.",
            planned=plan.coders,
            compared=report.coders,
        )
    coded = len(report.transcripts)
    if coded < plan.count_interviews(interviews):
        yield Message(
            "Planned: {planned} of the interviews coded twice. Coded twice: {coded} of {all} "
            "({share}).",
            planned=plan.extent,
            coded=coded,
            all=interviews,
            share=f"{coded / interviews:.0%}",
        )


def _of_figures(plan: AgreementPlan, report: AgreementReport) -> Iterator[Message]:
    kind = report.kind
    if plan.unit != kind:
        yield Message(
            "Planned unit: {planned}. Compared on: {unit}.",
            planned=UNIT_NAMES[plan.unit],
            unit=UNIT_NAMES[kind],
        )
    if plan.coefficient not in {column.key for column in report.columns}:
        yield Message(
            "Planned coefficient: {planned}, which this comparison does not have.",
            planned=PLANNED_COEFFICIENTS[plan.coefficient],
        )


def _outcome(plan: AgreementPlan, report: AgreementReport) -> Iterator[Message]:
    # a code that nobody used has neither reached the limit nor missed it
    rows = [row for row in report.codes if any(row.used) and plan.coefficient in row.figures]
    if not rows:
        return
    intervals = [row.figures[plan.coefficient].interval for row in rows]
    above = sum(interval is not None and interval[0] >= plan.threshold for interval in intervals)
    yield Message.counted(
        "By the plan of {day} ({coefficient}, lower limit at {threshold} or above): {above} of "
        "{count} code reaches it.",
        "By the plan of {day} ({coefficient}, lower limit at {threshold} or above): {above} of "
        "{count} codes reach it.",
        len(rows),
        day=_day(plan),
        coefficient=PLANNED_COEFFICIENTS[plan.coefficient],
        threshold=f"{plan.threshold:g}",
        above=above,
    )
    if None in intervals:
        yield Message.counted(
            "{count} of these codes has no interval and cannot be judged.",
            "{count} of these codes have no interval and cannot be judged.",
            intervals.count(None),
        )
    if plan.stopping_rule:
        yield Message("Stopping rule: {rule}", rule=plan.stopping_rule)


def _day(plan: AgreementPlan) -> str:
    return plan.frozen_at.date().isoformat() if plan.frozen_at else "-"
