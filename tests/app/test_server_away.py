"""A server that goes away under an open page: the page says so, and what is typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.engine import URL, make_url

from app_conditions import drawn
from app_process import free_port, start
from login_proxy import proxied
from qualcode.model import TeamRole
from qualcode.project import Project
from server_project import project_on_server
from server_wire import Wire


@pytest.fixture
def address(server: URL, tmp_path: Path) -> URL:
    """A project with a list of people, so that windows look for changes, on a server."""
    return make_url(project_on_server(server, "away", tmp_path, anna=TeamRole.OWNER))


@pytest.fixture
def wire(address: URL) -> Iterator[Wire]:
    line = Wire(address)
    yield line
    line.close()


@pytest.mark.slow
def test_a_server_that_is_away_is_no_change_of_a_colleague(
    address: URL, wire: Wire, tmp_path: Path, page: Page
) -> None:
    settings = tmp_path / "serving.toml"
    settings.write_text(
        'hosts = ["localhost"]\nuser_header = "X-Remote-User"\npeople = "project"\n',
        encoding="utf-8",
    )
    settings.chmod(0o600)
    far = address.set(port=wire.port, query={"sslmode": "disable"})
    url, port = far.render_as_string(hide_password=False), free_port()
    process = start(port, tmp_path, "--project", url, "--serve", str(settings))
    try:
        with proxied(port, "anna@institute.example") as anna:
            page.goto(f"http://localhost:{anna}/codebook")
            page.locator(".qt-row").first.click()
            typed = page.get_by_role("textbox", name="Definition", exact=True)
            drawn(page)
            typed.fill("Wat anna typt")
            wire.cut()
            away = page.get_by_text("does not answer")
            expect(away.first).to_be_visible(timeout=30_000)
            expect(page.get_by_text("A colleague changed something")).to_have_count(0)
            expect(typed).to_have_value("Wat anna typt")
            wire.whole = True
            expect(away).to_have_count(0, timeout=30_000)
            page.get_by_role("button", name="Save", exact=True).click()
            expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    finally:
        process.terminate()
        process.wait(60)
    with Project.open(address.render_as_string(hide_password=False), as_coder="anna") as project:
        texts = [code.definition.get("en", "") for code in project.codebook.get().codes]
    assert "Wat anna typt" in texts
