"""Serving other machines: who may use the app, and how the app knows who they are.

Interviews are confidential, and a coding carries a name. So the app serves others only if somebody
vouches for their identity: a reverse proxy that signs people in, or a login by OpenID Connect.
Only people on the list of coders come in, under the coder name in that list.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qualcode.errors import InvalidValueError, MissingExtraError, UnreadableFileError
from qualcode.messages import Message, shell_word
from qualcode.model import CONSENSUS

HERE = ("127.0.0.1", "::1")
ONLY_HERE = "Only 127.0.0.1 is served: use the address that the program shows."

_FIELDS = {
    "address": str,
    "hosts": list,
    "coders": dict,
    "people": str,
    "user_header": str,
    "proxies": list,
    "auth": dict,
    "claim": str,
    "certificate": str,
    "key": str,
}
_AUTH = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True)
class Serving:
    """The people who are served, and how the app knows who they are.

    Attributes:
        hosts: The host names of the app.
        coders: The coder name of each identity; identities are in lower case.
        address: The address on which the app listens.
        user_header: The header in which the reverse proxy names the person who is signed in;
            ``""`` if the app signs people in itself.
        proxies: The networks from which the app accepts that header.
        auth: The settings of the login by OpenID Connect; empty behind a proxy.
        claim: The field of the login that is the identity.
        certificate: File of the certificate for https; ``""`` if a proxy provides https.
        key: File of its key.
        people_in_project: Whether the project's own list of people says who comes in.
    """

    hosts: tuple[str, ...]
    coders: Mapping[str, str]
    address: str = HERE[0]
    user_header: str = ""
    proxies: tuple[str, ...] = HERE
    auth: Mapping[str, Any] = field(default_factory=dict)
    claim: str = "email"
    certificate: str = ""
    key: str = ""
    people_in_project: bool = False

    def coder_of(self, identity: str) -> str:
        """Return the coder name of an identity; ``""`` if the identity is not on the list."""
        return self.coders.get(identity.strip().casefold(), "")

    def believes(self, client: str) -> bool:
        """Tell whether a request comes from the proxy."""
        try:
            address = ipaddress.ip_address(client)
        except ValueError:
            return False
        return any(
            address in ipaddress.ip_network(network, strict=False) for network in self.proxies
        )


def read_serving(path: Path) -> Serving:
    """Read how others are served from a TOML file.

    Raises:
        UnreadableFileError: the file does not exist or is not TOML.
        InvalidValueError: the settings would let in too many people; the text says why.
        MissingExtraError: the settings need a login, and Authlib is not installed.
    """
    import tomllib

    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFileError(
            Message("'{file}' cannot be read: {reason}.", file=path, reason=error.strerror)
        ) from error
    except ValueError as error:
        raise UnreadableFileError(
            Message("'{file}' is no TOML: {reason}.", file=path.name, reason=str(error))
        ) from error
    for name, value in table.items():
        if name not in _FIELDS or not isinstance(value, _FIELDS[name]):
            raise InvalidValueError(
                Message(
                    "'{file}' has '{name}', which is not known or has another form. It may have: "
                    "{fields}. See docs/serving.md.",
                    file=path.name,
                    name=name,
                    fields=", ".join(_FIELDS),
                )
            )
    serving = Serving(
        hosts=_texts(table.get("hosts", ())),
        coders={
            # Providers write the same address with other capitals at times.
            login.strip().casefold(): str(name)
            for login, name in table.get("coders", {}).items()
        },
        address=table.get("address", HERE[0]),
        user_header=table.get("user_header", "").lower(),
        proxies=_texts(table.get("proxies", HERE)),
        auth=table.get("auth", {}),
        claim=table.get("claim", "email"),
        certificate=table.get("certificate", ""),
        key=table.get("key", ""),
        people_in_project=_is_in_project(table.get("people", ""), path),
    )
    _refuse_unknown_identity(serving, path)
    _refuse_open(serving, named="proxies" in table)
    if serving.auth:
        _refuse_weak_login(serving, path)
    return serving


def _is_in_project(people: str, path: Path) -> bool:
    if people not in {"", "project"}:
        raise InvalidValueError(
            Message(
                '\'{file}\' has people = "{people}". It can only be "project": the list of people '
                "of the project then says who comes in.",
                file=path.name,
                people=people,
            )
        )
    return people == "project"


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(str(value).strip().casefold() for value in values)


def _refuse_unknown_identity(serving: Serving, path: Path) -> None:
    # Both at once would be two answers to the question who somebody is.
    if bool(serving.user_header) == bool(serving.auth):
        raise InvalidValueError(
            Message(
                "'{file}' needs either user_header or [auth]. Without one of them everybody who "
                "reaches the app could read the interviews and code under another's name: give the "
                "header in which your reverse proxy names who is signed in, or a login by OpenID "
                "Connect. See docs/serving.md.",
                file=path.name,
            )
        )
    if not serving.coders and not serving.people_in_project:
        raise InvalidValueError(
            Message(
                "'{file}' lists nobody under [coders], so nobody could come in. Give each "
                'identity its coder: "a.jansen@institute.example" = "anna", or use the list of '
                'people of the project: people = "project"',
                file=path.name,
            )
        )
    wrong = [login for login, name in serving.coders.items() if name.strip() in {"", CONSENSUS}]
    if wrong:
        raise InvalidValueError(
            Message(
                "'{login}' cannot code as '{coder}'. Give a coder's name.",
                login=wrong[0],
                coder=serving.coders[wrong[0]],
            )
        )


def _refuse_open(serving: Serving, *, named: bool) -> None:
    """Refuse settings that leave a door open: any host, any neighbour, plain text on a network."""
    if not serving.hosts or any("*" in host or "/" in host for host in serving.hosts):
        raise InvalidValueError(
            Message(
                "The names under which the app is asked for must be listed one by one, or another "
                'site could speak for it: hosts = ["coding.institute.example"]'
            )
        )
    for proxy in serving.proxies:
        try:
            network = ipaddress.ip_network(proxy, strict=False)
        except ValueError as error:
            raise InvalidValueError(
                Message(
                    "'{proxy}' is no address of a proxy. Give proxies = [\"10.0.0.5\"]",
                    proxy=proxy,
                )
            ) from error
        # 0.0.0.0/0 would let any client set the header that names a user.
        if network.prefixlen == 0:
            raise InvalidValueError(
                Message(
                    "'{proxy}' is everybody, so everybody could name a user. Give the address of "
                    "the proxy.",
                    proxy=proxy,
                )
            )
    if bool(serving.certificate) != bool(serving.key):
        raise InvalidValueError(Message("A certificate needs its key: give both, or neither."))
    # On this machine only, plain text does not leave it: a proxy adds https.
    if serving.address in HERE or serving.certificate:
        return
    if serving.auth:
        raise InvalidValueError(
            Message(
                "On {address} interviews and logins would cross the network in plain text. Give "
                "certificate and key, or let a proxy with https on this machine pass requests "
                'on: address = "127.0.0.1"',
                address=serving.address,
            )
        )
    if not named:
        raise InvalidValueError(
            Message(
                "On {address} every machine could name a user. Say which is the proxy: "
                'proxies = ["10.0.0.5"]',
                address=serving.address,
            )
        )


def _refuse_weak_login(serving: Serving, path: Path) -> None:
    from importlib.util import find_spec

    missing = [name for name in _AUTH if not str(serving.auth.get(name, "")).strip()]
    if missing:
        raise InvalidValueError(
            Message(
                "The login of '{file}' lacks {fields}. See docs/serving.md.",
                file=path.name,
                fields=", ".join(missing),
            )
        )
    # A redirect to another host would give that host the login of our coders.
    back = urlsplit(str(serving.auth["redirect_uri"]))
    is_ours = back.hostname in serving.hosts and back.path.endswith("/oauth2callback")
    if not is_ours or not (back.scheme == "https" or _is_this_machine(back.hostname)):
        raise InvalidValueError(
            Message(
                "redirect_uri is '{address}'. It should be https, lead to one of the hosts and end "
                "in /oauth2callback: https://{host}/oauth2callback",
                address=back.geturl(),
                host=serving.hosts[0],
            )
        )
    # Over plain http, a neighbour on the network could answer for the provider.
    metadata_url = urlsplit(str(serving.auth["server_metadata_url"]))
    if not (metadata_url.scheme == "https" or _is_this_machine(metadata_url.hostname)):
        raise InvalidValueError(
            Message(
                "server_metadata_url is '{address}'. Who signs people in is asked over https.",
                address=metadata_url.geturl(),
            )
        )
    if len(str(serving.auth["cookie_secret"])) < _SHORTEST_SECRET:
        raise InvalidValueError(
            Message(
                "cookie_secret should have at least {count} characters. Make one: "
                "python -c 'import secrets; print(secrets.token_hex(32))'",
                count=_SHORTEST_SECRET,
            )
        )
    # On Windows these bits say nothing; there the folder's rights decide.
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise InvalidValueError(
            Message(
                "'{file}' holds secrets that others on this machine may read. Close it: "
                "chmod 600 {file_word}",
                file=path,
                file_word=shell_word(path),
            )
        )
    if find_spec("authlib") is None:
        raise MissingExtraError(
            Message("A login needs Authlib. Install it: python -m pip install 'qualcode[login]'")
        )


def _is_this_machine(host: str | None) -> bool:
    return host in {"localhost", *HERE}


def refusal(
    client: str, headers: Sequence[tuple[bytes, bytes]], hosts: Sequence[str], how: Serving | None
) -> str:
    """Return why a request is refused; ``""`` if it is allowed.

    Args:
        client: The address that the request comes from.
        headers: Its headers, with names in lower case.
        hosts: The host names that are served.
        how: How others are served; None for this machine only.
    """
    # Checked first, so that a page of another site learns nothing but a refusal.
    if _host(headers) not in hosts:
        return "This name is not served here." if how else ONLY_HERE
    if how is None or not how.user_header:
        return ""
    if not how.believes(client):
        return "Requests are taken from the proxy only. Use the address that you were given."
    # Two headers of this name: one may come from the client, and nobody knows which.
    named = [value.strip() for name, value in headers if name == how.user_header.encode()]
    if len(named) != 1 or not named[0]:
        return "The proxy does not say who is signed in."
    return ""


def is_own_origin(headers: Sequence[tuple[bytes, bytes]], how: Serving | None) -> bool:
    """Tell whether a page of this app opens a connection: same host and same port.

    A program that is no browser names no origin.

    Args:
        headers: The headers of the request.
        how: How others are served; a proxy may leave the port out. None for this machine only.
    """
    named = {name: value.decode("latin-1").casefold() for name, value in headers}
    origin = named.get(b"origin")
    if origin is None:
        return True
    if how is not None:
        return urlsplit(origin).hostname == _host(headers)
    return urlsplit(origin).netloc == named.get(b"host", "")


def _host(headers: Sequence[tuple[bytes, bytes]]) -> str:
    values = [value.decode("latin-1").casefold() for name, value in headers if name == b"host"]
    if len(values) != 1 or any(mark in values[0] for mark in "@/?#\\"):
        return ""
    try:
        return urlsplit(f"//{values[0]}").hostname or ""
    except ValueError:
        return ""
