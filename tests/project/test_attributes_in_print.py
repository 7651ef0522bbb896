"""Attributes that fit too few participants stand in no file until somebody decides on them."""

from __future__ import annotations

import io
import pickle
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.importing import read_transcript
from qualcode.model import (
    GROUP_LABELS,
    Case,
    Cell,
    Code,
    CrossTable,
    DeviantCase,
    FrozenMap,
    LocalText,
    Participation,
    Passage,
    Reach,
    Role,
    Span,
    ThemeSummary,
)
from qualcode.model.json_values import to_json_value
from qualcode.placement import Placement
from qualcode.project import Project, QuoteFilter
from qualcode.project.held_attributes import tell_how_to_print
from qualcode.quotes import (
    AttributeGuard,
    AttributionPattern,
    Measures,
    attribution_risks,
    hide_reaches,
)
from qualcode.translation import translator

RARE = ("80-89", "Texel", "vuurtorenwachter")
"""What one participant has, and nobody else."""
SMALL_GROUP = "tolken"
REASON = "heeft het gelezen en stemt in"


def add_participant(project: Project, folder: Path, name: str) -> None:
    file = folder / f"{name}.txt"
    file.write_text(f"I: Vertel?\nR: Het was leuk met die groep {name}.", "utf-8")
    project.transcripts.add(read_transcript(file), confirmed=True)
    project.transcripts.set_roles(name, {"I": Role.INTERVIEWER, "R": Role.RESPONDENT})
    text = project.transcripts.get(name).text
    start = text.index("Het was leuk")
    placement = Placement(name, Span(start, len(text)), "motives/joy", "anna")
    project.codings.add_placements([placement], origin="table:anna.csv")


def case_of(number: int) -> Case:
    group = SMALL_GROUP if number > 6 else "gebruikers"
    values = RARE if number == 1 else ("30-39", "Noord", "winkel")
    names = ("age_band", "region", "work")
    attributes = {"group": group, "sex": "vrouw", **dict(zip(names, values, strict=True))}
    return Case(f"G{number}", FrozenMap(attributes), (Participation(f"talk{number}"),))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Eight interviews: one participant like nobody else, and a group of two."""
    with Project.create(tmp_path / "s.qualcode", name="Groepen", as_coder="anna") as work:
        work.codebook.create("book", (Code("motives"), Code("motives/joy", LocalText({"nl": "J"}))))
        for number in range(1, 9):
            add_participant(work, tmp_path, f"talk{number}")
        work.cases.replace([case_of(number) for number in range(1, 9)])
        work.quotes.choose([coding.id for coding in work.codings.collect()])
        work.themes.findings.add("De groep trekt.", ["motives/joy"])
        ids = [coding.id for coding in work.codings.collect()]
        work.themes.findings.link(1, ids)
        yield work


def text_of(data: bytes) -> str:
    """Return everything in a file as text, also what is packed in it."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(text_of(archive.read(name)) for name in archive.namelist())


def write_typology(project: Project, path: Path) -> None:
    typology = project.themes.typology
    typology.set_dimensions(["Sekse: @sex"])
    typology.set_type("Groepsmens", cells=[("vrouw",)])
    typology.assign_from_space()
    typology.write(typology.report(for_print=True), path)


def write_quotes(project: Project, path: Path) -> None:
    project.quotes.write(project.quotes.report(), path)


def write_themes(project: Project, path: Path) -> None:
    project.themes.write(project.themes.report(), path)


def write_findings(project: Project, path: Path) -> None:
    project.themes.findings.write(project.themes.findings.report(), path)


def write_audit_of_findings(project: Project, path: Path) -> None:
    project.themes.findings.write(project.themes.findings.report(), path, audit=True)


def write_archive(project: Project, path: Path) -> None:
    publication = project.exchange.publication
    publication.make_archive(path, reason="allen stemden in", names_because="geen namen")


def write_table(name: str) -> Callable[[Project, Path], None]:
    def write(project: Project, path: Path) -> None:
        project.exchange.write_table(name, path)

    return write


def write_annex(kind: str) -> Callable[[Project, Path], None]:
    def write(project: Project, path: Path) -> None:
        project.exchange.publication.write_annex(kind, path)

    return write


DOCUMENTS: dict[str, Callable[[Project, Path], None]] = {
    **{
        f"quotes.{suffix}": write_quotes for suffix in ("md", "docx", "html", "csv", "xlsx", "json")
    },
    **{f"journal.{s}": lambda p, path: p.quotes.write_chosen(path) for s in ("docx", "md", "html")},
    **{f"appendix.{s}": lambda p, path: p.quotes.write_appendix(path) for s in ("docx", "csv")},
    **{f"themes.{suffix}": write_themes for suffix in ("md", "docx", "html", "xlsx", "json")},
    "typology.docx": write_typology,
    "typology.md": write_typology,
    "joint.docx": write_findings,
    "joint.xlsx": write_findings,
    "joint.json": write_findings,
    "audit.md": write_audit_of_findings,
    "framework.md": lambda p, path: p.themes.framework.write(p.themes.framework.grid(), path),
    "codebook.md": write_annex("codebook"),
    "sample.md": write_annex("sample"),
    "trail.md": lambda p, path: p.exchange.publication.write_audit(path, memos=True),
    "archive.zip": write_archive,
    "cases.csv": write_table("cases"),
    "codings.csv": write_table("codings"),
    "case_by_attribute.csv": write_table("case_by_attribute"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_holds_attributes_of_one_participant(
    project: Project, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    DOCUMENTS[name](project, path)
    words = text_of(path.read_bytes())
    assert [value for value in RARE if value in words] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        *("quotes.md", "quotes.csv", "journal.md", "appendix.csv", "themes.md", "themes.json"),
        *("typology.md", "joint.json", "archive.zip", "cases.csv", "case_by_attribute.csv"),
    ],
)
def test_what_was_accepted_with_a_reason_is_printed(
    project: Project, tmp_path: Path, name: str
) -> None:
    for risk in project.disclosure.check():
        project.disclosure.accept_risk(risk.id, REASON)
    path = tmp_path / name
    DOCUMENTS[name](project, path)
    assert "80-89" in text_of(path.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["quotes.md", "quotes.xlsx", "themes.docx", "joint.docx"])
def test_a_group_of_two_does_not_show_its_size_next_to_a_hidden_count(
    project: Project, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    DOCUMENTS[name](project, path)
    words = re.sub(r"<[^0-9][^>]*>", " ", text_of(path.read_bytes()).replace("&lt;", "<"))
    assert "<3" in words
    assert not re.search(r"<3 van (de )?2\b", words)


def test_a_reach_in_json_tells_neither_the_count_nor_the_size_of_a_small_group() -> None:
    reaches = hide_reaches((Reach("", 7, 8), Reach("users", 6, 6), Reach("tolken", 1, 2)), 3)
    small = to_json_value(reaches[2])
    assert (small["cases"], small["of"], small["hidden"]) == (None, "<3", "<3")
    assert to_json_value(reaches[1])["of"] == 6


def test_a_line_below_a_quote_survives_a_cache() -> None:
    pattern = AttributionPattern.parse("{group}, {sex}")
    line = pattern.fill({"group": "users", "sex": "vrouw"}, GROUP_LABELS, "en")
    kept = pickle.loads(pickle.dumps(line))
    assert kept == "user, vrouw"
    assert kept.keep_fields({"sex"}) == "vrouw"


def test_words_of_an_interviewer_keep_their_line() -> None:
    cases = [case_of(number) for number in range(1, 9)]
    guard = AttributeGuard(cases, Measures())
    line = AttributionPattern.parse("{group}").fill({"group": "interviewer"}, {}, "en")
    assert guard.shorten_line(line) == "interviewer"


def test_earlier_fields_of_a_line_go_before_later_ones() -> None:
    cases = [case_of(number) for number in range(1, 9)]
    guard = AttributeGuard(cases, Measures())
    pattern = AttributionPattern.parse("{group}, {sex}, {region}, {case}")
    line = pattern.fill({**cases[0].attributes, "case": "G1"}, {}, "en")
    assert guard.shorten_line(line) == "gebruikers, vrouw, G1"
    assert guard.shorten_line("by hand, Texel") == "by hand, Texel"


def test_a_value_at_one_moment_is_held_back_at_all_moments() -> None:
    moment = Participation("wave2", attributes=FrozenMap({"region": "Texel"}))
    moved = Case("G9", FrozenMap({"region": "Noord"}), (Participation("wave1"), moment))
    others = [Case(f"G{n}", FrozenMap({"region": "Noord"})) for n in range(5)]
    printed = AttributeGuard([*others, moved], Measures()).hide_in_cases()[-1]
    assert printed.attributes["region"] == ""
    assert printed.participations[1].attributes["region"] == ""
    assert AttributeGuard(others, Measures()).hide_in_cases() == tuple(others)


def test_a_line_that_several_people_share_can_be_decided_on() -> None:
    cases = [Case(f"G{n}", FrozenMap({"group": "users", "work": "kok"})) for n in range(2)]
    cases += [Case(f"G{n}", FrozenMap({"group": "users", "work": "bakker"})) for n in range(2, 8)]
    cases[0] = replace(cases[0], attributes=FrozenMap({**cases[0].attributes, "sex": "man"}))
    cases[1] = replace(cases[1], attributes=FrozenMap({**cases[1].attributes, "sex": "vrouw"}))
    pattern = AttributionPattern.parse("{group}, {sex}, {work}")
    line = pattern.fill({"group": "users", "work": "kok"}, {}, "en")
    passage = Passage("c1", "a", "t", Span(0, 1), "x", 1, 1, "G0, G1", "users", "anna")
    passage = replace(passage, attribution=line)
    risks = attribution_risks([passage], cases, attribution=pattern.text)
    (risk,) = [risk for risk in risks if "'users, kok'" in risk.message]
    held = AttributeGuard(cases, Measures()).shorten_line(line)
    decided = AttributeGuard(cases, Measures(confirmed=FrozenMap({risk.id: "agreed"})))
    assert (held, decided.shorten_line(line)) == ("users", "users, kok")


def test_an_empty_cell_of_attributes_is_empty() -> None:
    """The number of codings stood in it."""
    people = {"P1": "owner", **{f"P{number}": "baker" for number in range(2, 6)}}
    cases = [Case(name, FrozenMap({"group": group})) for name, group in people.items()]
    cells = tuple((Cell(6, None, ("c1",), group),) for group in people.values())
    table = CrossTable("case_by_attribute", "codings", tuple(people), ("group",), (), (), cells)
    shown = AttributeGuard(cases, Measures()).hide_in_table(table)
    assert [row[0] for row in shown.cells] == [Cell(None), *(row[0] for row in cells[1:])]


def test_a_small_group_with_a_comma_in_its_name_is_held_back_whole() -> None:
    groups = ("nurses, retired", *("nurses",) * 4, *("doctors",) * 3)
    cases = [Case(f"P{n}", FrozenMap({"group": group})) for n, group in enumerate(groups)]
    passage = Passage("c1", "a", "t", Span(0, 1), "x", 1, 1, "P0", "nurses, retired", "anna")
    guard = AttributeGuard(cases, Measures())
    assert guard.hide_in_passage(passage).group == ""
    both = replace(passage, group="nurses, doctors")
    assert guard.hide_in_passage(both).group == "nurses, doctors"


def test_a_group_of_one_is_not_named_beside_its_case() -> None:
    lacking = [
        DeviantCase(name, group, "a", LocalText(), ("b",), ())
        for name, group in (("P1", "owner"), ("P2", "baker"))
    ]
    theme = ThemeSummary(
        "t", LocalText(), LocalText(), (), (), 0, None, deviant_cases=tuple(lacking)
    )
    people = (("P1", "owner"), *((f"P{number}", "baker") for number in range(2, 6)))
    cases = [Case(name, FrozenMap({"group": group})) for name, group in people]
    shown = AttributeGuard(cases, Measures()).hide_in_theme(theme).deviant_cases
    assert [case.group for case in shown] == ["", "baker"]


@pytest.mark.parametrize(
    ("people", "advice"),
    [
        (("users kok", "staff smid", "owners bakker"), "Toon minder kenmerken"),
        (("staff kok", "staff smid", "staff bakker"), "Zonder {work} past die bij 3"),
    ],
)
def test_the_advice_is_in_the_language_of_the_reader(people: tuple[str, ...], advice: str) -> None:
    pattern = AttributionPattern.parse("{group}, {work}")
    cases = [
        Case(f"G{number}", FrozenMap(dict(zip(("group", "work"), person.split(), strict=True))))
        for number, person in enumerate(people)
    ]
    line = pattern.fill(cases[0].attributes, {}, "nl")
    passage = Passage("c1", "a", "t", Span(0, 1), "x", 1, 1, "G0", "users", "anna")
    passage = replace(passage, attribution=line)
    risks = attribution_risks([passage], cases, attribution=pattern.text)
    (risk,) = tell_how_to_print(risks)
    assert translator("nl").translate(risk.hint).startswith(advice)


@pytest.mark.slow
def test_the_way_to_decide_is_told_and_works(project: Project) -> None:
    sections = project.quotes.collect(attribution="{region}")
    problems = project.disclosure.check_quotes(sections, "{region}", "anna")
    (hint,) = [problem.hint for problem in problems if "attribution 'Texel'" in problem.message]
    assert 'qualcode disclosure --layer anna --attribution "{region}" --confirm ID' in hint
    risks = project.disclosure.check(QuoteFilter(layer="anna"), attribution="{region}")
    (risk,) = [r for r in risks if "attribution 'Texel'" in r.message]
    project.disclosure.accept_risk(risk.id, REASON)
    left = project.disclosure.check_quotes(sections, "{region}", "anna")
    assert not [problem for problem in left if "attribution" in problem.message]
