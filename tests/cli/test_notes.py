"""Notes of the command line: each once, all of them, the serious ones first."""

from __future__ import annotations

import pytest

from qualcode.cli.output import print_problems
from qualcode.errors import Problem
from qualcode.project.disclosure import _open_problems
from qualcode.quotes import Risk, RiskKind


def test_each_note_is_printed_once_and_none_is_cut_off(capsys: pytest.CaptureFixture[str]) -> None:
    problems = [Problem(f"G{number:02}", "iets") for number in range(40)]
    print_problems([*problems, *problems])
    printed = capsys.readouterr().err
    assert all(printed.count(f"G{number:02}") == 1 for number in range(40))
    assert "more" not in printed


def test_a_name_that_would_be_printed_comes_first() -> None:
    risks = [
        Risk("1", RiskKind.CELLS, "table", "a small count"),
        Risk("2", RiskKind.ATTRIBUTION, "G01", "fits one case"),
        Risk("3", RiskKind.NAME, "G02", "a name"),
        Risk("4", RiskKind.NAME, "G03", "a name that was accepted", confirmed="public"),
        Risk("5", RiskKind.ATTRIBUTION, "G01", "fits one case"),
    ]
    assert [problem.where for problem in _open_problems(risks)] == ["G02", "table", "G01"]
