"""Decisions come back from the queue that was written and filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import InvalidTableError
from qualcode.importing import read_decisions
from qualcode.model import Choice


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "queue.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_with_a_choice_are_decisions_and_the_others_stay_open(tmp_path: Path) -> None:
    path = table(tmp_path, "disagreement;choice;reason\n1;A;gemist\n2;;\n3;beide;\n")
    found = read_decisions(path, by="anna")
    assert [(d.disagreement, d.choice, d.reason, d.by) for d in found] == [
        ("1", Choice.TAKE_A, "gemist", "anna"),
        ("3", Choice.BOTH, "", "anna"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,quote\na,b\n", "'disagreement' and 'choice'"),
        ("disagreement,choice\n1,perhaps\n2,c\n", "'perhaps' is not a choice.*And 1 more"),
        ("disagreement,choice\n,a\n", "names no disagreement"),
    ],
)
def test_a_table_that_decides_nothing_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidTableError, match=message):
        read_decisions(table(tmp_path, text), by="anna")
