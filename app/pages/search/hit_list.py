"""The hits of a search, in their context, with the codes that are there already."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.model import CONSENSUS, Coding, Hit, Transcript

from ... import session
from ...attribution import find_cases, name_value
from ...page_links import open_passage
from ...widgets.text import escape_markdown

PAGE = 20
_WIDTHS = [0.25, 1.5, 5, 1.7]


def hit_key(hit: Hit) -> str:
    """Return the name of a hit, the same in every search that finds it."""
    return f"{hit.transcript}:{hit.span.start}-{hit.span.end}"


def chosen_keys() -> set[str]:
    """Return the names of the hits that the reader chose."""
    keys: set[str] = st.session_state.setdefault("chosen-hits", set())
    return keys


def show_hits(hits: Sequence[Hit]) -> None:
    """Show a page of hits; each can be chosen."""
    _ = session.words()
    pages = -(-len(hits) // PAGE)
    number = 1
    if pages > 1:
        number = min(int(st.session_state.get("search-page", 1)), pages)
    page_hits = hits[(number - 1) * PAGE : number * PAGE]
    _show_head(hits)
    codings = _codings_by_transcript()
    texts = {text.name: text for text in session.project().transcripts.collect()}
    for hit in page_hits:
        _show_hit(hit, texts[hit.transcript], codings.get(hit.transcript, ()))
    if pages > 1:
        st.pagination(pages, key="search-page")


def _show_head(hits: Sequence[Hit]) -> None:
    _ = session.words()
    choice, where, text, codes = st.columns(_WIDTHS, vertical_alignment="center")
    all_keys = {hit_key(hit) for hit in hits}
    choice.checkbox(
        _("Choose all {count}", count=_.number(len(hits))),
        value=all_keys <= chosen_keys(),
        label_visibility="collapsed",
        # A box keeps its state under its key: with the counts in it, it follows what is chosen
        # elsewhere.
        key=f"choose-all-{len(chosen_keys() & all_keys)}-{len(all_keys)}",
        on_change=_choose_all,
        args=(all_keys,),
    )
    where.markdown("**" + _("Who, where") + "**")
    text.markdown("**" + _("In the text") + "**")
    codes.markdown("**" + _("Codes here") + "**")


def _choose_all(keys: set[str]) -> None:
    chosen = chosen_keys()
    st.session_state["chosen-hits"] = chosen - keys if keys <= chosen else chosen | keys


def _toggle(key: str) -> None:
    st.session_state["chosen-hits"] = chosen_keys() ^ {key}


def _codings_by_transcript() -> dict[str, list[Coding]]:
    codings: dict[str, list[Coding]] = {}
    for coding in session.project().codings.collect():
        # It repeats the codes of the coders, who are listed already.
        if coding.coder != CONSENSUS:
            codings.setdefault(coding.transcript, []).append(coding)
    return codings


def _name_speakers(hit: Hit) -> str:
    """Return who says a hit, a single person with two attributes; else its interview."""
    cases = find_cases(hit.transcript, hit.span)
    if len(cases) != 1:
        return ", ".join(case.name for case in cases) or hit.transcript
    attributes = cases[0].attributes_in(hit.transcript)
    values = [
        name_value(name, attributes[name]) for name in list(attributes)[:2] if attributes[name]
    ]
    return f"{cases[0].name} · {', '.join(values)}" if values else cases[0].name


def _show_hit(hit: Hit, text: Transcript, codings: Sequence[Coding]) -> None:
    _ = session.words()
    key = hit_key(hit)
    with st.container(key=f"hit-row-{text.name}-{hit.span.start}-{hit.span.end}", border=False):
        choice, where, words, codes = st.columns(_WIDTHS, vertical_alignment="top")
        choice.checkbox(
            _("Choose {place}", place=key),
            value=key in chosen_keys(),
            key=f"choose-{key}-{key in chosen_keys()}",
            label_visibility="collapsed",
            on_change=_toggle,
            args=(key,),
        )
        if where.button(
            f"**{escape_markdown(_name_speakers(hit))}**  \n" + _("turn {number}", number=hit.turn),
            key=f"open-{key}",
            type="tertiary",
            help=_("Open {name} here", name=hit.transcript),
        ):
            open_passage(hit.transcript, hit.span.start, hit.span.end)
        words.markdown(
            f"… {escape_markdown(hit.before)}:yellow-background[{escape_markdown(hit.text)}]"
            # Two spaces before a line end break the line in Markdown, and a hit is one line.
            f"{escape_markdown(hit.after)} …".replace("  \n", " ")
        )
        labels = session.labels()
        paths = dict.fromkeys(c.code for c in codings if c.span.overlaps(hit.span))
        names = [labels.get(path, path) for path in paths]
        codes.caption(" · ".join(map(escape_markdown, names)) or _("none"))
