"""The passages that all coders gave the same code: what needs no decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualcode.agreement.covered_words import covered_positions, words_at
from qualcode.agreement.study import CodingStudy
from qualcode.model import AgreedCoding, Coding, Span, Transcript, trimmed


def agreed_codings(study: CodingStudy) -> tuple[AgreedCoding, ...]:
    """Return the passages that all coders gave the same code, by transcript and position.

    A passage is the part that codings of all share; the words around it are counted in
    ``words``, per cluster of codings that overlap one another. In a team, all are those who
    coded the transcript.
    """
    agreed: list[AgreedCoding] = []
    for transcript in study.transcripts:
        by_coder = [study.codings_of(coder, transcript) for coder in study.coders_of(transcript)]
        for code in sorted({coding.code for coding in by_coder[0]}):
            sides = [[c for c in codings if c.code == code] for codings in by_coder]
            agreed.extend(_agreed_passages(transcript, code, sides))
    order = {transcript.name: number for number, transcript in enumerate(study.transcripts)}
    return tuple(sorted(agreed, key=lambda passage: (order[passage.transcript], passage.span)))


def _agreed_passages(
    transcript: Transcript, code: str, by_coder: Sequence[list[Coding]]
) -> Iterator[AgreedCoding]:
    for sides in _clusters(by_coder):
        spans = [coding.span for codings in sides for coding in codings]
        cluster = Span(min(span.start for span in spans), max(span.end for span in spans))
        covered = [covered_positions(codings, [cluster]) for codings in sides]
        by_all = set.intersection(*covered)
        # words that only some marked around the shared passage
        words = len(words_at(transcript.text, set.union(*covered) - by_all, [cluster]))
        later_codings = [coding for codings in sides[1:] for coding in codings]
        for passage in _unbroken_spans(by_all, transcript.text):
            codings_a, codings_b = (
                tuple(coding for coding in codings if coding.span.overlaps(passage))
                for codings in (sides[0], later_codings)
            )
            yield AgreedCoding(transcript.name, passage, code, codings_a, codings_b, words)


def _clusters(by_coder: Sequence[list[Coding]]) -> Iterator[list[list[Coding]]]:
    """Yield groups of codings that overlap one another, those with every coder only."""
    ordered = sorted(
        (
            (coding.span, side, coding)
            for side, codings in enumerate(by_coder)
            for coding in codings
        ),
        key=lambda entry: entry[:2],
    )
    sides: list[list[Coding]] = [[] for _ in by_coder]
    end = 0
    for span, side, coding in ordered:
        # a gap between codings: a new cluster begins
        if span.start >= end:
            if all(sides):
                yield sides
            sides = [[] for _ in by_coder]
        sides[side].append(coding)
        end = max(end, span.end)
    if all(sides):
        yield sides


def _unbroken_spans(positions: set[int], text: str) -> Iterator[Span]:
    """Yield the unbroken stretches of positions, without white space at their ends."""
    ordered = sorted(positions)
    start = 0
    for number in range(1, len(ordered) + 1):
        if number == len(ordered) or ordered[number] != ordered[number - 1] + 1:
            span = trimmed(text, ordered[start], ordered[number - 1] + 1)
            if span:
                yield span
            start = number
