"""Cut a transcript into structural units: turns, paragraphs, sentences, answers.

Owns the rules for the beginning and the end of a unit. Every unit lies within a turn, except
answers, which are runs of turns.
"""

from typing import TYPE_CHECKING

from qualcode.lazy_exports import lazy_exports

if TYPE_CHECKING:
    from qualcode.segmenting.answers import QuestionMatcher, Tokenizer, cut_answers, simple_words
    from qualcode.segmenting.segmentation import segment
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

if not TYPE_CHECKING:
    __getattr__ = lazy_exports(__name__)
