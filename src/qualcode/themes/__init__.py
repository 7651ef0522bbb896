"""Analyses codings for a results chapter: reach, passages, matrices, saturation.

Every function takes the codings of one layer (a coder, or consensus), the codebook, the
transcripts in the order of the interviews, and the cases. The order of the codings does not
matter. Only words of respondents count.
"""

from qualcode.themes.coverage import measure_coverage
from qualcode.themes.group_differences import exact_interval
from qualcode.themes.keyness import log_odds
from qualcode.themes.matrices import (
    case_by_attribute,
    case_by_code_attribute,
    code_by_attribute,
    code_by_case,
)
from qualcode.themes.prevalence import COUNT_WORDS, SMALL_SAMPLE, collect_reach, count_in_words
from qualcode.themes.saturation import assess_saturation
from qualcode.themes.summary import summarize_themes
from qualcode.themes.typology import average_linkage, compare_cases, describe_types

__all__ = [
    "COUNT_WORDS",
    "SMALL_SAMPLE",
    "assess_saturation",
    "average_linkage",
    "case_by_attribute",
    "case_by_code_attribute",
    "code_by_attribute",
    "code_by_case",
    "collect_reach",
    "compare_cases",
    "count_in_words",
    "describe_types",
    "exact_interval",
    "log_odds",
    "measure_coverage",
    "summarize_themes",
]
