"""What a trained model says about a text: lemmas, noun phrases, names.

Owns which components of the model each annotation needs. Each has a pipeline of its own, loaded
when it is first read, and analyses a text once: a scan for names reads no lemmas, and suggestions
read no names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.attrs import IDX, LEMMA, LENGTH, ORTH, SENT_START, SPACY
from spacy.tokens import Doc

from qualcode.language.cache import ResultCache
from qualcode.language.models import MODELS
from qualcode.language.pipeline import (
    LEMMAS,
    MAX_LENGTH,
    SENTENCES,
    add_lemmas,
    add_sentences,
)
from qualcode.language.tokens import TextWords

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

Range = tuple[int, int]
"""Start and end in a text, in code points."""
Entity = tuple[int, int, str]
"""Start, end and label of a named entity."""
TokenTable = NDArray[np.uint64]
"""One row per token: hash of its form, whether a space follows, hash of its lemma."""


class Annotation(Enum):
    """What is read of a trained model."""

    LEMMAS = "lemmas"
    NOUN_PHRASES = "noun phrases"
    NAMES = "names"


_TAGGERS = frozenset({"tagger", "morphologizer", "attribute_ruler"})
# A rule lemmatizer reads parts of speech, and noun phrases are made of them: the taggers stay for
# both. Sentences are ours, so "senter" is never needed.
_UNREAD = {
    Annotation.LEMMAS: frozenset({"parser", "senter", "ner"}),
    Annotation.NOUN_PHRASES: frozenset({"senter", "ner", "lemmatizer"}),
    Annotation.NAMES: _TAGGERS | {"parser", "senter", "lemmatizer"},
}
_CHUNK = 20_000
"""Characters that go through the model together: bounds the memory that its layers need."""


def load_model(language: str, annotation: Annotation) -> Pipeline:
    """Return the trained model of a language with the components that one annotation needs."""
    nlp = spacy.load(MODELS[language], exclude=_UNREAD[annotation])
    vectors: Any = nlp.get_pipe("tok2vec") if "tok2vec" in nlp.pipe_names else None
    if vectors is not None and not vectors.listening_components:
        # the small models give "ner" vectors of its own, so no component reads the shared ones
        nlp.remove_pipe("tok2vec")
    add_sentences(nlp)
    if annotation is Annotation.LEMMAS:
        add_lemmas(nlp, language)
    nlp.max_length = MAX_LENGTH
    return nlp


class Annotator:
    """The trained model of one language.

    Args:
        language: Language code; its model must be installed.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._pipelines: dict[Annotation, Pipeline] = {}
        self._lemmas = ResultCache(self._find_lemmas)
        self._names = ResultCache(self._find_names)
        self._noun_phrases = ResultCache(self._find_noun_phrases)

    def pipeline(self, annotation: Annotation) -> Pipeline:
        """Return the pipeline that makes an annotation, loaded when first asked for."""
        if annotation not in self._pipelines:
            self._pipelines[annotation] = load_model(self._language, annotation)
        return self._pipelines[annotation]

    def doc_of(self, texts: Sequence[str], separator: str) -> Doc:
        """Return texts as one document with sentences, keys in ``NORM`` and lemmas in ``LEMMA``.

        Each text is analysed by itself, so that its lemmas do not depend on its neighbours.

        Args:
            texts: The texts; one without words gives no tokens.
            separator: White space between two texts in the document.
        """
        nlp = self.pipeline(Annotation.LEMMAS)
        gap = np.array([[nlp.vocab.strings.add(separator), 0, 0]], dtype=np.uint64)
        tables = [table for tokens in self._lemmas.results_of(texts) for table in (tokens, gap)]
        table = np.concatenate(tables[:-1] or [gap[:0]])
        forms = [nlp.vocab.strings[form] for form in table[:, 0].tolist()]
        doc = Doc(nlp.vocab, words=forms, spaces=table[:, 1].astype(bool).tolist())
        lemmas: Any = table[:, 2:]
        if len(doc):
            doc.from_array([LEMMA], lemmas)
        for name in (SENTENCES, LEMMAS):
            doc = nlp.get_pipe(name)(doc)
        return doc

    def words_of(self, text: str) -> TextWords:
        """Return the words and marks of a text, with our keys and sentences and its lemmas."""
        doc = self.doc_of([text], " ")
        table: Any = doc.to_array([IDX, LENGTH, SENT_START]).astype(np.int64).reshape(-1, 3)
        starts = table[:, 0]
        return TextWords(
            tuple(starts.tolist()),
            tuple((starts + table[:, 1]).tolist()),
            tuple([token.norm_ for token in doc]),
            tuple([token.lemma_ for token in doc]),
            tuple(np.maximum(np.cumsum(table[:, 2] == 1) - 1, 0).tolist()),
        )

    def names_in(self, text: str) -> tuple[Entity, ...]:
        """Return the named entities of a text."""
        return self._names.results_of([text])[0]

    def noun_phrases_in(self, text: str) -> tuple[Range, ...] | None:
        """Return the places of the noun phrases in a text; None where the model has no parser."""
        return self._noun_phrases.results_of([text])[0]

    def _find_lemmas(self, texts: Sequence[str]) -> Iterator[TokenTable]:
        nlp = self.pipeline(Annotation.LEMMAS)
        for chunk in _chunks(texts):
            # sentences and keys are cheaper for all texts together, so doc_of adds them
            docs = nlp.pipe(chunk, batch_size=len(chunk), disable=[SENTENCES, LEMMAS])
            for doc in docs:
                yield doc.to_array([ORTH, SPACY, LEMMA]).astype(np.uint64).reshape(-1, 3)

    def _find_names(self, texts: Sequence[str]) -> Iterator[tuple[Entity, ...]]:
        for doc in self.pipeline(Annotation.NAMES).pipe(texts, batch_size=1):
            yield tuple((ent.start_char, ent.end_char, ent.label_) for ent in doc.ents)

    def _find_noun_phrases(self, texts: Sequence[str]) -> Iterator[tuple[Range, ...] | None]:
        for doc in self.pipeline(Annotation.NOUN_PHRASES).pipe(texts, batch_size=1):
            if doc.has_annotation("DEP"):
                yield tuple((chunk.start_char, chunk.end_char) for chunk in doc.noun_chunks)
            else:
                yield None


def _chunks(texts: Sequence[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for text in texts:
        if chunk and size + len(text) > _CHUNK:
            yield chunk
            chunk, size = [], 0
        chunk.append(text)
        size += len(text)
    if chunk:
        yield chunk
