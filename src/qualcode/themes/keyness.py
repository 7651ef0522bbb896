"""The words that set a theme apart: a reading aid, of respondents' words only.

Weighted log-odds ratios with an informative Dirichlet prior, ranked by z-score: Monroe, B. L.,
Colaresi, M. P. and Quinn, K. M. (2008), Political Analysis 16(4), 372-403, equations 15, 16,
20 and 22. The prior counts are those of everything that respondents say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt

from qualcode.model import Coding, DistinctiveWord, Span
from qualcode.themes.dataset import Material, Tokenize

MOST_WORDS = 15
FEWEST_TIMES = 2
"""A word said once sets nothing apart."""


def log_odds(
    inside: Mapping[str, int], outside: Mapping[str, int], prior: Mapping[str, float]
) -> tuple[DistinctiveWord, ...]:
    """Return every word of the prior with its log-odds ratio and z-score, highest z first.

    Args:
        inside: Word counts in the part that is to be set apart.
        outside: Word counts in the rest.
        prior: Prior count of each word, above 0; every word said must be in it.
    """
    size = sum(prior.values())
    total_in, total_out = sum(inside.values()) + size, sum(outside.values()) + size
    words = []
    for word, alpha in prior.items():
        one, other = inside.get(word, 0) + alpha, outside.get(word, 0) + alpha
        if one >= total_in or other >= total_out:
            continue
        ratio = log(one / (total_in - one)) - log(other / (total_out - other))
        z = ratio / sqrt(1 / one + 1 / other)
        words.append(DistinctiveWord(word, z, ratio, inside.get(word, 0), outside.get(word, 0)))
    return tuple(sorted(words, key=lambda w: (-round(w.z, 9), w.word)))


class Vocabulary:
    """The word counts of everything that respondents say, made once for all themes."""

    def __init__(self, material: Material, tokenize: Tokenize) -> None:
        self._material = material
        self._tokenize = tokenize
        self._all = Counter(
            token
            for transcript in material.transcripts
            for turn in transcript.respondent_turns()
            for token in tokenize(turn.span.of(transcript.text))
        )

    def distinctive_words(
        self, codings: Sequence[Coding]
    ) -> tuple[tuple[DistinctiveWord, ...], str | None]:
        """Return the words that set these codings apart, or the reason why there are none."""
        inside = self._counts(codings)
        outside = Counter({w: n - inside[w] for w, n in self._all.items() if n > inside[w]})
        if not inside:
            return (), "respondents say nothing in its passages"
        if not outside:
            return (), "its passages hold everything that respondents say"
        prior = {word: float(max(self._all[word], inside[word])) for word in self._all | inside}
        found = log_odds(inside, outside, prior)
        apart = [word for word in found if word.z > 0 and word.inside >= FEWEST_TIMES]
        return tuple(apart[:MOST_WORDS]), None

    def _counts(self, codings: Sequence[Coding]) -> Counter[str]:
        spans: dict[str, list[Span]] = {}
        for coding in codings:
            spans.setdefault(coding.transcript, []).append(coding.span)
        return Counter(
            token
            for transcript, own in spans.items()
            for piece in self._material.spoken(transcript, own)
            for token in self._tokenize(piece)
        )
