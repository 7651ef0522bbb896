"""A small study: three interviews, two groups, two coders."""

import re
from collections.abc import Callable

import pytest

from qualcode.model import (
    Case,
    Code,
    Codebook,
    Coding,
    FrozenMap,
    LocalText,
    Participation,
    Role,
    Span,
    Speaker,
    Transcript,
    Turn,
)

MakeCoding = Callable[..., Coding]

TEXTS = {
    "U1": "I: Waar koop je?\nR: Via vrienden, altijd via vrienden. Nooit op straat.",
    "U2": "I: En jij?\nR: Ik bel een nummer [lacht] en dan komt er iemand.",
    "P1": "I: Wat ziet u?\nR: Het is makkelijk te krijgen, zeggen ze.",
}


@pytest.fixture
def codebook() -> Codebook:
    return Codebook(
        "book",
        (
            Code("influences", LocalText({"nl": "Invloeden", "en": "Influences"})),
            Code("influences/others", LocalText({"nl": "De rol van anderen"})),
            Code("influences/availability", LocalText({"nl": "Verkrijgbaarheid"})),
            Code("motives"),
        ),
    )


@pytest.fixture
def transcripts() -> tuple[Transcript, ...]:
    return tuple(_transcript(name, text) for name, text in TEXTS.items())


def _transcript(name: str, text: str) -> Transcript:
    speakers = (Speaker("I", Role.INTERVIEWER), Speaker("R", Role.RESPONDENT))
    turns = tuple(
        Turn(number, line.group(1), Span(*line.span(2)), number * 1000)
        for number, line in enumerate(re.finditer(r"(?m)^(\w): (.*)$", text), start=1)
    )
    return Transcript(name, text, speakers, turns)


@pytest.fixture
def cases() -> tuple[Case, ...]:
    return (
        Case(
            "G1",
            FrozenMap({"group": "users", "sex": "vrouw", "age_band": "20-29"}),
            participations=Participation.in_each("U1"),
        ),
        Case(
            "G2",
            FrozenMap({"group": "users", "age_band": "30-39"}),
            participations=Participation.in_each("U2"),
        ),
        Case(
            "P1",
            FrozenMap({"group": "professionals", "sex": "man"}),
            participations=Participation.in_each("P1"),
        ),
    )


@pytest.fixture
def coding() -> MakeCoding:
    """Return a function that codes words of a transcript."""

    def make(
        name: str, words: str, code: str = "influences/availability", coder: str = "Anna"
    ) -> Coding:
        start = TEXTS[name].index(words)
        span = Span(start, start + len(words))
        return Coding(f"{name}-{start}-{code}-{coder}", name, span, words, code, coder)

    return make
