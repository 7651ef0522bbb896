"""Search interviews by words in any form, by pattern, by code and by speaker.

Owns the rule for a hit. The project codes all hits in one step that can be undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

from qualcode.errors import InvalidValueError, UndefinedRequestError, UnknownNameError
from qualcode.messages import Message
from qualcode.model import Case, Coding, Hit, Role, Span, Transcript, Turn
from qualcode.suggesting.texts import Words

CONTEXT = 50
"""Characters shown on each side of a hit, at most."""


def find(
    transcripts: Iterable[Transcript],
    words: Words,
    *,
    lemma: str = "",
    pattern: str = "",
    code: str | Sequence[str] = (),
    codings: Sequence[Coding] = (),
    everyone: bool = False,
) -> tuple[Hit, ...]:
    """Return the places that meet every criterion, in order of the text.

    Args:
        transcripts: Where to look.
        words: The language, for ``lemma``.
        lemma: One or more words, found in any form: ``dealer`` finds "dealers".
        pattern: A regular expression, upper and lower case alike.
        code: Path of a code: only hits that touch a coding with it or with a code below it;
            alone, these codings themselves. Of several codes: hits that touch codings with
            each of them; alone, the passages that have all of them.
        codings: The codings to look for ``code`` in.
        everyone: Search the speech of interviewers too.

    Raises:
        InvalidValueError: ``pattern`` is not a regular expression.
        UndefinedRequestError: no criterion was given, or ``lemma`` has no word.
    """
    matcher = _matcher(words, lemma, pattern)
    codes = [path for path in ((code,) if isinstance(code, str) else code) if path]
    if matcher is None and not codes:
        raise UndefinedRequestError(
            "There is nothing to look for. Give words, a pattern or the path of a code."
        )
    hits: list[Hit] = []
    for transcript in transcripts:
        by_code = [[c.span for c in codings if _has_code(c, transcript.name, p)] for p in codes]
        coded = reduce(_shared_spans, by_code) if by_code else None
        for turn in transcript.turns:
            if everyone or transcript.role_of(turn.speaker) is Role.RESPONDENT:
                hits.extend(_hits_in(transcript, turn, matcher, coded))
    return tuple(hits)


def _shared_spans(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """Return the passages that lie in a span of each of two lists."""
    shared = (span.intersection(other) for span in first for other in second)
    return sorted({span for span in shared if span})


def transcripts_where(
    transcripts: Iterable[Transcript], cases: Sequence[Case], attributes: Mapping[str, str]
) -> tuple[Transcript, ...]:
    """Return the transcripts of the cases that have all of these attribute values.

    Raises:
        UnknownNameError: no case has such an attribute, or such a value of it.
    """
    for key, value in attributes.items():
        known = sorted({name for case in cases for name in case.attributes})
        if not known:
            raise UnknownNameError(
                Message("The respondents have no attributes yet, so none is '{key}'.", key=key)
            )
        if key not in known:
            raise UnknownNameError(
                Message(
                    "The respondents have no attribute '{key}'. They have: {known}.",
                    key=key,
                    known=known,
                )
            )
        values = sorted({case.attributes[key] for case in cases if key in case.attributes})
        if value not in values:
            raise UnknownNameError(
                Message(
                    "No respondent has the value '{value}' of '{key}'. There is: {known}.",
                    value=value,
                    key=key,
                    known=values[:12],
                )
            )
    names = {
        name
        for case in cases
        if all(case.attributes.get(key) == value for key, value in attributes.items())
        for name in case.transcripts
    }
    return tuple(t for t in transcripts if not attributes or t.name in names)


def hit_at(transcript: Transcript, turn: Turn, span: Span) -> Hit:
    """Return a place as a hit, with its context cut at words."""
    text = transcript.text
    left_context = text[max(turn.span.start, span.start - CONTEXT) : span.start]
    right_context = text[span.end : min(turn.span.end, span.end + CONTEXT)]
    # a word that the context cuts in two is left out
    if span.start - CONTEXT > turn.span.start:
        left_context = left_context.partition(" ")[2]
    if span.end + CONTEXT < turn.span.end:
        right_context = right_context.rpartition(" ")[0]
    return Hit(transcript.name, turn.number, span, left_context, span.of(text), right_context)


class _LemmaMatcher:
    """Finds a run of words in any form."""

    def __init__(self, words: Words, query: str) -> None:
        self._words = words
        self._query = words.keys(query)
        if not self._query:
            raise UndefinedRequestError(
                Message("'{query}' holds no word to look for.", query=query)
            )

    def __call__(self, text: str) -> Iterator[tuple[int, int]]:
        tokens = self._words.tokens(text)
        keys = self._words.keys(text)
        size = len(self._query)
        for first in range(len(tokens) - size + 1):
            if keys[first : first + size] == self._query:
                yield tokens[first].start, tokens[first + size - 1].end


class _PatternMatcher:
    """Finds a regular expression."""

    def __init__(self, pattern: str) -> None:
        try:
            self._pattern = re.compile(pattern, re.IGNORECASE)
        except re.error as error:
            raise InvalidValueError(
                Message(
                    "'{pattern}' is not a regular expression: {error}. Put a backslash before "
                    "a mark that should stand for itself.",
                    pattern=pattern,
                    error=error,
                )
            ) from error

    def __call__(self, text: str) -> Iterator[tuple[int, int]]:
        for match in self._pattern.finditer(text):
            # a pattern such as "a*" also matches between two characters, where no text can be coded
            if match.end() > match.start():
                yield match.span()


_Matcher = _LemmaMatcher | _PatternMatcher


def _matcher(words: Words, lemma: str, pattern: str) -> tuple[_Matcher, ...] | None:
    matchers: list[_Matcher] = []
    if lemma:
        matchers.append(_LemmaMatcher(words, lemma))
    if pattern:
        matchers.append(_PatternMatcher(pattern))
    return tuple(matchers) or None


def _hits_in(
    transcript: Transcript,
    turn: Turn,
    matchers: tuple[_Matcher, ...] | None,
    coded: list[Span] | None,
) -> Iterator[Hit]:
    spans = _spans_in(transcript, turn, matchers, coded)
    # a passage with two codings is one hit
    for span in sorted(set(spans)):
        yield hit_at(transcript, turn, span)


def _spans_in(
    transcript: Transcript,
    turn: Turn,
    matchers: tuple[_Matcher, ...] | None,
    coded: list[Span] | None,
) -> Iterator[Span]:
    if matchers is None:
        for span in coded or ():
            part = span.intersection(turn.span)
            if part:
                yield part
        return
    text = turn.span.of(transcript.text)
    spans_of_matchers = [
        [Span(turn.span.start + a, turn.span.start + b) for a, b in matcher(text)]
        for matcher in matchers
    ]
    for span in spans_of_matchers[0]:
        # the hit is the words; a pattern that must hold too only has to touch them
        touches = all(
            any(span.overlaps(match) for match in spans) for spans in spans_of_matchers[1:]
        )
        if touches and (coded is None or any(span.overlaps(code_span) for code_span in coded)):
            yield span


def _has_code(coding: Coding, transcript: str, code: str) -> bool:
    has_path = coding.code == code or coding.code.startswith(code + "/")
    return has_path and coding.transcript == transcript and coding.withdrawn_at is None
