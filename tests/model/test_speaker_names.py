"""Labels that stand for nobody in particular."""

from __future__ import annotations

import pytest

from qualcode.model import is_uncertain_label


@pytest.mark.parametrize(
    "label",
    [
        *"Man? Vrouw? R2? meerdere Meerdere allen Allen: Onbekend several all All. Unknown".split(),
        *"iedereen samen publiek [onbekend]".split(),
        *("R2 (?)", "Unknown Speaker 3", "Onbekende spreker", "meerdere sprekers"),
        *("several voices", "Speaker unknown", "unidentified female"),
    ],
)
def test_labels_of_several_or_of_nobody(label: str) -> None:
    assert is_uncertain_label(label)


@pytest.mark.parametrize(
    "label",
    ["I", "R1", "Man", "Vrouw 2", "Anna", "Allendorf", "Samantha", "Respondent", "Speaker 1", ""],
)
def test_other_labels(label: str) -> None:
    assert not is_uncertain_label(label)
