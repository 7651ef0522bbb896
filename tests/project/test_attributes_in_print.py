"""Attributes that fit too few participants stand in no file until somebody decides on them."""

from __future__ import annotations

import csv
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
    Transcript,
)
from qualcode.model.json_values import to_json_value
from qualcode.placement import Placement
from qualcode.project import Project, QuoteFilter, verify_archive
from qualcode.project.held_attributes import tell_how_to_print
from qualcode.quotes import (
    AttributeGuard,
    AttributionPattern,
    Measures,
    RareValues,
    Risk,
    RiskKind,
    attribution_risks,
    hide_reaches,
    join_interviews,
)
from qualcode.translation import translator

USUAL = ("80-89", "Texel", "vuurtorenwachter")
"""What one participant has, and nobody else."""
UNFORESEEN = ("lichtwacht", "oogmigraine", "2031-02-29", "duintop", "Zeebries")
"""The same, of attributes that only this study has; the last two are of an interview."""
RARE = (*USUAL, *UNFORESEEN)
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
    group = SMALL_GROUP if number > 8 else "gebruikers"
    values = USUAL if number == 1 else ("30-39", "Noord", "winkel")
    names = ("age_band", "region", "work")
    attributes = {"group": group, "sex": "vrouw", **dict(zip(names, values, strict=True))}
    of_moment = {}
    if number <= 5:
        dienst, diagnose = UNFORESEEN[:2] if number == 1 else ("kantooruren", "griep")
        attributes |= {"dienst": dienst, "diagnose": diagnose}
        of_moment = {"gesproken op": UNFORESEEN[2] if number == 1 else "2031-01-01"}
    part = Participation(f"talk{number}", attributes=FrozenMap(of_moment))
    return Case(f"G{number}", FrozenMap(attributes), (part,))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Ten interviews: one participant like nobody else, and a group of two."""
    with Project.create(tmp_path / "s.qualcode", name="Groepen", as_coder="anna") as work:
        work.codebook.create("book", (Code("motives"), Code("motives/joy", LocalText({"nl": "J"}))))
        for number in range(1, 11):
            add_participant(work, tmp_path, f"talk{number}")
            wijk, boot = UNFORESEEN[3:] if number == 1 else ("centrum", "geen")
            work.cases.attributes.set_for_transcript(f"talk{number}", {"wijk": wijk, "boot": boot})
        work.cases.replace([case_of(number) for number in range(1, 11)])
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
    typology.set_dimensions(["Sekse: @sex", "Dienst: @dienst", "Regio: @region"])
    typology.set_type("Groepsmens", cells=[("vrouw", "*", "*")])
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


def write_archive_with_typology(project: Project, path: Path) -> None:
    write_typology(project, path.with_suffix(".md"))
    write_archive(project, path)


def write_grid(project: Project, path: Path) -> None:
    framework = project.themes.framework
    framework.choose_columns(["motives/joy"])
    framework.write_summary("G1", "motives/joy", "Houdt van gezelschap.")
    framework.accept_small_group(SMALL_GROUP, REASON)
    framework.write(framework.grid(), path)


def write_quotes_with_shift(project: Project, path: Path) -> None:
    project.quotes.write(project.quotes.report(attribution="{dienst}, {case}"), path)


def write_checklist(project: Project, path: Path) -> None:
    project.exchange.publication.write_checklist("coreq", path)


def write_map(project: Project, path: Path) -> None:
    figures = project.themes.figures
    figures.write(figures.draw("theme-map"), path)


def write_agreement(attribute: str) -> Callable[[Project, Path], None]:
    def write(project: Project, path: Path) -> None:
        for coding in project.codings.collect():
            placement = Placement(coding.transcript, coding.span, coding.code, "bram")
            project.codings.add_placements([placement], origin="table:bram.csv")
        study = project.agreement.report(["anna", "bram"], by=attribute, with_outcome=False)
        project.agreement.write(study, path)

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
    **{f"framework.{suffix}": write_grid for suffix in ("docx", "xlsx", "md", "json")},
    "codebook.md": write_annex("codebook"),
    **{f"sample.{suffix}": write_annex("sample") for suffix in ("docx", "csv", "md")},
    "lines.md": write_quotes_with_shift,
    "coreq.docx": write_checklist,
    "map.svg": write_map,
    **{f"region.{s}": write_agreement("region") for s in ("docx", "md", "html", "xlsx", "json")},
    "wijk.md": write_agreement("wijk"),
    "trail.md": lambda p, path: p.exchange.publication.write_audit(path, memos=True),
    "archive.zip": write_archive,
    "types.zip": write_archive_with_typology,
    **{
        f"{table}.csv": write_table(table)
        for table in (
            *("cases", "codings", "transcripts", "case_by_attribute", "code_by_case"),
            *("code_by_region", "code_by_dienst", "code_by_gesproken op", "code_by_wijk"),
        )
    },
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
    words = text_of(path.read_bytes())
    assert "80-89" in words
    # The lines below these quotes have the usual attributes only.
    of_usual = {"quotes.md", "journal.md", "appendix.csv", "themes.md"}
    assert ("lichtwacht" in words) == (name not in of_usual)


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


@pytest.mark.slow
def test_attributes_of_somebody_who_is_not_quoted_can_be_decided_on(
    project: Project, tmp_path: Path
) -> None:
    codings = project.codings.collect()
    project.codings.withdraw([coding.id for coding in codings if coding.transcript == "talk1"])
    problems = project.disclosure.check_table("cases")
    (problem,) = [problem for problem in problems if problem.where.endswith(" G1")]
    assert "--table cases --confirm ID" in problems[-1].hint
    assert not [risk for risk in project.disclosure.check() if risk.as_problem() == problem]
    risks = project.disclosure.check(tables=["cases"])
    (risk,) = [risk for risk in risks if risk.where.endswith(" G1")]
    project.disclosure.accept_risk(risk.id, REASON)
    assert table_of(project, tmp_path, "cases")[0]["age_band"] == "80-89"


def values_at_risk(project: Project) -> dict[str, Risk]:
    return {
        risk.where.removeprefix("attribute "): risk
        for risk in project.disclosure.check()
        if risk.kind is RiskKind.VALUE
    }


def table_of(project: Project, folder: Path, name: str) -> list[dict[str, str]]:
    project.exchange.write_table(name, folder / "table.csv")
    with (folder / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.mark.slow
def test_an_attribute_nobody_foresaw_is_decided_on_by_itself(
    project: Project, tmp_path: Path
) -> None:
    risks = values_at_risk(project)
    assert [*risks] == ["dienst", "diagnose", "wijk", "boot", "gesproken op"]
    assert (
        risks["dienst"].message == "1 value fits fewer than 3 of 10 participants (lichtwacht: 1)."
    )
    problems = [p for p in project.disclosure.check_table("cases") if "dienst" in p.where]
    assert "--suppress dienst" in problems[0].hint
    assert "--widen dienst:lichtwacht=..." in problems[0].hint
    project.disclosure.accept_risk(risks["dienst"].id, REASON)
    first, second, *_ = table_of(project, tmp_path, "cases")
    assert (first["dienst"], first["diagnose"], first["age_band"]) == ("lichtwacht", "", "")
    assert (second["dienst"], second["diagnose"]) == ("kantooruren", "griep")


@pytest.mark.slow
def test_a_new_rare_value_is_asked_about_again(project: Project, tmp_path: Path) -> None:
    project.disclosure.accept_risk(values_at_risk(project)["dienst"].id, REASON)
    case = replace(case_of(2), attributes=FrozenMap({**case_of(2).attributes, "dienst": "brug"}))
    project.cases.add([case])
    risk = values_at_risk(project)["dienst"]
    assert risk.confirmed == ""
    assert [row["dienst"] for row in table_of(project, tmp_path, "cases")[:2]] == ["", ""]
    project.disclosure.widen("dienst", "brug, lichtwacht, kantooruren", "dienst")
    assert table_of(project, tmp_path, "cases")[0]["dienst"] == "dienst"
    assert "dienst" not in values_at_risk(project)


@pytest.mark.slow
def test_an_attribute_of_interviews_can_be_left_out(project: Project, tmp_path: Path) -> None:
    project.disclosure.suppress("", "wijk")
    assert "wijk" not in values_at_risk(project)
    for name in ("codings", "transcripts"):
        rows = table_of(project, tmp_path, name)
        assert {row["wijk"] for row in rows} == {""}
        assert {row["boot"] for row in rows} == {"", "geen"}


@pytest.mark.slow
def test_rare_values_have_one_heading_until_somebody_decides(
    project: Project, tmp_path: Path
) -> None:
    assert [*table_of(project, tmp_path, "code_by_region")[0]][1:] == ["andere", "Noord"]
    problems = project.disclosure.check_table("code_by_region")
    assert [problem.where for problem in problems] == ["attribute region", "table code_by_region"]
    assert all("--table code_by_region --confirm" in problem.hint for problem in problems)
    risks = project.disclosure.check(tables=["code_by_region"])
    (risk,) = [risk for risk in risks if risk.where == "attribute region"]
    project.disclosure.accept_risk(risk.id, REASON)
    row = table_of(project, tmp_path, "code_by_region")[0]
    assert (row["Texel"], row["Noord"]) == ("<3", "…")
    (problem,) = project.disclosure.check_table("code_by_region")
    assert problem.where == "table code_by_region"


@pytest.mark.slow
def test_a_typology_by_values_that_are_all_rare_prints_its_types(
    project: Project, tmp_path: Path
) -> None:
    project.cases.replace(
        [replace(case_of(n), attributes=FrozenMap({"sex": f"s{n}"})) for n in (1, 2)]
    )
    typology = project.themes.typology
    typology.set_dimensions(["Sekse: @sex"])
    typology.set_type("Groepsmens", definition="Doet het samen.")
    path = tmp_path / "types.md"
    typology.write(typology.report(for_print=True), path)
    printed = path.read_text("utf-8")
    assert "Doet het samen." in printed
    assert "s1" not in printed


@pytest.mark.slow
def test_agreement_by_an_attribute_leaves_rare_groups_out_until_somebody_decides(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "agreement.md"
    write_agreement("region")(project, path)
    # Somebody codes alone, so that no final layer exists before that is settled.
    text = project.transcripts.get("talk2").text
    placement = Placement("talk2", Span(text.index("die"), len(text)), "motives/joy", "bram")
    project.codings.add_placements([placement], origin="table:bram.csv")
    printed = path.read_text("utf-8")
    assert "1 groep is weggelaten: te weinig deelnemers hebben de waarde ervan" in printed
    assert "| Noord | 9 |" in printed
    (problem,) = project.disclosure.check_table("agreement_by_region")
    assert "--layer union --table code_by_region --confirm" in problem.hint
    where = QuoteFilter(layer="union")
    risks = project.disclosure.check(where, tables=["code_by_region"])
    (risk,) = [risk for risk in risks if risk.where == "attribute region"]
    project.disclosure.accept_risk(risk.id, REASON)
    study = project.agreement.report(["anna", "bram"], by="region", with_outcome=False)
    project.agreement.write(study, path)
    printed = path.read_text("utf-8")
    assert "| Texel | 1 |" in printed
    assert "weggelaten: te weinig" not in printed
    assert project.disclosure.check_table("agreement_by_region") == ()


@pytest.mark.slow
@pytest.mark.parametrize("kind", [RiskKind.CELLS, RiskKind.COMBINATION])
def test_decisions_made_before_print_a_rare_heading(
    project: Project, tmp_path: Path, kind: RiskKind
) -> None:
    for risk in project.disclosure.check(tables=["code_by_region"]):
        if risk.kind is kind:
            project.disclosure.accept_risk(risk.id, REASON)
    assert "Texel" in table_of(project, tmp_path, "code_by_region")[0]
    told = [problem.where for problem in project.disclosure.check_table("code_by_region")]
    assert "attribute region" not in told


@pytest.mark.slow
def test_an_archive_prints_what_was_decided_on_and_no_more(
    project: Project, tmp_path: Path
) -> None:
    """Where few consent, another value is rare than the decision was on."""
    consent = {"G1", "G2", "G3", "G6", "G7", "G8"}
    cases = [case_of(number) for number in range(1, 11)]
    project.cases.replace(
        replace(
            case,
            attributes=FrozenMap(
                {**case.attributes, "akkoord": "ja" if case.name in consent else "nee"}
            ),
        )
        for case in cases
    )
    project.disclosure.accept_risk(values_at_risk(project)["dienst"].id, REASON)
    publication, file = project.exchange.publication, tmp_path / "study.zip"
    publication.make_archive(file, consent="akkoord", names_because="geen namen")
    words = text_of(file.read_bytes())
    assert ("lichtwacht" in words, "kantooruren" in words) == (True, False)
    assert [value for value in UNFORESEEN[1:] if value in words] == []
    with zipfile.ZipFile(file) as archive:
        assert b"lichtwacht" in archive.read("tables/cases.csv")
    assert publication.check_archive(consent="akkoord") is not None
    assert verify_archive(file).problems == ()


def test_bands_are_what_a_table_of_bands_shows() -> None:
    years = [Case(f"G{n}", FrozenMap({"jaren": str(n)})) for n in range(4)]
    banded = [Case(case.name, FrozenMap({"jaren": "0-3"})) for case in years]
    measures = Measures()
    exact = AttributeGuard(years, measures)
    shown = AttributeGuard(years, measures, RareValues(years, measures, shown_cases=banded))
    cells = tuple((Cell(1, None, (), "0-3"),) for _ in years)
    table = CrossTable(
        "case_by_attribute", "codings", tuple(c.name for c in years), ("jaren",), (), (), cells
    )
    assert {row[0].text for row in shown.hide_in_table(table).cells} == {"0-3"}
    assert {case.attributes["jaren"] for case in exact.hide_in_cases()} == {""}
    assert exact.held_back == ("jaren",)


def test_an_interview_of_which_nobody_said_who_speaks_counts_as_one_person() -> None:
    turns = "R: Ja."
    texts = [
        Transcript(name, turns, (), (), attributes=FrozenMap({"wijk": "duintop", "kind": kind}))
        for name, kind in (("a", "interview"), ("b", "document"))
    ]
    rare = RareValues(join_interviews([], texts), Measures(), of_interviews=["wijk", "kind"])
    (risk,) = rare.find_risks()
    assert "duintop: 1" in risk.message
    assert rare.is_held("wijk", "duintop")
    assert not rare.is_held("kind", "interview")
