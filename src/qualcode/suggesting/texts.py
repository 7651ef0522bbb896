"""The input of suggesters: pieces of text, and the parts of a language that they use.

``language`` loads a language; suggesters receive it as :class:`Words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Token(Protocol):
    """A word of a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def lemma(self) -> str:
        """Its lemma."""


class TextWords(Protocol):
    """The words and marks of one text, in order; every attribute has one item for each."""

    @property
    def starts(self) -> Sequence[int]:
        """Where each begins."""

    @property
    def ends(self) -> Sequence[int]:
        """Where each ends."""

    @property
    def keys(self) -> Sequence[str]:
        """The key by which each is compared."""

    @property
    def lemmas(self) -> Sequence[str]:
        """The lemma of the trained model where one is in use, else the key."""

    @property
    def sentences(self) -> Sequence[int]:
        """Number of the sentence of each, from 0."""


class Words(Protocol):
    """The parts of a language that suggesters use."""

    @property
    def name(self) -> str:
        """Language code."""

    @property
    def has_model(self) -> bool:
        """Whether a trained model with parts of speech is in use."""

    def read_words(self, texts: Sequence[str]) -> Sequence[TextWords]:
        """Return the words and marks of each text."""

    def noun_phrases_in(self, text: str) -> Sequence[tuple[int, int]] | None:
        """Return the places of noun phrases; None without a model that knows them."""

    def key(self, form: str) -> str:
        """Return the key by which a word is compared."""

    def keys(self, text: str) -> tuple[str, ...]:
        """Return the keys by which the words of a text are compared."""

    def lemmas(self, text: str) -> tuple[str, ...]:
        """Return the lemmas of a text."""

    def tokens(self, text: str) -> Sequence[Token]:
        """Return the words of a text with their places and lemmas."""

    def content_lemmas(self, text: str) -> tuple[str, ...]:
        """Return the lemmas of the content words of a text."""

    def lexical_keys(self, text: str) -> tuple[str, ...]:
        """Return the keys of the words of a text that are not function words."""

    def subject_lemmas(self, text: str) -> tuple[str, ...]:
        """Return the content lemmas that may be what a text is about: no greetings, no dates."""

    def spoken_count(self, text: str) -> int:
        """Return how many words of a text are spoken: no transcriber's notes, no dates."""

    def is_stop_word(self, lemma: str) -> bool:
        """Return whether a lemma is a stop word."""


@dataclass(frozen=True, slots=True)
class SegmentText:
    """A piece of text to suggest codes for.

    Attributes:
        id: Key by which the caller knows it.
        text: The words of the speaker.
        question: Id of the guide question it answers, or the interviewer's words; empty where
            neither is known.
        start: Where the text begins in its transcript, in code points; spans count from there.
        question_text: The interviewer's words, where ``question`` is an id and they are known.
        group: Group of the respondent; empty where it is not known.
        place: Key of what was said in one go, such as an answer: pieces in a row with the same
            key are neighbours. Empty for a text that stands alone.
    """

    id: str
    text: str
    question: str = ""
    start: int = 0
    question_text: str = ""
    group: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A piece of text and the codes that coders gave it.

    Attributes:
        segment: The text, with its question.
        transcript: Name of its transcript.
        codes: Paths of its codes; empty for text that coders read and did not code.
        rejected: Paths of the codes that were suggested for it and rejected.
        sentence: Whether it stands for a sentence as such, coded or not, and not for what a coder
            marked. Sentences teach the gate, and are measured apart.
    """

    segment: SegmentText
    transcript: str
    codes: frozenset[str]
    rejected: frozenset[str] = frozenset()
    sentence: bool = False
