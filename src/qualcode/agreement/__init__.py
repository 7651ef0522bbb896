"""How far coders agree, with its uncertainty, and what they disagree on: pure computation."""

from typing import TYPE_CHECKING

from qualcode.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from qualcode.agreement.coded_units import collect_coded_units
    from qualcode.agreement.coefficients import COEFFICIENTS
    from qualcode.agreement.confusion_matrix import find_confusion
    from qualcode.agreement.contrasts import contrast_studies
    from qualcode.agreement.dawid_skene import estimate_accuracy
    from qualcode.agreement.deviations import find_deviations
    from qualcode.agreement.disagreements import collect_disagreements, is_of_pair, swapped_id
    from qualcode.agreement.fixed_units import coefficient
    from qualcode.agreement.habits import find_habits
    from qualcode.agreement.interval_method import IntervalMethod
    from qualcode.agreement.passages import add_gamma
    from qualcode.agreement.planning import advise_sample, assume_sample, expected_half_widths
    from qualcode.agreement.qda_programs import collect_program_figures
    from qualcode.agreement.report import compare_coders, compare_pairs
    from qualcode.agreement.shared_passages import agreed_codings
    from qualcode.agreement.span_coefficients import UNITIZING, unitizing
    from qualcode.agreement.study import CodingStudy
    from qualcode.agreement.subgroups import (
        agreement_over_time,
        contrast_halves,
        order_of_work,
        split_by_exposure,
        split_by_group,
        study_of_rounds,
    )
    from qualcode.agreement.types import compare_types, find_differing
    from qualcode.agreement.unit_comparison import add_units
    from qualcode.agreement.unit_table import unit_rows
    from qualcode.agreement.units import UnitsOfAnalysis

__all__ = [
    "COEFFICIENTS",
    "UNITIZING",
    "CodingStudy",
    "IntervalMethod",
    "UnitsOfAnalysis",
    "add_gamma",
    "add_units",
    "advise_sample",
    "agreed_codings",
    "agreement_over_time",
    "assume_sample",
    "coefficient",
    "collect_coded_units",
    "collect_disagreements",
    "collect_program_figures",
    "compare_coders",
    "compare_pairs",
    "compare_types",
    "contrast_halves",
    "contrast_studies",
    "estimate_accuracy",
    "expected_half_widths",
    "find_confusion",
    "find_deviations",
    "find_differing",
    "find_habits",
    "is_of_pair",
    "order_of_work",
    "split_by_exposure",
    "split_by_group",
    "study_of_rounds",
    "swapped_id",
    "unit_rows",
    "unitizing",
]

if not TYPE_CHECKING:
    __getattr__ = lazy_exports(__name__)
