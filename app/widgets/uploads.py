"""Dropped files: each is taken once, stored on disk for reading, and its problems are kept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import streamlit as st

from qualcode.errors import Problem

from .. import session
from . import problems as problem_list


def new_file(label: str, suffixes: Sequence[str], name: str) -> Any:
    """Return a file that was just dropped, once; otherwise None.

    Args:
        label: Label of the drop zone.
        suffixes: Allowed suffixes, without the dot.
        name: Name of this drop zone, unique on the page.
    """
    file = waiting_file(label, suffixes, name)
    if file is not None:
        take_file(file, name)
    return file


def waiting_file(label: str, suffixes: Sequence[str], name: str) -> Any:
    """Return a file that was dropped, at every run until :func:`take_file`; otherwise None.

    Args:
        label: Label of the drop zone.
        suffixes: Allowed suffixes, without the dot.
        name: Name of this drop zone, unique on the page.
    """
    file = st.file_uploader(label, type=list(suffixes), max_upload_size=20, key=f"file-{name}")
    # The field keeps its file at every run; without this it would be imported again.
    if file is None or st.session_state.get(f"taken-{name}") == file.file_id:
        return None
    return file


def take_file(file: Any, name: str) -> None:
    """Remember that a dropped file needs no more attention."""
    st.session_state[f"taken-{name}"] = file.file_id


@contextmanager
def on_disk(file: Any) -> Iterator[Path]:
    """Store a dropped file in a temporary folder while it is read."""
    with tempfile.TemporaryDirectory() as folder:
        # Only the last part of the name: a browser could send a path that leads elsewhere.
        path = Path(folder) / Path(file.name).name
        path.write_bytes(file.getvalue())
        yield path


def keep_problems(name: str, problems: Iterable[Problem]) -> None:
    """Keep the problems of a file, to show them after the page is drawn again."""
    st.session_state[f"problems-{name}"] = tuple(problems)


def show_problems(name: str) -> None:
    """Show the problems of the latest file."""
    problem_list.show_problems(st.session_state.get(f"problems-{name}", ()), session.words())
