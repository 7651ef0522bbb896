"""What a report prints per code: which coefficients of the registry, from which sums."""

from __future__ import annotations

import numpy as np

from qualcode.agreement.arrays import Floats, share
from qualcode.agreement.coefficients import COEFFICIENTS
from qualcode.agreement.entries import Printed
from qualcode.agreement.incidence import Incidence, TeamSums, pair_tables, team_sums
from qualcode.agreement.resampling import Sums
from qualcode.model import FigureColumn


def printed_coefficients(*, of_pair: bool) -> dict[str, Printed]:
    """Return the coefficients that a report prints per code, by name, in their order.

    Args:
        of_pair: Whether two coders are compared, or a team of three or more.
    """
    # the order of the registry is that of the columns
    chosen = {name: entry.pair if of_pair else entry.team for name, entry in COEFFICIENTS.items()}
    return {name: printed for name, printed in chosen.items() if printed}


def report_columns(*, of_pair: bool) -> tuple[FigureColumn, ...]:
    """Return the columns of the coefficients that a report prints per code."""
    return tuple(
        FigureColumn(
            printed.key,
            name,
            printed.label,
            printed.citation,
            printed.explanation,
            chance_corrected=printed.lowest < 0,
            terminal=printed.terminal,
            document=printed.document,
            headline=printed.headline,
        )
        for name, printed in printed_coefficients(of_pair=of_pair).items()
    )


def code_sums(incidence: Incidence, *, of_pair: bool) -> Sums:
    """Return the sums per interview and code from which coefficients per code are computed."""
    return pair_tables(incidence) if of_pair else team_sums(incidence)


def units_with_code(*sums: Floats, of_pair: bool) -> Floats:
    """Return how many units of each interview a coder gave each code, ``(interviews, codes)``.

    In a team: the units of the coder who gave it most often.
    """
    if not of_pair:
        most: Floats = TeamSums(*sums).totals[..., 1].max(-1)
        return most
    (table,) = sums
    units: Floats = table.sum((-2, -1)) - table[..., 0, 0]
    return units


def observed_agreement(*sums: Floats, of_pair: bool) -> Floats:
    """Return the share of agreeing pairs of coders from those sums."""
    if not of_pair:
        totals = TeamSums(*sums)
        return share(totals.agree, totals.units)
    (table,) = sums
    return share(np.trace(table, axis1=-2, axis2=-1), table.sum((-2, -1)))
