"""A typology that researchers build: space, types, who is which, agreement, pages."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from cli_runner import qualcode
from qualcode.errors import (
    ConflictError,
    InvalidValueError,
    QualcodeError,
    UndefinedRequestError,
    UnknownNameError,
)
from qualcode.model import Case, FrozenMap, Participation
from qualcode.project import Project
from sample_typology import DIMENSIONS, TYPES, make_settled_study, make_typology


@pytest.fixture(scope="module")
def study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, settled."""
    path = tmp_path_factory.mktemp("types") / "study.qualcode"
    make_settled_study(path)
    return path


@pytest.fixture
def project(study_file: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(
        shutil.copy(study_file, tmp_path / "s.qualcode"), as_coder="anna", verify=False
    ) as opened:
        yield opened


@pytest.mark.slow
def test_the_six_groups_and_three_target_groups_of_the_study_are_remade(
    project: Project, tmp_path: Path
) -> None:
    make_typology(project)
    report = project.themes.typology.report()
    assert [page.type.name for page in report.pages] == [name for name, *_ in TYPES]
    assert len(report.design.targets) == 3
    users = {case.name for case in project.cases.collect() if case.group == "users"}
    assert {case for page in report.pages for case in page.cases} <= users
    assert {case for page in report.pages for case in page.cases} == users
    assert {case for page in report.pages for case in page.informants} == {"P1", "P2", "P3", "P4"}
    path = tmp_path / "typology.docx"
    project.themes.typology.write(project.themes.typology.report(for_print=True), path)
    from docx import Document

    words = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert all(name in words for name, *_ in TYPES)


@pytest.mark.slow
def test_the_space_has_every_combination_and_who_is_in_it(project: Project) -> None:
    make_typology(project)
    space = project.themes.typology.space()
    names = [[c.name for c in d.categories] for d in project.themes.typology.design().dimensions]
    assert [cell.categories for cell in space.cells] == list(product(*names))
    assert any(not cell.cases for cell in space.cells)
    codings = project.codings.collect_layer()
    for cell in space.cells:
        for case in cell.cases:
            has = {c.code for c in codings if c.transcript == case.replace("G", "G0")}
            loss = "consequences/dependence_and_loss_of_control" in has
            assert (cell.categories[2] == "minder") == loss


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("Werk", "is no dimension"),
        ("Werk: @beroep", "attribute"),
        ("Motief: motives/weg", "code"),
        ("Nietig: nooit = motives/enjoyment & !motives/enjoyment", "Nobody has a category"),
        ("Twee: a = @work:voltijd; a = *", "twice"),
        ("Leeg: a =", "is no category"),
    ],
)
def test_a_dimension_that_cannot_be_is_refused_and_nothing_is_kept(
    project: Project, text: str, match: str
) -> None:
    with pytest.raises(QualcodeError, match=match):
        project.themes.typology.set_dimensions([text])
    assert project.themes.typology.design().dimensions == ()


def test_an_attribute_with_60_values_is_refused_with_a_way_out(project: Project) -> None:
    cases = [
        Case(f"N{n}", FrozenMap({"town": f"plaats {n}"}), (Participation("G01"),))
        for n in range(60)
    ]
    project.cases.replace([*project.cases.collect(), *cases])
    with pytest.raises(InvalidValueError, match="60 categories, and 12 is the most"):
        project.themes.typology.set_dimensions(["Plaats: @town"])
    project.themes.typology.set_dimensions(["Plaats: hier = @town:plaats 1|plaats 2; elders = *"])


@pytest.mark.slow
def test_a_type_without_members_has_a_page_that_says_so(project: Project, tmp_path: Path) -> None:
    make_typology(project)
    project.themes.typology.set_type("Niemand", definition="Bestaat niet.")
    report = project.themes.typology.report(for_print=True)
    (page,) = (page for page in report.pages if page.type.name == "Niemand")
    assert (page.cases, page.withheld, page.codes) == ((), False, ())
    project.themes.typology.write(report, tmp_path / "t.md", language="en")
    assert "No respondent was assigned to this type." in (tmp_path / "t.md").read_text("utf-8")


@pytest.mark.slow
def test_a_small_type_is_printed_after_a_reasoned_decision_only(
    project: Project, tmp_path: Path
) -> None:
    make_typology(project)
    typology = project.themes.typology
    typology.set_type("Twee", definition="Klein.")
    typology.assign("G1", ["Twee"])
    typology.assign("G2", ["Twee"])

    def written() -> str:
        typology.write(typology.report(for_print=True), tmp_path / "t.md", language="en")
        text = (tmp_path / "t.md").read_text("utf-8")
        return text[text.index("# Twee") :]

    shown = typology.report()
    assert next(p for p in shown.pages if p.type.name == "Twee").cases == ("G1", "G2")
    assert "Fewer than 3 respondents are of this type" in written()
    assert "What sets it apart" not in written()
    with pytest.raises(InvalidValueError, match="why"):
        typology.accept_small_type("Twee", " ")
    typology.accept_small_type("Twee", "beiden hebben dit gelezen")
    assert "2 of 6 respondents are of this type" in written()
    (measure,) = project.disclosure.measures().listed()
    project.disclosure.take_back(measure.id)
    assert "Fewer than 3" in written()


@pytest.mark.slow
def test_cells_of_few_are_not_counted_in_print(project: Project) -> None:
    make_typology(project)
    report = project.themes.typology.report(for_print=True)
    assert all(not cell.cases or len(cell.cases) >= 3 for cell in report.space.cells)
    assert any(cell.hidden == "<3" for cell in report.space.cells)


@pytest.mark.slow
def test_a_case_of_two_types_and_one_that_moves_between_waves(project: Project) -> None:
    make_typology(project)
    typology = project.themes.typology
    (g1,) = (case for case in project.cases.collect() if case.name == "G1")
    waves = tuple(
        Participation(name, (), FrozenMap({"wave": wave}))
        for name, wave in (("G01", "1"), ("G02", "2"))
    )
    others = [case for case in project.cases.collect() if case.name not in {"G1", "G2"}]
    project.cases.replace([Case("G1", g1.attributes, waves), *others])
    typology.assign("G1", [])
    typology.assign("G1", [TYPES[0][0], TYPES[2][0]], wave="1")
    typology.assign("G1", [TYPES[1][0]], wave="2")
    page = typology.report().pages[0]
    names = [("1", TYPES[0][0]), ("1", TYPES[2][0]), ("2", TYPES[1][0])]
    assert page.moves == tuple(("G1", wave, name) for wave, name in names)
    with pytest.raises(UnknownNameError, match="wave"):
        typology.assign("G1", [TYPES[0][0]], wave="9")


def test_an_informant_describes_a_type_and_is_none(project: Project) -> None:
    make_typology(project)
    with pytest.raises(InvalidValueError, match="another group than 'users'"):
        project.themes.typology.assign("P1", [TYPES[0][0]])


@pytest.mark.slow
def test_two_coders_assign_independently_and_kappa_is_that_of_the_table(project: Project) -> None:
    make_typology(project)
    bram = project.acting_as("bram").themes.typology
    assert bram.assignments() == ()
    mine = project.themes.typology.assignments()
    for case in ("G1", "G2", "G3", "G4", "G5", "G6"):
        types = [a.type for a in mine if a.case == case and not a.describes]
        bram.assign(case, types if case != "G1" else [TYPES[5][0]])
    comparison = bram.compare()
    assert comparison.coders == ("anna", "bram")
    assert comparison.differ == ("G1",)
    row = next(r for r in comparison.rows if r.type == TYPES[5][0])
    n = row.both + row.first_only + row.second_only + row.neither
    assert n == comparison.cases == 6
    observed = (row.both + row.neither) / n
    a, b = (row.both + row.first_only) / n, (row.both + row.second_only) / n
    expected = a * b + (1 - a) * (1 - b)
    assert row.kappa == pytest.approx((observed - expected) / (1 - expected))
    with pytest.raises(UndefinedRequestError, match="anna and bram differ on G1"):
        bram.report()
    bram.assign("G1", [TYPES[0][0]], settled=True)
    pages = bram.report().pages
    assert "G1" in pages[0].cases
    assert "G1" not in pages[5].cases


@pytest.mark.slow
def test_a_blind_round_hides_what_the_other_assigned(project: Project) -> None:
    make_typology(project)
    project.rounds.create("apart", coders=("anna", "bram"), transcripts=("G01", "G02"))
    bram = project.acting_as("bram")
    assert bram.themes.typology.assigned_by() == ()
    with pytest.raises(ConflictError, match="is blind and open"):
        bram.themes.typology.assignments("anna")
    with pytest.raises(QualcodeError):
        bram.themes.typology.compare(("anna", "bram"))
    told = json.dumps([(event.target, event.after) for event in bram.history.events()])
    assert "types by anna" not in told


def test_designs_and_assignments_are_undone(project: Project) -> None:
    typology = project.themes.typology
    typology.set_dimensions(DIMENSIONS, "users")
    typology.set_type("Een", cells="uitgaan,sociaal,*")
    typology.assign("G1", ["Een"])
    typology.set_type("Een", new_name="Eerste")
    assert [a.type for a in typology.assignments()] == ["Eerste"]
    project.history.undo()
    assert [a.type for a in typology.assignments()] == ["Een"]
    project.history.undo()
    assert typology.assignments() == ()
    project.history.undo()
    assert typology.design().types == ()


@pytest.mark.slow
def test_clusters_compare_only_who_can_be_a_type_on_the_chosen_codes(project: Project) -> None:
    make_typology(project)
    alike = project.themes.typology.cluster(2, paths=["motives"])
    assert {*alike.cases} == {"G1", "G2", "G3", "G4", "G5", "G6"}
    assert all(path.split("/")[0] == "motives" for path in alike.codes)
    with pytest.raises(UnknownNameError):
        project.themes.typology.cluster(2, paths=["weg"])


@pytest.mark.slow
def test_a_withdrawn_participant_is_in_no_type(project: Project) -> None:
    make_typology(project)
    project.cases.withdraw("G1")
    assert all(a.case != "G1" for a in project.themes.typology.assignments())


@pytest.mark.slow
def test_the_few_who_are_not_of_a_type_are_not_counted_in_print(project: Project) -> None:
    make_typology(project)
    typology = project.themes.typology
    typology.set_type("Bijna allen")
    for case in ("G1", "G2", "G3", "G4", "G5"):
        typology.assign(case, ["Bijna allen"])
    (printed,) = (p for p in typology.report(for_print=True).pages if p.type.name == "Bijna allen")
    assert {(code.outside, code.of_outside) for code in printed.codes} == {(0, 0)}
    (shown,) = (p for p in typology.report().pages if p.type.name == "Bijna allen")
    assert max(code.of_outside for code in shown.codes) == 1


def test_cells_are_given_apart_where_a_category_has_a_comma(project: Project) -> None:
    typology = project.themes.typology
    case = project.cases.collect()[0]
    attributes = FrozenMap({**case.attributes, "werk": "deeltijd, nachten; soms"})
    project.cases.add([Case(case.name, attributes, case.participations)])
    typology.set_dimensions(["Werk: @werk"])
    cell = ("deeltijd, nachten; soms",)
    (case_type,) = typology.set_type("Nachtwerkers", cells=[cell, ["*"]]).types
    assert case_type.cells == (cell, ("*",))
    assert typology.design().types == (case_type,)
    with pytest.raises(InvalidValueError):
        typology.set_type("Nachtwerkers", cells=[("dagen",)])


def test_an_attribute_with_signs_in_its_name_is_a_dimension(project: Project) -> None:
    case = project.cases.collect()[0]
    attributes = FrozenMap({**case.attributes, "Werk (1=ja; 2=nee)": "1"})
    project.cases.add([Case(case.name, attributes, case.participations)])
    project.themes.typology.set_dimensions(["Werk: @Werk (1=ja; 2=nee)"])
    (dimension,) = project.themes.typology.design().dimensions
    assert [category.name for category in dimension.categories] == ["1"]


@pytest.mark.slow
def test_who_can_be_a_type_is_chosen_also_after_a_code_was_renamed(project: Project) -> None:
    typology = project.themes.typology
    typology.set_dimensions(DIMENSIONS, "users")
    before = typology.design().dimensions
    project.codebook.rename("consequences/dependence_and_loss_of_control", "loss")
    typology.set_dimensions(None, "")
    assert typology.design().dimensions == before
    # The page gives the texts that it shows.
    typology.set_dimensions([dimension.text for dimension in before], "users")
    assert typology.design().dimensions == before
    with pytest.raises(UnknownNameError):
        typology.set_dimensions(["Verlies: consequences/dependence_and_loss_of_control"])


@pytest.mark.slow
def test_the_way_to_print_a_small_type_can_be_typed_as_it_stands(
    project: Project, tmp_path: Path
) -> None:
    make_typology(project)
    assert project.history.path is not None
    name = "Alleen, 's avonds"
    project.themes.typology.set_type("Alleen, om te kunnen werken", new_name=name)
    told = qualcode("typology", "report", "-p", project.history.path, folder=tmp_path).err
    (line,) = (line for line in told.replace("\n", " ").split("Type ") if "avonds" in line)
    command = shlex.split(line[line.rindex("qualcode typology") :])
    assert command[command.index("--print-type") + 1] == name
