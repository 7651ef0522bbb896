"""Answers of many respondents in one transcript: each respondent is a cluster of units."""

from __future__ import annotations

import numpy as np
import pytest

from qualcode.agreement import CodingStudy, UnitsOfAnalysis, compare_coders, incidence
from qualcode.agreement.incidence import Incidence
from qualcode.model import (
    AgreementReport,
    AgreementUnit,
    Coding,
    Role,
    Span,
    Speaker,
    Transcript,
    Turn,
)
from studies import BOOK, CODERS, coded

PEOPLE = tuple(f"R{number}" for number in range(1, 9))
ANSWERS = tuple(
    f"{person} says \N{GRINNING FACE} cafe\N{COMBINING ACUTE ACCENT} {word}"
    for person in PEOPLE
    for word in ("one", "two", "three")
)


def survey(answers: tuple[str, ...], name: str = "survey") -> Transcript:
    """Return a transcript in which each answer is a turn of who gave it."""
    turns, start = [], 0
    for number, answer in enumerate(answers, 1):
        turns.append(Turn(number, answer.split()[0], Span(start, start + len(answer))))
        start += len(answer) + 1
    labels = dict.fromkeys(answer.split()[0] for answer in answers)
    speakers = tuple(Speaker(label, Role.RESPONDENT) for label in labels)
    return Transcript(name, "\n".join(answers), speakers, tuple(turns))


def random_codings(*transcripts: Transcript) -> list[Coding]:
    rng = np.random.default_rng(4)
    given = {(c, a): rng.random() < 0.5 for c in ("who/age", "why/fun") for a in ANSWERS}
    missed = {(coder, a): rng.random() < 0.2 for coder in CODERS for a in ANSWERS}
    return [
        coded(transcript, coder, answer, code)
        for transcript in transcripts
        for coder in CODERS
        for code, answer in given
        if given[code, answer] and not missed[coder, answer] and answer in transcript.text
    ]


def compare(*transcripts: Transcript, unit: str = "", answers: tuple[str, ...]) -> AgreementReport:
    units = UnitsOfAnalysis.of(transcripts, kind=unit, answers=answers)
    finished = {coder: [t.name for t in transcripts] for coder in CODERS}
    study = CodingStudy.of(random_codings(*transcripts), units, BOOK, CODERS, finished=finished)
    return compare_coders(study)


@pytest.mark.parametrize("unit", ["", "character"])
def test_respondents_of_a_survey_count_as_interviews_of_their_own_would(unit: str) -> None:
    parts = [survey(tuple(a for a in ANSWERS if a.startswith(f"{p} ")), p) for p in PEOPLE]
    apart = compare(*parts, unit=unit, answers=())
    together = compare(survey(ANSWERS), unit=unit, answers=("survey",))
    assert together.respondents == together.sample == apart.sample == len(PEOPLE)
    for row in apart.codes:
        for key, figure in row.figures.items():
            other = together.code(row.code).figure(key)
            assert other.value == pytest.approx(figure.value)
            assert other.interval == pytest.approx(figure.interval)
    assert together.passages[0].figure.interval == pytest.approx(apart.passages[0].figure.interval)


def test_answers_of_a_respondent_that_lie_apart_are_one_cluster() -> None:
    """Sorted by question, the answers of a person are not next to each other."""
    by_question = tuple(sorted(ANSWERS, key=lambda answer: answer.split()[-1]))
    sorted_by_person = compare(survey(ANSWERS), answers=("survey",))
    sorted_by_question = compare(survey(by_question), answers=("survey",))
    assert sorted_by_question.respondents == len(PEOPLE)
    for row in sorted_by_person.codes:
        other = sorted_by_question.code(row.code).figure("alpha").interval
        assert other == pytest.approx(row.figure("alpha").interval)


def test_without_clusters_one_transcript_has_no_interval() -> None:
    report = compare(survey(ANSWERS), answers=())
    assert report.respondents == 0
    assert report.code("who/age").figure("kappa").interval is None


def test_the_report_says_that_respondents_are_the_sample() -> None:
    report = compare(survey(ANSWERS), answers=("survey",))
    assert any("it is 8 respondents" in warning for warning in report.warnings)


@pytest.mark.parametrize("block", [1, 3, 1_000])
@pytest.mark.parametrize("is_survey", [False, True])
def test_sums_in_blocks_are_those_of_all_rows_to_the_bit(
    monkeypatch: pytest.MonkeyPatch, block: int, is_survey: bool
) -> None:
    monkeypatch.setattr(incidence, "BLOCK", block)
    rng = np.random.default_rng(7)
    # the interviews 1 and 5 have no rows
    place = np.array([0, 0, 2, 3, 3, 3, 3, 4, 6, 6])
    weights = rng.integers(1, 9, len(place))
    cluster = rng.permutation(place) if is_survey else None
    names = tuple("abcdefg")
    rows = Incidence(("x",), names, place, weights, {}, {}, names, cluster)
    order = np.argsort(rows.place, kind="stable")
    present, first = np.unique(rows.place[order], return_index=True)
    for values in (rng.random((10, 2, 3)), rng.random(10) < 0.5):
        weighted = values * weights.reshape(-1, *[1] * (values.ndim - 1))
        expected = np.zeros((len(names), *values.shape[1:]))
        expected[present] = np.add.reduceat(weighted[order], first, axis=0)
        assert np.array_equal(rows.sum_by_cluster(values), expected)


def test_units_that_are_made_when_asked_for_are_those_that_are_kept() -> None:
    transcripts = survey(ANSWERS), survey(ANSWERS[:6], "second")
    spans = {
        transcript.name: [turn.span for turn in transcript.turns] for transcript in transcripts
    }
    studies = []
    for keep in (True, False):
        units = UnitsOfAnalysis.of_spans(
            transcripts, spans, AgreementUnit.SENTENCE, answers=("second",), keep=keep
        )
        assert units.of_respondents
        studies.append(CodingStudy.of(random_codings(*transcripts), units, BOOK, CODERS))
    kept, late = studies
    assert dict(kept.units.by_transcript) == dict(late.units.by_transcript)
    assert compare_coders(kept) == compare_coders(late)
