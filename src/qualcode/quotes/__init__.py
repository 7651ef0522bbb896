"""Codings into complete quotes: the passages that an author prints, with all that goes along.

Owns which quotes there are and in what order, the line of attribution, what an excerpt may
change, and the check on disclosure. Reach is figured out by ``themes`` and handed in;
layout is left to ``exporting``.
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
    disclosure_problems,
    name_risks,
)
from qualcode.quotes.excerpts import ELISION, check_excerpt, elide
from qualcode.quotes.measures import Measures, apply_measures
from qualcode.quotes.selecting import select_quotes

__all__ = [
    "ATTRIBUTION",
    "ELISION",
    "THRESHOLD",
    "AttributionPattern",
    "Measures",
    "Risk",
    "RiskKind",
    "apply_measures",
    "attribution_risks",
    "cell_risks",
    "check_excerpt",
    "collect_quotes",
    "combination_risks",
    "disclosure_problems",
    "elide",
    "name_risks",
    "select_quotes",
]
