"""Text on a page: escaping, headings, and labels."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.model import Role
from qualcode.translation import Translator


def role_names(_: Translator) -> dict[Role, str]:
    """Return the label of each speaker role."""
    return {
        Role.INTERVIEWER: _("Interviewer"),
        Role.RESPONDENT: _("Respondent"),
        Role.OTHER: _("Other"),
    }


def escape_markdown(text: str) -> str:
    """Return a text that Markdown shows unchanged."""
    # Interviews and names may hold any sign; as Markdown they could also load a picture.
    marked = "".join(f"\\{c}" if c in "\\`*_[]{}<>#$~:|" else c for c in text)
    # Two spaces make Markdown keep the line break.
    return marked.replace("\n", "  \n")


def show_heading(text: str) -> None:
    """Show the heading of a part of the page, below its title: screen readers jump to it."""
    st.markdown(f"## {text}")


def distinct_names(names: Sequence[str]) -> list[str]:
    """Return names that differ: two codes of different themes may have the same label."""
    counts: dict[str, int] = {}
    unique_names = []
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        unique_names.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return unique_names
