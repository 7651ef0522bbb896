"""The line of attribution: a missing value goes with its separator."""

import pytest

from qualcode.errors import InvalidValueError
from qualcode.model import GROUP_LABELS
from qualcode.quotes import AttributionPattern


def _line(pattern: str, language: str = "nl", **attributes: str) -> str:
    values = {**attributes, "case": "G1", "transcript": "T1"}
    return AttributionPattern.parse(pattern).fill(values, GROUP_LABELS, language)


@pytest.mark.parametrize(
    ("pattern", "attributes", "line"),
    [
        ("{a}, {b}, {c}", {"a": "1", "b": "2", "c": "3"}, "1, 2, 3"),
        ("{a}, {b}, {c}", {"a": "1", "c": "3"}, "1, 3"),
        ("{a}, {b}, {c}", {"b": "2", "c": "3"}, "2, 3"),
        ("{a}, {b}, {c}", {"a": "1"}, "1"),
        ("{a}, {b}, {c}", {}, ""),
        ("{case} ({a}, {b})", {"a": "1", "b": "2"}, "G1 (1, 2)"),
        ("{case} ({a}, {b})", {"b": "2"}, "G1 (2)"),
        ("{case} ({a}, {b})", {"a": "1"}, "G1 (1)"),
        ("{case} ({a}, {b})", {}, "G1"),
        ("{a}, {b} jaar, {c}", {"a": "1", "c": "3"}, "1, 3"),
        ("{a}, leeftijd {b}", {"a": "1"}, "1"),
        ("{a} | {transcript}", {"a": ""}, "T1"),
        ("een respondent", {}, "een respondent"),
        ("{{{a}}}", {"a": "1"}, "{1}"),
    ],
)
def test_pattern(pattern: str, attributes: dict[str, str], line: str) -> None:
    """Each pattern gives this line for these attributes."""
    assert _line(pattern, **attributes) == line


@pytest.mark.parametrize(("language", "word"), [("nl", "gebruiker"), ("en", "user")])
def test_well_known_groups_are_named_in_the_language(language: str, word: str) -> None:
    assert _line("{group}", language, group="users") == word


def test_another_group_is_called_by_its_own_name() -> None:
    assert _line("{group}", group="naasten") == "naasten"


@pytest.mark.parametrize("pattern", ["{group", "group}", "{}", "{a:>3}", "{a!r}"])
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(InvalidValueError, match="cannot be read"):
        AttributionPattern.parse(pattern)
