"""The table of respondents in the browser, while a colleague changes the same respondent."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app_conditions import drawn
from app_process import running
from qualcode.model import FrozenMap
from qualcode.project import Project


@pytest.mark.slow
def test_a_value_typed_in_the_table_is_saved_next_to_what_a_colleague_changed(
    small_study: Path, tmp_path: Path, page: Page
) -> None:
    path = Path(shutil.copy(small_study, tmp_path / "study.qualcode"))
    with Project.open(path, as_coder="bram") as bram, running(path, "--coder", "anna") as app:
        case = bram.cases.collect()[0]
        app.go(page)
        drawn(page)

        page.get_by_role("tab", name="Respondents").click()
        table = page.get_by_role("tabpanel", name="Respondents").get_by_test_id("stDataFrame").first
        table.wait_for()
        drawn(page)
        # From the name of the first respondent over interview and speaker to the group.
        table.click(position={"x": 90, "y": 55})
        for key in ("ArrowRight", "ArrowRight", "ArrowRight"):
            page.keyboard.press(key)
        # The first key opens the cell, which takes a moment.
        page.keyboard.press("Enter")
        page.keyboard.type("anders", delay=50)
        page.keyboard.press("Enter")
        drawn(page)
        bram.cases.add([replace(case, attributes=FrozenMap({**case.attributes, "region": "Oost"}))])
        page.get_by_role("button", name="Save respondents").click()
        expect(page.get_by_text("Respondents saved")).to_be_visible()
        changed = {c.name: {**c.attributes} for c in bram.cases.collect()}[case.name]
    assert changed["region"] == "Oost"
    assert changed["group"] == "anders"
