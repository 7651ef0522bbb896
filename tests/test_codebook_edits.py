"""Each change of a codebook, and the changes that are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qualcode import codebook_edits as editing
from qualcode.errors import ConflictError, InvalidValueError, QualcodeError, UnknownNameError
from qualcode.model import Code, Codebook, Guide, LocalText, Question

BOOK = Codebook(
    "study",
    (
        Code("a", id="1"),
        Code("a/x", id="2", definition=LocalText({"nl": "iks"})),
        Code("a/x/deep", id="3"),
        Code("a/y", id="4"),
        Code("b", id="5"),
    ),
    version=3,
)


def test_a_new_code_comes_last_under_its_parent() -> None:
    book = editing.add_code(BOOK, Code("a/z"))
    assert book.paths == ("a", "a/x", "a/x/deep", "a/y", "a/z", "b")
    assert book.version == 4


def test_a_renamed_code_takes_its_subtree_along_and_keeps_its_id() -> None:
    book = editing.rename_code(BOOK, "a/x", "w")
    assert book.paths == ("a", "a/w", "a/w/deep", "a/y", "b")
    assert book.code("a/w").id == "2"


@pytest.mark.parametrize(
    ("parent", "paths"),
    [
        ("b", ("a", "a/y", "b", "b/x", "b/x/deep")),
        ("", ("a", "a/y", "b", "x", "x/deep")),
        ("a/y", ("a", "a/y", "a/y/x", "a/y/x/deep", "b")),
        ("a", ("a", "a/y", "a/x", "a/x/deep", "b")),
    ],
)
def test_a_moved_code_stands_last_under_its_new_parent(parent: str, paths: tuple[str, ...]) -> None:
    assert editing.move_code(BOOK, "a/x", parent).paths == paths


def test_a_merged_code_is_retired_and_points_to_where_it_went() -> None:
    code = editing.merge_codes(BOOK, "a/y", "b").code("a/y")
    assert (code.retired, code.merged_into) == (True, "5")


def test_a_split_retires_the_old_code_and_starts_the_new_ones_from_its_entry() -> None:
    book = editing.split_code(BOOK, "a/y", ["one", "two"])
    assert [code.path for code in book.active] == ["a", "a/x", "a/x/deep", "a/one", "a/two", "b"]
    assert book.code("a/y").retired
    assert book.version == 4


def test_retiring_takes_the_codes_below_along_and_one_can_be_restored() -> None:
    book = editing.retire_code(BOOK, "a/x")
    assert [code.path for code in book.codes if code.retired] == ["a/x", "a/x/deep"]
    assert not editing.restore_code(book, "a/x").code("a/x").retired


def test_a_file_read_again_keeps_ids_and_retires_what_it_no_longer_has() -> None:
    read = Codebook("study", (Code("a"), Code("a/new"), Code("a/y")))
    book = editing.adopt_codebook(BOOK, read)
    assert [(code.path, code.id, code.retired) for code in book.codes] == [
        ("a", "1", False),
        ("a/new", "", False),
        ("a/y", "4", False),
        ("a/x", "2", True),
        ("a/x/deep", "3", True),
        ("b", "5", True),
    ]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda: editing.add_code(BOOK, Code("a/x")), ConflictError),
        (lambda: editing.add_code(BOOK, Code("c/x")), UnknownNameError),
        (lambda: editing.rename_code(BOOK, "a/x", "y"), ConflictError),
        (lambda: editing.rename_code(BOOK, "a/x", "Not good"), InvalidValueError),
        (lambda: editing.move_code(BOOK, "a/x", "a/x/deep"), ConflictError),
        (lambda: editing.move_code(BOOK, "a", "a"), ConflictError),
        (lambda: editing.merge_codes(BOOK, "a/x", "b"), ConflictError),
        (lambda: editing.merge_codes(BOOK, "b", "b"), ConflictError),
        (lambda: editing.merge_codes(editing.retire_code(BOOK, "b"), "a/y", "b"), ConflictError),
        (lambda: editing.split_code(BOOK, "a/y", ["one"]), InvalidValueError),
        (lambda: editing.split_code(BOOK, "a/y", ["x", "w"]), ConflictError),
        (lambda: editing.edit_code(BOOK, "a", id="c"), InvalidValueError),
        (lambda: editing.restore_code(BOOK, "a"), ConflictError),
        (lambda: editing.retire_code(BOOK, "c"), UnknownNameError),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    change: Callable[[], object], error: type[QualcodeError]
) -> None:
    with pytest.raises(error):
        change()


def test_a_guide_follows_codes_that_were_renamed_moved_and_merged() -> None:
    """What the codebook never had stays as it is, to be told by a check."""
    question = Question("U1", LocalText({"nl": "Hoe?"}), ("a/x", "a/y", "b", "nowhere"))
    book = editing.move_code(editing.rename_code(BOOK, "a/x", "w"), "a/w", "b")
    book = editing.merge_codes(book, "a/y", "b")
    (followed,) = editing.follow_codes(Guide("g", "users", (question,)), BOOK, book).questions
    assert followed.codes == ("b/w", "b", "nowhere")
