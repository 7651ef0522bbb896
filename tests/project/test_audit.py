"""The audit trail tells what was done by kind; memos obey the measures on disclosure."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.importing import read_transcript
from qualcode.model import Case, Code, MemoTarget, Participation, Role, Span
from qualcode.model.audit import AuditKind
from qualcode.placement import Placement
from qualcode.project import Project

SECRET = "Mijn man werkt bij de politie van Assen"
TEXT = f"I: Vertel eens?\nR: {SECRET}.\nI: En u?\nR: Ik slaap slecht."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A study whose only interview has the name of a person, as files often have."""
    file = tmp_path / "jan_jansen.txt"
    file.write_text(TEXT, encoding="utf-8")
    work = Project.create(tmp_path / "s.qualcode", as_coder="marieke")
    work.transcripts.add(read_transcript(file), confirmed=True)
    work.transcripts.set_roles("jan_jansen", {"I": Role.INTERVIEWER, "R": Role.RESPONDENT})
    work.cases.replace([Case("R1", participations=(Participation("jan_jansen"),))])
    work.codebook.create("book", (Code("home"), Code("home/sleep")))
    start = TEXT.index(SECRET)
    placement = Placement(
        "jan_jansen", Span(start, start + len(SECRET)), "home/sleep", "marieke", memo="gevoelig"
    )
    work.codings.add_placements([placement], origin="manual")
    # As adjudication writes it.
    note = f"[codebook_must_change] jan_jansen: “{SECRET}” – hoort dit hier?"
    work.codings.add_memo(MemoTarget.CODE, "home/sleep", note)
    work.codings.add_memo(MemoTarget.PROJECT, "", "Ik ben zelf partner van een agent. (Marieke)")
    work.codings.add_memo(MemoTarget.TRANSCRIPT, "jan_jansen", "JAN_JANSEN.txt was moe")
    return work


def written(project: Project, path: Path, **choices: bool) -> str:
    project.exchange.publication.write_audit(path, language="en", **choices)
    return path.read_text("utf-8")


@pytest.mark.slow
def test_memos_stay_out_unless_somebody_asks(project: Project, tmp_path: Path) -> None:
    assert "partner van een agent" not in written(project, tmp_path / "a.md")
    assert "partner van een agent" in written(project, tmp_path / "b.md", memos=True)


@pytest.mark.slow
def test_neither_interviews_nor_coders_are_named_also_in_memos(
    project: Project, tmp_path: Path
) -> None:
    for name, memos in (("a.md", False), ("b.md", True), ("a.json", True)):
        text = written(project, tmp_path / name, memos=memos).casefold()
        assert "jan_jansen" not in text
        assert "marieke" not in text
    assert "R1" in written(project, tmp_path / "c.md")


@pytest.mark.slow
def test_a_withheld_passage_stands_in_no_memo(project: Project, tmp_path: Path) -> None:
    assert SECRET in written(project, tmp_path / "a.md", memos=True)
    project.disclosure.leave_out([coding.id for coding in project.codings.collect()])
    text = written(project, tmp_path / "b.md", memos=True)
    assert SECRET not in text
    assert "gevoelig" not in text
    assert "hoort dit hier?" in text


@pytest.mark.slow
def test_each_kind_of_record_is_there_in_order(project: Project) -> None:
    sections = project.exchange.publication.audit(memos=True)
    assert [section.kind for section in sections] == [*AuditKind]
    by_kind = {section.kind: section for section in sections}
    assert by_kind[AuditKind.RAW_DATA].tables[0].rows[0][0] == "R1"
    assert [m.target_kind for m in by_kind[AuditKind.INTENTIONS].memos] == [MemoTarget.PROJECT]
    assert by_kind[AuditKind.INSTRUMENTS].memos[0].target == "sleep"


@pytest.mark.slow
def test_measures_are_told_with_their_number_and_reason(project: Project) -> None:
    project.disclosure.leave_out([coding.id for coding in project.codings.collect()])
    project.disclosure.accept_risk("abcdef0123", "de respondent las het")
    sections = project.exchange.publication.audit()
    process = next(section for section in sections if section.kind is AuditKind.PROCESS)
    rows = {str(row[0]): row[1:] for table in process.tables for row in table.rows}
    assert rows["passages that are not quoted"] == (1, "–")
    assert rows["risks that were accepted"] == (1, "de respondent las het")


@pytest.mark.slow
def test_the_same_project_gives_the_same_bytes(project: Project, tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        project.exchange.publication.write_audit(tmp_path / name, memos=True)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
