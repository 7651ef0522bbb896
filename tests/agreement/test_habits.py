"""Whose habit a difference is: use beside the others; the model of Dawid and Skene; the order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from qualcode.agreement import (
    CodingStudy,
    agreement_over_time,
    estimate_accuracy,
    find_habits,
    order_of_work,
)
from qualcode.agreement.dawid_skene import count_labels, estimate_error_rates
from qualcode.model import Coding
from studies import coded, coding_study, interview

TEAM = ("anna", "bram", "carla", "dirk")
WORDS = [f"zin{number} met woorden" for number in range(30)]


def team_study(shares: dict[str, float], interviews: int = 8) -> CodingStudy:
    """Return interviews in which coders see a code that is there with a chance of their own."""
    rng = np.random.default_rng(3)
    transcripts = [
        interview(f"P{number}", *(f"R: {words}" for words in WORDS)) for number in range(interviews)
    ]
    codings: list[Coding] = [
        coded(transcript, coder, f"{words}\n", "who/age")
        for transcript in transcripts
        for words in WORDS
        if rng.random() < 0.3
        for coder, seen in shares.items()
        if rng.random() < seen
    ]
    finished = {coder: [t.name for t in transcripts] for coder in shares}
    return coding_study(transcripts, codings, coders=tuple(shares), finished=finished)


def test_who_gives_a_code_less_often_is_named() -> None:
    study = team_study({"anna": 0.9, "bram": 0.9, "carla": 0.9, "dirk": 0.4})
    habits = find_habits(study)
    assert habits[0].coder == "dirk"
    assert habits[0].direction == -1
    uses = study.unit_incidence.coders
    assert habits[0].units == uses["dirk"].sum()
    assert habits[0].others == pytest.approx(sum(uses[c].sum() for c in TEAM[:3]) / 3)
    expected = (habits[0].units - habits[0].others) / (8 * 30)
    assert habits[0].difference.value == pytest.approx(expected)


def test_two_coders_have_one_row_a_code() -> None:
    habits = find_habits(team_study({"anna": 0.9, "bram": 0.4}))
    assert [(habit.coder, habit.direction) for habit in habits] == [("anna", 1)]


def test_a_code_in_two_interviews_shows_no_habit() -> None:
    transcripts = [interview(f"P{number}", *(f"R: {w}" for w in WORDS)) for number in range(5)]
    codings = [
        coded(transcript, "anna", f"{words}\n", "who/age")
        for transcript in transcripts[:2]
        for words in WORDS[:5]
    ]
    finished = {coder: [t.name for t in transcripts] for coder in ("anna", "bram")}
    (habit,) = find_habits(coding_study(transcripts, codings, finished=finished))
    assert habit.units == 10
    assert habit.difference.interval is None
    assert habit.direction == 0


@pytest.mark.slow
def test_error_rates_are_those_that_were_simulated() -> None:
    """Four coders with known sensitivity and specificity, of a code on 30% of 40,000 units."""
    rng = np.random.default_rng(1)
    present = rng.random(40_000) < 0.3
    seen, spared = np.array([0.9, 0.8, 0.7, 0.95]), np.array([0.95, 0.9, 0.98, 0.85])
    chance = np.where(present, seen[:, None], 1 - spared[:, None])
    labels = (rng.random((4, 40_000)) < chance).astype(np.int64)
    labels[0, :4_000] = -1
    model = estimate_error_rates(count_labels(labels, 2), np.ones(40_000))
    assert model.prevalence[1] == pytest.approx(0.3, abs=0.01)
    assert model.rates[:, 1, 1] == pytest.approx(seen, abs=0.015)
    assert model.rates[:, 0, 0] == pytest.approx(spared, abs=0.01)
    assert ((model.right[:, 1] > 0.5) == present).mean() > 0.95


def test_the_model_is_for_four_coders_and_more() -> None:
    accuracies = estimate_accuracy(
        team_study({"anna": 0.9, "bram": 0.9, "carla": 0.8, "dirk": 0.4})
    )
    by_coder = {accuracy.coder: accuracy for accuracy in accuracies}
    assert by_coder["dirk"].sensitivity == pytest.approx(0.4, abs=0.15)
    assert by_coder["anna"].sensitivity > 0.8
    assert by_coder["anna"].prevalence == pytest.approx(0.3, abs=0.07)
    assert estimate_accuracy(team_study({"anna": 0.9, "bram": 0.9, "carla": 0.8})) == ()


def test_fixed_pairs_do_not_tell_who_errs() -> None:
    """Two coders of the same half never meet the others, so many error rates fit equally well."""
    transcripts = [interview(f"P{n}", *(f"R: {words}" for words in WORDS)) for n in range(8)]
    pairs = (("anna", "bram"), ("carla", "dirk"))
    finished = {
        coder: [t.name for t in transcripts[half::2]]
        for half, pair in enumerate(pairs)
        for coder in pair
    }
    codings = [
        coded(transcript, coder, f"{words}\n", "who/age")
        for place, transcript in enumerate(transcripts)
        for coder in pairs[place % 2]
        for words in WORDS[::2]
    ]
    study = coding_study(transcripts, codings, coders=TEAM, finished=finished)
    assert estimate_accuracy(study) == ()


def test_the_time_of_an_import_is_no_order_of_the_work() -> None:
    """P0 was coded on screen after P1; P2 came from a table, whose time is that of the import."""
    transcripts = [interview(f"P{number}", f"R: {WORDS[0]}") for number in range(3)]
    start = datetime(2026, 1, 1, tzinfo=UTC)
    times = [(2, "manual"), (1, "suggestion:terms"), (0, "table:codes.csv")]
    codings = [
        coded(t, coder, WORDS[0], "who/age", created_at=start + timedelta(days=day), origin=origin)
        for t, (day, origin) in zip(transcripts, times, strict=True)
        for coder in ("anna", "bram")
    ]
    study = coding_study(transcripts, codings)
    assert order_of_work(study) == ("P1", "P0")
    moments = agreement_over_time(study)
    assert [moment.transcript for moment in moments] == ["P1", "P0", "P2"]
    assert moments[2].started_at is None
