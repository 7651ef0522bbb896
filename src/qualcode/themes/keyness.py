"""Finds words that are distinctive of a theme, among the words of respondents.

Weighted log-odds ratios with an informative Dirichlet prior, ranked by z-score: Monroe, B. L.,
Colaresi, M. P. and Quinn, K. M. (2008), Political Analysis 16(4), 372-403, equations 15, 16,
20 and 22. The prior counts are those of all words of respondents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
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
    """The word counts of all speech of respondents, computed once for all themes.

    Words are compared within a language: among Dutch interviews, every English word would set
    the passages of an English one apart.
    """

    def __init__(self, dataset: ThemeDataset, tokenize: Tokenize) -> None:
        self._dataset = dataset
        self._tokenize = tokenize
        self._all: dict[str, Counter[str]] = {language: Counter() for language in dataset.languages}
        for transcript in dataset.transcripts:
            for turn in transcript.respondent_turns():
                spoken = turn.span.of(transcript.text)
                self._all[transcript.language].update(tokenize(spoken, transcript.language))

    def distinctive_words(
        self, codings: Sequence[Coding]
    ) -> tuple[tuple[DistinctiveWord, ...], str | None]:
        """Return the distinctive words of these codings, or the reason why there are none."""
        counts = self._counts(codings)
        if not any(counts.values()):
            return (), "respondents say nothing in its passages"
        by_language = {
            language: self._words_in(language, inside)
            for language, inside in counts.items()
            if inside
        }
        if all(words is None for words in by_language.values()):
            return (), "its passages hold everything that respondents say"
        several = len(self._all) > 1
        return tuple(
            replace(word, language=language) if several else word
            for language, words in by_language.items()
            for word in words or ()
        ), None

    def _words_in(self, language: str, inside: Counter[str]) -> list[DistinctiveWord] | None:
        """Return the distinctive words of one language; None if there is nothing else said."""
        whole = self._all[language]
        outside = Counter({w: n - inside[w] for w, n in whole.items() if n > inside[w]})
        if not outside:
            return None
        # A lemma may differ in a passage and in its whole turn, so the larger count is used.
        prior = {word: float(max(whole[word], inside[word])) for word in whole | inside}
        scored = log_odds(inside, outside, prior)
        distinctive = [word for word in scored if word.z > 0 and word.inside >= FEWEST_TIMES]
        return distinctive[:MOST_WORDS]

    def _counts(self, codings: Sequence[Coding]) -> dict[str, Counter[str]]:
        spans: dict[str, list[Span]] = {}
        for coding in codings:
            spans.setdefault(coding.transcript, []).append(coding.span)
        counts: dict[str, Counter[str]] = {language: Counter() for language in self._all}
        for transcript, transcript_spans in spans.items():
            language = self._dataset.transcript(transcript).language
            for piece in self._dataset.spoken(transcript, transcript_spans):
                counts[language].update(self._tokenize(piece, language))
        return counts
