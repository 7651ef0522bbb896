"""What a report says about itself in words: what was compared, and what to bear in mind."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.agreement.study import CodingStudy
from qualcode.model import CodeAgreement

FEW = 6
"""Below this number of interviews the width of an interval is itself a matter of chance."""


def describe_study(study: CodingStudy) -> str:
    """Return what was compared and how it was counted."""
    coders, units, unit = study.coders, study.incidence.units, study.units.words
    count = len(study.transcripts)
    names = ", ".join(transcript.name for transcript in study.transcripts) or "none"
    coder_names = f"{', '.join(coders[:-1])} and {coders[-1]}"
    team = "" if study.is_pair else ", two or more to a transcript"
    return (
        f"Compared: {units} {unit} in {count} "
        f"{'transcript' if count == 1 else 'transcripts'} ({names}), coded by {coder_names}{team}. "
        "A unit has a code when a coding of that code covers at least one character of it that is "
        "not white space. A unit that a coder left uncoded counts as not having any code. What "
        "interviewers say is left out."
    )


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
    warnings = []
    if study.left_out:
        who = "not both coders" if study.is_pair else "fewer than two coders"
        warnings.append(f"Left out, because {who} coded them: {', '.join(study.left_out)}.")
    for coder in study.coders:
        none = [
            transcript.name
            for transcript in study.transcripts
            if coder in study.coders_of(transcript) and not study.codings_of(coder, transcript)
        ]
        if none:
            warnings.append(f"{coder} handed in without a single coding: {', '.join(none)}.")
    # respondents are known by their speakers' roles, which an import may miss
    silent = [t.name for t in study.transcripts if not study.units_of(t)]
    if silent:
        warnings.append(
            f"No words of respondents in: {', '.join(silent)}. Say who the speakers are."
        )
    return warnings


def _warn_of_few(count: int) -> list[str]:
    """Return what a small number of interviews does to intervals."""
    warnings = []
    if count < 20:
        warnings.append(
            f"{count} {'interview' if count == 1 else 'interviews'} cannot separate .667 from "
            ".8: expect a 95% interval of about .25 to either side at 6 interviews, .11 at 20 "
            "and .08 at 40."
        )
    if 1 < count < FEW:
        warnings.append(
            f"An interval from {count} interviews is unsure itself: it is wide on average, but "
            "too narrow where these interviews happen to be alike."
        )
    return warnings


def _warn_of_unused(study: CodingStudy, rows: Sequence[CodeAgreement]) -> list[str]:
    # a codebook lists codes that a small sample does not need; say so once, not per figure
    unused = [row.code for row in rows if not any(row.used)]
    if not unused or not study.incidence.units:
        return []
    who = "neither coder" if study.is_pair else "no coder"
    return [f"Used by {who}, so without a figure: {', '.join(unused)}."]
