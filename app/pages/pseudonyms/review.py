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
from .state import go_to_step, review_state

_AT = "names-at"
_TABLE = "names-table"
_SHOWN = 5


def show() -> None:
    """Draw the step."""
    _ = session.words()
    work = review_state()
    if work.scan is None:
        st.info(_("No search for names was done yet. Begin with the first step."))
        return
    key_file.bar()
    total, decided = len(work.proposals), len(work.proposals) - len(work.undecided)
    if not total:
        st.success(_("No name is left to decide on. Read the texts yourself too."))
        return
    st.progress(
        decided / total,
        text=_("{done} of {total} decided", done=_.number(decided), total=_.number(total)),
    )
    modes = {"one": _("One by one"), "table": _("In a table")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        mode = st.segmented_control(
            _("How"), list(modes), default="one", format_func=modes.__getitem__, key="names-mode"
        )
        kind = _kind_select(work.proposals if mode == "table" else work.undecided)
    if mode == "table":
        _show_table([proposal for proposal in work.proposals if not kind or proposal.kind == kind])
        return
    undecided = [proposal for proposal in work.undecided if not kind or proposal.kind == kind]
    if undecided:
        _show_proposal(undecided)
    else:
        _show_end()


def _kind_select(proposals: Sequence[Proposal]) -> str:
    _ = session.words()
    names = labels.kinds(_)
    counts = Counter(proposal.kind for proposal in proposals)
    chosen = st.selectbox(
        _("Kind"),
        ["", *counts],
        format_func=lambda kind: f"{names[kind]} ({counts[kind]})" if kind else _("All kinds"),
        width=220,
    )
    return str(chosen or "")


def _show_end() -> None:
    _ = session.words()
    st.success(_("Everything that was asked here is decided."))
    if not review_state().undecided and st.button(_("Go on to replacing"), type="primary"):
        go_to_step("replace")


# --- one by one -------------------------------------------------------------------------------


def _show_proposal(undecided: list[Proposal]) -> None:
    _ = session.words()
    at = int(st.session_state.get(_AT, 0)) % len(undecided)
    proposal = undecided[at]
    with st.container(border=True, key="names-card"):
        kind = labels.kinds(_)[proposal.kind]
        places = _.many("{count} place", "{count} places", len(proposal.mentions))
        st.markdown(f"## {escape_markdown(proposal.text)}")
        why = ", ".join(labels.because(rule, _) for rule in proposal.because)
        st.caption(f"{kind} · {places} · {escape_markdown(why)}")
        _show_mentions(proposal)
        role = st.text_input(
            _("Replace by"),
            value=proposal.replacement,
            key=f"role-{proposal.kind}-{proposal.text}",
            width=320,
        )
        with st.container(horizontal=True):
            if st.button(_("Replace"), type="primary", icon=":material/check:", shortcut="Alt+A"):
                _decide([(proposal, role.strip() or proposal.replacement)])
            if st.button(_("Leave it everywhere"), icon=":material/block:", shortcut="Alt+I"):
                _decide([(proposal, "")])
            if st.button(_("Later"), icon=":material/arrow_forward:", shortcut="Alt+N"):
                st.session_state[_AT] = at + 1
                st.rerun()


def _show_mentions(proposal: Proposal) -> None:
    _ = session.words()
    for mention in proposal.mentions[:_SHOWN]:
        st.markdown(labels.in_context(mention.context, proposal.text))
        source, _space, name = mention.where.partition(" ")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(labels.place(mention.where, _), width="content")
            if source == "transcript" and st.button(
                _("In the text"), type="tertiary", key=f"at-{mention.where}-{mention.span.start}"
            ):
                open_passage(name, mention.span.start, mention.span.end)
    if len(proposal.mentions) > _SHOWN:
        st.caption(_.many("and {count} more", "and {count} more", len(proposal.mentions) - _SHOWN))


def _decide(chosen: list[tuple[Proposal, str]]) -> None:
    with errors_shown():
        review_state().decide(chosen)
        # A new key: the table forgets edits of rows that are no longer at their place.
        st.session_state[_TABLE] = int(st.session_state.get(_TABLE, 0)) + 1
        st.rerun()


# --- in a table -------------------------------------------------------------------------------


def _show_table(proposals: list[Proposal]) -> None:
    _ = session.words()
    replace, leave = _("Replace"), _("Leave it everywhere")
    undecided = [proposal for proposal in proposals if proposal in review_state().undecided]
    if undecided:
        count = _.many("{count} is still open:", "{count} are still open:", len(undecided))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(count, width="content")
            if st.button(_("Replace these"), icon=":material/done_all:"):
                _decide([(proposal, proposal.replacement) for proposal in undecided])
            if st.button(_("Leave these everywhere"), icon=":material/block:"):
                _decide([(proposal, "") for proposal in undecided])
    with st.form("names-table-form", border=False):
        edited = st.data_editor(
            [_row(proposal, replace, leave) for proposal in proposals],
            hide_index=True,
            key=f"{_TABLE}-{st.session_state.get(_TABLE, 0)}",
            height=min(38 + 36 * len(proposals), 520),
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
            _store_table(proposals, edited, replace)


def _row(proposal: Proposal, replace: str, leave: str) -> dict[str, Any]:
    _ = session.words()
    entry = review_state().decided.get((proposal.text, proposal.kind))
    decision = None if entry is None else leave if entry.is_ignored else replace
    return {
        "decision": decision,
        "name": proposal.text,
        "role": entry.replacement if entry and entry.replacement else proposal.replacement,
        "kind": labels.kinds(_)[proposal.kind],
        "places": len(proposal.mentions),
        "context": proposal.mentions[0].context if proposal.mentions else "",
        "why": ", ".join(labels.because(rule, _) for rule in proposal.because),
    }


def _store_table(proposals: list[Proposal], edited: list[dict[str, Any]], replace: str) -> None:
    chosen = []
    for proposal, row in zip(proposals, edited, strict=True):
        if row["decision"] is None:
            review_state().reopen(proposal)
        else:
            chosen.append((proposal, str(row["role"]) if row["decision"] == replace else ""))
    _decide(chosen)
