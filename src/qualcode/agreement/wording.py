"""What a comparison says in words: what was compared, and what to bear in mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from qualcode.agreement import resampling
from qualcode.agreement.presence import Presence
from qualcode.agreement.units import Material
from qualcode.model import AgreementReport, TeamReport

FEW = 6
"""Below as many interviews the width of an interval is itself a matter of chance."""

Report = TypeVar("Report", AgreementReport, TeamReport)


def described(presence: Presence, coders: Sequence[str], unit: str) -> str:
    """Return what was compared and how it was counted."""
    count = len(presence.transcripts)
    names = ", ".join(presence.transcripts) or "none"
    who = f"{', '.join(coders[:-1])} and {coders[-1]}"
    team = "" if len(coders) == 2 else ", two or more to a transcript"
    return (
        f"Compared: {presence.units} {unit} in {count} "
        f"{'transcript' if count == 1 else 'transcripts'} ({names}), coded by {who}{team}. A unit "
        "has a code when a coding of that code covers at least one character of it that is not "
        "white space. A unit that a coder left uncoded counts as not having any code. What "
        "interviewers say is left out."
    )


def with_warnings(report: Report, material: Material) -> Report:
    """Return the report with what holds for all of its figures said in words."""
    said = []
    count, team = len(report.transcripts), isinstance(report, TeamReport)
    if report.left_out:
        who = "fewer than two coders" if team else "not both coders"
        said.append(f"Left out, because {who} coded them: {', '.join(report.left_out)}.")
    for coder in report.coders:
        none = [
            t.name
            for t in material.transcripts
            if t.name in material.coded[coder] and not material.codings[coder][t.name]
        ]
        if none:
            said.append(f"{coder} handed in without a single coding: {', '.join(none)}.")
    silent = [name for name, own in material.units.items() if not own]
    if silent:
        said.append(f"No words of respondents in: {', '.join(silent)}. Say who the speakers are.")
    if count < resampling.MANY:
        said.append(
            f"{count} {'interview' if count == 1 else 'interviews'} cannot separate .667 from "
            ".8: expect a 95% interval of about .25 to either side at 6 interviews, .11 at 20 "
            "and .08 at 40."
        )
    if 1 < count < FEW:
        said.append(
            f"An interval from {count} interviews is unsure itself: it is wide on average, but "
            "too narrow where these interviews happen to be alike."
        )
    unused = [row.code for row in report.codes if not any(row.used)]
    if unused and report.units:
        who = "no coder" if team else "neither coder"
        said.append(f"Used by {who}, so without a figure: {', '.join(unused)}.")
    return replace(report, warnings=tuple(said))
