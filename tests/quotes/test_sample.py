"""The respondents are described without anybody being singled out."""

from qualcode.model import Case, FrozenMap, SampleCount
from qualcode.quotes.sample import describe_sample


def cases(*values: str, name: str = "work") -> list[Case]:
    return [Case(f"G{n}", FrozenMap({name: value})) for n, value in enumerate(values)]


def test_values_of_few_are_counted_together() -> None:
    found = describe_sample(cases(*"aaaabbbcd"), 2)
    assert found == (
        SampleCount("work", "a", 4),
        SampleCount("work", "b", 3),
        SampleCount("work", "", 2),
    )


def test_a_single_rest_takes_the_smallest_value_along() -> None:
    found = describe_sample(cases(*"aaaabbbc"), 3)
    assert found == (SampleCount("work", "a", 4), SampleCount("work", "", 4))


def test_an_attribute_of_which_nothing_is_left_is_not_told() -> None:
    assert describe_sample(cases(*"abcd"), 2) == ()


def test_values_that_are_not_told_are_counted_unless_they_are_few() -> None:
    assert describe_sample(cases("a", "a", "", ""), 2) == (
        SampleCount("work", "a", 2),
        SampleCount("work", None, 2),
    )
    assert describe_sample(cases("a", "a", ""), 2) == ()
