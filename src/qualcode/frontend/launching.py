"""Start the app on this machine only, with every setting that keeps interviews here.

Streamlit's own defaults listen on all networks, ask two servers on the internet who we are
and accept any host name; none of that happens here.
"""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualcode.errors import MissingExtraError, ProjectError, UndefinedRequestError

FIRST_PORT = 8501

SETTINGS: dict[str, Any] = {
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["localhost", "127.0.0.1"],
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.showEmailPrompt": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    "browser.serverAddress": "localhost",
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorLinks": False,
    "client.showErrorDetails": "none",
    "runner.magicEnabled": False,
    "theme.light.primaryColor": "#0f766e",
    "theme.dark.primaryColor": "#2dd4bf",
    "theme.paddingTop": "0.25rem",
    "theme.paddingBottom": "3rem",
}
"""What is pinned at every start, whatever the machine's own Streamlit settings say."""

CONTENT_POLICY = (
    "default-src 'self'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self' data:; "
    "connect-src 'self' ws://localhost:* ws://127.0.0.1:*; "
    "worker-src 'self' blob:; "
    "frame-ancestors 'none'; "
    "object-src 'none'"
)
"""What a page may load and where it may send to: this server only."""

_HEADERS = (
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)

Message = MutableMapping[str, Any]


@dataclass(frozen=True, slots=True)
class Launch:
    """How the app was started.

    Attributes:
        project: The project to open; ``""`` for the welcome page.
        coder: Who is coding; ``""`` to ask.
        language: ``nl``, ``en``, or ``""`` for the browser's.
        port: Where it listens; 0 for the first free one from 8501.
        browser: Whether to open the browser.
    """

    project: str = ""
    coder: str = ""
    language: str = ""
    port: int = 0
    browser: bool = True


_launched: list[Launch] = []


def launched() -> Launch:
    """Return how the running app was started."""
    return _launched[-1] if _launched else Launch()


class Guard:
    """Refuses requests under a foreign name; adds the headers of safety to every answer.

    A page of another site can make its own name lead to this machine (DNS rebinding); its
    requests still carry that name.
    """

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self._app = app

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Pass a request on, and its answer with the headers back."""
        if scope["type"] == "http" and _host(scope) not in SETTINGS["server.allowedHosts"]:
            headers = [(b"content-type", b"text/plain")]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            await send({"type": "http.response.body", "body": b"Only localhost is served."})
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        await self._app(scope, receive, send_safely)


def _host(scope: Message) -> str:
    values = [value for name, value in scope.get("headers", ()) if name == b"host"]
    return (
        values[0].decode("latin-1").rpartition(":")[0] or values[0].decode("latin-1")
        if values
        else ""
    )


def app_folder() -> Path:
    """Return the folder of the app's pages: inside an installed package, or in the checkout."""
    package = Path(__file__).parents[1]
    for folder in (package / "_app", package.parents[1] / "app"):
        if (folder / "main.py").is_file():
            return folder
    raise ProjectError(
        "The pages of the app are not part of this installation. Install qualcode again: "
        "python -m pip install --force-reinstall qualcode"
    )


def free_port(wanted: int) -> int:
    """Return the port to listen on.

    Raises:
        UndefinedRequestError: the wanted one, or every one tried, is taken.
    """
    for port in (wanted,) if wanted else range(FIRST_PORT, FIRST_PORT + 50):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise UndefinedRequestError(
        f"Port {wanted or FIRST_PORT} is in use, perhaps by an app that is open already. "
        "Close that one, or choose another: qualcode app --port 8600"
    )


def launch(how: Launch) -> None:
    """Run the app until it is stopped.

    Raises:
        MissingExtraError: Streamlit is not installed.
        UndefinedRequestError: the port is taken.
    """
    import sys

    try:
        from starlette.middleware import Middleware
        from streamlit import App, net_util
    except ImportError as error:
        raise MissingExtraError(
            "The app needs Streamlit. Install qualcode again: python -m pip install -U qualcode"
        ) from error
    _launched.append(how)
    # Else a refused connection makes the server ask the internet for its own address.
    net_util.get_external_ip = net_util.get_internal_ip = lambda: None
    folder = app_folder()
    sys.path.insert(0, str(folder))
    # Both streamlit and its launcher would take our arguments for their own.
    sys.argv = [str(folder / "main.py")]
    app = App(folder / "main.py", middleware=[Middleware(Guard)])
    app.run(
        config=SETTINGS | {"server.port": free_port(how.port), "server.headless": not how.browser}
    )
