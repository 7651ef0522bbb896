"""Quotes to read: each in its context, with buttons to choose, shorten and locate it."""

from __future__ import annotations

import streamlit as st

from qualcode.model import Quote, QuoteSection

from ... import session
from ...page_links import open_passage
from ...widgets.edit_conflicts import make_form, save_form, typed
from ...widgets.notices import notify
from ...widgets.text import escape_markdown

PAGE = 20


def show_quotes(sections: tuple[QuoteSection, ...]) -> None:
    """Show the quotes by code, some to a page."""
    flat = [(section, quote) for section in sections for quote in section.quotes]
    # Twenty cards with their buttons draw at once; hundreds take seconds.
    pages = max(1, -(-len(flat) // PAGE))
    first = (min(int(st.session_state.get("quotes-page", 1)), pages) - 1) * PAGE
    before = ""
    for section, quote in flat[first : first + PAGE]:
        # A heading once per code, and again at the top of each page.
        if section.code != before:
            _show_heading(section)
            before = section.code
        _show_quote(quote)
    if pages > 1:
        st.pagination(pages, key="quotes-page")


def _show_heading(section: QuoteSection) -> None:
    language = session.language()
    title = escape_markdown(section.code_label.in_language(language) or section.code)
    above = section.theme_label.in_language(language) if section.theme != section.code else ""
    st.markdown(f"## {title}" + (f"  \n:gray[{escape_markdown(above)}]" if above else ""))


def _show_quote(quote: Quote) -> None:
    _ = session.words()
    with st.container(border=True):
        before = f":gray[{escape_markdown(quote.context_before)}] " if quote.context_before else ""
        after = f" :gray[{escape_markdown(quote.context_after)}]" if quote.context_after else ""
        st.markdown(f"{before}{_said(quote)}{after}")
        with st.container(horizontal=True, vertical_alignment="center"):
            turn = _("turn {number}", number=quote.turn) if quote.turn else ""
            parts = (quote.attribution, quote.case or quote.transcript, turn, quote.coder)
            st.caption(escape_markdown(" · ".join(filter(None, parts))), width="stretch")
            chosen = st.toggle(_("Choose"), value=quote.chosen, key=f"choose-{quote.coding}")
            if chosen != quote.chosen:
                session.project().quotes.choose([quote.coding], chosen=chosen)
                st.rerun()
            with st.popover(_("Shorten"), icon=":material/content_cut:"):
                _excerpt_form(quote)
            if st.button(_("In the text"), icon=":material/open_in_new:", key=f"go-{quote.coding}"):
                open_passage(quote.transcript, quote.span.start, quote.span.end)
        if quote.memo:
            st.caption(f":material/sticky_note_2: {escape_markdown(quote.memo)}")


def _words_only(quote: Quote) -> str:
    """Return the words without the names of speakers, which an excerpt may not hold."""
    return "\n".join(line.text for line in quote.lines) or quote.text


def _said(quote: Quote) -> str:
    if not quote.lines:
        return f"“{escape_markdown(quote.text)}”"
    _ = session.words()
    # Two spaces end a line in Markdown.
    return "  \n".join(
        f"**{escape_markdown(line.speaker or _('Interviewer'))}:** "
        + (
            f"*{escape_markdown(line.text.strip())}*"
            if line.is_interviewer
            else escape_markdown(line.text)
        )
        for line in quote.lines
    )


def _save_excerpt(quote: Quote, excerpt: str | None, key: str) -> None:
    """Keep the words of a field as the excerpt; without a field the quote is printed whole."""
    _, project = session.words(), session.project()

    def read() -> dict[str, str | None]:
        with project.snapshot() as snapshot:
            return {"text": snapshot.excerpts.get(quote.coding)}

    form = make_form(
        quote.attribution or quote.transcript,
        {"text": _("As it will be printed")},
        read,
        lambda values: project.quotes.set_excerpt(quote.coding, values["text"]),
        texts={"text": lambda text: text or _("Print it whole")},
    )
    save_form(form, {"text": excerpt}, {"text": typed(key) if key else None})


def _excerpt_form(quote: Quote) -> None:
    _ = session.words()
    st.write(_("Leave words out and write [...] in their place. Other words are refused."))
    with session.project().snapshot() as snapshot:
        excerpt = snapshot.excerpts.get(quote.coding)
    words = _words_only(quote)
    key = f"excerpt-{quote.coding}-{hash(words)}"
    with st.form(f"shorten-{quote.coding}", border=False):
        st.text_area(_("As it will be printed"), value=words, key=key)
        with st.container(horizontal=True):
            st.form_submit_button(
                _("Keep"), type="primary", on_click=_save_excerpt, args=(quote, excerpt, key)
            )
            st.form_submit_button(
                _("Print it whole"), on_click=_save_excerpt, args=(quote, excerpt, "")
            )
    st.divider()
    if st.button(_("Do not print this quote"), key=f"leave-{quote.coding}"):
        session.project().disclosure.leave_out([quote.coding])
        notify(_("Left out. It can be taken back under “Who could be recognised”."))
        st.rerun()
