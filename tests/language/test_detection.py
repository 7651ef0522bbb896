"""The language of a text by its function words: right, or not said."""

from __future__ import annotations

import pytest

from qualcode.language import FEWEST_WORDS, detect_language
from spoken import SPOKEN, UNKNOWN


@pytest.mark.parametrize("language", SPOKEN)
def test_an_interview_is_in_the_language_that_it_is_spoken_in(language: str) -> None:
    assert detect_language(SPOKEN[language]).language == language


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("size", [5, 10, 20, 30])
def test_no_part_of_it_is_taken_for_another_language(language: str, size: int) -> None:
    words = SPOKEN[language].split()
    parts = [" ".join(words[i : i + size]) for i in range(len(words) - size + 1)]
    assert {detect_language(part).language for part in parts} <= {language, ""}


@pytest.mark.parametrize("language", UNKNOWN)
def test_a_language_that_is_not_known_is_not_guessed(language: str) -> None:
    assert detect_language(UNKNOWN[language]).language == ""


def test_a_short_answer_is_not_judged() -> None:
    guess = detect_language("Yes, that was fun, we had a really good time.")
    assert guess.language == ""
    assert guess.words < FEWEST_WORDS


def test_notes_of_the_transcriber_are_no_speech() -> None:
    note = "[hij lacht en zegt dan dat het wel meeviel] "
    assert detect_language(note * 30 + SPOKEN["en"]).language == "en"


@pytest.mark.parametrize("text", ["", "12 345 06", "\U0001f600 " * 40, "\u0301\x0b\r\n", "😀👩‍👧"])
def test_a_text_without_words_has_no_language(text: str) -> None:
    assert detect_language(text).language == ""


def test_english_words_in_dutch_speech_do_not_make_it_english() -> None:
    dutch = SPOKEN["nl"].replace("gewoon", "gewoon like").replace("gezellig", "nice you know")
    assert detect_language(dutch).language == "nl"
