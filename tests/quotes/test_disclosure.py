"""An attribution that fits too few respondents is reported."""

from qualcode.model import Case, FrozenMap, LocalText, Passage, Quote, QuoteSection, Span
from qualcode.quotes import attribution_risks, passages_of


def _case(name: str, sex: str, age: str) -> Case:
    return Case(name, FrozenMap({"group": "users", "sex": sex, "age_band": age}))


CASES = [
    _case("G1", "man", "20-29"),
    _case("G2", "man", "20-29"),
    _case("G3", "man", "20-29"),
    _case("G4", "man", "40-49"),
    _case("G5", "vrouw", "20-29"),
]


def _passages(*names: str) -> tuple[Quote | Passage, ...]:
    label = LocalText()
    quotes = tuple(
        Quote(
            coding=name,
            text="x",
            transcript=name,
            span=Span(0, 1),
            turn=None,
            time_ms=None,
            case=name,
            group="users",
            attributes=FrozenMap(),
            code="a",
            code_label=label,
            theme="a",
            theme_label=label,
            coder="Anna",
        )
        for name in names
    )
    return passages_of([QuoteSection("a", label, "a", label, (), quotes)])


def test_a_rare_combination_is_reported_once_with_what_to_leave_out() -> None:
    (problem,) = attribution_risks(_passages("G1", "G4", "G4"), CASES)
    assert problem.where == "case G4"
    assert "'users, man, 40-49' fits 1 of 5 cases" in problem.message
    assert problem.hint == "Without {age_band} it fits 4."


def test_where_no_single_attribute_is_to_blame_the_hint_says_so() -> None:
    cases = [*CASES, _case("G6", "vrouw", "40-49")]
    (problem,) = attribution_risks(_passages("G6"), cases)
    assert problem.hint == "Print fewer attributes, or wider ones."


def test_only_the_attributes_of_the_pattern_count() -> None:
    assert attribution_risks(_passages("G4"), CASES, attribution="{case}, {group}") == ()


def test_only_cases_that_are_quoted_count() -> None:
    assert attribution_risks(_passages("G1"), CASES) == ()


def test_the_threshold_can_be_raised() -> None:
    assert len(attribution_risks(_passages("G1"), CASES, threshold=4)) == 1
