"""Numbers in the tables of the app are sorted as numbers, also where they are written as text."""

from __future__ import annotations

import pytest
from qualcode.app.widgets.number_columns import pad_numbers


@pytest.mark.parametrize(
    ("cells", "decimal_sign", "in_order"),
    [
        (["5", "4", "·", "3", "29", "2"], ",", ["·", "2", "3", "4", "5", "29"]),
        (["10 of 12", "3 of 12", "not asked"], ".", ["not asked", "3 of 12", "10 of 12"]),
        (["100%", "45%", "5%", "–"], ",", ["–", "5%", "45%", "100%"]),
        (["1.200", "300", "12.000"], ",", ["300", "1.200", "12.000"]),
        (["0,83 (0,7 – 0,9)", "0,1 (0 – 1)"], ",", ["0,1 (0 – 1)", "0,83 (0,7 – 0,9)"]),
        (["<3", "3", "12"], ".", ["<3", "3", "12"]),
    ],
)
def test_the_order_of_the_text_is_that_of_the_numbers(
    cells: list[str], decimal_sign: str, in_order: list[str]
) -> None:
    rows = pad_numbers([{"n": cell} for cell in cells], decimal_sign)
    assert [cell.strip() for cell in sorted(row["n"] for row in rows)] == in_order


def test_columns_of_words_and_of_numbers_stay_as_they_are() -> None:
    rows = [{"code": name, "n": 3, "m": None} for name in ("10 euro", "a", "b", "c", "d")]
    assert pad_numbers(rows, ".") == rows
