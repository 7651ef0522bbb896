"""The app listens to this machine only, and tells the browser to send nothing elsewhere."""

from __future__ import annotations

import http.client
import socket
from contextlib import closing
from pathlib import Path

import pytest

from app_process import App
from qualcode.app import server
from qualcode.errors import UndefinedRequestError


def ask(app: App, path: str, host: str) -> tuple[int, str]:
    """Return status and content policy of an answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", app.port, timeout=10)) as connection:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Content-Security-Policy", "")


PLACES = ["/", "/coding", "/_stcore/health", "/_stcore/bidi-components/qualcode.coder/coder.js"]


@pytest.mark.parametrize("path", PLACES)
def test_a_foreign_host_name_is_refused(shared_app: App, path: str) -> None:
    assert ask(shared_app, path, "evil.example")[0] == 403
    assert ask(shared_app, path, f"evil.example:{shared_app.port}")[0] == 403
    assert ask(shared_app, path, f"localhost:{shared_app.port}")[0] == 200


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_carries_the_content_policy(shared_app: App, path: str) -> None:
    _, policy = ask(shared_app, path, "localhost")
    assert "default-src 'self'" in policy
    assert "connect-src 'self' ws://localhost:* ws://127.0.0.1:*" in policy
    assert "frame-ancestors 'none'" in policy


def test_it_listens_on_the_loopback_address_only(shared_app: App) -> None:
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().split("\n")[1:] if line]
    port = f"{shared_app.port:04X}"
    listening = {fields[1] for fields in lines if fields[3] == "0A"}
    assert {one for one in listening if one.endswith(f":{port}")} == {f"0100007F:{port}"}


def test_a_port_in_use_is_refused_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UndefinedRequestError, match="qualcode app --port"):
            server.free_port(taken.getsockname()[1])


def test_settings_that_leak_are_pinned() -> None:
    assert server.SETTINGS["server.address"] == "127.0.0.1"
    assert server.SETTINGS["browser.gatherUsageStats"] is False
    assert server.SETTINGS["client.showErrorDetails"] == "none"
