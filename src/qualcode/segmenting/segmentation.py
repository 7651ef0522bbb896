"""Cuts a transcript in every way at once."""

from __future__ import annotations

from qualcode.model import Guide, Segment, SegmentKind, Transcript
from qualcode.segmenting.answers import Tokenizer, cut_answers, simple_words
from qualcode.segmenting.units import cut_paragraphs, cut_sentences, cut_turns


def segment(
    transcript: Transcript,
    guide: Guide | None = None,
    tokenize: Tokenizer = simple_words,
) -> dict[SegmentKind, tuple[Segment, ...]]:
    """Return the transcript cut in every way, by kind."""
    return {
        SegmentKind.TURN: cut_turns(transcript),
        SegmentKind.PARAGRAPH: cut_paragraphs(transcript),
        SegmentKind.SENTENCE: cut_sentences(transcript),
        SegmentKind.ANSWER: cut_answers(transcript, guide, tokenize),
    }
