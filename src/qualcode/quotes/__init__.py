"""Codings into complete quotes: the passages that an author prints, with all that goes along.

Owns which quotes there are and in what order, the line of attribution, what an excerpt may
change, and the check on disclosure with what is held back because of it, in theme reports too.
Reach is figured out by ``themes`` and handed in; layout is left to ``exporting``.
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
    "without_small_types",
]
