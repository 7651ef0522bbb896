"""Small choices that several pages offer: a round of two coders, the next of a queue."""

from __future__ import annotations

from collections.abc import Callable

import session
import streamlit as st


def a_round(coders: tuple[str, str], key: str) -> str:
    """Let the reader choose a round of these coders; ``""`` for all codings, or without rounds."""
    _ = session.words()
    rounds = session.project().rounds.collect()
    names = [one.name for one in rounds if not one.coders or {*coders} <= {*one.coders}]
    if not names:
        return ""
    chosen = st.selectbox(
        _("Round"),
        ["", *names],
        format_func=lambda name: name or _("All codings"),
        width=240,
        key=key,
    )
    return str(chosen or "")


def steps(place: int, count: int, key: str, go: Callable[[int], None]) -> None:
    """Show the place in a queue, with a button and key to the one before and after."""
    _ = session.words()
    st.button(
        "‹",
        key=f"{key}-back",
        disabled=place == 0,
        shortcut="K",
        help=_("Previous"),
        on_click=go,
        args=(place - 1,),
    )
    st.markdown(f"**{_.number(place + 1)} / {_.number(count)}**", width="content")
    st.button(
        "›",
        key=f"{key}-next",
        disabled=place >= count - 1,
        shortcut="J",
        help=_("Next"),
        on_click=go,
        args=(place + 1,),
    )
