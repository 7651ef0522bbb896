"""Lists of passages, each with a button that opens it in its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from qualcode.model import Coding, Span, UnitCodings
from qualcode.model.wrapped_lines import flowing_text

from .. import session
from ..attribution import name_place
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


def _text_button(transcript: str, start: int, end: int, key: str) -> None:
    _ = session.words()
    if st.button(_("In the text"), key=key, icon=":material/open_in_new:"):
        open_passage(transcript, start, end)


def quote_text(coding: Coding, flowing: dict[str, str] | None = None) -> str:
    """Return the words of a coding, with the lines of a paragraph joined.

    Args:
        coding: The coding.
        flowing: Texts by name, for many codings in a row; it grows.
    """
    texts = {} if flowing is None else flowing
    if coding.transcript not in texts:
        transcript = session.project().transcripts.get(coding.transcript)
        turns = [turn.span for turn in transcript.turns]
        texts[coding.transcript] = flowing_text(transcript.text, turns)
    return coding.span.of(texts[coding.transcript])


def show_codings(codings: Iterable[str], key: str, title: str = "") -> None:
    """Show the passages of codings.

    Args:
        codings: Ids of the codings.
        key: Key of the list on the page.
        title: Title of the list.
    """
    _ = session.words()
    by_id = {coding.id: coding for coding in session.project().codings.collect()}
    # A report may be older than the last withdrawal of a coding.
    passages = [by_id[coding_id] for coding_id in codings if coding_id in by_id]
    count = _.many("{count} passage", "{count} passages", len(passages))
    st.markdown(f"**{escape_markdown(title)}** · {count}" if title else f"**{count}**")
    labels = session.labels()
    for coding in _page_of(passages, key):
        _show_coding(coding, labels, key)


def _show_coding(coding: Coding, labels: Mapping[str, str], key: str) -> None:
    with st.container(border=True):
        st.markdown(f"“{escape_markdown(quote_text(coding))}”")
        with st.container(horizontal=True, vertical_alignment="center"):
            about = (
                labels.get(coding.code, coding.code),
                name_place(coding.transcript, coding.span),
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
            words = span.of(session.project().transcripts.get(name).text)
            st.markdown(f"“{escape_markdown(words)}”")
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(escape_markdown(name_place(name, span)), width="stretch")
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
                show_side(name, codings, labels)
            with st.container(horizontal=True, vertical_alignment="center"):
                place = name_place(unit.transcript, unit.unit)
                st.caption(escape_markdown(place), width="stretch")
                # A unit without codings is shown as a whole.
                marked = [coding.span for coding in (*unit.codings_a, *unit.codings_b)] or [
                    unit.unit
                ]
                start, end = min(s.start for s in marked), max(s.end for s in marked)
                _text_button(unit.transcript, start, end, f"{key}-{number}-{unit.unit.start}")


def show_side(
    name: str, codings: Sequence[Coding], labels: Mapping[str, str], *, quotes: bool = True
) -> None:
    """Show what a coder did at one place.

    Args:
        name: The coder.
        codings: The codings.
        labels: Labels of codes by path.
        quotes: Whether the words of each coding are shown.
    """
    _ = session.words()
    if not codings:
        uncoded = _("did not code this passage")
        st.markdown(f"**{escape_markdown(name)}** · :gray[{uncoded}]")
    for coding in codings:
        code = escape_markdown(labels.get(coding.code, coding.code))
        quote = f"  \n“{escape_markdown(quote_text(coding))}”" if quotes else ""
        st.markdown(f"**{escape_markdown(name)}** · {code}{quote}")
        if coding.memo:
            st.caption(f":material/sticky_note_2: {escape_markdown(coding.memo)}")
