"""Which passages are shown for a code."""

from math import log, sqrt
from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from qualcode.model import CodeSummary, Passage
from qualcode.themes import summarize_themes
from qualcode.themes.dataset import ThemeDataset, split_words
from qualcode.themes.exemplars import (
    IN_CONTEXT,
    TYPICAL,
    TfidfVectors,
    is_understandable_alone,
)

LONG = "we work late because the boss wants more hours"
OTHER = "my friends bring beer when there is a party"


def _code(made: Any, **options: Any) -> CodeSummary:
    return summarize_themes(*made.parts, **options)[0].codes[0]


def _cases(passages: tuple[Passage, ...]) -> list[str]:
    return [passage.case for passage in passages]


def test_vectors_are_those_of_tfidf_with_smoothed_idf(study: Any, book: Any) -> None:
    """scikit-learn's defaults: counts, ln((1 + n) / (1 + df)) + 1, length 1."""
    texts = ["so much work to do", "much work and work again", "a party now and then"]
    marked = {f"U{i}": f"R: [{text}|a]" for i, text in enumerate(texts)}
    made = study(marked, book("a"))
    ours = TfidfVectors(ThemeDataset(*made.parts), split_words).of(made.codings)
    vectorizer = TfidfVectorizer(token_pattern=r"\w+")
    np.testing.assert_allclose(ours.toarray(), vectorizer.fit_transform(texts).toarray())


def test_the_score_of_the_first_is_its_cosine_to_the_centroid(study: Any, book: Any) -> None:
    """By hand, passages "p p p p p p p p" and the same with q: weights of p and q are equal
    (each in one of two passages), so the unit vectors are (1, 0) and (0, 1), their mean
    (1/2, 1/2), and both cosines 1/sqrt(2). The second: 1/sqrt(2) - 0, as they share nothing.
    """
    marked = {name: f"R: [{' '.join([name] * 8)}|a/x]" for name in ("p", "q")}
    made = study(marked, book("a", "a/x"), users="p q")
    scores = [passage.score for passage in _code(made).representative]
    assert scores == pytest.approx([1 / sqrt(2), 1 / sqrt(2)])


def test_the_second_passage_loses_what_it_shares_with_the_first(study: Any, book: Any) -> None:
    """By hand: one word eight times in both passages: centrality 1, similarity 1, score 0."""
    marked = {name: f"R: [{' '.join(['yes'] * 8)}|a/x]" for name in ("p", "q")}
    made = study(marked, book("a", "a/x"), users="p q")
    assert [p.score for p in _code(made).representative] == pytest.approx([1.0, 0.0])


def test_idf_counts_a_passage_with_two_codes_once(study: Any, book: Any) -> None:
    """By hand: 2 passages, "so" in one of them: idf ln(3/2) + 1, the same for both words."""
    made = study({"U1": "R: [so|a, b] [much|b]"}, book("a", "b"))
    assert TfidfVectors(ThemeDataset(*made.parts), split_words)._idf(("nl", "so")) == log(3 / 2) + 1


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("R: [We lost hours|a]", True),
        ("R: Well. [We lost hours|a]", True),
        ("R: Well... (laughs) [We lost hours|a]", True),
        ("R: Then [we lost hours|a]", False),
        ("R: Well, [we lost hours|a]", False),
        ("R: Hard. [Because we lost hours|a]", False),
        ("R: Zwaar. [Want we waren laat|a]", False),
        ("I: [Did you lose hours|a]", False),
        ("I: [Why?\nR: We lost hours|a]", False),
    ],
)
def test_a_passage_is_understandable_alone_when_it_opens_a_sentence_of_one_turn(
    study: Any, book: Any, line: str, alone: bool
) -> None:
    made = study({"U1": line}, book("a"))
    assert is_understandable_alone(ThemeDataset(*made.parts), made.codings[0]) is alone


@pytest.mark.parametrize(("words", "shown"), [(7, 0), (8, 1), (90, 1), (91, 0)])
def test_candidates_have_eight_to_ninety_words(
    study: Any, book: Any, words: int, shown: int
) -> None:
    made = study({"U1": f"R: [{' '.join(['yes'] * words)}|a/x]"}, book("a", "a/x"))
    assert len(_code(made).representative) == shown


def test_no_case_comes_twice_before_every_case_had_a_turn(study: Any, book: Any) -> None:
    """u1 has two passages at the heart of the code, u2 one at its edge."""
    texts = {
        "U1": f"R: [{LONG}|a/x]. [{LONG} today|a/x]. [{LONG} again|a/x]",
        "U2": f"R: [{OTHER}|a/x]",
    }
    made = study(texts, book("a", "a/x"), users="U1 U2")
    assert _cases(_code(made).representative) == ["u1", "u2", "u1"]


def test_both_groups_are_heard_when_both_speak(study: Any, book: Any) -> None:
    texts = dict.fromkeys(("U1", "U2", "U3"), f"R: [{LONG}|a/x]") | {"P1": f"R: [{OTHER}|a/x]"}
    made = study(texts, book("a", "a/x"), users="U1 U2 U3", professionals="P1")
    shown = _code(made, quotes_per_code=2).representative
    assert [passage.group for passage in shown] == ["users", "professionals"]


def test_what_does_not_stand_alone_follows_what_does_and_says_so(study: Any, book: Any) -> None:
    texts = {"U1": f"R: Well, [{LONG}|a/x]", "U2": f"R: [{OTHER}|a/x]"}
    made = study(texts, book("a", "a/x"), users="U1 U2")
    shown = _code(made).representative
    assert [(p.case, p.rule) for p in shown] == [("u2", TYPICAL), ("u1", IN_CONTEXT)]


def test_the_authors_choice_wins_whatever_its_length(study: Any, book: Any) -> None:
    made = study({"U1": f"R: [{LONG}|a/x]. [Short|a/x]"}, book("a", "a/x"), users="U1")
    short = made.codings[1].id
    shown = _code(made, chosen={short}, quotes_per_code=1).representative
    assert [(p.coding, p.chosen, p.score) for p in shown] == [(short, True, None)]


def test_every_choice_of_the_author_is_kept(study: Any, book: Any) -> None:
    made = study({"U1": f"R: [{LONG}|a/x]. [{OTHER}|a/x]"}, book("a", "a/x"), users="U1")
    both = {coding.id for coding in made.codings}
    assert len(_code(made, chosen=both, quotes_per_code=1).representative) == 2


def test_passages_shown_do_not_overlap(study: Any, book: Any) -> None:
    made = study({"U1": f"R: [{LONG}|a/x, a/x/y]"}, book("a", "a/x", "a/x/y"), users="U1")
    assert len(_code(made).representative) == 1


def test_ties_go_to_the_earlier_transcript_then_position(study: Any, book: Any) -> None:
    texts = {"U2": f"R: [{LONG}|a/x]. [{LONG}|a/x]", "U1": f"R: [{LONG}|a/x]"}
    made = study(texts, book("a", "a/x"))
    shown = _code(made, quotes_per_code=1).representative[0]
    assert (shown.transcript, shown.span.start) == ("U2", 3)


def test_the_deviant_passage_is_the_one_least_like_the_rest(study: Any, book: Any) -> None:
    texts = {f"U{i}": f"R: [{LONG} {word}|a/x]" for i, word in enumerate("wxyz")}
    texts["U4"] = f"R: [{OTHER}|a/x]"
    made = study(texts, book("a", "a/x"), users="U0 U1 U2 U3 U4")
    summary = _code(made, quotes_per_code=1)
    assert _cases(summary.deviant) == ["u4"]
    assert summary.deviant[0].score == 0.0


def test_three_passages_have_no_deviant_one(study: Any, book: Any) -> None:
    texts = {f"U{i}": f"R: [{LONG}|a/x]" for i in range(3)}
    made = study(texts, book("a", "a/x"), users="U0 U1 U2")
    assert _code(made, quotes_per_code=1).deviant == ()


def test_no_passage_is_both_typical_and_deviant(study: Any, book: Any) -> None:
    texts = {f"U{i}": f"R: [{LONG}|a/x]. [{OTHER}|a/x]" for i in range(4)}
    made = study(texts, book("a", "a/x"), users="U0 U1 U2 U3")
    summary = _code(made)
    assert not {p.coding for p in summary.representative} & {p.coding for p in summary.deviant}


def test_lemmas_are_those_that_are_passed_in(study: Any, book: Any) -> None:
    texts = {"p": f"R: [{' '.join(['ran'] * 8)}|a/x]", "q": f"R: [{' '.join(['run'] * 8)}|a/x]"}
    made = study(texts, book("a", "a/x"))

    def lemmas(text: str, language: str) -> tuple[str, ...]:
        assert language == "nl"
        return tuple("run" for _ in text.split())

    assert [p.score for p in _code(made, tokenize=lemmas).representative] == [1.0, 0.0]


def test_a_passage_carries_all_that_is_printed_with_it(study: Any, book: Any) -> None:
    made = study({"U1": f"I: why?\nR: [{LONG}|a/x]"}, book("a", "a/x"), users="U1")
    shown = _code(made).representative[0]
    assert (shown.text, shown.turn, shown.words, shown.case, shown.group, shown.code) == (
        LONG, 2, 9, "u1", "users", "a/x"
    )  # fmt: skip
