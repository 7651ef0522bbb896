"""Context: what is said just before and after a piece of text, in the same answer.

Respondents develop a thought over several sentences, and coders give a code to all of them. A
single sentence often has no word that tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from qualcode.suggesting.fusion import Weights
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.texts import SegmentText

CONTEXT = "context"
"""Name of this evidence among the scores."""
_REACH = 3
"""Neighbours on each side that count."""
_DECAY = 0.5
"""Weight of each further neighbour, relative to the one before it."""
_OF_TEXT = frozenset({"terms", "entry", "related", "meaning"})


def context_of(
    scores: Mapping[str, Scores], segments: Sequence[SegmentText], weights: Weights
) -> Scores:
    """Return the evidence in the neighbours of each piece of text; zeros where it stands alone.

    Args:
        scores: Per suggester, one row per piece of text and one column per code.
        segments: The pieces, in order of the text.
        weights: The default weights: fitted ones would make the context of each project another.
    """
    evidence = np.zeros_like(next(iter(scores.values())))
    # sorted: a set has no order, and the last digit of a sum depends on it
    for name in sorted(scores.keys() & _OF_TEXT):
        evidence += weights.of.get(name, 0.0) * scores[name]
    context: Scores = np.zeros_like(evidence)
    numbers: dict[str, int] = {}
    places = np.array(
        [numbers.setdefault(s.place, len(numbers)) if s.place else -1 for s in segments],
        dtype=np.int64,
    )
    for step in range(1, _REACH + 1):
        same = (places[step:] == places[:-step]) & (places[step:] >= 0)
        share = _DECAY**step * same[:, None]
        context[step:] += share * evidence[:-step]
        context[:-step] += share * evidence[step:]
    return context
