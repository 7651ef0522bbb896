"""Two coders compared: a row per code and theme, overall figures, and what to bear in mind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from qualcode.agreement import chance, contingency, krippendorff, metrics, resampling
from qualcode.agreement.contingency import Floats, nominal
from qualcode.agreement.presence import (
    Presence,
    by_theme,
    find_presence,
    label_sets,
    per_interview,
    tables,
)
from qualcode.agreement.resampling import Uncertainty
from qualcode.agreement.units import check_coders, collect_units, standing, unit_words
from qualcode.errors import InvalidValueError
from qualcode.model import (
    AgreementReport,
    CodeAgreement,
    Codebook,
    Coding,
    Coefficient,
    Segment,
    Transcript,
)

PARADOX_OBSERVED, PARADOX_KAPPA = 0.8, 0.5
_SHARES = {"positive_agreement", "negative_agreement", "percent_agreement"}
"""Figures that cannot be below 0, so neither can their intervals."""
NO_UNITS = "there are no units to compare"


def compare_coders(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: tuple[str, str],
    segments: Sequence[Segment] | None = None,
    level: str = "code",
    resamples: int = resampling.RESAMPLES,
    seed: int = resampling.SEED,
) -> AgreementReport:
    """Return how far two coders agree, per code, per theme and overall.

    Args:
        transcripts: The interviews to compare; those that one of the two did not code at
            all are left out and named in the report.
        codings: Codings of any coder; withdrawn ones and those of other coders are ignored.
        codebook: The codes that count, used or not.
        coders: The two coders; the first one is A.
        segments: Units of one kind; respondents' turns by default.
        level: Whether the overall figures are about each ``code`` or each ``theme``.
        resamples: Number of bootstrap samples, from 20 interviews on.
        seed: Seed of the bootstrap.

    Raises:
        UndefinedRequestError: the same coder twice.
        UnknownNameError: a coding with a code that the codebook lacks.
        InvalidValueError: another level, or units that overlap or are of several kinds.
    """
    if level not in ("code", "theme"):
        raise InvalidValueError(f"'{level}' is not a level of agreement: use 'code' or 'theme'.")
    check_coders(coders)
    names = [transcript.name for transcript in transcripts]
    counting = standing(codings, codebook, coders, names)
    shared = [t for t in transcripts if all(counting[coder][t.name] for coder in coders)]
    units = collect_units(shared, segments)
    presence = find_presence(shared, units, counting, code_paths(codebook, counting))
    whole = by_theme(presence)
    sampling = {"resamples": resamples, "seed": seed}
    report = AgreementReport(
        coders=(coders[0], coders[1]),
        unit=unit_words(segments),
        units=len(presence.interview),
        description=_description(presence, coders, unit_words(segments)),
        transcripts=presence.transcripts,
        left_out=tuple(name for name in names if name not in presence.transcripts),
        codebook=codebook.name,
        codebook_version=codebook.version,
        level=level,
        codes=code_rows(presence, coders, **sampling),
        themes=code_rows(whole, coders, **sampling),
        overall=overall_figures(whole if level == "theme" else presence, coders, **sampling),
        warnings=(),
        **sampling,
    )
    return with_warnings(report, [name for name, own in units.items() if not own])


def code_paths(codebook: Codebook, codings: dict[str, dict[str, list[Coding]]]) -> tuple[str, ...]:
    """Return the codes that get a row: all that may be used, and all that were."""
    used = {c.code for own in codings.values() for made in own.values() for c in made}
    leaves = {c.path for c in codebook.active if c.parent or not codebook.children(c.path)}
    return tuple(path for path in codebook.paths if path in used or path in leaves)


def coefficients(
    name: str,
    sums: tuple[Floats, ...],
    value: Callable[..., Floats],
    observed: Floats,
    reasons: Sequence[str],
    *,
    units: int,
    resamples: int,
    seed: int,
) -> list[Coefficient]:
    """Return one clustered figure per reason (what to say where it does not exist)."""
    if units == 0:
        return [Coefficient(name, None, NO_UNITS)] * len(reasons)
    point = np.atleast_1d(resampling.overall(sums, value))
    unsure = resampling.clustered(sums, value, resamples=resamples, seed=seed)
    error, low, high = (np.atleast_1d(x) for x in (unsure.error, unsure.low, unsure.high))
    if name in _SHARES:
        low = np.maximum(low, 0.0)
    observed = np.broadcast_to(observed, point.shape)
    made = []
    for i, reason in enumerate(reasons):
        exists = bool(np.isfinite(point[i]))
        sure = exists and bool(np.isfinite(low[i]))
        made.append(
            Coefficient(
                name,
                float(point[i]) if exists else None,
                None if exists else reason,
                float(observed[i]) if np.isfinite(observed[i]) else None,
                float(error[i]) if exists and np.isfinite(error[i]) else None,
                (float(low[i]), float(high[i])) if sure else None,
                units,
                _detail(unsure, i, sure=sure) if exists else "",
            )
        )
    return made


def _detail(unsure: Uncertainty, i: int, *, sure: bool) -> str:
    if sure:
        below = float(np.atleast_1d(unsure.below)[i])
        share = f"; {below:.0%} of the samples below .667" if np.isfinite(below) else ""
        return unsure.method + share
    return unsure.in_words(i)


def positive_agreement(table: Floats) -> Floats:
    """Return 2a / (2a + b + c) of binary tables (Cicchetti & Feinstein 1990, p. 554)."""
    both = 2 * table[..., 1, 1]
    return contingency.share(both, both + table[..., 0, 1] + table[..., 1, 0])


def _ac1(table: Floats) -> Floats:
    sums = chance.from_table(table, nominal(2))
    return chance.corrected(chance.observed_agreement(sums), chance.gwet_chance(sums, nominal(2)))


def code_rows(
    presence: Presence, coders: tuple[str, str], *, resamples: int, seed: int
) -> tuple[CodeAgreement, ...]:
    """Return the row of each code: counts, and figures with their intervals."""
    sums = tables(presence, coders)
    counts = sums.sum(0)
    units = len(presence.interview)
    observed = contingency.share(counts[:, 0, 0] + counts[:, 1, 1], counts.sum((-2, -1)))
    reasons = [_reason(table) for table in counts]
    columns = [
        coefficients(
            name, (sums,), value, observed, reasons, units=units, resamples=resamples, seed=seed
        )
        for name, value in (
            ("positive_agreement", positive_agreement),
            ("cohen_kappa", lambda table: contingency.cohen(table, nominal(2))),
            ("alpha_nominal", lambda table: krippendorff.table_alpha(table, nominal(2))),
            ("gwet_ac1", _ac1),
        )
    ]
    return tuple(
        CodeAgreement(
            code=code,
            only_a=int(table[1, 0]),
            only_b=int(table[0, 1]),
            both=int(table[1, 1]),
            neither=int(table[0, 0]),
            positive_agreement=figures[0],
            kappa=figures[1],
            alpha=figures[2],
            ac1=figures[3],
            warnings=_row_warnings(table, figures[1], coders),
        )
        for code, table, *figures in zip(presence.codes, counts, *columns, strict=True)
    )


def _reason(table: Floats) -> str:
    if table.sum() == table[0, 0]:
        return "neither coder used this code"
    return "both coders gave this code to every unit, so nothing varies"


def _row_warnings(table: Floats, kappa: Coefficient, coders: tuple[str, str]) -> tuple[str, ...]:
    said = []
    for coder, used in zip(coders, (table[1].sum(), table[:, 1].sum()), strict=True):
        if used == 0 and table.sum() > table[0, 0]:
            said.append(f"{coder} never used this code.")
    if (
        kappa.value is not None
        and kappa.observed is not None
        and kappa.observed >= PARADOX_OBSERVED
        and kappa.value < PARADOX_KAPPA
    ):
        said.append(
            f"High observed agreement ({kappa.observed:.2f}) with a low kappa "
            f"({kappa.value:.2f}): the code is rare or nearly everywhere, so read positive "
            "agreement beside it."
        )
    if kappa.interval and kappa.interval[0] < 0.667 and kappa.interval[1] > 0.8:
        said.append("The interval of kappa holds both .667 and .8: too few interviews to tell.")
    return tuple(said)


def overall_figures(
    presence: Presence, coders: tuple[str, str], *, resamples: int, seed: int
) -> tuple[Coefficient, ...]:
    """Return the figures over all codes together, each under its own name."""
    units = len(presence.interview)
    sums = tables(presence, coders)
    counts = sums.sum(0)
    stacked = contingency.share(
        np.asarray(counts[:, 0, 0].sum() + counts[:, 1, 1].sum()), np.asarray(counts.sum())
    )
    made = []
    for name, value in (
        ("macro_mean_kappa", contingency.mean_kappa),
        ("pooled_kappa", contingency.pooled_kappa),
        ("stacked_kappa", contingency.stacked_kappa),
    ):
        reasons = ["no code has a kappa"]
        made += coefficients(
            name, (sums,), value, stacked, reasons, units=units, resamples=resamples, seed=seed
        )
    for name, metric in (
        ("alpha_masi", metrics.masi),
        ("alpha_jaccard", metrics.jaccard),
    ):
        made.append(_set_alpha(presence, coders, name, metric, resamples=resamples, seed=seed))
    return tuple(made)


def _set_alpha(
    presence: Presence,
    coders: tuple[str, str],
    name: str,
    metric: Callable[[Floats], Floats],
    *,
    resamples: int,
    seed: int,
) -> Coefficient:
    units = len(presence.interview)
    if units == 0:
        return Coefficient(name, None, NO_UNITS)
    members, (one, two) = label_sets(presence, coders)
    distance = metric(members)
    counts = np.zeros((len(presence.transcripts), len(members)))
    np.add.at(counts, (presence.interview, one), 1.0)
    np.add.at(counts, (presence.interview, two), 1.0)
    apart = per_interview(presence, 2.0 * distance[one, two])
    return coefficients(
        name,
        (apart, counts),
        lambda disagreement, values: krippendorff.alpha(disagreement, values, distance),
        np.asarray((one == two).mean()),
        ["every unit got the same codes from both coders, so nothing varies"],
        units=units,
        resamples=resamples,
        seed=seed,
    )[0]


def _description(presence: Presence, coders: tuple[str, str], unit: str) -> str:
    names = ", ".join(presence.transcripts) or "none"
    return (
        f"Compared: {len(presence.interview)} {unit} in {len(presence.transcripts)} "
        f"{'transcript' if len(presence.transcripts) == 1 else 'transcripts'} ({names}), coded by "
        f"{coders[0]} and {coders[1]}. A unit has a code when a coding of that code covers at "
        "least one character of it that is not white space. A unit that a coder left uncoded "
        "counts as not having any code. What interviewers say is left out."
    )


def with_warnings(report: AgreementReport, without: Sequence[str]) -> AgreementReport:
    """Return the report with what holds for all of its figures said in words.

    Args:
        report: The report, without them.
        without: Names of the transcripts that have no units.
    """
    said = []
    count = len(report.transcripts)
    if report.left_out:
        said.append(f"Left out, because not both coders coded them: {', '.join(report.left_out)}.")
    if without:
        said.append(f"No words of respondents in: {', '.join(without)}. Say who the speakers are.")
    if count < resampling.MANY:
        said.append(
            f"{count} {'interview' if count == 1 else 'interviews'} cannot separate .667 from "
            ".8: expect a 95% interval of about .25 to either side at 6 interviews, .11 at 20 "
            "and .08 at 40."
        )
    unused = [row.code for row in report.codes if not (row.only_a or row.only_b or row.both)]
    if unused and report.units:
        said.append(f"Used by neither coder, so without a figure: {', '.join(unused)}.")
    return replace(report, warnings=tuple(said))
