"""What holds for every layer of codings, whatever was coded."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hypothesis_examples import examples
from qualcode.model import Coding, Reach, Span
from qualcode.themes import (
    assess_saturation,
    code_by_case,
    collect_reach,
    compare_cases,
    measure_coverage,
    summarize_themes,
)

LINE = "I: what happened then?\nR: We worked late, and then (laughs) we went out with friends."
TEXTS = dict.fromkeys(("U1", "U2", "P1", "P2", "X1"), LINE)
CODES = ("a", "a/x", "a/y", "b", "b/z")

quick = settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def layers(draw: st.DrawFn) -> tuple[Coding, ...]:
    codings = []
    for number in range(draw(st.integers(0, 14))):
        start = draw(st.integers(0, len(LINE) - 1))
        span = Span(start, draw(st.integers(start + 1, len(LINE))))
        name, code = draw(st.sampled_from(sorted(TEXTS))), draw(st.sampled_from(CODES))
        codings.append(Coding(str(number), name, span, span.of(LINE), code, "anna"))
    return tuple(codings)


@pytest.fixture
def made(study: Any, book: Any) -> Any:
    return study(TEXTS, book(*CODES), users="U1 U2", professionals="P1 P2")


@pytest.mark.slow
@quick
@given(codings=layers(), data=st.data())
def test_the_order_of_the_codings_changes_no_figure(
    made: Any, codings: tuple[Coding, ...], data: st.DataObject
) -> None:
    given_order = replace(made, codings=codings).parts
    mixed = replace(made, codings=tuple(data.draw(st.permutations(codings)))).parts
    assert summarize_themes(*given_order) == summarize_themes(*mixed)
    assert compare_cases(*given_order) == compare_cases(*mixed)
    assert assess_saturation(*given_order, orders=5) == assess_saturation(*mixed, orders=5)


def counts(reach: Reach) -> tuple[int, int]:
    """Return the respondents and codings of a reach of which nothing is hidden."""
    assert reach.cases is not None
    assert reach.codings is not None
    return reach.cases, reach.codings


@quick
@given(codings=layers())
def test_reach_adds_up_over_groups_and_up_the_tree(made: Any, codings: tuple[Coding, ...]) -> None:
    reaches = collect_reach(*replace(made, codings=codings).parts)
    for path, (everyone, *groups) in reaches.items():
        cases, codings_of_it = counts(everyone)
        assert cases == sum(counts(reach)[0] for reach in groups) <= 4
        assert 0 <= (everyone.words_share or 0) <= 1
        above = counts(reaches[path.partition("/")[0]][0])
        assert cases <= above[0]
        assert codings_of_it <= above[1]


@quick
@given(codings=layers())
def test_cells_hold_as_many_codings_as_they_count(made: Any, codings: tuple[Coding, ...]) -> None:
    for row in code_by_case(*replace(made, codings=codings).parts).cells:
        assert all(cell.count == len(cell.codings) for cell in row)


@quick
@given(codings=layers())
def test_shares_and_coefficients_stay_within_bounds(made: Any, codings: tuple[Coding, ...]) -> None:
    parts = replace(made, codings=codings).parts
    for theme in summarize_themes(*parts):
        assert all(0 < pair.c_coefficient <= 1 for pair in theme.pairs)
    overall = measure_coverage(*parts).overall
    assert 0 <= overall.coded_words <= overall.words
    for row in compare_cases(*parts).distances:
        assert all(d is None or 0 <= d <= 1 for d in row)


@quick
@given(codings=layers())
def test_coding_the_interviewers_words_changes_no_words(
    made: Any, codings: tuple[Coding, ...]
) -> None:
    question = Span(3, LINE.index("\n"))
    extra = Coding("extra", "U1", question, question.of(LINE), "b", "anna")
    before, after = (
        measure_coverage(*replace(made, codings=layer).parts).overall.coded_words
        for layer in (codings, (*codings, extra))
    )
    assert before == after
