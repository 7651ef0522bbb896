"""Edits made in a browser: each applied once, in order, and one that fails holds up no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from qualcode import study
from qualcode.app import coding_protocol
from qualcode.errors import ConflictError, InvalidValueError
from qualcode.model import MemoTarget, Span
from qualcode.project import Edit, EditKind, Project, code_name, rows_of


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one interview."""
    path = tmp_path_factory.mktemp("editing") / "study.qualcode"
    with Project.create(path, name="Proef") as project:
        project.import_codebook(study.codebook())
        list(project.import_transcripts([one for one in study.transcripts() if one.stem == "G04"]))
    return path


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Iterator[Project]:
    copy = tmp_path / "study.qualcode"
    copy.write_bytes(first.read_bytes())
    with Project.open(copy) as one:
        yield one


def code_id(project: Project, path: str) -> str:
    return project.codebook().code(path).id


def add(project: Project, number: int, start: int = 10, **more: object) -> Edit:
    code = code_id(project, "motives/energy")
    whole = {"id": uuid4().hex, "code": code, "start": start, "end": start + 20}
    return Edit(number, EditKind.ADD, "G04", **(whole | more))  # type: ignore[arg-type]


def test_an_edit_that_arrives_twice_is_applied_once(project: Project) -> None:
    edits = [add(project, 1, 10), add(project, 2, 40)]
    assert project.apply_edits("tab", edits[:1], "anna") == ()
    assert project.apply_edits("tab", edits, "anna") == ()
    assert project.apply_edits("tab", edits, "anna") == ()
    assert len(project.collect_codings()) == 2
    assert project.arrived(["tab", "other"]) == {"tab": 2}


def test_edits_are_applied_in_the_order_of_their_numbers(project: Project) -> None:
    made = add(project, 1)
    gone = Edit(2, EditKind.WITHDRAW, "G04", id=made.id)
    assert project.apply_edits("tab", [gone, made], "anna") == ()
    assert project.collect_codings() == ()


def test_a_refused_edit_says_why_and_holds_up_no_other(project: Project) -> None:
    wrong = add(project, 1, code="nothing")
    refused = project.apply_edits("tab", [wrong, add(project, 2, 90)], "anna")
    assert [edit.number for edit, _ in refused] == [1]
    assert "No code 'nothing'" in refused[0][1]
    assert len(project.collect_codings()) == 1
    assert project.arrived(["tab"]) == {"tab": 2}


def test_a_change_is_one_step_of_the_history(project: Project) -> None:
    made = add(project, 1)
    wider = add(project, 2, 5, replaces=made.id)
    change = Edit(2, EditKind.CHANGE, "G04", wider.id, made.id, wider.code, 5, 25)
    project.apply_edits("tab", [made, change], "anna")
    (standing,) = project.collect_codings()
    assert standing.span.start == 5
    project.undo("anna")
    (back,) = project.collect_codings()
    assert back.id == made.id


def test_nobody_withdraws_the_coding_of_another(project: Project) -> None:
    made = add(project, 1)
    project.apply_edits("tab", [made], "anna")
    refused = project.apply_edits("tab2", [Edit(1, EditKind.WITHDRAW, "G04", id=made.id)], "bram")
    assert len(refused) == 1
    assert len(project.collect_codings()) == 1


def test_memos_new_codes_and_accepted_suggestions(project: Project) -> None:
    made = add(project, 1, suggester="fused@1")
    above = code_id(project, "motives")
    edits = [
        made,
        Edit(2, EditKind.MEMO, "G04", text="Let op", target=made.id),
        Edit(3, EditKind.MEMO, "G04", text="Beurt", target_kind=MemoTarget.TURN, target="2"),
        Edit(4, EditKind.NEW_CODE, "G04", id=uuid4().hex, code=above, text="Één keer, hè?"),
    ]
    assert project.apply_edits("tab", edits, "anna") == ()
    assert project.collect_codings()[0].origin == "suggestion:fused@1"
    assert {memo.target for memo in project.memos()} == {made.id, "G04#2"}
    assert "motives/een_keer_he" in project.codebook()


def test_a_rejected_suggestion_is_kept_and_taken_back(project: Project) -> None:
    no = add(project, 1, suggester="fused@1")
    reject = Edit(1, EditKind.REJECT, "G04", "x", "", no.code, 10, 30, suggester="fused@1")
    again = Edit(2, EditKind.UNREJECT, "G04", "x", "", no.code, 10, 30, suggester="fused@1")
    assert project.apply_edits("tab", [reject], "anna") == ()
    assert [one.code for one in project.rejections()] == ["motives/energy"]
    assert project.apply_edits("tab", [reject, again], "anna") == ()
    assert project.rejections() == ()


@pytest.mark.parametrize(
    ("path", "parent", "before", "expected"),
    [
        ("motives/sex", "motives", "motives/enjoyment", ["motives", "motives/sex"]),
        ("influences", "", "users", ["influences"]),
        ("motives/sex", "users", "", ["users/sex"]),
    ],
)
def test_a_code_is_placed_anywhere_in_the_tree(
    project: Project, path: str, parent: str, before: str, expected: list[str]
) -> None:
    book = project.place_code(path, parent, before, "anna").codebook
    paths = list(book.paths)
    assert all(one in paths for one in expected)
    assert [one for one in paths if one in expected] == expected
    if before:
        assert paths.index(expected[-1]) < paths.index(before)


def test_a_second_codebook_is_not_begun(project: Project) -> None:
    with pytest.raises(ConflictError, match="already"):
        project.start_codebook("Nog een", ())


def test_a_message_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="cannot be read"):
        coding_protocol.edits_of(
            {
                "batches": [
                    {
                        "client": "x",
                        "edits": [{"kind": "drop tables", "number": 1, "transcript": ""}],
                    }
                ]
            }
        )


@pytest.mark.parametrize(
    ("label", "name"), [("Sociale druk", "sociale_druk"), (" Eén—twee ", "een_twee")]
)
def test_a_label_gives_a_name_for_the_path(label: str, name: str) -> None:
    assert code_name(label) == name


def test_a_label_without_letters_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="letter or digit"):
        code_name("😅")


def test_rows_hold_every_turn_with_its_place(project: Project) -> None:
    text = project.transcript("G04")
    rows = rows_of(text)
    assert len(rows) == len(text.turns)
    assert all(span.of(text.text).strip() for _, _, _, span in rows)


def test_positions_in_a_text_that_was_replaced_are_refused(project: Project) -> None:
    now = project.transcript("G04").sha256[:12]
    kept, stale = add(project, 1), add(project, 2)
    edits = [replace(kept, sha256=now), replace(stale, sha256="0" * 12)]
    ((refused, why),) = project.apply_edits("tab", edits, "anna")
    assert refused.number == 2
    assert "was replaced after this page read it" in why
    assert [coding.id for coding in project.collect_codings()] == [kept.id]


def test_undo_in_the_browser_is_a_step_of_the_history_and_outlives_the_browser(
    project: Project,
) -> None:
    made = add(project, 1)
    project.apply_edits("tab", [made], "anna")
    assert project.undo_counts("anna") == (1, 0)
    assert project.apply_edits("another tab", [Edit(1, EditKind.UNDO, "G04")], "anna") == ()
    assert project.collect_codings() == ()
    assert [event.action for event in project.history()[-2:]] == ["coding.add", "undo"]
    assert project.undo_counts("anna") == (0, 1)
    assert project.apply_edits("another tab", [Edit(2, EditKind.REDO, "G04")], "anna") == ()
    assert [coding.id for coding in project.collect_codings()] == [made.id]


def test_an_undo_that_arrives_twice_undoes_one_step(project: Project) -> None:
    undo = Edit(3, EditKind.UNDO, "G04")
    project.apply_edits("tab", [add(project, 1, 10), add(project, 2, 40), undo], "anna")
    project.apply_edits("tab", [undo], "anna")
    assert len(project.collect_codings()) == 1


def test_undo_in_the_browser_leaves_what_was_not_done_there(project: Project) -> None:
    project.code("G04", Span(100, 120), "motives/energy", "anna")
    new_code = Edit(2, EditKind.NEW_CODE, "G04", id=uuid4().hex, text="Nieuw")
    project.apply_edits("tab", [add(project, 1), new_code], "anna")
    undos = [Edit(number, EditKind.UNDO, "G04") for number in (3, 4)]
    ((refused, why),) = project.apply_edits("tab", undos, "anna")
    assert (refused.number, why) == (4, "There is nothing to undo for 'anna'.")
    assert [coding.span.start for coding in project.collect_codings()] == [100]
    assert "nieuw" in project.codebook()


def test_nobody_undoes_the_step_of_another(project: Project) -> None:
    project.apply_edits("tab", [add(project, 1)], "anna")
    ((_, why),) = project.apply_edits("tab2", [Edit(1, EditKind.UNDO, "G04")], "bram")
    assert "nothing to undo for 'bram'" in why
    assert len(project.collect_codings()) == 1
