"""Agreement on parts of a study: by exposure, group of respondents, transcript, or round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from qualcode.agreement.arrays import Floats
from qualcode.agreement.binary_indices import positive_agreement
from qualcode.agreement.clustered_coefficients import cluster_coefficients
from qualcode.agreement.contrasts import contrast_studies
from qualcode.agreement.incidence import pair_tables
from qualcode.agreement.kappa import pooled_kappa
from qualcode.agreement.report import compare_coders
from qualcode.agreement.report_columns import observed_agreement
from qualcode.agreement.study import CodingStudy, Finished
from qualcode.agreement.uncertainty import FEWEST
from qualcode.agreement.units import Unit, UnitsOfAnalysis
from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message
from qualcode.model import (
    AgreementContrast,
    AgreementMoment,
    Codebook,
    Coding,
    ExposedAgreement,
    GroupAgreement,
    Span,
    Transcript,
)
from qualcode.model.comparison import JACKKNIFE, RESAMPLES, SEED

EXPOSURE_GROUPS = ("blind", "one", "both")
"""Names of the groups of units that none, one or both of two coders saw a suggestion for."""

# --- by exposure to suggestions ---------------------------------------------------------------


def split_by_exposure(
    study: CodingStudy,
    exposed: Mapping[str, Iterable[tuple[str, Span]]],
    *,
    intervals: str = JACKKNIFE,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[ExposedAgreement, ...]:
    """Return the comparison on units that no, one or both coders saw a suggestion for.

    Args:
        study: What is compared, of two coders; whether a coding was adopted from a suggestion
            is in its ``origin``.
        exposed: Per coder the passages, as transcript and span, shown with a suggestion.
        intervals: How intervals are found: ``jackknife`` or ``bootstrap``.
        resamples: Number of samples of the bootstrap.
        seed: Seed of the bootstrap.
    """
    groups = _group_by_exposure(study, {c: tuple(exposed.get(c, ())) for c in study.coders})
    parts = []
    for name, group in groups.items():
        units: dict[str, list[Unit]] = {t.name: [] for t in study.transcripts}
        for unit, _ in group:
            units[unit.transcript].append(unit)
        part = study.with_units(
            {transcript: tuple(transcript_units) for transcript, transcript_units in units.items()}
        )
        report = compare_coders(part, intervals=intervals, resamples=resamples, seed=seed)
        adopted = _adopted_share([coding for _, codings in group for coding in codings])
        parts.append(ExposedAgreement(name, report, adopted))
    return tuple(parts)


def _group_by_exposure(
    study: CodingStudy, exposed: Mapping[str, Sequence[tuple[str, Span]]]
) -> dict[str, list[tuple[Unit, list[Coding]]]]:
    """Return the units of each group, each with the codings of who saw a suggestion for it."""
    groups: dict[str, list[tuple[Unit, list[Coding]]]] = {name: [] for name in EXPOSURE_GROUPS}
    for transcript in study.transcripts:
        by_unit = {coder: study.codings_by_unit(coder, transcript) for coder in study.coders}
        for number, unit in enumerate(study.units_of(transcript)):
            readers = [coder for coder in study.coders if _was_exposed(unit, exposed[coder])]
            codings = [coding for coder in readers for coding in by_unit[coder].get(number, [])]
            groups[EXPOSURE_GROUPS[len(readers)]].append((unit, codings))
    return groups


def _adopted_share(codings: Sequence[Coding]) -> float | None:
    """Return the share of codings that came from a suggestion."""
    adopted = sum(coding.origin.startswith("suggestion:") for coding in codings)
    return adopted / len(codings) if codings else None


def _was_exposed(unit: Unit, passages: Iterable[tuple[str, Span]]) -> bool:
    return any(
        name == unit.transcript and any(part.overlaps(span) for part in unit.parts)
        for name, span in passages
    )


# --- by group of respondents ------------------------------------------------------------------


def split_by_group(
    study: CodingStudy,
    groups: Mapping[str, str],
    *,
    level: str = "code",
    intervals: str = JACKKNIFE,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[GroupAgreement, ...]:
    """Return the comparison on the interviews of each group of respondents.

    Args:
        study: What is compared.
        groups: The group of each transcript, by name; ``""`` and none are a group too.
        level: Whether the overall figures are about each ``code`` or each ``theme``.
        intervals: How intervals are found: ``jackknife`` or ``bootstrap``.
        resamples: Number of samples of the bootstrap.
        seed: Seed of the bootstrap.
    """
    members: dict[str, list[str]] = {}
    for transcript in study.transcripts:
        members.setdefault(groups.get(transcript.name, ""), []).append(transcript.name)
    # interviews without a group come last
    return tuple(
        GroupAgreement(
            group,
            compare_coders(
                study.within(members[group]),
                level=level,
                intervals=intervals,
                resamples=resamples,
                seed=seed,
            ),
        )
        for group in sorted(members, key=lambda group: (not group, group))
    )


# --- by transcript, in the order of the work --------------------------------------------------


def agreement_over_time(study: CodingStudy) -> tuple[AgreementMoment, ...]:
    """Return agreement of two coders per transcript, in the order in which they were begun.

    Rising figures point to learning, falling ones to fatigue or drift. Transcripts without
    times come last, in the order given.
    """
    (tables,) = pair_tables(study.incidence.by_interview())
    moments = (
        _moment(study, transcript, table[None])
        for transcript, table in zip(study.transcripts, tables, strict=True)
    )
    return tuple(sorted(moments, key=_begun))


def _moment(study: CodingStudy, transcript: Transcript, table: Floats) -> AgreementMoment:
    """Return agreement on one transcript, from its tables ``(1, codes, 2, 2)``."""
    observed = observed_agreement(table.sum((0, 1)), of_pair=True)
    units = int(table[0, 0].sum()) if table.shape[1] else 0
    figures = [
        cluster_coefficients(name, (table,), value, observed, [reason], units=units)[0]
        for name, value, reason in (
            (
                "positive_agreement",
                lambda tables: positive_agreement(tables.sum(-3)),
                "neither coder used any code on a unit",
            ),
            ("pooled_kappa", pooled_kappa, "no code has a kappa"),
        )
    ]
    return AgreementMoment(
        transcript.name, _started(study, transcript), units, figures[0], figures[1]
    )


def _started(study: CodingStudy, transcript: Transcript) -> datetime | None:
    """Return when a transcript was begun; None where that is not known."""
    codings = (c for coder in study.coders for c in study.codings_of(coder, transcript))
    # the time of codings from a table is that of their import
    coded = (c for c in codings if not c.origin.startswith("table:"))
    return min((coding.created_at for coding in coded if coding.created_at), default=None)


def order_of_work(study: CodingStudy) -> tuple[str, ...]:
    """Return the names of the transcripts in the order in which they were begun, where known."""
    started = {t.name: _started(study, t) for t in study.transcripts}
    start_times = {name: at for name, at in started.items() if at is not None}
    return tuple(sorted(start_times, key=start_times.__getitem__))


def contrast_halves(study: CodingStudy) -> AgreementContrast:
    """Return how agreement differs between the interviews coded first and those coded last.

    Raises:
        UndefinedRequestError: the order is known of fewer than six interviews.
    """
    names = order_of_work(study)
    if len(names) < 2 * FEWEST:
        raise UndefinedRequestError(
            Message(
                "The order of the work is known of {count} interviews; at least {needed} are "
                "needed. Codings that were read from a table have no time of their own.",
                count=len(names),
                needed=2 * FEWEST,
            )
        )
    # the interview in the middle is in neither half
    half = len(names) // 2
    first, last = study.within(names[:half]), study.within(names[-half:])
    return contrast_studies(first, last, (Message("coded first"), Message("coded last")))


def _begun(moment: AgreementMoment) -> tuple[bool, float]:
    at: datetime | None = moment.started_at
    return (at is None, at.timestamp() if at else 0.0)


# --- one coder in two rounds ------------------------------------------------------------------


def study_of_rounds(
    codings: Iterable[Coding],
    units: UnitsOfAnalysis,
    codebook: Codebook,
    coder: str,
    rounds: tuple[str, str],
    *,
    finished: Finished | None = None,
) -> CodingStudy:
    """Return the study of one coder in two rounds, each round as a coder of its own.

    Args:
        codings: Codings of any coder and round.
        units: The units of the interviews to compare; those coded in both rounds count.
        codebook: The codes that count.
        coder: Name of the coder.
        rounds: Names of the two rounds, the earlier one first.
        finished: Per round the transcripts gone through, besides those with codings.

    Raises:
        UndefinedRequestError: the same round twice.
    """
    if rounds[0] == rounds[1]:
        raise UndefinedRequestError(
            Message(
                "Round '{rounds}' was given twice: choose two different rounds of '{coder}'.",
                rounds=rounds[0],
                coder=coder,
            )
        )
    # two rounds of a coder are compared as if two people had coded them
    names = {round_: f"{coder} ({round_})" for round_ in rounds}
    renamed = (
        replace(coding, coder=names[coding.round])
        for coding in codings
        if coding.coder == coder and coding.round in names
    )
    gone_through = {names[round_]: coded for round_, coded in (finished or {}).items()}
    return CodingStudy.of(renamed, units, codebook, tuple(names.values()), finished=gone_through)
