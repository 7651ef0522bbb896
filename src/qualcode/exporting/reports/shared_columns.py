"""Columns that tables of several reports have."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from qualcode.exporting.document.table import Column, Kind, heading
from qualcode.exporting.wording import Wording

Row = TypeVar("Row")


def theme_column(theme: Callable[[Row], str]) -> Column[Row]:
    """Return the column of the theme of a row."""
    return Column("theme", heading("theme"), theme)


def limit_columns(
    interval: Callable[[Row], tuple[float, float] | None],
) -> tuple[Column[Row], Column[Row]]:
    """Return the columns of the limits of a 95% interval.

    Args:
        interval: Reads the interval from a row.
    """
    return (
        Column("low", heading("95% from"), lambda row: _limit(interval(row), 0), Kind.COEFFICIENT),
        Column("high", heading("95% to"), lambda row: _limit(interval(row), 1), Kind.COEFFICIENT),
    )


def _limit(interval: tuple[float, float] | None, end: int) -> float | None:
    return interval[end] if interval else None


def reason_column(words: Wording, reason: Callable[[Row], str | None]) -> Column[Row]:
    """Return the column of why a figure does not exist.

    Args:
        words: Of the language.
        reason: Reads the reason from a row.
    """
    return Column("reason", heading("why not"), lambda row: words.reason(reason(row)), Kind.LONG)
