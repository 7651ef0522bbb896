"""Analyses codings for a results chapter: reach, passages, matrices, saturation.

Every function takes the codings of one layer (a coder, or consensus), the codebook, the
transcripts in the order of the interviews, and the cases. The order of the codings does not
matter. Only words of respondents count.
"""

from typing import TYPE_CHECKING

from qualcode.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from qualcode.themes.coverage import measure_coverage
    from qualcode.themes.dimension_text import parse_cells, parse_dimension
    from qualcode.themes.figure_codes import codes_by_level, codes_on_map
    from qualcode.themes.findings import Claim, ClaimCounter
    from qualcode.themes.group_differences import exact_interval
    from qualcode.themes.keyness import log_odds
    from qualcode.themes.matrices import (
        case_by_attribute,
        case_by_code_attribute,
        code_by_attribute,
        code_by_case,
    )
    from qualcode.themes.prevalence import COUNT_WORDS, SMALL_SAMPLE, collect_reach, count_in_words
    from qualcode.themes.printed_design import drop_headings, print_design
    from qualcode.themes.property_space import span_space
    from qualcode.themes.saturation import assess_saturation
    from qualcode.themes.summary import summarize_themes
    from qualcode.themes.type_contrasts import TypeContrasts
    from qualcode.themes.typology import average_linkage, compare_cases, describe_types
    from qualcode.themes.waves import compare_waves

__all__ = [
    "COUNT_WORDS",
    "SMALL_SAMPLE",
    "Claim",
    "ClaimCounter",
    "TypeContrasts",
    "assess_saturation",
    "average_linkage",
    "case_by_attribute",
    "case_by_code_attribute",
    "code_by_attribute",
    "code_by_case",
    "codes_by_level",
    "codes_on_map",
    "collect_reach",
    "compare_cases",
    "compare_waves",
    "count_in_words",
    "describe_types",
    "drop_headings",
    "exact_interval",
    "log_odds",
    "measure_coverage",
    "parse_cells",
    "parse_dimension",
    "print_design",
    "span_space",
    "summarize_themes",
]

if not TYPE_CHECKING:
    __getattr__ = lazy_exports(__name__)
