"""The second step: a person decides on every proposal, one by one or in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualcode.project import Proposal

from ... import session
from ...page_links import open_passage
from ...widgets.notices import errors_shown
from ...widgets.text import escape_markdown
from . import key_file, labels
from .state import desk, go

_AT = "names-at"
_TABLE = "names-table"
_SHOWN = 5


def show() -> None:
    """Draw the step."""
    _ = session.words()
    work = desk()
    if work.scan is None:
        st.info(_("Nothing was looked for yet. Begin with the first step."))
        return
    key_file.bar()
    total, done = len(work.proposals), len(work.proposals) - len(work.left)
    if not total:
        st.success(_("No name is left to decide on. Read the texts yourself too."))
        return
    st.progress(
        done / total,
        text=_("{done} of {total} decided", done=_.number(done), total=_.number(total)),
    )
    modes = {"one": _("One by one"), "table": _("In a table")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        mode = st.segmented_control(
            _("How"), list(modes), default="one", format_func=modes.__getitem__, key="names-mode"
        )
        kind = _kind(work.proposals if mode == "table" else work.left)
    if mode == "table":
        _table([one for one in work.proposals if not kind or one.kind == kind])
        return
    left = [one for one in work.left if not kind or one.kind == kind]
    if left:
        _one(left)
    else:
        _all_decided()


def _kind(proposals: Sequence[Proposal]) -> str:
    _ = session.words()
    names = labels.kinds(_)
    counts = Counter(one.kind for one in proposals)
    chosen = st.selectbox(
        _("Kind"),
        ["", *counts],
        format_func=lambda kind: f"{names[kind]} ({counts[kind]})" if kind else _("All kinds"),
        width=220,
    )
    return str(chosen or "")


def _all_decided() -> None:
    _ = session.words()
    st.success(_("Everything that was asked here is decided."))
    if not desk().left and st.button(_("Go on to replacing"), type="primary"):
        go("replace")


# --- one by one -------------------------------------------------------------------------------


def _one(left: list[Proposal]) -> None:
    _ = session.words()
    at = int(st.session_state.get(_AT, 0)) % len(left)
    one = left[at]
    with st.container(border=True, key="names-card"):
        kind = labels.kinds(_)[one.kind]
        places = _.many("{count} place", "{count} places", len(one.mentions))
        st.markdown(f"#### {escape_markdown(one.text)}")
        why = ", ".join(labels.because(rule, _) for rule in one.because)
        st.caption(f"{kind} · {places} · {escape_markdown(why)}")
        _mentions(one)
        role = st.text_input(
            _("Replace by"), value=one.replacement, key=f"role-{one.kind}-{one.text}", width=320
        )
        with st.container(horizontal=True):
            if st.button(_("Replace"), type="primary", icon=":material/check:", shortcut="Alt+A"):
                _decide([(one, role.strip() or one.replacement)])
            if st.button(_("Leave it everywhere"), icon=":material/block:", shortcut="Alt+I"):
                _decide([(one, "")])
            if st.button(_("Later"), icon=":material/arrow_forward:", shortcut="Alt+N"):
                st.session_state[_AT] = at + 1
                st.rerun()


def _mentions(one: Proposal) -> None:
    _ = session.words()
    for mention in one.mentions[:_SHOWN]:
        st.markdown(labels.in_context(mention.context, one.text))
        what, _space, name = mention.where.partition(" ")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(labels.place(mention.where, _), width="content")
            if what == "transcript" and st.button(
                _("In the text"), type="tertiary", key=f"at-{mention.where}-{mention.span.start}"
            ):
                open_passage(name, mention.span.start, mention.span.end)
    if len(one.mentions) > _SHOWN:
        st.caption(_.many("and {count} more", "and {count} more", len(one.mentions) - _SHOWN))


def _decide(chosen: list[tuple[Proposal, str]]) -> None:
    with errors_shown():
        desk().decide(chosen)
        st.session_state[_TABLE] = int(st.session_state.get(_TABLE, 0)) + 1
        st.rerun()


# --- in a table -------------------------------------------------------------------------------


def _table(shown: list[Proposal]) -> None:
    _ = session.words()
    replace, leave = _("Replace"), _("Leave it everywhere")
    left = [one for one in shown if one in desk().left]
    if left:
        count = _.many("{count} is still open:", "{count} are still open:", len(left))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(count, width="content")
            if st.button(_("Replace these"), icon=":material/done_all:"):
                _decide([(one, one.replacement) for one in left])
            if st.button(_("Leave these everywhere"), icon=":material/block:"):
                _decide([(one, "") for one in left])
    with st.form("names-table-form", border=False):
        edited = st.data_editor(
            [_row(one, replace, leave) for one in shown],
            hide_index=True,
            key=f"{_TABLE}-{st.session_state.get(_TABLE, 0)}",
            height=min(38 + 36 * len(shown), 520),
            placeholder="",
            disabled=["name", "kind", "places", "context", "why"],
            column_config={
                "decision": st.column_config.SelectboxColumn(
                    _("Decision"), options=[replace, leave], width="medium"
                ),
                "name": _("Name"),
                "role": st.column_config.TextColumn(_("Replace by"), required=True),
                "kind": _("Kind"),
                "places": st.column_config.NumberColumn(_("Places"), width="small"),
                "context": st.column_config.TextColumn(_("First place"), width="large"),
                "why": _("Why"),
            },
        )
        if st.form_submit_button(_("Take over these decisions"), type="primary"):
            _take_over(shown, edited, replace)


def _row(one: Proposal, replace: str, leave: str) -> dict[str, Any]:
    _ = session.words()
    entry = desk().decided.get((one.text, one.kind))
    decision = None if entry is None else leave if entry.is_ignored else replace
    return {
        "decision": decision,
        "name": one.text,
        "role": entry.replacement if entry and entry.replacement else one.replacement,
        "kind": labels.kinds(_)[one.kind],
        "places": len(one.mentions),
        "context": one.mentions[0].context if one.mentions else "",
        "why": ", ".join(labels.because(rule, _) for rule in one.because),
    }


def _take_over(shown: list[Proposal], edited: list[dict[str, Any]], replace: str) -> None:
    chosen = []
    for one, row in zip(shown, edited, strict=True):
        if row["decision"] is None:
            desk().reopen(one)
        else:
            chosen.append((one, str(row["role"]) if row["decision"] == replace else ""))
    _decide(chosen)
