"""What to code next and what was missed, as the acting coder may know it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import ReadOnlyProjectError, UndefinedRequestError
from qualcode.model import Round
from qualcode.project import Project
from two_coder_study import give, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(make_project(tmp_path), as_coder="anna", verify=False) as opened:
        for coder in ("anna", "bram"):
            opened.rounds.add_coder(coder)
        yield opened


@pytest.mark.slow
def test_interviews_that_are_not_coded_are_put_in_order(project: Project) -> None:
    give(project, "A1", "Het is leuk hoor", "joy", "anna")
    interviews = project.suggestions.guidance.plan_next()
    assert {interview.transcript for interview in interviews} == {"A2", "A3"}
    values = [interview.value for interview in interviews]
    assert values == sorted(values, reverse=True)
    assert all(interview.passages for interview in interviews)


@pytest.mark.slow
def test_a_likely_code_that_was_not_given_is_asked_about_and_shown_once_kept(
    project: Project,
) -> None:
    give(project, "A1", "Het is leuk hoor", "joy", "anna")
    report = project.suggestions.guidance.find_missed("A1")
    # "Het is leuk hoor" has its code, and is not asked about
    codes = {item.suggestion.code for item in report.missed}
    assert codes == {"motives/boredom", "motives/energy"}
    shown = {code for e in project.suggestions.collect_exposures() for code in e.codes}
    assert shown == codes
    assert report.checked.value is None


@pytest.mark.slow
def test_missed_codes_are_checked_against_what_others_gave(project: Project) -> None:
    give(project, "A1", "Het is leuk hoor", "joy", "anna")
    give(project, "A1", "Anders is het saai", "boredom", "bram")
    report = project.suggestions.guidance.find_missed("A1")
    assert (report.checked.value, report.checked.units) == (0.5, 2)


def test_nothing_is_said_in_an_open_blind_round(project: Project) -> None:
    give(project, "A1", "Het is leuk hoor", "joy", "anna")
    project.rounds.put(Round("one", ("anna", "bram"), ("A1", "A2")))
    guidance = project.suggestions.guidance
    assert [interview.transcript for interview in guidance.plan_next()] == ["A3"]
    with pytest.raises(UndefinedRequestError, match="not finished"):
        guidance.find_missed("A1")
    project.rounds.hand_in("one", "anna")
    assert guidance.find_missed().interviews == ()


def test_few_coded_interviews_give_no_bound(project: Project) -> None:
    give(project, "A1", "Het is leuk hoor", "joy", "anna")
    with pytest.raises(UndefinedRequestError, match="too few"):
        project.suggestions.guidance.judge_codes()


def test_codes_that_were_shown_with_what_to_code_next_are_kept(project: Project) -> None:
    give(project, "A1", "Het is leuk hoor", "joy", "anna")
    interviews = project.suggestions.guidance.plan_next()
    shown = {(i.transcript, p.segment.span, p.codes) for i in interviews for p in i.passages}
    exposures = project.suggestions.collect_exposures()
    assert {(e.transcript, e.span, e.codes) for e in exposures} == shown
    assert {(e.coder, e.suggester.partition("@")[0]) for e in exposures} == {("anna", "next")}


def test_where_nothing_can_be_kept_no_code_is_shown(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise ReadOnlyProjectError("Nothing may be written.")

    monkeypatch.setattr(project.suggestions.guidance._store, "expose", refuse)
    passages = [p for i in project.suggestions.guidance.plan_next() for p in i.passages]
    assert passages
    assert not any(passage.codes for passage in passages)
