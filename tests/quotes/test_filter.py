"""Quotes are asked for by name; a name that does not exist is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from qualcode.errors import UnknownNameError
from qualcode.model import Case, Codebook, Coding, QuoteFilter, QuoteSection, Transcript
from qualcode.quotes import collect_quotes, select_quotes

Make = Callable[..., Coding]
Texts = tuple[Transcript, ...]
Cases = tuple[Case, ...]


Select = Callable[..., tuple[QuoteSection, ...]]


@pytest.fixture
def select(coding: Make, codebook: Codebook, transcripts: Texts, cases: Cases) -> Select:
    """Return a function that selects from four quotes."""
    codings = [
        coding("U1", "Via vrienden"),
        coding("U2", "Ik bel"),
        coding("P1", "makkelijk", coder="Bram"),
        coding("U2", "iemand", "motives"),
    ]
    sections = collect_quotes(codings, codebook, transcripts, cases, chosen={codings[0].id})

    def select(**wish: Any) -> tuple[QuoteSection, ...]:
        return select_quotes(sections, QuoteFilter(**wish), codebook, transcripts, cases)

    return select


@pytest.mark.parametrize(
    ("wish", "texts"),
    [
        ({}, ["Via vrienden", "Ik bel", "makkelijk", "iemand"]),
        ({"theme": "motives"}, ["iemand"]),
        ({"code": "influences"}, ["Via vrienden", "Ik bel", "makkelijk"]),
        ({"code": "influences/others"}, []),
        ({"group": "users", "code": "influences"}, ["Via vrienden", "Ik bel"]),
        ({"case": "G2"}, ["Ik bel", "iemand"]),
        ({"round": ""}, ["Via vrienden", "Ik bel", "makkelijk", "iemand"]),
        ({"transcript": "U1"}, ["Via vrienden"]),
        ({"chosen_only": True}, ["Via vrienden"]),
    ],
)
def test_wishes_narrow_the_quotes(select: Select, wish: dict[str, str], texts: list[str]) -> None:
    kept = select(**wish)
    assert [quote.text for section in kept for quote in section.quotes] == texts
    assert all(section.quotes for section in kept)


@pytest.mark.parametrize(
    ("wish", "hint"),
    [
        ({"theme": "motive"}, "motives"),
        ({"theme": "influences/others"}, "influences"),
        ({"code": "influences/availabilty"}, "influences/availability"),
        ({"group": "user"}, "users"),
        ({"case": "X"}, "There is: G1, G2, P1"),
        ({"round": "r9"}, "none yet"),
        ({"transcript": "U9"}, "U"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(
    select: Select, wish: dict[str, str], hint: str
) -> None:
    with pytest.raises(UnknownNameError, match=hint):
        select(**wish)
