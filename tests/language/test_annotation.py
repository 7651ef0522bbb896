"""A genuine trained model: what is left out of it changes nothing of what is read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import spacy
from spacy.language import Language as Pipeline

from genuine_model import NAME, VERSION, installed_model
from qualcode import study
from qualcode.language.annotation import Annotation, Annotator
from qualcode.language.languages import Language
from qualcode.model import Transcript
from qualcode.project import read_transcript
from qualcode.segmenting import cut_sentences

CARTS = "Wij zagen les chevaux bij Jan Jansen in Utrecht. En toen… niets."


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Language]:
    with installed_model(tmp_path_factory.mktemp("site")):
        yield Language("nl")


@pytest.fixture(scope="module")
def interview() -> Transcript:
    return read_transcript(study.transcripts()[0]).transcript


@pytest.fixture(scope="module")
def sentences(interview: Transcript) -> list[str]:
    return [sentence.span.of(interview.text) for sentence in cut_sentences(interview)]


@pytest.fixture(scope="module")
def whole(trained: Language) -> Pipeline:
    """The model with every component it comes with, and our sentences."""
    assert trained.has_model
    nlp = spacy.load(NAME)
    nlp.add_pipe("qualcode_sentences", first=True)
    return nlp


def test_the_model_loads_and_gives_its_lemmas_with_our_keys(trained: Language) -> None:
    token = trained.doc_of([CARTS], "\n\n")[3]
    assert (token.text, token.lemma_, token.norm_) == ("chevaux", "cheval", "chevaux")


def test_lemmas_are_those_of_the_whole_model(
    trained: Language, whole: Pipeline, sentences: list[str]
) -> None:
    doc = trained.doc_of(sentences, "\n\n")
    lemmas = [(token.text, token.lemma_) for token in doc if token.text != "\n\n"]
    docs = whole.pipe(sentences)
    assert lemmas == [(token.text, token.lemma_) for doc in docs for token in doc]


def test_names_are_those_of_the_whole_model(
    trained: Language, whole: Pipeline, interview: Transcript
) -> None:
    for text in (interview.text, CARTS):
        entities = tuple((e.start_char, e.end_char, e.label_) for e in whole(text).ents)
        assert entities
        assert trained.names_in(text) == entities


def test_noun_phrases_are_those_of_the_whole_model(
    trained: Language, whole: Pipeline, interview: Transcript
) -> None:
    for turn in interview.turns[:20]:
        text = turn.span.of(interview.text)
        chunks = tuple((c.start_char, c.end_char) for c in whole(text).noun_chunks)
        assert trained.noun_phrases_in(text) == chunks


def test_a_text_has_the_same_lemmas_whatever_stands_next_to_it(
    trained: Language, sentences: list[str]
) -> None:
    alone = [[t.lemma_ for t in trained.doc_of([text], "\n\n")] for text in sentences[:20]]
    together = Language("nl").doc_of(sentences[:20], "\n\n")
    joined = [t.lemma_ for t in together if t.text != "\n\n"]
    assert joined == [lemma for lemmas in alone for lemma in lemmas]


@pytest.mark.parametrize(
    ("annotation", "absent"),
    [
        (Annotation.LEMMAS, {"parser", "ner", "senter"}),
        (Annotation.NOUN_PHRASES, {"lemmatizer", "ner", "senter"}),
        (Annotation.NAMES, {"tok2vec", "morphologizer", "parser", "lemmatizer", "senter"}),
    ],
)
def test_components_that_nobody_reads_are_not_loaded(
    trained: Language, annotation: Annotation, absent: set[str]
) -> None:
    nlp = Annotator(trained.name).pipeline(annotation)
    assert not absent & {*nlp.component_names}


def test_the_document_holds_the_texts_and_their_separators(trained: Language) -> None:
    texts = [CARTS, "", " met spaties ", "🙂", CARTS]
    assert trained.doc_of(texts, "\n\n").text == "\n\n".join(texts)
    assert trained.doc_of([], "\n\n").text == ""


def test_sentences_are_ours_also_with_the_model(trained: Language) -> None:
    sentences = [sentence.text for sentence in trained.doc_of([CARTS], "\n\n").sents]
    assert sentences == ["Wij zagen les chevaux bij Jan Jansen in Utrecht.", "En toen… niets."]


def test_the_description_says_that_the_model_is_in_use(trained: Language) -> None:
    piece = trained.describe()[-1]
    assert (piece.name, piece.version, piece.in_use) == (NAME, VERSION, True)
