"""The words of a search: parsed, and found in a text.

``werkdruk OF (druk NABIJ werk)``: ``OF`` (``OR``) joins alternatives, ``NABIJ`` (``NEAR``) words of
one turn with at most :data:`DISTANCE` characters between them, quotation marks and parentheses
hold words together. In small letters, ``of`` is an operator only where the query has another sign
of being one: people search for "ja of nee".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from qualcode.errors import InvalidValueError, UndefinedRequestError
from qualcode.messages import Message
from qualcode.suggesting.texts import Words

DISTANCE = 60
"""Characters between two words that are near each other, at most: about ten words."""

Matcher = Callable[[str], Iterable[tuple[int, int]]]
"""Yields the start and end of each place in a text."""

_OR, _NEAR = frozenset({"OF", "OR"}), frozenset({"NABIJ", "NEAR"})
_TOKEN = re.compile(r"[()]|[\"“”„]([^\"“”„]*)[\"“”„]|[^\s()\"“”„]+")
_SIGNS = re.compile(r"[()\"“”„]|\b(?:OF|OR|NABIJ|NEAR)\b")


def form_matcher(words: Words, query: str) -> Matcher:
    """Return what finds words in any form.

    Raises:
        InvalidValueError: the query cannot be read.
        UndefinedRequestError: it holds no word.
    """
    return _parse(query, lambda phrase: _phrase_matcher(words, phrase))


def exact_matcher(query: str) -> Matcher:
    """Return what finds words as they are written.

    Raises:
        InvalidValueError: the query cannot be read.
        UndefinedRequestError: it holds no word.
    """
    return _parse(query, _exact_phrase_matcher)


def pattern_matcher(pattern: str) -> Matcher:
    """Return what finds a regular expression, upper and lower case alike.

    Raises:
        InvalidValueError: it is no regular expression.
    """
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise InvalidValueError(
            Message(
                "'{pattern}' is not a regular expression: {error}. Put a backslash before "
                "a mark that should stand for itself.",
                pattern=pattern,
                error=error,
            )
        ) from error
    # a pattern such as "a*" also matches between two characters, where no text can be coded
    return lambda text: (m.span() for m in compiled.finditer(text) if m.end() > m.start())


def _phrase_matcher(words: Words, phrase: str) -> Matcher:
    query = words.keys(phrase)
    if not query:
        raise UndefinedRequestError(Message("'{query}' holds no word to look for.", query=phrase))

    def match(text: str) -> Iterator[tuple[int, int]]:
        keys, size = words.keys(text), len(query)
        # Most turns do not have the word, and places take four times as long to find as keys.
        if query[0] not in keys:
            return
        tokens = words.tokens(text)
        for first in range(len(tokens) - size + 1):
            if keys[first : first + size] == query:
                yield tokens[first].start, tokens[first + size - 1].end

    return match


def _exact_phrase_matcher(phrase: str) -> Matcher:
    parts = phrase.split()
    if not parts:
        raise UndefinedRequestError(Message("'{query}' holds no word to look for.", query=phrase))
    # A line break in a text is a space to who searches.
    compiled = re.compile(
        r"(?<!\w)" + r"\s+".join(map(re.escape, parts)) + r"(?!\w)", re.IGNORECASE
    )
    return lambda text: (match.span() for match in compiled.finditer(text))


def _parse(query: str, leaf: Callable[[str], Matcher]) -> Matcher:
    if not _SIGNS.search(query):
        return leaf(query)
    parser = _Parser(query, leaf)
    matcher = parser.alternatives()
    if parser.ahead:
        raise parser.error()
    return matcher


class _Parser:
    """Reads a query from left to right."""

    def __init__(self, query: str, leaf: Callable[[str], Matcher]) -> None:
        self._query, self._leaf = query, leaf
        # A phrase in quotation marks is one token with a mark before it: no operator.
        self._tokens = [
            f'"{match.group(1)}' if match.group(1) is not None else match.group()
            for match in _TOKEN.finditer(query)
        ]

    @property
    def ahead(self) -> str:
        """The next token; ``""`` at the end."""
        return self._tokens[0] if self._tokens else ""

    def error(self) -> InvalidValueError:
        """Return the error for a query that ends too early or goes on too long."""
        return InvalidValueError(
            Message(
                "The search '{query}' cannot be read. Close every parenthesis, and put words on "
                "both sides of OF (OR) and NABIJ (NEAR).",
                query=self._query,
            )
        )

    def alternatives(self) -> Matcher:
        """Read words joined by OF."""
        matchers = [self._neighbours()]
        while self.ahead.upper() in _OR:
            self._tokens.pop(0)
            matchers.append(self._neighbours())
        return matchers[0] if len(matchers) == 1 else _any_of(matchers)

    def _neighbours(self) -> Matcher:
        matcher = self._operand()
        while self.ahead in _NEAR:
            self._tokens.pop(0)
            matcher = _near(matcher, self._operand())
        return matcher

    def _operand(self) -> Matcher:
        if self.ahead == "(":
            self._tokens.pop(0)
            matcher = self.alternatives()
            if self.ahead != ")":
                raise self.error()
            self._tokens.pop(0)
            return matcher
        words = []
        while self.ahead not in {"", "(", ")"} | _NEAR and self.ahead.upper() not in _OR:
            words.append(self._tokens.pop(0).removeprefix('"'))
        if not words:
            raise self.error()
        return self._leaf(" ".join(words))


def _any_of(matchers: list[Matcher]) -> Matcher:
    return lambda text: sorted({place for matcher in matchers for place in matcher(text)})


def _near(first: Matcher, second: Matcher) -> Matcher:
    """Return what finds two things close to each other, with the words between them."""

    def match(text: str) -> Iterator[tuple[int, int]]:
        second_places = [*second(text)]
        covered = -1
        for start, end in first(text):
            gaps = [
                (max(start, other_start) - min(end, other_end), other_start, other_end)
                for other_start, other_end in second_places
                if (other_start, other_end) != (start, end)
            ]
            gap, other_start, other_end = min(gaps, default=(DISTANCE + 1, 0, 0))
            place = min(start, other_start), max(end, other_end)
            # Two hits that share words would be coded twice.
            if gap <= DISTANCE and place[0] >= covered:
                covered = place[1]
                yield place

    return match
