"""The passages behind a count or a mark, each one click from its place in the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import session
import streamlit as st
import telling

from qualcode.model import Coding, Span, UnitCodings

PAGE = 10


def picked(
    rows: Sequence[Mapping[str, Any]],
    key: str,
    *,
    height: int | None = None,
    columns: Mapping[str, Any] | None = None,
    alt: str = "",
) -> tuple[int, str] | None:
    """Show a table and return the cell that was clicked: number of its row, name of its column.

    Args:
        rows: The table.
        key: A name for it on the page.
        height: Its height where it has many rows.
        columns: What Streamlit should know of its columns.
        alt: What the table shows, for who cannot see it.
    """
    shown = min(36 * len(rows) + 38, height or 620)
    chosen = st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        height=shown,
        key=key,
        column_config=columns,
        alt=alt or None,
    )
    cells = chosen.selection.cells
    if not cells or cells[0][0] >= len(rows):
        return None
    return int(cells[0][0]), str(cells[0][1])


def _part(rows: Sequence[Any], key: str) -> Sequence[Any]:
    """Return the rows of the page that the reader is on, with a way to the other pages."""
    pages = -(-len(rows) // PAGE)
    if pages <= 1:
        return rows
    number = min(int(st.pagination(pages, key=f"{key}-page")), pages)
    return rows[(number - 1) * PAGE : number * PAGE]


def _who(transcript: str) -> str:
    for case in session.project().cases.collect():
        if transcript in case.transcripts:
            return case.name if case.name == transcript else f"{case.name} · {transcript}"
    return transcript


def _to_the_text(transcript: str, start: int, end: int, key: str) -> None:
    _ = session.words()
    if st.button(_("In the text"), key=key, icon=":material/open_in_new:"):
        session.show_passage(transcript, start, end)


def read(codings: Iterable[str], key: str, title: str = "") -> None:
    """Show the passages of some codings, by their ids.

    Args:
        codings: Ids of codings.
        key: A name for the list on the page.
        title: What the passages are.
    """
    _ = session.words()
    by_id = {coding.id: coding for coding in session.project().codings.collect()}
    found = [by_id[one] for one in codings if one in by_id]
    count = _.many("{count} passage", "{count} passages", len(found))
    st.markdown(f"**{telling.plain(title)}** · {count}" if title else f"**{count}**")
    labels = session.labels()
    for coding in _part(found, key):
        _passage(coding, labels, key)


def _passage(coding: Coding, labels: Mapping[str, str], key: str) -> None:
    with st.container(border=True):
        st.markdown(f"“{telling.plain(coding.quote)}”")
        with st.container(horizontal=True, vertical_alignment="center"):
            about = (labels.get(coding.code, coding.code), _who(coding.transcript), coding.coder)
            st.caption(telling.plain(" · ".join(about)), width="stretch")
            span = coding.span
            _to_the_text(coding.transcript, span.start, span.end, f"{key}-{coding.id}")


def read_places(places: Sequence[tuple[str, Span]], key: str, title: str) -> None:
    """Show places in the texts, coded or not.

    Args:
        places: Name of the transcript and the passage.
        key: A name for the list on the page.
        title: What they are.
    """
    _ = session.words()
    count = _.many("{count} place in the text", "{count} places in the text", len(places))
    st.markdown(f"**{telling.plain(title)}** · {count}")
    for name, span in _part(places, key):
        with st.container(border=True):
            words = span.of(session.project().transcripts.get(name).text)
            st.markdown(f"“{telling.plain(words)}”")
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(telling.plain(_who(name)), width="stretch")
                _to_the_text(name, span.start, span.end, f"{key}-{name}-{span.start}-{span.end}")


def read_units(units: Sequence[UnitCodings], coders: tuple[str, str], key: str, title: str) -> None:
    """Show units with what each of two coders marked in them.

    Args:
        units: The units.
        coders: The two coders, the first one is A.
        key: A name for the list on the page.
        title: What the units are.
    """
    _ = session.words()
    count = _.many("{count} place in the text", "{count} places in the text", len(units))
    st.markdown(f"**{telling.plain(title)}** · {count}")
    labels = session.labels()
    for number, one in enumerate(_part(units, key)):
        with st.container(border=True):
            for name, codings in zip(coders, (one.codings_a, one.codings_b), strict=True):
                _side(name, codings, labels)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(telling.plain(_who(one.transcript)), width="stretch")
                marked = [coding.span for coding in (*one.codings_a, *one.codings_b)] or [one.unit]
                start, end = min(s.start for s in marked), max(s.end for s in marked)
                _to_the_text(one.transcript, start, end, f"{key}-{number}-{one.unit.start}")


def _side(name: str, codings: Sequence[Coding], labels: Mapping[str, str]) -> None:
    _ = session.words()
    if not codings:
        nothing = _("did not code this passage")
        st.markdown(f"**{telling.plain(name)}** · :gray[{nothing}]")
    for coding in codings:
        code = labels.get(coding.code, coding.code)
        quote = telling.plain(coding.quote)
        st.markdown(f"**{telling.plain(name)}** · {telling.plain(code)}  \n“{quote}”")
