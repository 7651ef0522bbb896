"""Characters of respondents' words as units: the same figures as one label per character."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hypothesis_examples import examples
from qualcode.agreement import coefficient, compare_coders
from qualcode.errors import InvalidValueError
from qualcode.model import Coding, Segment, SegmentKind, Span, Transcript
from studies import CODERS, coding_study, interview

CODES = ("who/age", "why/fun")
TALK = interview(
    "P01", "I: and you then", "R: well I am  thirty", "I: so?", "R: it was fun all day"
)

places = st.tuples(
    st.integers(0, len(TALK.text) - 1),
    st.integers(1, 30),
    st.sampled_from(CODES),
    st.sampled_from(CODERS),
)


def codings_of(transcript: Transcript, given: list[tuple[int, int, str, str]]) -> list[Coding]:
    made = []
    for number, (start, size, code, coder) in enumerate(given):
        span = Span(start, min(start + size, len(transcript.text)))
        quote = span.of(transcript.text)
        made.append(Coding(str(number), transcript.name, span, quote, code, coder))
    return made


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(places, min_size=1, max_size=8))
def test_runs_of_characters_give_what_one_label_per_character_gives(
    drawn: list[tuple[int, int, str, str]],
) -> None:
    codings = codings_of(TALK, drawn)
    everything = dict.fromkeys(CODERS, ("P01",))
    report = compare_coders(coding_study([TALK], codings, finished=everything, unit="character"))
    spoken = [
        p
        for turn in TALK.respondent_turns()
        for p in range(turn.span.start, turn.span.end)
        if not TALK.text[p].isspace()
    ]
    assert report.units == len(spoken)
    for code in CODES:
        labels = {
            coder: [
                int(any(c.span.start <= p < c.span.end for c in codings if same(c, coder, code)))
                for p in spoken
            ]
            for coder in CODERS
        }
        row = report.code(code)
        for name, found in (
            ("cohen_kappa", row.figure("kappa")),
            ("alpha_nominal", row.figure("alpha")),
        ):
            wanted = coefficient(name, labels, categories=(0, 1))
            assert (found.value is None) == (wanted.value is None)
            if wanted.value is not None:
                assert found.value == pytest.approx(wanted.value)


def same(coding: Coding, coder: str, code: str) -> bool:
    return coding.coder == coder and coding.code == code


def test_characters_are_named_in_words_and_interviewers_are_left_out() -> None:
    codings = codings_of(TALK, [(0, 12, "why/fun", "anna"), (0, 12, "why/fun", "bram")])
    report = compare_coders(coding_study([TALK], codings, unit="character"))
    assert report.unit == "characters of respondents' words"
    assert report.code("why/fun").both == 0


def test_characters_of_other_units_than_turns_are_those_within_them() -> None:
    first = TALK.respondent_turns()[0]
    answer = Segment("P01", SegmentKind.ANSWER, first.span, (first.number,))
    codings = codings_of(TALK, [(0, 60, "why/fun", "anna"), (0, 60, "why/fun", "bram")])
    report = compare_coders(coding_study([TALK], codings, segments=[answer], unit="character"))
    assert report.units == len("".join(first.span.of(TALK.text).split()))


@pytest.mark.parametrize("unit", ["answer", "word", "CHARACTER"])
def test_another_unit_than_the_segments_are_of_is_refused(unit: str) -> None:
    with pytest.raises(InvalidValueError, match="kind 'turn'"):
        compare_coders(coding_study([TALK], [], unit=unit))


@pytest.mark.slow
def test_a_long_study_is_compared_by_characters_at_once() -> None:
    """A million characters and two thousand passages: no loop over characters."""
    long = interview("L", *(f"R: {'so it went on ' * 50}{n}" for n in range(1500)))
    drawn = [(n * 400, 300, CODES[n % 2], CODERS[n % 3 % 2]) for n in range(2000)]
    codings = codings_of(long, drawn)
    started = time.perf_counter()
    report = compare_coders(coding_study([long], codings, unit="character"), resamples=10)
    assert report.units > 750_000
    assert time.perf_counter() - started < 20
