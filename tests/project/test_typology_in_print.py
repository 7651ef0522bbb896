"""What a printed typology must not tell: small types and cells, held-back values, who withdrew."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.errors import UndefinedRequestError
from qualcode.model import FrozenMap, Participation
from qualcode.model.json_values import to_json_value
from qualcode.model.property_space import PropertySpace, SpaceCell, TypologyReport
from qualcode.project import Project
from qualcode.quotes import RiskKind, hide_space
from sample_typology import make_settled_study, make_typology

TOWNS = {"G1": "Ommen", "G2": "Zwolle", "G3": "Zwolle", "G4": "Zwolle", "G5": "Hardenberg"}
MOTIVES = "Motief: sociaal=motives/sociability; ander=*"


@pytest.fixture(scope="module")
def study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, in which one respondent is the only one of a town."""
    path = tmp_path_factory.mktemp("print") / "study.qualcode"
    make_settled_study(path)
    with Project.open(path, as_coder="anna", verify=False) as project:
        project.cases.replace(
            replace(
                case,
                attributes=FrozenMap({**case.attributes, "town": TOWNS.get(case.name, "Zwolle")}),
            )
            for case in project.cases.collect()
        )
    return path


@pytest.fixture
def project(study_file: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(
        shutil.copy(study_file, tmp_path / "s.qualcode"), as_coder="anna", verify=False
    ) as opened:
        yield opened


def kept(project: Project) -> str:
    """Return all that the history and the settings of a typology hold."""
    events = [
        (event.target, event.before, event.after)
        for event in project.history.events()
        if event.action.startswith("design")
    ]
    typology = project.themes.typology
    return json.dumps([events, to_json_value([typology.design(), typology.assignments()])])


@pytest.mark.slow
def test_a_withdrawn_person_is_in_no_type_and_no_value_of_theirs_is_kept(project: Project) -> None:
    typology = project.themes.typology
    typology.set_dimensions(["Plaats: @town", MOTIVES], "users")
    typology.set_type("Klein", cells="Ommen,*; Zwolle,*")
    typology.assign("G1", ["Klein"])
    typology.assign("G2", ["Klein"])
    assert '"G1' in kept(project).replace("\\", "")
    project.cases.withdraw("G1")
    assert "G1" not in kept(project)
    assert "Ommen" not in kept(project)
    (klein,) = typology.design().types
    assert klein.cells == (("Zwolle", "*"),)
    assert [a.case for a in typology.assignments()] == ["G2"]
    assert all("Ommen" not in cell.categories for cell in typology.space().cells)
    assert project.history.check() == ()


@pytest.mark.slow
def test_a_rule_loses_the_value_that_only_a_withdrawn_person_had(project: Project) -> None:
    typology = project.themes.typology
    typology.set_dimensions(
        ["Plaats: dorp = @town:Ommen|Hardenberg; stad = @town:Zwolle; weg = @town:Ommen", MOTIVES]
    )
    project.cases.withdraw("G1")
    place = typology.design().dimensions[0]
    assert [category.name for category in place.categories] == ["dorp", "stad"]
    assert "Ommen" not in place.text
    # What is left is a rule that can be read again.
    assert typology.set_dimensions([place.text, MOTIVES]).cells == typology.space().cells


@pytest.mark.slow
def test_a_dimension_that_only_a_withdrawn_person_had_goes(project: Project) -> None:
    typology = project.themes.typology
    typology.set_dimensions(["Plaats: weg = @town:Ommen", MOTIVES])
    typology.set_type("Klein", cells="weg,sociaal")
    project.cases.withdraw("G1")
    assert [dimension.name for dimension in typology.design().dimensions] == ["Motief"]
    assert typology.design().types[0].cells == ()


def categories_of(report: TypologyReport) -> set[str]:
    return {cell.categories[0] for cell in report.space.cells}


def accept_rare_values(project: Project) -> None:
    for risk in project.disclosure.check():
        if risk.kind is RiskKind.VALUE:
            project.disclosure.accept_risk(risk.id, "nobody lives there any more")


@pytest.mark.slow
def test_a_typology_prints_wider_values_also_where_the_measure_came_later(project: Project) -> None:
    typology = project.themes.typology
    typology.set_dimensions(["Plaats: @town", MOTIVES])
    typology.set_type("Klein", cells="Ommen,*; Hardenberg,*")
    project.disclosure.widen("town", "Ommen, Hardenberg", "buiten")
    accept_rare_values(project)
    report = typology.report(for_print=True)
    told = json.dumps(to_json_value(report))
    assert "Ommen" not in told
    assert "Hardenberg" not in told
    assert {cell.categories[0] for cell in report.space.cells} == {"buiten", "Zwolle"}
    assert report.design.types[0].cells == (("buiten", "*"),)
    space = typology.set_dimensions(["Plaats: @town", MOTIVES])
    assert {cell.categories[0] for cell in space.cells} == {"buiten", "Zwolle"}


@pytest.mark.slow
def test_a_typology_does_not_print_what_is_suppressed(project: Project) -> None:
    typology = project.themes.typology
    typology.set_dimensions(["Plaats: @town", "Dorp: dorp = @town:Ommen; ander = *", MOTIVES])
    typology.set_type("Klein", cells="Ommen,*,*")
    project.disclosure.suppress("G1", "town")
    assert categories_of(typology.report(for_print=True)) == {"Zwolle"}
    accept_rare_values(project)
    report = typology.report(for_print=True)
    assert "Ommen" not in json.dumps(to_json_value(report))
    assert categories_of(report) == {"Hardenberg", "Zwolle"}
    project.disclosure.suppress("", "town")
    assert typology.report(for_print=True).space.dimensions == ("Dorp", "Motief")


def space_of(*rows: tuple[int, ...]) -> PropertySpace:
    cells = [
        SpaceCell((f"a{i}", f"b{j}"), tuple(f"G{i}{j}{n}" for n in range(count)), count=count)
        for i, row in enumerate(rows)
        for j, count in enumerate(row)
    ]
    return PropertySpace(("A", "B"), tuple(cells), FrozenMap({"G9": "A"}))


def test_a_small_cell_does_not_follow_from_those_beside_and_below_it() -> None:
    hidden = hide_space(space_of((1, 5, 6), (4, 7, 8), (9, 9, 9)), 3)
    marks = [cell.hidden for cell in hidden.cells]
    # The row and the column of the small cell, and then those of the cells hidden for it.
    assert marks == ["<3", "…", "", "…", "…", "", "", "", ""]
    assert [cell.count for cell in hidden.cells if cell.hidden] == [None] * 4
    assert "G" not in json.dumps(to_json_value([cell.cases for cell in hidden.cells]))
    assert not hidden.outside


def test_two_small_cells_hide_each_other_along_one_dimension_only() -> None:
    hidden = hide_space(space_of((1, 2, 6), (4, 0, 8)), 3)
    # The first row needs no other; the first column does, and so do the lines of that other.
    assert [cell.hidden for cell in hidden.cells] == ["<3", "<3", "…", "…", "", "…"]


def both_assign(project: Project, **types: str) -> None:
    for coder in ("anna", "bram"):
        typology = project.acting_as(coder).themes.typology
        for case, name in types.items():
            typology.assign(case, [name])


@pytest.mark.slow
def test_the_agreement_on_a_type_that_is_left_out_is_left_out(
    project: Project, tmp_path: Path
) -> None:
    typology = project.themes.typology
    typology.set_dimensions([MOTIVES, "Plaats: @town"], "users")
    for name in ("Groot", "Klein"):
        typology.set_type(name)
    both_assign(project, G1="Klein", G2="Groot", G3="Groot", G4="Groot")
    report = typology.report(for_print=True)
    assert report.comparison is not None
    assert [row.type for row in report.comparison.rows] == ["Groot"]
    typology.write(report, tmp_path / "t.md", language="nl")
    text = (tmp_path / "t.md").read_text("utf-8")
    assert "Typen met minder dan 3 respondenten" in text
    shown = typology.report().comparison
    assert shown is not None
    assert [row.type for row in shown.rows] == ["Groot", "Klein", ""]
    typology.accept_small_type("Klein", "heeft het gelezen")
    printed = typology.report(for_print=True).comparison
    assert printed is not None
    assert [row.type for row in printed.rows] == ["Groot", "Klein", ""]


@pytest.mark.slow
def test_the_names_of_whom_coders_differ_on_are_not_printed(project: Project) -> None:
    make_typology(project)
    bram = project.acting_as("bram").themes.typology
    bram.assign("G1", ["Bij psychische problemen"])
    report = bram.report(by="anna", for_print=True)
    assert report.comparison is not None
    assert report.comparison.differ == ()
    shown = bram.report(by="anna").comparison
    assert shown is not None
    assert shown.differ == ("G1",)


@pytest.fixture
def waves(project: Project) -> Project:
    """The study in which G1 and G2 take part twice, with two types."""
    typology = project.themes.typology
    typology.set_dimensions([MOTIVES, "Plaats: @town"], "users")
    for name in ("Groot", "Klein"):
        typology.set_type(name)
    cases = []
    for case in project.cases.collect():
        first = case.participations[0]
        second = {"G1": "G03", "G2": "G04"}.get(case.name)
        if case.name in {"G3", "G4"}:
            continue
        if second:
            parts = (
                Participation(first.transcript, (), FrozenMap({"wave": "1"})),
                Participation(second, (), FrozenMap({"wave": "2"})),
            )
            case = replace(case, participations=parts)  # noqa: PLW2901 - the same case
        cases.append(case)
    project.cases.replace(cases)
    return project


@pytest.mark.slow
def test_only_who_changes_type_between_waves_is_told_to_move(waves: Project) -> None:
    typology = waves.themes.typology
    for wave in ("1", "2"):
        typology.assign("G1", ["Groot"], wave=wave)
    typology.assign("G2", ["Groot"], wave="1")
    typology.assign("G2", ["Klein"], wave="2")
    pages = {page.type.name: page for page in typology.report().pages}
    assert pages["Groot"].moves == (("G2", "1", "Groot"), ("G2", "2", "Klein"))


@pytest.mark.slow
def test_a_move_to_a_type_that_is_left_out_names_nobody(waves: Project) -> None:
    typology = waves.themes.typology
    for case in ("G5", "G6"):
        typology.assign(case, ["Groot"])
    typology.assign("G2", ["Groot"], wave="1")
    typology.assign("G2", ["Klein"], wave="2")
    pages = {page.type.name: page for page in typology.report(for_print=True).pages}
    assert pages["Klein"].withheld
    assert not pages["Groot"].withheld
    assert pages["Groot"].moves == ()


@pytest.mark.slow
def test_one_settled_case_does_not_settle_the_others(project: Project, tmp_path: Path) -> None:
    typology = project.themes.typology
    typology.set_dimensions([MOTIVES, "Plaats: @town"], "users")
    for name in ("Groot", "Klein"):
        typology.set_type(name)
    both_assign(project, G1="Groot", G2="Groot", G3="Groot")
    bram = project.acting_as("bram").themes.typology
    for case in ("G1", "G2"):
        bram.assign(case, ["Klein"])
    bram.assign("G1", ["Groot"], settled=True)
    with pytest.raises(UndefinedRequestError, match="anna and bram differ on G2"):
        bram.report()
    bram.assign("G2", ["Groot"], settled=True)
    report = bram.report()
    assert report.settled == 2
    assert report.pages[0].cases == ("G1", "G2", "G3")
    bram.write(report, tmp_path / "t.md", language="en")
    text = (tmp_path / "t.md").read_text("utf-8")
    assert "was decided together for 2 respondents; the others are as the coders" in text
    assert "independently" not in text


@pytest.mark.slow
def test_what_is_settled_is_a_case_as_what_it_is_or_as_what_it_describes(project: Project) -> None:
    typology = project.themes.typology
    typology.set_dimensions([MOTIVES, "Plaats: @town"], "users")
    for name in ("Groot", "Klein"):
        typology.set_type(name)
    both_assign(project, G1="Groot")
    typology.assign("G1", ["Klein"], describes=True)
    typology.assign("G1", ["Groot"], settled=True)
    with pytest.raises(UndefinedRequestError, match="differ on G1"):
        typology.report()
    # That it describes none is a decision too.
    typology.assign("G1", [], describes=True, settled=True)
    assert typology.report().pages[1].informants == ()
    assert [a.type for a in typology.assignments("consensus")] == ["Groot"]


@pytest.mark.slow
def test_a_third_coder_does_not_make_differences_vanish(project: Project) -> None:
    typology = project.themes.typology
    typology.set_dimensions([MOTIVES, "Plaats: @town"], "users")
    typology.set_type("Groot")
    both_assign(project, G1="Groot")
    project.acting_as("supervisor").themes.typology.assign("G2", ["Groot"])
    typology.assign("G3", ["Groot"], settled=True)
    with pytest.raises(UndefinedRequestError, match="More than two coders"):
        typology.report()
    assert typology.report(by="consensus").pages[0].cases == ("G3",)
