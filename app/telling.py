"""Values of the project in words: roles, problems, events."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import partial
from importlib.util import find_spec
from typing import Any

import session
import streamlit as st

from qualcode.errors import Problem
from qualcode.frontend import Speaker
from qualcode.model import Event, Role


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
                data=partial(session.project().picture, drawn, kind),
                file_name=f"{name}.{kind}",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                key=f"{name}-as-{kind}",
            )


def _draws_files() -> bool:
    """Tell whether what makes files of charts is installed: it is an extra."""
    return find_spec("vl_convert") is not None


def event(one: Event, _: Speaker) -> str:
    """Return one change of the project in words."""
    names = {
        "project.create": _("Project made"),
        "transcript.add": _("Interview imported"),
        "transcript.remove": _("Interview removed"),
        "roles.set": _("Speakers confirmed"),
        "segments.replace": _("Interview cut into units"),
        "case.put": _("Respondent saved"),
        "guide.put": _("Topic guide imported"),
        "coder.add": _("Coder added"),
        "round.put": _("Round changed"),
        "codebook.change": _("Codebook changed"),
        "coding.add": _("Coded"),
        "coding.withdraw": _("Coding removed"),
        "memo.add": _("Memo written"),
        "memo.withdraw": _("Memo removed"),
        "decision.add": _("Disagreement settled"),
        "chosen.set": _("Quote chosen"),
        "excerpt.set": _("Quote shortened"),
        "setting.set": _("Setting changed"),
        "undo": _("Undone"),
        "redo": _("Done again"),
    }
    what = names.get(one.action, one.action)
    about = _about(one)
    return f"{what}: {about}" if about else what


def _about(one: Event) -> str:
    kind = one.action.partition(".")[0]
    if kind in {"coding", "memo", "codebook", "transcript"}:
        state = json.loads(one.after or one.before or "{}")
        if not isinstance(state, dict):
            return ""
        parts = [state.get(key) for key in ("code", "quote", "text", "note", "name", "transcript")]
        return " · ".join(str(part)[:60] for part in parts if part)
    return one.target if kind in {"case", "coder", "round", "guide", "roles"} else ""
