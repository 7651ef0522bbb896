"""The languages of interviews, each loaded once.

Nothing is ever downloaded: every part of a language comes from an installed package.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING

from qualcode.errors import unknown_name
from qualcode.language.lemmas import LEMMAS_VERSION, lemmas_of
from qualcode.language.models import MODELS, has_model
from qualcode.language.report import LanguagePiece, describe_pieces
from qualcode.language.tokens import (
    TextWords,
    Token,
    sentences_of,
    without_notes,
    word_and_mark_spans,
    word_spans,
    words,
)
from qualcode.language.words import (
    CALENDAR,
    FILLERS,
    GRAMMAR_WORDS,
    SMALL_TALK,
    STOP_WORDS,
)
from qualcode.model import Span
from qualcode.segmenting import split_sentences

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

    from qualcode.language.annotation import Annotator


class Language:
    """One language: its word tokens, lemmas, stop words and spaCy pipeline.

    Attributes:
        name: Language code (``nl``).
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._lemmas = lemmas_of(name)

    @cached_property
    def pipeline(self) -> Pipeline:
        """The spaCy pipeline, loaded when first asked for.

        Word tokens, sentences by our rules, the key of each word in ``NORM`` and, in ``LEMMA``,
        the lemma of the trained model where one is installed, else ours.
        """
        if self._annotator is None:
            from qualcode.language.pipeline import load_pipeline

            return load_pipeline(self.name)
        # importing spaCy takes half a second, which commands without texts do not spend
        from qualcode.language.annotation import Annotation

        return self._annotator.pipeline(Annotation.LEMMAS)

    @cached_property
    def version(self) -> str:
        """Which word lists and model the lemmas come from; kept lemmas of others are not used."""
        parts = [f"{self.name}-{version('simplemma')}.{LEMMAS_VERSION}"]
        if self.has_model:
            parts.append(version(MODELS[self.name]))
        return "-".join(parts)

    def pack_words(self, text: str, forms: Iterable[str] = ()) -> bytes:
        """Return the lemmas and keys of the words of a text, and of further forms, as bytes."""
        return self._lemmas.pack((*words(text), *forms))

    def take_in(self, data: bytes) -> tuple[str, ...]:
        """Take in lemmas and keys that :meth:`pack_words` of this version gave.

        Raises:
            ValueError: the bytes are none of these; likewise TypeError, AttributeError, zlib.error.
        """
        return self._lemmas.take_in(data)

    def pop_noted(self) -> frozenset[str]:
        """Return the forms that were looked up in the word lists since the last call."""
        noted = frozenset(self._lemmas.noted)
        self._lemmas.noted.clear()
        return noted

    @cached_property
    def has_model(self) -> bool:
        """Whether the trained model of this language is installed, and so in use."""
        return has_model(self.name)

    @cached_property
    def _annotator(self) -> Annotator | None:
        if not self.has_model:
            return None
        from qualcode.language.annotation import Annotator

        return Annotator(self.name)

    def doc_of(self, texts: Sequence[str], separator: str) -> Doc:
        """Return texts as one spaCy document, annotated as by :attr:`pipeline`.

        Args:
            texts: The texts.
            separator: White space between two texts in the document.
        """
        if self._annotator is None:
            return self.pipeline(separator.join(texts))
        return self._annotator.doc_of(texts, separator)

    def read_words(self, texts: Sequence[str]) -> list[TextWords]:
        """Return the words and marks of each text, with keys, lemmas and sentences.

        Without a trained model spaCy is not needed for this, and not loaded.
        """
        if self._annotator is not None:
            return [self._annotator.words_of(text) for text in texts]
        return [self._words_of(text) for text in texts]

    def _words_of(self, text: str) -> TextWords:
        places = list(word_and_mark_spans(text))
        # an empty text has no span, and no words either
        sentences = split_sentences(text, Span(0, len(text)), self.name) if places else ()
        find = self._lemmas.key_of
        # a mark is its own key, and costs no look-up
        keys = tuple(
            [find(text[a:b]) if text[a].isalnum() or b > a + 1 else text[a:b] for a, b in places]
        )
        starts = tuple([start for start, _ in places])
        return TextWords(
            starts,
            tuple([end for _, end in places]),
            keys,
            keys,
            sentences_of(starts, [span.start for span in sentences]),
        )

    def names_in(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """Return start, end and label of the names that the trained model sees; none without it."""
        return () if self._annotator is None else self._annotator.names_in(text)

    def noun_phrases_in(self, text: str) -> tuple[tuple[int, int], ...] | None:
        """Return the places of noun phrases; None without a trained model that has a parser."""
        return None if self._annotator is None else self._annotator.noun_phrases_in(text)

    def lemma(self, form: str) -> str:
        """Return the lower-case lemma of one word."""
        return self._lemmas.of(form)

    def lemmas(self, text: str) -> tuple[str, ...]:
        """Return the lower-case lemmas of the words of a text, in order."""
        return self._lemmas.of_text(text)

    def key(self, form: str) -> str:
        """Return the key by which a word is compared: a lemma that verb and noun share."""
        return self._lemmas.key_of(form)

    def keys(self, text: str) -> tuple[str, ...]:
        """Return the keys by which the words of a text are compared, in order."""
        return self._lemmas.keys_of_text(text)

    def content_lemmas(self, text: str) -> tuple[str, ...]:
        """Return the lemmas of the content words of a text.

        Stop words, fillers (``eh``, ``nou ja``), numbers and the transcriber's notes
        (``[collega 1]``, ``(lacht)``) are left out.
        """
        stop_words = STOP_WORDS[self.name]
        return _without(self._lemmas.of_text(self._speech(text)), stop_words)

    def lexical_keys(self, text: str) -> tuple[str, ...]:
        """Return the keys of the words of a text that are not function words.

        Fillers, numbers and notes are left out as in :meth:`content_lemmas`, but words such as
        ``niemand``, ``nooit`` and ``zeggen`` stay: they distinguish one code from another.
        """
        return _without(self._lemmas.keys_of_text(self._speech(text)), GRAMMAR_WORDS[self.name])

    def subject_lemmas(self, text: str) -> tuple[str, ...]:
        """Return the content lemmas that may be what a text is about.

        Greetings, thanks and the names of days and months are left out too.
        """
        small_talk = SMALL_TALK[self.name] | CALENDAR[self.name]
        return tuple(lemma for lemma in self.content_lemmas(text) if lemma not in small_talk)

    def spoken_count(self, text: str) -> int:
        """Return how many words of a text are spoken.

        Notes and numbers do not count. A text of nothing but a date is a heading: 0.
        """
        lemmas = [lemma for lemma in self._lemmas.of_text(without_notes(text)) if lemma.isalpha()]
        if all(lemma in CALENDAR[self.name] for lemma in lemmas):
            return 0
        return len(lemmas)

    def _speech(self, text: str) -> str:
        # a filler of several words ("weet je") must go before its words are looked up one by one
        return FILLERS[self.name].sub(" ", without_notes(text))

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Return the words of a text with their places and lemmas."""
        find = self._lemmas.of
        return tuple(Token(a, b, find(text[a:b])) for a, b in word_spans(text))

    def is_stop_word(self, lemma: str) -> bool:
        """Return whether a lemma is a stop word."""
        return lemma in STOP_WORDS[self.name]

    def describe(self) -> tuple[LanguagePiece, ...]:
        """Return the parts of this language, in use or not, and what each part adds."""
        return describe_pieces(self.name)


def _without(lemmas: tuple[str, ...], stop_words: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        [
            lemma
            for lemma in lemmas
            # a single letter is an initial or a slip, and a number names no subject
            if lemma not in stop_words and len(lemma) > 1 and not lemma.isdigit()
        ]
    )


def known_languages() -> tuple[str, ...]:
    """Return the codes of all languages."""
    return tuple(sorted(STOP_WORDS))


@cache
def load_language(name: str = "nl") -> Language:
    """Return a language by its code; the same object at every call.

    Raises:
        UnknownNameError: no such language; the text names the known ones.
    """
    if name not in STOP_WORDS:
        raise unknown_name("language", name, known_languages(), "qualcode")
    return Language(name)
