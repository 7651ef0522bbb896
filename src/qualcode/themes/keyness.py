"""Finds words that are distinctive of a theme, among the words of respondents.

Weighted log-odds ratios with an informative Dirichlet prior, ranked by z-score: Monroe, B. L.,
Colaresi, M. P. and Quinn, K. M. (2008), Political Analysis 16(4), 372-403, equations 15, 16,
20 and 22. The prior counts are those of all words of respondents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt

from qualcode.model import Coding, DistinctiveWord, Span
from qualcode.themes.dataset import ThemeDataset, Tokenize

MOST_WORDS = 15
FEWEST_TIMES = 2
"""A word that occurs once is not distinctive."""


def log_odds(
    inside: Mapping[str, int], outside: Mapping[str, int], prior: Mapping[str, float]
) -> tuple[DistinctiveWord, ...]:
    """Return every word of the prior with its log-odds ratio and z-score, highest z first.

    Args:
        inside: Word counts in the part of interest.
        outside: Word counts in the rest.
        prior: Prior count of each word, above 0; must contain every word.
    """
    size = sum(prior.values())
    total_in, total_out = sum(inside.values()) + size, sum(outside.values()) + size
    words = []
    for word, alpha in prior.items():
        count_in, count_out = inside.get(word, 0) + alpha, outside.get(word, 0) + alpha
        # A word that is the whole part has infinite odds.
        if count_in >= total_in or count_out >= total_out:
            continue
        ratio = log(count_in / (total_in - count_in)) - log(count_out / (total_out - count_out))
        z = ratio / sqrt(1 / count_in + 1 / count_out)
        words.append(DistinctiveWord(word, z, ratio, inside.get(word, 0), outside.get(word, 0)))
    # Rounded, so that the order of equal words does not depend on the machine.
    return tuple(sorted(words, key=lambda w: (-round(w.z, 9), w.word)))


class Vocabulary:
    """The word counts of all speech of respondents, computed once for all themes."""

    def __init__(self, dataset: ThemeDataset, tokenize: Tokenize) -> None:
        self._dataset = dataset
        self._tokenize = tokenize
        self._all = Counter(
            token
            for transcript in dataset.transcripts
            for turn in transcript.respondent_turns()
            for token in tokenize(turn.span.of(transcript.text))
        )

    def distinctive_words(
        self, codings: Sequence[Coding]
    ) -> tuple[tuple[DistinctiveWord, ...], str | None]:
        """Return the distinctive words of these codings, or the reason why there are none."""
        inside = self._counts(codings)
        outside = Counter({w: n - inside[w] for w, n in self._all.items() if n > inside[w]})
        if not inside:
            return (), "respondents say nothing in its passages"
        if not outside:
            return (), "its passages hold everything that respondents say"
        # A lemma may differ in a passage and in its whole turn, so the larger count is used.
        prior = {word: float(max(self._all[word], inside[word])) for word in self._all | inside}
        scored = log_odds(inside, outside, prior)
        distinctive = [word for word in scored if word.z > 0 and word.inside >= FEWEST_TIMES]
        return tuple(distinctive[:MOST_WORDS]), None

    def _counts(self, codings: Sequence[Coding]) -> Counter[str]:
        spans: dict[str, list[Span]] = {}
        for coding in codings:
            spans.setdefault(coding.transcript, []).append(coding.span)
        return Counter(
            token
            for transcript, transcript_spans in spans.items()
            for piece in self._dataset.spoken(transcript, transcript_spans)
            for token in self._tokenize(piece)
        )
