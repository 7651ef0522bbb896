"""Turns, paragraphs and sentences of a transcript: units that never cross a turn."""

from __future__ import annotations

import re

from qualcode.model import Segment, SegmentKind, Span, Transcript, trimmed
from qualcode.model.wrapped_lines import flowing_text
from qualcode.segmenting.sentences import split_sentences

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def cut_turns(transcript: Transcript) -> tuple[Segment, ...]:
    """Return each turn as a segment."""
    return tuple(
        Segment(transcript.name, SegmentKind.TURN, turn.span, (turn.number,))
        for turn in transcript.turns
    )


def cut_paragraphs(transcript: Transcript) -> tuple[Segment, ...]:
    """Return the paragraphs, none of them across a turn.

    Paragraphs are divided by blank lines where the text has any inside a turn, else by line
    ends: a Word document has one line a paragraph. Lines that were cut at a width are joined.
    """
    text = flowing_text(transcript.text, [turn.span for turn in transcript.turns])
    texts = [turn.span.of(text) for turn in transcript.turns]
    # Looked for inside turns only: nearly every transcript has blank lines between them.
    divider = _BLANK_LINE if any(map(_BLANK_LINE.search, texts)) else re.compile(r"\n")
    return tuple(
        Segment(transcript.name, SegmentKind.PARAGRAPH, span, (turn.number,))
        for turn in transcript.turns
        for span in _divide(text, turn.span, divider)
    )


def _divide(text: str, span: Span, divider: re.Pattern[str]) -> list[Span]:
    edges = [span.start]
    for match in divider.finditer(text, span.start, span.end):
        edges += (match.start(), match.end())
    edges.append(span.end)
    parts = (trimmed(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return [part for part in parts if part]


def cut_sentences(transcript: Transcript) -> tuple[Segment, ...]:
    """Return the sentences, none of them across a turn."""
    return tuple(
        Segment(transcript.name, SegmentKind.SENTENCE, span, (turn.number,))
        for turn in transcript.turns
        for span in split_sentences(transcript.text, turn.span, transcript.language)
    )
