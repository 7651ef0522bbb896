"""The steps through a queue: previous and next."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from .. import session


def queue_steps(place: int, count: int, key: str, go: Callable[[int], None]) -> None:
    """Show the place in a queue, with buttons and keys to the previous and next item."""
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
