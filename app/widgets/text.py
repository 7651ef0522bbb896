"""Texts of a page: Markdown left as it is, headings, names of roles, names that differ."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.model import Role

from ..i18n import Speaker


def role_names(_: Speaker) -> dict[Role, str]:
    """Return what each role of a speaker is called."""
    return {
        Role.INTERVIEWER: _("Interviewer"),
        Role.RESPONDENT: _("Respondent"),
        Role.OTHER: _("Other"),
    }


def escape_markdown(text: str) -> str:
    """Return a text that Markdown leaves as it is."""
    marked = "".join(f"\\{c}" if c in "\\`*_[]{}<>#$~:|" else c for c in text)
    return marked.replace("\n", "  \n")


def show_heading(text: str) -> None:
    """Show the title of a part of the page."""
    st.markdown(f"**{text}**")


def distinct_names(names: Sequence[str]) -> list[str]:
    """Return names that differ: two codes of different themes may be called the same."""
    counts: dict[str, int] = {}
    unique_names = []
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        unique_names.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return unique_names
