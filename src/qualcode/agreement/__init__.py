"""How far coders agree, with its uncertainty, and what they disagree on: pure computation."""

from qualcode.agreement.agreed_codings import agreed_codings
from qualcode.agreement.coded_units import collect_coded_units
from qualcode.agreement.coefficients import COEFFICIENTS
from qualcode.agreement.confusion_matrix import find_confusion
from qualcode.agreement.disagreements import collect_disagreements, is_of_pair, swapped_id
from qualcode.agreement.fixed_units import coefficient
from qualcode.agreement.qda_programs import collect_program_figures
from qualcode.agreement.report import compare_coders, compare_pairs
from qualcode.agreement.study import CodingStudy
from qualcode.agreement.subgroups import (
    agreement_over_time,
    split_by_exposure,
    split_by_group,
    study_of_rounds,
)
from qualcode.agreement.unitizing import UNITIZING, unitizing
from qualcode.agreement.units import UnitsOfAnalysis

__all__ = [
    "COEFFICIENTS",
    "UNITIZING",
    "CodingStudy",
    "UnitsOfAnalysis",
    "agreed_codings",
    "agreement_over_time",
    "coefficient",
    "collect_coded_units",
    "collect_disagreements",
    "collect_program_figures",
    "compare_coders",
    "compare_pairs",
    "find_confusion",
    "is_of_pair",
    "split_by_exposure",
    "split_by_group",
    "study_of_rounds",
    "swapped_id",
    "unitizing",
]
