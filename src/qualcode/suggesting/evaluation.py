"""Measure suggestions against what people coded, cross-validated by transcript.

For each transcript the examples and the weights are learned from the other ones, so that no
figure rests on codings it has seen. Intervals come from drawing transcripts, not passages, since
passages of one interview are alike. How an entry can be improved is left to ``advice``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from qualcode.errors import UndefinedRequestError
from qualcode.model import (
    Codebook,
    CodeScore,
    Coefficient,
    Guide,
    ReliabilityBin,
    SuggesterScore,
    SuggestionReport,
)
from qualcode.model.codebook import theme_path
from qualcode.model.suggestion import POSSIBLE
from qualcode.suggesting.advice import advise
from qualcode.suggesting.concordance import Integers, Reading
from qualcode.suggesting.examples import ExamplesSuggester
from qualcode.suggesting.fusion import DEFAULT_WEIGHTS, Given, codes_given, fuse, weights_for
from qualcode.suggesting.protocol import Scores
from qualcode.suggesting.ranker import Ranker
from qualcode.suggesting.texts import CodedPassage, Words

FEWEST_CODINGS = 5
"""Codings below which a code is not judged."""
FEWEST_TRANSCRIPTS = 3
"""Transcripts below which there are no intervals."""
_DRAWS = 1000
_SEED = 20200831
_BINS = 10
_LEARNING = 0.9
"""The part of the work that is learning anew for each transcript."""


def evaluate(
    codebook: Codebook,
    words: Words,
    passages: Sequence[CodedPassage],
    guides: Iterable[Guide] = (),
    tell: Callable[[float], None] = lambda _share: None,
) -> SuggestionReport:
    """Return how good suggestions are for a project.

    Args:
        codebook: The codebook.
        words: The language of the transcripts.
        passages: What people coded; passages without codes count for precision.
        guides: The topic guides.
        tell: Told which part is done, 0 to 1; what it raises ends the work.

    Raises:
        UndefinedRequestError: no passage has a code of the book.
    """
    ranker = Ranker(codebook, words, guides)
    reading = ranker.read([passage.segment for passage in passages])
    given = codes_given(passages, ranker.book.paths)
    coded: Given = np.any(given, axis=1)
    if not coded.any():
        raise UndefinedRequestError(
            f"No passage has a code of codebook '{codebook.name}', so there is nothing to "
            "measure suggestions against. Code a few answers first."
        )
    groups = _groups(passages)
    general = ranker.book.general
    untaught = {suggester.name: suggester.score(reading) for suggester in ranker.suggesters}
    weights = weights_for(untaught, general, given)
    examples = _held_out_examples(passages, reading, ranker.book.paths, groups, tell)
    scores = {**untaught, ExamplesSuggester.name: examples}
    fused = np.zeros(given.shape)
    for group in np.unique(groups):
        held_out: Given = np.equal(groups, group)
        others = {name: table[~held_out] for name, table in untaught.items()}
        fitted = weights_for(others, general, given[~held_out])
        own = {name: table[held_out] for name, table in scores.items()}
        fused[held_out] = fuse(own, general, fitted)
    tell(_LEARNING)
    ranked = {**{name: _alone(name, table) for name, table in scores.items()}, "fused": fused}
    sample = _Sample(groups, coded)
    confidence, correct = fused.max(axis=1), _hits(fused, given, 1)
    bins = _bins(confidence[coded], correct[coded])
    return SuggestionReport(
        passages=int(coded.sum()),
        transcripts=len(np.unique(groups[coded])),
        suggesters=tuple(
            _suggester_score(name, table, given, ranker.book.paths, sample)
            for name, table in ranked.items()
        ),
        calibration=sample.figure("ece", _gap(bins)),
        bins=bins,
        codes=tuple(
            _code_score(path, fused, given, column) for column, path in enumerate(ranker.book.paths)
        ),
        advice=advise(ranker, reading, given, [ranked[s.name] for s in ranker.suggesters]),
        weights=tuple((name, weights.of[name]) for name in scores),
    )


def _groups(passages: Sequence[CodedPassage]) -> Integers:
    names = {name: n for n, name in enumerate(dict.fromkeys(p.transcript for p in passages))}
    return np.array([names[passage.transcript] for passage in passages], dtype=np.int64)


# --- held out -----------------------------------------------------------------------------


def _held_out_examples(
    passages: Sequence[CodedPassage],
    reading: Reading,
    paths: Sequence[str],
    groups: Integers,
    tell: Callable[[float], None],
) -> Scores:
    """Return the examples suggester's scores, each transcript's learned from the other ones."""
    scores = np.zeros((len(passages), len(paths)))
    every = np.unique(groups)
    for number, group in enumerate(every):
        # reading the passages, which came before, is about one transcript's work
        tell(_LEARNING * (number + 1) / (len(every) + 1))
        known = [passage for passage, other in zip(passages, groups, strict=True) if other != group]
        held_out = groups == group
        scores[held_out] = ExamplesSuggester(paths, known).score(reading)[held_out]
    return scores


def _alone(name: str, table: Scores) -> Scores:
    # weights and the offset of general codes do not change the order within one suggester
    return table * max(DEFAULT_WEIGHTS.of.get(name, 1.0), 0.1)


# --- figures ------------------------------------------------------------------------------


class _Sample:
    """Coded passages by transcript, to be drawn again for intervals."""

    def __init__(self, groups: Integers, coded: Given) -> None:
        self.groups = np.unique(groups[coded], return_inverse=True)[1]
        self.coded = coded
        self.count = int(self.groups.max()) + 1
        draw = np.random.default_rng(_SEED).integers(0, self.count, (_DRAWS, self.count))
        self.draws = np.stack([np.bincount(line, minlength=self.count) for line in draw])

    def share(self, name: str, hits: Given) -> Coefficient:
        """Return the share of hits among coded passages, with its interval."""
        kept = hits[self.coded]
        hit = np.bincount(self.groups, weights=kept, minlength=self.count)
        size = np.bincount(self.groups, minlength=self.count)
        interval = None
        if self.count >= FEWEST_TRANSCRIPTS:
            shares = (self.draws @ hit) / (self.draws @ size)
            low, high = np.quantile(shares, (0.025, 0.975))
            interval = (float(low), float(high))
        return self.figure(name, float(kept.mean()), interval)

    def figure(
        self, name: str, value: float, interval: tuple[float, float] | None = None
    ) -> Coefficient:
        """Return a figure over all coded passages."""
        few = "" if interval else f"fewer than {FEWEST_TRANSCRIPTS} transcripts"
        how = f"{_DRAWS} draws of {self.count} transcripts, seed {_SEED}" if interval else few
        return Coefficient(name, value, interval=interval, units=int(self.coded.sum()), detail=how)


def _hits(table: Scores, truth: Given, among: int) -> Given:
    """Tell of each passage whether one of its codes is among the first suggestions."""
    order = np.argsort(-table, axis=1, kind="stable")[:, :among]
    # where nothing was said about any code, nothing was suggested
    said = table.max(axis=1) > table.min(axis=1)
    hits: Given = np.any(np.take_along_axis(truth, order, axis=1), axis=1) & said
    return hits


def _suggester_score(
    name: str, table: Scores, truth: Given, paths: Sequence[str], sample: _Sample
) -> SuggesterScore:
    themes = np.array([theme_path(path) for path in paths])
    of_theme = np.stack([truth[:, themes == theme].any(axis=1) for theme in themes], axis=1)
    return SuggesterScore(
        suggester=name,
        first=sample.share("first", _hits(table, truth, 1)),
        three=sample.share("three", _hits(table, truth, 3)),
        five=sample.share("five", _hits(table, truth, 5)),
        theme=sample.share("theme", _hits(table, of_theme, 1)),
    )


def _bins(confidence: Scores, correct: Given) -> tuple[ReliabilityBin, ...]:
    place = np.minimum((confidence * _BINS).astype(np.int64), _BINS - 1)
    bins = []
    for number in range(_BINS):
        inside = place == number
        count = int(inside.sum())
        bins.append(
            ReliabilityBin(
                low=number / _BINS,
                high=(number + 1) / _BINS,
                count=count,
                probability=float(confidence[inside].mean()) if count else None,
                correct=float(correct[inside].mean()) if count else None,
            )
        )
    return tuple(bins)


def _gap(bins: Sequence[ReliabilityBin]) -> float:
    """Return the expected calibration error (Naeini, Cooper and Hauskrecht 2015, AAAI)."""
    total = sum(line.count for line in bins)
    return sum(
        line.count / total * abs(line.probability - line.correct)
        for line in bins
        if line.probability is not None and line.correct is not None
    )


def _code_score(path: str, fused: Scores, truth: Given, column: int) -> CodeScore:
    given = truth[:, column]
    suggested = fused[:, column] >= POSSIBLE
    right = int((given & suggested).sum())
    codings, offered = int(given.sum()), int(suggested.sum())
    order = np.argsort(-fused, axis=1, kind="stable")[:, :3]
    near = int(((order == column).any(axis=1) & given).sum())
    few = None
    if codings < FEWEST_CODINGS:
        few = f"only {codings} codings; at least {FEWEST_CODINGS} are needed to judge a code"
    return CodeScore(
        code=path,
        codings=codings,
        suggested=offered,
        precision=_ratio("precision", right, offered, few, "it was never suggested"),
        recall=_ratio("recall", right, codings, few),
        f1=_ratio("f1", 2 * right, codings + offered, few),
        three=_ratio("three", near, codings, few),
    )


def _ratio(
    name: str, part: int, whole: int, few: str | None, empty: str = "there is nothing to count"
) -> Coefficient:
    if few or not whole:
        return Coefficient(name, None, few or empty, units=whole)
    return Coefficient(name, part / whole, units=whole)
