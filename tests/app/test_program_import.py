"""The tab Other programs, in a browser: projects, folders, tables and Word documents, and back."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from app_conditions import select_option
from app_in_process import settled
from app_process import App
from qualcode.importing.refi import read_refi
from qualcode.model import Span
from qualcode.project import ExportOptions, Project
from small_book import BOOK

PATIENCE = 60_000
"""Milliseconds for an import: it writes a text and its codings."""
WAYS = {
    "NVivo": "In NVivo: Share, Export Project",
    "MAXQDA": "In MAXQDA: export the project as REFI-QDA",
    "A folder": "The folder of a QualCoder project",
    "Word with comments": "A Word document in which comments name the codes",
}


@pytest.fixture
def tab(own_app: App, page: Page) -> Page:
    # The page Project is the first one, so that it has no path of its own.
    own_app.go(page)
    page.set_default_timeout(PATIENCE)
    page.get_by_role("tab", name="Other programs").click()
    expect(page.get_by_role("heading", name="Import from another program")).to_be_visible(
        timeout=PATIENCE
    )
    return page


def choose(page: Page, program: str) -> None:
    origin = page.get_by_role("combobox", name=re.compile("Where does it come from"))
    select_option(page, origin, program)
    # The drop zone of another program is another one: it must be there before a file is.
    expect(page.get_by_text(WAYS[program])).to_be_visible(timeout=PATIENCE)


def drop(page: Page, *files: Path) -> None:
    # Other tabs have drop zones, too.
    panel = page.get_by_role("tabpanel", name="Other programs")
    panel.locator('input[type="file"]').first.set_input_files([str(file) for file in files])


def test_what_is_next_leads_to_pages_and_names_no_command(tab: Page) -> None:
    panel = tab.get_by_role("tabpanel", name="Other programs")
    expect(panel.get_by_text("First resolve the disagreements")).to_have_count(2)
    words = panel.inner_text()
    assert "qualcode adjudicate" not in words
    assert "--layer" not in words
    panel.get_by_role("link", name="Adjudication").first.click()
    expect(tab).to_have_url(re.compile("/adjudication"))


def small_project(folder: Path) -> Project:
    """Return a project of one interview that anna coded once."""
    folder.mkdir()
    project = Project.create(folder / "other.qualcode", name="Elders")
    (folder / "E01.txt").write_text(TEXT, encoding="utf-8")
    assert not [
        r.refused for r in project.transcripts.read_files([folder / "E01.txt"]) if r.refused
    ]
    project._store.save_codebook(BOOK)
    project.rounds.add_coder("anna")
    start = TEXT.index("lange dag")
    code = BOOK.active[0].path
    project.acting_as("anna").codings.add("E01", Span(start, start + 9), code, memo="moe")
    return project


TEXT = "I: Hoe was het op het werk?\nR: Een lange dag, met veel drukte.\nI: En thuis?\nR: Rustig.\n"


@pytest.mark.slow
def test_a_project_comes_in_a_table_joins_it_and_all_goes_out(
    own_app: App, tab: Page, tmp_path: Path
) -> None:
    with small_project(tmp_path / "a") as other:
        other.exchange.write(tmp_path / "other.qdpx", ExportOptions(real_names=True))
    choose(tab, "NVivo")
    drop(tab, tmp_path / "other.qdpx")
    tab.get_by_role("button", name="Import this project").click()
    expect(tab.get_by_text("Imported: 1 interview · 1 coding")).to_be_visible(timeout=PATIENCE)
    expect(tab.get_by_text(re.compile("other.qdpx, written by qualcode"))).to_be_visible()
    # A table with titles that no program writes: one question, and then it is read.
    table = "Interview;Onderwerp;Stuk tekst\nE01;Nieuw onderwerp;veel drukte\n"
    (tmp_path / "segments.csv").write_text(table, encoding="utf-8")
    choose(tab, "MAXQDA")
    drop(tab, tmp_path / "segments.csv")
    button = tab.get_by_role("button", name="Import these codings")
    button.click()
    expect(tab.get_by_text("Which column is which?")).to_be_visible(timeout=PATIENCE)
    for label, title in (("The quote", "Stuk tekst"), ("The code", "Onderwerp")):
        field = tab.get_by_role("combobox", name=re.compile(label))
        if field.count():
            select_option(tab, field, title)
    button.click()
    expect(tab.get_by_text("1 coding imported")).to_be_visible(timeout=PATIENCE)
    with own_app.project() as stored:
        passages = {c.quote for c in stored.codings.collect(transcript="E01")}
    assert passages == {"lange dag", "veel drukte"}
    program = tab.get_by_role("combobox", name=re.compile("Which program will read it"))
    select_option(tab, program, "QualCoder")
    with tab.expect_download(timeout=PATIENCE) as download:
        tab.get_by_role("button", name=re.compile("Download the project")).click()
    download.value.save_as(tmp_path / "back.qdpx")
    back = read_refi(tmp_path / "back.qdpx")
    assert {c.quote for c in back.codings if c.transcript == "E01"} == passages


@pytest.mark.slow
def test_a_folder_of_text_comes_in(own_app: App, tab: Page, tmp_path: Path) -> None:
    with small_project(tmp_path / "a") as other:
        other.exchange.write(tmp_path / "plain", ExportOptions(real_names=True))
    choose(tab, "A folder")
    panel = tab.get_by_role("tabpanel", name="Other programs")
    panel.locator('input[type="file"]').first.set_input_files(str(tmp_path / "plain"))
    tab.get_by_role("button", name="Import this project").click()
    expect(tab.get_by_text("Imported: 1 interview · 1 coding")).to_be_visible(timeout=PATIENCE)
    with own_app.project() as stored:
        codings = stored.codings.collect(transcript="E01")
    assert [(c.quote, c.coder, c.memo) for c in codings] == [("lange dag", "anna", "moe")]


@pytest.mark.slow
def test_a_file_that_is_no_project_is_refused_in_a_sentence(tab: Page, tmp_path: Path) -> None:
    (tmp_path / "broken.qdpx").write_bytes(b"PK\x03\x04 half a file")
    choose(tab, "NVivo")
    drop(tab, tmp_path / "broken.qdpx")
    tab.get_by_role("button", name="Import this project").click()
    expect(tab.get_by_text(re.compile("broken.qdpx"))).to_have_count(2, timeout=PATIENCE)
    expect(tab.get_by_text("Traceback")).to_have_count(0)


@pytest.mark.slow
def test_a_word_document_that_comes_back_is_compared_first(
    own_app: App, tab: Page, tmp_path: Path
) -> None:
    with own_app.project() as stored:
        name = stored.transcripts.collect()[0].name
        stored.exchange.write_commented(name, tmp_path / f"{name}.docx", real_names=True)
    document = docx.Document(str(tmp_path / f"{name}.docx"))
    run = next(run for p in document.paragraphs for run in p.runs if " een " in run.text)
    run.text = run.text.replace(" een ", " één ", 1)
    document.add_comment(run, text="Gloednieuw", author="anna")
    document.save(str(tmp_path / f"{name}.docx"))
    choose(tab, "Word with comments")
    drop(tab, tmp_path / f"{name}.docx")
    expect(tab.get_by_role("heading", name="The text differs")).to_be_visible(timeout=PATIENCE)
    button = tab.get_by_role("button", name="Import these comments")
    expect(button).to_be_disabled()
    tab.get_by_text("The document is right").click()
    expect(button).to_be_enabled()
    button.click()
    expect(tab.get_by_text(re.compile("comments? read"))).to_be_visible(timeout=PATIENCE)
    with own_app.project() as stored:
        assert " één " in stored.transcripts.get(name).text
        assert len(stored.transcripts.revisions.versions(name)) == 1


def test_another_document_is_asked_about_anew(pages: tuple[AppTest, Path], tmp_path: Path) -> None:
    """What was answered about one document is no answer about the next."""
    app, path = pages
    with Project.open(path) as project:
        name = project.transcripts.collect()[0].name
        project.exchange.write_commented(name, tmp_path / f"{name}.docx", real_names=True)
    documents = []
    for word in ("één", "eentje"):
        document = docx.Document(str(tmp_path / f"{name}.docx"))
        run = next(run for p in document.paragraphs for run in p.runs if " een " in run.text)
        run.text = run.text.replace(" een ", f" {word} ", 1)
        document.save(str(tmp_path / "changed.docx"))
        documents.append((tmp_path / "changed.docx").read_bytes())

    def drop_document(content: bytes) -> None:
        uploader = next(one for one in app.file_uploader if one.label.startswith("File of the"))
        uploader.set_value([(f"{name}.docx", content, "")])
        settled(app)

    def way() -> Radio[str]:
        return next(one for one in app.radio if one.label == "Which text is right?")

    settled(app)
    program = next(one for one in app.selectbox if one.label.startswith("Where does it come from"))
    program.select("Word with comments")
    settled(app)
    drop_document(documents[0])
    way().set_value("correct")
    settled(app)
    assert way().value == "correct"
    drop_document(documents[1])
    assert way().value is None
