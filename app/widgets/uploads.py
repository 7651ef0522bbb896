"""Files that are dropped on a page: each taken once, put on disk to be read, its problems kept."""

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
    """Return a file that was dropped just now, one time; None else.

    Args:
        label: What the reader is asked for.
        suffixes: What it may end in, without the dot.
        name: Name of this place on the page.
    """
    file = st.file_uploader(label, type=list(suffixes), max_upload_size=20, key=f"file-{name}")
    taken_key = f"taken-{name}"
    if file is None or st.session_state.get(taken_key) == file.file_id:
        return None
    st.session_state[taken_key] = file.file_id
    return file


@contextmanager
def on_disk(file: Any) -> Iterator[Path]:
    """Put a dropped file in a folder of its own for as long as it is read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(file.name).name
        path.write_bytes(file.getvalue())
        yield path


def keep_problems(name: str, problems: Iterable[Problem]) -> None:
    """Keep what was odd in a file, to be shown after the page is drawn again."""
    st.session_state[f"problems-{name}"] = tuple(problems)


def show_problems(name: str) -> None:
    """Show what was odd in the file that came last."""
    problem_list.show_problems(st.session_state.get(f"problems-{name}", ()), session.words())
