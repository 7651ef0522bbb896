"""The spaCy pipeline of a language: word tokens, sentences and lemmas.

Owns our components, registered as spaCy factories, and the pipeline that every installation has.
``NORM`` holds the key by which we compare words; ``LEMMA`` holds the lemma of the trained model
where one is installed (see ``annotation``), else ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
from spacy.attrs import IDX, LEMMA, NORM, ORTH, SENT_START
from spacy.language import Language as Pipeline
from spacy.tokenizer import Tokenizer
from spacy.util import registry

from qualcode.language.lemmas import lemmas_of
from qualcode.model import Span
from qualcode.segmenting import split_sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

SENTENCES, LEMMAS = "qualcode_sentences", "qualcode_lemmas"
"""Names of our components in a pipeline."""
MAX_LENGTH = 20_000_000
"""Longest text in characters; more than a thousand interviews."""

# the same words as in ``tokens``, as the rules of spaCy's tokenizer; a test compares them
_WORD_START = r"[^\W_]|['’‘][stnkm](?![^\W_])"
_WORD_END = r"[^\W_]"


@registry.tokenizers("qualcode.words.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Pipeline], Tokenizer]:
    """Return the factory of a tokenizer with the words of ``language.tokens``."""

    def make(nlp: Pipeline) -> Tokenizer:
        return Tokenizer(
            nlp.vocab,
            prefix_search=re.compile(rf"^(?!{_WORD_START}).").search,
            suffix_search=re.compile(r"(?:\.{2,}|[\W_])$").search,
            infix_finditer=re.compile(
                r"(?<=[^\W_])[^\w\s'’-]+(?=[^\W_])|_+|[\W_]{2,}(?=[^\W_])"
            ).finditer,
        )

    return make


@Pipeline.component(SENTENCES, assigns=["token.is_sent_start"])
def mark_sentences(doc: Doc) -> Doc:
    """Mark the beginnings of sentences by our rules for spoken text."""
    if not len(doc):
        return doc
    text = doc.text
    starts = [span.start for span in split_sentences(text, Span(0, len(text)), doc.lang_)]
    marks: Any = np.where(np.isin(doc.to_array(IDX).astype(np.int64), starts), 1, -1)
    # spaCy wants a sentence to begin at the first token, also where that is white space
    marks[0] = 1
    doc.from_array([SENT_START], marks.astype(np.uint64)[:, None])
    return doc


class LemmaMarker:
    """The component that sets our lemmas and keys."""

    def __init__(self, language: str) -> None:
        self.lemmas = lemmas_of(language)
        self._hashes: dict[int, tuple[int, int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set ``NORM`` of each token to its key, and ``LEMMA`` to its lemma where none is set."""
        if not len(doc):
            return doc
        # a text repeats few forms often: each is looked up once, and arrays set all tokens at once
        forms, places = np.unique(doc.to_array(ORTH), return_inverse=True)
        hashes = np.array([self._hashes_of(form, doc) for form in forms.tolist()], dtype=np.uint64)
        marks: Any = hashes[places]
        model_lemmas = doc.to_array(LEMMA)
        marks[:, 1] = np.where(model_lemmas == 0, marks[:, 1], model_lemmas)
        doc.from_array([NORM, LEMMA], marks)
        return doc

    def _hashes_of(self, form: int, doc: Doc) -> tuple[int, int]:
        """Return the hashes of the key and of the lemma of a word form."""
        hashes = self._hashes.get(form)
        if hashes is None:
            strings = doc.vocab.strings
            text = strings[form]
            is_word = any(map(str.isalnum, text))
            key = strings.add(self.lemmas.key_of(text)) if is_word else form
            lemma = strings.add(self.lemmas.of(text)) if is_word else form
            hashes = self._hashes[form] = (key, lemma)
        return hashes


@Pipeline.factory(LEMMAS, assigns=["token.norm", "token.lemma"], default_config={"language": "nl"})
def make_lemma_marker(nlp: Pipeline, name: str, language: str) -> LemmaMarker:  # noqa: ARG001
    """Return the lemma component for a language."""
    return LemmaMarker(language)


def load_pipeline(language: str) -> Pipeline:
    """Return the pipeline that needs no trained model: word tokens, sentences, keys, lemmas."""
    config = {"nlp": {"tokenizer": {"@tokenizers": "qualcode.words.v1"}}}
    nlp = spacy.blank(language, config=config)
    add_sentences(nlp)
    add_lemmas(nlp, language)
    nlp.max_length = MAX_LENGTH
    return nlp


def add_sentences(nlp: Pipeline) -> None:
    """Put our sentences first: a parser and a finder of names keep within them."""
    nlp.add_pipe(SENTENCES, first=True)


def add_lemmas(nlp: Pipeline, language: str) -> None:
    """Put our keys and lemmas last: a trained component reads ``NORM`` before they change it."""
    nlp.add_pipe(LEMMAS, last=True, config={"language": language})
