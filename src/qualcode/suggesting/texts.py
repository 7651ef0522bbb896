"""What suggesters work on: pieces of text, and what they need of a language.

Loading a language is left to ``language``; it comes in as a :class:`Words`.
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
    """What suggesters need of a language."""

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
        """Return what one word is compared by."""

    def keys(self, text: str) -> tuple[str, ...]:
        """Return what the words of a text are compared by."""

    def lemmas(self, text: str) -> tuple[str, ...]:
        """Return the lemmas of a text."""

    def tokens(self, text: str) -> Sequence[Token]:
        """Return the words of a text with their places and lemmas."""

    def content_lemmas(self, text: str) -> tuple[str, ...]:
        """Return the lemmas that carry a subject."""

    def telling_keys(self, text: str) -> tuple[str, ...]:
        """Return the keys but for those of words that only hold sentences together."""


@dataclass(frozen=True, slots=True)
class SegmentText:
    """A piece of text to suggest codes for.

    Attributes:
        id: Key by which the caller knows it.
        text: What was said.
        question: Id of the guide question it answers, or the interviewer's words; empty where
            neither is known.
        start: Where the text begins in its transcript, in code points; spans count from there.
        asked: The interviewer's words, where ``question`` is an id and they are known too.
    """

    id: str
    text: str
    question: str = ""
    start: int = 0
    asked: str = ""


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A piece of text and the codes that people gave it.

    Attributes:
        segment: The text, with its question.
        transcript: Name of its transcript.
        codes: Paths of its codes; empty for text that people read and did not code.
    """

    segment: SegmentText
    transcript: str
    codes: frozenset[str]
