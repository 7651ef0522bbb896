"""Reporting checklists say what the project knows, what is asked, and what cannot be claimed."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from cli_runner import qualcode
from qualcode import study
from qualcode.errors import UndefinedRequestError, UnknownNameError
from qualcode.importing import read_transcript
from qualcode.model import Case, Participation, Role
from qualcode.model.checklist import Checklist, ChecklistItem, ChecklistKind, ItemState
from qualcode.project import Project
from sample_typology import make_settled_study


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, coded by two and settled, with a chosen quote for each code."""
    path = tmp_path_factory.mktemp("checklists") / "study.qualcode"
    make_settled_study(path)
    with Project.open(path, as_coder="anna") as project:
        for guide in study.guides():
            project.transcripts.read_guide(guide)
        passages = [
            passage.coding
            for theme in project.themes.report(quotes_per_code=1).themes
            for code in theme.codes
            for passage in code.representative
        ]
        project.quotes.choose(sorted(set(passages)))
    return path


def item(checklist: Checklist, number: str) -> ChecklistItem:
    return next(item for item in checklist.items if item.number == number)


def facts(checklist: Checklist, number: str) -> str:
    return " ".join(fact.text for fact in item(checklist, number).facts)


@pytest.mark.parametrize(("kind", "items"), [("coreq", 32), ("srqr", 21)])
def test_every_item_of_the_standard_is_there(sample: Path, kind: str, items: int) -> None:
    """COREQ has 32 items (Tong et al. 2007) and SRQR 21 (O'Brien et al. 2014)."""
    with Project.open(sample) as project:
        filled = project.exchange.publication.checklist(kind)
    assert [item.number for item in filled.items] == [str(n + 1) for n in range(items)]


def test_twelve_items_of_coreq_are_answered_by_the_project_alone(sample: Path) -> None:
    with Project.open(sample) as project:
        filled = project.exchange.publication.checklist("coreq", language="en")
    assert filled.count(ItemState.KNOWN) >= 12
    assert sum(filled.count(state) for state in ItemState) == 32
    assert "10 participants took part" in facts(filled, "12")
    assert "users: 6" in facts(filled, "12")
    assert "11 questions" in facts(filled, "17")
    assert "0 of 10 participants" in facts(filled, "18")
    assert "4 of 10 texts were coded by two or more" in facts(filled, "24")
    assert "40 codes" in facts(filled, "26")


@pytest.mark.parametrize("kind", ChecklistKind)
def test_each_item_has_a_fact_with_its_source_or_a_question(
    sample: Path, kind: ChecklistKind
) -> None:
    with Project.open(sample) as project:
        filled = project.exchange.publication.checklist(kind)
    for each in filled.items:
        assert each.facts or each.ask, each
        assert all(fact.source for fact in each.facts)
    assert re.search(r"\(20\d\d\)\. .* https://doi.org/10\.", filled.source)


def test_reflexive_thematic_analysis_claims_no_kappa(sample: Path) -> None:
    """Nor saturation, nor that coding twice was reflexive (Braun and Clarke 2024)."""
    with Project.open(sample) as project:
        filled = project.exchange.publication.checklist("rtarg")
    told = " ".join(fact.text for each in filled.items for fact in each.facts)
    assert not re.search(r"kappa|agreement|alpha|saturat|reliab", told, re.IGNORECASE)
    cautions = " ".join(each.caution for each in filled.items)
    for word in ("kappa", "Saturation", "coded twice", "emerged"):
        assert word in cautions


def test_an_empty_project_answers_little_and_claims_no_second_coder(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.qualcode", as_coder="anna") as project:
        filled = project.exchange.publication.checklist("coreq")
    assert item(filled, "24").state is ItemState.AUTHOR
    assert "no interview was coded by two" in item(filled, "24").caution
    assert item(filled, "12").state is ItemState.AUTHOR or not item(filled, "12").facts
    assert not item(filled, "22").caution


def test_hidden_counts_hide_the_sizes_of_small_groups(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "study.qualcode"
    with Project.open(sample) as project:
        project.history.back_up(copy)
    with Project.open(copy, as_coder="anna") as project:
        project.disclosure.set_threshold(5)
        project.disclosure.hide_counts()
        filled = project.exchange.publication.checklist("coreq", language="en")
    assert "professionals: <5" in facts(filled, "12")
    # Six users would give away the four professionals.
    assert "users: …" in facts(filled, "12")


def test_somebody_else_who_speaks_is_told_of(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "study.qualcode"
    with Project.open(sample) as project:
        project.history.back_up(copy)
    with Project.open(copy, as_coder="anna") as project:
        project.transcripts.set_roles("G01", {"I": Role.OTHER})
        filled = project.exchange.publication.checklist("coreq")
    assert "speaks in 1 of 10" in facts(filled, "15")
    assert "9 of 10" in facts(filled, "1")


def test_the_first_codebook_is_counted_as_the_present_one(tmp_path: Path) -> None:
    with Project.create(tmp_path / "study.qualcode", language="en") as project:
        (tmp_path / "book.txt").write_text("Load > Money\nLoad > Sleep\n", encoding="utf-8")
        project.codebook.read(tmp_path / "book.txt")
        filled = project.exchange.publication.checklist("coreq")
    assert "has 2 codes under 1 theme;" in facts(filled, "25")
    assert "The first version of the codebook had 2 codes; 0" in facts(filled, "26")


def test_documents_and_answers_of_a_survey_are_no_interviews(tmp_path: Path) -> None:
    with Project.create(tmp_path / "s.qualcode", name="Slaap", as_coder="anna") as project:
        for name, kind in {"a": "interview", "b": "group", "c": "document", "d": "answers"}.items():
            file = tmp_path / f"{name}.txt"
            file.write_text(f"I: Vertel eens?\nR: Ik slaap slecht, {name}.", "utf-8")
            project.transcripts.add(read_transcript(file), confirmed=True)
            project.transcripts.set_roles(name, {"I": Role.INTERVIEWER, "R": Role.RESPONDENT})
            project.cases.attributes.set_for_transcript(name, {"kind": kind})
        parts = {"R1": "ab", "R2": "ac", "R3": "cd"}
        project.cases.replace(
            Case(case, participations=tuple(map(Participation, names)))
            for case, names in parts.items()
        )
        filled = project.exchange.publication.checklist("coreq")
    assert "In 2 of 2 interviews" in facts(filled, "1")
    # R3 was not interviewed, and R2 once.
    assert "1 of 2 participants takes part in more than one interview." in facts(filled, "18")


def test_every_part_that_jars_qual_names_has_an_item(sample: Path) -> None:
    # The elements of table 1 of Levitt et al. (2018), by their place in an article.
    elements = (
        "Title|Author note|Abstract|Problem|Question or aim|Overview of the design|"
        "Description of the researchers|Participants and other sources|"
        "Relation of researchers and participants|Recruitment|Selection of participants|"
        "Collecting data|Recording and transformation of data|Analysis|Methodological integrity|"
        "Findings|Discussion"
    ).split("|")
    with Project.open(sample) as project:
        topics = {
            str(item.topic) for item in project.exchange.publication.checklist("jars-qual").items
        }
    assert {*elements} <= topics


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_checklist_is_written_in_one_language_and_the_same_bytes(
    sample: Path, tmp_path: Path, language: str
) -> None:
    paths = [tmp_path / "one.docx", tmp_path / "two.docx"]
    with Project.open(sample) as project:
        publication = project.exchange.publication
        for path in paths:
            publication.write_checklist("coreq", path, language=language)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    tables = docx.Document(str(paths[0])).tables
    text = "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    assert ("deelnemers" in text) == (language == "nl")
    assert ("participants" in text) == (language == "en")


def test_an_unknown_standard_is_refused(sample: Path) -> None:
    with Project.open(sample) as project, pytest.raises(UnknownNameError, match="jars-qual"):
        project.exchange.publication.checklist("prisma")


def test_the_command_prints_json_with_how_far_each_item_is_answered(sample: Path) -> None:
    result = qualcode("checklist", "coreq", "--json", folder=sample.parent)
    assert result.code == 0, result.err
    assert {each["state"] for each in result.json["items"]} == {"known", "partly", "author"}


def test_no_document_is_made_of_a_part_of_the_work(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "study.qualcode"
    with Project.open(sample) as project:
        project.history.back_up(copy)
    with Project.open(copy, as_coder="anna") as project:
        project.rounds.create("blind", coders=["anna", "bram"])
        with pytest.raises(UndefinedRequestError, match="blind and open"):
            project.exchange.publication.checklist("coreq")
