"""Coders compared on answers to a survey: respondents are the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.importing import ReadResult
from qualcode.model import Code, FrozenMap, Original, Role, Span, Speaker, Transcript, Turn
from qualcode.project import Project

PEOPLE = tuple(f"P{number}" for number in range(1, 9))


def survey(kind: str) -> Transcript:
    """Return eight answers of eight people, in one transcript."""
    turns, start = [], 0
    answers = [f"{person} vindt het leuk \N{GRINNING FACE}" for person in PEOPLE]
    for number, answer in enumerate(answers, 1):
        turns.append(Turn(number, PEOPLE[number - 1], Span(start, start + len(answer))))
        start += len(answer) + 1
    speakers = tuple(Speaker(person, Role.RESPONDENT) for person in PEOPLE)
    attributes = FrozenMap({"kind": kind})
    return Transcript("V1", "\n".join(answers), speakers, tuple(turns), attributes=attributes)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "respondents"), [("answers", 8), ("interview", 0)])
def test_only_of_answers_respondents_are_the_sample(
    kind: str, respondents: int, tmp_path: Path
) -> None:
    with Project.create(tmp_path / "study.qualcode") as project:
        project.codebook.create("boek", (Code("leuk"),))
        transcript = survey(kind)
        project.transcripts.add(
            ReadResult(transcript, Original("v.txt", b"P1"), (), ()), confirmed=True
        )
        for coder, missed in (("anna", 2), ("bram", 5)):
            project.rounds.add_coder(coder)
            for number, turn in enumerate(transcript.turns[:6]):
                if number != missed:
                    project.acting_as(coder).codings.add("V1", turn.span, "leuk")
        report = project.agreement.compare(("anna", "bram"))
        assert report.respondents == respondents
        has_interval = report.code("leuk").figure("alpha").interval is not None
        assert has_interval == bool(respondents)
