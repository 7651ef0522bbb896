"""Makes complete quotes of codings: passages to print with their attribution.

Sets the selection and order of quotes, the line of attribution and the rules for excerpts;
checks the risk of disclosure and applies the decisions on it, in theme reports too. ``themes``
computes the reach, ``exporting`` the layout.
"""

from qualcode.quotes.attribution import ATTRIBUTION, AttributionPattern
from qualcode.quotes.case_lookup import print_passages
from qualcode.quotes.cell_suppression import hide_cells, hide_reaches, hide_row
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
)
from qualcode.quotes.disclosure_decisions import EVERY_CASE, Measure, Measures
from qualcode.quotes.excerpts import ELISION, check_excerpt, elide
from qualcode.quotes.filter import select_quotes
from qualcode.quotes.memo_redaction import without_left_out
from qualcode.quotes.redaction import with_hidden_counts, without_small_types
from qualcode.quotes.sample import describe_sample

__all__ = [
    "ATTRIBUTION",
    "ELISION",
    "EVERY_CASE",
    "THRESHOLD",
    "AttributionPattern",
    "Measure",
    "Measures",
    "Risk",
    "RiskKind",
    "attribution_risks",
    "cell_risks",
    "check_excerpt",
    "collect_quotes",
    "combination_risks",
    "describe_sample",
    "elide",
    "hide_cells",
    "hide_reaches",
    "hide_row",
    "name_risks",
    "passages_of",
    "print_passages",
    "select_quotes",
    "with_hidden_counts",
    "without_left_out",
    "without_small_types",
]
