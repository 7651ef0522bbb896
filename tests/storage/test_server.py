"""A server that is away, goes away, is started again or is not trusted: sentences, nothing lost."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url

from qualcode.errors import (
    LockedProjectError,
    ProjectError,
    UncertainChangeError,
    UnreachableServerError,
)
from qualcode.storage import Store, server
from qualcode.storage.engine import writing
from server_wire import Wire
from store_contents import Study, clock, file_of, first_codebook, interview, new_database


@pytest.fixture
def url(server: URL) -> str:
    """The address of a new project on the server itself."""
    address = new_database(server, "wire")
    with Store.create(address, name="Proef", now=clock()) as store:
        transcript = interview()
        store.add_transcript(transcript, file_of(transcript), "Anna")
        store.save_codebook(first_codebook(), "Anna", "the first one")
        store.add_coder("Anna", "Anna")
    return address


@pytest.fixture
def wire(url: str) -> Iterator[Wire]:
    line = Wire(make_url(url))
    yield line
    line.close()


@pytest.fixture
def far(url: str, wire: Wire) -> Iterator[Study]:
    """The project, over the wire."""
    address = make_url(url).set(port=wire.port, query={"sslmode": "disable"})
    with Store.open(address.render_as_string(hide_password=False)) as store:
        yield Study(store, interview())


class Clock:
    """A time that passes only where the program waits: the machine of a test may stand still.

    Args:
        at: What happens after so many seconds.
    """

    def __init__(self, at: tuple[float, Callable[[], None]] | None = None) -> None:
        self.seconds = 0.0
        self.at = at

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        if self.at and self.at[0] <= self.seconds:
            self.at[1]()


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """How long the program waited for the server."""
    clock = Clock()
    monkeypatch.setattr(server, "time", clock)
    return clock


def stored(url: str) -> list[str]:
    with Store.open(url) as store:
        return [coding.quote for coding in store.codings()]


def test_a_change_whose_answer_is_lost_is_there_once_and_told_as_saved(
    far: Study, wire: Wire, url: str
) -> None:
    wire.loses_answer = True
    far.code("vrienden")
    assert not wire.loses_answer, "the answer was lost"
    assert stored(url) == ["vrienden"]
    far.code("Elke week")
    assert stored(url) == ["vrienden", "Elke week"]


def test_a_change_that_does_not_arrive_is_told_as_not_saved(
    far: Study, wire: Wire, url: str
) -> None:
    wire.loses_commit = True
    with pytest.raises(UnreachableServerError, match="the last change was not"):
        far.code("vrienden")
    assert stored(url) == []
    far.code("vrienden")
    assert stored(url) == ["vrienden"]


def test_where_nobody_can_tell_that_is_said_and_nothing_is_done_twice(
    far: Study, wire: Wire, url: str, waiting: Clock
) -> None:
    wire.loses_answer = wire.goes_for_good = True
    with pytest.raises(UncertainChangeError, match="look whether the change is there"):
        far.code("vrienden")
    assert waiting.seconds >= server.PATIENCE_SECONDS
    assert stored(url) == ["vrienden"]


def test_a_server_that_is_away_is_a_sentence_and_work_goes_on_when_it_is_back(
    far: Study, wire: Wire, url: str, waiting: Clock
) -> None:
    far.code("vrienden")
    wire.cut()
    for act in (far.store.codings, lambda: far.code("Elke week")):
        with pytest.raises(UnreachableServerError, match="does not answer") as refused:
            act()
        assert "secret" not in str(refused.value)
    assert waiting.seconds == server.PATIENCE_SECONDS, "only the first waits"
    wire.whole = True
    far.code("Elke week")
    assert stored(url) == ["vrienden", "Elke week"]


def test_who_was_told_that_a_server_is_away_does_not_wait_again(
    far: Study, wire: Wire, waiting: Clock
) -> None:
    """A page looks every second: it would wait, and be asked again, before it says anything."""
    far.code("vrienden")
    wire.cut()
    waited = []
    for _ in range(3):
        before = waiting.seconds
        with pytest.raises(UnreachableServerError):
            far.store.codings()
        waited.append(waiting.seconds - before)
    assert waited[0] >= server.PATIENCE_SECONDS
    assert waited[1:] == [0.0, 0.0]
    wire.whole = True
    assert far.store.codings()


def test_a_server_that_is_back_within_seconds_is_not_noticed(
    far: Study, wire: Wire, url: str, waiting: Clock
) -> None:
    wire.cut()
    waiting.at = (server.PATIENCE_SECONDS - 0.5, lambda: setattr(wire, "whole", True))
    far.code("vrienden")
    assert waiting.seconds > 2.0
    assert stored(url) == ["vrienden"]


def test_a_report_on_a_line_that_breaks_is_a_sentence(far: Study, wire: Wire) -> None:
    def read() -> None:
        with far.store.snapshot():
            far.store.codings()
            wire.cut()
            far.store.transcripts()

    with pytest.raises(UnreachableServerError, match="does not answer"):
        read()


def test_a_line_that_the_server_ended_is_made_again(far: Study, url: str) -> None:
    """As after a restart: the lines of the pool are dead."""
    far.code("vrienden")
    engine = create_engine(make_url(url).set(drivername="postgresql+pg8000"))
    with engine.connect() as connection:
        ended = connection.scalar(
            text(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()
    assert ended
    far.code("Elke week")
    assert stored(url) == ["vrienden", "Elke week"]


def test_a_change_waits_for_another_and_then_says_that_it_is_locked(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(server._SESSION, "lock_timeout", "300ms")
    with Store.open(url) as store, Store.open(url) as other, writing(other._engine):
        began = time.monotonic()
        with pytest.raises(LockedProjectError, match="the project was not changed"):
            store.add_coder("Ben")
        assert time.monotonic() - began < server.LOCK_SECONDS


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("sslmode=always", "no sslmode 'always'"),
        ("sslmod=require", "'sslmod', which is not known"),
        ("ssl_context=x", "'ssl_context', which is not known"),
        ("sslmode=verify-full&sslrootcert=not_there.pem", "'not_there.pem' cannot be read"),
    ],
)
def test_a_mistyped_protection_is_refused_and_not_left_out(url: str, query: str, told: str) -> None:
    with pytest.raises(ProjectError, match=told):
        Store.open(f"{url}?{query}")


def encrypted(address: str) -> bool:
    with Store.open(address) as store, store._read() as connection:
        query = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        return bool(connection.scalar(text(query)))


@pytest.fixture
def certificate(url: str, tmp_path: Path) -> Path:
    """The certificate of the server, or a skip where it has none."""
    engine = create_engine(make_url(url).set(drivername="postgresql+pg8000"))
    with engine.connect() as connection:
        if connection.scalar(text("SHOW ssl")) != "on":
            pytest.skip("the server of the tests has no certificate: openssl is not installed")
        path = tmp_path / "server.pem"
        path.write_text(str(connection.scalar(text("SELECT pg_read_file('server.crt')"))))
    engine.dispose()
    return path


def test_encryption_can_be_demanded_and_the_server_verified(url: str, certificate: Path) -> None:
    assert encrypted(f"{url}?sslmode=require")
    for mode in ("verify-ca", "verify-full"):
        assert encrypted(f"{url}?sslmode={mode}&sslrootcert={certificate}")
        with pytest.raises(ProjectError, match=r"is not trusted: self.signed certificate"):
            Store.open(f"{url}?sslmode={mode}")
    assert not encrypted(f"{url}?sslmode=disable")


def test_the_name_of_the_server_is_verified_where_asked(
    url: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_up = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda _, *rest, **more: look_up("127.0.0.1", *rest, **more)
    )
    other = make_url(url).set(host="db.institute.example")
    address = other.render_as_string(hide_password=False)
    assert encrypted(address), "another machine is never spoken to in plain text by itself"
    assert encrypted(f"{address}?sslmode=verify-ca&sslrootcert={certificate}")
    with pytest.raises(ProjectError, match=r"is not trusted: .*match"):
        Store.open(f"{address}?sslmode=verify-full&sslrootcert={certificate}")


def test_a_server_without_encryption_is_refused_where_it_is_demanded() -> None:
    """A stand-in answers as a server does that has no certificate."""

    def refuse(listener: socket.socket) -> None:
        line, _ = listener.accept()
        with line:
            line.recv(8)
            line.sendall(b"N")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=refuse, args=(listener,), daemon=True).start()
        port = listener.getsockname()[1]
        with pytest.raises(ProjectError, match="offers no encrypted connection"):
            Store.open(f"postgresql://anna@127.0.0.1:{port}/study?sslmode=require")
