"""The components of the app on a page: which files they are and how they are mounted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from qualcode.frontend import wire

Callback = Callable[[], None]


@cache
def _component(name: str) -> Any:
    import streamlit as st

    return st.components.v2.component(
        f"qualcode.{name}", js=f"{name}.js", css=f"{name}.css", isolate_styles=False
    )


def mount_coder(key: str, data: wire.CoderMount, **callbacks: Callback) -> Any:
    """Mount the coding screen, or its channel of edits, by what ``data`` says it is."""
    return _component("coder")(key=key, data=data, **callbacks)


def mount_tree(key: str, data: wire.TreeMount, **callbacks: Callback) -> Any:
    """Mount the tree of the codebook."""
    return _component("tree")(key=key, data=data, **callbacks)
