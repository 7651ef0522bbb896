"""The page Quotes: filter, read in context, choose, shorten, preview, and download."""

from __future__ import annotations

import re
import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from qualcode.model import QuoteSection
from qualcode.project import QuoteFilter, find_left_out

from ... import session
from ...page_links import open_page
from ...widgets.downloads import of_now
from ...widgets.notices import errors_shown
from ...widgets.problems import show_problems
from ...widgets.requirements import refuse_while_blind, require_codebook, require_transcripts
from . import balance, disclosure, filters, reader

HEADING = re.compile(r"^#+", re.MULTILINE)
MOST = 60_000
"""Characters of the preview: more makes the page slow."""


@st.cache_data(show_spinner=False, max_entries=4)
def _collect_quotes(
    about: tuple[str, int], where: QuoteFilter, context: int, pattern: str, language: str
) -> tuple[QuoteSection, ...]:
    # It is there to make the cache forget the quotes after a change or for another coder.
    del about
    return session.project().quotes.collect(
        where, context=context, attribution=pattern, language=language
    )


def _quotes_file(sections: tuple[QuoteSection, ...], suffix: str) -> bytes:
    project = session.project()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"quotes.{suffix}"
        project.quotes.write(sections, path, language=session.language())
        return path.read_bytes()


def _show_downloads(sections: tuple[QuoteSection, ...], count: int) -> None:
    _ = session.words()
    with st.container(horizontal=True, vertical_alignment="center"):
        count_text = _.many("{count} quote", "{count} quotes", count)
        st.markdown(f"**{count_text}**", width="stretch")
        for suffix in ("docx", "xlsx", "csv", "md", "html"):
            st.download_button(
                suffix,
                data=of_now(partial(_quotes_file, sections, suffix)),
                file_name=f"quotes.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                disabled=not count,
                help=_("These quotes as {format}", format=suffix),
                key=f"quotes-as-{suffix}",
            )


def _show_preview(sections: tuple[QuoteSection, ...]) -> None:
    """Show the quotes as in a document, without the names of people and files."""
    _ = session.words()
    st.caption(_("As the document will read; the look is the style of your word processor."))
    text = _quotes_file(sections, "md").decode("utf-8")
    # Headings of the document become smaller ones below the heading of the page.
    lower = HEADING.sub(lambda match: "#" * min(len(match.group()) + 1, 6), text)
    with st.container(border=True):
        # Streamlit would read text between dollar signs as a formula.
        st.markdown(lower[:MOST].replace("$", "\\$"))
    if len(lower) > MOST:
        st.caption(_("The rest is in the download."))


def _show_quotes() -> None:
    _ = session.words()
    project = session.project()
    where = filters.filter_form()
    context, pattern = filters.option_form()
    about = (session.view(), project.history.revision())
    sections = _collect_quotes(about, where, context, pattern, session.language())
    sections = filters.apply_filters(sections)
    count = sum(len(section.quotes) for section in sections)
    quoted = {quote.coding for section in sections for quote in section.quotes}
    codings = [coding for coding in project.codings.collect() if coding.id in quoted]
    show_problems(find_left_out(project, codings), _)
    _show_downloads(sections, count)
    risks = disclosure.find_risks(where, pattern)
    names = {
        "read": _("Read and choose"),
        "preview": _("As it will look"),
        "balance": _("Balance"),
        "risks": _("Who could be recognised ({count})", count=_.number(len(risks))),
    }
    part = st.segmented_control(
        _("Part"),
        list(names),
        default="read",
        format_func=names.__getitem__,
        label_visibility="collapsed",
        required=True,
        key="quotes-part",
    )
    if part == "risks":
        disclosure.show(risks)
    elif part == "balance":
        balance.show_balance(where, pattern)
    elif not count:
        _show_no_quotes(chosen=where.chosen_only)
    elif part == "preview":
        _show_preview(sections)
    else:
        reader.show_quotes(sections)


def _show_no_quotes(*, chosen: bool) -> None:
    _ = session.words()
    if chosen:
        st.info(_("No quote was chosen yet. Choose them here, with “Only chosen” off."))
    else:
        st.info(_("No quote fits. Take a filter away, or code more."))


def show() -> None:
    """Draw the page."""
    _ = session.words()
    project = session.project()
    require_transcripts()
    require_codebook()
    refuse_while_blind()
    st.title(_("Quotes"), anchor=False)
    if project.codings.collect():
        with errors_shown():
            _show_quotes()
    else:
        st.info(_("Nothing is coded yet. Quotes come from codings."))
        if st.button(_("Start coding"), type="primary"):
            open_page("coding")
