"""What a report says about itself in words: what was compared, and what to bear in mind."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.agreement.study import CodingStudy
from qualcode.messages import Message
from qualcode.model import CodeAgreement
from qualcode.model.comparison import BOOTSTRAP_INTERVIEWS

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
        *_warn_of_interviews(study),
        *_warn_of_few(len(study.transcripts)),
        *_warn_of_unused(study, rows),
    )


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
        none = [
            transcript.name
            for transcript in study.transcripts
            if coder in study.coders_of(transcript) and not study.codings_of(coder, transcript)
        ]
        if none:
            warnings.append(
                Message(
                    "{coder} handed in without a single coding: {none}.",
                    coder=coder,
                    none=", ".join(none),
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


def _warn_of_few(count: int) -> list[str]:
    """Return what a small number of interviews does to intervals."""
    warnings: list[str] = []
    if count < BOOTSTRAP_INTERVIEWS:
        warnings.append(
            Message.counted(
                "{count} interview cannot separate .667 from .8: expect a 95% interval of about "
                ".25 to either side at 6 interviews, .11 at 20 and .08 at 40.",
                "{count} interviews cannot separate .667 from .8: expect a 95% interval of about "
                ".25 to either side at 6 interviews, .11 at 20 and .08 at 40.",
                count,
            )
        )
    if 1 < count < FEW:
        warnings.append(
            Message(
                "An interval from {count} interviews is unsure itself: it is wide on average, "
                "but too narrow where these interviews happen to be alike.",
                count=count,
            )
        )
    return warnings


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
