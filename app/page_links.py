"""Links from one page to another, by the name in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

import streamlit as st
from streamlit.navigation.page import StreamlitPage


def register_pages(pages: Mapping[str, StreamlitPage]) -> None:
    """Store the pages of this window, so that :func:`open_page` can find them."""
    # Streamlit switches to the page objects of the current run only.
    st.session_state["pages"] = dict(pages)


def open_page(name: str) -> NoReturn:
    """Go to another page."""
    st.switch_page(st.session_state["pages"][name])


def show_link(name: str) -> None:
    """Show a link to another page, under its title."""
    st.page_link(st.session_state["pages"][name], width="content")


def open_passage(name: str, start: int, end: int) -> None:
    """Go to a passage on the coding page."""
    focus_passage(name, start, end)
    open_page("coding")


def focus_passage(name: str, start: int, end: int) -> None:
    """Choose the passage that the coding page shows when it is drawn next."""
    # A count, so that going to the same passage twice scrolls twice.
    count = int(st.session_state.get("jumps", 0)) + 1
    st.session_state["jumps"] = count
    st.session_state["transcript"] = name
    st.session_state["focus"] = {"start": start, "end": end, "key": str(count)}
