"""A frozen plan of the check: every report names it, and says what differs or that nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.model import AgreementPlan, AgreementStudy
from qualcode.project import Project
from two_coder_study import give, make_project

CODERS = ("anna", "bram")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two of three interviews were coded by both, after a plan could be frozen."""
    with Project.open(make_project(tmp_path), verify=False) as opened:
        for coder in CODERS:
            opened.rounds.add_coder(coder)
        yield opened


def code_twice(project: Project) -> None:
    for coder in CODERS:
        give(project, "A1", "leuk", "joy", coder)
        give(project, "A2", "leuk", "joy", coder)
    give(project, "A1", "wakker", "energy", "anna")


def deviations(study: AgreementStudy) -> str:
    return " ".join(study.method.deviations)


def test_a_report_names_the_plan_and_says_that_nothing_differs(
    project: Project, tmp_path: Path
) -> None:
    project.agreement.planning.freeze(AgreementPlan(CODERS, 0.5))
    code_twice(project)
    study = project.agreement.report(CODERS)
    assert "The check of agreement had a plan, frozen on" in deviations(study)
    assert "unit and coefficient are as planned." in deviations(study)
    project.agreement.write(study, tmp_path / "report.md", language="nl")
    text = (tmp_path / "report.md").read_text("utf-8")
    assert "Voor de controle van de overeenstemming was er een plan, vastgelegd op" in text
    assert "eenheid en coëfficiënt zijn zoals gepland." in text


def test_a_report_without_a_plan_says_nothing_of_one(project: Project) -> None:
    code_twice(project)
    assert project.agreement.report(CODERS).method.deviations == ()


def test_a_report_says_what_differs_and_not_that_all_is_as_planned(project: Project) -> None:
    project.agreement.planning.freeze(
        AgreementPlan(("anna", "carla"), 1, unit="sentence", stopping_rule="Stop na drie.")
    )
    code_twice(project)
    said = deviations(project.agreement.report(CODERS))
    assert "Planned coders: anna and carla. Compared: anna and bram." in said
    assert "Planned: 100% of the interviews coded twice. Coded twice: 2 of 3 (67%)." in said
    assert "Planned unit: " in said
    assert "as planned" not in said
    assert said.endswith("Stopping rule: Stop na drie.")


@pytest.mark.parametrize(
    ("share", "interviews", "missed"), [(1, 2, ""), (0.2, 3, "Planned: 3 of"), (0.5, 0, "")]
)
def test_a_number_of_interviews_holds_instead_of_the_share(
    project: Project, share: float, interviews: int, missed: str
) -> None:
    """Half of three interviews is two, as the preregistration says."""
    project.agreement.planning.freeze(AgreementPlan(CODERS, share, interviews=interviews))
    code_twice(project)
    said = deviations(project.agreement.report(CODERS))
    assert missed in said
    assert ("Planned:" in said) == bool(missed)


def test_codes_without_an_interval_are_not_counted_in_silence(project: Project) -> None:
    project.agreement.planning.freeze(AgreementPlan(CODERS, 0.5))
    code_twice(project)
    said = deviations(project.agreement.report(CODERS))
    assert "0 of 2 codes reach it. 1 of these codes has no interval" in said


def test_a_plan_older_than_the_interviews_is_registered_as_it_is(
    project: Project, tmp_path: Path
) -> None:
    planning = project.agreement.planning
    planning.freeze(AgreementPlan(CODERS, 0.2, interviews=12))
    planning.freeze(AgreementPlan(CODERS, 0.2, interviews=10))
    planning.write(tmp_path / "plan.md", language="en")
    text = (tmp_path / "plan.md").read_text("utf-8")
    assert "10 of the interviews are coded by all of them; the project holds 3 so far." in text
    assert "12 of the interviews" in text
    assert "%" not in text.replace("95%", "")


@pytest.mark.slow
def test_the_methods_for_others_name_no_coder(project: Project) -> None:
    project.agreement.planning.freeze(AgreementPlan(("anna", "carla"), 0.5))
    project.rounds.add_coder("carla")
    code_twice(project)
    give(project, "A3", "saai", "boredom", "carla")
    differences = project.acting_as("anna").agreement.collect_disagreements(CODERS)
    decision = project.acting_as("anna").adjudication.decide(differences[0], "a")
    assert decision is not None
    project.adjudication.settle(CODERS, [decision])
    said = " ".join(project.exchange.publication.methods(CODERS)).casefold()
    assert "planned coders" in said or "geplande codeurs" in said
    for name in ("anna", "bram", "carla"):
        assert name not in said


@pytest.mark.slow
def test_the_command_says_it_too(project: Project, tmp_path: Path) -> None:
    code_twice(project)
    project.agreement.planning.freeze(AgreementPlan(CODERS, 1, unit="sentence"))
    told = qualcode("agreement", "--coders", "anna,bram", folder=tmp_path)
    assert told.code == 0, told.err
    assert "The check of agreement had a plan, frozen on" in told.out
    assert "Planned unit: respondents' sentences." in told.out
    table = qualcode("agreement", "--coders", "anna,bram", "--json", folder=tmp_path).json
    assert "Planned unit: respondents' sentences." in " ".join(table["deviations"])
