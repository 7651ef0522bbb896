"""Codings into complete quotes: the passages that an author prints, with all that goes along.

Owns which quotes there are and in what order, the line of attribution, what an excerpt may
change, and the check on disclosure with what is held back because of it, in theme reports too.
Reach is figured out by ``themes`` and handed in; layout is left to ``exporting``.
"""

from qualcode.quotes.attribution import ATTRIBUTION, AttributionPattern
from qualcode.quotes.collecting import collect_quotes
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
from qualcode.quotes.excerpts import ELISION, check_excerpt, elide
from qualcode.quotes.hiding import hide_cells, hide_reaches, hide_row
from qualcode.quotes.measures import EVERY_CASE, Measure, Measures
from qualcode.quotes.reports import with_hidden_counts, without_small_types
from qualcode.quotes.respondents import print_passages
from qualcode.quotes.sample import describe_sample
from qualcode.quotes.selecting import select_quotes

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
