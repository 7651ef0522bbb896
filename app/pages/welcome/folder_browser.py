"""A look into the folders of this machine, to choose a folder or a project in it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qualcode.project import list_projects

from ... import session
from ...widgets.text import escape_markdown

MOST = 200
"""Entries of one folder that are shown, at most."""


def current_folder(key: str) -> Path:
    """Return the folder that is shown; the home folder at first."""
    folder = Path(st.session_state.get(f"{key}-folder") or Path.home())
    # It may have been removed since.
    return folder if folder.is_dir() else Path.home()


def _entries(folder: Path, *, files: bool) -> tuple[list[Path], list[Path]]:
    """Return the folders and the projects in a folder, without hidden ones."""
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name.casefold())
    except OSError:
        return [], []
    visible_paths = [path for path in entries if not path.name.startswith(".")]
    folders = [path for path in visible_paths if _is_folder(path)]
    projects = list_projects(folder) if files else ()
    return folders[:MOST], [*projects][:MOST]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    # A network folder that is gone, or one that may not be read.
    except OSError:
        return False


def _go(key: str, folder: Path) -> None:
    st.session_state[f"{key}-folder"] = str(folder)


def show_folders(key: str, *, files: bool) -> Path | None:
    """Show the folders here, to walk through; return the project that was clicked.

    Args:
        key: Key of the browser on the page.
        files: Whether to show projects too.
    """
    _ = session.words()
    folder = current_folder(key)
    st.caption(escape_markdown(str(folder)))
    folders, projects = _entries(folder, files=files)
    chosen = None
    with st.container(height=240, border=True, gap="xsmall", key=f"{key}-list"):
        if folder.parent != folder:
            st.button(
                _("One folder up"),
                key=f"{key}-up",
                icon=":material/arrow_upward:",
                type="tertiary",
                on_click=_go,
                args=(key, folder.parent),
            )
        for project in projects:
            if st.button(
                f"**{escape_markdown(project.stem)}**",
                key=f"{key}-{project.name}",
                icon=":material/description:",
                type="tertiary",
            ):
                chosen = project
        for inner in folders:
            st.button(
                escape_markdown(inner.name),
                key=f"{key}-{inner.name}/",
                icon=":material/folder:",
                type="tertiary",
                on_click=_go,
                args=(key, inner),
            )
        if not folders and not projects:
            st.caption(_("There is nothing to choose in this folder."))
    return chosen
