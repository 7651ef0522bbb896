"""Figures of a project: what they show, that it may be printed, and that the levels are chosen."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest
from openpyxl import load_workbook

from qualcode import study
from qualcode.errors import InvalidValueError, UndefinedRequestError, UnknownNameError
from qualcode.model import Code, Codebook, FigureKind, FrozenMap, LevelPlan, Role, Span
from qualcode.placement import Placement
from qualcode.project import Project, QuoteFilter, read_transcript
from qualcode.quotes import RiskKind

SVG = "{http://www.w3.org/2000/svg}"
OF_TWO = {FigureKind.FOREST, FigureKind.CONFUSIONS}


@pytest.fixture(scope="module")
def study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two users and a professional of the sample study, coded by two, and settled by nobody."""
    path = tmp_path_factory.mktemp("figures") / "study.qualcode"
    with Project.create(path, name="Proef") as project:
        project.codebook.read(study.codebook())
        wanted = [one for one in study.transcripts() if one.stem in {"G01", "G05", "P02"}]
        for result in project.transcripts.read_files(wanted):
            assert result.read is not None
            text = result.read.transcript
            project.transcripts.set_roles(text.name, {one.label: one.role for one in text.speakers})
        project.cases.read(study.cases())
        list(project.transcripts.segment())
        for table in study.codings():
            project.codings.read_table(table, partial=True)
        decide_to_print(project, "anna")
        decide_to_print(project, "bram")
    return path


def decide_to_print(project: Project, layer: str) -> None:
    """Accept the risk of small counts by group."""
    for risk in project.disclosure.check(QuoteFilter(layer=layer)):
        if risk.kind is RiskKind.CELLS and not risk.confirmed:
            project.disclosure.accept_risk(risk.id, "invented")


def take_back_all(project: Project) -> None:
    for measure in project.disclosure.measures().listed():
        project.disclosure.take_back(measure.id)


@pytest.fixture
def project(study_file: Path, tmp_path: Path) -> Iterator[Project]:
    with Project.open(shutil.copy(study_file, tmp_path / "study.qualcode"), verify=False) as opened:
        yield opened


def texts(svg: bytes) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def drawn(project: Project, kind: FigureKind, **more: object) -> bytes:
    layer = {} if kind in OF_TWO else {"layer": "anna"}
    about = {"transcript": "G05"} if kind is FigureKind.TIMELINE else {}
    if kind in OF_TWO:
        about["coders"] = ("anna", "bram")  # type: ignore[assignment]
    if kind is FigureKind.TIMELINE:
        layer = {"layer": "bram"} if not coded_by(project, "anna", "G05") else layer
    return project.themes.figures.draw(kind, **{**layer, **about, **more}).svg  # type: ignore[arg-type]


def coded_by(project: Project, coder: str, name: str) -> bool:
    return any(c.transcript == name for c in project.codings.collect(coder=coder))


@pytest.mark.slow
@pytest.mark.parametrize("kind", FigureKind)
def test_every_figure_is_the_same_twice_with_text_and_words_for_the_blind(
    project: Project, kind: FigureKind
) -> None:
    svg = drawn(project, kind)
    assert svg == drawn(project, kind)
    root = ET.fromstring(svg)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text
    assert description is not None
    assert len(description.text or "") > 20
    assert len(texts(svg)) > 5


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.slow
def test_figures_speak_the_language_that_is_asked_for(project: Project, language: str) -> None:
    words = " ".join(texts(drawn(project, FigureKind.LEVELS, language=language)))
    assert ("Samenleving" in words, "Society" in words) == (language == "nl", language == "en")


@pytest.mark.slow
@pytest.mark.parametrize("kind", FigureKind)
def test_nothing_of_a_figure_lies_outside_it(project: Project, kind: FigureKind) -> None:
    root = ET.fromstring(drawn(project, kind))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for box in root.iter(f"{SVG}rect"):
        if "x" not in box.attrib:
            continue
        x, y, wide, high = (float(box.attrib.get(n, 0)) for n in ("x", "y", "width", "height"))
        assert -2 <= x <= width - wide, box.attrib
        assert 0 <= y <= height + 0.5 - high, box.attrib


def test_the_level_of_a_code_is_the_researchers_and_then_the_codebooks() -> None:
    book = Codebook(
        "b",
        (
            Code("a", id="1"),
            Code("a/b", id="2", attributes=FrozenMap({"level": ("individual", "society")})),
            Code("a/c", id="3"),
        ),
    )
    plan = LevelPlan()
    levels = [plan.level_of(code, book) for code in book.codes]
    assert levels == ["", "society", ""]
    plan = LevelPlan(places=FrozenMap({"1": "community"}))
    assert [plan.level_of(code, book) for code in book.codes] == ["community"] * 3
    plan = LevelPlan(places=FrozenMap({"1": "community", "2": ""}))
    assert [plan.level_of(code, book) for code in book.codes] == ["community", "", "community"]


def test_places_are_kept_and_undone_in_one_step(project: Project) -> None:
    figures = project.themes.figures
    before = figures.levels()
    with project.history.step():
        figures.name_levels(["zelf", "wereld"])
        figures.place(["consequences"], "wereld")
        figures.place(["consequences/money"], "")
    words = " ".join(texts(figures.draw("levels", layer="anna").svg))
    assert "Wereld" in words
    assert "Geldproblemen" not in words
    project.history.undo()
    assert figures.levels() == before


def test_a_renamed_code_keeps_its_level(project: Project) -> None:
    project.themes.figures.place(["consequences"], "society")
    project.codebook.rename("consequences", "effects")
    plan, book = project.themes.figures.levels(), project.codebook.get()
    assert plan.level_of(book.code("effects"), book) == "society"


def test_hidden_counts_have_no_length_no_number_and_no_passages(project: Project) -> None:
    project.disclosure.hide_counts()
    figure = project.themes.figures.draw("levels", layer="anna")
    assert "<3" in texts(figure.svg)
    assert all(not mark.codings for mark in figure.marks if "<3" in mark.title)
    theme_map = project.themes.figures.draw("theme-map", layer="anna")
    assert any("te weinig om te tonen" in mark.title for mark in theme_map.marks)
    for kind in ("participants", "portrait", "timeline"):
        with pytest.raises(UndefinedRequestError, match="Small counts are hidden"):
            project.themes.figures.draw(kind, layer="anna")


@pytest.fixture
def of_four(tmp_path: Path) -> Iterator[Project]:
    """Four people with the codes m/x and m/y on the same words; one has m/z, and n beside m/x."""
    with Project.create(tmp_path / "four.qualcode", name="Vier", as_coder="anna") as project:
        codes = tuple(map(Code, ("m", "m/x", "m/y", "m/z", "n")))
        project.codebook.create("b", codes)
        for n in range(1, 5):
            (tmp_path / f"T{n}.txt").write_text(f"R: een twee drie vier vijf zes zeven {n}")
            (result,) = project.transcripts.read_files([tmp_path / f"T{n}.txt"])
            assert result.read is not None
            project.transcripts.set_roles(f"T{n}", {"R": Role.RESPONDENT})
        table = tmp_path / "cases.csv"
        table.write_text("transcript,case\nT1,An\nT2,Bo\nT3,Cor\nT4,Els\n")
        project.cases.read(table)
        placed = [(f"T{n}", code, Span(3, 11)) for n in range(1, 5) for code in ("m/x", "m/y")]
        placed += [("T1", "m/z", Span(12, 20)), ("T1", "n", Span(3, 6))]
        placed += [(f"T{n}", "n", Span(12, 20)) for n in range(2, 5)]
        project.codings.add_placements(
            [Placement(name, span, code, "anna") for name, code, span in placed], origin="manual"
        )
        yield project


@pytest.mark.parametrize("measure", ["decided", "undecided"])
@pytest.mark.slow
def test_no_hidden_count_of_the_map_follows_from_the_codes_beside_it(
    of_four: Project, measure: str
) -> None:
    shown = of_four.themes.figures.draw("theme-map", language="en", on_screen=True).text
    assert "m (9 passages)" in shown
    assert "x and n: 1 passage" in shown
    if measure == "decided":
        of_four.disclosure.hide_counts()
    for kind in ("theme-map", "co-occurrence"):
        figure = of_four.themes.figures.draw(kind, language="en")
        assert "9 passages" not in figure.text
        assert "x and y: 4 passages" in figure.text
        # One of the four has both: the line would say so.
        assert "x and n" not in figure.text
    told = of_four.themes.figures.draw("theme-map", language="en").text
    assert told.startswith(
        "m (too few to show), x (4 passages), y (4 passages), z (too few to show), n (4 passages)"
    )


@pytest.mark.slow
def test_no_report_gives_a_hidden_count_away(of_four: Project, tmp_path: Path) -> None:
    of_four.disclosure.hide_counts()
    report = of_four.themes.report()
    assert report.themes[0].reaches[0].codings == 9
    of_four.themes.write(report, tmp_path / "themes.json")
    written = json.loads((tmp_path / "themes.json").read_text())
    # The number of all codings less those of the other themes is that of a hidden theme.
    assert written["made"]["codings"] == 0
    theme = written["themes"][0]
    assert theme["codings"] is None
    assert theme["reaches"][0]["codings"] is None
    codings = {code["code"]: code["codings"] for code in theme["codes"]}
    assert codings == {"m/x": 4, "m/y": 4, "m/z": None}
    pairs = [[pair["first"], pair["second"]] for pair in theme["pairs"]]
    assert {*map(tuple, pairs)} == {("m/x", "m/y")}
    for suffix in ("xlsx", "docx"):
        of_four.themes.write(report, tmp_path / f"themes.{suffix}")
    sheet = load_workbook(tmp_path / "themes.xlsx")["Bereik"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    header = next(row for row in rows if "coderingen" in row)
    place = header.index("coderingen")
    # The theme, its codes x, y and z, and the theme n.
    assert [row[place] for row in rows[rows.index(header) + 1 :]] == [None, 4, 4, None, 4]
    tables = [
        [cell.text for cell in row.cells]
        for table in docx.Document(str(tmp_path / "themes.docx")).tables
        for row in table.rows
    ]
    assert not any("9" in cells for cells in tables)


def test_an_interview_has_no_file_name_in_print_unless_asked_for(project: Project) -> None:
    portrait = project.themes.figures.draw("portrait", layer="anna", transcript="G01")
    assert "G01" not in portrait.svg.decode()
    named = project.themes.figures.draw(
        "portrait", layer="anna", transcript="G01", transcript_names=True
    )
    assert "G01" in named.title


@pytest.mark.slow
@pytest.mark.parametrize("kind", FigureKind)
def test_a_figure_says_whose_codings_it_counts(project: Project, kind: FigureKind) -> None:
    for language, coder in (("en", "coder A"), ("nl", "codeur A")):
        root = ET.fromstring(drawn(project, kind, language=language))
        line = " ".join(texts(drawn(project, kind, language=language))[-2:])
        assert coder in line or (kind is FigureKind.TIMELINE and coder[:-1] in line)
        # Who coded too and is not counted is named no more than who is.
        assert not any(name in root.findtext(f"{SVG}desc", "") for name in ("anna", "bram"))
        description = root.find(f"{SVG}desc")
        assert description is not None
        assert coder[:-1] in (description.text or "")
        # The page has grown: the line lies inside it.
        height = float(root.attrib["viewBox"].split()[3])
        *_, last = root.iter(f"{SVG}text")
        assert float(last.attrib["y"]) < height
    report = project.themes.figures.draw("theme-map", layer="anna", source=False)
    assert "codeur A" not in report.svg.decode()


@pytest.mark.slow
def test_a_group_is_called_so_in_a_portrait(of_four: Project, tmp_path: Path) -> None:
    (tmp_path / "G.txt").write_text("R: een twee drie vier vijf zes zeven en nog een\n")
    read = read_transcript(tmp_path / "G.txt")
    group = replace(read.transcript, name="G", attributes=FrozenMap({"kind": "group"}))
    of_four.transcripts.add(replace(read, transcript=group))
    of_four.codings.add_placements([Placement("G", Span(3, 11), "n", "anna")], origin="manual")
    for language, name in (("nl", "groep 1"), ("en", "group 1")):
        figure = of_four.themes.figures.draw(
            "portrait", transcript="G", language=language, on_screen=True
        )
        assert name in figure.title


def test_a_mark_leads_to_exactly_its_codings(project: Project) -> None:
    figure = project.themes.figures.draw("theme-map", layer="anna")
    codings = project.codings.collect(coder="anna")
    for mark in figure.marks:
        label, _, rest = mark.title.rpartition(" (")
        if rest and label == "Werksettingen":
            ids = {c.id for c in codings if c.code == "influences/work_settings"}
            assert {*mark.codings} == ids
            break
    else:
        pytest.fail("the code is not drawn")


def test_bad_requests_are_told_in_words(project: Project) -> None:
    figures = project.themes.figures
    with pytest.raises(UnknownNameError, match="There is no figure 'tree'"):
        figures.draw("tree")
    with pytest.raises(UnknownNameError, match="theme"):
        figures.draw("theme-map", layer="anna", only=["weg"])
    with pytest.raises(UndefinedRequestError, match="has no times"):
        figures.draw("timeline", layer="anna", transcript="G01")
    with pytest.raises(InvalidValueError, match="no level 'weg'"):
        figures.place(["users"], "weg")
    with pytest.raises(InvalidValueError, match="different names"):
        figures.name_levels(["a", "a"])
    with pytest.raises(UndefinedRequestError, match="one layer"):
        figures.draw("levels", layer="all")


def test_a_study_without_groups_and_levels_says_what_to_do(project: Project) -> None:
    project.cases.replace([])
    figure = project.themes.figures.draw("levels", layer="anna")
    assert figure.marks
    assert "professionals" not in figure.text


@pytest.mark.slow
def test_the_word_document_carries_its_figures_without_an_extra(
    project: Project, tmp_path: Path
) -> None:
    from docx import Document

    path = tmp_path / "themes.docx"
    project.themes.write(project.themes.report("anna", quotes_per_code=0), path)
    word = Document(str(path))
    assert len(word.inline_shapes) == 4
    described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert all(text and len(text) > 20 for text in described)
    widths = [round(shape.width.mm) for shape in word.inline_shapes]
    assert max(widths) <= 156


@pytest.mark.slow
def test_png_has_300_dots_to_the_inch_of_its_printed_size(project: Project, tmp_path: Path) -> None:
    figure = project.themes.figures.draw("levels", layer="anna")
    project.themes.figures.write(figure, tmp_path / "a.png")
    data = (tmp_path / "a.png").read_bytes()
    millimetres = float(re.search(rb'width="([\d.]+)mm"', figure.svg).group(1))  # type: ignore[union-attr]
    assert int.from_bytes(data[16:20]) == pytest.approx(millimetres / 25.4 * 300, abs=2)
    assert data[37:41] == b"pHYs"
    assert int.from_bytes(data[41:45]) == 11811
    project.themes.figures.write(figure, tmp_path / "b.png")
    assert (tmp_path / "b.png").read_bytes() == data


def test_labels_with_signs_of_xml_are_drawn_as_they_are(project: Project) -> None:
    from qualcode.model import LocalText

    label = "Kwaad & <erger> 'nog' 🙂"
    project.codebook.edit("consequences", label=LocalText({"nl": label}))
    svg = project.themes.figures.draw("theme-map", layer="anna").svg
    assert label in texts(svg)


@pytest.mark.parametrize("kind", [k for k in FigureKind if k not in {*OF_TWO, "saturation"}])
@pytest.mark.slow
def test_a_figure_for_print_holds_small_counts_back_until_somebody_decides(
    project: Project, kind: FigureKind
) -> None:
    decided = drawn(project, kind)
    take_back_all(project)
    # The researcher sees the own data, with or without a decision.
    assert drawn(project, kind, on_screen=True) == decided
    if kind is FigureKind.LEVELS:
        shown = texts(drawn(project, kind))
        assert any(text.startswith("<3") for text in shown)
        assert "fewer than 3 participants" in " ".join(texts(drawn(project, kind, language="en")))
    elif kind is FigureKind.THEME_MAP:
        assert drawn(project, kind) != decided
    elif kind is FigureKind.CO_OCCURRENCE:
        with pytest.raises(UndefinedRequestError, match="too few participants"):
            drawn(project, kind)
    else:
        with pytest.raises(UndefinedRequestError, match="--confirm") as caught:
            drawn(project, kind)
        risk = re.search(r"--confirm (\w+)", str(caught.value))
        assert risk
        project.disclosure.accept_risk(risk[1], "asked all three")
        assert drawn(project, kind) == decided


def test_a_decision_is_asked_again_once_the_counts_change(project: Project) -> None:
    assert drawn(project, FigureKind.PARTICIPANTS)
    by_anna = [c for c in project.codings.collect(coder="anna") if c.transcript == "G01"]
    changed = [c.id for c in by_anna if c.code == by_anna[0].code]
    project.acting_as("anna").codings.withdraw(changed)
    with pytest.raises(UndefinedRequestError, match="--confirm"):
        drawn(project, FigureKind.PARTICIPANTS)


@pytest.mark.slow
def test_a_pair_of_one_person_is_a_small_count_though_both_codes_are_of_many(
    of_four: Project,
) -> None:
    of_four.codings.withdraw(c.id for c in of_four.codings.collect() if c.code == "m/z")
    assert "x and n: 1" not in of_four.themes.figures.draw("theme-map", language="en").text
    (problem,) = of_four.disclosure.check_table("code_by_group")
    assert "m/x + n: 1" in problem.message
    decide_to_print(of_four, "final")
    assert "x and n: 1" in of_four.themes.figures.draw("theme-map", language="en").text


def test_small_counts_of_a_study_without_groups_are_held_back_too(project: Project) -> None:
    take_back_all(project)
    cases = project.cases.collect()
    without = {k: FrozenMap({**k.attributes, "group": ""}) for k in cases}
    project.cases.replace(replace(case, attributes=values) for case, values in without.items())
    problems = project.disclosure.check_table("code_by_group", "anna")
    assert problems
    with pytest.raises(UndefinedRequestError, match="--confirm"):
        drawn(project, FigureKind.PARTICIPANTS)
    decide_to_print(project, "anna")
    assert drawn(project, FigureKind.PARTICIPANTS)
