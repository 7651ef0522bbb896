"""The same codings compared on whole units, on characters and as passages, side by side.

On a long turn two coders agree as soon as each marks any word of it, be it another word: figures
on whole units then are far higher than those on characters. Neither is wrong; they answer
different questions, and a report that gives one alone should say what the other is.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from qualcode.agreement.arrays import Floats, mean_of_defined
from qualcode.agreement.coefficients import COEFFICIENTS
from qualcode.agreement.incidence import Incidence, find_incidence, pair_tables, team_sums
from qualcode.agreement.kappa import pooled_kappa
from qualcode.agreement.study import CodingStudy
from qualcode.agreement.uncertainty import value_of_all
from qualcode.messages import Message
from qualcode.model import AgreementUnit, PassageFigure

PARTING = 0.1
"""Figures on units and on characters that differ by more than this are warned of."""


def compare_units(study: CodingStudy, passages: Sequence[PassageFigure]) -> tuple[Message, ...]:
    """Return agreement over all codes by unit, in words, and a warning where the figures part.

    Args:
        study: What is compared.
        passages: Figures on passages, for u-alpha over all codes.
    """
    by_character = (
        study.incidence
        if study.units.kind is AgreementUnit.CHARACTER
        else find_incidence(study, by_character=True)
    )
    units, characters = (
        float(_over_all_codes(incidence)) for incidence in (study.unit_incidence, by_character)
    )
    # no code has a figure
    if not (isfinite(units) and isfinite(characters)):
        return ()
    sentences = [_side_by_side(study, units, characters, passages)]
    if abs(units - characters) > PARTING:
        sentences.append(
            Message(
                "These part: within a unit the coders often mark different words, which counts as "
                "agreement on units and not on characters. Choose the unit before looking, and "
                "give both figures."
            )
        )
    return tuple(sentences)


def _over_all_codes(incidence: Incidence) -> Floats:
    """Return the pooled kappa of two coders, or the mean of the alphas of a team."""
    if len(incidence.coders) == 2:
        return value_of_all(pair_tables(incidence), pooled_kappa)
    alpha = COEFFICIENTS["alpha_nominal"].team
    assert alpha is not None
    return mean_of_defined(value_of_all(team_sums(incidence), alpha.value))


def _side_by_side(
    study: CodingStudy, units: float, characters: float, passages: Sequence[PassageFigure]
) -> Message:
    name = Message("the pooled kappa") if study.is_pair else Message("the mean of the alphas")
    alphas = [row.figure.value for row in passages if row.figure.name == "u_alpha" and not row.code]
    values = {"name": name, "units": f"{units:.2f}", "characters": f"{characters:.2f}"}
    if alphas and alphas[0] is not None:
        return Message(
            "By unit: {name} is {units} on whole units and {characters} on their characters; "
            "u-alpha of the passages is {passages}.",
            **values,
            passages=f"{alphas[0]:.2f}",
        )
    return Message(
        "By unit: {name} is {units} on whole units and {characters} on their characters.", **values
    )
