"""Buttons that make a document when they are clicked."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from ...widgets.downloads import of_now


def show_downloads(
    name: str, write: Callable[[Path], object], suffixes: Sequence[str] = ("docx", "html", "md")
) -> None:
    """Show a button per format.

    Args:
        name: Name of the file without suffix; it also tells the buttons apart.
        write: Writes the document to a path.
        suffixes: The formats.
    """
    with st.container(horizontal=True):
        for suffix in suffixes:
            st.download_button(
                suffix,
                data=of_now(partial(_bytes, write, f"{name}.{suffix}")),
                file_name=f"{name}.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                key=f"publish-{name}-{suffix}",
            )


def _bytes(write: Callable[[Path], object], name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()
