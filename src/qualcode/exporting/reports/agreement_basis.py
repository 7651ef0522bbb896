"""What a report of agreement rests on: who was compared, on what, and what to bear in mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qualcode.exporting.code_labels import Labels
from qualcode.exporting.document.blocks import Paragraph, note
from qualcode.exporting.reports.colophon import count_interviews
from qualcode.exporting.reports.methods_coding import count_times
from qualcode.exporting.reports.omissions import describe_omissions
from qualcode.exporting.wording import Wording
from qualcode.messages import Message
from qualcode.model import (
    AgreementReport,
    AgreementStudy,
    Codebook,
)
from qualcode.model.comparison import JACKKNIFE


@dataclass(frozen=True, slots=True)
class AgreementJob:
    """What is to be written, and how."""

    report: AgreementReport
    study: AgreementStudy | None
    codebook: Codebook | None
    title: str
    words: Wording
    labels: Labels
    author: str
    created: datetime


# What the figures rest on


def lead_blocks(job: AgreementJob) -> tuple[Paragraph, ...]:
    """Return what was compared, and how the intervals were found."""
    report = job.report
    lead = Message(
        "{coders}, on {units} ({unit}) from {transcripts}; codebook {codebook}, version {version}.",
        coders=_coders(report.coders),
        **_units(job),
        codebook=report.codebook,
        version=report.codebook_version,
    )
    omissions = describe_omissions(report.codings, report.omissions, of_units=True)
    return (*map(Paragraph, omissions), Paragraph(lead), note(_intervals(job)))


def _coders(coders: Sequence[str]) -> tuple[str, ...]:
    # Only two coders are called A and B in the tables.
    if len(coders) > 2:
        return tuple(coders)
    return f"{coders[0]} (A)", f"{coders[1]} (B)"


def _units(job: AgreementJob) -> dict[str, object]:
    """Return the values of a sentence on how many units of how many interviews."""
    report = job.report
    return {
        "units": Message.counted("{count} unit", "{count} units", report.units),
        "unit": job.words.reason(report.unit),
        "transcripts": count_interviews(len(report.transcripts)),
    }


def _intervals(job: AgreementJob) -> Message:
    interviews = job.report.sample
    if interviews < 2:
        return Message("With one interview there is no 95% interval.")
    if job.report.intervals == JACKKNIFE and job.report.respondents:
        return Message(
            "In brackets: 95% interval (jackknife over {n} respondents of a survey and interviews, "
            "t distribution; where the coders never disagreed, an exact one-sided lower limit).",
            n=interviews,
        )
    if job.report.intervals == JACKKNIFE:
        return Message(
            "In brackets: 95% interval (jackknife over {n} interviews, t distribution; where the "
            "coders never disagreed, an exact one-sided lower limit).",
            n=interviews,
        )
    return Message(
        "In brackets: 95% interval (bootstrap over interviews, {n} samples).",
        n=job.report.resamples,
    )


def basis_note(job: AgreementJob, *definitions: str) -> Paragraph:
    """Return what the figures below are, on how many units, and who saw suggestions."""
    basis = Message("On {units} ({unit}) from {transcripts}.", **_units(job))
    sentences = [*definitions, basis, _intervals(job)]
    if job.study is not None:
        sentences.append(_exposure(job.study))
    return note(" ".join(map(job.words, sentences)))


def _exposure(study: AgreementStudy) -> Message:
    method = study.method
    if not method.exposures:
        return Message("Nobody saw suggestions by software.")
    return Message(
        "Suggestions by software: shown {shown}, taken over {adopted}.",
        shown=count_times(method.exposures),
        adopted=count_times(method.adopted),
    )


def warnings_of(job: AgreementJob) -> tuple[str, ...]:
    """Return the warnings; one that holds for several codes once, with the codes after it."""
    codes_of: dict[str, list[str]] = {warning: [] for warning in job.report.warnings}
    for row in job.report.codes:
        # The figures of a code lack for the same reason; that it was not used is said once for all.
        for warning in (*row.warnings, *(row.reasons[:1] if any(row.used) else ())):
            codes_of.setdefault(warning, []).append(job.labels(row.code))
    return tuple(
        job.labels.within(job.words.reason(warning)) + (f" ({', '.join(codes)})" if codes else "")
        for warning, codes in codes_of.items()
    )
