"""Measure suggestions against what people coded, cross-validated by transcript.

For each transcript the examples and the weights are learned from the others, so that no
figure rests on the codings it is tested on. Intervals come from resampling transcripts, not
passages, because the passages of one interview are alike. Advice on entries is in ``advice``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from qualcode.errors import UndefinedRequestError
from qualcode.messages import Message
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
from qualcode.suggesting.concordance import Concordance, Integers
from qualcode.suggesting.examples import ExamplesSuggester
from qualcode.suggesting.fusion import DEFAULT_WEIGHTS, CodeMatrix, code_matrix, fuse, weights_for
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
_TRAINING_SHARE = 0.9
"""Share of the work that goes into training once for each transcript."""


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
        tell: Receives the share of the work done, 0 to 1; an exception it raises ends the work.

    Raises:
        UndefinedRequestError: no passage has a code of the book.
    """
    ranker = Ranker(codebook, words, guides)
    concordance = ranker.read([passage.segment for passage in passages])
    matrix = code_matrix(passages, ranker.book.paths)
    coded: CodeMatrix = np.any(matrix, axis=1)
    if not coded.any():
        raise UndefinedRequestError(
            Message(
                "No passage has a code of codebook '{name}', so there is nothing to measure "
                "suggestions against. Code a few answers first.",
                name=codebook.name,
            )
        )
    groups = _groups(passages)
    general = ranker.book.general
    base_scores = {suggester.name: suggester.score(concordance) for suggester in ranker.suggesters}
    weights = weights_for(base_scores, general, matrix)
    examples = _held_out_examples(passages, concordance, ranker.book.paths, groups, tell)
    scores = {**base_scores, ExamplesSuggester.name: examples}
    probabilities = np.zeros(matrix.shape)
    for group in np.unique(groups):
        held_out: CodeMatrix = np.equal(groups, group)
        # fitting weights to the transcript they are tested on would flatter them
        training = {name: table[~held_out] for name, table in base_scores.items()}
        weights_of_fold = weights_for(training, general, matrix[~held_out])
        fold = {name: table[held_out] for name, table in scores.items()}
        probabilities[held_out] = fuse(fold, general, weights_of_fold)
    tell(_TRAINING_SHARE)
    tables = {
        **{name: _alone(name, table) for name, table in scores.items()},
        "fused": probabilities,
    }
    sample = _Sample(groups, coded)
    confidence, correct = probabilities.max(axis=1), _hits(probabilities, matrix, 1)
    bins = _bins(confidence[coded], correct[coded])
    return SuggestionReport(
        passages=int(coded.sum()),
        transcripts=len(np.unique(groups[coded])),
        suggesters=tuple(
            _suggester_score(name, table, matrix, ranker.book.paths, sample)
            for name, table in tables.items()
        ),
        calibration=sample.figure("ece", _gap(bins)),
        bins=bins,
        codes=tuple(
            _code_score(path, probabilities, matrix, column)
            for column, path in enumerate(ranker.book.paths)
        ),
        advice=advise(ranker, concordance, matrix, [tables[s.name] for s in ranker.suggesters]),
        weights=tuple((name, weights.of[name]) for name in scores),
    )


def _groups(passages: Sequence[CodedPassage]) -> Integers:
    names = {name: n for n, name in enumerate(dict.fromkeys(p.transcript for p in passages))}
    return np.array([names[passage.transcript] for passage in passages], dtype=np.int64)


# --- held out -----------------------------------------------------------------------------


def _held_out_examples(
    passages: Sequence[CodedPassage],
    concordance: Concordance,
    paths: Sequence[str],
    groups: Integers,
    tell: Callable[[float], None],
) -> Scores:
    """Return the scores of the examples suggester, for each transcript learned from the others."""
    scores = np.zeros((len(passages), len(paths)))
    transcripts = np.unique(groups)
    for number, group in enumerate(transcripts):
        # building the concordance before this takes about as long as one transcript here
        tell(_TRAINING_SHARE * (number + 1) / (len(transcripts) + 1))
        training = [
            passage
            for passage, transcript in zip(passages, groups, strict=True)
            if transcript != group
        ]
        held_out = groups == group
        scores[held_out] = ExamplesSuggester(paths, training).score(concordance)[held_out]
    return scores


def _alone(name: str, table: Scores) -> Scores:
    # weights and the offset of general codes do not change the order within one suggester
    return table * max(DEFAULT_WEIGHTS.of.get(name, 1.0), 0.1)


# --- figures ------------------------------------------------------------------------------


class _Sample:
    """Coded passages by transcript, resampled for intervals."""

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


def _hits(table: Scores, truth: CodeMatrix, among: int) -> CodeMatrix:
    """Return for each passage whether one of its codes is among the first suggestions."""
    order = np.argsort(-table, axis=1, kind="stable")[:, :among]
    # equal scores for all codes mean that nothing was suggested, so the order means nothing
    has_suggestion = table.max(axis=1) > table.min(axis=1)
    hits: CodeMatrix = np.any(np.take_along_axis(truth, order, axis=1), axis=1) & has_suggestion
    return hits


def _suggester_score(
    name: str, table: Scores, truth: CodeMatrix, paths: Sequence[str], sample: _Sample
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


def _bins(confidence: Scores, correct: CodeMatrix) -> tuple[ReliabilityBin, ...]:
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


def _gap(bins: Sequence[ReliabilityBin]) -> float:
    """Return the expected calibration error (Naeini, Cooper and Hauskrecht 2015, AAAI)."""
    total = sum(line.count for line in bins)
    return sum(
        line.count / total * abs(line.probability - line.correct)
        for line in bins
        if line.probability is not None and line.correct is not None
    )


def _code_score(path: str, probabilities: Scores, truth: CodeMatrix, column: int) -> CodeScore:
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
