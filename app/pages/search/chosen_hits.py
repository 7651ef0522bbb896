"""What is done with the chosen hits: one code for all, in one step; and where the hits are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from qualcode.errors import QualcodeError
from qualcode.model import Hit, HitUnit

from ... import session
from ...widgets.notices import notify
from .hit_list import chosen_keys, hit_key


def show_panel(hits: Sequence[Hit]) -> None:
    """Show the form that codes the chosen hits, and the number of hits per interview."""
    _ = session.words()
    chosen = [hit for hit in hits if hit_key(hit) in chosen_keys()]
    st.header(_("{count} chosen", count=_.number(len(chosen))), anchor=False)
    _show_code_form(chosen)
    st.header(_("Where"), anchor=False)
    _show_places(hits)


def _show_code_form(chosen: Sequence[Hit]) -> None:
    _ = session.words()
    if not session.coder():
        st.caption(_("Say who is coding, at the top of the page, to give them a code."))
        return
    labels = session.labels()
    code = st.selectbox(
        _("Give them a code in one step"),
        [code.path for code in session.codebook().active],
        index=None,
        format_func=lambda path: labels.get(path, path),
        placeholder=_("Type a code…"),
        key="search-code-to-give",
    )
    units = {"sentence": _("sentence"), "turn": _("turn"), "hit": _("hit")}
    unit = st.segmented_control(
        _("What is coded"),
        list(units),
        default="sentence",
        required=True,
        format_func=units.__getitem__,
        key="search-unit",
    )
    st.button(
        _.many("Code {count} place", "Code {count} places", len(chosen)),
        type="primary",
        disabled=not chosen or not code,
        on_click=_code_hits,
        args=(chosen, str(code), HitUnit(unit or "sentence")),
        key="search-give",
    )
    st.caption(_("One step: undo takes them back together."))
    # Undo takes back a coder's last step, so it is offered to the one who coded the hits.
    if st.session_state.get("coded-hits") == session.view():
        st.button(_("Undo"), icon=":material/undo:", on_click=_undo, key="search-undo")


def _code_hits(hits: Sequence[Hit], code: str, unit: HitUnit) -> None:
    _ = session.words()
    try:
        codings = session.project().suggestions.code_hits(hits, code, unit)
    except QualcodeError as error:
        notify(_.translate(str(error)))
        return
    st.session_state.update({"chosen-hits": set(), "coded-hits": session.view()})
    notify(_.many("{count} passage coded", "{count} passages coded", len(codings)))


def _undo() -> None:
    _ = session.words()
    # Before undoing: a second click would take back another step.
    st.session_state.pop("coded-hits", None)
    try:
        session.project().history.undo()
    except QualcodeError as error:
        notify(_.translate(str(error)))
    else:
        notify(_("Undone."))


def _show_places(hits: Sequence[Hit]) -> None:
    """Show the number of hits per interview, those without a hit too."""
    counts = Counter(hit.transcript for hit in hits)
    top_count = max(counts.values())
    rows = "".join(
        f"<dt>{escape(text.name)}</dt>"
        f'<dd><span style="width: {counts[text.name] / top_count:.0%}"></span>'
        f"{counts[text.name]}</dd>"
        for text in session.project().transcripts.collect()
    )
    st.html(f'<dl class="page-bars">{rows}</dl>')
