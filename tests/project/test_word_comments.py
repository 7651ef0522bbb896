"""A Word document that comes back: corrected words, comments deleted or moved, new codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from cli_runner import qualcode
from qualcode.codebook_edits import add_code
from qualcode.errors import ConflictError
from qualcode.project import CommentChoices, Project, plan_comments
from two_coder_study import give, make_project


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = make_project(tmp_path)
    with Project.open(path, verify=False) as project:
        for coder in ("anna", "bram"):
            project.rounds.add_coder(coder)
        give(project, "A1", "leuk hoor", "joy", "anna", memo="mooi")
        give(project, "A1", "wakker", "energy", "anna")
        give(project, "A1", "saai", "boredom", "bram")
        project.exchange.write_commented("A1", tmp_path / "A1.docx", real_names=True)
    return path


@pytest.fixture
def project(study: Path) -> Iterator[Project]:
    with Project.open(study, verify=False) as opened:
        yield opened


def replace_word(path: Path, old: str, new: str) -> None:
    """Replace a word in a document, as somebody does in Word."""
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace(old, new)
    document.save(str(path))


def delete_comment(path: Path, word: str) -> None:
    """Delete the comment on a passage that holds a word."""
    document = docx.Document(str(path))
    key = comment_key(document, word)
    for element in list(document.element.body.iter()):
        if element.get(qn("w:id")) == key and "comment" in element.tag:
            element.getparent().remove(element)
    for comment in document.comments:
        if str(comment.comment_id) == key:
            comment._comment_elm.getparent().remove(comment._comment_elm)
    document.save(str(path))


def comment_key(document: object, word: str) -> str:
    """Return the id of the comment that starts before a word."""
    key = ""
    for element in document.element.body.iter():  # type: ignore[attr-defined]
        if element.tag == qn("w:commentRangeStart"):
            key = element.get(qn("w:id"))
        if element.tag == qn("w:t") and word in (element.text or ""):
            return str(key)
    raise AssertionError(word)


def add_comment(path: Path, word: str, text: str, author: str) -> None:
    document = docx.Document(str(path))
    runs = [run for p in document.paragraphs for run in p.runs if word in run.text]
    document.add_comment(runs[0], text=text, author=author)
    document.save(str(path))


def quotes(project: Project) -> list[tuple[str, str, str]]:
    codings = project.codings.collect(transcript="A1")
    return [(c.quote, c.code.rpartition("/")[2], c.coder) for c in codings]


ALL = [
    ("leuk hoor", "joy", "anna"),
    ("wakker", "energy", "anna"),
    ("saai", "boredom", "bram"),
]


def test_an_unchanged_document_changes_nothing(project: Project, tmp_path: Path) -> None:
    plan = plan_comments(project, tmp_path / "A1.docx")
    assert (plan.transcript, plan.new, plan.moved, plan.deleted) == ("A1", (), (), ())
    assert not plan.new_codes
    assert not plan.text_changes
    project.exchange.read_commented(tmp_path / "A1.docx")
    assert quotes(project) == ALL


@pytest.mark.parametrize("real_names", [True, False])
@pytest.mark.parametrize("coder", ["anna", "carla"])
def test_what_others_coded_does_not_become_the_work_of_who_reads(
    project: Project, tmp_path: Path, coder: str, real_names: bool
) -> None:
    file = tmp_path / "A1.docx"
    project.exchange.write_commented("A1", file, real_names=real_names)
    assert not plan_comments(project, file, coder).new
    read, _ = project.exchange.read_commented(file, coder=coder)
    assert quotes(project) == ALL
    (left,) = (loss for loss in read.losses if loss.kind == "not taken")
    assert left.count == (1 if coder == "anna" else 3)
    # The name that Word knows her by is no coder of the project.
    add_comment(file, "saai", "Verveling", f"{coder} de Vries")
    project.exchange.read_commented(file, coder=coder)
    assert {*quotes(project)} - {*ALL} == {("saai", "boredom", coder)}


def test_a_corrected_word_is_shown_and_makes_no_second_interview(
    project: Project, tmp_path: Path
) -> None:
    document = tmp_path / "A1.docx"
    replace_word(document, "hoor", "man")
    (change,) = plan_comments(project, document).text_changes
    assert ("leuk hoor." in change.before, "leuk man." in change.after) == (True, True)
    with pytest.raises(ConflictError, match="--text correct"):
        project.exchange.read_commented(document)
    assert len(project.transcripts.collect()) == 3


@pytest.mark.slow
def test_a_corrected_word_is_taken_over_if_confirmed(project: Project, tmp_path: Path) -> None:
    document = tmp_path / "A1.docx"
    replace_word(document, "hoor", "man")
    project.exchange.read_commented(document, choices=CommentChoices("correct"))
    assert quotes(project) == [("leuk man", "joy", "anna"), *ALL[1:]]
    text = project.transcripts.get("A1")
    assert [turn.speaker for turn in text.turns] == ["I", "R", "I", "R"]
    assert len(project.transcripts.revisions.versions("A1")) == 1
    assert not project.history.check()


@pytest.mark.slow
def test_the_text_of_the_project_may_stay(project: Project, tmp_path: Path) -> None:
    document = tmp_path / "A1.docx"
    replace_word(document, "hoor", "man")
    add_comment(document, "Waarom", "Energie", "bram")
    project.exchange.read_commented(document, choices=CommentChoices("keep"))
    assert quotes(project) == [("I: Waarom doe je het?", "energy", "bram"), *ALL]


@pytest.mark.slow
def test_a_deleted_comment_is_listed_and_withdrawn_if_confirmed(
    project: Project, tmp_path: Path
) -> None:
    document = tmp_path / "A1.docx"
    delete_comment(document, "wakker")
    (deleted,) = plan_comments(project, document).deleted
    assert deleted.quote == "wakker"
    project.exchange.read_commented(document)
    assert quotes(project) == ALL
    project.exchange.read_commented(document, choices=CommentChoices(withdraw=True))
    assert quotes(project) == [ALL[0], ALL[2]]


def test_codings_of_who_is_not_in_the_document_stay(project: Project, tmp_path: Path) -> None:
    document = tmp_path / "A1.docx"
    delete_comment(document, "saai")
    plan = plan_comments(project, document)
    assert not plan.deleted
    (problem,) = plan.problems
    assert "No comment in the document is by bram: 1 coding of bram stays." in problem.message
    assert not plan_comments(project, document, coder="anna").problems


@pytest.mark.slow
def test_a_moved_comment_is_listed_and_moved_if_confirmed(project: Project, tmp_path: Path) -> None:
    document = tmp_path / "A1.docx"
    delete_comment(document, "leuk")
    add_comment(document, "Waarom", "Plezier\nmooi", "anna")
    (moved,) = plan_comments(project, document).moved
    assert (moved.coding.quote, moved.to.quote) == ("leuk hoor", "I: Waarom doe je het?")
    project.exchange.read_commented(document)
    assert quotes(project) == ALL
    project.exchange.read_commented(document, choices=CommentChoices(move=True))
    assert quotes(project) == [("I: Waarom doe je het?", "joy", "anna"), *ALL[1:]]


@pytest.mark.slow
def test_a_code_that_the_codebook_lacks_is_offered_as_new(project: Project, tmp_path: Path) -> None:
    document = tmp_path / "A1.docx"
    add_comment(document, "Waarom", "Motieven > Rust; Energie", "anna")
    assert plan_comments(project, document).new_codes == ("Motieven > Rust",)
    project.exchange.read_commented(
        document, choices=CommentChoices(new_codes=("Motieven > Rust",))
    )
    assert ("I: Waarom doe je het?", "rust", "anna") in quotes(project)
    assert project.codebook.get().code("motives/rust").title("nl") == "Rust"


@pytest.mark.slow
def test_a_project_without_a_codebook_gets_the_codes_of_comments(tmp_path: Path) -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("R: Een feest")
    document.add_comment(run, text="Plezier", author="Chris")
    document.save(str(tmp_path / "G07.docx"))
    with Project.create(tmp_path / "a.qualcode") as work:
        choices = CommentChoices(new_codes=plan_comments(work, tmp_path / "G07.docx").new_codes)
        work.exchange.read_commented(tmp_path / "G07.docx", choices=choices)
        assert [(c.code, c.coder) for c in work.codings.collect()] == [("plezier", "Chris")]


@pytest.mark.slow
def test_the_command_line_shows_all_and_does_what_is_confirmed(study: Path) -> None:
    folder = study.parent
    document = folder / "A1.docx"
    replace_word(document, "hoor", "man")
    delete_comment(document, "wakker")
    add_comment(document, "Waarom", "Rust", "anna")
    refused = qualcode("code", "A1.docx", folder=folder)
    assert refused.code == 1
    assert "leuk man" in refused.out + refused.err
    shown = qualcode("code", "A1.docx", "--text", "keep", folder=folder)
    assert shown.code == 0, shown.err
    said = shown.out + shown.err
    assert all(w in said for w in ("--withdraw", '--new-codes "Rust"', "wakker"))
    done = qualcode(
        *("code", "A1.docx", "--text", "correct", "--withdraw", "--new-codes", "all"),
        folder=folder,
    )
    assert done.code == 0, done.err
    with Project.open(study) as project:
        assert quotes(project) == [
            ("I: Waarom doe je het?", "rust", "anna"),
            ("leuk man", "joy", "anna"),
            ("saai", "boredom", "bram"),
        ]


@pytest.mark.slow
def test_codings_of_a_retired_code_stay_while_their_comment_is_there(
    project: Project, tmp_path: Path
) -> None:
    project.codebook.retire("motives/joy")
    document = tmp_path / "A1.docx"
    assert not plan_comments(project, document).deleted
    project.exchange.read_commented(document, choices=CommentChoices(withdraw=True))
    assert quotes(project) == ALL
    # What names its coding is no remark.
    assert not [m for m in project.codings.collect_memos() if m.target == "A1"]
    delete_comment(document, "leuk")
    assert [c.quote for c in plan_comments(project, document).deleted] == ["leuk hoor"]


@pytest.mark.slow
def test_a_moved_comment_keeps_its_retired_code(project: Project, tmp_path: Path) -> None:
    project.codebook.retire("motives/joy")
    document = tmp_path / "A1.docx"
    delete_comment(document, "leuk")
    add_comment(document, "Waarom", "Plezier\nmooi", "anna")
    # Word keeps the time of a comment that is cut and pasted.
    written = next(c for c in project.codings.collect() if c.quote == "leuk hoor").created_at
    assert written is not None
    opened = docx.Document(str(document))
    for comment in opened.comments:
        if comment.text.startswith("Plezier"):
            comment._comment_elm.set(qn("w:date"), f"{written:%Y-%m-%dT%H:%M:%SZ}")
    opened.save(str(document))
    plan = plan_comments(project, document)
    assert [(m.coding.quote, m.to.code) for m in plan.moved] == [("leuk hoor", "motives/joy")]
    assert not plan.deleted
    project.exchange.read_commented(document, choices=CommentChoices(move=True))
    assert quotes(project) == [("I: Waarom doe je het?", "joy", "anna"), *ALL[1:]]


@pytest.mark.slow
def test_codings_stay_where_two_codes_have_the_label_of_their_comment(
    project: Project, tmp_path: Path
) -> None:
    book = project.codebook.get()
    twin = replace(book.code("motives/joy"), path="motives/fun", id="")
    project.codebook.save(add_code(book, twin), "a twin")
    project.exchange.read_commented(tmp_path / "A1.docx", choices=CommentChoices(withdraw=True))
    assert quotes(project) == ALL


def test_a_retired_code_is_not_given_by_a_new_comment(project: Project, tmp_path: Path) -> None:
    project.codebook.retire("motives/joy")
    add_comment(tmp_path / "A1.docx", "Waarom", "Plezier", "anna")
    project.exchange.read_commented(tmp_path / "A1.docx")
    assert quotes(project) == ALL
    assert ["Plezier" in m.text for m in project.codings.collect_memos() if m.target == "A1"]


@pytest.mark.slow
def test_undo_takes_back_the_comments_and_not_the_corrected_text(study: Path) -> None:
    document = study.parent / "A1.docx"
    replace_word(document, "hoor", "man")
    delete_comment(document, "wakker")
    with Project.open(study, as_coder="anna") as project:
        choices = CommentChoices("correct", withdraw=True)
        project.exchange.read_commented(document, choices=choices)
        comments, _ = project.history.next_undo()
        assert {event.action for event in comments} == {"coding.withdraw"}
        project.history.undo()
        assert "leuk man" in project.transcripts.get("A1").text
        assert ("wakker", "energy", "anna") in quotes(project)
