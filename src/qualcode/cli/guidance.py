"""What ``qualcode suggest next``, ``missed`` and ``trust`` print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.cli.counts import count_suggestions
from qualcode.cli.language import format_decimal
from qualcode.cli.output import heading, print_json, print_message, print_result, print_table
from qualcode.messages import Message

if TYPE_CHECKING:
    from qualcode.model import MissedReport, NextInterview, TrustReport
    from qualcode.project import Project

NEXT, MISSED, TRUST = "next", "missed", "trust"
WORDS = frozenset((NEXT, MISSED, TRUST))
"""What stands in the place of a transcript for guidance."""


def print_guidance(work: Project, kind: str, limit: int, interview: str, *, json: bool) -> None:
    """Print what to code next, what was missed, or which codes to trust."""
    guidance = work.suggestions.guidance
    if kind == NEXT:
        _print_next(work, guidance.plan_next(limit), json=json)
    elif kind == MISSED:
        _print_missed(work, guidance.find_missed(interview), json=json)
    else:
        _print_trust(guidance.judge_codes(), json=json)


def _print_next(work: Project, interviews: tuple[NextInterview, ...], *, json: bool) -> None:
    if json:
        print_json(interviews)
        return
    if not interviews:
        print_message(Message("There is no interview that you have not coded and may see."))
        return
    for interview in interviews:
        print_result(
            Message(
                "{name}: teaches {value} times as much per sentence as is usual "
                "({sentences} sentences)",
                name=interview.transcript,
                value=format_decimal(interview.value),
                sentences=interview.sentences,
            )
        )
        text = work.transcripts.get(interview.transcript).text
        for passage in interview.passages:
            print_result(f"  {' '.join(passage.segment.span.of(text).split())}")
            if passage.codes:
                print_result(f"    ? {', '.join(passage.codes)}")
    print_message(
        Message(
            "The order says where the program is most in doubt, above all about codes with few "
            "examples. It is no order of importance."
        )
    )


def _print_missed(work: Project, report: MissedReport, *, json: bool) -> None:
    if json:
        print_json(report)
        return
    for item in report.missed:
        text = work.transcripts.get(item.transcript).text
        suggestion = item.suggestion
        share = f"{suggestion.probability:.0%}"
        print_result(f"\n{item.transcript}: {' '.join(item.segment.span.of(text).split())}")
        print_result(f"  {suggestion.code}  ({share})")
    print_message("")
    print_message(
        Message(
            "{suggestions} in finished interviews: {names}.",
            suggestions=count_suggestions(len(report.missed)),
            names=", ".join(report.interviews) or "-",
        )
    )
    if report.checked.value is not None:
        print_message(
            Message(
                "Checked: of {count} of them in interviews that others coded too, the others gave "
                "{share} the code.",
                count=report.checked.units,
                share=f"{report.checked.value:.0%}",
            )
        )
    else:
        reason = report.checked.undefined_because
        print_message(Message("Not checked: {reason}.", reason=reason))


def _print_trust(report: TrustReport, *, json: bool) -> None:
    if json:
        print_json(report)
        return
    columns = (
        heading("code"),
        heading("trust from"),
        heading("right"),
        heading("wrong"),
        heading("sentences"),
        heading("interviews"),
        heading("agreement"),
    )
    rows = [
        (
            code.code,
            Message("not to be suggested: {reason}", reason=str(code.doubt))
            if code.doubt
            else f"{code.threshold or 0:.0%}",
            code.right,
            code.wrong,
            code.codings,
            code.interviews,
            "-" if code.agreement is None else format_decimal(code.agreement),
        )
        for code in report.codes
    ]
    print_table(columns, rows)
    print_message("")
    print_message(
        Message(
            "From the percentage on, about {bound} of new interviews like these {interviews}, or "
            "fewer, are expected to have more than {allowed} wrong suggestion of the code "
            "(conformal, each interview judged by what the others teach).",
            bound=f"{report.bound:.0%}",
            interviews=report.interviews,
            allowed=report.allowed,
        )
    )
