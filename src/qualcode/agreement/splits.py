"""Agreement on parts of the work: by exposure, group of respondents, transcript, or round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from qualcode.agreement import contingency, resampling
from qualcode.agreement.clustered import coefficients
from qualcode.agreement.contingency import Floats
from qualcode.agreement.presence import find_presence, tables
from qualcode.agreement.report import compare_coders, positive_agreement
from qualcode.agreement.units import (
    Finished,
    Material,
    Unit,
    codings_by_unit,
    gather,
    unit_of,
)
from qualcode.errors import UndefinedRequestError
from qualcode.model import (
    AgreementMoment,
    AgreementReport,
    Codebook,
    Coding,
    ExposedAgreement,
    GroupAgreement,
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
    finished: Finished | None = None,
    segments: Sequence[Segment] | None = None,
    unit: str = "",
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
        finished: Per coder the transcripts gone through, beside those with codings.
        segments: Units of one kind; respondents' turns by default.
        unit: ``character`` compares the characters of the units in each group.
        resamples: Number of bootstrap samples, from 20 interviews on.
        seed: Seed of the bootstrap.

    Raises:
        UndefinedRequestError: the same coder twice.
    """
    material = gather(transcripts, codings, codebook, coders, finished=finished, segments=segments)
    groups = _by_exposure(material, {c: tuple(exposed.get(c, ())) for c in coders})
    kind = next((segment.kind for segment in segments or ()), SegmentKind.TURN)
    return tuple(
        ExposedAgreement(
            name,
            compare_coders(
                material.transcripts,
                codings,
                codebook,
                coders=coders,
                finished=finished,
                segments=[Segment(u.transcript, kind, u.span, ()) for u, _ in group],
                unit=unit,
                resamples=resamples,
                seed=seed,
            ),
            _adopted([coding for _, made in group for coding in made]),
        )
        for name, group in groups.items()
    )


def _by_exposure(
    material: Material, exposed: Mapping[str, Sequence[tuple[str, Span]]]
) -> dict[str, list[tuple[Unit, list[Coding]]]]:
    """Return the units of each group, each with the codings of who saw a suggestion for it."""
    groups: dict[str, list[tuple[Unit, list[Coding]]]] = {name: [] for name in GROUPS}
    for transcript in material.transcripts:
        units = material.units[transcript.name]
        by_unit = {
            coder: codings_by_unit(units, material.codings[coder][transcript.name], transcript.text)
            for coder in material.coders
        }
        for number, unit in enumerate(units):
            saw = [coder for coder in material.coders if _saw(unit, exposed[coder])]
            made = [coding for coder in saw for coding in by_unit[coder].get(number, [])]
            groups[GROUPS[len(saw)]].append((unit, made))
    return groups


def _adopted(codings: Sequence[Coding]) -> float | None:
    """Return the share of codings that came from a suggestion."""
    taken = sum(coding.origin.startswith("suggestion:") for coding in codings)
    return taken / len(codings) if codings else None


def _saw(unit: Unit, shown: Iterable[tuple[str, Span]]) -> bool:
    return any(
        name == unit.transcript and any(part.overlaps(span) for part in unit.parts)
        for name, span in shown
    )


def split_by_group(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: tuple[str, str],
    groups: Mapping[str, str],
    finished: Finished | None = None,
    segments: Sequence[Segment] | None = None,
    unit: str = "",
    level: str = "code",
    resamples: int = resampling.RESAMPLES,
    seed: int = resampling.SEED,
) -> tuple[GroupAgreement, ...]:
    """Return the comparison on the interviews of each group of respondents.

    Args:
        transcripts: The interviews to compare.
        codings: Codings of any coder.
        codebook: The codes that count.
        coders: The two coders.
        groups: The group of each transcript, by name; ``""`` and none are a group too.
        finished: Per coder the transcripts gone through, beside those with codings.
        segments: Units of one kind; respondents' turns by default.
        unit: ``character`` compares the characters of those units.
        level: Whether the overall figures are about each ``code`` or each ``theme``.
        resamples: Number of bootstrap samples, from 20 interviews on.
        seed: Seed of the bootstrap.

    Raises:
        UndefinedRequestError: the same coder twice.
    """
    material = gather(transcripts, codings, codebook, coders, finished=finished, segments=segments)
    named = sorted({groups.get(t.name, "") for t in material.transcripts}, key=lambda g: (not g, g))
    return tuple(
        GroupAgreement(
            group,
            compare_coders(
                [t for t in material.transcripts if groups.get(t.name, "") == group],
                codings,
                codebook,
                coders=coders,
                finished=finished,
                segments=segments,
                unit=unit,
                level=level,
                resamples=resamples,
                seed=seed,
            ),
        )
        for group in named
    )


def agreement_over_time(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: tuple[str, str],
    finished: Finished | None = None,
    segments: Sequence[Segment] | None = None,
    unit: str = "",
) -> tuple[AgreementMoment, ...]:
    """Return agreement transcript by transcript, in the order in which they were begun.

    Rising figures point to learning, falling ones to fatigue or drift. Transcripts without
    times come last, in the order given.

    Raises:
        UndefinedRequestError: the same coder twice.
    """
    counted = unit_of(segments, unit)
    material = gather(transcripts, codings, codebook, coders, finished=finished, segments=segments)
    presence = find_presence(material, counted)
    sums = tables(presence, coders)
    return tuple(
        sorted(
            (
                _moment(material, transcript, table[None])
                for transcript, table in zip(material.transcripts, sums, strict=True)
            ),
            key=_when,
        )
    )


def _moment(material: Material, transcript: Transcript, sums: Floats) -> AgreementMoment:
    """Return agreement on one transcript, from its tables ``(1, codes, 2, 2)``."""
    whole = sums.sum((0, 1))
    agreed = contingency.share(whole[0, 0] + whole[1, 1], whole.sum())
    units = int(sums[0, 0].sum()) if sums.shape[1] else 0
    made = [
        coefficients(name, (sums,), value, agreed, [reason], units=units, resamples=1, seed=0)[0]
        for name, value, reason in (
            (
                "positive_agreement",
                lambda table: positive_agreement(table.sum(-3)),
                "neither coder used any code on a unit",
            ),
            ("pooled_kappa", contingency.pooled_kappa, "no code has a kappa"),
        )
    ]
    own = (c for made in material.codings.values() for c in made[transcript.name])
    started = min((c.created_at for c in own if c.created_at), default=None)
    return AgreementMoment(transcript.name, started, units, made[0], made[1])


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
    finished: Finished | None = None,
    segments: Sequence[Segment] | None = None,
    unit: str = "",
    level: str = "code",
    resamples: int = resampling.RESAMPLES,
    seed: int = resampling.SEED,
) -> AgreementReport:
    """Return how far a coder agrees with their own coding in another round.

    Args:
        transcripts: The interviews to compare; those coded in both rounds count.
        codings: Codings of any coder and round.
        codebook: The codes that count.
        coder: Name of the coder.
        rounds: Names of the two rounds, the earlier one first.
        finished: Per round the transcripts gone through, beside those with codings.
        segments: Units of one kind; respondents' turns by default.
        unit: ``character`` compares the characters of those units.
        level: Whether the overall figures are about each ``code`` or each ``theme``.
        resamples: Number of bootstrap samples, from 20 interviews on.
        seed: Seed of the bootstrap.

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
        finished={names[round_]: own for round_, own in (finished or {}).items()},
        segments=segments,
        unit=unit,
        level=level,
        resamples=resamples,
        seed=seed,
    )
