"""The gate: the probability that any code applies to a piece of text.

Suggesters say which code fits best; most sentences of an interview fit none. A logistic regression
on a few features of the text, none of which belongs to one codebook, says whether something
applies at all. It is learned from sentences that coders read and left uncoded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.texts import SegmentText, Words

FEATURES = ("words", "subjects", "no subject", "question", "strength", "lead", "like uncoded")
"""What the gate knows of a text: logarithms of its words and subject words, whether it has none,
whether it asks something, how strongly the codes are supported, how far the first one leads, and
how much it is like what coders left uncoded."""
NOT_SPEECH = 0.01
"""Probability for a text without a spoken word: a note of the transcriber, a heading, nothing."""
NO_SUBJECT = 0.45
"""Highest probability for a text without a word that could be its subject."""
_STRENGTH = 30.0
"""How many sentences the default coefficients count for."""

Chances = NDArray[np.float64]
"""One probability per piece of text."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The coefficients of the gate.

    Attributes:
        intercept: Log-odds of a text whose features are all 0.
        of: One coefficient per feature, in the order of ``FEATURES``.
        source: How they were obtained.
    """

    intercept: float
    of: tuple[float, ...]
    source: str = ""

    def chances(self, features: Scores) -> Chances:
        """Return the probability that some code applies to each text.

        Args:
            features: As :func:`features_of` gives them; NaN in texts without a spoken word.
        """
        odds = self.intercept + features @ np.array(self.of)
        chances: Chances = np.where(np.isnan(odds), NOT_SPEECH, expit(odds))
        # "yes, exactly" may belong to a passage, but nobody codes it by itself
        empty = features[:, FEATURES.index("no subject")] == 1
        chances[empty] = np.minimum(chances[empty], NO_SUBJECT)
        return chances


DEFAULT_GATE = Gate(
    intercept=-0.34,
    of=(0.29, 0.23, -0.65, -0.03, 0.53, 0.03, -2.0),
    source="sample",
)
"""The gate of a project with few coded interviews."""
FEWEST_SENTENCES = 50
"""Uncoded sentences of coded interviews below which the gate is not fitted to them."""


def text_features(segments: Sequence[SegmentText], words: Words) -> Scores:
    """Return the features that depend on the text alone; a row of NaN where nothing is spoken."""
    table = np.full((len(segments), 4), np.nan)
    for row, segment in enumerate(segments):
        spoken = words.spoken_count(segment.text)
        if not spoken:
            continue
        subjects = set(words.subject_lemmas(segment.text))
        # a question that is quoted ends in quotation marks
        asks = segment.text.rstrip(" \t\n\"'”’)").endswith("?")
        table[row] = (np.log1p(spoken), np.log1p(len(subjects)), not subjects, asks)
    return table


def features_of(of_text: Scores, utility: Scores, nothing: Scores | None = None) -> Scores:
    """Return the features of texts, one row per text, in the order of ``FEATURES``.

    Args:
        of_text: As :func:`text_features` gives them.
        utility: Utility of each code by the words of the text, as ``fusion.utilities`` gives it.
        nothing: How much each text is like what coders left uncoded; None where nothing is known.
    """
    level = _log_sum(utility) - np.log(utility.shape[1])
    lead = utility.max(axis=1, initial=0) - level
    like = np.zeros(len(utility)) if nothing is None else nothing
    return np.column_stack((of_text, level, lead, like))


def fit_gate(features: Scores, applies: NDArray[np.bool_], start: Gate = DEFAULT_GATE) -> Gate:
    """Return the gate that makes what coders coded likeliest, with a penalty for leaving ``start``.

    Args:
        features: One row per sentence of the coded interviews.
        applies: Whether the sentence was coded.
        start: Coefficients to begin at and to stay near.
    """
    spoken = ~np.isnan(features).any(axis=1)
    table = np.column_stack((np.ones(int(spoken.sum())), features[spoken]))
    coded = applies[spoken].astype(np.float64)
    origin = np.array((start.intercept, *start.of))
    # features have spreads of their own: a penalty on standardized coefficients treats all alike
    spread = table.var(axis=0)
    penalty = _STRENGTH * np.where(spread > 0, spread, 1.0) / 4
    coefficients = origin.copy()
    # Newton's method needs few steps; the bound only ends a search that does not converge
    for _ in range(50):
        chance = expit(table @ coefficients)
        slope = table.T @ (coded - chance) - penalty * (coefficients - origin)
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        coefficients = coefficients + step
        if np.abs(step).max() < 1e-8:
            break
    intercept, *of = coefficients.tolist()
    return Gate(intercept, tuple(of), f"fitted to {len(coded)} sentences")


def expit(odds: NDArray[np.float64]) -> Chances:
    """Return the probability of log-odds; NaN where they are NaN."""
    # scipy has it too, but takes longer to load than all else that is computed here
    # from about 710 on, an exponential has no room in a float
    chances: Chances = 1 / (1 + np.exp(-np.clip(odds, -700, 700)))
    return chances


def _log_sum(utility: Scores) -> Scores:
    """Return the logarithm of the summed exponentials of each row."""
    # taken out of the sum first: the exponential of a large number has no room in a float
    highest = utility.max(axis=1)
    summed: Scores = np.log(np.exp(utility - highest[:, None]).sum(axis=1)) + highest
    return summed
