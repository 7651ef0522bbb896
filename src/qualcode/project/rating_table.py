"""Agreement in a table of ratings, without a project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.agreement.rating_table import rate_agreement
from qualcode.importing.rating_table import read_label, read_ratings
from qualcode.model import Coefficient


def compare_ratings(
    path: Path,
    scale: str = "nominal",
    categories: Sequence[str] = (),
    *,
    coders: Sequence[str] = (),
    documents: str = "",
) -> tuple[Coefficient, ...]:
    """Return the coefficients of a file with a row for each unit and a column for each coder.

    Args:
        path: csv, tsv or xlsx.
        scale: ``nominal``, ``ordinal``, ``interval`` or ``ratio``.
        categories: All labels that could be given, in their order; those that occur by default.
        coders: Titles of the columns of the coders; by default all but the first.
        documents: Title of the column with the interviews, which intervals take as the sample.

    Raises:
        UnknownNameError: no such scale or column, or a label that was not declared.
        InvalidTableError: fewer than two coders, or rows of several codes.
        UndefinedRequestError: the order of the labels is not known.
        UnreadableFileError: the file cannot be read as a table.
    """
    table = read_ratings(path, coders, documents)
    is_numeric = not any(isinstance(label, str) for label in table.categories)
    declared = [read_label(label) if is_numeric else label for label in categories]
    return rate_agreement(table, scale, declared)
