"""Lemmas and words of spoken text."""

from __future__ import annotations

import unicodedata

import pytest
import simplemma

from qualcode.errors import UnknownNameError
from qualcode.language import known_languages, load_language


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Ik belde de dealers op.", ("ik", "bellen", "de", "dealer", "op")),
        ("’s Avonds bij m’n vrienden", ("'s", "avond", "bij", "mijn", "vriend")),
        ("_Nooit_ gedaan", ("nooit", "doen")),
        ("collega's, collega’s", ("collega", "collega")),
        ("Eén keer", ("één", "keer")),
        ("🙂 … — !", ()),
        ("", ()),
    ],
)
def test_lemmas_are_lower_case_and_leave_marks_out(text: str, lemmas: tuple[str, ...]) -> None:
    assert load_language("nl").lemmas(text) == lemmas


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en", "de", "fr"])
def test_the_word_lists_leave_signs_without_letters_as_they_are(language: str) -> None:
    """They are not asked about these."""
    signs = [chr(point) for point in range(1, 0x3000) if not chr(point).isalpha()]
    for form in (*signs, "...", "12", "1.5", "12:30", "2024-05-01", "😀"):
        normal = unicodedata.normalize("NFC", form).replace("’", "'").replace("‘", "'").lower()
        if not any(map(str.isalpha, normal)):
            assert simplemma.lemmatize(normal, lang=language) == normal, ascii(form)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "form", "lemma"),
    [("en", "dealers", "dealer"), ("de", "Häuser", "haus"), ("fr", "vendeurs", "vendeur")],
)
def test_other_languages_are_loaded_by_name(language: str, form: str, lemma: str) -> None:
    assert load_language(language).lemma(form) == lemma


def test_content_lemmas_leave_out_fillers_stop_words_and_notes() -> None:
    text = "Nou ja, eh, zeg maar de dealer [collega 1] (lacht) belde dus 24 keer, weet je wel."
    assert load_language("nl").content_lemmas(text) == ("dealer", "bellen", "keer")


def test_content_lemmas_keep_what_stands_in_ordinary_brackets() -> None:
    assert "Amsterdam".lower() in load_language("nl").content_lemmas("Ik woon (Amsterdam) daar.")


def test_tokens_point_at_the_words_they_came_from() -> None:
    text = "Zij kocht 😀 lijntjes."
    tokens = load_language("nl").tokens(text)
    assert [text[t.start : t.end] for t in tokens] == ["Zij", "kocht", "lijntjes"]


def test_a_language_is_loaded_once() -> None:
    assert load_language("nl") is load_language("nl")


def test_an_unknown_language_is_refused_naming_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"No language 'xx'.*de, en, fr, nl"):
        load_language("xx")


def test_the_languages_there_are() -> None:
    assert known_languages() == ("de", "en", "fr", "nl")
