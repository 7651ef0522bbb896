"""An English interview: its people, places and employers are proposed, and little else."""

from __future__ import annotations

import pytest

from qualcode.project.name_places import rules_for
from qualcode.pseudonyms import propose_names, role_in

RULES = rules_for("en")
INTERVIEW = """\
Interviewer: Thanks for coming in, Margaret. How did you end up working nights?

Respondent: Well, I'm Margaret, and I started in January after Mum got ill. Dad was no help.

Interviewer: Where was that?

Respondent: At the big Tesco, then Amazon. Honestly, Amazon was worse. Monday to Friday, till six.
Christmas was hell. I lived on Red Bull and Mars bars. My friend Priya drove me in her Ford Fiesta.
Priya Shah, I mean. Sleep? Hardly any. Netflix till noon. English telly, American series, whatever.

Interviewer: And the kids?

Respondent: Tom's twelve. Grandma had them on Sundays. Kids notice everything. Will they forgive me?
Hope so. Mark my words, I said, by Easter I'm out. My Auntie Jean laughed. Mother's Day was grim.

Interviewer: And now?

Respondent: Now I do days in Leeds. Google Maps says forty minutes. Thank God for Spotify. Dr Patel
says my blood pressure is down. Universal Credit didn't help. Brexit, Covid, you name it. Okay then.
"""


@pytest.mark.slow
def test_people_places_and_employers_are_proposed_with_english_roles() -> None:
    proposals = propose_names({"text": INTERVIEW}, RULES)
    assert {p.text: p.replacement for p in proposals} == {
        "Margaret": "[person 1]",
        "Tesco": "[name 1]",
        "Amazon": "[name 2]",
        "Priya": "[friend 1]",
        "Priya Shah": "[friend 1]",
        "Tom": "[person 2]",
        "Jean": "[relative 1]",
        "Leeds": "[place 1]",
        "Patel": "[doctor 1]",
    }


def test_a_surname_that_says_who_somebody_is_stays_a_name() -> None:
    proposals = propose_names({"text": "Then Mr Judge came in, with Guy."}, RULES)
    assert {p.text for p in proposals} == {"Judge", "Guy"}


def test_a_name_that_a_product_has_too_stays_a_name() -> None:
    proposals = propose_names({"text": "I live with my sister Alexa and her son."}, RULES)
    assert {p.text for p in proposals} == {"Alexa"}


@pytest.mark.parametrize(
    ("language", "role", "word"),
    [
        ("nl", "vriend", "vriend"),
        ("en", "vriend", "friend"),
        ("de", "vriend", "friend"),
        ("en", "20-29 jaar", "20-29 years"),
        ("en", "mentor", "mentor"),
    ],
)
def test_a_role_is_in_the_language_of_the_study(language: str, role: str, word: str) -> None:
    assert role_in(language, role) == word
