"""What a report says about itself in words: what was compared, and what to bear in mind."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from qualcode.agreement.student_t import student_t
from qualcode.agreement.study import CodingStudy
from qualcode.agreement.uncertainty import FEWEST
from qualcode.messages import Message
from qualcode.model import CONSENSUS, CodeAgreement

FEW = 6
"""Below this number of interviews the width of an interval is itself a matter of chance."""

COUNTING = Message(
    "A unit has a code when a coding of that code covers at least one character of it that is "
    "not white space. A unit that a coder left uncoded counts as not having any code. What "
    "interviewers say is left out."
)
"""How units are counted, for every comparison."""


def describe_study(study: CodingStudy) -> str:
    """Return what was compared and how it was counted."""
    names = ", ".join(transcript.name for transcript in study.transcripts) or Message("none")
    compared = Message.counted(
        "{units} {unit} in {count} transcript ({names})",
        "{units} {unit} in {count} transcripts ({names})",
        len(study.transcripts),
        units=study.incidence.units,
        unit=study.units.words,
        names=names,
    )
    coders = tuple(study.coders)
    scope = (
        Message("Compared: {compared}, coded by {coders}.", compared=compared, coders=coders)
        if study.is_pair
        else Message(
            "Compared: {compared}, coded by {coders}, two or more to a transcript.",
            compared=compared,
            coders=coders,
        )
    )
    return Message("{scope} {counting}", scope=scope, counting=COUNTING)


def collect_warnings(study: CodingStudy, rows: Sequence[CodeAgreement]) -> tuple[str, ...]:
    """Return what holds for all figures of a report, in words.

    Args:
        study: What is compared.
        rows: The rows of the codes.
    """
    return (
        *_warn_of_consensus(study),
        *_warn_of_interviews(study),
        *_warn_of_respondents(study),
        *_warn_of_few(len(study.incidence.sample), rows),
        *_warn_of_unused(study, rows),
    )


def _warn_of_consensus(study: CodingStudy) -> list[str]:
    if CONSENSUS not in study.coders:
        return []
    return [
        Message(
            "This is no reliability: the consensus was made from the coders' own work, so "
            "agreement with it says how much a coder changed when the disagreements were "
            "resolved."
        )
    ]


def _warn_of_interviews(study: CodingStudy) -> list[str]:
    warnings: list[str] = []
    if study.left_out:
        names = ", ".join(study.left_out)
        warnings.append(
            Message("Left out, because not both coders coded them: {left_out}.", left_out=names)
            if study.is_pair
            else Message(
                "Left out, because fewer than two coders coded them: {left_out}.", left_out=names
            )
        )
    for coder in study.coders:
        # such an interview counts as one in which nothing was found, which may be a slip
        uncoded = [
            transcript.name
            for transcript in study.transcripts
            if coder in study.coders_of(transcript) and not study.codings_of(coder, transcript)
        ]
        if uncoded:
            warnings.append(
                Message(
                    "{coder} handed in without a single coding: {none}.",
                    coder=coder,
                    none=", ".join(uncoded),
                )
            )
    # respondents are known by their speakers' roles, which an import may miss
    silent = [t.name for t in study.transcripts if not study.units_of(t)]
    if silent:
        warnings.append(
            Message(
                "No words of respondents in: {silent}. Say who the speakers are.",
                silent=", ".join(silent),
            )
        )
    return warnings


def _warn_of_respondents(study: CodingStudy) -> list[str]:
    """Return that respondents are the sample, where they are."""
    if not study.units.of_respondents:
        return []
    return [
        Message.counted(
            "Answers of a survey are compared. Wherever the sample is said to be interviews, it is "
            "{count} respondent or interview: intervals leave out one at a time.",
            "Answers of a survey are compared. Wherever the sample is said to be interviews, it is "
            "{count} respondents and interviews: intervals leave out one at a time.",
            len(study.incidence.sample),
        )
    ]


def _warn_of_few(count: int, rows: Sequence[CodeAgreement]) -> list[str]:
    """Return how wide intervals are, from this study's own spread, and what would narrow them."""
    if 0 < count < FEWEST:
        return [
            Message.counted(
                "{count} interview says little of others: an interval needs three interviews that "
                "have the code.",
                "{count} interviews say little of others: an interval needs three interviews that "
                "have the code.",
                count,
            )
        ]
    warnings: list[str] = []
    figures = [row.figure("alpha") for row in rows]
    # the exact limits of codes without disagreement have no spread to reckon with
    spreads = [f.standard_error for f in figures if f.interval and f.standard_error]
    if spreads:
        warnings.append(_expected_widths(count, spreads))
    if 0 < count < FEW:
        warnings.append(
            Message(
                "An interval from {count} interviews is itself uncertain: it is wide on "
                "average, but too narrow if these interviews happen to be alike.",
                count=count,
            )
        )
    return warnings


def _expected_widths(count: int, spreads: Sequence[float]) -> Message:
    """Return the half-widths of alpha in this study, and those that more interviews would give.

    Args:
        count: Number of interviews.
        spreads: Standard errors of the codes that have an interval.
    """
    middle = median(spreads)

    def half_width(interviews: int, spread: float) -> str:
        quantile = float(student_t(interviews - 1))
        # an error shrinks with the square root of the number of interviews
        return f"{min(quantile * spread * (count / interviews) ** 0.5, 1.0):.2f}"

    ends = {"twice": 2 * count, "median_twice": half_width(2 * count, middle)}
    ends |= {"fourfold": 4 * count, "median_fourfold": half_width(4 * count, middle)}
    # compared as they are printed: "from .21 to .21" looks like a mistake
    if half_width(count, min(spreads)) == half_width(count, max(spreads)):
        return Message(
            "{count} interviews: the 95% interval of alpha reaches about {median} to either side. "
            "With as much spread between interviews, {twice} interviews would give about "
            "{median_twice}, and {fourfold} about {median_fourfold}.",
            count=count,
            median=half_width(count, middle),
            **ends,
        )
    return Message(
        "{count} interviews: the 95% interval of alpha reaches about {narrowest} to {widest} to "
        "either side, {median} for the median of the codes that have one. With as much spread "
        "between interviews, {twice} interviews would give about {median_twice}, and {fourfold} "
        "about {median_fourfold}.",
        count=count,
        narrowest=half_width(count, min(spreads)),
        widest=half_width(count, max(spreads)),
        median=half_width(count, middle),
        **ends,
    )


def _warn_of_unused(study: CodingStudy, rows: Sequence[CodeAgreement]) -> list[str]:
    # a codebook lists codes that a small sample does not need; say so once, not per figure
    unused = ", ".join(row.code for row in rows if not any(row.used))
    if not unused or not study.incidence.units:
        return []
    return [
        Message("Used by neither coder, so without a figure: {unused}.", unused=unused)
        if study.is_pair
        else Message("Used by no coder, so without a figure: {unused}.", unused=unused)
    ]
