"""Two people code in two browsers in one project on PostgreSQL: nothing is lost, all is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.engine import URL

from app_conditions import drawn
from app_process import free_port, new_context, start
from login_proxy import proxied
from qualcode.model import Coding, TeamRole
from qualcode.project import Project
from server_project import project_on_server

PEOPLE = {"anna": "1", "bram": "2"}
"""Who codes, and the key of the code that each of them gives."""
CODINGS = 20
"""Codings of each person: some tens of seconds of work."""
LIMIT = 10.0
"""Seconds from the store to the page of the other, in the middle of all: the aim is two, and a
machine that does other work too takes longer."""
COUNT = r"([0-9]+) codings?\b"
# Each number of codings that the page shows, with the moment in milliseconds since 1970.
WATCH = """(pattern) => {
  window.shown = [];
  const look = () => {
    const found = document.querySelector("[data-testid=stMain]")?.innerText.match(pattern);
    const count = found ? Number(found[1]) : 0;
    if (count && count !== window.shown.at(-1)?.[1]) window.shown.push([Date.now(), count]);
  };
  new MutationObserver(look).observe(document.body,
    { subtree: true, childList: true, characterData: true });
  look();
}"""

SEEN = "(count) => window.shown.at(-1)?.[1] >= count"


@pytest.fixture
def url(server: URL, tmp_path: Path) -> str:
    """A project on a server, with two people on its list and nothing coded but one passage."""
    roles = {"anna": TeamRole.OWNER, "bram": TeamRole.CODER}
    return project_on_server(server, "browsers", tmp_path, interviews={"G01", "G04"}, **roles)


@pytest.fixture
def ports(url: str, tmp_path: Path) -> Iterator[dict[str, int]]:
    """The port at which each person is signed in to one app on that project."""
    settings = tmp_path / "serving.toml"
    settings.write_text(
        'hosts = ["localhost"]\nuser_header = "X-Remote-User"\npeople = "project"\n',
        encoding="utf-8",
    )
    settings.chmod(0o600)
    port = free_port()
    process = start(port, tmp_path, "--project", url, "--serve", str(settings))
    try:
        with (
            proxied(port, "anna@institute.example") as anna,
            proxied(port, "bram@institute.example") as bram,
        ):
            yield {"anna": anna, "bram": bram}
    finally:
        process.terminate()
        process.wait(60)


def open_windows(context: BrowserContext, port: int) -> tuple[Page, Page]:
    """Open the coding screen, and in another window the page that counts everybody's codings."""
    coding, counts = context.new_page(), context.new_page()
    coding.goto(f"http://localhost:{port}/coding")
    coding.locator(".qc-row").first.wait_for()
    expect(coding.locator(".qc-saved")).to_have_text("All changes saved")
    counts.goto(f"http://localhost:{port}/project")
    drawn(counts)
    counts.evaluate(WATCH, COUNT)
    return coding, counts


def moment(coding: Coding) -> float:
    assert coding.created_at is not None
    return coding.created_at.timestamp()


def collect_in_order(project: Project) -> list[Coding]:
    """Return the codings in the order in which they were stored, which that of times may not be."""
    places = {event.target: event.number for event in project.history.events()}
    return sorted(project.codings.collect(), key=lambda coding: places[coding.id])


def waits_of(shown: list[tuple[int, int]], stored: list[Coding], coder: str) -> list[float]:
    """Return the seconds from the store of each coding of the other until a page counts it."""
    return [
        min(at for at, count in shown if count >= number) / 1000 - moment(coding)
        for number, coding in enumerate(stored, 1)
        if coding.coder != coder
    ]


def code_together(windows: Mapping[str, tuple[Page, Page]]) -> None:
    """Let each person code passage after passage, at the same time as the other."""
    for coding, _counts in windows.values():
        coding.locator(".qc-scroll").focus()
    for number in range(1, CODINGS + 1):
        for name, (coding, _counts) in windows.items():
            for key in ("j", "Space", PEOPLE[name]):
                coding.keyboard.press(key)
        # The next passage is read when both have seen this one, as people do not type for ever.
        # One may be missing: what somebody does in another window draws no page of their own anew.
        for _coding, counts in windows.values():
            counts.wait_for_function(SEEN, arg=2 * number - 1, timeout=60_000)


def test_two_who_code_at_once_lose_nothing_and_see_each_other(
    url: str,
    ports: dict[str, int],
    browser: Browser,
    record_property: Callable[[str, object], None],
) -> None:
    contexts = {
        name: new_context(browser, viewport={"width": 1440, "height": 900}, locale="en-US")
        for name in PEOPLE
    }
    windows = {name: open_windows(context, ports[name]) for name, context in contexts.items()}
    code_together(windows)
    for coding, _counts in windows.values():
        expect(coding.locator(".qc-saved")).to_have_text("All changes saved")
    with Project.open(url, as_coder="anna") as beside:
        codings = collect_in_order(beside)
    for name, (_coding, counts) in windows.items():
        last = max(place for place, coding in enumerate(codings, 1) if coding.coder != name)
        counts.wait_for_function(SEEN, arg=last, timeout=60_000)
    total = 2 * CODINGS
    counts_of = {name: sum(coding.coder == name for coding in codings) for name in PEOPLE}
    assert counts_of == dict.fromkeys(PEOPLE, CODINGS)
    assert len({(c.coder, c.transcript, c.span, c.code) for c in codings}) == total
    waits: dict[str, list[float]] = {}
    for name, (_coding, counts) in windows.items():
        waits[name] = sorted(waits_of(counts.evaluate("window.shown"), codings, name))
    for context in contexts.values():
        context.close()
    for name, seconds in waits.items():
        record_property(f"seconds until {name} saw it", seconds)
        assert seconds[len(seconds) // 2] < LIMIT, (name, seconds)
