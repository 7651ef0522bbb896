"""Search interviews by words in any form, by pattern, by code and by speaker.

Owns the rule for a hit. The project codes all hits in one step that can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

from qualcode.errors import UndefinedRequestError, UnknownNameError
from qualcode.messages import Message
from qualcode.model import Case, Coding, Hit, Role, Span, Transcript, Turn
from qualcode.speech import Speech
from qualcode.suggesting.query import Matcher, exact_matcher, form_matcher, pattern_matcher
from qualcode.suggesting.texts import Words

CONTEXT = 50
"""Characters shown on each side of a hit, at most."""


def find(
    transcripts: Iterable[Transcript],
    words: Words,
    *,
    lemma: str = "",
    exact: str = "",
    pattern: str = "",
    code: str | Sequence[str] = (),
    without: Sequence[str] = (),
    codings: Sequence[Coding] = (),
    everyone: bool = False,
) -> tuple[Hit, ...]:
    """Return the places that meet every criterion, in order of the text.

    Args:
        transcripts: Where to look.
        words: The language, for ``lemma``.
        lemma: One or more words, found in any form: ``dealer`` finds "dealers". ``OF`` and
            ``NABIJ`` join words, see :mod:`~qualcode.suggesting.query`.
        exact: Likewise, but as they are written.
        pattern: A regular expression, upper and lower case alike.
        code: Path of a code: only hits that touch a coding with it or with a code below it;
            alone, these codings themselves. Of several codes: hits that touch codings with
            each of them; alone, the passages that have all of them.
        without: Paths of codes: no hit that touches a coding with one of them, or below it.
        codings: The codings to look for ``code`` and ``without`` in.
        everyone: Search the speech of interviewers too.

    Raises:
        InvalidValueError: ``pattern`` is not a regular expression.
        UndefinedRequestError: no criterion was given, or ``lemma`` has no word.
    """
    matchers = _matchers(words, lemma, exact, pattern)
    codes = [path for path in ((code,) if isinstance(code, str) else code) if path]
    if not matchers and not codes:
        raise UndefinedRequestError(
            "There is nothing to look for. Give words, a pattern or the path of a code."
        )
    hits: list[Hit] = []
    for transcript in transcripts:
        by_code = [[c.span for c in codings if _has_code(c, transcript.name, p)] for p in codes]
        coded = reduce(_shared_spans, by_code) if by_code else None
        barred = [
            coding.span
            for coding in codings
            if any(_has_code(coding, transcript.name, path) for path in without)
        ]
        hits.extend(
            hit
            for turn in transcript.turns
            if everyone or transcript.role_of(turn.speaker) is Role.RESPONDENT
            for hit in _hits_in(transcript, turn, matchers, coded)
            if not any(hit.span.overlaps(span) for span in barred)
        )
    return tuple(hits)


def passage_of(transcript: Transcript, hit: Hit, units: Sequence[Span]) -> Span:
    """Return the units that a hit lies in, as one passage; the hit where it lies in none."""
    touched = [unit for unit in units if unit.overlaps(hit.span)]
    if not touched:
        return hit.span
    start, end = min(unit.start for unit in touched), max(unit.end for unit in touched)
    words = transcript.text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _shared_spans(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """Return the passages that lie in a span of each of two lists."""
    shared = (span.intersection(other_span) for span in first for other_span in second)
    return sorted({span for span in shared if span})


def hits_where(
    hits: Iterable[Hit],
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    attributes: Mapping[str, str],
) -> tuple[Hit, ...]:
    """Return the hits that are said by somebody with all of these attribute values.

    Raises:
        UnknownNameError: no case and no transcript has such an attribute, or such a value of it.
    """
    if not attributes:
        return tuple(hits)
    values_by_name = _values_by_name(transcripts, cases)
    for key, value in attributes.items():
        values_listed = sorted(values_by_name)
        if not values_listed:
            raise UnknownNameError(
                Message("The respondents have no attributes yet, so none is '{key}'.", key=key)
            )
        if key not in values_listed:
            raise UnknownNameError(
                Message(
                    "The respondents have no attribute '{key}'. They have: {known}.",
                    key=key,
                    known=values_listed,
                )
            )
        values = sorted(values_by_name[key])
        if value not in values:
            raise UnknownNameError(
                Message(
                    "No respondent has the value '{value}' of '{key}'. There is: {known}.",
                    value=value,
                    key=key,
                    # an attribute may have hundreds of values, which nobody reads in a message
                    known=values[:12],
                )
            )
    speech = Speech(transcripts, cases)
    wanted = set(attributes.items())

    def is_said_by_one(hit: Hit) -> bool:
        sayers = [part.case for part in speech.who_said(hit.transcript, hit.span)]
        # What holds for a transcript holds for all that is said in it.
        return any(
            wanted <= set(speech.attributes_of((case,) if case else (), hit.transcript).items())
            for case in sayers
        )

    return tuple(hit for hit in hits if is_said_by_one(hit))


def _values_by_name(
    transcripts: Iterable[Transcript], cases: Iterable[Case]
) -> dict[str, set[str]]:
    maps = [transcript.attributes for transcript in transcripts]
    for case in cases:
        maps += [case.attributes, *(part.attributes for part in case.participations)]
    values: dict[str, set[str]] = {}
    for attributes in maps:
        for name, value in attributes.items():
            values.setdefault(name, set()).add(value)
    return values


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


def _matchers(words: Words, lemma: str, exact: str, pattern: str) -> tuple[Matcher, ...]:
    matchers = []
    if lemma:
        matchers.append(form_matcher(words, lemma))
    if exact:
        matchers.append(exact_matcher(exact))
    if pattern:
        matchers.append(pattern_matcher(pattern))
    return tuple(matchers)


def _hits_in(
    transcript: Transcript,
    turn: Turn,
    matchers: tuple[Matcher, ...],
    coded: list[Span] | None,
) -> Iterator[Hit]:
    spans = _spans_in(transcript, turn, matchers, coded)
    # a passage with two codings is one hit
    for span in sorted(set(spans)):
        yield hit_at(transcript, turn, span)


def _spans_in(
    transcript: Transcript,
    turn: Turn,
    matchers: tuple[Matcher, ...],
    coded: list[Span] | None,
) -> Iterator[Span]:
    if not matchers:
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
