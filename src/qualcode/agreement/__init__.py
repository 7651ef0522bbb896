"""How far coders agree, with its uncertainty, and what they disagree on: pure figures."""

from qualcode.agreement.agreed import agreed_codings
from qualcode.agreement.behind import collect_units_behind
from qualcode.agreement.confusions import find_confusion
from qualcode.agreement.disagreements import collect_disagreements
from qualcode.agreement.figures import COEFFICIENTS, coefficient
from qualcode.agreement.programs import collect_program_figures
from qualcode.agreement.report import compare_coders
from qualcode.agreement.spans import UNITIZING, unitizing
from qualcode.agreement.splits import (
    agreement_over_time,
    compare_with_self,
    split_by_exposure,
    split_by_group,
)
from qualcode.agreement.team import compare_pairs, compare_team

__all__ = [
    "COEFFICIENTS",
    "UNITIZING",
    "agreed_codings",
    "agreement_over_time",
    "coefficient",
    "collect_disagreements",
    "collect_program_figures",
    "collect_units_behind",
    "compare_coders",
    "compare_pairs",
    "compare_team",
    "compare_with_self",
    "find_confusion",
    "split_by_exposure",
    "split_by_group",
    "unitizing",
]
