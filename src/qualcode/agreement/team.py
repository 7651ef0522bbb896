"""More than two coders: every pair of them, and all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from qualcode.agreement import resampling
from qualcode.agreement.figures import coefficient
from qualcode.agreement.presence import by_theme, find_presence
from qualcode.agreement.report import code_paths, compare_coders
from qualcode.agreement.units import check_coders, collect_units, standing
from qualcode.model import (
    AgreementReport,
    Codebook,
    Coding,
    Segment,
    TeamAgreement,
    Transcript,
)


def compare_pairs(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: Sequence[str],
    segments: Sequence[Segment] | None = None,
    level: str = "code",
    resamples: int = resampling.RESAMPLES,
    seed: int = resampling.SEED,
) -> tuple[AgreementReport, ...]:
    """Return the comparison of every pair of coders, each on the transcripts both coded.

    Raises:
        UndefinedRequestError: fewer than two coders, or one of them twice.
    """
    check_coders(coders)
    return tuple(
        compare_coders(
            transcripts,
            codings,
            codebook,
            coders=pair,
            segments=segments,
            level=level,
            resamples=resamples,
            seed=seed,
        )
        for pair in combinations(coders, 2)
    )


def compare_team(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: Sequence[str],
    segments: Sequence[Segment] | None = None,
    level: str = "code",
    resamples: int = resampling.RESAMPLES,
    seed: int = resampling.SEED,
) -> tuple[TeamAgreement, ...]:
    """Return how far all coders agree on each code, clustered by interview.

    A coder who gave a transcript no code at all did not code it: its units are missing for
    that coder. Transcripts that fewer than two coded are left out.

    Raises:
        UndefinedRequestError: fewer than two coders, or one of them twice.
        UnknownNameError: a coding with a code that the codebook lacks.
    """
    check_coders(coders)
    counting = standing(codings, codebook, coders, [t.name for t in transcripts])
    shared = [t for t in transcripts if sum(bool(counting[c][t.name]) for c in coders) > 1]
    units = collect_units(shared, segments)
    presence = find_presence(shared, units, counting, code_paths(codebook, counting))
    if level == "theme":
        presence = by_theme(presence)
    documents = [presence.transcripts[i] for i in presence.interview]
    coded = {
        coder: np.array([bool(counting[coder][name]) for name in documents], dtype=bool)
        for coder in coders
    }
    made = []
    for column, code in enumerate(presence.codes):
        has = {coder: presence.coders[coder][:, column] for coder in coders}
        ratings = {
            coder: [int(x) if seen else None for x, seen in zip(has[coder], own, strict=True)]
            for coder, own in coded.items()
        }
        percent, fleiss, alpha, ac1 = (
            coefficient(
                name,
                ratings,
                categories=(0, 1),
                documents=documents,
                resamples=resamples,
                seed=seed,
            )
            for name in ("percent_agreement", "fleiss_kappa", "alpha_nominal", "gwet_ac1")
        )
        used = tuple(int(has[coder].sum()) for coder in coders)
        made.append(TeamAgreement(code, used, percent, fleiss, alpha, ac1))
    return tuple(made)
