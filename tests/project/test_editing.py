"""Edits made in a browser: each applied once, in order, and one that fails holds up no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from qualcode.app.pages.coding import edit_sync
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

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
        project.codebook.read(study.codebook())
        list(
            project.transcripts.read_files(
                [one for one in study.transcripts() if one.stem == "G04"]
            )
        )
    return path


@pytest.fixture
def project(first: Path, tmp_path: Path) -> Iterator[Project]:
    copy = tmp_path / "study.qualcode"
    copy.write_bytes(first.read_bytes())
    with Project.open(copy, verify=False) as one:
        yield one


def code_id(project: Project, path: str) -> str:
    return project.codebook.get().code(path).id


def add(project: Project, number: int, start: int = 10, **more: object) -> Edit:
    code = code_id(project, "motives/energy")
    whole = {"id": uuid4().hex, "code": code, "start": start, "end": start + 20}
    return Edit(number, EditKind.ADD, "G04", **(whole | more))  # type: ignore[arg-type]


@pytest.mark.slow
def test_an_edit_that_arrives_twice_is_applied_once(project: Project) -> None:
    edits = [add(project, 1, 10), add(project, 2, 40)]
    assert project.acting_as("anna").codings.apply_edits("tab", edits[:1]) == ()
    assert project.acting_as("anna").codings.apply_edits("tab", edits) == ()
    assert project.acting_as("anna").codings.apply_edits("tab", edits) == ()
    assert len(project.codings.collect()) == 2
    assert project.codings.latest_edits(["tab", "other"]) == {"tab": 2}


@pytest.mark.slow
def test_edits_are_applied_in_the_order_of_their_numbers(project: Project) -> None:
    made = add(project, 1)
    gone = Edit(2, EditKind.WITHDRAW, "G04", id=made.id)
    assert project.acting_as("anna").codings.apply_edits("tab", [gone, made]) == ()
    assert project.codings.collect() == ()


@pytest.mark.slow
def test_a_refused_edit_says_why_and_holds_up_no_other(project: Project) -> None:
    wrong = add(project, 1, code="nothing")
    refused = project.acting_as("anna").codings.apply_edits("tab", [wrong, add(project, 2, 90)])
    assert [edit.number for edit, _ in refused] == [1]
    assert "No code 'nothing'" in refused[0][1]
    assert len(project.codings.collect()) == 1
    assert project.codings.latest_edits(["tab"]) == {"tab": 2}


def test_a_change_is_one_step_of_the_history(project: Project) -> None:
    made = add(project, 1)
    wider = add(project, 2, 5, replaces=made.id)
    change = Edit(2, EditKind.CHANGE, "G04", wider.id, made.id, wider.code, 5, 25)
    project.acting_as("anna").codings.apply_edits("tab", [made, change])
    (standing,) = project.codings.collect()
    assert standing.span.start == 5
    project.acting_as("anna").history.undo()
    (back,) = project.codings.collect()
    assert back.id == made.id


@pytest.mark.parametrize("change", [{"start": 5}, {"code": "motives/sex"}])
def test_memos_follow_a_passage_whose_coding_changes_and_come_back_by_undo(
    project: Project, change: dict[str, object]
) -> None:
    old = project.acting_as("anna").codings.add("G04", Span(10, 30), "motives/energy", memo="cel")
    anna = project.acting_as("anna").codings
    memo = Edit(1, EditKind.MEMO, "G04", text="Let op", target=old.id)
    code = code_id(project, str(change.get("code", old.code)))
    start = int(str(change.get("start", 10)))
    edit = Edit(2, EditKind.CHANGE, "G04", uuid4().hex, old.id, code, start, 30)
    assert anna.apply_edits("tab", [memo, edit]) == ()
    (coding,) = project.codings.collect()
    assert coding.memo == "cel"
    assert [m.target for m in project.codings.collect_memos()] == [edit.id]
    assert anna.apply_edits("tab", [Edit(3, EditKind.UNDO, "G04")]) == ()
    assert [m.target for m in project.codings.collect_memos()] == [old.id]
    assert anna.apply_edits("tab", [Edit(4, EditKind.REDO, "G04")]) == ()
    assert [m.target for m in project.codings.collect_memos()] == [edit.id]


def test_a_memo_comes_back_with_a_coding_that_was_removed(project: Project) -> None:
    coding = add(project, 1)
    edits = [
        coding,
        Edit(2, EditKind.MEMO, "G04", text="Let op", target=coding.id),
        Edit(3, EditKind.WITHDRAW, "G04", id=coding.id),
        Edit(4, EditKind.UNDO, "G04"),
    ]
    assert project.acting_as("anna").codings.apply_edits("tab", edits) == ()
    assert [c.id for c in project.codings.collect()] == [coding.id]
    assert [m.target for m in project.codings.collect_memos()] == [coding.id]


def test_memos_follow_codings_that_get_another_code(project: Project) -> None:
    anna = project.acting_as("anna")
    old = anna.codings.add("G04", Span(10, 30), "motives/energy")
    anna.codings.add_memo(MemoTarget.CODING, old.id, "Let op")
    (new,) = anna.codings.recode([old.id], "motives/sex")
    assert [m.target for m in anna.codings.collect_memos()] == [new.id]
    anna.history.undo()
    assert [m.target for m in anna.codings.collect_memos()] == [old.id]


def test_nobody_withdraws_the_coding_of_another(project: Project) -> None:
    made = add(project, 1)
    project.acting_as("anna").codings.apply_edits("tab", [made])
    refused = project.acting_as("bram").codings.apply_edits(
        "tab2", [Edit(1, EditKind.WITHDRAW, "G04", id=made.id)]
    )
    assert len(refused) == 1
    assert len(project.codings.collect()) == 1


def test_memos_new_codes_and_accepted_suggestions(project: Project) -> None:
    made = add(project, 1, suggester="fused@1")
    above = code_id(project, "motives")
    edits = [
        made,
        Edit(2, EditKind.MEMO, "G04", text="Let op", target=made.id),
        Edit(3, EditKind.MEMO, "G04", text="Beurt", target_kind=MemoTarget.TURN, target="2"),
        Edit(4, EditKind.NEW_CODE, "G04", id=uuid4().hex, code=above, text="Één keer, hè?"),
    ]
    assert project.acting_as("anna").codings.apply_edits("tab", edits) == ()
    assert project.codings.collect()[0].origin == "suggestion:fused@1"
    assert {memo.target for memo in project.codings.collect_memos()} == {made.id, "G04#2"}
    assert "motives/een_keer_he" in project.codebook.get()


def test_a_rejected_suggestion_is_kept_and_taken_back(project: Project) -> None:
    no = add(project, 1, suggester="fused@1")
    reject = Edit(1, EditKind.REJECT, "G04", "x", "", no.code, 10, 30, suggester="fused@1")
    again = Edit(2, EditKind.UNREJECT, "G04", "x", "", no.code, 10, 30, suggester="fused@1")
    assert project.acting_as("anna").codings.apply_edits("tab", [reject]) == ()
    assert [one.code for one in project.suggestions.collect_rejections()] == ["motives/energy"]
    assert project.acting_as("anna").codings.apply_edits("tab", [reject, again]) == ()
    assert project.suggestions.collect_rejections() == ()


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
    book = project.acting_as("anna").codebook.move(path, parent, before).codebook
    paths = list(book.paths)
    assert all(one in paths for one in expected)
    assert [one for one in paths if one in expected] == expected
    if before:
        assert paths.index(expected[-1]) < paths.index(before)


def test_a_second_codebook_is_not_begun(project: Project) -> None:
    with pytest.raises(ConflictError, match="already"):
        project.codebook.create("Nog een", ())


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
    text = project.transcripts.get("G04")
    rows = rows_of(text)
    assert len(rows) == len(text.turns)
    assert all(span.of(text.text).strip() for _, _, _, span in rows)


def test_positions_in_a_text_that_was_replaced_are_refused(project: Project) -> None:
    now = project.transcripts.get("G04").sha256[:12]
    kept, stale = add(project, 1), add(project, 2)
    edits = [replace(kept, sha256=now), replace(stale, sha256="0" * 12)]
    ((refused, why),) = project.acting_as("anna").codings.apply_edits("tab", edits)
    assert refused.number == 2
    assert "was replaced after this page read it" in why
    assert [coding.id for coding in project.codings.collect()] == [kept.id]


def test_undo_in_the_browser_is_a_step_of_the_history_and_outlives_the_browser(
    project: Project,
) -> None:
    made = add(project, 1)
    project.acting_as("anna").codings.apply_edits("tab", [made])
    assert project.acting_as("anna").history.undo_counts() == (1, 0)
    assert (
        project.acting_as("anna").codings.apply_edits(
            "another tab", [Edit(1, EditKind.UNDO, "G04")]
        )
        == ()
    )
    assert project.codings.collect() == ()
    assert [event.action for event in project.history.events()[-2:]] == ["coding.add", "undo"]
    assert project.acting_as("anna").history.undo_counts() == (0, 1)
    assert (
        project.acting_as("anna").codings.apply_edits(
            "another tab", [Edit(2, EditKind.REDO, "G04")]
        )
        == ()
    )
    assert [coding.id for coding in project.codings.collect()] == [made.id]


@pytest.mark.slow
def test_an_undo_that_arrives_twice_undoes_one_step(project: Project) -> None:
    undo = Edit(3, EditKind.UNDO, "G04")
    project.acting_as("anna").codings.apply_edits(
        "tab", [add(project, 1, 10), add(project, 2, 40), undo]
    )
    project.acting_as("anna").codings.apply_edits("tab", [undo])
    assert len(project.codings.collect()) == 1


def test_undo_in_the_browser_leaves_what_was_not_done_there(project: Project) -> None:
    project.acting_as("anna").codings.add("G04", Span(100, 120), "motives/energy")
    new_code = Edit(2, EditKind.NEW_CODE, "G04", id=uuid4().hex, text="Nieuw")
    project.acting_as("anna").codings.apply_edits("tab", [add(project, 1), new_code])
    undos = [Edit(number, EditKind.UNDO, "G04") for number in (3, 4)]
    ((refused, why),) = project.acting_as("anna").codings.apply_edits("tab", undos)
    assert (refused.number, why) == (4, "There is nothing to undo for 'anna'.")
    assert [coding.span.start for coding in project.codings.collect()] == [100]
    assert "nieuw" in project.codebook.get()


def test_nobody_undoes_the_step_of_another(project: Project) -> None:
    project.acting_as("anna").codings.apply_edits("tab", [add(project, 1)])
    ((_, why),) = project.acting_as("bram").codings.apply_edits(
        "tab2", [Edit(1, EditKind.UNDO, "G04")]
    )
    assert "nothing to undo for 'bram'" in why
    assert len(project.codings.collect()) == 1


def test_the_edit_of_a_key_press_is_one_transaction(project: Project) -> None:
    anna, edit, begun = project.acting_as("anna"), add(project, 1), 0

    def count(_connection: Connection) -> None:
        nonlocal begun
        begun += 1

    event.listen(Engine, "begin", count)
    try:
        assert anna.codings.apply_edits("tab", [edit]) == ()
    finally:
        event.remove(Engine, "begin", count)
    assert begun == 1


def test_an_edit_of_a_round_that_was_removed_belongs_to_no_round(project: Project) -> None:
    anna = project.acting_as("anna")
    assert anna.codings.apply_edits("tab", [add(project, 1)], round="gone") == ()
    assert [coding.round for coding in project.codings.collect()] == [""]


def make_round(project: Project) -> None:
    for coder in ("anna", "bram"):
        project.rounds.add_coder(coder)
    project.rounds.create("een", coders=("anna", "bram"))


def test_an_edit_belongs_to_the_open_round_of_its_coder(project: Project) -> None:
    anna = project.acting_as("anna")
    make_round(anna)
    assert anna.codings.apply_edits("tab", [add(project, 1)]) == ()
    assert [coding.round for coding in project.codings.collect(coder="anna")] == []
    assert [coding.round for coding in anna.codings.collect()] == ["een"]


def test_an_edit_of_a_round_that_was_handed_in_is_refused(project: Project) -> None:
    anna = project.acting_as("anna")
    make_round(anna)
    anna.rounds.hand_in("een")
    ((_, why),) = anna.codings.apply_edits("tab", [add(project, 1)], round="een")
    assert "handed in round 'een'" in why
    assert project.codings.collect() == ()


def test_an_edit_without_a_codebook_is_refused(tmp_path: Path) -> None:
    with Project.create(tmp_path / "study.qualcode", as_coder="anna") as project:
        list(
            project.transcripts.read_files(
                [path for path in study.transcripts() if path.stem == "G04"]
            )
        )
        edit = Edit(1, EditKind.ADD, "G04", uuid4().hex, code=uuid4().hex, start=10, end=30)
        ((_, why),) = project.codings.apply_edits("tab", [edit])
    assert "no codebook yet" in why


def test_it_is_known_where_the_step_was_that_an_undo_took_back(project: Project) -> None:
    """The page then opens that interview: an undo is the project's, not the screen's."""
    anna = project.acting_as("anna")
    coding = add(project, 1)
    memo = Edit(2, EditKind.MEMO, "G04", text="Beurt", target_kind=MemoTarget.TURN, target="2")
    anna.codings.apply_edits("tab", [coding, memo, Edit(3, EditKind.UNDO, "G09")])
    turn = next(t for t in project.transcripts.get("G04").turns if t.number == 2)
    place = edit_sync._place_of(anna, anna.history.last_turned())
    assert place == ("G04", turn.span.start, turn.span.end)
    anna.codings.apply_edits("tab", [Edit(4, EditKind.UNDO, "G09")])
    assert edit_sync._place_of(anna, anna.history.last_turned()) == ("G04", 10, 30)
    anna.codings.apply_edits("tab", [Edit(5, EditKind.REDO, "G09")])
    assert edit_sync._place_of(anna, anna.history.last_turned()) == ("G04", 10, 30)
