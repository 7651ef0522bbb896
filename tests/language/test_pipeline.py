"""The spaCy pipeline that every installation has."""

from __future__ import annotations

import pytest
import spacy

from qualcode.language import load_language
from qualcode.language.pipeline import load_pipeline
from qualcode.language.tokens import words

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


@pytest.mark.skipif(spacy.util.is_package("nl_core_news_sm"), reason="the real model is there")
def test_the_description_says_what_a_missing_model_would_add() -> None:
    piece = load_language("nl").describe()[-1]
    assert (piece.in_use, piece.version) == (False, "")
    assert "README" in piece.adds


def test_every_piece_says_what_it_adds() -> None:
    assert all(piece.adds and piece.name for piece in load_language("en").describe())
