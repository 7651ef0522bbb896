"""Agreement before and after: paired by interview, clustered, corrected for the number of codes."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from scipy import stats

from qualcode.agreement import CodingStudy, contrast_halves, contrast_studies, unit_rows
from qualcode.agreement.alpha import table_alpha
from qualcode.agreement.distance import BINARY
from qualcode.agreement.incidence import pair_tables
from qualcode.agreement.student_t import student_t
from qualcode.errors import UndefinedRequestError, UnknownNameError
from qualcode.model import Coding
from studies import CODERS, coded, coding_study, interview

WORDS = [f"zin{number} \N{GRINNING FACE} met woorden" for number in range(30)]
CODE = "who/age"


def study(names: range, seen: float, seed: int, *, coders: tuple[str, ...] = CODERS) -> CodingStudy:
    """Return a study in which coders see a code with some probability."""
    rng = np.random.default_rng(seed)
    transcripts = [interview(f"P{n}", *(f"R: {words}" for words in WORDS)) for n in names]
    codings: list[Coding] = []
    for transcript in transcripts:
        for words in WORDS:
            for code in (CODE, "why/fun"):
                if rng.random() < 0.3:
                    codings += [
                        coded(transcript, coder, f"{words}\n", code)
                        for coder in coders
                        if rng.random() < seen
                    ]
    finished = {coder: [t.name for t in transcripts] for coder in coders}
    return coding_study(transcripts, codings, coders=coders, finished=finished)


def test_interviews_in_both_are_left_out_of_both_at_once() -> None:
    before, after = study(range(8), 0.6, 1), study(range(8), 0.95, 2)
    contrast = contrast_studies(before, after, ("before", "after"))
    row = next(row for row in contrast.rows if row.code == CODE)
    place = before.codes.index(CODE)
    tables = [pair_tables(s.incidence)[0][:, place] for s in (before, after)]
    without = [np.array([table_alpha(t.sum(0) - one, BINARY) for one in t]) for t in tables]
    differences = without[1] - without[0]
    error = math.sqrt(7 / 8 * float(((differences - differences.mean()) ** 2).sum()))
    change = float(table_alpha(tables[1].sum(0), BINARY) - table_alpha(tables[0].sum(0), BINARY))
    half = float(student_t(7)) * error
    assert contrast.shared == 8
    assert row.difference.value == pytest.approx(change)
    assert row.difference.standard_error == pytest.approx(error)
    assert row.difference.interval == pytest.approx((change - half, change + half))
    assert change > 0.3
    assert row.p_value is not None
    assert row.p_value < 0.01


def test_interviews_in_one_only_are_not_paired() -> None:
    contrast = contrast_studies(study(range(8), 0.6, 1), study(range(8, 14), 0.9, 2), ("a", "b"))
    assert contrast.interviews == (8, 6)
    assert contrast.shared == 0
    row = next(row for row in contrast.rows if row.code == CODE)
    assert row.difference.interval is not None


@pytest.mark.slow
def test_chance_alone_is_found_in_about_one_of_twenty() -> None:
    found = 0
    for seed in range(60):
        contrast = contrast_studies(
            study(range(8), 0.8, seed), study(range(8), 0.8, 1000 + seed), ("a", "b")
        )
        row = next(row for row in contrast.rows if row.code == CODE)
        found += row.p_value is not None and row.p_value < 0.05
    assert found <= 8


def test_many_codes_are_corrected_for() -> None:
    contrast = contrast_studies(study(range(8), 0.6, 1), study(range(8), 0.95, 2), ("a", "b"))
    tested = [row for row in contrast.rows if row.code and row.p_value is not None]
    assert len(tested) == 2
    smallest = min(tested, key=lambda row: row.p_value or 1)
    assert smallest.p_adjusted == pytest.approx(2 * (smallest.p_value or 0))
    assert contrast.rows[0].code == ""
    assert contrast.rows[0].p_adjusted is None


def test_the_same_codings_differ_in_nothing() -> None:
    once = study(range(8), 0.6, 1)
    contrast = contrast_studies(once, once, ("a", "b"))
    row = next(row for row in contrast.rows if row.code == CODE)
    assert row.difference.value == 0
    assert row.p_value is None


def test_two_interviews_have_no_test() -> None:
    contrast = contrast_studies(study(range(2), 0.6, 1), study(range(2), 0.9, 2), ("a", "b"))
    row = next(row for row in contrast.rows if row.code == CODE)
    assert row.difference.interval is None
    assert "fewer than three" in row.difference.detail


def test_a_code_in_two_interviews_has_no_test_and_takes_no_place_in_the_correction() -> None:
    def with_rare_code(seed: int) -> CodingStudy:
        whole = study(range(8), 0.8, seed)
        codings = [
            coding
            for by_transcript in whole.codings.values()
            for codings_of_one in by_transcript.values()
            for coding in codings_of_one
            if coding.code != CODE or coding.transcript in {"P0", "P1"}
        ]
        names = [t.name for t in whole.units.transcripts]
        return coding_study(whole.units.transcripts, codings, finished=dict.fromkeys(CODERS, names))

    contrast = contrast_studies(with_rare_code(1), with_rare_code(2), ("before", "after"))
    by_code = {row.code: row for row in contrast.rows}
    assert by_code[CODE].difference.interval is None
    assert "fewer than three interviews" in str(by_code[CODE].difference.detail)
    assert by_code["why/fun"].p_adjusted == by_code["why/fun"].p_value


def plain_alpha(study: CodingStudy, names: list[str]) -> float:
    """Krippendorff's alpha of a code in plain counting: 1 - observed / expected disagreement."""
    unlike, given, units = 0, 0, 0
    for name in names:
        own = [
            {coding.span.start for coding in study.codings[coder][name] if coding.code == CODE}
            for coder in CODERS
        ]
        unlike += len(own[0] ^ own[1])
        given += len(own[0]) + len(own[1])
        units += len(WORDS)
    values = 2 * units
    return 1 - (unlike / units) / (2 * given * (values - given) / (values * (values - 1)))


def test_the_halves_of_the_work_are_compared_as_counted_by_hand() -> None:
    """Five interviews coded carefully first, five carelessly last; one in between is in none."""
    careful, between, careless = (
        study(names, seen, seed)
        for names, seen, seed in (
            (range(5), 0.95, 1),
            (range(5, 6), 0.9, 5),
            (range(6, 11), 0.5, 2),
        )
    )
    days = {f"P{number}": datetime(2026, 5, 1 + 2 * number, tzinfo=UTC) for number in range(11)}
    parts = (careful, between, careless)
    transcripts = [transcript for part in parts for transcript in part.transcripts]
    codings = [
        replace(coding, created_at=days[coding.transcript])
        for part in parts
        for by_transcript in part.codings.values()
        for of_transcript in by_transcript.values()
        for coding in of_transcript
    ]
    finished = {coder: [*days] for coder in CODERS}
    whole = coding_study(transcripts, codings, finished=finished)
    contrast = contrast_halves(whole)
    row = next(row for row in contrast.rows if row.code == CODE)
    halves = [[*days][:5], [*days][6:]]
    first, last = (plain_alpha(whole, names) for names in halves)
    without = [
        plain_alpha(whole, [n for n in halves[1] if n != gone])
        - plain_alpha(whole, [n for n in halves[0] if n != gone])
        for gone in (*halves[0], *halves[1])
    ]
    mean = sum(without) / 10
    error = math.sqrt(9 / 10 * sum((value - mean) ** 2 for value in without))
    assert contrast.interviews == (5, 5)
    assert contrast.shared == 0
    assert (row.first.value, row.second.value) == pytest.approx((first, last))
    assert row.difference.value == pytest.approx(last - first)
    assert row.difference.standard_error == pytest.approx(error)
    assert row.p_value is not None
    assert row.p_value == pytest.approx(2 * stats.t.sf(abs(last - first) / error, 4))
    assert row.p_value < 0.05


def test_a_pair_is_not_compared_with_a_team() -> None:
    team = study(range(4), 0.8, 1, coders=("anna", "bram", "carla"))
    with pytest.raises(UndefinedRequestError, match="larger team"):
        contrast_studies(study(range(4), 0.8, 1), team, ("a", "b"))


def test_units_against_coders_hold_the_table_of_each_code() -> None:
    compared = study(range(3), 0.7, 1)
    heading, *rows = unit_rows(compared, CODE)
    assert heading == ("transcript", "unit", "start", "end", "code", *CODERS)
    assert len(rows) == 90
    (tables,) = pair_tables(compared.incidence)
    table = tables[:, compared.codes.index(CODE)].sum(0)
    counts = np.zeros((2, 2))
    for *_, a, b in rows:
        counts[int(a), int(b)] += 1
    assert np.array_equal(counts, table)


def test_units_of_an_unknown_code_are_refused() -> None:
    with pytest.raises(UnknownNameError):
        list(unit_rows(study(range(3), 0.7, 1), "nothing"))
