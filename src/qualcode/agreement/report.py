"""Coders compared: a row per code and theme, overall figures, and what to bear in mind.

Two coders are a team of two. Their rows have other columns than those of larger teams; the
registry in ``coefficients`` says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from qualcode.agreement.arrays import Integers
from qualcode.agreement.clustered_coefficients import cluster_coefficients
from qualcode.agreement.description import collect_warnings, describe_study
from qualcode.agreement.incidence import Incidence
from qualcode.agreement.interval_method import IntervalMethod
from qualcode.agreement.overall import overall_figures
from qualcode.agreement.passages import passage_figures
from qualcode.agreement.report_columns import (
    code_sums,
    observed_agreement,
    printed_coefficients,
    report_columns,
    units_with_code,
)
from qualcode.agreement.study import CodingStudy
from qualcode.agreement.uncertainty import ONE_INTERVIEW
from qualcode.agreement.unit_comparison import compare_units, warn_of_units
from qualcode.agreement.verdict import judge_codes
from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.model import CONSENSUS, AgreementReport, CodeAgreement, Coefficient
from qualcode.model.comparison import JACKKNIFE, RELIABLE, RESAMPLES, SEED, TENTATIVE

PARADOX_OBSERVED, PARADOX_KAPPA = 0.8, 0.5
"""High observed agreement with a low kappa (Feinstein & Cicchetti 1990, the first paradox)."""


def compare_coders(
    study: CodingStudy,
    *,
    level: str = "code",
    intervals: str = JACKKNIFE,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> AgreementReport:
    """Return how far coders agree, per code, per theme and overall; of a team also per pair.

    A coder who gave a transcript no code at all did not code it, unless it is among the
    finished ones: its units are missing for that coder. Transcripts that fewer than two coded
    are left out and named in the report.

    Args:
        study: What is compared.
        level: Whether the overall figures are about each ``code`` or each ``theme``.
        intervals: How intervals are found: ``jackknife`` or ``bootstrap``.
        resamples: Number of samples of the bootstrap.
        seed: Seed of the bootstrap.

    Raises:
        InvalidValueError: another level, or another way to find intervals.
    """
    if level not in ("code", "theme"):
        raise InvalidValueError(
            Message("'{level}' is not a level of agreement: use 'code' or 'theme'.", level=level)
        )
    incidence = study.incidence
    themes = incidence.by_theme()
    method = IntervalMethod(intervals, resamples, seed)
    rows = _code_rows(incidence, method)
    # a pair is its own only pair
    pairs = (
        ()
        if study.is_pair
        else compare_pairs(study, level=level, intervals=intervals, resamples=resamples, seed=seed)
    )
    overall = overall_figures(themes if level == "theme" else incidence, method)
    # lengths of text cannot be missing: only interviews that all coded are laid out
    passages = passage_figures(study.complete(), method)
    by_unit = compare_units(study, passages, method)
    return AgreementReport(
        coders=study.coders,
        unit=study.units.words,
        kind=study.units.kind,
        units=incidence.units,
        description=describe_study(study),
        transcripts=incidence.transcripts,
        left_out=study.left_out,
        coded=tuple(int(incidence.coded[coder].sum()) for coder in study.coders),
        codebook=study.codebook.name,
        codebook_version=study.codebook.version,
        level=level,
        columns=report_columns(of_pair=study.is_pair),
        codes=rows,
        themes=_code_rows(themes, method),
        overall=overall,
        verdict=(
            *judge_codes(rows, overall, of_consensus=CONSENSUS in study.coders),
            *warn_of_units(by_unit, study),
        ),
        # two of a team may have no interview in common
        pairs=tuple(pair for pair in pairs if pair.transcripts),
        warnings=collect_warnings(study, rows),
        passages=passages,
        by_unit=by_unit,
        respondents=len(incidence.sample) if study.units.of_respondents else 0,
        intervals=intervals,
        resamples=resamples,
        seed=seed,
    )


def compare_pairs(
    study: CodingStudy,
    *,
    level: str = "code",
    intervals: str = JACKKNIFE,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> tuple[AgreementReport, ...]:
    """Return the comparison of every pair of coders, each on the transcripts both coded.

    Args and errors are those of :func:`compare_coders`.
    """
    return tuple(
        compare_coders(
            study.of_coders(pair), level=level, intervals=intervals, resamples=resamples, seed=seed
        )
        for pair in combinations(study.coders, 2)
    )


def _code_rows(incidence: Incidence, method: IntervalMethod) -> tuple[CodeAgreement, ...]:
    """Return the row of each code: counts, and coefficients with their intervals."""
    of_pair = len(incidence.coders) == 2
    sums = code_sums(incidence, of_pair=of_pair)
    totals = tuple(part.sum(0) for part in sums)
    uses, everybody, nobody = _unit_counts(incidence)
    reasons = [_reason(counts, of_pair=of_pair) for counts in uses]
    agreed = observed_agreement(*totals, of_pair=of_pair)
    columns = {
        printed.key: cluster_coefficients(
            name,
            sums,
            printed.value,
            printed.observed(*totals) if printed.observed else agreed,
            reasons,
            units=incidence.units,
            method=method,
            lowest=printed.lowest,
            occurs=units_with_code(*sums, of_pair=of_pair),
        )
        for name, printed in printed_coefficients(of_pair=of_pair).items()
    }
    rows = []
    for place, code in enumerate(incidence.codes):
        figures = {key: column[place] for key, column in columns.items()}
        counts = tuple(map(int, uses[place]))
        warnings = _row_warnings(tuple(incidence.coders), counts, figures) if of_pair else ()
        warnings = (*warnings, *_missing_interval(figures["alpha"]))
        row = CodeAgreement(
            code,
            counts,
            int(everybody[place]),
            int(nobody[place]),
            incidence.units,
            figures,
            warnings,
        )
        rows.append(row)
    return tuple(rows)


def _unit_counts(incidence: Incidence) -> tuple[Integers, Integers, Integers]:
    """Return per code the units that each coder, everybody who coded them, and nobody gave it."""
    coded = np.stack([coded[incidence.interview] for coded in incidence.coded.values()])
    has = np.stack(list(incidence.coders.values())) & coded[..., None]
    weights = incidence.weights
    by_coder = (weights @ has).T
    # an interview that a coder left uncoded counts for the others only
    everybody = weights @ (has | ~coded[..., None]).all(0)
    nobody = weights @ ~has.any(0)
    return by_coder, everybody, nobody


def _reason(uses: Sequence[int], *, of_pair: bool) -> str:
    """Return why coefficients of a code do not exist, where they do not."""
    if any(uses):
        if of_pair:
            return Message("both coders gave this code to every unit, so nothing varies")
        return Message("every coder gave this code to every unit, so nothing varies")
    return "neither coder used this code" if of_pair else "no coder used this code"


def _missing_interval(alpha: Coefficient) -> tuple[str, ...]:
    """Return why a row has a figure and no interval."""
    # one interview has no interval anywhere: the report says so once
    if alpha.value is None or alpha.interval or alpha.detail == ONE_INTERVIEW:
        return ()
    return (Message("Alpha has {reason}.", reason=alpha.detail),)


def _row_warnings(
    coders: Sequence[str], uses: Sequence[int], figures: dict[str, Coefficient]
) -> tuple[str, ...]:
    """Return what to bear in mind when reading the row of two coders."""
    warnings: list[str] = [
        Message("{coder} never used this code.", coder=coder)
        for coder, count in zip(coders, uses, strict=True)
        # codes that neither used are named once, in the warnings of the whole report
        if count == 0 and any(uses)
    ]
    kappa = figures["kappa"]
    if (
        kappa.value is not None
        and kappa.observed is not None
        and kappa.observed >= PARADOX_OBSERVED
        and kappa.value < PARADOX_KAPPA
    ):
        warnings.append(
            Message(
                "High observed agreement ({observed}) with a low kappa ({value}): the code "
                "is rare or nearly everywhere, so read positive agreement as well.",
                observed=f"{kappa.observed:.2f}",
                value=f"{kappa.value:z.2f}",
            )
        )
    if kappa.interval and kappa.interval[0] < TENTATIVE and kappa.interval[1] > RELIABLE:
        warnings.append("The interval of kappa holds both .667 and .8: too few interviews to tell.")
    return tuple(warnings)
