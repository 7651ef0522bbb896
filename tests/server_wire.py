"""A line to a PostgreSQL server that a test can cut."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

from sqlalchemy.engine import URL


class Wire:
    """A line to the server that a test can cut: at once, or around the end of a change."""

    def __init__(self, to: URL) -> None:
        self._to = (str(to.host), int(to.port or 5432))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._ends: list[socket.socket] = []
        self.whole = True
        self.loses_commit = self.loses_answer = self.goes_for_good = False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End every connection, and let none through."""
        self.whole = False
        self._end_all()

    def _end_all(self) -> None:
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._ends.clear()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if not self.whole:
                    near.close()
                    continue
                far = socket.create_connection(self._to)
                self._ends += [near, far]
                threading.Thread(target=self._carry_asked, args=(near, far), daemon=True).start()
                threading.Thread(target=self._carry, args=(far, near), daemon=True).start()

    def _carry_asked(self, near: socket.socket, far: socket.socket) -> None:
        ends_change = False
        with suppress(OSError):
            # A connection that was being made at the cut is ended when it is used.
            while (data := near.recv(65_536)) and self.whole:
                # The driver sends the words first; they are executed by a later message.
                executes = ends_change and b"E\0\0\0\x09\0" in data
                if executes and self.loses_commit:
                    self.loses_commit = False
                    self._end_all()
                    break
                if executes and self.loses_answer:
                    self.loses_answer = False
                    self.whole = not self.goes_for_good
                    # The other thread must not hand the answer on.
                    near.shutdown(socket.SHUT_RDWR)
                    far.sendall(data)
                    break
                ends_change = b"commit\0" in data or (ends_change and not executes)
                far.sendall(data)
        self._finish(near, far)

    def _carry(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while data := far.recv(65_536):
                near.sendall(data)
        self._finish(far, near)

    @staticmethod
    def _finish(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)
        source.close()

    def close(self) -> None:
        self.cut()
        self._listener.close()
