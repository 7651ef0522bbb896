"""Makes complete quotes of codings: passages to print with their attribution.

Sets the selection and order of quotes, the line of attribution and the rules for excerpts;
checks the risk of disclosure and applies the decisions on it, in theme reports too. ``themes``
computes the reach, ``exporting`` the layout.
"""

from typing import TYPE_CHECKING

from qualcode.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from qualcode.quotes.attribute_suppression import AttributeGuard
    from qualcode.quotes.attribution import ATTRIBUTION, AttributionPattern
    from qualcode.quotes.balance import weigh_quotes
    from qualcode.quotes.case_lookup import CaseLookup, print_passages
    from qualcode.quotes.cell_suppression import (
        codings_that_tell,
        hide_cells,
        hide_reaches,
        hide_row,
        hide_rows,
        pairs_of_enough,
    )
    from qualcode.quotes.collection import collect_quotes
    from qualcode.quotes.disclosure import (
        THRESHOLD,
        Risk,
        RiskKind,
        attribution_risks,
        cell_risks,
        combination_risks,
        name_risks,
        passages_of,
        text_risks,
    )
    from qualcode.quotes.disclosure_decisions import EVERY_CASE, Measure, Measures
    from qualcode.quotes.excerpts import ELISION, check_excerpt, elide
    from qualcode.quotes.filter import select_quotes
    from qualcode.quotes.finding_disclosure import finding_risk, print_evidence
    from qualcode.quotes.framework_disclosure import (
        group_risk,
        print_framework,
        print_sentences,
        small_groups,
    )
    from qualcode.quotes.memo_redaction import LeftOutPassages, without_left_out
    from qualcode.quotes.rare_values import RareValues, join_interviews
    from qualcode.quotes.redaction import (
        saturation_of_enough,
        with_hidden_counts,
        without_small_types,
    )
    from qualcode.quotes.sample import describe_sample
    from qualcode.quotes.sample_tables import SampleRules, sample_risk, tabulate_sample
    from qualcode.quotes.type_disclosure import hide_comparison, hide_space, type_risk

__all__ = [
    "ATTRIBUTION",
    "ELISION",
    "EVERY_CASE",
    "THRESHOLD",
    "AttributeGuard",
    "AttributionPattern",
    "CaseLookup",
    "LeftOutPassages",
    "Measure",
    "Measures",
    "RareValues",
    "Risk",
    "RiskKind",
    "SampleRules",
    "attribution_risks",
    "cell_risks",
    "check_excerpt",
    "codings_that_tell",
    "collect_quotes",
    "combination_risks",
    "describe_sample",
    "elide",
    "finding_risk",
    "group_risk",
    "hide_cells",
    "hide_comparison",
    "hide_reaches",
    "hide_row",
    "hide_rows",
    "hide_space",
    "join_interviews",
    "name_risks",
    "pairs_of_enough",
    "passages_of",
    "print_evidence",
    "print_framework",
    "print_passages",
    "print_sentences",
    "sample_risk",
    "saturation_of_enough",
    "select_quotes",
    "small_groups",
    "tabulate_sample",
    "text_risks",
    "type_risk",
    "weigh_quotes",
    "with_hidden_counts",
    "without_left_out",
    "without_small_types",
]

if not TYPE_CHECKING:
    __getattr__ = lazy_exports(__name__)
