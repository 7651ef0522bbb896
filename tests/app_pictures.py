"""Make the pictures of the app's pages again: each in two languages, light and dark.

    python tests/app_pictures.py
    python tests/app_pictures.py themes welcome

Needs the packages of ``.[dev]`` and Chromium. The study is that of ``qualcode demo``.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app_conditions import drawn
from app_process import address, free_port, new_context, start
from qualcode import study
from qualcode.cli import demo_results
from qualcode.project import Project

IMAGES = Path(__file__).parents[1] / "docs" / "images" / "app"

BEFORE = (
    *("project", "codebook", "names", "coding", "search"),
    *("suggestions", "agreement", "adjudication"),
)
AFTER = ("themes", "quotes", "memos", "framework", "findings", "publication")
"""Pages that need the disagreements resolved."""
COLOURS = 256
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def make_study(path: Path) -> None:
    """Make the sample study, with the disagreements as the coders left them."""
    with Project.create(path, name="Middelengebruik") as project:
        project.codebook.read(study.codebook())
        for result in project.transcripts.read_files(study.transcripts()):
            assert result.read is not None
            text = result.read.transcript
            project.transcripts.set_roles(text.name, {one.label: one.role for one in text.speakers})
        project.cases.read(study.cases())
        for guide in study.guides():
            project.transcripts.read_guide(guide)
        list(project.transcripts.segment())
        for table in study.codings():
            project.codings.read_table(table, partial=True)


def settle(path: Path) -> None:
    """Settle the disagreements as the supervisor of the sample study did."""
    with Project.open(path) as project:
        decisions = project.acting_as("supervisor").adjudication.read_decisions(study.decisions())
        project.acting_as("supervisor").adjudication.settle(("anna", "bram"), decisions)


def write_up(path: Path) -> None:
    """Write the summaries and findings of the demo."""
    with Project.open(path, as_coder="supervisor") as project:
        folder = path.parent / "results"
        folder.mkdir()
        demo_results.write_summaries(project, folder / "framework.docx")
        demo_results.write_findings(project, folder)


@contextmanager
def app(home: Path, language: str, *options: str) -> Iterator[int]:
    """Start the app in a language, and yield its port."""
    port = free_port()
    process = start(port, home, "--language", language, *options)
    try:
        yield port
    finally:
        process.terminate()
        process.wait()


def take(browser: Browser, port: int, place: str, look: str, name: str) -> None:
    """Make one picture."""
    context = new_context(browser, viewport={"width": 1440, "height": 900}, color_scheme=look)
    page = context.new_page()
    page.goto(address(port, "" if place in {"project", "welcome"} else place))
    _ready(page, place)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)
    context.close()


def take_all(
    browser: Browser, home: Path, language: str, places: Sequence[str], *options: str
) -> None:
    """Make the pictures of some pages, light and dark."""
    places = [place for place in places if place in sys.argv[1:] or not sys.argv[1:]]
    if not places:
        return
    with app(home, language, *options) as port:
        for place in places:
            for look in ("light", "dark"):
                take(browser, port, place, look, f"{place}-{language}-{look}")


def _ready(page: Page, place: str) -> None:
    if place == "coding":
        expect(page.locator(".qc-saved")).not_to_be_empty(timeout=60_000)
    if place in {"coding", "adjudication"}:
        page.locator(".qc-row").first.wait_for(timeout=180_000)
    if place == "suggestions":
        page.get_by_role("button", name=re.compile("Look for|Zoek suggesties")).click()
        page.mouse.move(0, 0)
    if place == "search":
        words = page.get_by_role("textbox", name=re.compile("^Words$|^Woorden$"))
        words.fill("werkdruk OF (druk NABIJ werk)")
        page.keyboard.press("Enter")
        page.locator("[class*=st-key-hit-row]").first.wait_for(timeout=60_000)
    expect(page.get_by_test_id("stMain")).to_be_visible(timeout=60_000)
    if place == "themes":
        page.get_by_text(re.compile("The whole summary|hele samenvatting")).wait_for(
            timeout=180_000
        )
    drawn(page)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_have_count(0, timeout=180_000)
    page.wait_for_load_state("networkidle")
    drawn(page)


def main() -> None:
    """Make all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        home = Path(folder)
        path = home / "study.qualcode"
        for language in ("en", "nl"):
            take_all(browser, home, language, ["welcome"])
        make_study(path)
        own = ("--project", str(path), "--coder", "anna")
        for language in ("en", "nl"):
            take_all(browser, home, language, BEFORE, *own)
        settle(path)
        write_up(path)
        for language in ("en", "nl"):
            take_all(browser, home, language, AFTER, *own)
        browser.close()


if __name__ == "__main__":
    main()
