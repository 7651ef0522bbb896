"""Agreement on parts of the work: blind or exposed units, transcript by transcript, again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from qualcode.agreement import contingency, resampling
from qualcode.agreement.presence import find_presence, tables
from qualcode.agreement.report import (
    code_paths,
    coefficients,
    compare_coders,
    positive_agreement,
)
from qualcode.agreement.units import Unit, check_coders, codings_by_unit, collect_units, standing
from qualcode.errors import UndefinedRequestError
from qualcode.model import (
    AgreementMoment,
    AgreementReport,
    Codebook,
    Coding,
    ExposedAgreement,
    Segment,
    SegmentKind,
    Span,
    Transcript,
)

GROUPS = ("blind", "one", "both")


def split_by_exposure(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: tuple[str, str],
    exposed: Mapping[str, Iterable[tuple[str, Span]]],
    segments: Sequence[Segment] | None = None,
    resamples: int = resampling.RESAMPLES,
    seed: int = resampling.SEED,
) -> tuple[ExposedAgreement, ...]:
    """Return the comparison on units that no, one or both coders saw a suggestion for.

    Args:
        transcripts: The interviews to compare.
        codings: Codings of any coder; whether one was adopted stands in its ``origin``.
        codebook: The codes that count.
        coders: The two coders.
        exposed: Per coder the passages, as transcript and span, shown with a suggestion.
        segments: Units of one kind; respondents' turns by default.
        resamples: Number of bootstrap samples, from 20 interviews on.
        seed: Seed of the bootstrap.

    Raises:
        UndefinedRequestError: the same coder twice.
    """
    check_coders(coders)
    counting = standing(codings, codebook, coders, [t.name for t in transcripts])
    shared = [t for t in transcripts if all(counting[coder][t.name] for coder in coders)]
    units = collect_units(shared, segments)
    seen = {coder: list(exposed.get(coder, ())) for coder in coders}
    groups: dict[str, list[Segment]] = {name: [] for name in GROUPS}
    adopted: dict[str, list[bool]] = {name: [] for name in GROUPS}
    kind = next((segment.kind for segment in segments or ()), SegmentKind.TURN)
    for transcript in shared:
        own = units[transcript.name]
        by_unit = {
            coder: codings_by_unit(own, counting[coder][transcript.name], transcript.text)
            for coder in coders
        }
        for number, unit in enumerate(own):
            shown = [coder for coder in coders if _saw(unit, seen[coder])]
            group = GROUPS[len(shown)]
            groups[group].append(Segment(unit.transcript, kind, unit.span, ()))
            adopted[group] += [
                coding.origin.startswith("suggestion:")
                for coder in shown
                for coding in by_unit[coder].get(number, [])
            ]
    return tuple(
        ExposedAgreement(
            name,
            compare_coders(
                shared,
                codings,
                codebook,
                coders=coders,
                segments=groups[name],
                resamples=resamples,
                seed=seed,
            ),
            sum(adopted[name]) / len(adopted[name]) if adopted[name] else None,
        )
        for name in GROUPS
    )


def _saw(unit: Unit, shown: Iterable[tuple[str, Span]]) -> bool:
    return any(
        name == unit.transcript and any(part.overlaps(span) for part in unit.parts)
        for name, span in shown
    )


def agreement_over_time(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: tuple[str, str],
    segments: Sequence[Segment] | None = None,
) -> tuple[AgreementMoment, ...]:
    """Return agreement transcript by transcript, in the order in which they were begun.

    Rising figures point to learning, falling ones to fatigue or drift. Transcripts without
    times come last, in the order given.

    Raises:
        UndefinedRequestError: the same coder twice.
    """
    check_coders(coders)
    counting = standing(codings, codebook, coders, [t.name for t in transcripts])
    shared = [t for t in transcripts if all(counting[coder][t.name] for coder in coders)]
    paths = code_paths(codebook, counting)
    moments = []
    for transcript in shared:
        units = collect_units([transcript], segments)
        presence = find_presence([transcript], units, counting, paths)
        sums, count = (tables(presence, coders),), len(presence.interview)
        whole = sums[0].sum((0, 1))
        agreed = contingency.share(whole[0, 0] + whole[1, 1], whole.sum())
        made = [
            coefficients(name, sums, value, agreed, [reason], units=count, resamples=0, seed=0)[0]
            for name, value, reason in (
                (
                    "positive_agreement",
                    lambda table: positive_agreement(table.sum(-3)),
                    "neither coder used any code on a unit",
                ),
                ("pooled_kappa", contingency.pooled_kappa, "no code has a kappa"),
            )
        ]
        times = [c.created_at for own in counting.values() for c in own[transcript.name]]
        started = min((time for time in times if time), default=None)
        moments.append(AgreementMoment(transcript.name, started, count, made[0], made[1]))
    return tuple(sorted(moments, key=_when))


def _when(moment: AgreementMoment) -> tuple[bool, float]:
    at: datetime | None = moment.started_at
    return (at is None, at.timestamp() if at else 0.0)


def compare_with_self(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coder: str,
    rounds: tuple[str, str],
    segments: Sequence[Segment] | None = None,
    resamples: int = resampling.RESAMPLES,
    seed: int = resampling.SEED,
) -> AgreementReport:
    """Return how far a coder agrees with their own coding in another round.

    Raises:
        UndefinedRequestError: the same round twice.
    """
    if rounds[0] == rounds[1]:
        raise UndefinedRequestError(
            f"Round '{rounds[0]}' was given twice: choose two different rounds of '{coder}'."
        )
    names = {round_: f"{coder} ({round_})" for round_ in rounds}
    own = [
        replace(coding, coder=names[coding.round])
        for coding in codings
        if coding.coder == coder and coding.round in names
    ]
    pair = names[rounds[0]], names[rounds[1]]
    return compare_coders(
        transcripts,
        own,
        codebook,
        coders=pair,
        segments=segments,
        resamples=resamples,
        seed=seed,
    )
