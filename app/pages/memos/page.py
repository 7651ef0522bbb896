"""The page Memos: every note with what it is about, filtered, changed, and exported."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from qualcode.model import Memo, MemoTarget

from ... import session
from ...widgets.downloads import in_window
from ...widgets.filter_row import filter_row, filter_select
from ...widgets.notices import errors_shown
from . import memo_card, new_memo
from .targets import kind_names, target_text

PAGE = 10


def _filtered(memos: tuple[Memo, ...]) -> list[Memo]:
    _ = session.words()
    kinds = kind_names()
    authors = sorted({memo.author for memo in memos if memo.author})
    with filter_row("memos"):
        words = st.text_input(
            _("Words"),
            key="memos-words",
            label_visibility="collapsed",
            placeholder=_("Words in the memo"),
            icon=":material/search:",
            width=280,
        ).casefold()
        kind = filter_select(
            _("About"),
            [kind.value for kind in kinds],
            "memos-kind",
            width=220,
            name=lambda value: kinds[MemoTarget(value)],
        )
        author = filter_select(_("By"), authors, "memos-author", width=200, name=str)
    return [
        memo
        # The newest first: that is the one a person has just written.
        for memo in reversed(memos)
        if kind in {"", memo.target_kind.value}
        and author in {"", memo.author}
        and (words in memo.text.casefold() or words in target_text(memo).casefold())
    ]


def _table_bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memos.xlsx"
        session.project().exchange.write_table("memos", path)
        return path.read_bytes()


def show() -> None:
    """Draw the page."""
    _ = session.words()
    st.title(_("Memos"), anchor=False)
    memos = session.project().codings.collect_memos()
    new_memo.show_form()
    if not memos:
        st.info(
            _(
                "There are no memos yet. Write one here, or press M on the coding page to write "
                "one on a coding or a turn."
            )
        )
        return
    with errors_shown():
        chosen = _filtered(memos)
        with st.container(horizontal=True, vertical_alignment="center"):
            count = _.many("{count} memo", "{count} memos", len(chosen))
            st.markdown(count, width="stretch")
            st.download_button(
                _("All memos as xlsx"),
                in_window(_table_bytes),
                "memos.xlsx",
                icon=":material/download:",
                on_click="ignore",
            )
        pages = -(-len(chosen) // PAGE)
        number = min(int(st.session_state.get("memos-page", 1)), pages) if pages > 1 else 1
        for memo in chosen[(number - 1) * PAGE : number * PAGE]:
            memo_card.show_card(memo)
        if pages > 1:
            st.pagination(pages, key="memos-page")
