"""The bar on top of every page: the pages in their groups, and who is coding in this window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from . import auth, colleagues, session
from .widgets.coder_select import coder_buttons, coder_color, new_coder_field
from .widgets.text import escape_markdown


def show_bar(groups: Mapping[str, Sequence[StreamlitPage]], here: str) -> None:
    """Draw the bar: a label and its links for each group, the coder at the end."""
    with st.container(key="bar", horizontal=True, vertical_alignment="bottom", gap="small"):
        for number, (label, pages) in enumerate(groups.items()):
            with st.container(key=f"pages-{number}", gap=None, width="content"):
                st.caption(label)
                with st.container(horizontal=True, gap=None, width="content"):
                    for page in pages:
                        st.page_link(page, width="content")
        if session.has_project():
            with st.container(key="bar-coder", width="content"):
                _show_coder()
                colleagues.show(here)


def _show_coder() -> None:
    _ = session.words()
    name = session.coder()
    st.html(f"<style>{_badge_style(name)}</style>")
    if auth.serving():
        st.markdown(escape_markdown(name), width="content")
        auth.sign_out_button(_)
        return
    with st.popover(escape_markdown(name) or _("Who is coding?"), width="content"):
        st.caption(_("Who is coding in this window"))
        coder_buttons("bar-coder")
        if not session.has_list():
            new_coder_field("bar-coder", _("Your name or initials"), _("Start coding"), switch=True)


def _badge_style(name: str) -> str:
    """Return the style of the round badge with the initial of the coder."""
    # A letter only: what a name holds beyond it must not end the style.
    initial = name[0].upper() if name[:1].isalnum() else "?"
    color = coder_color(name)
    return (
        f".st-key-bar-coder :is([data-testid=stPopoverButton], [data-testid=stMarkdown] p)::before "
        f'{{ content: "{initial}" / ""; background: {color}; }}'
    )
