"""The framework matrix: summaries per participant and code, what is marked, tables, print."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from qualcode.errors import (
    ConflictError,
    InvalidTableError,
    InvalidValueError,
    UndefinedRequestError,
    UnknownNameError,
)
from qualcode.model import FrozenMap
from qualcode.project import Project
from sample_typology import make_settled_study
from two_coder_study import give, make_project

MOTIVES, JOY = "motives", "motives/joy"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two users and a professional, coded by anna."""
    with Project.open(make_project(tmp_path), as_coder="anna", verify=False) as opened:
        give(opened, "A1", "Het is leuk hoor", "joy", "anna")
        give(opened, "A1", "je blijft wakker", "energy", "anna")
        give(opened, "A2", "leuk is het ook", "joy", "anna")
        give(opened, "A3", "Nu is het leuk", "joy", "anna")
        yield opened


@pytest.fixture(scope="module")
def study_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, settled."""
    path = tmp_path_factory.mktemp("framework") / "study.qualcode"
    make_settled_study(path)
    return path


def ids_of(project: Project, case: str, code: str = MOTIVES) -> tuple[str, ...]:
    return project.themes.framework.cell(case, code).codings


def test_a_grid_has_a_row_per_participant_by_group_and_a_column_per_theme(
    project: Project,
) -> None:
    grid = project.themes.framework.grid()
    assert grid.codes == (MOTIVES,)
    assert [(row.case, row.group) for row in grid.rows] == [
        ("P1", "users"),
        ("P2", "users"),
        ("P3", "professionals"),
    ]
    assert [len(cell.codings) for cell in grid.cells()] == [2, 1, 1]
    assert all(cell.is_missing for cell in grid.cells())


def test_columns_are_chosen_and_summaries_of_other_codes_are_kept(project: Project) -> None:
    framework = project.themes.framework
    framework.write_summary("P1", MOTIVES, "Vindt het leuk.")
    assert framework.choose_columns([JOY, "motives/energy"]) == (JOY, "motives/energy")
    assert framework.grid().elsewhere == 1
    with pytest.raises(UnknownNameError, match="No code 'motives/jo'"):
        framework.choose_columns(["motives/jo"])
    assert framework.choose_columns([]) == (MOTIVES,)
    assert framework.grid().elsewhere == 0


def test_sentences_name_their_passages_and_what_is_open_is_marked(project: Project) -> None:
    joy, energy = ids_of(project, "P1")
    framework = project.themes.framework
    cell = framework.write_summary(
        "P1", MOTIVES, f"Plezier: vindt het leuk [{joy[:8]}]. Zo is dhr. A. ook in 2019 [1984]."
    )
    assert cell.summary is not None
    assert [s.text for s in cell.summary.sentences] == [
        "Plezier: vindt het leuk.",
        "Zo is dhr. A. ook in 2019 [1984].",
    ]
    assert [s.codings for s in cell.summary.sentences] == [(joy,), ()]
    assert cell.unsupported == (1,)
    assert cell.unmentioned == (energy,)
    cell = framework.link("P1", MOTIVES, 2, [energy[:8]])
    assert (cell.unsupported, cell.unmentioned) == ((), ())
    cell = framework.link("P1", MOTIVES, 2, [])
    assert cell.unsupported == (1,)


def test_a_sentence_that_is_improved_keeps_its_passages(project: Project) -> None:
    joy, energy = ids_of(project, "P1")
    framework = project.themes.framework
    framework.write_summary(
        "P1", MOTIVES, f"Vindt het leuk. [{joy[:8]}] Blijft er wakker van. [{energy[:8]}]"
    )
    cell = framework.write_summary(
        "P1", MOTIVES, "Blijft er langer wakker van. Iets heel anders hier. Vindt het leuk."
    )
    assert cell.summary is not None
    assert [s.codings for s in cell.summary.sentences] == [(energy,), (), (joy,)]


def test_a_passage_of_somebody_else_or_none_is_refused(project: Project) -> None:
    framework = project.themes.framework
    (other,) = ids_of(project, "P2")
    for key in (other[:8], "0123456789"):
        with pytest.raises(UnknownNameError, match=f"no passage '{key}' of P1"):
            framework.write_summary("P1", MOTIVES, f"Leuk. [{key}]")
    assert framework.cell("P1", MOTIVES).summary is None


@pytest.mark.parametrize(
    ("case", "code", "text", "refusal"),
    [
        ("P9", MOTIVES, "Leuk.", "No participant 'P9'"),
        ("P1", "motieven", "Leuk.", "No code 'motieven'"),
        ("P1", MOTIVES, "woord " * 10_000, "has 10000 words, and 400 is the most"),
    ],
)
def test_what_cannot_be_a_summary_is_refused_in_a_sentence(
    project: Project, case: str, code: str, text: str, refusal: str
) -> None:
    with pytest.raises((UnknownNameError, InvalidValueError), match=refusal):
        project.themes.framework.write_summary(case, code, text)


@pytest.mark.slow
def test_a_summary_is_marked_when_a_coding_changes_until_somebody_looks(project: Project) -> None:
    framework = project.themes.framework
    for case in ("P1", "P2", "P3"):
        framework.write_summary(case, MOTIVES, "Vindt het leuk.")
    framework.write_summary("P1", "motives/energy", "Blijft wakker.")

    def stale() -> list[str]:
        return [cell.case for cell in framework.grid().cells() if cell.is_stale]

    added = give(project, "A2", "Dat is alles", "boredom", "anna")
    project.codings.withdraw(ids_of(project, "P1", JOY))
    assert stale() == ["P1", "P2"]
    changes = {c.case: [x.kind for x in c.changes] for c in framework.grid().cells()}
    assert changes == {"P1": ["gone"], "P2": ["added"], "P3": []}
    # What only the theme has does not mark the cell of another code.
    assert not framework.cell("P1", "motives/energy").is_stale
    assert framework.look_at([("P1", MOTIVES)]) == 1
    assert stale() == ["P2"]
    project.codings.withdraw([added])
    assert stale() == []
    project.codings.recode(ids_of(project, "P3"), "motives/energy")
    assert stale() == ["P3"]
    with pytest.raises(UndefinedRequestError, match="no summary of P2 on motives/joy"):
        framework.look_at([("P2", JOY)])


def test_renaming_a_code_changes_no_coding(project: Project) -> None:
    framework = project.themes.framework
    framework.write_summary("P1", JOY, "Vindt het leuk.")
    project.codebook.rename(JOY, "fun")
    cell = framework.cell("P1", "motives/fun")
    assert cell.summary is not None
    assert not cell.is_stale


def test_a_link_of_another_code_marks_the_summary_too(project: Project) -> None:
    framework = project.themes.framework
    energy = ids_of(project, "P1", "motives/energy")
    framework.write_summary("P1", JOY, f"Vindt het leuk omdat. [{energy[0][:8]}]")
    assert not framework.cell("P1", JOY).is_stale
    project.codings.withdraw(energy)
    cell = framework.cell("P1", JOY)
    assert [change.kind for change in cell.changes] == ["gone"]
    assert cell.unsupported == (0,)


def test_undo_takes_a_summary_back(project: Project) -> None:
    framework = project.themes.framework
    framework.write_summary("P1", MOTIVES, "Eerst.")
    framework.write_summary("P1", MOTIVES, "Later.")
    project.history.undo()
    cell = framework.cell("P1", MOTIVES)
    assert cell.summary is not None
    assert cell.summary.text == "Eerst."
    project.history.undo()
    assert framework.cell("P1", MOTIVES).summary is None
    project.history.redo()
    assert framework.cell("P1", MOTIVES).summary is not None


def test_a_summary_that_changed_meanwhile_is_not_overwritten(project: Project) -> None:
    framework = project.themes.framework
    seen = framework.write_summary("P1", MOTIVES, "Van anna.").version
    project.acting_as("bram").themes.framework.write_summary("P1", MOTIVES, "Van bram.")
    with pytest.raises(ConflictError, match="was changed meanwhile"):
        framework.write_summary("P1", MOTIVES, "Van anna, beter.", version=seen)
    cell = framework.cell("P1", MOTIVES)
    assert cell.summary is not None
    assert cell.summary.text == "Van bram."


def test_in_a_blind_round_each_sees_their_own_and_both_stand_afterwards(project: Project) -> None:
    anna, bram = project, project.acting_as("bram")
    anna.rounds.add_coder("bram")
    anna.rounds.create("blind", coders=["anna", "bram"], transcripts=["A1"])
    give(bram, "A1", "Het is leuk hoor", "joy", "bram")
    bram.themes.framework.write_summary("P1", MOTIVES, "Van bram.", layer="bram")
    assert anna.themes.framework.cell("P1", MOTIVES, "anna").summary is None
    anna.themes.framework.write_summary("P1", MOTIVES, "Van anna.", layer="anna")
    assert "Van bram" not in str(anna.history.events())
    anna.rounds.hand_in("blind", "anna")
    bram.rounds.hand_in("blind", "bram")
    cell = anna.themes.framework.cell("P1", MOTIVES, "union")
    assert cell.summary is not None
    assert (cell.summary.text, [other.text for other in cell.others]) == (
        "Van anna.",
        ["Van bram."],
    )
    cell = anna.themes.framework.write_summary("P1", MOTIVES, "Van samen.", layer="union")
    assert cell.others == ()
    anna.history.undo()
    assert len(anna.themes.framework.cell("P1", MOTIVES, "union").others) == 1


def test_a_coding_of_any_coder_marks_what_rests_on_all_coders(project: Project) -> None:
    bram = project.acting_as("bram")
    same = give(bram, "A2", "leuk is het ook", "joy", "bram")
    framework = project.themes.framework
    framework.write_summary("P2", JOY, "Vindt het leuk.", layer="union")
    assert not framework.cell("P2", JOY, "union").is_stale
    # Together the two coders still say the same: one of them changed their mind.
    bram.codings.withdraw([same])
    assert framework.cell("P2", JOY, "union").is_stale


# --- a table to edit -------------------------------------------------------------------------


def edited(path: Path, change: dict[str, str]) -> Path:
    """Write other summaries into a table of cells, by participant."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        delimiter = ";" if ";" in file.readline() else ","
        file.seek(0)
        rows = [*csv.DictReader(file, delimiter=delimiter)]
    for row in rows:
        row["summary"] = change.get(row["participant"], row["summary"])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]])
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_table_is_edited_and_read_back(project: Project, tmp_path: Path) -> None:
    framework, path = project.themes.framework, tmp_path / "cells.csv"
    joy, _ = ids_of(project, "P1")
    framework.write_summary("P2", MOTIVES, "=Blijft zo. Ja.")
    framework.write_table(path)
    assert f"[{joy[:8]}] Het is leuk hoor" in path.read_text(encoding="utf-8")
    change = {"P1": f"Vindt het leuk. [{joy[:8]}]\nEn meer.", "P3": "Ook."}
    cells, problems = framework.read_table(edited(path, change))
    assert [cell.case for cell in cells] == ["P1", "P3"]
    assert not problems
    summary = framework.cell("P1", MOTIVES).summary
    assert summary is not None
    assert [(s.text, s.codings) for s in summary.sentences] == [
        ("Vindt het leuk.", (joy,)),
        ("En meer.", ()),
    ]
    assert len(project.history.events(coder="anna")[-1].target) < 60
    project.history.undo()
    assert framework.cell("P1", MOTIVES).summary is None
    assert framework.cell("P3", MOTIVES).summary is None


@pytest.mark.slow
def test_an_xlsx_table_goes_there_and_back(project: Project, tmp_path: Path) -> None:
    framework, path = project.themes.framework, tmp_path / "cells.xlsx"
    framework.write_summary("P2", MOTIVES, "Blijft zo.")
    framework.write_table(path)
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    titles = [cell.value for cell in sheet[1]]
    sheet.cell(2, titles.index("summary") + 1).value = "Uit Excel."
    book.save(path)
    cells, _ = framework.read_table(path)
    assert [(c.case, c.summary.text) for c in cells if c.summary] == [("P1", "Uit Excel.")]


def test_the_marks_of_a_table_are_in_the_language_of_the_project(
    project: Project, tmp_path: Path
) -> None:
    framework, path = project.themes.framework, tmp_path / "cells.csv"
    joy, energy = ids_of(project, "P1")
    framework.write_summary("P1", MOTIVES, f"Vindt het leuk. [{joy[:8]}] En meer.")
    framework.write_table(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        marks = {row["participant"]: row["marks"] for row in csv.DictReader(file, delimiter=";")}
    assert marks["P1"] == f"zonder passage: zin 2; niet genoemd: {energy[:8]}"
    assert marks["P2"] == "nog niet samengevat"


def test_a_table_that_does_not_fit_changes_nothing(project: Project, tmp_path: Path) -> None:
    framework, path = project.themes.framework, tmp_path / "cells.csv"
    framework.write_table(path)
    framework.write_summary("P3", MOTIVES, "Meanwhile.")
    edited(path, {"P1": "Goed.", "P2": "woord " * 10_000, "P3": "Ouder."})
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text + "P9,,motives,,Wie?,,,\nP1,,motieven,,Wat?,,,\nP1,,motives,,Nog eens.,,,\n",
        encoding="utf-8",
    )
    with pytest.raises(InvalidTableError) as caught:
        framework.read_table(path)
    told = "\n".join(str(problem) for problem in caught.value.problems)
    for part in (
        "has 10000 words",
        "was changed meanwhile",
        "No participant 'P9'",
        "No code 'motieven'",
        "Two rows have another summary of P1 on motives",
    ):
        assert part in told
    assert framework.cell("P1", MOTIVES).summary is None
    path.write_text("participant,code\nP1,motives\n", encoding="utf-8")
    with pytest.raises(InvalidTableError, match="summary"):
        framework.read_table(path)


# --- print -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_rows_of_a_small_group_are_printed_after_a_decision_only(
    project: Project, tmp_path: Path
) -> None:
    framework, path = project.themes.framework, tmp_path / "grid.docx"
    for case in ("P1", "P2", "P3"):
        framework.write_summary(case, MOTIVES, f"Wat {case} zegt.")

    def printed() -> str:
        framework.write(framework.grid(), path)
        word = Document(str(path))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        return "\n".join([*cells, *(p.text for p in word.paragraphs)])

    assert not any(f"Wat {case} zegt" in printed() for case in ("P1", "P2", "P3"))
    assert "weggelaten" in printed()
    with pytest.raises(InvalidValueError, match="Say why"):
        framework.accept_small_group("professionals", " ")
    with pytest.raises(UnknownNameError, match="No group 'profs'"):
        framework.accept_small_group("profs", "daarom")
    framework.accept_small_group("professionals", "zij keurde het goed")
    assert "Wat P3 zegt" in printed()
    assert "zij keurde het goed" in printed()
    assert "Wat P1 zegt" not in printed()
    project.disclosure.set_threshold(2)
    assert "Wat P1 zegt" in printed()


@pytest.mark.slow
def test_a_sentence_on_a_passage_that_is_left_out_is_not_printed(
    project: Project, tmp_path: Path
) -> None:
    project.disclosure.set_threshold(2)
    framework = project.themes.framework
    joy, energy = ids_of(project, "P1")
    framework.write_summary(
        "P1",
        MOTIVES,
        f"Geheim plezier. [{joy[:8]}] Zegt 'je blijft  wakker'. Dat is alles hier.",
    )
    project.disclosure.leave_out([joy, energy])
    for suffix in ("docx", "xlsx", "html", "md", "json"):
        path = tmp_path / f"grid.{suffix}"
        framework.write(framework.grid(), path)
        if suffix in {"html", "md", "json"}:
            words = path.read_text(encoding="utf-8")
        elif suffix == "docx":
            words = "\n".join(
                c.text for t in Document(str(path)).tables for r in t.rows for c in r.cells
            )
        else:
            sheet = load_workbook(path).active
            assert sheet is not None
            words = "\n".join(str(cell.value) for row in sheet for cell in row)
        assert "Geheim plezier" not in words, suffix
        assert "blijft" not in words, suffix
        assert "Dat is alles hier." in words, suffix
        assert joy[:8] not in words, suffix


def test_no_file_holds_the_name_of_a_coder(project: Project, tmp_path: Path) -> None:
    project.disclosure.set_threshold(2)
    framework, path = project.themes.framework, tmp_path / "grid.json"
    framework.write_summary("P1", MOTIVES, "Plezier.", layer="anna")
    framework.write(framework.grid("anna"), path)
    assert "Plezier." in path.read_text(encoding="utf-8")
    assert "anna" not in path.read_text(encoding="utf-8")


def test_a_heading_keeps_the_capitals_of_a_group_and_names_who_is_in_none(
    project: Project, tmp_path: Path
) -> None:
    project.disclosure.set_threshold(2)
    framework, path = project.themes.framework, tmp_path / "grid.md"
    grid = framework.grid()
    rows = [replace(row, group="GGZ" if row.group else "") for row in grid.rows[:2]]
    rows += [replace(row, case=f"{row.case} bis", group="") for row in rows]
    framework.write(replace(grid, rows=tuple(rows)), path)
    assert "## GGZ" in path.read_text(encoding="utf-8")
    assert "## Zonder groep" in path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_withdrawn_participant_leaves_no_summary_behind(project: Project) -> None:
    framework = project.themes.framework
    framework.write_summary("P1", MOTIVES, "Zij werkt in Ommen op de markt.")
    framework.write_summary("P1", MOTIVES, "Zij werkt op de markt in Ommen.")
    framework.write_summary("P2", MOTIVES, "Blijft staan.")
    project.cases.withdraw("P1")
    events = "".join(event.before + event.after for event in project.history.events())
    assert "Ommen" not in events
    assert "Ommen" not in str(framework.grid())
    assert framework.cell("P2", MOTIVES).summary is not None


def test_names_in_summaries_and_gaps_are_told(project: Project) -> None:
    project.disclosure.set_threshold(2)
    framework = project.themes.framework
    framework.write_summary("P1", MOTIVES, "Hij werkt bij mevrouw Jansen in Ommen.")
    told = "\n".join(map(str, framework.check(framework.grid())))
    assert "Jansen" in told
    assert "P2, motives and 1 other cell" in told
    assert "A sentence rests on no passage" in told
    for row in framework.grid().rows:
        assert row.case in {"P1", "P2", "P3"}


@pytest.mark.slow
def test_the_sample_study_is_written_on_wide_pages_by_group(
    study_file: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(study_file, tmp_path / "s.qualcode"))
    with Project.open(path, as_coder="anna") as project:
        framework = project.themes.framework
        for cell in framework.grid().cells():
            if cell.codings:
                framework.write_summary(cell.case, cell.code, f"Wat {cell.case} zegt.")
        grid = framework.grid()
        for paper, wide in (("A4", 297), ("a3", 420)):
            out = tmp_path / f"{paper}.docx"
            framework.write(grid, out, paper=paper)
            section = Document(str(out)).sections[0]
            assert section.page_width is not None
            assert round(section.page_width.mm) == wide
            first = out.read_bytes()
            framework.write(grid, out, paper=paper)
            assert out.read_bytes() == first
        with pytest.raises(InvalidValueError, match="'A5' is no paper"):
            framework.write(grid, tmp_path / "a5.docx", paper="A5")
        groups = {case.group for case in project.cases.collect()}
        assert {*grid.groups} == groups
        assert not any(cell.is_missing for cell in grid.cells())


def test_a_participant_who_said_nothing_has_a_row_and_asked_of_is_told(project: Project) -> None:
    code = project.codebook.get().code(JOY)
    attributes = FrozenMap({**code.attributes, "asked_of": ("users",)})
    book = project.codebook.get()
    codes = tuple(replace(c, attributes=attributes) if c.path == JOY else c for c in book.codes)
    project.codebook.save(book.with_codes(codes), "asked")
    project.codings.withdraw(ids_of(project, "P3"))
    cell = project.themes.framework.cell("P3", JOY)
    assert not cell.is_asked
    assert cell.codings == ()
    assert project.themes.framework.cell("P3", MOTIVES).is_asked
