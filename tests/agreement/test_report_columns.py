"""What the registry prints per code: of two coders, and of a team."""

from __future__ import annotations

import pytest

from qualcode.agreement import COEFFICIENTS, compare_coders
from qualcode.agreement.report_columns import report_columns
from studies import CODERS, coded, coding_study, interview

TALK = interview("P01", "R: one two", "R: three")
TEAM = (*CODERS, "cleo")


@pytest.mark.parametrize("of_pair", [True, False])
def test_a_report_has_one_headline_and_names_in_both_languages(of_pair: bool) -> None:
    columns = report_columns(of_pair=of_pair)
    assert len({column.key for column in columns}) == len(columns)
    assert sum(column.headline for column in columns) == 1
    for column in columns:
        assert column.name in COEFFICIENTS
        for text in (column.label, column.citation, column.explanation):
            assert set(text) == {"en", "nl"}


@pytest.mark.parametrize("coders", [CODERS, TEAM])
def test_every_row_has_a_figure_for_each_column_and_a_count_for_each_count(
    coders: tuple[str, ...],
) -> None:
    codings = [coded(TALK, coder, "one", "who/age") for coder in coders]
    report = compare_coders(coding_study([TALK], codings, coders=coders))
    for row in (*report.codes, *report.themes):
        assert list(row.figures) == [column.key for column in report.columns]
        assert len(row.counts) == len(report.count_columns)
