"""Candidates for in-vivo codes: words that respondents use often and the codebook lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qualcode.model import Codebook, CodeCandidate, Coding, Hit, Span, Transcript
from qualcode.model.codebook import theme_path
from qualcode.suggesting.book import read_book
from qualcode.suggesting.search import hit_at
from qualcode.suggesting.texts import Words

FEWEST = 3
"""How often a word must occur to be proposed."""
_EXAMPLES = 3
_PER_THEME = 15

Lemmas = tuple[str, ...]


@dataclass(slots=True)
class _Uses:
    """Where a word or phrase occurs within one theme."""

    hits: list[Hit] = field(default_factory=list)
    transcripts: set[str] = field(default_factory=set)


def propose_codes(
    transcripts: Iterable[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    words: Words,
) -> tuple[CodeCandidate, ...]:
    """Return words and phrases that may become codes, per theme, most widespread first.

    Without codings all speech of respondents counts as one theme, ``""``. Words are single
    content lemmas; phrases are noun phrases where a trained model is installed, else two content
    lemmas in a row.

    Args:
        transcripts: Where to look.
        codings: The codings so far.
        codebook: Words of its entries are left out.
        words: The language.
    """
    book_words = {lemma for entry in read_book(codebook, words).entries for lemma in entry}
    uses: dict[str, dict[Lemmas, _Uses]] = defaultdict(lambda: defaultdict(_Uses))
    for transcript in transcripts:
        coded = [c for c in codings if c.transcript == transcript.name and c.withdrawn_at is None]
        for turn in transcript.respondent_turns():
            text = turn.span.of(transcript.text)
            for lemmas, start, end in _phrases(text, words):
                # a phrase with one word that the book lacks is still a candidate
                if all(words.key(lemma) in book_words for lemma in lemmas):
                    continue
                span = Span(turn.span.start + start, turn.span.start + end)
                themes = {theme_path(c.code) for c in coded if c.span.contains(span)}
                for theme in themes if codings else {""}:
                    place = uses[theme][lemmas]
                    place.transcripts.add(transcript.name)
                    place.hits.append(hit_at(transcript, turn, span))
    order = [theme.path for theme in codebook.themes]
    by_book = sorted(uses, key=lambda theme: order.index(theme) if theme in order else -1)
    return tuple(candidate for theme in by_book for candidate in _candidates(theme, uses[theme]))


def _candidates(theme: str, uses: dict[Lemmas, _Uses]) -> list[CodeCandidate]:
    frequent = {lemmas: place for lemmas, place in uses.items() if len(place.hits) >= FEWEST}
    candidates = [
        CodeCandidate(theme, lemmas, len(place.hits), len(place.transcripts), _examples(place.hits))
        for lemmas, place in frequent.items()
    ]
    # a word that several respondents use is worth more than one that a single respondent repeats
    candidates.sort(key=lambda c: (-c.transcripts, -c.count, -len(c.lemmas), c.lemmas))
    return candidates[:_PER_THEME]


def _examples(hits: list[Hit]) -> tuple[Hit, ...]:
    # examples from different interviews show more than several from one
    firsts = {hit.transcript: hit for hit in reversed(hits)}
    examples = sorted(firsts.values(), key=hits.index)
    more_examples = [hit for hit in hits if hit not in examples]
    return tuple((examples + more_examples)[:_EXAMPLES])


def _phrases(text: str, words: Words) -> Iterable[tuple[Lemmas, int, int]]:
    """Yield content words and phrases with their places."""
    content = set(words.content_lemmas(text))
    chunks = words.noun_phrases_in(text)
    previous = None
    for token in words.tokens(text):
        if token.lemma not in content:
            previous = None
            continue
        yield (token.lemma,), token.start, token.end
        if previous is not None and chunks is None:
            yield (previous.lemma, token.lemma), previous.start, token.end
        previous = token
    # a noun phrase has articles and fillers in it: only its content words name the candidate
    for start, end in chunks or ():
        lemmas = tuple(lemma for lemma in words.lemmas(text[start:end]) if lemma in content)
        if len(lemmas) > 1:
            yield lemmas, start, end
