"""A table of labels from elsewhere, dropped on the page Agreement."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from app_process import App
from qualcode.project import compare_ratings


def test_a_dropped_table_gives_the_figures_that_fit_its_labels(
    shared_app: App, page: Page, tmp_path: Path
) -> None:
    table = tmp_path / "labels.csv"
    table.write_text("unit;a;b;c\n1;1;1;2\n2;3;3;3\n3;2;1;2\n4;5;4;5\n5;1;1;1\n")
    shared_app.go(page, "agreement")
    page.get_by_role("tab", name="A table of labels").click(timeout=90_000)
    page.get_by_role("radio", name="In order (ordinal)").click()
    page.locator("input[type=file]").first.set_input_files(table)
    alpha = compare_ratings(table, "ordinal")[-1]
    assert alpha.name == "alpha_ordinal"
    assert alpha.value is not None
    # The table lists its cells for screen readers inside its canvas: what is there is hidden.
    cells = page.get_by_role("gridcell", include_hidden=True)
    name = cells.filter(has_text="Krippendorff's alpha, ordinal weights")
    expect(name).to_have_count(1, timeout=30_000)
    value = cells.filter(has_text=re.compile(rf"{alpha.value:.2f}\D"))
    expect(value).not_to_have_count(0)
