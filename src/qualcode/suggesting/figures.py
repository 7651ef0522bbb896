"""Figures of an evaluation, with intervals from resampling transcripts.

The passages of one interview are alike, so an interval over passages would be too narrow.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualcode.messages import Message
from qualcode.model import CodeScore, Coefficient, ReliabilityBin, SuggesterScore
from qualcode.model.codebook import theme_path
from qualcode.model.suggestion import POSSIBLE
from qualcode.suggesting.fusion import CodeMatrix
from qualcode.suggesting.lexicon import Integers
from qualcode.suggesting.protocol import Scores

FEWEST_CODINGS = 5
"""Codings below which a code is not judged."""
FEWEST_TRANSCRIPTS = 3
"""Transcripts below which there are no intervals."""
_DRAWS = 1000
_SEED = 20200831
_BINS = 10


class Sample:
    """Some of the passages by transcript, resampled for intervals.

    Args:
        groups: Number of the transcript of each passage.
        coded: Which passages the figures are about; at least one.
    """

    def __init__(self, groups: Integers, coded: CodeMatrix) -> None:
        self.groups = np.unique(groups[coded], return_inverse=True)[1]
        self.coded = coded
        self.count = int(self.groups.max()) + 1
        # one set of draws for all figures: two suggesters are compared on the same transcripts
        draw = np.random.default_rng(_SEED).integers(0, self.count, (_DRAWS, self.count))
        self.draws = np.stack([np.bincount(line, minlength=self.count) for line in draw])

    def share(self, name: str, hits: CodeMatrix) -> Coefficient:
        """Return the share of hits among coded passages, with its interval."""
        coded_hits = hits[self.coded]
        hit = np.bincount(self.groups, weights=coded_hits, minlength=self.count)
        size = np.bincount(self.groups, minlength=self.count)
        interval = None
        if self.count >= FEWEST_TRANSCRIPTS:
            shares = (self.draws @ hit) / (self.draws @ size)
            low, high = np.quantile(shares, (0.025, 0.975))
            interval = (float(low), float(high))
        return self.figure(name, float(coded_hits.mean()), interval)

    def gap(self, name: str, confidence: Scores, correct: CodeMatrix) -> Coefficient:
        """Return the expected calibration error of the passages, with its interval."""
        confidence, correct = confidence[self.coded], correct[self.coded]
        place = np.minimum((confidence * _BINS).astype(np.int64), _BINS - 1)
        excess = np.zeros((self.count, _BINS))
        np.add.at(excess, (self.groups, place), confidence - correct)
        interval = None
        if self.count >= FEWEST_TRANSCRIPTS:
            size = np.bincount(self.groups, minlength=self.count)
            gaps = np.abs(self.draws @ excess).sum(axis=1) / (self.draws @ size)
            low, high = np.quantile(gaps, (0.025, 0.975))
            interval = (float(low), float(high))
        value = float(np.abs(excess.sum(axis=0)).sum() / len(confidence))
        return self.figure(name, value, interval)

    def figure(
        self, name: str, value: float, interval: tuple[float, float] | None = None
    ) -> Coefficient:
        """Return a figure over all coded passages."""
        reason = (
            ""
            if interval
            else Message(
                "fewer than {fewest_transcripts} transcripts", fewest_transcripts=FEWEST_TRANSCRIPTS
            )
        )
        how = (
            Message(
                "{draws} draws of {count} transcripts, seed {seed}",
                draws=_DRAWS,
                count=self.count,
                seed=_SEED,
            )
            if interval
            else reason
        )
        return Coefficient(name, value, interval=interval, units=int(self.coded.sum()), detail=how)


def hits_of(table: Scores, truth: CodeMatrix, among: int) -> CodeMatrix:
    """Return for each passage whether one of its codes is among the first suggestions."""
    order = np.argsort(-table, axis=1, kind="stable")[:, :among]
    # equal scores for all codes mean that nothing was suggested, so the order means nothing
    has_suggestion = table.max(axis=1) > table.min(axis=1)
    hits: CodeMatrix = np.any(np.take_along_axis(truth, order, axis=1), axis=1) & has_suggestion
    return hits


def suggester_score(
    name: str, table: Scores, truth: CodeMatrix, paths: Sequence[str], sample: Sample
) -> SuggesterScore:
    """Return how high a suggester ranks the codes that people gave."""
    themes = np.array([theme_path(path) for path in paths])
    of_theme = np.stack([truth[:, themes == theme].any(axis=1) for theme in themes], axis=1)
    return SuggesterScore(
        suggester=name,
        first=sample.share("first", hits_of(table, truth, 1)),
        three=sample.share("three", hits_of(table, truth, 3)),
        five=sample.share("five", hits_of(table, truth, 5)),
        theme=sample.share("theme", hits_of(table, of_theme, 1)),
    )


def reliability_bins(confidence: Scores, correct: CodeMatrix) -> tuple[ReliabilityBin, ...]:
    """Return first suggestions in classes of their probability."""
    # a probability of exactly 1 belongs to the last bin
    place = np.minimum((confidence * _BINS).astype(np.int64), _BINS - 1)
    bins = []
    for number in range(_BINS):
        in_bin = place == number
        count = int(in_bin.sum())
        bins.append(
            ReliabilityBin(
                low=number / _BINS,
                high=(number + 1) / _BINS,
                count=count,
                probability=float(confidence[in_bin].mean()) if count else None,
                correct=float(correct[in_bin].mean()) if count else None,
            )
        )
    return tuple(bins)


def code_score(path: str, probabilities: Scores, truth: CodeMatrix, column: int) -> CodeScore:
    """Return how good the suggestions of one code are."""
    coded = truth[:, column]
    suggested = probabilities[:, column] >= POSSIBLE
    right = int((coded & suggested).sum())
    codings, suggestions = int(coded.sum()), int(suggested.sum())
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :3]
    in_first_three = int(((order == column).any(axis=1) & coded).sum())
    reason = None
    if codings < FEWEST_CODINGS:
        reason = Message(
            "only {codings} codings; at least {fewest_codings} are needed to judge a code",
            codings=codings,
            fewest_codings=FEWEST_CODINGS,
        )
    return CodeScore(
        code=path,
        codings=codings,
        suggested=suggestions,
        precision=_ratio("precision", right, suggestions, reason, "it was never suggested"),
        recall=_ratio("recall", right, codings, reason),
        f1=_ratio("f1", 2 * right, codings + suggestions, reason),
        three=_ratio("three", in_first_three, codings, reason),
    )


def _ratio(
    name: str, part: int, whole: int, reason: str | None, empty: str = "there is nothing to count"
) -> Coefficient:
    if reason or not whole:
        return Coefficient(name, None, reason or empty, units=whole)
    return Coefficient(name, part / whole, units=whole)
