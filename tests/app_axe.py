"""What axe finds on a page of the app."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# The drop zone of Streamlit's file uploader is a section of role presentation that has a label.
STREAMLITS_OWN = 'data-testid="stFileUploaderDropzone"'


def found(page: Page, *rules: str) -> list[tuple[str, str]]:
    """Return the rule and the element of all that axe finds wrong, by some rules or by all."""
    options = {"resultTypes": ["violations"], **({"runOnly": [*rules]} if rules else {})}
    return [
        (rule["id"], node["html"][:160])
        for rule in Axe().run(page, options=options).response["violations"]
        for node in rule["nodes"]
        if not (rule["id"] == "presentation-role-conflict" and STREAMLITS_OWN in node["html"])
    ]
