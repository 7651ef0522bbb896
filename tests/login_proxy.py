"""A reverse proxy that signs everybody in as one person, as that of an institute would."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

HEAD = b"\r\n\r\n"


@contextmanager
def proxied(port: int, user: str, header: str = "X-Remote-User") -> Iterator[int]:
    """Pass requests on to a port, each with the header that names the user; give the own port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(
            target=_listen, args=(listening, port, f"{header}: {user}".encode()), daemon=True
        ).start()
        yield int(listening.getsockname()[1])


def _listen(listening: socket.socket, port: int, named: bytes) -> None:
    with suppress(OSError):
        while True:
            taken, _ = listening.accept()
            threading.Thread(target=_serve, args=(taken, port, named), daemon=True).start()


def _serve(taken: socket.socket, port: int, named: bytes) -> None:
    with suppress(OSError), taken, socket.create_connection(("127.0.0.1", port)) as asked:
        received = b""
        while HEAD not in received:
            more = taken.recv(65536)
            if not more:
                return
            received += more
        head, _, rest = received.partition(HEAD)
        asked.sendall(_named(head, named) + HEAD + rest)
        back = threading.Thread(target=_pump, args=(asked, taken), daemon=True)
        back.start()
        _pump(taken, asked)
        back.join()


def _named(head: bytes, named: bytes) -> bytes:
    """Name the user, whatever the browser said; one request a connection, but for sockets."""
    name = named.partition(b":")[0].lower() + b":"
    first, *lines = head.split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith(name)]
    if not any(line.lower().startswith(b"upgrade:") for line in kept):
        kept = [line for line in kept if not line.lower().startswith(b"connection:")]
        kept.append(b"Connection: close")
    return b"\r\n".join([first, *kept, named])


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
