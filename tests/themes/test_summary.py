"""Theme summaries as a whole."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from qualcode.model import Code, FrozenMap, LocalText, Memo, MemoTarget, Reach
from qualcode.themes import summarize_themes

TEXTS = {
    "U1": "I: why?\nR: [we lost hours|a/x] and [more|a/y]",
    "U2": "R: [we lost hours too|a/x] and so [on|a]",
    "P1": "R: [only this|a/y] and [that|b/z]",
}


@pytest.fixture
def made(study: Any, book: Any) -> Any:
    codebook = book("a", "a/w", "a/y", "a/x", "b", "b/z")
    return study(TEXTS, codebook, users="U1 U2", professionals="P1")


def test_themes_come_in_order_of_the_book_and_codes_by_reach(made: Any) -> None:
    """x and y both reach 2 cases with 2 codings: the earlier in the book comes first."""
    first, second = summarize_themes(*made.parts)
    assert [theme.theme for theme in (first, second)] == ["a", "b"]
    assert [code.code for code in first.codes] == ["a/y", "a/x", "a/w"]
    assert first.unused == ("a/w",)


def test_a_theme_has_the_reach_of_all_its_codes(made: Any) -> None:
    first = summarize_themes(*made.parts)[0]
    assert [(r.group, r.cases, r.of, r.codings) for r in first.reaches] == [
        ("", 3, 3, 5),
        ("users", 2, 2, 4),
        ("professionals", 1, 1, 1),
    ]
    assert [count.text["nl"] for count in first.in_words] == [
        "alle respondenten",
        "twee",
        "één respondent",
    ]


def test_an_unused_code_is_none_of_n_and_has_no_contrasts(made: Any) -> None:
    unused = summarize_themes(*made.parts)[0].codes[-1]
    assert unused.reaches[0] == Reach("", 0, 3, 0, 0.0)
    assert unused.in_words[0].text["en"] == "none"
    assert unused.contrasts == ()
    assert unused.representative == ()


def test_a_deviant_case_has_the_theme_but_not_its_commonest_code(made: Any) -> None:
    (deviant,) = summarize_themes(*made.parts)[0].deviant_cases
    assert (deviant.case, deviant.lacks, deviant.codes) == ("u2", "a/y", ("a", "a/x"))
    assert deviant.codings == tuple(c.id for c in made.codings if c.transcript == "U2")


def test_a_case_that_was_not_asked_about_the_commonest_code_is_not_deviant(
    study: Any, book: Any
) -> None:
    codebook = book("a", "a/x @ users", "a/y")
    texts = {"U1": "R: [so|a/x]", "U2": "R: [so|a/x]", "P1": "R: [so|a/y]"}
    made = study(texts, codebook, users="U1 U2", professionals="P1")
    assert summarize_themes(*made.parts)[0].deviant_cases == ()


def test_memos_on_codes_and_codings_and_the_coders_notes_come_in_order_of_time(made: Any) -> None:
    noted = replace(made.codings[0], memo="see U2", created_at=datetime(2026, 3, 2, tzinfo=UTC))
    others = [
        Memo("1", MemoTarget.CODE, "a/x", "split?", "ben", datetime(2026, 3, 3, tzinfo=UTC)),
        Memo("2", MemoTarget.CODING, noted.id, "strong", "ben", datetime(2026, 3, 1, tzinfo=UTC)),
        Memo("3", MemoTarget.CODE, "a/y", "other", "ben"),
        Memo("4", MemoTarget.TRANSCRIPT, "a/x", "not a code", "ben"),
    ]
    codings = (noted, *made.codings[1:])
    first = summarize_themes(codings, *made.parts[1:], memos=others)[0]
    found = {code.code: [memo.text for memo in code.memos] for code in first.codes}
    assert found["a/x"] == ["strong", "see U2", "split?"]
    assert found["a/y"] == ["other"]


def test_a_theme_is_broken_down_by_every_code_attribute(study: Any, book: Any) -> None:
    """Codes of one level together: u1 and p1 at the individual level, u2 at that of society."""
    codes = [
        Code("a"),
        Code("a/x", attributes=FrozenMap({"level": ("individual",), "asked_of": ("users",)})),
        Code("a/y", attributes=FrozenMap({"level": ("individual",)})),
        Code("a/z", attributes=FrozenMap({"level": ("society",)})),
    ]
    texts = {"U1": "R: [so|a/x]", "U2": "R: [so|a/z]", "P1": "R: [so|a/y]"}
    made = study(texts, book(*codes), users="U1 U2", professionals="P1")
    individual, society = summarize_themes(*made.parts)[0].by_attribute
    assert (individual.attribute, individual.value) == ("level", "individual")
    assert individual.codes == ("a/x", "a/y")
    assert [(r.cases, r.of) for r in individual.reaches] == [(2, 3), (1, 2), (1, 1)]
    assert [(r.cases, r.of) for r in society.reaches] == [(1, 3), (1, 2), (0, 1)]
    assert society.codings == (made.codings[1].id,)


def test_passages_of_the_theme_itself_are_not_lost(study: Any, book: Any) -> None:
    made = study({"U1": "R: [we work so many hours in a day|a]"}, book("a", "a/x"), users="U1")
    (passage,) = summarize_themes(*made.parts)[0].representative
    assert passage.code == "a"


def test_a_retired_theme_without_codings_is_left_out(study: Any, book: Any) -> None:
    made = study({"U1": "R: [so|b]"}, book(Code("a", retired=True), Code("b")), users="U1")
    assert [theme.theme for theme in summarize_themes(*made.parts)] == ["b"]


def test_percentages_appear_from_the_sample_size_that_is_passed_in(made: Any) -> None:
    first = summarize_themes(*made.parts, small_sample=3)[0]
    assert [count.percentage for count in first.in_words] == [100.0, None, None]


def test_a_project_without_codings_is_all_unused(made: Any) -> None:
    first, second = summarize_themes((), *made.parts[1:])
    assert first.unused == ("a/w", "a/y", "a/x")
    assert (first.pairs, first.deviant_cases, first.contrasts) == ((), (), ())
    assert second.words_undefined_because is not None


def test_a_project_without_cases_still_has_codings(made: Any) -> None:
    first = summarize_themes(*replace(made, cases=()).parts)[0]
    assert first.reaches == (Reach("", 0, 0, 5, first.words_share, unattributed=5),)
    assert first.in_words[0].text == LocalText(
        {"nl": "geen respondenten in deze groep", "en": "no respondents in this group"}
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_codings_changes_nothing(made: Any, seed: int) -> None:
    mixed = list(made.codings)
    Random(seed).shuffle(mixed)
    assert summarize_themes(mixed, *made.parts[1:]) == summarize_themes(*made.parts)


LONG = "we lost all our hours at the bar that spring and summer"


def test_a_code_whose_passages_are_all_too_short_says_why_it_has_no_quote(made: Any) -> None:
    first = summarize_themes(*made.parts)[0]
    by_code = {code.code: code for code in first.codes}
    reason = "No passage is quoted: none of them has 8 to 90 words of respondents."
    assert by_code["a/x"].no_quote_because == reason
    assert first.no_quote_because == reason
    # Nothing is coded with it, and that is told of it already.
    assert by_code["a/w"].no_quote_because is None


def test_a_code_with_a_quote_needs_no_reason(study: Any, book: Any) -> None:
    made = study({"U1": f"R: [{LONG}|a/x]"}, book("a", "a/x"), users="U1")
    (code,) = summarize_themes(*made.parts)[0].codes
    assert code.representative
    assert code.no_quote_because is None


def test_quotes_that_are_all_left_out_are_told_so(study: Any, book: Any) -> None:
    made = study({"U1": f"R: [{LONG}|a/x]"}, book("a", "a/x"), users="U1")
    left_out = {coding.id for coding in made.codings}
    (code,) = summarize_themes(*made.parts, left_out=left_out)[0].codes
    assert code.no_quote_because == "No passage is quoted: all are left out of print."


def test_who_asks_for_no_quotes_gets_no_reason(made: Any) -> None:
    themes = summarize_themes(*made.parts, quotes_per_code=0)
    assert {code.no_quote_because for theme in themes for code in theme.codes} == {None}


def test_a_short_passage_that_the_author_chose_is_quoted(made: Any) -> None:
    chosen = {coding.id for coding in made.codings if coding.code == "a/x"}
    by_code = {code.code: code for code in summarize_themes(*made.parts, chosen=chosen)[0].codes}
    assert by_code["a/x"].representative
    assert by_code["a/x"].no_quote_because is None
