"""Passages that suggestions learn from are read when they are looked at."""

from __future__ import annotations

from pathlib import Path

from qualcode.model import SegmentKind, Span
from qualcode.project import Project
from qualcode.project.coded_passages import TextReader, collect_passages
from two_coder_study import give, make_project


def test_passages_are_what_was_marked_and_the_sentences_with_their_questions(
    tmp_path: Path,
) -> None:
    with Project.open(make_project(tmp_path), as_coder="anna", verify=False) as project:
        give(project, "A1", "leuk hoor. En je blijft", "joy", "anna")
        give(project, "A1", "blijft", "energy", "anna")
        with project.suggestions._snapshot() as snapshot:
            passages = list(collect_passages(snapshot, snapshot.codings))
            text = snapshot.transcript("A1")
            place = f"A1:{snapshot.segments(SegmentKind.ANSWER, 'A1')[0].span.start}"
    both = frozenset({"motives/joy", "motives/energy"})
    joy = frozenset({"motives/joy"})
    assert [(p.segment.text, p.codes, p.sentence) for p in passages] == [
        ("leuk hoor. En je blijft", joy, False),
        ("blijft", both, False),
        ("Het is leuk hoor.", joy, True),
        ("En je blijft wakker.", both, True),
        ("Anders is het saai.", frozenset(), True),
    ]
    assert {passage.transcript for passage in passages} == {"A1"}
    assert not any(passage.rejected for passage in passages)
    first = passages[0].segment
    assert (first.question_text, first.place) == ("Waarom doe je het?", place)
    assert passages[-1].segment.question_text == "Nog iets?"
    for passage in passages:
        words = passage.segment
        assert text.text[words.start :].startswith(words.text)


def test_a_passage_that_lies_in_no_answer_stands_in_its_transcript(tmp_path: Path) -> None:
    with (
        Project.open(make_project(tmp_path), verify=False) as project,
        project.suggestions._snapshot() as snapshot,
    ):
        text = snapshot.transcript("A1")
        reader = TextReader(snapshot, text)
        answers = snapshot.segments(SegmentKind.ANSWER, "A1")
    across = Span(answers[0].span.end - 3, answers[1].span.end)
    segment = reader.segment_text(across)
    assert (segment.place, segment.question_text) == ("A1", "")
