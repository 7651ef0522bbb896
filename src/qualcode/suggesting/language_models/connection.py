"""HTTP to a server on this machine, and to nothing else."""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from qualcode.errors import InvalidValueError, ModelServerError
from qualcode.messages import Message

PATIENCE = 300.0
"""Seconds that a server may take for one answer: a large model without a graphics card is slow."""
_TO_CONNECT = 5.0
_LOOK = 0.2
"""Seconds between two looks whether somebody pressed Stop."""
_MOST_BYTES = 4_000_000
"""More than any answer that was asked for; a server that sends more is none of a model."""

Check = Callable[[], None]
"""Is called while the program waits; what it raises ends the waiting."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is: the name it was given, and what it stands for at this moment."""

    host: str
    ips: tuple[str, ...]
    port: int
    prefix: str


def find_address(url: str) -> Address:
    """Return the address of a server on this machine.

    Raises:
        InvalidValueError: the address is none of http, or of another machine.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port or 80
    except ValueError as error:
        raise _no_address(url) from error
    is_plain = not (parts.username or parts.query) and parts.path.isascii()
    if parts.scheme != "http" or not parts.hostname or not is_plain:
        raise _no_address(url)
    try:
        listed = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InvalidValueError(
            Message("'{host}' is no name of this machine.", host=parts.hostname)
        ) from error
    ips = list(dict.fromkeys(str(row[4][0]) for row in listed))
    # One foreign address among several would be tried whenever the others do not answer.
    foreign_ips = [ip for ip in ips if not _is_loopback(ip)]
    if foreign_ips or not ips:
        raise InvalidValueError(
            Message(
                "'{host}' ({ip}) is another machine. What respondents said may not leave this "
                "one: give an address of this machine, such as http://127.0.0.1:11434.",
                host=parts.hostname,
                ip=", ".join(foreign_ips),
            )
        )
    prefix = parts.path.rstrip("/").removesuffix("/v1")
    return Address(parts.hostname, tuple(ips), port, prefix)


def _connect(address: Address) -> socket.socket:
    # "localhost" is ::1 first on most machines, where many servers listen at 127.0.0.1 alone.
    for ip in address.ips[:-1]:
        with suppress(OSError):
            return socket.create_connection((ip, address.port), _TO_CONNECT)
    return socket.create_connection((address.ips[-1], address.port), _TO_CONNECT)


def _is_loopback(ip: str) -> bool:
    # "%" is the zone of an address of the local network
    address = ipaddress.ip_address(ip.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _no_address(url: str) -> InvalidValueError:
    return InvalidValueError(
        Message(
            "'{url}' is not the address of a server on this machine. It looks like "
            "http://127.0.0.1:11434.",
            url=url,
        )
    )


class Connection:
    """Asks one server; redirections and the proxies of the system are not followed.

    Args:
        url: Address of the server.
        check: Is called while the program waits.
        patience: Seconds that an answer may take.
    """

    def __init__(self, url: str, check: Check = lambda: None, patience: float = PATIENCE) -> None:
        find_address(url)
        self._url, self._check, self._patience = url, check, patience

    def get(self, path: str) -> Any:
        """Return the JSON at a path; None where the server has none there.

        Raises:
            ModelServerError: there is no server, or its answer cannot be read.
        """
        status, data = self._exchange("GET", path, None)
        return None if status == http.client.NOT_FOUND else self._read(status, data)

    def post(self, path: str, value: Any) -> Any:
        """Return the JSON that answers a JSON value; None where the server has nothing there.

        Raises:
            ModelServerError: there is no server, or its answer cannot be read.
        """
        body = json.dumps(value).encode("ascii")
        status, data = self._exchange("POST", path, body)
        return None if status == http.client.NOT_FOUND else self._read(status, data)

    def _exchange(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        # Resolved for each exchange, and connected to the number: a name may change its meaning.
        address = find_address(self._url)
        host = f"[{address.host}]" if ":" in address.host else address.host
        headers = {"Host": f"{host}:{address.port}", "Connection": "close"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection(address.ips[-1], address.port, timeout=_TO_CONNECT)
        try:
            connection.sock = _connect(address)
            connection.request(method, address.prefix + path, body, headers)
            return self._wait(connection)
        except TimeoutError as error:
            raise self._silent() from error
        except (OSError, http.client.HTTPException) as error:
            raise ModelServerError(
                Message(
                    "No server of language models answers at {url} ({reason}). Start it first.",
                    url=self._url,
                    reason=type(error).__name__,
                )
            ) from error
        finally:
            # A server ends its work for somebody who is gone.
            connection.close()

    def _wait(self, connection: http.client.HTTPConnection) -> tuple[int, bytes]:
        deadline = time.monotonic() + self._patience
        self._await_bytes(connection.sock, deadline)
        connection.sock.settimeout(max(deadline - time.monotonic(), _LOOK))
        response = connection.getresponse()
        data = bytearray()
        while part := response.read1(65536):
            self._check()
            data += part
            if len(data) > _MOST_BYTES:
                raise ModelServerError(
                    Message("The server at {url} sends more than an answer.", url=self._url)
                )
            # Else a server that sends a byte now and then would never be given up.
            if time.monotonic() > deadline:
                raise self._silent()
        return response.status, bytes(data)

    def _await_bytes(self, sock: socket.socket, deadline: float) -> None:
        """Wait until the answer begins, and look now and then whether to go on."""
        while True:
            self._check()
            sock.settimeout(_LOOK)
            try:
                sock.recv(1, socket.MSG_PEEK)
            except TimeoutError:
                if time.monotonic() > deadline:
                    raise
            else:
                return

    def _silent(self) -> ModelServerError:
        return ModelServerError(
            Message(
                "The server at {url} gave no answer within {seconds} seconds. What was answered "
                "before that is kept.",
                url=self._url,
                seconds=round(self._patience),
            )
        )

    def _read(self, status: int, data: bytes) -> Any:
        if 300 <= status < 400:
            raise ModelServerError(
                Message(
                    "The server at {url} refers to another address, which is not followed.",
                    url=self._url,
                )
            )
        if status != http.client.OK:
            raise ModelServerError(
                Message(
                    "The server at {url} refuses the question (status {status}).",
                    url=self._url,
                    status=status,
                )
            )
        try:
            return json.loads(data)
        # Brackets nested deep enough exhaust the recursion of the parser.
        except (ValueError, RecursionError) as error:
            raise ModelServerError(
                Message("The server at {url} does not answer with JSON.", url=self._url)
            ) from error
