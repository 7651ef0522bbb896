"""Counts the codings that a report leaves out because of who says the words, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from qualcode import exporting
from qualcode.errors import Problem
from qualcode.messages import Message
from qualcode.model import Coding, Omission, OmissionReason, Provenance
from qualcode.speech import Speech

if TYPE_CHECKING:
    from qualcode.project.project import Project

OF_UNITS = frozenset({OmissionReason.INTERVIEWER, OmissionReason.OTHER})
"""Why a coding lies in no unit of a comparison: what nobody knows whose it is, is a unit."""


def count_omissions(
    speech: Speech,
    codings: Iterable[Coding],
    reasons: Collection[OmissionReason] = tuple(OmissionReason),
) -> tuple[Omission, ...]:
    """Return the codings that are left out, by the reason.

    Args:
        speech: Who says what.
        codings: The codings that a report is about.
        reasons: The reasons that count for this report.
    """
    counts: dict[OmissionReason, int] = {}
    speakers: dict[OmissionReason, dict[str, None]] = {}
    for coding in codings:
        reason = speech.omission_of(coding)
        if reason is not None and reason in reasons:
            counts[reason] = counts.get(reason, 0) + 1
            unknown = (
                part.speaker
                for part in speech.who_said(coding.transcript, coding.span)
                if part.case is None and part.speaker
            )
            speakers.setdefault(reason, {}).update(dict.fromkeys(unknown))
    return tuple(
        Omission(reason, counts[reason], tuple(speakers[reason]))
        for reason in OmissionReason
        if reason in counts
    )


def find_left_out(
    project: Project, codings: Iterable[Coding], *, of_units: bool = False
) -> tuple[Problem, ...]:
    """Return a Problem that counts the codings that a report leaves out; nothing if all count.

    Args:
        project: The project.
        codings: The codings that a report is about.
        of_units: Whether it compares units; else it counts people.
    """
    with project.snapshot() as snapshot:
        coded = [coding for coding in codings if coding.transcript in snapshot.texts]
        speech = Speech(snapshot.transcripts, project.cases.respondents())
    omissions = count_omissions(speech, coded, OF_UNITS if of_units else tuple(OmissionReason))
    return _problems(len(coded), omissions, of_units=of_units)


def left_out_of(provenance: Provenance | None) -> tuple[Problem, ...]:
    """Return a Problem that counts the codings that a report made so leaves out of its counts."""
    return _problems(provenance.codings, provenance.omissions) if provenance else ()


def _problems(
    codings: int, omissions: Sequence[Omission], *, of_units: bool = False
) -> tuple[Problem, ...]:
    hint = Message(
        "To change a role: qualcode speakers TRANSCRIPT --set LABEL=respondent; to say who "
        "somebody is: qualcode participant set"
    )
    return tuple(
        Problem(Message("Codings"), message, hint)
        for message in exporting.describe_omissions(
            codings, omissions, of_units=of_units, with_speakers=True
        )
    )
