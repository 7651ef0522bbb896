"""What the registry prints per code: of two coders, and of a team."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.agreement import COEFFICIENTS, compare_coders
from qualcode.agreement.report_columns import report_columns
from qualcode.project import Project
from studies import CODERS, coded, coding_study, interview
from two_coder_study import give, make_project

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


@pytest.mark.slow
def test_the_report_counts_passages_without_a_figure_and_says_why_a_mean_has_no_interval(
    tmp_path: Path,
) -> None:
    """Passages that overlap with other codes have no u-alpha, and there are passages."""
    with Project.open(make_project(tmp_path)) as project:
        give(project, "A1", "Het is leuk hoor", "joy", "anna")
        give(project, "A1", "leuk", "energy", "anna")
        give(project, "A1", "Het is leuk hoor", "joy", "bram")
        study = project.agreement.report(("anna", "bram"))
        project.agreement.write(study, tmp_path / "report.md", language="en")
    passages = study.report.by_unit[-1]
    assert (passages.unit, passages.units, passages.figure.value) == ("passage", 3, None)
    mean = next(f for f in study.report.overall if f.name == "macro_mean_kappa")
    assert mean.interval is None
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert f"weighs as much as any. {str(mean.remark)[:1].upper()}{str(mean.remark)[1:]}." in text
