"""Codings into complete quotes: the passages that an author prints, with all that goes along.

Owns which quotes there are and in what order, the line of attribution, what an excerpt may
change, and the first check on disclosure. Reach is figured out by ``themes`` and handed in;
layout is left to ``exporting``.
"""

from qualcode.quotes.attribution import ATTRIBUTION, GROUP_LABELS, AttributionPattern
from qualcode.quotes.collecting import collect_quotes
from qualcode.quotes.disclosure import disclosure_problems
from qualcode.quotes.excerpts import ELISION, check_excerpt, elide
from qualcode.quotes.selecting import select_quotes

__all__ = [
    "ATTRIBUTION",
    "ELISION",
    "GROUP_LABELS",
    "AttributionPattern",
    "check_excerpt",
    "collect_quotes",
    "disclosure_problems",
    "elide",
    "select_quotes",
]
