"""The spaCy pipeline: the blank one of every installation, and a trained one if there is any."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy

from qualcode.language import load_language
from qualcode.language.loading import Language
from qualcode.language.pipeline import load_pipeline
from qualcode.language.tokens import words
from trained_stub import installed_stub

TEXT = (
    "’s Avonds ging ik met m'n collega's (van [werk]) uit; “Kom!” zei ze… knock-out. "
    "En/of XTC_pillen, 2,5 gram. 🙂🙂 Ja... nou, dr. Jansen (lacht)."
)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en", "de", "fr"])
def test_every_language_has_words_sentences_and_lemmas(language: str) -> None:
    doc = load_pipeline(language)("Das ist gut. That is it! C'est bon?")
    assert len(list(doc.sents)) == 3
    assert all(token.lemma_ and token.norm_ for token in doc)


def test_the_pipeline_knows_the_same_words_as_the_plain_tokenizer() -> None:
    doc = load_language("nl").pipeline(TEXT)
    assert [t.text for t in doc if any(map(str.isalnum, t.text))] == words(TEXT)
    assert doc.text == TEXT


def test_the_pipeline_gives_the_same_lemmas_as_the_language() -> None:
    language = load_language("nl")
    doc = language.pipeline(TEXT)
    lemmas = [t.lemma_ for t in doc if any(map(str.isalnum, t.text))]
    assert tuple(lemmas) == language.lemmas(TEXT)


@pytest.mark.parametrize("text", ["", " ", "🙂", "\n\n", "...", "a" * 200_000])
def test_odd_texts_pass_through(text: str) -> None:
    assert load_language("nl").pipeline(text).text == text


@pytest.fixture
def trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    with installed_stub(tmp_path, monkeypatch):
        yield Language("nl")


def test_an_installed_model_is_used_beside_our_lemmas(trained: Language) -> None:
    doc = trained.pipeline("De dealers kwamen… eh, later. Klaar.")
    assert "attribute_ruler" in trained.pipeline.pipe_names
    assert (doc[1].lemma_, doc[1].norm_) == ("handelaar", "dealer")


def test_our_sentences_come_before_the_models_own_pieces(trained: Language) -> None:
    assert trained.pipeline.pipe_names[0] == "qualcode_sentences"
    assert len(list(trained.pipeline("De dealers kwamen… eh, later. Klaar.").sents)) == 2


def test_the_description_says_that_the_model_is_in_use(trained: Language) -> None:
    piece = trained.describe()[-1]
    assert (piece.name, piece.version, piece.in_use) == ("nl_core_news_sm", "3.8.0", True)


@pytest.mark.skipif(spacy.util.is_package("nl_core_news_sm"), reason="the real model is there")
def test_the_description_says_what_a_missing_model_would_add() -> None:
    piece = load_language("nl").describe()[-1]
    assert (piece.in_use, piece.version) == (False, "")
    assert "README" in piece.adds


@pytest.mark.skipif(not spacy.util.is_package("nl_core_news_sm"), reason="needs nl_core_news_sm")
def test_the_real_model_gives_parts_of_speech() -> None:
    doc = load_pipeline("nl")("Ik kocht het bij een dealer in Utrecht.")
    assert doc[5].pos_ == "NOUN"


def test_every_piece_says_what_it_adds() -> None:
    assert all(piece.adds and piece.name for piece in load_language("en").describe())
