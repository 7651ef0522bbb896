"""Reach in numbers and in words."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InvalidValueError, UnknownNameError
from qualcode.model import CountWords, FrozenMap, LocalText, Participation, Reach
from qualcode.themes import COUNT_WORDS, collect_reach, count_in_words

TEXTS = {
    "U1": "I: why?\nR: [we lost hours|work/pressure] and [more hours|work/pressure] here",
    "U2": "I: why?\nR: [my friends|work] always",
    "U3": "R: nothing",
    "P1": "R: [they lose hours|work/pressure]",
}


def test_reach_counts_each_case_once_and_words_by_share(study: Any, book: Any) -> None:
    """By hand: pressure in u1 and p1. Users' words: U1 3 + 1 + 2 + 1 = 7 (the question is the
    interviewer's), U2 3, U3 1: 11; coded 3 + 2 = 5. Professionals 3 of 3. All: 8 of 14.
    """
    made = study(TEXTS, book("work", "work/pressure"), users="U1 U2 U3", professionals="P1")
    reaches = collect_reach(*made.parts)["work/pressure"]
    assert reaches == (
        Reach("", 2, 4, 3, 8 / 14),
        Reach("users", 1, 3, 2, 5 / 11),
        Reach("professionals", 1, 1, 1, 1.0),
    )


def test_a_coded_question_reaches_nobody(study: Any, book: Any) -> None:
    made = study({"U1": "I: [hard|a] work?\nR: no"}, book("a"), users="U1")
    assert [one.cases for one in collect_reach(*made.parts)["a"]] == [0, 0]


def test_a_code_has_the_codings_of_the_codes_below_it(study: Any, book: Any) -> None:
    made = study(TEXTS, book("work", "work/pressure"), users="U1 U2 U3", professionals="P1")
    total = collect_reach(*made.parts)["work"][0]
    assert (total.cases, total.of, total.codings) == (3, 4, 4)


def test_a_group_that_was_not_asked_has_no_total_and_stays_out_of_all(
    study: Any, book: Any
) -> None:
    """P1 brings it up unasked: its own line says so, "all" is 1 of the 3 users."""
    codebook = book("work @ users", "work/pressure @ users")
    made = study(TEXTS, codebook, users="U1 U2 U3", professionals="P1")
    reaches = collect_reach(*made.parts)["work/pressure"]
    assert [(r.group, r.cases, r.of) for r in reaches] == [
        ("", 1, 3),
        ("users", 1, 3),
        ("professionals", 1, None),
    ]


@pytest.mark.parametrize(
    ("entries", "asked"),
    [
        (("a", "a/b @ users"), False),
        (("a @ users", "a/b"), False),
        (("a @ users", "a/b @ professionals"), True),
        (("a", "a/b"), True),
        (("a", "a/b @ users", "a/c"), True),
    ],
)
def test_a_theme_was_asked_where_one_of_its_codes_was(
    study: Any, book: Any, entries: tuple[str, ...], asked: bool
) -> None:
    made = study({"P1": "R: words"}, book(*entries), professionals="P1")
    reach = collect_reach(*made.parts)["a"][1]
    assert reach.of == (1 if asked else None)


def test_nobody_was_asked(study: Any, book: Any) -> None:
    made = study({"P1": "R: words"}, book("a @ users"), professionals="P1")
    assert collect_reach(*made.parts)["a"][0].of is None


def test_a_transcript_without_a_case_counts_among_codings_and_words_only(
    study: Any, book: Any
) -> None:
    """By hand: the pilot's 2 of 2 words and U3's 0 of 1: 2 of 3 words; no case of 1."""
    made = study({"U3": "R: nothing", "pilot": "R: [so much|a]"}, book("a"), users="U3")
    assert collect_reach(*made.parts)["a"][0] == Reach("", 0, 1, 1, 2 / 3, unattributed=1)


def test_a_case_without_a_given_transcript_is_not_counted(study: Any, book: Any) -> None:
    made = study({"U1": "R: [so|a]"}, book("a"), users="U1 U9")
    assert collect_reach(*made.parts)["a"][1].of == 1


def test_two_cases_of_whom_nobody_said_who_speaks_have_no_reach(study: Any, book: Any) -> None:
    """One passage of one of two people: never 2 of 2."""
    made = study({"U1": "R: [so much|a]"}, book("a"), users="U1")
    second = replace(made.cases[0], name="partner", attributes=FrozenMap({"group": "partners"}))
    reaches = collect_reach(*replace(made, cases=(*made.cases, second)).parts)["a"]
    assert [(r.group, r.cases, r.of, r.unknown_cases, r.unattributed) for r in reaches] == [
        ("", 0, 0, 2, 1),
        ("users", 0, 0, 1, 0),
        ("partners", 0, 0, 1, 0),
    ]
    assert count_in_words(reaches[0]).text.in_language("en") == "not attributable to persons"


def test_a_passage_counts_for_the_cases_who_say_it(study: Any, book: Any) -> None:
    """R says a, P does not: 1 of 2. A passage over both counts as one coding and for both."""
    made = study({"U1": "R: [so much|a]\nP: no\nR: [yes\nP: right|b]"}, book("a", "b"), users="U1")
    (first,) = made.cases
    cases = tuple(
        replace(
            first,
            name=name,
            attributes=FrozenMap({"group": name}),
            participations=(Participation("U1", (label,)),),
        )
        for name, label in (("ann", "R"), ("ben", "P"))
    )
    reaches = collect_reach(*replace(made, cases=cases).parts)
    assert [(r.cases, r.of, r.codings) for r in reaches["a"]] == [(1, 2, 1), (1, 1, 1), (0, 1, 0)]
    assert [(r.cases, r.of, r.codings) for r in reaches["b"]] == [(2, 2, 1), (1, 1, 1), (1, 1, 1)]
    shares = [reach.words_share for reach in reaches["a"]]
    assert shares == [2 / 5, 2 / 3, 0.0]


def test_codings_of_transcripts_that_are_not_given_are_left_out(study: Any, book: Any) -> None:
    made = study({"U1": "R: [so|a]", "U2": "R: [so|a]"}, book("a"), users="U1 U2")
    reach = collect_reach(*replace(made, transcripts=made.transcripts[:1]).parts)["a"][0]
    assert (reach.cases, reach.of, reach.codings) == (1, 1, 1)


def test_a_word_coded_twice_counts_once(study: Any, book: Any) -> None:
    made = study({"U1": "R: [so much|a, b] talk about it"}, book("a", "b", "c"), users="U1")
    overlapping = (*made.codings, *made.codings)
    reaches = collect_reach(overlapping, *made.parts[1:])
    assert reaches["a"][0].words_share == pytest.approx(2 / 5)


def test_silent_respondents_have_no_share(study: Any, book: Any) -> None:
    made = study({"U1": "I: hello?"}, book("a"), users="U1")
    assert collect_reach(*made.parts)["a"][0].words_share is None


def test_a_code_outside_the_book_is_refused_by_name(study: Any, book: Any) -> None:
    made = study({"U1": "R: [so|work/presure]"}, book("work", "work/pressure"))
    with pytest.raises(UnknownNameError, match="Did you mean 'work/pressure'"):
        collect_reach(*made.parts)


@pytest.mark.parametrize(
    ("cases", "of", "nl", "en"),
    [
        (0, 10, "geen", "none"),
        (1, 10, "één respondent", "one respondent"),
        (1, 1, "één respondent", "one respondent"),
        (2, 10, "twee", "two"),
        (3, 12, "enkele", "a few"),
        (4, 12, "sommige", "some"),
        (6, 12, "sommige", "some"),
        (7, 12, "verschillende", "several"),
        (9, 12, "verschillende", "several"),
        (10, 12, "de meeste", "most"),
        (12, 12, "alle respondenten", "all"),
        (0, None, "niet gevraagd", "not asked"),
    ],
)
def test_counts_in_words_follow_the_table(cases: int, of: int | None, nl: str, en: str) -> None:
    text = count_in_words(Reach("", cases, of)).text
    assert (text["nl"], text["en"]) == (nl, en)


def test_what_a_group_brings_up_unasked_is_said() -> None:
    text = count_in_words(Reach("professionals", 3, None)).text
    assert text["en"] == "not asked, brought up (3)"


@given(of=st.integers(3, 400), data=st.data())
def test_words_change_exactly_at_a_quarter_a_half_and_three_quarters(
    of: int, data: st.DataObject
) -> None:
    cases = data.draw(st.integers(3, of))
    text = count_in_words(Reach("", cases, of)).text["en"]
    if cases == of:
        expected = "all"
    elif 4 * cases <= of:
        expected = "a few"
    elif 2 * cases <= of:
        expected = "some"
    elif 4 * cases <= 3 * of:
        expected = "several"
    else:
        expected = "most"
    assert text == expected


@given(of=st.integers(0, 80), data=st.data())
def test_no_percentage_below_thirty_cases(of: int, data: st.DataObject) -> None:
    cases = data.draw(st.integers(0, of))
    percentage = count_in_words(Reach("", cases, of)).percentage
    assert percentage == (100 * cases / of if of >= 30 else None)


def test_a_project_may_change_the_words() -> None:
    words = CountWords(
        none=LocalText({"nl": "niemand"}),
        exact=FrozenMap({3: LocalText({"nl": "drie"})}),
        shares=((Fraction(1, 3), LocalText({"nl": "een derde"})),),
        beyond=LocalText({"nl": "veel"}),
        every=LocalText({"nl": "iedereen"}),
        not_asked=LocalText({"nl": "-"}),
        unasked=LocalText({"nl": "- ({cases})"}),
        no_cases=LocalText({"nl": "?"}),
    )
    counts = [(0, 9), (3, 9), (2, 9), (4, 9), (9, 9), (0, None), (1, None), (0, 0)]
    said = [count_in_words(Reach("", n, of), words).text["nl"] for n, of in counts]
    assert said == ["niemand", "drie", "een derde", "veel", "iedereen", "-", "- (1)", "?"]


@pytest.mark.parametrize("limits", [(Fraction(1, 2), Fraction(1, 4)), (Fraction(1),)])
def test_a_table_whose_shares_do_not_rise_cannot_exist(limits: tuple[Fraction, ...]) -> None:
    word = LocalText({"nl": "x"})
    with pytest.raises(InvalidValueError, match="must rise"):
        CountWords(
            none=word,
            exact=COUNT_WORDS.exact,
            shares=tuple((limit, word) for limit in limits),
            beyond=word,
            every=word,
            not_asked=word,
            unasked=word,
            no_cases=word,
        )
