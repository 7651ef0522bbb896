"""Coding by hand in the browser, and what the project file holds of it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from playwright.sync_api import Page

from app_process import App
from qualcode.model import Coding
from qualcode.project import Project


def stored(app: App, coder: str = "anna", transcript: str = "G01") -> list[Coding]:
    """Return the codings that the project file holds now."""
    with Project.open(app.path, as_coder=coder) as project:
        return list(project.codings.collect(transcript=transcript, coder=coder))


def until(app: App, count: int) -> list[Coding]:
    """Wait until the project file holds so many codings of anna."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found = stored(app)
        if len(found) == count:
            return found
        time.sleep(0.1)
    pytest.fail(f"{len(stored(app))} codings are stored, not {count}")


def code_turns(page: Page, *keys: str, first: int = 1) -> None:
    """Select turn after turn by keyboard, and give each a code by its number."""
    page.locator(".qc-scroll").focus()
    for _ in range(first):
        page.keyboard.press("j")
    for key in keys:
        page.keyboard.press("j")
        page.keyboard.press("Space")
        page.keyboard.press(key)


def watched(page: Page) -> list[str]:
    """Collect what the server sends to a page."""
    sent: list[str] = []

    def listen(socket: Any) -> None:
        def keep(payload: str | bytes) -> None:
            data = payload if isinstance(payload, bytes) else payload.encode()
            sent.append(data.decode("utf-8", "replace"))

        socket.on("framereceived", keep)

    page.on("websocket", listen)
    return sent
