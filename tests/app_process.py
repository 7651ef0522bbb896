"""The app as a process of its own, as a user starts it."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from qualcode.app.access import VARIABLE

from qualcode.project import Project

TOKEN = "abcdefghijklmnop0123456789"
"""The token of every app in the tests."""


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """Return a window of a browser of its own."""
    return browser.new_context(**options)


def address(port: int, place: str = "") -> str:
    """Return the address of a page that lets a browser in; the token then leaves it."""
    return f"http://127.0.0.1:{port}/{place}{'&' if '?' in place else '?'}token={TOKEN}"


def cookie(port: int) -> str:
    """Return the cookie of a browser that an app lets in."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", f"/?token={TOKEN}")
        header = connection.getresponse().headers.get("Set-Cookie", "")
    return header.partition(";")[0]


def settled(page: Page) -> None:
    """Wait until the page is drawn."""
    app = page.locator("[data-testid=stApp]")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)


@dataclass
class App:
    """An app that runs, with the project it has open."""

    url: str
    path: Path
    port: int
    process: subprocess.Popen[bytes]
    restart: Callable[[], None]

    def project(self) -> Project:
        """Open the project file beside the app, to see what was stored."""
        return Project.open(self.path)

    def go(self, page: Page, place: str = "") -> Page:
        """Open a page of the app."""
        page.goto(address(self.port, place))
        return page

    def code(self, page: Page) -> Page:
        """Open the coding screen and wait until it shows the text and its codings."""
        self.go(page, "coding")
        page.locator(".qc-row").first.wait_for()
        expect(page.locator(".qc-saved")).to_have_text("All changes saved")
        # The rest of the page is still being drawn, and brings the codings once more.
        settled(page)
        return page


class Link:
    """A wire between browser and app that a test may cut, as a laptop does that falls asleep."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._whole = True
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End every connection, and let none through."""
        self._whole = False
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let connections through again."""
        self._whole = True

    def close(self) -> None:
        """Cut for good."""
        self.cut()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if not self._whole:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._to))
                self._ends += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=_pump, args=(source, target), daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    """Carry bytes until either end is closed."""
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
    source.close()


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def start(port: int, home: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start the app as a user does, and wait until it answers."""
    command = [sys.executable, "-c", "from qualcode.cli import main; main()", "app"]
    command += ["--no-browser", "--port", str(port), "--language", "en", *options]
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")}
    environment |= {VARIABLE: TOKEN}
    with (home / "app.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=home, env=environment, stdout=log, stderr=log)
    until = time.monotonic() + 40
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return process
        except urllib.error.HTTPError:
            # It answers, though not to us: a proxy stands before it.
            return process
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, (home / "app.log").read_text()
            time.sleep(0.1)
    process.kill()
    pytest.fail(f"the app did not start: {(home / 'app.log').read_text()}")


@contextmanager
def running(path: Path, *options: str) -> Iterator[App]:
    """Run the app on a project until the block ends."""
    port, home = free_port(), path.parent
    arguments = ("--project", str(path), *options)
    app = App(f"http://127.0.0.1:{port}", path, port, start(port, home, *arguments), lambda: None)

    def restart() -> None:
        app.process = start(port, home, *arguments)

    app.restart = restart
    try:
        yield app
    finally:
        app.process.terminate()
        app.process.wait(60)
