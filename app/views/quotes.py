"""The quotes: filter, read in context, choose, shorten, look at them in print, take them along."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import quoting
import recognising
import session
import sifting
import streamlit as st

from qualcode.model import QuoteSection
from qualcode.project import QuoteFilter

_ = session.words()
project = session.project()
HEADING = re.compile(r"^#+", re.MULTILINE)
MOST = 60_000
"""Characters of the preview: more makes the page slow."""


@st.cache_data(show_spinner=False, max_entries=4)
def _collected(
    about: tuple[str, int], where: QuoteFilter, context: int, pattern: str, language: str
) -> tuple[QuoteSection, ...]:
    del about
    return session.project().quotes.collect(
        where, context=context, attribution=pattern, language=language
    )


def _file(sections: tuple[QuoteSection, ...], suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"quotes.{suffix}"
        project.quotes.write(sections, path, language=session.language())
        return path.read_bytes()


def _downloads(sections: tuple[QuoteSection, ...], count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        found = _.many("{count} quote", "{count} quotes", count)
        st.markdown(f"**{found}**", width="stretch")
        for suffix in ("docx", "xlsx", "csv", "md", "html"):
            st.download_button(
                suffix,
                data=partial(_file, sections, suffix),
                file_name=f"quotes.{suffix}",
                icon=":material/download:",
                on_click="ignore",
                disabled=not count,
                help=_("These quotes as {format}", format=suffix),
                key=f"quotes-as-{suffix}",
            )


def _preview(sections: tuple[QuoteSection, ...]) -> None:
    """Show the quotes as they stand in a document, names of people and files taken out."""
    st.caption(_("As the document will read; the look is the style of your word processor."))
    text = _file(sections, "md").decode("utf-8")
    lower = HEADING.sub(lambda found: "#" * min(len(found.group()) + 3, 6), text)
    with st.container(border=True):
        st.markdown(lower[:MOST].replace("$", "\\$"))
    if len(lower) > MOST:
        st.caption(_("The rest is in the download."))


def _page() -> None:
    where = sifting.where()
    chosen, context, pattern, language = sifting.options()
    where = replace(where, chosen_only=chosen)
    sections = _collected(
        (session.view(), project.history.revision()), where, context, pattern, language
    )
    sections = sifting.sifted(sections)
    count = sum(len(section.quotes) for section in sections)
    _downloads(sections, count)
    risks = recognising.risks(where, pattern)
    names = {
        "read": _("Read and choose"),
        "preview": _("As it will look"),
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
        recognising.show(risks)
    elif not count:
        _none(chosen=chosen)
    elif part == "preview":
        _preview(sections)
    else:
        quoting.listed(sections)


def _none(*, chosen: bool) -> None:
    if chosen:
        st.info(_("No quote was chosen yet. Choose them here, with “Only chosen quotes” off."))
    else:
        st.info(_("No quote fits. Take a filter away, or code more."))


session.needs_transcripts()
session.book()
session.refuse_while_blind()
st.subheader(_("Quotes"), anchor=False)
if project.codings.collect():
    with session.guarded():
        _page()
else:
    st.info(_("Nothing is coded yet. Quotes come from codings."))
    if st.button(_("Start coding"), type="primary"):
        st.switch_page(session.HOME / "views" / "coding.py")
