"""The server of the app, with all settings that keep interviews on this machine.

By default, Streamlit listens on all networks, asks two servers on the internet for its own address,
and accepts any host name. Our settings prevent all of this. The app serves other machines only
if :mod:`qualcode.app.hosting` knows who uses them.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from qualcode import messages
from qualcode.errors import MissingExtraError, UndefinedRequestError

from . import access as access_of_one
from .access import Access
from .hosting import Serving, is_own_origin, refusal

HOST = "127.0.0.1"
"""The only address of one's own app: as ``localhost``, a browser would also ask ``[::1]``, where
another account may listen."""
FIRST_PORT = 8501
_LONGEST_START = 60.0
"""Seconds to wait for a slow machine."""

SCRIPT = Path(__file__).parent / "entry" / "main.py"
"""The script that Streamlit runs."""

SETTINGS: dict[str, Any] = {
    "server.address": HOST,
    "server.allowedHosts": [HOST],
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.showEmailPrompt": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    "browser.serverAddress": HOST,
    "browser.gatherUsageStats": False,
    # Its address would lack the token; ours is printed instead.
    "logger.hideWelcomeMessage": True,
    "client.toolbarMode": "minimal",
    "client.showErrorLinks": False,
    "client.showErrorDetails": "none",
    "runner.magicEnabled": False,
    # Else all memory is searched after every click and every look at long work: 0.1 to 0.2 s.
    "runner.postScriptGC": False,
    "theme.light.primaryColor": "#0f766e",
    "theme.dark.primaryColor": "#2dd4bf",
    "theme.paddingTop": "0.25rem",
    "theme.paddingBottom": "3rem",
}
"""Settings of every start; they override the machine's own Streamlit settings."""

_CONTENT_POLICY = (
    "default-src 'self'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self' data:; "
    "connect-src 'self' {sockets}; "
    "worker-src 'self' blob:; "
    "frame-ancestors 'none'; "
    "object-src 'none'"
)
"""A page may load from this server only, and send to this server only."""

CLOSED = "/_stcore/metrics"
"""What Streamlit would tell of its sessions and memory to anybody who asks."""

Message = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Launch:
    """How the app was started.

    Attributes:
        project: The project to open; ``""`` for the welcome page.
        coder: The coder; ``""`` to ask.
        language: ``nl``, ``en``, or ``""`` for the browser's.
        port: The port; 0 for the first free one from 8501.
        browser: Whether to open the browser.
        serving: How others are served; None for this machine only.
    """

    project: str = ""
    coder: str = ""
    language: str = ""
    port: int = 0
    browser: bool = True
    serving: Serving | None = None


_launched: list[Launch] = []


def launched() -> Launch:
    """Return how the running app was started."""
    # A page drawn without a launch is in a test, or was started by hand.
    return _launched[-1] if _launched else Launch()


class Guard:
    """Refuses requests that should not come in; adds safety headers to every answer.

    A page of another site can point its own host name to this machine (DNS rebinding). Its requests
    still carry that name, so the guard checks the host name.
    """

    def __init__(
        self,
        app: Callable[..., Awaitable[None]],
        hosts: Sequence[str],
        serving: Serving | None,
        access: Access | None = None,
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._serving = serving
        self._access = access
        self._headers = _safe_headers(hosts, serving)

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Pass a request on, and its answer with the headers back."""

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self._headers]
            await send(message)

        # The third type, lifespan, comes from the server itself and has no host or headers.
        if scope["type"] in {"http", "websocket"}:
            why = self._refusal(scope)
            if why:
                await _refuse(scope["type"], why, send)
                return
            access = self._access
            if access is not None and (_shows_right(scope) or not _has_cookie(scope, access)):
                await _ask_token(scope, access, send_safely)
                return
        await self._app(scope, receive, send_safely)

    def _refusal(self, scope: Message) -> str:
        client = (scope.get("client") or ("",))[0]
        headers = scope.get("headers", ())
        why = refusal(client, headers, self._hosts, self._serving)
        if not why and scope["path"].rstrip("/").endswith(CLOSED):
            return "This is not served."
        # Another app of this machine has another port, and is another origin.
        if not why and scope["type"] == "websocket" and not is_own_origin(headers, self._serving):
            return "Only the pages of this app may connect."
        return why


def _has_cookie(scope: Message, access: Access) -> bool:
    return access.has_cookie(scope.get("headers", ()))


def _shows_right(scope: Message) -> bool:
    """Tell whether the address of a page holds a token or ticket."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return access_of_one.holds_right(scope.get("query_string", b""))


async def _ask_token(
    scope: Message, access: Access, send: Callable[[Message], Awaitable[None]]
) -> None:
    """Let in who shows the token or has the cookie, and refuse all others."""
    if scope["type"] == "websocket":
        await _refuse("websocket", "", send)
        return
    clean_query = None
    if scope["method"] == "GET":
        query = scope.get("query_string", b"")
        clean_query = access.admit(query, scope.get("client") or ())
        # A bookmark may hold the token of an earlier start.
        if clean_query is None and _has_cookie(scope, access):
            clean_query = access_of_one.without_right(query)
    if clean_query is None:
        headers = scope.get("headers", ())
        await _answer(403, b"text/html", access_of_one.refusal_page(headers), (), send)
        return
    # The token leaves the address at once: it would be in the history and in pictures of the page.
    place = quote("/" + scope["path"].lstrip("/")) + (f"?{clean_query}" if clean_query else "")
    headers = ((b"location", place.encode()), (b"set-cookie", access.cookie().encode()))
    await _answer(303, b"text/plain", b"", headers, send)


async def _refuse(kind: str, why: str, send: Callable[[Message], Awaitable[None]]) -> None:
    if kind == "websocket":
        # Closed before it is accepted, it is answered with 403.
        await send({"type": "websocket.close", "code": 1008})
        return
    await _answer(403, b"text/plain", why.encode(), (), send)


async def _answer(
    status: int,
    kind: bytes,
    body: bytes,
    headers: Sequence[tuple[bytes, bytes]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    header_rows = [
        (b"content-type", kind + b"; charset=utf-8"),
        (b"cache-control", b"no-store"),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": header_rows})
    await send({"type": "http.response.body", "body": body})


def _safe_headers(hosts: Sequence[str], serving: Serving | None) -> tuple[tuple[bytes, bytes], ...]:
    # Older browsers do not count the sockets of the same host as 'self'.
    ways = [f"wss://{host}" for host in hosts] if serving else [f"ws://{host}:*" for host in hosts]
    return (
        (b"content-security-policy", _CONTENT_POLICY.format(sockets=" ".join(ways)).encode()),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    )


def free_port(requested_port: int, address: str = HOST) -> int:
    """Return the port to listen on.

    Raises:
        UndefinedRequestError: the requested port, or every port tried, is in use.
    """
    for port in (requested_port,) if requested_port else range(FIRST_PORT, FIRST_PORT + 50):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as socket_:
            # Otherwise a port that was in use a minute ago counts as taken; on Windows, the option
            # would take a port in use for free.
            if os.name != "nt":
                socket_.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                socket_.bind((address, port))
            except OSError:
                continue
        return port
    raise UndefinedRequestError(
        messages.Message(
            "Port {port} is in use, perhaps by an app that is open already. Close that one, or "
            "choose another: qualcode app --port 8600",
            # As text: a translation would write the number with separators.
            port=str(requested_port or FIRST_PORT),
        )
    )


def settings(how: Launch) -> dict[str, Any]:
    """Return the settings of Streamlit for one start.

    Raises:
        UndefinedRequestError: the port is in use.
    """
    serving = how.serving
    if serving is None:
        return SETTINGS | {"server.port": free_port(how.port), "server.headless": True}
    options = SETTINGS | {
        "server.address": serving.address,
        "server.allowedHosts": list(serving.hosts),
        "server.port": free_port(how.port, serving.address),
        "server.headless": True,
        "browser.serverAddress": serving.hosts[0],
    }
    if serving.certificate:
        options |= {
            "server.sslCertFile": serving.certificate,
            "server.sslKeyFile": serving.key,
        }
    return options


@asynccontextmanager
async def _with_components(_app: object) -> AsyncIterator[None]:
    """Let the browser fetch our components from the first moment on."""
    from .components.mount import register_components

    register_components()
    yield


def launch(how: Launch, tell: Callable[[str], None] = print) -> None:
    """Run the app until somebody stops it.

    Args:
        how: How to start it.
        tell: Gets the address of the app, before it runs.

    Raises:
        MissingExtraError: Streamlit is not installed.
        UndefinedRequestError: the port is in use, or others are served and no project is named.
    """
    try:
        from starlette.middleware import Middleware
        from streamlit import App, net_util
    except ImportError as error:
        raise MissingExtraError(
            messages.Message(
                "The app needs Streamlit. Install qualcode again: python -m pip install -U qualcode"
            )
        ) from error
    # Without a project, the welcome page would open any file that the server can read.
    if how.serving and not how.project:
        raise UndefinedRequestError(
            messages.Message(
                "Others are served one project, so that nobody can open another file of this "
                "machine. Name it: qualcode app --serve FILE.toml --project STUDY.qualcode"
            )
        )
    _launched.append(how)
    # Else a refused connection makes the server ask the internet for its own address.
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None
    # Else a request could say itself where it comes from, and pass for the proxy.
    os.environ["FORWARDED_ALLOW_IPS"] = ""
    # Both streamlit and its launcher would take our arguments for their own.
    sys.argv = [str(SCRIPT)]
    pinned = settings(how)
    access = None if how.serving else access_of_one.new_access(pinned["server.port"])
    _tell_address(how, pinned, access, tell)
    # As middleware, it sees every request before Streamlit does, uploads included.
    guard = Middleware(
        Guard, hosts=pinned["server.allowedHosts"], serving=how.serving, access=access
    )
    secrets = {"auth": dict(how.serving.auth)} if how.serving and how.serving.auth else None
    App(SCRIPT, middleware=[guard], secrets=secrets, lifespan=_with_components).run(config=pinned)


def _tell_address(
    how: Launch, pinned: dict[str, Any], access: Access | None, tell: Callable[[str], None]
) -> None:
    port = pinned["server.port"]
    if access is None:
        scheme = "https" if "server.sslCertFile" in pinned else "http"
        tell(f"{scheme}://{pinned['browser.serverAddress']}:{port}")
        return
    tell(f"http://{HOST}:{port}/?token={access.token}")
    if how.browser:
        address = f"http://{HOST}:{port}/?ticket={access.ticket}"
        threading.Thread(target=_open_browser, args=(address, port), daemon=True).start()


def _open_browser(address: str, port: int) -> None:
    """Open the browser as soon as the app answers."""
    import webbrowser

    until = time.monotonic() + _LONGEST_START
    while time.monotonic() < until:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
            continue
        webbrowser.open(address)
        return
