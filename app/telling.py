"""Values of the project in words: roles, problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from importlib.util import find_spec
from typing import Any

import streamlit as st

from qualcode.errors import Problem
from qualcode.frontend import Speaker
from qualcode.model import Role
from qualcode.project import chart_file


def roles(_: Speaker) -> dict[Role, str]:
    """Return what each role of a speaker is called."""
    return {
        Role.INTERVIEWER: _("Interviewer"),
        Role.RESPONDENT: _("Respondent"),
        Role.OTHER: _("Other"),
    }


def problems(found: Iterable[Problem], _: Speaker) -> None:
    """Show what was odd in data: folded away, because none of it lost anything."""
    listed = tuple(found)
    if not listed:
        return
    label = _.many("{count} thing to look at", "{count} things to look at", len(listed))
    with st.expander(label, icon=":material/info:"):
        for one in listed[:100]:
            where, message, hint = map(_.sentence, (one.where, one.message, one.hint))
            st.markdown(f"- **{plain(where)}**: {plain(f'{message} {hint}')}")


def plain(text: str) -> str:
    """Return a text that Markdown leaves as it is."""
    marked = "".join(f"\\{c}" if c in "\\`*_[]{}<>#$~:|" else c for c in text)
    return marked.replace("\n", "  \n")


def title(text: str) -> None:
    """Show the title of a part of the page."""
    st.markdown(f"**{text}**")


def distinct(names: Sequence[str]) -> list[str]:
    """Return names that differ: two codes of different themes may be called the same."""
    seen: dict[str, int] = {}
    made = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return made


def chart(drawn: Any, name: str, alt: str = "") -> None:
    """Show a chart on the white ground it was drawn for, as in print, with its files beside it.

    Args:
        drawn: From one of the project's ``draw_`` verbs.
        name: What the files are called.
        alt: What it shows, for who cannot see it.
    """
    made = drawn.properties(autosize="pad", background="#ffffff")
    st.altair_chart(made, width="content", theme=None, alt=alt or None)
    if not _draws_files():
        return
    with st.container(horizontal=True):
        for kind in ("svg", "png"):
            st.download_button(
                kind.upper(),
                data=partial(chart_file, drawn, kind),
                file_name=f"{name}.{kind}",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                key=f"{name}-as-{kind}",
            )


def _draws_files() -> bool:
    """Tell whether what makes files of charts is installed: it is an extra."""
    return find_spec("vl_convert") is not None
