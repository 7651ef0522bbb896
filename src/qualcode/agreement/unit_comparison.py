"""The same codings compared on several units side by side: turns, sentences, characters, passages.

On a long turn two coders agree as soon as each marks any word of it, be it another word: figures
on whole units then are far higher than those on characters. Short turns that nobody codes ("yes",
"hm") do the reverse to kappa: the more of them, the less agreement on absence is worth. No figure
is wrong; they answer different questions, and a report that gives one alone should say what the
others are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from qualcode.agreement.arrays import mean_of_defined
from qualcode.agreement.clustered_coefficients import cluster_coefficients, name_coefficients
from qualcode.agreement.coefficients import COEFFICIENTS
from qualcode.agreement.incidence import Incidence, find_incidence, pair_tables, team_sums
from qualcode.agreement.interval_method import IntervalMethod
from qualcode.agreement.kappa import pooled_kappa
from qualcode.agreement.mean_uncertainty import mean_uncertainty
from qualcode.agreement.report_columns import code_sums, observed_agreement, units_with_code
from qualcode.agreement.resampling import value_of_all
from qualcode.agreement.study import CodingStudy
from qualcode.agreement.units import Unit, words_of_unit
from qualcode.messages import Message
from qualcode.model import AgreementReport, AgreementUnit, Coefficient, PassageFigure, UnitFigure

PARTING = 0.1
"""Figures on units and on characters that differ by more than this are warned of."""
SHORT = 5
"""A unit of fewer words can hardly be given a code."""
PASSAGE, LONG = "passage", "long"


def compare_units(
    study: CodingStudy, passages: Sequence[PassageFigure], method: IntervalMethod
) -> tuple[UnitFigure, ...]:
    """Return agreement over all codes on the units compared and on others, side by side.

    Args:
        study: What is compared.
        passages: Figures on passages, for u-alpha over all codes.
        method: How intervals are found.
    """
    rows = [_unit_figure(study.units.kind, study.incidence, method)]
    long_units = _without_short(study)
    if long_units is not None:
        rows.append(_unit_figure(LONG, long_units.unit_incidence, method))
    if study.units.kind is not AgreementUnit.CHARACTER:
        by_character = find_incidence(study, by_character=True)
        rows.append(_unit_figure(AgreementUnit.CHARACTER, by_character, method))
    rows += [
        # A figure that does not exist rests on nothing, though there are passages.
        UnitFigure(PASSAGE, row.figure.units or _count_passages(study), row.figure)
        for row in passages
        if row.figure.name == "u_alpha" and not row.code
    ]
    return tuple(rows)


def add_units(
    report: AgreementReport, studies: Iterable[CodingStudy], method: IntervalMethod
) -> AgreementReport:
    """Return a report with agreement on more units.

    Args:
        report: The report.
        studies: The same codings on other units.
        method: How intervals are found.
    """
    rows = [_unit_figure(study.units.kind, study.incidence, method) for study in studies]
    # the unit of the study stays first: the warnings compare the other rows with it
    by_unit = (*report.by_unit[:1], *rows, *report.by_unit[1:])
    return replace(report, by_unit=by_unit)


def warn_of_units(report_rows: Sequence[UnitFigure], study: CodingStudy) -> tuple[Message, ...]:
    """Return what the figures by unit say, in words, and a warning where they part.

    Args:
        report_rows: The figures by unit.
        study: What is compared.
    """
    values = {row.unit: row.figure.value for row in report_rows}
    units, characters = values.get(study.units.kind), values.get(AgreementUnit.CHARACTER)
    # no code has a figure
    if units is None or characters is None:
        return ()
    sentences = []
    if study.units.kind is not AgreementUnit.CHARACTER:
        sentences.append(_side_by_side(study, units, characters, values.get(PASSAGE)))
        if abs(units - characters) > PARTING:
            sentences.append(
                Message(
                    "They differ: within a unit the coders often mark different words, which "
                    "counts as agreement on units and not on characters. Choose the unit "
                    "before looking, and give both figures."
                )
            )
    long_row = next((row for row in report_rows if row.unit == LONG), None)
    if long_row is not None and long_row.figure.value is not None:
        sentences.append(_of_short(study, report_rows[0], long_row))
    return tuple(sentences)


def _unit_figure(unit: str, incidence: Incidence, method: IntervalMethod) -> UnitFigure:
    """Return the pooled kappa of two coders, or the mean of the alphas of a team."""
    of_pair = len(incidence.coders) == 2
    sums = code_sums(incidence, of_pair=of_pair)
    stacked = tuple(part.sum((0, 1)) for part in sums)
    observed = np.asarray(observed_agreement(*stacked, of_pair=of_pair))
    units, reasons = incidence.units, [Message("no code has a figure")]
    figure: Coefficient
    # without units there is no figure of either kind: only its name and reason are used
    if of_pair or not units:
        figure = cluster_coefficients(
            "pooled_kappa" if of_pair else "macro_mean_alpha",
            pair_tables(incidence) if of_pair else team_sums(incidence),
            pooled_kappa,
            observed,
            reasons,
            units=units,
            method=method,
        )[0]
    else:
        alpha = COEFFICIENTS["alpha_nominal"].team
        assert alpha is not None
        mean = np.atleast_1d(mean_of_defined(value_of_all(sums, alpha.value)))
        uncertainty = mean_uncertainty(
            sums, alpha.value, method, occurs=units_with_code(*sums, of_pair=of_pair)
        )
        figure = name_coefficients(
            "macro_mean_alpha", mean, uncertainty, observed, reasons, units=units
        )[0]
    return UnitFigure(unit, units, figure)


def _count_passages(study: CodingStudy) -> int:
    return sum(
        len(codings)
        for by_transcript in study.codings.values()
        for codings in by_transcript.values()
    )


def _without_short(study: CodingStudy) -> CodingStudy | None:
    """Return the study without the short units that nobody coded; None where there are none."""
    if study.units.kind is AgreementUnit.CHARACTER:
        return None
    long_units: dict[str, tuple[Unit, ...]] = {}
    for transcript in study.transcripts:
        units = study.units_of(transcript)
        coded = {
            number for coder in study.coders for number in study.codings_by_unit(coder, transcript)
        }
        long_units[transcript.name] = tuple(
            unit
            for number, unit in enumerate(units)
            # a short answer that somebody coded does say something
            if number in coded or words_of_unit(unit, transcript.text) >= SHORT
        )
    # nothing was short: the row would repeat the one of the unit itself
    if sum(map(len, long_units.values())) == study.unit_incidence.units:
        return None
    return study.with_units(long_units)


def _of_short(study: CodingStudy, row: UnitFigure, long_row: UnitFigure) -> Message:
    return Message.counted(
        "Of {all} units {count} is short (fewer than five words) and got no code from anybody. "
        "Such units count as agreement that no code applies: {name} is {value} with them and "
        "{without} without them.",
        "Of {all} units {count} are short (fewer than five words) and got no code from anybody. "
        "Such units count as agreement that no code applies: {name} is {value} with them and "
        "{without} without them.",
        row.units - long_row.units,
        all=row.units,
        name=_name(study),
        value=f"{row.figure.value:z.2f}",
        without=f"{long_row.figure.value:z.2f}",
    )


def _name(study: CodingStudy) -> Message:
    return Message("the pooled kappa") if study.is_pair else Message("the mean of the alphas")


def _side_by_side(
    study: CodingStudy, units: float, characters: float, passages: float | None
) -> Message:
    values = {"name": _name(study), "units": f"{units:z.2f}", "characters": f"{characters:z.2f}"}
    if passages is not None:
        return Message(
            "By unit: {name} is {units} on whole units and {characters} on their characters; "
            "u-alpha of the passages is {passages}.",
            **values,
            passages=f"{passages:z.2f}",
        )
    return Message(
        "By unit: {name} is {units} on whole units and {characters} on their characters.", **values
    )
