"""Two coders on interviews: counts, figures, disagreements, agreed passages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hypothesis_examples import examples
from qualcode.agreement import agreed_codings, collect_disagreements, compare_coders
from qualcode.errors import InvalidValueError, UndefinedRequestError, UnknownNameError
from qualcode.model import (
    Coding,
    Coefficient,
    DisagreementKind,
    Role,
    Segment,
    SegmentKind,
    Span,
    Speaker,
    Transcript,
    Turn,
)
from studies import BOOK, CODERS, coded, coding_study, interview

ONE = interview(
    "P01", "I: how old are you", "R: I am thirty", "R: I work at night", "R: it is fun", "R: well"
)


def both(*made: tuple[str, str]) -> list[Coding]:
    return [coded(ONE, coder, *one) for coder in CODERS for one in made]


def test_counts_are_of_respondents_turns() -> None:
    """Two of four respondents' turns get a code; the interviewer's turn is not a unit."""
    codings = [
        *both(("thirty", "who/age")),
        coded(ONE, "anna", "fun", "why/fun"),
        coded(ONE, "bram", "how old", "why/fun"),
    ]
    report = compare_coders(coding_study([ONE], codings))
    age, fun = report.code("who/age"), report.code("why/fun")
    assert (age.both, age.only_a, age.only_b, age.neither) == (1, 0, 0, 3)
    assert (fun.both, fun.only_a, fun.only_b, fun.neither) == (0, 1, 0, 3)
    assert report.units == 4
    assert age.figure("kappa").value == age.figure("positive_agreement").value == 1
    assert report.codebook_version == 3


def test_words_of_the_description_name_everything_compared() -> None:
    report = compare_coders(coding_study([ONE], both(("fun", "why/fun"))))
    for part in ("4 respondents' turns", "1 transcript (P01)", "anna", "bram", "interviewers"):
        assert part in report.description
    assert any("says little of others" in warning for warning in report.warnings)


def test_a_code_nobody_used_has_no_figures_but_a_reason() -> None:
    row = compare_coders(coding_study([ONE], both(("fun", "why/fun")))).code("why/habit")
    assert (
        row.figure("kappa").value
        is row.figure("alpha").value
        is row.figure("positive_agreement").value
        is None
    )
    assert row.figure("kappa").undefined_because == "neither coder used this code"
    assert row.figure("kappa").observed == row.observed == 1


def test_a_code_on_every_unit_has_no_kappa() -> None:
    passages = [("thirty", "why"), ("night", "why"), ("fun", "why"), ("well", "why")]
    row = compare_coders(coding_study([ONE], both(*passages))).code("why")
    assert row.figure("kappa").value is None
    assert "nothing varies" in str(row.figure("kappa").undefined_because)
    assert row.figure("positive_agreement").value == 1


def test_no_transcripts_give_undefined_figures_not_errors() -> None:
    report = compare_coders(coding_study([], []))
    assert report.units == 0
    assert all(f.undefined_because == "there are no units to compare" for f in report.overall)


def test_themes_take_their_codes_together() -> None:
    """Sibling codes on one unit disagree per code and agree per theme."""
    codings = [coded(ONE, "anna", "fun", "why/fun"), coded(ONE, "bram", "fun", "why/habit")]
    report = compare_coders(coding_study([ONE], codings), level="theme")
    assert report.code("why/fun").both == 0
    assert report.code("why").both == 1
    assert report.code("why").figure("kappa").value == 1
    assert report.figure("alpha_masi").value == 1


def test_transcripts_that_one_coder_left_alone_are_left_out_and_named() -> None:
    other = interview("P02", "R: only one read this")
    codings = [*both(("fun", "why/fun")), coded(other, "anna", "read", "why/habit")]
    report = compare_coders(coding_study([ONE, other], codings))
    assert report.transcripts == ("P01",)
    assert report.left_out == ("P02",)
    assert "P02" in report.warnings[0]


def test_a_transcript_without_respondents_has_no_units_and_is_named() -> None:
    silent = interview("P03", "I: only questions here")
    codings = [*both(("fun", "why/fun")), *(coded(silent, c, "here", "why") for c in CODERS)]
    report = compare_coders(coding_study([ONE, silent], codings))
    assert report.units == 4
    assert "P03" in report.warnings[0]


def test_withdrawn_codings_and_other_coders_do_not_count() -> None:
    gone = coded(ONE, "anna", "night", "who/work", withdrawn_at=datetime(2024, 1, 1, tzinfo=UTC))
    other = coded(ONE, "consensus", "night", "who/work")
    codings = [*both(("fun", "why/fun")), gone, other]
    report = compare_coders(coding_study([ONE], codings))
    assert report.code("who/work").only_a == 0
    assert collect_disagreements(coding_study([ONE], codings)) == ()


def test_a_coding_of_white_space_around_a_unit_gives_it_no_code() -> None:
    text = "R: one two\n\n"
    transcript = Transcript(
        "P", text, (Speaker("R", Role.RESPONDENT),), (Turn(1, "R", Span(3, 12)),)
    )
    space = Coding("x", "P", Span(10, 12), "\n\n", "why", "anna")
    word = Coding("y", "P", Span(3, 6), "one", "who", "anna")
    mine = Coding("z", "P", Span(3, 6), "one", "who", "bram")
    report = compare_coders(coding_study([transcript], [space, word, mine]))
    assert report.code("why").only_a == 0


def test_segments_can_be_the_units_and_interviewers_words_in_them_do_not_count() -> None:
    """An answer holds its question; a coding of the question alone gives it no code."""
    answer = Segment("P01", SegmentKind.ANSWER, Span(0, len(ONE.text)), (1, 2, 3, 4))
    codings = [*both(("fun", "why/fun")), coded(ONE, "anna", "how old", "who/age")]
    report = compare_coders(coding_study([ONE], codings, segments=[answer]))
    assert report.units == 1
    assert report.unit == "respondents' answers"
    assert report.code("who/age").only_a == 0


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"coders": ("anna", "anna")}, UndefinedRequestError, "twice"),
        ({"coders": ("anna",)}, UndefinedRequestError, "two coders"),
        ({"level": "word"}, InvalidValueError, "'word'"),
        (
            {
                "segments": [
                    Segment("P01", SegmentKind.TURN, Span(0, 9), (1,)),
                    Segment("P01", SegmentKind.TURN, Span(5, 19), (1,)),
                ]
            },
            InvalidValueError,
            "overlap",
        ),
        (
            {
                "segments": [
                    Segment("P01", SegmentKind.TURN, Span(0, 9), (1,)),
                    Segment("P01", SegmentKind.ANSWER, Span(9, 19), (1,)),
                ]
            },
            InvalidValueError,
            "several kinds",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(
    change: dict[str, Any], error: type[Exception], says: str
) -> None:
    asked = {"coders": CODERS} | change
    level = asked.pop("level", "code")
    with pytest.raises(error, match=says):
        compare_coders(coding_study([ONE], both(("fun", "why/fun")), **asked), level=level)


def test_a_code_that_is_not_in_the_book_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="why/fum"):
        compare_coders(coding_study([ONE], both(("fun", "why/fum"))))


def test_full_agreement_leaves_no_disagreement() -> None:
    codings = both(("fun", "why/fun"), ("thirty", "who/age"))
    assert collect_disagreements(coding_study([ONE], codings)) == ()


def test_a_passage_of_one_coder_was_missed_by_the_other() -> None:
    codings = [*both(("fun", "why/fun")), coded(ONE, "bram", "thirty", "who/age")]
    (found,) = collect_disagreements(coding_study([ONE], codings))
    assert found.kind is DisagreementKind.MISSED
    assert (found.code, found.codings_a, found.codings_b[0].coder) == ("who/age", (), "bram")


@pytest.mark.parametrize(("theirs", "same"), [("why/habit", True), ("who/work", False)])
def test_another_code_on_the_same_words_is_one_disagreement(theirs: str, same: bool) -> None:
    codings = [coded(ONE, "anna", "is fun", "why/fun"), coded(ONE, "bram", "fun", theirs)]
    (found,) = collect_disagreements(coding_study([ONE], codings))
    assert found.kind is DisagreementKind.OTHER_CODE
    assert (found.code, found.other_code, found.same_theme) == ("why/fun", theirs, same)
    assert [c.coder for c in (*found.codings_a, *found.codings_b)] == list(CODERS)


def test_codes_on_different_words_of_a_unit_are_two_misses() -> None:
    codings = [coded(ONE, "anna", "it is", "why/fun"), coded(ONE, "bram", "fun", "why/habit")]
    found = collect_disagreements(coding_study([ONE], codings))
    assert [d.kind for d in found] == [DisagreementKind.MISSED] * 2


def test_boundaries_are_counted_in_words() -> None:
    codings = [
        coded(ONE, "anna", "I work at night", "who/work"),
        coded(ONE, "bram", "at", "who/work"),
    ]
    (found,) = collect_disagreements(coding_study([ONE], codings))
    assert (found.kind, found.words) == (DisagreementKind.BOUNDARY, 3)


def test_white_space_at_the_ends_is_no_boundary_difference() -> None:
    codings = [coded(ONE, "anna", "it is ", "why/fun"), coded(ONE, "bram", "it is", "why/fun")]
    assert collect_disagreements(coding_study([ONE], codings)) == ()


def test_worst_code_comes_first() -> None:
    two = interview("P02", "R: fun again", "R: nothing", "R: seven", "R: more")
    codings = [
        *[coded(two, coder, "fun", "why/fun") for coder in CODERS],
        *both(("fun", "why/fun")),
        coded(ONE, "anna", "thirty", "why/fun"),
        coded(two, "anna", "nothing", "who/work"),
        coded(ONE, "bram", "well", "who/work"),
    ]
    found = collect_disagreements(coding_study([ONE, two], codings))
    assert [d.code for d in found] == ["who/work", "who/work", "why/fun"]
    assert [d.transcript for d in found] == ["P01", "P02", "P01"]


def test_agreed_passages_are_what_both_marked() -> None:
    codings = [
        coded(ONE, "anna", "I work at night", "who/work"),
        coded(ONE, "bram", "at night", "who/work"),
    ]
    (agreed,) = agreed_codings(coding_study([ONE], codings))
    assert agreed.span.of(ONE.text) == "at night"
    assert agreed.words == 2
    assert (agreed.codings_a, agreed.codings_b) == ((codings[0],), (codings[1],))


def test_one_long_coding_agrees_with_several_short_ones() -> None:
    """Agreed passages follow the words, however the coders cut them up."""
    whole = ONE.text[ONE.text.index("I work") : ONE.text.index("well")].strip()
    codings = [
        coded(ONE, "anna", whole[: whole.index("fun") + 3], "why"),
        coded(ONE, "bram", "I work at night", "why"),
        coded(ONE, "bram", "it is fun", "why"),
    ]
    found = agreed_codings(coding_study([ONE], codings))
    assert [a.span.of(ONE.text) for a in found] == ["I work at night", "it is fun"]
    assert collect_disagreements(coding_study([ONE], codings)) == ()


Marks = list[tuple[str, str, str]]
LINES = ["R: a b c", "R: d e", "I: f g", "R: h i j k", "I: l", "R: m"]


def same(one: Coefficient, two: Coefficient) -> bool:
    """Equal to rounding, and undefined for the same reason."""
    if one.value is None or two.value is None:
        return one.undefined_because == two.undefined_because
    return abs(one.value - two.value) < 1e-9


marks = st.lists(
    st.tuples(
        st.sampled_from(CODERS),
        st.sampled_from(BOOK.paths),
        st.sampled_from("abcdefghijklm"),
    ),
    max_size=25,
    unique=True,
)


@settings(max_examples=examples(25), deadline=None)
@given(marks)
def test_swapping_the_coders_mirrors_the_counts_and_keeps_the_figures(made: Marks) -> None:
    transcript = interview("P", *LINES)
    codings = [coded(transcript, coder, word, code) for coder, code, word in made]
    one = compare_coders(coding_study([transcript], codings))
    two = compare_coders(coding_study([transcript], codings, coders=CODERS[::-1]))
    for a, b in zip((*one.codes, *one.themes), (*two.codes, *two.themes), strict=True):
        assert (a.only_a, a.only_b, a.both, a.neither) == (b.only_b, b.only_a, b.both, b.neither)
        assert same(a.figure("kappa"), b.figure("kappa"))
        assert same(a.figure("alpha"), b.figure("alpha"))
    for x, y in zip(one.overall, two.overall, strict=True):
        assert same(x, y)


@settings(max_examples=examples(25), deadline=None)
@given(marks)
def test_an_interviewers_turn_changes_nothing(made: Marks) -> None:
    """The same interview with two more interviewer's turns gives the same figures."""
    turns = [LINES, [*LINES[:3], "I: 1", *LINES[3:], "I: 2"]]
    reports = [
        compare_coders(
            coding_study(
                [t], [coded(t, who, word, code) for who, code, word in made if word not in "fgl"]
            )
        )
        for t in (interview("P", *lines) for lines in turns)
    ]
    assert reports[0] == reports[1]


@settings(max_examples=examples(25), deadline=None)
@given(marks)
def test_every_differing_unit_of_the_tables_is_among_the_disagreements(made: Marks) -> None:
    """Codes that only one coder gave a unit are each named once, as missed or other code."""
    transcript = interview("P", *LINES)
    codings = [coded(transcript, coder, word, code) for coder, code, word in made]
    report = compare_coders(coding_study([transcript], codings))
    found = collect_disagreements(coding_study([transcript], codings))
    for row in report.codes:
        named = sum(
            (d.code == row.code) + (d.other_code == row.code)
            for d in found
            if d.kind is not DisagreementKind.BOUNDARY
        )
        assert named == row.only_a + row.only_b
    assert len({d.id for d in found}) == len(found)
