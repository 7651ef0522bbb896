"""What was asked, and how much is coded."""

from typing import Any

import pytest

from qualcode.model import Guide, LocalText, Question, Segment, SegmentKind, Span, WordsCoverage
from qualcode.themes import measure_coverage

GUIDE = Guide(
    "users",
    "users",
    (
        Question("U1", LocalText({"nl": "Waar?"})),
        Question("U2", LocalText({"nl": "Wie?"}), optional=True),
    ),
)


def _answer(transcript: str, question: str | None) -> Segment:
    return Segment(transcript, SegmentKind.ANSWER, Span(0, 2), (1,), question)


def test_a_question_was_asked_where_an_answer_carries_its_id(study: Any, book: Any) -> None:
    made = study(dict.fromkeys(("A", "B", "P"), "R: so"), book("a"), users="A B", professionals="P")
    answers = (_answer("A", "U1"), _answer("A", None), _answer("P", "U2"), _answer("B", "U1"))
    where, who = measure_coverage(*made.parts, guides=(GUIDE,), answers=answers).questions
    assert (where.question, where.asked, where.missed) == ("U1", ("A", "B"), ())
    assert (who.question, who.asked, who.missed, who.optional) == ("U2", (), ("A", "B"), True)


def test_a_guide_without_a_group_is_for_every_interview(study: Any, book: Any) -> None:
    made = study({"A": "R: so", "P": "R: so"}, book("a"), users="A", professionals="P")
    guide = Guide("all", "", GUIDE.questions)
    first = measure_coverage(*made.parts, guides=(guide,), answers=[_answer("P", "U1")]).questions[
        0
    ]
    assert (first.asked, first.missed) == (("P",), ("A",))


def test_coded_words_of_respondents_by_hand(study: Any, book: Any) -> None:
    """A: 5 words, 3 of them coded (one of them twice); B: 3 words, none coded; 3 of 8."""
    texts = {
        "A": "I: [how was it|a]\nR: [we went out|a] and [out|a]",
        "B": "R: not at all",
    }
    made = study(texts, book("a"), users="A")
    coverage = measure_coverage(*made.parts)
    assert coverage.transcripts == (
        WordsCoverage("A", "a", 5, 4, 4 / 5, 2),
        WordsCoverage("B", "", 3, 0, 0.0, 0),
    )
    assert coverage.overall == WordsCoverage("", "", 8, 4, 4 / 8, 2)


def test_a_silent_interview_has_no_share(study: Any, book: Any) -> None:
    made = study({"A": "I: hello?"}, book("a"))
    words = measure_coverage(*made.parts).transcripts[0]
    assert (words.share, words.undefined_because) == (None, "respondents say nothing")


@pytest.mark.parametrize(
    ("text", "words"),
    [("zo'n auto-ongeluk", 2), ("dat\u2019s 3,5 km", 4), ("...", 0), ("één \u2014 twee", 2)],
)
def test_what_counts_as_a_word(study: Any, book: Any, text: str, words: int) -> None:
    made = study({"A": f"R: {text}"}, book("a"))
    assert measure_coverage(*made.parts).overall.words == words
