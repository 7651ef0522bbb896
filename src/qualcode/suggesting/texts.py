"""The input of suggesters: pieces of text, and the parts of a language that they use.

``language`` loads a language; suggesters receive it as :class:`Words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc


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


class Words(Protocol):
    """The parts of a language that suggesters use."""

    @property
    def name(self) -> str:
        """Language code."""

    @property
    def pipeline(self) -> Pipeline:
        """A spaCy pipeline with sentences, keys in ``NORM`` and lemmas in ``LEMMA``."""

    @property
    def has_model(self) -> bool:
        """Whether a trained model with parts of speech is in use."""

    def doc_of(self, texts: Sequence[str], separator: str) -> Doc:
        """Return texts as one document of that pipeline, with a separator between them."""

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
    """

    id: str
    text: str
    question: str = ""
    start: int = 0
    question_text: str = ""


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A piece of text and the codes that coders gave it.

    Attributes:
        segment: The text, with its question.
        transcript: Name of its transcript.
        codes: Paths of its codes; empty for text that coders read and did not code.
    """

    segment: SegmentText
    transcript: str
    codes: frozenset[str]
