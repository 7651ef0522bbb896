"""Who may use an app that runs for one person: whoever has the address that the program showed.

Every account of a machine reaches its ports. So the address that is opened holds a token; the
browser keeps it as a cookie, without which nothing is answered: no page, file, upload or socket.
"""

from __future__ import annotations

import hmac
import os
import secrets
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from qualcode.errors import InvalidValueError
from qualcode.messages import Message
from qualcode.translation import Translator, translator

from .recent_projects import settings_folder

VARIABLE = "QUALCODE_TOKEN"
"""Environment variable with a token of one's own."""

COOKIE = "qualcode-app"
"""Name of the cookie, before the port."""
_TOKEN, _TICKET = "token", "ticket"
_SHORTEST = 16

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(slots=True)
class Access:
    """What a browser must show to be answered.

    Attributes:
        token: In the address that the program prints; as long as the program runs.
        secret: In the cookie of a browser that was let in; another one at each start, so that
            nothing that a browser kept, or sent elsewhere since, opens the next one.
        port: The port of the app.
        ticket: In the address that the program opens itself; for one use, because other accounts
            can read the arguments of a program.
    """

    token: str
    secret: str
    port: int
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def _cookie_name(self) -> str:
        # A cookie belongs to a host, whatever the port: two apps would overwrite each other's.
        return f"{COOKIE}-{self.port}"

    def has_cookie(self, headers: Headers) -> bool:
        """Tell whether a request comes from a browser that was let in."""
        # Split by hand: the parser of Python stops at a cookie that another program set badly.
        cookies = (
            pair.strip().partition("=")[2]
            for name, value in headers
            if name == b"cookie"
            for pair in value.decode("latin-1").split(";")
            if pair.strip().startswith(f"{self._cookie_name}=")
        )
        return any(_equal(secret, self.secret) for secret in cookies)

    def admit(self, query: bytes, client: Sequence[object]) -> str | None:
        """Return the rest of the query of a request that shows its right; None without right.

        Args:
            query: The query of the request.
            client: Address and port that it comes from.
        """
        values = dict(_pairs(query))
        admitted = _equal(values.get(_TOKEN, ""), self.token)
        if not admitted and self.ticket and _equal(values.get(_TICKET, ""), self.ticket):
            self.ticket = ""
            admitted = not _is_of_another_account(client)
        return without_right(query) if admitted else None

    def cookie(self) -> str:
        """Return the header that lets a browser in."""
        return f"{self._cookie_name}={self.secret}; Path=/; HttpOnly; SameSite=Strict"


def holds_right(query: bytes) -> bool:
    """Tell whether a query holds a token or ticket, whether right or wrong."""
    return any(name in {_TOKEN, _TICKET} for name, _ in _pairs(query))


def without_right(query: bytes) -> str:
    """Return a query without token and ticket."""
    return urlencode([pair for pair in _pairs(query) if pair[0] not in {_TOKEN, _TICKET}])


def _pairs(query: bytes) -> list[tuple[str, str]]:
    return parse_qsl(query.decode("latin-1"), keep_blank_values=True)


def new_access(port: int) -> Access:
    """Return the access to an app that starts now on a port.

    Raises:
        InvalidValueError: the token in the environment is easily guessed.
    """
    chosen = os.environ.get(VARIABLE, "")
    if chosen and (len(chosen) < _SHORTEST or not chosen.isascii() or not chosen.isalnum()):
        raise InvalidValueError(
            Message(
                "QUALCODE_TOKEN needs at least 16 letters and digits, without accents. Leave it "
                "out, and the program makes a token itself."
            )
        )
    # An earlier version kept the secret of the cookie, which then never ended.
    with suppress(OSError):
        (settings_folder() / "browser-secret").unlink(missing_ok=True)
    return Access(chosen or secrets.token_urlsafe(24), secrets.token_urlsafe(32), port)


def refusal_page(headers: Headers) -> bytes:
    """Return the page for a browser without the token: what to do, in its language."""
    _ = translator(_language(headers))
    return _PAGE.format(title=_title(_), text=_text(_)).encode()


_PAGE = (
    "<!doctype html><meta charset='utf-8'><title>qualcode</title>"
    "<body style='font: 1.1rem/1.5 sans-serif; max-width: 34rem; margin: 4rem auto'>"
    "<h1>{title}</h1><p>{text}</p>"
)


def _title(_: Translator) -> str:
    return _("This address needs its token")


def _text(_: Translator) -> str:
    return _(
        "Only you may see your interviews, also if others have an account on this machine. Open "
        "the whole address, with the token, that is shown in the window where you started "
        "qualcode app. Or stop the program there, and start it again: it opens the browser itself."
    )


def _language(headers: Headers) -> str:
    languages = dict(headers).get(b"accept-language", b"").lower()
    return "nl" if languages.startswith(b"nl") else "en"


def _equal(text: str, secret: str) -> bool:
    return hmac.compare_digest(text.encode(), secret.encode())


def _is_of_another_account(client: Sequence[object]) -> bool:
    """Tell whether a connection of this machine belongs to somebody else, where that is known."""
    if sys.platform != "linux" or len(client) < 2:
        return False
    port = f":{int(str(client[1])):04X}"
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with suppress(OSError, ValueError, IndexError):
            for line in Path(table).read_text(encoding="ascii").splitlines()[1:]:
                fields = line.split()
                if fields[1].endswith(port) and int(fields[7]) not in {0, os.getuid()}:
                    return True
    return False
