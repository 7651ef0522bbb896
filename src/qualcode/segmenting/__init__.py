"""Cut a transcript into structural units: turns, paragraphs, sentences, answers.

Owns the rules for the beginning and the end of a unit. Every unit lies within a turn, except
answers, which are runs of turns.
"""

from qualcode.model import Guide, Segment, SegmentKind, Transcript
from qualcode.segmenting.answers import QuestionMatcher, Tokenizer, cut_answers, simple_words
from qualcode.segmenting.sentences import split_sentences
from qualcode.segmenting.units import cut_paragraphs, cut_sentences, cut_turns

__all__ = [
    "QuestionMatcher",
    "Tokenizer",
    "cut_answers",
    "cut_paragraphs",
    "cut_sentences",
    "cut_turns",
    "segment",
    "simple_words",
    "split_sentences",
]


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
