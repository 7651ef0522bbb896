"""What coders agree on: the passages that all of them gave the same code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qualcode.agreement.extent import covered, words_at
from qualcode.agreement.units import Finished, gather
from qualcode.model import AgreedCoding, Codebook, Coding, Span, Transcript, trimmed


def agreed_codings(
    transcripts: Sequence[Transcript],
    codings: Sequence[Coding],
    codebook: Codebook,
    *,
    coders: Sequence[str],
    finished: Finished | None = None,
) -> tuple[AgreedCoding, ...]:
    """Return the passages that all coders gave the same code, by transcript and position.

    A passage is the part that codings of all share; what lies around it is counted in
    ``words``, per cluster of codings that overlap one another. In a team, all are those who
    coded the transcript; transcripts that fewer than two coded are left out.

    Raises:
        UndefinedRequestError: fewer than two coders, or the same coder twice.
        UnknownNameError: a coding with a code that the codebook lacks.
    """
    material = gather(transcripts, codings, codebook, coders, finished=finished, least=2)
    found: list[AgreedCoding] = []
    for transcript in material.transcripts:
        own = [
            material.codings[coder][transcript.name]
            for coder in coders
            if transcript.name in material.coded[coder]
        ]
        for code in sorted({coding.code for coding in own[0]}):
            found.extend(_agreed(transcript, code, [_with(code, made) for made in own]))
    order = {transcript.name: number for number, transcript in enumerate(transcripts)}
    return tuple(sorted(found, key=lambda agreed: (order[agreed.transcript], agreed.span)))


def _with(code: str, codings: Iterable[Coding]) -> list[Coding]:
    return [coding for coding in codings if coding.code == code]


def _agreed(
    transcript: Transcript, code: str, own: Sequence[list[Coding]]
) -> Iterator[AgreedCoding]:
    for sides in _clusters(own):
        spans = [coding.span for made in sides for coding in made]
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        reach = [covered(made, [whole]) for made in sides]
        by_all = set.intersection(*reach)
        words = len(words_at(transcript.text, set.union(*reach) - by_all, [whole]))
        others = [coding for made in sides[1:] for coding in made]
        for passage in _runs(by_all, transcript.text):
            one, two = (
                tuple(coding for coding in made if coding.span.overlaps(passage))
                for made in (sides[0], others)
            )
            yield AgreedCoding(transcript.name, passage, code, one, two, words)


def _clusters(own: Sequence[list[Coding]]) -> Iterator[list[list[Coding]]]:
    """Yield groups of codings that overlap one another, those with every coder only."""
    made = sorted(
        ((coding.span, side, coding) for side, codings in enumerate(own) for coding in codings),
        key=lambda one: one[:2],
    )
    sides: list[list[Coding]] = [[] for _ in own]
    end = 0
    for span, side, coding in made:
        if span.start >= end:
            if all(sides):
                yield sides
            sides = [[] for _ in own]
        sides[side].append(coding)
        end = max(end, span.end)
    if all(sides):
        yield sides


def _runs(positions: set[int], text: str) -> Iterator[Span]:
    """Yield the unbroken stretches of positions, without white space at their ends."""
    ordered = sorted(positions)
    start = 0
    for number in range(1, len(ordered) + 1):
        if number == len(ordered) or ordered[number] != ordered[number - 1] + 1:
            span = trimmed(text, ordered[start], ordered[number - 1] + 1)
            if span:
                yield span
            start = number
