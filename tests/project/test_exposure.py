"""Suggestions count in the report of agreement where they were shown before the coding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.model import Exposure, Span
from qualcode.project import Project
from two_coder_study import TEXTS, give, make_project

PAIR = ("anna", "bram")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(make_project(tmp_path), verify=False) as opened:
        for coder in PAIR:
            opened.rounds.add_coder(coder)
        yield opened


def show(project: Project, words: str) -> None:
    """Show anna a suggestion for a passage of A1."""
    start = TEXTS["A1"].index(words)
    span = Span(start, start + len(words))
    project._store.expose([Exposure("anna", "A1", span, ("motives/joy",), "fused@1")], "anna")


@pytest.mark.slow
def test_suggestions_shown_after_the_last_coding_count_nowhere(project: Project) -> None:
    for coder in PAIR:
        give(project, "A1", "Het is leuk hoor", "joy", coder)
    show(project, "Het is leuk hoor")
    show(project, "Anders is het saai")
    study = project.agreement.report(PAIR)
    assert study.method.exposures == 0
    assert study.exposed == ()


@pytest.mark.slow
def test_suggestions_shown_before_the_coding_count(project: Project) -> None:
    show(project, "Het is leuk hoor")
    for coder in PAIR:
        give(project, "A1", "Het is leuk hoor", "joy", coder)
    study = project.agreement.report(PAIR)
    assert study.method.exposures == 1
    assert [group.report.units for group in study.exposed if group.group == "one"] == [1]


@pytest.mark.slow
def test_a_passage_that_was_coded_before_is_not_exposed_by_later_work(project: Project) -> None:
    for coder in PAIR:
        give(project, "A1", "Het is leuk hoor", "joy", coder)
    show(project, "Het is leuk hoor")
    for coder in PAIR:
        give(project, "A1", "Anders is het saai", "boredom", coder)
    assert project.agreement.report(PAIR).method.exposures == 0


@pytest.mark.slow
def test_a_passage_left_uncoded_is_exposed_where_the_coder_went_on(project: Project) -> None:
    show(project, "Het is leuk hoor")
    for coder in PAIR:
        give(project, "A1", "Anders is het saai", "boredom", coder)
    assert project.agreement.report(PAIR).method.exposures == 1
