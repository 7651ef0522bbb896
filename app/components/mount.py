"""The JavaScript components: their files, and how a page mounts them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from .. import wire

Callback = Callable[[], None]

NAMES = ("coder", "tree", "figure", "matrix")
"""The components: each has a script and a style sheet of its name in this folder."""


@cache
def _component(name: str) -> Any:
    return st.components.v2.component(
        f"qualcode.{name}", js=f"{name}.js", css=f"{name}.css", isolate_styles=False
    )


def register_components() -> None:
    """Give the running server the folder of the components.

    Streamlit itself searches only inside installed packages. In a checkout, this folder is outside
    the package.
    """
    # Asked at each mount: a test runs several servers in one process, each with a manager.
    manager = get_bidi_component_manager()
    if manager.get_component_path(f"qualcode.{NAMES[0]}") is None:
        folder = Path(__file__).parent
        components = [ComponentConfig(name, folder.name) for name in NAMES]
        manager.register_from_manifest(
            ComponentManifest("qualcode", "0", components), folder.parent
        )


def _mount(name: str, key: str, data: Any, callbacks: dict[str, Callback]) -> Any:
    register_components()
    return _component(name)(key=key, data=data, **callbacks)


def mount_coder(key: str, data: wire.CoderMount, **callbacks: Callback) -> Any:
    """Mount the coding screen or its channel of edits; ``data`` says which."""
    return _mount("coder", key, data, callbacks)


def mount_tree(key: str, data: wire.TreeMount, **callbacks: Callback) -> Any:
    """Mount the tree of the codebook."""
    return _mount("tree", key, data, callbacks)


def mount_figure(key: str, data: wire.FigureMount, **callbacks: Callback) -> Any:
    """Mount a figure whose marks can be clicked."""
    return _mount("figure", key, data, callbacks)


def mount_matrix(key: str, data: wire.MatrixMount, **callbacks: Callback) -> Any:
    """Mount a matrix of codes against something else."""
    return _mount("matrix", key, data, callbacks)
