"""Lists of passages, each with a button that opens it in its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from qualcode.model import Coding, Span, UnitCodings

from .. import session
from ..page_links import open_passage
from .text import escape_markdown

PAGE = 10


def _page_of(rows: Sequence[Any], key: str) -> Sequence[Any]:
    """Return the rows of the current page of a long list, with buttons to the other pages."""
    # Division that rounds up.
    pages = -(-len(rows) // PAGE)
    if pages <= 1:
        return rows
    # A filter may have made the list shorter since the page was chosen.
    number = min(int(st.pagination(pages, key=f"{key}-page")), pages)
    return rows[(number - 1) * PAGE : number * PAGE]


def _respondent_and_interview(transcript: str) -> str:
    for case in session.project().collect_cases():
        if transcript in case.transcripts:
            return case.name if case.name == transcript else f"{case.name} · {transcript}"
    return transcript


def _text_button(transcript: str, start: int, end: int, key: str) -> None:
    _ = session.words()
    if st.button(_("In the text"), key=key, icon=":material/open_in_new:"):
        open_passage(transcript, start, end)


def show_codings(codings: Iterable[str], key: str, title: str = "") -> None:
    """Show the passages of codings.

    Args:
        codings: Ids of the codings.
        key: Key of the list on the page.
        title: Title of the list.
    """
    _ = session.words()
    by_id = {coding.id: coding for coding in session.project().collect_codings()}
    # A report may be older than the last withdrawal of a coding.
    passages = [by_id[coding_id] for coding_id in codings if coding_id in by_id]
    count = _.many("{count} passage", "{count} passages", len(passages))
    st.markdown(f"**{escape_markdown(title)}** · {count}" if title else f"**{count}**")
    labels = session.labels()
    for coding in _page_of(passages, key):
        _show_coding(coding, labels, key)


def _show_coding(coding: Coding, labels: Mapping[str, str], key: str) -> None:
    with st.container(border=True):
        st.markdown(f"“{escape_markdown(coding.quote)}”")
        with st.container(horizontal=True, vertical_alignment="center"):
            about = (
                labels.get(coding.code, coding.code),
                _respondent_and_interview(coding.transcript),
                coding.coder,
            )
            st.caption(escape_markdown(" · ".join(about)), width="stretch")
            span = coding.span
            _text_button(coding.transcript, span.start, span.end, f"{key}-{coding.id}")


def show_places(places: Sequence[tuple[str, Span]], key: str, title: str) -> None:
    """Show places in the texts, coded or not.

    Args:
        places: Name of the transcript, and the passage.
        key: Key of the list on the page.
        title: Title of the list.
    """
    _ = session.words()
    count = _.many("{count} place in the text", "{count} places in the text", len(places))
    st.markdown(f"**{escape_markdown(title)}** · {count}")
    for name, span in _page_of(places, key):
        with st.container(border=True):
            words = span.of(session.project().transcript(name).text)
            st.markdown(f"“{escape_markdown(words)}”")
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(escape_markdown(_respondent_and_interview(name)), width="stretch")
                _text_button(name, span.start, span.end, f"{key}-{name}-{span.start}-{span.end}")


def show_units(units: Sequence[UnitCodings], coders: Sequence[str], key: str, title: str) -> None:
    """Show units with the codings of two coders.

    Args:
        units: The units.
        coders: The two coders; the first one is A.
        key: Key of the list on the page.
        title: Title of the list.
    """
    _ = session.words()
    count = _.many("{count} place in the text", "{count} places in the text", len(units))
    st.markdown(f"**{escape_markdown(title)}** · {count}")
    labels = session.labels()
    for number, unit in enumerate(_page_of(units, key)):
        with st.container(border=True):
            for name, codings in zip(coders, (unit.codings_a, unit.codings_b), strict=True):
                _show_side(name, codings, labels)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(
                    escape_markdown(_respondent_and_interview(unit.transcript)), width="stretch"
                )
                # A unit without codings is shown as a whole.
                marked = [coding.span for coding in (*unit.codings_a, *unit.codings_b)] or [
                    unit.unit
                ]
                start, end = min(s.start for s in marked), max(s.end for s in marked)
                _text_button(unit.transcript, start, end, f"{key}-{number}-{unit.unit.start}")


def _show_side(name: str, codings: Sequence[Coding], labels: Mapping[str, str]) -> None:
    _ = session.words()
    if not codings:
        uncoded = _("did not code this passage")
        st.markdown(f"**{escape_markdown(name)}** · :gray[{uncoded}]")
    for coding in codings:
        code = labels.get(coding.code, coding.code)
        quote = escape_markdown(coding.quote)
        st.markdown(f"**{escape_markdown(name)}** · {escape_markdown(code)}  \n“{quote}”")
