"""A study in miniature to store, and functions that make its values."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from qualcode.model import (
    Code,
    Codebook,
    Coding,
    Original,
    Role,
    Span,
    Speaker,
    Transcript,
    Turn,
)
from qualcode.storage import Store

TEXT = (
    "I: Hoe begon het?\n"
    "R: Op een feest 😀, met vrienden uit het café\u0301.\n"
    "I: En nu?\n"
    "R: Elke week."
)
TURNS = ((3, 17), (21, 64), (68, 74), (78, 88))


@dataclass(frozen=True)
class Study:
    """A store with transcript G01, codebook version 1, and the coders Anna and Ben."""

    store: Store
    transcript: Transcript

    def passage(
        self, words: str, code: str = "invloeden/aanbod", coder: str = "Anna", **more: object
    ) -> Coding:
        """Return a coding of the first place where these words stand."""
        start = self.transcript.text.index(words)
        span = Span(start, start + len(words))
        whole = {"id": "", "transcript": self.transcript.name, "span": span, "quote": words}
        return Coding(**(whole | {"code": code, "coder": coder} | more))  # type: ignore[arg-type]

    def code(
        self, words: str, code: str = "invloeden/aanbod", coder: str = "Anna", **more: object
    ) -> Coding:
        """Store a coding of these words by its coder, and return it."""
        (stored,) = self.store.add_codings([self.passage(words, code, coder, **more)], coder)
        return stored


def interview(name: str = "G01", words: str = TEXT) -> Transcript:
    """Return a transcript; with the usual text it has four turns."""
    spans = TURNS if words == TEXT else ()
    turns = tuple(
        Turn(number, "IR"[number % 2 == 0], Span(*span), number * 1000)
        for number, span in enumerate(spans, 1)
    )
    people = (Speaker("I", Role.INTERVIEWER), Speaker("R", Role.RESPONDENT))
    return Transcript(name, words, people, turns, source_file=f"{name}.txt")


def file_of(transcript: Transcript) -> Original:
    """Return the file that a transcript could have come from."""
    return Original(transcript.source_file, transcript.text.encode())


def first_codebook() -> Codebook:
    """Return a codebook of two themes with three codes."""
    paths = ("invloeden", "invloeden/aanbod", "invloeden/vrienden", "motieven", "motieven/plezier")
    return Codebook("drugs", tuple(Code(path) for path in paths))


def clock() -> Callable[[], datetime]:
    """Return a clock that goes on by one second each time it is read."""
    ticks = count()
    start = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    return lambda: start + timedelta(seconds=next(ticks))


def new_database(server: URL, kind: str) -> str:
    """Make an empty database of this test process's own, and return its URL."""
    name = f"qualcode_{kind}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    engine.dispose()
    plain = server.set(drivername="postgresql", database=name)
    return plain.render_as_string(hide_password=False)
