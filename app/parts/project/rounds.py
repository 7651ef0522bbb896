"""Rounds of coding: how far each coder is, handing in, opening again, and making a new one."""

from __future__ import annotations

from typing import Any

import session
import streamlit as st
import telling

from qualcode.model import Round
from qualcode.project import RoundProgress


def show() -> None:
    """Draw the rounds."""
    _ = session.words()
    st.markdown("#### " + _("Rounds"))
    st.caption(
        _("A blind round keeps two coders apart: neither sees the other's work until it closes.")
    )
    for one in session.project().rounds.collect():
        _round(one)
    with st.expander(_("New round"), icon=":material/add:"):
        _new()


# --- one round --------------------------------------------------------------------------------


def _round(one: Round) -> None:
    _ = session.words()
    who = session.coder()
    with st.container(border=True):
        state = _("closed") if one.closed else _("open")
        blind = _("blind") if one.blind else _("joint")
        st.markdown(f"**{telling.plain(one.name)}** · {blind} · {state}")
        st.caption(_about(one))
        for progress in session.project().rounds.progress(one.name):
            st.markdown(f"- {_progress(progress)}")
        if who in one.coders:
            with session.guarded():
                _act(one, who)


def _about(one: Round) -> str:
    _ = session.words()
    count = len(one.transcripts) or len(session.project().transcripts.collect())
    parts = [_.many("{count} interview", "{count} interviews", count)]
    if one.drawn_from:
        drawn = _("drawn from {count} with seed {seed}", count=one.drawn_from, seed=one.seed)
        parts.append(drawn)
    if one.stratified_by:
        parts.append(_("in proportion to {attribute}", attribute=one.stratified_by))
    parts.append(_("codebook version {number}", number=one.codebook_version))
    if one.suggestions:
        parts.append(_("with suggestions"))
    return telling.plain(" · ".join(parts))


def _progress(one: RoundProgress) -> str:
    _ = session.words()
    name = f"**{telling.plain(one.coder)}**"
    if one.handed_in:
        at = f" {_.moment(one.handed_in_at)}" if one.handed_in_at else ""
        state = _("handed in") + at
    else:
        state = _("coding")
    parts = [name, state]
    if one.codings is not None:
        parts.append(_.many("{count} coding", "{count} codings", one.codings))
    if one.uncoded:
        parts.append(telling.plain(_("nothing coded yet in {names}", names=", ".join(one.uncoded))))
    if one.reopened:
        parts.append(
            _.many("opened again {count} time", "opened again {count} times", one.reopened)
        )
    return " · ".join(parts)


def _act(one: Round, who: str) -> None:
    _ = session.words()
    project = session.project()
    if who in one.handed_in:
        with (
            st.popover(_("Take my work back"), icon=":material/lock_open:"),
            st.form(f"reopen-{one.name}", border=False),
        ):
            st.caption(_("The history and the report tell that it was opened again, and why."))
            reason = st.text_input(_("Why"))
            if st.form_submit_button(_("Open it again")):
                project.rounds.reopen(one.name, who, reason.strip())
                st.rerun()
        return
    with st.popover(_("Hand in my work"), icon=":material/lock:"):
        st.write(_("Your codings in this round are fixed once you hand in."))
        if st.button(_("Hand in"), key=f"hand-in-{one.name}", type="primary"):
            project.rounds.hand_in(one.name, who)
            st.rerun()


# --- a new one --------------------------------------------------------------------------------


def _new() -> None:
    _ = session.words()
    if session.book_or_none() is None:
        st.info(_("A round is coded with a codebook. Make or import one first."))
        return
    people = list(session.people())
    if len(people) < 2:
        st.info(_("A blind round is of two coders. Add the other one first."))
    name = st.text_input(_("Name"), key="round-name", width=320)
    coders = st.multiselect(
        _("Coders"), people, default=people[:2], key=f"round-coders-{len(people)}"
    )
    chosen = _ask_transcripts()
    kind = _ask_kind()
    versions = [one.version for one in session.project().codebook.versions()][::-1]
    version = st.selectbox(_("Codebook version"), versions, width=160, key="round-version")
    _advice()
    if st.button(_("Make the round"), type="primary") and name.strip():
        with session.guarded():
            session.project().rounds.create(
                name.strip(),
                coders=coders,
                codebook_version=version,
                **chosen,
                **kind,
            )
            session.flash(_("Round {name} made", name=name.strip()))
            st.rerun()


def _ask_transcripts() -> dict[str, Any]:
    _ = session.words()
    names = [text.name for text in session.project().transcripts.collect()]
    ways = {"all": _("All interviews"), "some": _("These"), "draw": _("Drawn at random")}
    way = st.radio(
        _("Interviews"), list(ways), format_func=ways.__getitem__, horizontal=True, key="round-way"
    )
    if way == "some":
        return {"transcripts": st.multiselect(_("Which"), names, key="round-which")}
    if way == "all" or not names:
        return {}
    with st.container(horizontal=True):
        count = st.number_input(
            _("How many"), 1, len(names), min(4, len(names)), width=140, key="round-many"
        )
        keys = dict.fromkeys(
            key for case in session.project().cases.collect() for key in case.attributes
        )
        by = st.selectbox(
            _("In proportion to"),
            ["", *keys],
            format_func=lambda key: key or _("nothing"),
            width=200,
            key="round-by",
        )
        seed = st.number_input(
            _("Seed"),
            0,
            999_999,
            None,
            width=160,
            key="round-seed",
            placeholder=_("a new one"),
            help=_("The same seed draws the same interviews again. The round keeps it."),
        )
    return {"sample": int(count), "stratify_by": by, "seed": seed}


def _ask_kind() -> dict[str, Any]:
    _ = session.words()
    blind = st.toggle(
        _("Blind: coders do not see each other's codings"), value=True, key="round-blind"
    )
    suggestions = st.toggle(
        _("Suggestions may be shown"),
        disabled=blind,
        key="round-suggestions",
        help=_(
            "Not in a blind round: two coders who follow the same suggestion agree without being "
            "right."
        ),
    )
    return {"blind": blind, "suggestions": suggestions and not blind}


def _advice() -> None:
    _ = session.words()
    found = [
        _("{count} interviews: ± {width}", count=_.number(size), width=_.number(width, 2))
        for size, width in session.project().rounds.expected_intervals()
        if width is not None
    ]
    if found:
        st.caption(
            _(
                "How sure a kappa will be depends on the number of interviews that both code, not "
                "on the number of passages. About: {widths}.",
                widths="; ".join(found),
            )
        )
