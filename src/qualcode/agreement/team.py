"""More than two coders: every pair of them, and all of them together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations
from typing import NamedTuple

import numpy as np

from qualcode.agreement import chance, krippendorff, resampling, wording
from qualcode.agreement.chance import Ratings
from qualcode.agreement.clustered import coefficients
from qualcode.agreement.contingency import Floats, nominal, share
from qualcode.agreement.overall import set_alphas
from qualcode.agreement.passages import passage_figures
from qualcode.agreement.presence import Presence, by_theme, find_presence, per_interview
from qualcode.agreement.report import check_level, compare_coders
from qualcode.agreement.units import UNIT_WORDS, Finished, fully_coded, gather, unit_of
from qualcode.model import (
    AgreementReport,
    Codebook,
    Coding,
    Coefficient,
    Segment,
    TeamAgreement,
    TeamReport,
    Transcript,
)

BINARY = nominal(2)


def compare_pairs(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: Sequence[str],
    finished: Finished | None = None,
    segments: Sequence[Segment] | None = None,
    unit: str = "",
    level: str = "code",
    resamples: int = resampling.RESAMPLES,
    seed: int = resampling.SEED,
) -> tuple[AgreementReport, ...]:
    """Return the comparison of every pair of coders, each on the transcripts both coded.

    Args and errors are those of ``compare_coders``, for two coders or more.
    """
    return tuple(
        compare_coders(
            transcripts,
            codings,
            codebook,
            coders=pair,
            finished=finished,
            segments=segments,
            unit=unit,
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
    finished: Finished | None = None,
    segments: Sequence[Segment] | None = None,
    unit: str = "",
    level: str = "code",
    resamples: int = resampling.RESAMPLES,
    seed: int = resampling.SEED,
) -> TeamReport:
    """Return how far all coders agree, together and pair by pair, clustered by interview.

    A coder who gave a transcript no code at all did not code it, unless it is among the
    ``finished`` ones: its units are missing for that coder. Transcripts that fewer than two
    coded are left out. Other args and errors are those of ``compare_coders``.
    """
    check_level(level)
    counted = unit_of(segments, unit)
    material = gather(
        transcripts, codings, codebook, coders, finished=finished, segments=segments, least=2
    )
    presence = find_presence(material, counted)
    whole = by_theme(presence)
    sampling = {"resamples": resamples, "seed": seed}
    pairs = compare_pairs(
        transcripts,
        codings,
        codebook,
        coders=coders,
        finished=finished,
        segments=segments,
        unit=unit,
        level=level,
        **sampling,
    )
    report = TeamReport(
        coders=material.coders,
        unit=UNIT_WORDS[counted],
        units=presence.units,
        description=wording.described(presence, coders, UNIT_WORDS[counted]),
        transcripts=presence.transcripts,
        left_out=material.left_out,
        coded=tuple(int(presence.coded[coder].sum()) for coder in coders),
        codebook=codebook.name,
        codebook_version=codebook.version,
        level=level,
        codes=_rows(presence, coders, **sampling),
        themes=_rows(whole, coders, **sampling),
        overall=_overall(whole if level == "theme" else presence, coders, **sampling),
        pairs=tuple(pair for pair in pairs if pair.transcripts),
        passages=passage_figures(fully_coded(material), **sampling),
        resamples=resamples,
        seed=seed,
    )
    return wording.with_warnings(report, material)


class _Sums(NamedTuple):
    """Sums per interview and code of which the figures of a team are made.

    Attributes:
        agree: Over units, the share of agreeing pairs of coders, ``(interviews, codes)``.
        units: Number of units; every one has two labels or more.
        shares: Over units, the share of its coders without and with the code, ``(..., 2)``.
        apart: Coincidences of unlike labels.
        counts: Labels given, without and with the code, ``(..., 2)``.
        totals: The same per coder, ``(..., coders, 2)``.
    """

    agree: Floats
    units: Floats
    shares: Floats
    apart: Floats
    counts: Floats
    totals: Floats


def _sums(presence: Presence, coders: Sequence[str]) -> _Sums:
    coded = np.stack([presence.coded[coder][presence.interview] for coder in coders])
    has = np.stack([presence.coders[coder] for coder in coders]) & coded[..., None]
    given = coded.sum(0)[:, None].astype(float)
    present = has.sum(0).astype(float)
    absent = given - present
    unlike = 2.0 * present * absent
    labels = np.stack([absent, present], -1)
    own = np.stack([coded[..., None] & ~has, has], -1).transpose(1, 2, 0, 3)
    return _Sums(
        per_interview(presence, 1.0 - unlike / (given * (given - 1.0))),
        per_interview(presence, np.ones_like(present)),
        per_interview(presence, labels / given[..., None]),
        per_interview(presence, unlike / (given - 1.0)),
        per_interview(presence, labels),
        per_interview(presence, own),
    )


def _observed(sums: _Sums) -> Ratings:
    return Ratings(sums.agree, sums.units, sums.shares, sums.units)


def _percent(*sums: Floats) -> Floats:
    return chance.observed_agreement(_observed(_Sums(*sums)))


def _fleiss(*sums: Floats) -> Floats:
    rated = _observed(_Sums(*sums))
    return chance.corrected(chance.observed_agreement(rated), chance.fleiss_chance(rated, BINARY))


def _conger(*sums: Floats) -> Floats:
    found = _Sums(*sums)
    return chance.corrected(
        share(found.agree, found.units), chance.conger_chance(found.totals, BINARY)
    )


def _alpha(*sums: Floats) -> Floats:
    found = _Sums(*sums)
    return krippendorff.alpha(found.apart, found.counts, BINARY)


def _ac1(*sums: Floats) -> Floats:
    rated = _observed(_Sums(*sums))
    return chance.corrected(chance.observed_agreement(rated), chance.gwet_chance(rated, BINARY))


FIGURES = {
    "percent_agreement": _percent,
    "fleiss_kappa": _fleiss,
    "conger_kappa": _conger,
    "alpha_nominal": _alpha,
    "gwet_ac1": _ac1,
}
"""The figures of a team per code, in the order of ``TeamAgreement``."""


def fleiss_by_code(presence: Presence, coders: Sequence[str]) -> Floats:
    """Return Fleiss' kappa of each code, NaN where it does not exist."""
    return _fleiss(*(part.sum(0) for part in _sums(presence, coders)))


def _rows(
    presence: Presence, coders: Sequence[str], *, resamples: int, seed: int
) -> tuple[TeamAgreement, ...]:
    sums = _sums(presence, coders)
    used = sums.totals[..., 1].sum(0).astype(int)
    observed = dict.fromkeys(FIGURES, share(sums.agree.sum(0), sums.units.sum(0)))
    # alpha counts pairs of values, where more coders weigh more
    observed["alpha_nominal"] = 1.0 - share(sums.apart.sum(0), sums.counts.sum((0, -1)))
    unvaried = "every coder gave this code to every unit, so nothing varies"
    reasons = [unvaried if own.any() else "no coder used this code" for own in used]
    columns = [
        coefficients(
            name,
            sums,
            value,
            observed[name],
            reasons,
            units=presence.units,
            resamples=resamples,
            seed=seed,
        )
        for name, value in FIGURES.items()
    ]
    return tuple(
        TeamAgreement(code, tuple(map(int, own)), *figures)
        for code, own, *figures in zip(presence.codes, used, *columns, strict=True)
    )


def _overall(
    presence: Presence, coders: Sequence[str], *, resamples: int, seed: int
) -> tuple[Coefficient, ...]:
    """Return the mean over the codes of two figures, and alpha of sets of codes."""
    sums = _sums(presence, coders)
    observed = np.asarray(share(sums.agree.sum(), sums.units.sum()))
    made: list[Coefficient] = []
    for name, value in (("macro_mean_fleiss", _fleiss), ("macro_mean_alpha", _alpha)):
        made += coefficients(
            name,
            sums,
            partial(_mean_over_codes, value),
            observed,
            ["no code has a figure"],
            units=presence.units,
            resamples=resamples,
            seed=seed,
        )
    return (*made, *set_alphas(presence, coders, resamples=resamples, seed=seed))


def _mean_over_codes(value: Callable[..., Floats], *sums: Floats) -> Floats:
    found = value(*sums)
    defined = np.isfinite(found)
    return share(np.where(defined, found, 0.0).sum(-1), defined.sum(-1).astype(float))
