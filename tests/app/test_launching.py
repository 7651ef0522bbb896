"""The app listens to this machine only, and tells the browser to send nothing elsewhere."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, MutableMapping
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from qualcode.app.access import COOKIE, VARIABLE

from app_process import TOKEN, App, address, cookie, free_port
from qualcode.app import access, server
from qualcode.errors import InvalidValueError, UndefinedRequestError
from qualcode.translation import translator


def admitted(app: App) -> dict[str, str]:
    """Return the header of a browser that was let in, among the cookies of another program."""
    return {"Cookie": f"theme={{}}; {cookie(app.port)}"}


def ask(
    app: App,
    path: str,
    host: str,
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
) -> tuple[int, str]:
    """Return status and content policy of an answer, by default to a browser that was let in."""
    headers = admitted(app) if headers is None else headers
    with closing(http.client.HTTPConnection("127.0.0.1", app.port, timeout=10)) as connection:
        connection.request(method, path, headers={"Host": host, **headers})
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Content-Security-Policy", "")


PLACES = ["/", "/coding", "/_stcore/health", "/_stcore/bidi-components/qualcode.coder/coder.js"]


@pytest.mark.parametrize("path", PLACES)
def test_a_foreign_host_name_is_refused(shared_app: App, path: str) -> None:
    assert ask(shared_app, path, "evil.example")[0] == 403
    assert ask(shared_app, path, f"evil.example:{shared_app.port}")[0] == 403
    # A browser also asks [::1] for localhost, where another account may listen.
    assert ask(shared_app, path, f"localhost:{shared_app.port}")[0] == 403
    assert ask(shared_app, path, f"127.0.0.1:{shared_app.port}")[0] == 200


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_carries_the_content_policy(shared_app: App, path: str) -> None:
    _, policy = ask(shared_app, path, "127.0.0.1")
    assert "default-src 'self'" in policy
    assert "connect-src 'self' ws://127.0.0.1:*;" in policy
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


@pytest.mark.parametrize(("system", "options"), [("nt", 0), ("posix", 1)])
def test_windows_takes_no_port_that_is_in_use(
    monkeypatch: pytest.MonkeyPatch, system: str, options: int
) -> None:
    asked: list[int] = []

    class Counted(socket.socket):
        def setsockopt(self, *arguments: Any) -> None:
            asked.append(arguments[1])

    monkeypatch.setattr(server, "os", SimpleNamespace(name=system))
    monkeypatch.setattr(socket, "socket", Counted)
    server.free_port(0)
    # There, the option lets two programs listen on one port.
    assert asked == [socket.SO_REUSEADDR] * options


def test_the_refusal_of_a_port_is_told_in_dutch() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UndefinedRequestError) as refused:
            server.free_port(port)
    assert f"Poort {port} is in gebruik" in translator("nl").translate(str(refused.value))


def test_settings_that_leak_are_pinned() -> None:
    assert server.SETTINGS["server.address"] == "127.0.0.1"
    assert server.SETTINGS["browser.serverAddress"] == "127.0.0.1"
    assert server.SETTINGS["server.allowedHosts"] == ["127.0.0.1"]
    assert server.SETTINGS["browser.gatherUsageStats"] is False
    assert server.SETTINGS["client.showErrorDetails"] == "none"


def answer(app: App, path: str, **headers: str) -> int:
    """Ask for a WebSocket, and return the status of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=10)
    upgrade = {
        "Host": f"127.0.0.1:{app.port}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }
    connection.request("GET", path, headers=admitted(app) | upgrade | headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_only_pages_of_this_app_may_connect(shared_app: App) -> None:
    own = f"http://127.0.0.1:{shared_app.port}"
    assert answer(shared_app, "/_stcore/stream", Origin=own) == 101
    for origin in ("http://127.0.0.1:1", "http://127.0.0.1", "http://evil.example", "null"):
        assert answer(shared_app, "/_stcore/stream", Origin=origin) == 403


def test_the_figures_of_the_server_are_told_to_nobody(shared_app: App) -> None:
    assert ask(shared_app, "/_stcore/metrics", f"127.0.0.1:{shared_app.port}")[0] == 403


# --- the token: another account of this machine reaches the port, and gets nothing ----------------


@pytest.mark.parametrize(
    "path",
    [
        *PLACES,
        "/_stcore/host-config",
        "/_stcore/upload_file/a/b",
        "/media/0123456789abcdef.csv",
        "/component/qualcode/index.html",
        "/static/js/index.js",
        "/oauth2callback",
        "/?token=" + "x" * len(TOKEN),
        "/?ticket=",
        "/?token=",
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS"])
def test_without_the_token_nothing_is_answered(shared_app: App, path: str, method: str) -> None:
    host, name = f"127.0.0.1:{shared_app.port}", f"{COOKIE}-{shared_app.port}"
    for wrong in ({}, {"Cookie": f"{name}="}, {"Cookie": f"{name}={TOKEN}"}):
        assert ask(shared_app, path, host, wrong, method)[0] == 403


def test_without_the_token_no_socket_opens(shared_app: App) -> None:
    own = f"http://127.0.0.1:{shared_app.port}"
    assert answer(shared_app, "/_stcore/stream", Origin=own, Cookie="") == 403
    # The token opens a page, which then has the cookie; nothing else.
    assert answer(shared_app, f"/_stcore/stream?token={TOKEN}", Origin=own, Cookie="") == 403


def test_the_token_leaves_the_address_and_becomes_a_cookie(shared_app: App, page: Page) -> None:
    page.context.clear_cookies()
    page.goto(f"{shared_app.url}/coding")
    expect(page.get_by_role("heading")).to_have_text("This address needs its token")
    page.goto(address(shared_app.port, "coding"))
    page.locator(".qc-row").first.wait_for()
    assert "token" not in page.url
    (cookie,) = (one for one in page.context.cookies() if one["name"].startswith(COOKIE))
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"


def test_who_has_no_token_is_told_what_to_do_in_their_language() -> None:
    page = access.refusal_page([(b"accept-language", b"nl-NL,nl;q=0.9")]).decode()
    assert "Dit adres" in page
    assert "qualcode app" in page


def test_a_ticket_lets_in_one_browser_only() -> None:
    own = access.Access("t" * 20, "s" * 20, 8501)
    ticket = own.ticket
    assert own.admit(f"ticket={ticket}&study=a".encode(), ()) == "study=a"
    assert own.admit(f"ticket={ticket}".encode(), ()) is None
    assert own.admit(b"ticket=", ()) is None


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs two accounts")
def test_a_ticket_of_ours_is_refused_to_another_account(shared_app: App) -> None:
    own = access.Access("t" * 20, "s" * 20, 8501)
    with closing(socket.create_connection(("127.0.0.1", shared_app.port))) as connection:
        assert own.admit(f"ticket={own.ticket}".encode(), connection.getsockname()) == ""
    os.seteuid(65534)
    try:
        other = socket.create_connection(("127.0.0.1", shared_app.port))
    finally:
        os.seteuid(0)
    own = access.Access("t" * 20, "s" * 20, 8501)
    with closing(other):
        assert own.admit(f"ticket={own.ticket}".encode(), other.getsockname()) is None


def test_what_a_browser_kept_opens_nothing_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "qualcode" / "browser-secret"
    file.parent.mkdir()
    file.write_text("s" * 43)
    for token in ("", TOKEN):
        monkeypatch.setenv(VARIABLE, token)
        first, second = access.new_access(8501), access.new_access(8501)
        assert not second.has_cookie([(b"cookie", first.cookie().partition(";")[0].encode())])
        assert second.has_cookie([(b"cookie", second.cookie().partition(";")[0].encode())])
        assert first.secret not in {second.secret, token, "s" * 43}
    # The secret that the version before kept for ever is gone.
    assert not file.exists()


def test_two_apps_of_one_browser_keep_their_own_cookies() -> None:
    first = access.Access("t" * 20, "a" * 20, 8501)
    second = access.Access("t" * 20, "b" * 20, 8502)
    jar = "; ".join(one.cookie().partition(";")[0] for one in (first, second)).encode()
    assert first.cookie().partition("=")[0] != second.cookie().partition("=")[0]
    assert first.has_cookie([(b"cookie", jar)])
    assert second.has_cookie([(b"cookie", jar)])
    assert not first.has_cookie([(b"cookie", second.cookie().encode())])


async def _nothing(*_arguments: object) -> None:
    """Be an app that answers nothing."""


def redirected(own: access.Access, query: str, *, method: str = "GET", known: bool = True) -> str:
    """Return where the guard sends a request, of a browser that it knows or not; "" for nowhere."""
    sent: list[dict[str, object]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(dict(message))

    async def receive() -> MutableMapping[str, Any]:
        return {}

    headers = [(b"host", b"127.0.0.1:8501")]
    if known:
        headers.append((b"cookie", own.cookie().partition(";")[0].encode()))
    scope = {
        "type": "http",
        "method": method,
        "path": "/coding",
        "query_string": query.encode(),
        "headers": headers,
        "client": ("127.0.0.1", 1),
    }
    guard = server.Guard(_nothing, [server.HOST], None, own)
    # Nothing in it waits; the browser of these tests has a loop of its own in this thread.
    with suppress(StopIteration):
        guard(scope, receive, send).__await__().__next__()
    answered: Any = sent[0]["headers"] if sent else ()
    place: bytes = dict(answered).get(b"location", b"")
    return place.decode()


def test_token_and_ticket_leave_the_address_also_of_a_browser_that_is_known() -> None:
    own = access.Access("t" * 20, "s" * 20, 8501)
    ticket = own.ticket
    assert redirected(own, f"token={own.token}&study=a") == "/coding?study=a"
    # A bookmark of an earlier start.
    assert redirected(own, "token=old&study=a") == "/coding?study=a"
    assert redirected(own, f"study=a&ticket={ticket}") == "/coding?study=a"
    # It was spent, so that nobody else can use it.
    assert redirected(own, f"ticket={ticket}", known=False) == ""
    assert redirected(own, "study=a") == ""
    assert redirected(own, f"token={own.token}", method="POST") == ""


def test_a_token_of_ones_own_that_is_easily_guessed_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, "geheim")
    with pytest.raises(InvalidValueError, match="at least 16"):
        access.new_access(8501)


BROWSER = """#!/bin/sh
echo "$1" > opened
"""


def test_the_address_is_printed_whole_and_opened_in_the_browser(tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(BROWSER)
    browser.chmod(0o755)
    environment = os.environ | {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    environment |= {"BROWSER": str(browser), "QUALCODE_LANGUAGE": "nl"}
    port = str(free_port())
    command = [sys.executable, "-m", "qualcode", "app", "--port", port]
    opened, log = tmp_path / "opened", tmp_path / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=file)
    try:
        until = time.monotonic() + 60
        while not (opened.exists() and opened.read_text()) and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        process.terminate()
        process.wait(60)
    printed = log.read_text(encoding="utf-8")
    assert re.search(rf"De app staat op http://127.0.0.1:{port}/\?token=[\w-]{{32}}\n", printed)
    assert re.fullmatch(rf"http://127.0.0.1:{port}/\?ticket=[\w-]+\n", opened.read_text())
