"""Both languages have all words, with the same blanks to fill in."""

from string import Formatter

import pytest

from qualcode.exporting.reasons import said_in
from qualcode.exporting.words import LANGUAGES, WORDS, Words


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_a_word_is_complete(key: str) -> None:
    texts = WORDS[key]
    assert len(texts) == len(LANGUAGES)
    assert all(text.strip() for text in texts)
    assert _blanks(texts[0]) == _blanks(texts[1])


def test_one_is_told_from_many() -> None:
    assert Words("nl").count("quote", 1) == "1 citaat"
    assert Words("en").count("quote", 0) == "0 quotes"


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("neither coder used this code", "geen van beide codeurs gebruikte deze code"),
        ("Bram never used this code.", "Bram gebruikte deze code nooit."),
        (
            (
                "High observed agreement (0.97) with a low kappa (-0.01): the code is rare or "
                "nearly everywhere, so read positive agreement beside it."
            ),
            (
                "Veel waargenomen overeenstemming (0,97) en toch een lage kappa (-0,01): de "
                "code is zeldzaam of juist heel gewoon. Lees de positieve overeenstemming erbij."
            ),
        ),
        (
            "too few interviews: 3, where a base of 4 and a run of 2 need at least 6",
            "te weinig interviews: 3, waar een basis van 4 en een reeks van 2 nodig zijn",
        ),
        ("respondents' turns", "beurten van respondenten"),
        ("something new", "something new"),
    ],
)
def test_figures_speak_dutch_in_a_dutch_document(english: str, dutch: str) -> None:
    assert said_in(english, "nl") == dutch
    assert said_in(english, "en") == english
