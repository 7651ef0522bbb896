"""Measures how the running program is built: reads of a report, and the path of a key press.

``house.py`` prints them beside their goals. Both are counted on the demo study, which is made
once in a temporary folder.
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import Engine, event

from qualcode.project import Project, QuoteFilter

ROOT = Path(__file__).resolve().parents[1]
CORE = ROOT / "src" / "qualcode"
APP = ROOT / "app"

CODERS = ("anna", "bram")
CLIENT = "benchmark"
QUEUE = "edit_queue.js"
REPORTS: dict[str, Callable[[Project], Any]] = {
    "agreement": lambda project: project.agreement.report(CODERS),
    "themes": lambda project: project.themes.report(CODERS[0]),
    "quotes": lambda project: project.quotes.report(QuoteFilter(layer=CODERS[0])),
    "disclosure": lambda project: project.disclosure.check(QuoteFilter(layer=CODERS[0])),
}


@dataclass(slots=True)
class Statements:
    """The statements that a database got.

    Attributes:
        transactions: Number of transactions that were begun.
        selects: Number of SELECT statements.
    """

    transactions: int = 0
    selects: int = 0


@contextmanager
def demo_project() -> Iterator[Path]:
    """Make the demo study in a temporary folder, and yield the path of its project."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", "from qualcode.cli import main; main()", "demo", folder]
        environment = {**os.environ, "PYTHONPATH": str(CORE.parent)}
        subprocess.run(
            command,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        yield Path(folder) / "study.qualcode"


@contextmanager
def count_statements() -> Iterator[Statements]:
    """Count the transactions and SELECT statements of all databases inside a block."""
    statements = Statements()

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.transactions += statement.startswith("BEGIN")
        statements.selects += statement.lstrip().upper().startswith("SELECT")

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def count_reads(path: Path) -> dict[str, Statements]:
    """Return the statements that the database gets for each report of a project.

    Args:
        path: The project's file.
    """
    counts = {}
    for name, report in REPORTS.items():
        # Opened for each report, because an open project keeps the transcripts that it read.
        with Project.open(path) as project, count_statements() as counts[name]:
            report(project)
    return counts


@dataclass(frozen=True, slots=True)
class KeyPress:
    """The path of a key press, from the message of the browser to the stored coding.

    Attributes:
        functions: The functions that were entered: file and qualified name, in order.
        reads: The statements that the database got.
    """

    functions: tuple[tuple[Path, str], ...]
    reads: Statements

    def files(self, *, models: bool = True) -> tuple[Path, ...]:
        """Return the files of the functions.

        Args:
            models: Whether to count those that only hold values (``model``).
        """
        files = dict.fromkeys(path for path, _ in self.functions)
        return tuple(path for path in files if models or "model" not in path.parts)


def trace_key_press(path: Path, *, with_round: bool = False) -> KeyPress:
    """Press the key of a code in the app without a browser, and return the path of the edit.

    The press before it is not counted: it opens the project.

    Args:
        path: The project's file; it gets two codings.
        with_round: Whether the coder has an open round, which the project then gets too.
    """
    import streamlit as st
    from qualcode.app.pages.coding import edit_sync
    from streamlit import logger

    from qualcode.app import server, session

    # Outside a run of a page, Streamlit warns of each look at the window's state.
    logger.set_log_level(logging.ERROR)
    server._launched.append(server.Launch(str(path), CODERS[0]))
    with Project.open(path, as_coder=CODERS[0]) as project:
        transcript = project.transcripts.collect()[0]
        code = project.codebook.get().codes[1].id
        if with_round:
            project.rounds.create("benchmark", coders=CODERS, transcripts=(transcript.name,))
        first = max(project.codings.latest_edits([CLIENT]).values(), default=0) + 1
        messages = [
            _message(project.info.key, number, transcript.name, transcript.sha256, code)
            for number in (first, first + 1)
        ]
    functions: dict[tuple[Path, str], None] = {}

    def enter(frame: FrameType, kind: str, _argument: Any) -> None:
        file = Path(frame.f_code.co_filename)
        if kind == "call" and (file.is_relative_to(CORE) or file.is_relative_to(APP)):
            functions[file.relative_to(ROOT), frame.f_code.co_qualname] = None

    # A page is on screen when somebody presses a key: what it has read is known.
    st.session_state[edit_sync.MOUNTED] = session.project().info.key
    session.project().transcripts.collect()
    edit_sync._take_message(messages[0])
    with count_statements() as reads:
        sys.setprofile(enter)
        try:
            edit_sync._take_message(messages[1])
        finally:
            sys.setprofile(None)
    if st.session_state.get("refused") or st.session_state.get("trouble"):
        raise RuntimeError("the app refused the edit")
    return KeyPress(tuple(functions), reads)


def _message(project: str, number: int, transcript: str, sha256: str, code: str) -> dict[str, Any]:
    """Return the message of a browser with the edit of one key press."""
    edit = {
        "number": number,
        "kind": "add",
        "transcript": transcript,
        "sha256": sha256[:12],
        "id": f"{number:032x}",
        "code": code,
        "start": number,
        "end": number + 3,
    }
    batch = {"client": CLIENT, "round": "", "edits": [edit]}
    return {"project": project, "coder": CODERS[0], "seen": "", "batches": [batch]}


def find_key_press_scripts() -> tuple[Path, ...]:
    """Return the JavaScript files on an import path from the making of an edit to its queue."""
    imports = {
        path.name: set(re.findall(r'from "\./(\w+\.js)"', path.read_text(encoding="utf-8")))
        for path in (APP / "components").glob("*.js")
    }

    def leads_to_queue(name: str) -> bool:
        return name == QUEUE or any(map(leads_to_queue, imports[name]))

    names, waiting = set[str](), ["coding_edits.js"]
    while waiting:
        name = waiting.pop()
        if name not in names and leads_to_queue(name):
            names.add(name)
            waiting += imports[name]
    return tuple(APP / "components" / name for name in sorted(names))
