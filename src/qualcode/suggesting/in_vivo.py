"""In-vivo help: what respondents say often that the codebook does not have yet."""

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
"""How often a word must be said to be proposed."""
_EXAMPLES = 3
_PER_THEME = 15

Lemmas = tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    """Where one word or phrase was said, within one theme."""

    hits: list[Hit] = field(default_factory=list)
    transcripts: set[str] = field(default_factory=set)


def propose_codes(
    transcripts: Iterable[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    words: Words,
) -> tuple[CodeCandidate, ...]:
    """Return words and phrases that may become codes, per theme, most widespread first.

    Without codings all that respondents said counts as one theme, ``""``. Words are single
    lemmas that carry a subject; phrases are noun phrases where a trained model is installed, else
    two such lemmas side by side.

    Args:
        transcripts: Where to look.
        codings: What was coded so far.
        codebook: Words that its entries have are left out.
        words: The language.
    """
    known = {lemma for entry in read_book(codebook, words).entries for lemma in entry}
    seen: dict[str, dict[Lemmas, _Seen]] = defaultdict(lambda: defaultdict(_Seen))
    for transcript in transcripts:
        own = [c for c in codings if c.transcript == transcript.name and c.withdrawn_at is None]
        for turn in transcript.respondent_turns():
            text = turn.span.of(transcript.text)
            for lemmas, start, end in _phrases(text, words):
                if all(words.key(lemma) in known for lemma in lemmas):
                    continue
                span = Span(turn.span.start + start, turn.span.start + end)
                themes = {theme_path(c.code) for c in own if c.span.contains(span)}
                for theme in themes if codings else {""}:
                    place = seen[theme][lemmas]
                    place.transcripts.add(transcript.name)
                    place.hits.append(hit_at(transcript, turn, span))
    order = [theme.path for theme in codebook.themes]
    by_book = sorted(seen, key=lambda theme: order.index(theme) if theme in order else -1)
    return tuple(candidate for theme in by_book for candidate in _best(theme, seen[theme]))


def _best(theme: str, seen: dict[Lemmas, _Seen]) -> list[CodeCandidate]:
    often = {lemmas: place for lemmas, place in seen.items() if len(place.hits) >= FEWEST}
    candidates = [
        CodeCandidate(theme, lemmas, len(place.hits), len(place.transcripts), _examples(place.hits))
        for lemmas, place in often.items()
    ]
    candidates.sort(key=lambda c: (-c.transcripts, -c.count, -len(c.lemmas), c.lemmas))
    return candidates[:_PER_THEME]


def _examples(hits: list[Hit]) -> tuple[Hit, ...]:
    firsts = {hit.transcript: hit for hit in reversed(hits)}
    chosen = sorted(firsts.values(), key=hits.index)
    rest = [hit for hit in hits if hit not in chosen]
    return tuple((chosen + rest)[:_EXAMPLES])


def _phrases(text: str, words: Words) -> Iterable[tuple[Lemmas, int, int]]:
    """Yield words and phrases that carry a subject, with their places."""
    telling = set(words.content_lemmas(text))
    chunks = words.noun_phrases_in(text)
    before = None
    for token in words.tokens(text):
        if token.lemma not in telling:
            before = None
            continue
        yield (token.lemma,), token.start, token.end
        if before is not None and chunks is None:
            yield (before.lemma, token.lemma), before.start, token.end
        before = token
    for start, end in chunks or ():
        lemmas = tuple(lemma for lemma in words.lemmas(text[start:end]) if lemma in telling)
        if len(lemmas) > 1:
            yield lemmas, start, end
