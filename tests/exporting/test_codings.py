"""All codings as a table that can be read back."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from qualcode.exporting import write_codings
from qualcode.model import Coding, Span

ONE = Coding(
    "1" * 32,
    "U01",
    Span(3, 8),
    "=ja 🙂",
    "a/b",
    "Anna",
    memo="kijk\nhier",
    created_at=datetime(2026, 1, 2, 3, tzinfo=UTC),
)
GONE = replace(ONE, id="2" * 32, withdrawn_at=datetime(2026, 1, 3, tzinfo=UTC))


def test_csv_has_a_row_per_coding_that_stands(tmp_path: Path) -> None:
    write_codings([ONE, GONE], tmp_path / "c.csv")
    frame = pd.read_csv(tmp_path / "c.csv", keep_default_na=False)
    assert list(frame.columns[:7]) == [
        "transcript", "start", "end", "quote", "code", "coder", "memo",
    ]  # fmt: skip
    assert frame.loc[0, "quote"] == "'=ja 🙂"
    assert frame.loc[0, "memo"] == "kijk\nhier"
    assert frame.loc[0, "created_at"] == "2026-01-02T03:00:00+00:00"
    assert len(frame) == 1


def test_xlsx_has_the_same_columns(tmp_path: Path) -> None:
    write_codings([ONE], tmp_path / "c.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx")["codings"]
    values = dict(zip(*([cell.value for cell in row] for row in sheet.rows), strict=True))
    assert (values["start"], values["end"], values["quote"]) == (3, 8, "=ja 🙂")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_same_codings_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    for name in ("one", "two"):
        write_codings([ONE], tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()
