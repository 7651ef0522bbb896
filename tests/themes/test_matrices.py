"""Tables over the whole project, each cell with its passages."""

from dataclasses import replace
from typing import Any

import pytest

from qualcode.errors import InvalidValueError
from qualcode.model import Cell, Code, CrossTable, FrozenMap, LocalText
from qualcode.themes import (
    case_by_attribute,
    case_by_code_attribute,
    code_by_attribute,
    code_by_case,
)

TEXTS = {"U1": "R: [one|a/x] [two|a]", "U2": "R: [so|a/x]", "P1": "R: much [so|a/y]"}


@pytest.fixture
def made(study: Any, book: Any) -> Any:
    return study(TEXTS, book("a", "a/x @ users", "a/y"), users="U1 U2", professionals="P1")


def test_code_by_case_counts_codings_and_leads_to_them(made: Any) -> None:
    table = code_by_case(*made.parts)
    one, two, three, four = (coding.id for coding in made.codings)
    assert (table.rows, table.columns) == (("a", "a/x", "a/y"), ("u1", "u2", "p1"))
    assert table.cell("a", "u1") == Cell(2, codings=(one, two))
    assert table.cell("a/x", "u2") == Cell(1, codings=(three,))
    assert table.cell("a/y", "p1") == Cell(1, codings=(four,))
    assert table.cell("a/y", "u1") == Cell(0)


def test_a_cell_that_was_not_asked_is_empty_and_not_zero(made: Any) -> None:
    assert code_by_case(*made.parts).cell("a/x", "p1").count is None
    assert code_by_attribute(*made.parts).cell("a/x", "professionals") == Cell(None)


def test_what_was_brought_up_unasked_is_still_in_its_cell(study: Any, book: Any) -> None:
    made = study({"P1": "R: [so|a]"}, book("a @ users"), professionals="P1")
    assert code_by_case(*made.parts).cell("a", "p1").count == 1
    cell = code_by_attribute(*made.parts).cell("a", "professionals")
    assert (cell.count, cell.of, len(cell.codings)) == (1, None, 1)


def test_code_by_group_counts_cases_out_of_those_asked(made: Any) -> None:
    cell = code_by_attribute(*made.parts).cell("a/x", "users")
    assert (cell.count, cell.of) == (2, 2)
    assert cell.codings == (made.codings[0].id, made.codings[2].id)


def test_code_by_any_attribute_leaves_out_cases_without_it(made: Any) -> None:
    first = replace(made.cases[0], attributes=FrozenMap({"group": "users", "sex": "f"}))
    table = code_by_attribute(
        made.codings, made.codebook, made.transcripts, (first, *made.cases[1:]), attribute="sex"
    )
    assert (table.name, table.columns) == ("code_by_sex", ("f",))
    assert table.cell("a", "f").of == 1


def test_case_by_attribute_holds_the_values(made: Any) -> None:
    cell = case_by_attribute(*made.parts).cell("u1", "group")
    assert (cell.text, cell.count) == ("users", 2)


def test_a_case_without_an_attribute_has_an_empty_cell(made: Any) -> None:
    bare = replace(made.cases[1], attributes=FrozenMap())
    table = case_by_attribute(*replace(made, cases=(made.cases[0], bare)).parts)
    assert table.cell("u2", "group") == Cell(None)


def test_case_by_level_counts_codings_of_codes_at_that_level(study: Any, book: Any) -> None:
    codes = [
        Code(path, attributes=FrozenMap({"level": levels}))
        for path, levels in [
            ("a", ()),
            ("a/x", ("individual",)),
            ("a/y", ("individual", "society")),
        ]
    ]
    made = study(TEXTS, book(*codes), users="U1 U2", professionals="P1")
    table = case_by_code_attribute(*made.parts, attribute="level")
    counts = [[cell.count for cell in row] for row in table.cells]
    assert (table.columns, counts) == (("individual", "society"), [[1, 0], [1, 0], [1, 1]])


def test_retired_codes_are_shown_only_where_they_were_used(study: Any, book: Any) -> None:
    codes = (Code("a", retired=True), Code("b", retired=True), Code("c"))
    made = study({"U1": "R: [so|b]"}, book(*codes), users="U1")
    assert code_by_case(*made.parts).rows == ("b", "c")


def test_a_table_with_a_short_row_cannot_exist() -> None:
    label = LocalText({"nl": "x"})
    with pytest.raises(InvalidValueError, match="outside rows and columns"):
        CrossTable("t", "codings", ("a",), ("b", "c"), (label,), (label, label), ((Cell(1),),))
