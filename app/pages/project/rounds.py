"""Rounds of coding: progress of each coder, handing in, reopening, and new rounds."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualcode.model import Round
from qualcode.project import RoundProgress

from ... import session
from ...widgets.notices import errors_shown, notify
from ...widgets.text import escape_markdown


def show() -> None:
    """Draw the rounds."""
    _ = session.words()
    st.markdown("## " + _("Rounds"))
    st.caption(
        _("A blind round keeps two coders apart: neither sees the other's work until it closes.")
    )
    for round_ in session.project().rounds.collect():
        _show_round(round_)
    with st.expander(_("New round"), icon=":material/add:"):
        _new_round_form()


# --- one round --------------------------------------------------------------------------------


def _show_round(round_: Round) -> None:
    _ = session.words()
    coder = session.coder()
    with st.container(border=True):
        state = _("closed") if round_.closed else _("open")
        blind = _("blind") if round_.blind else _("joint")
        st.markdown(f"**{escape_markdown(round_.name)}** · {blind} · {state}")
        st.caption(_round_text(round_))
        for progress in session.project().rounds.progress(round_.name):
            st.markdown(f"- {_progress_text(progress)}")
        if coder in round_.coders:
            with errors_shown():
                _hand_in_form(round_, coder)


def _round_text(round_: Round) -> str:
    _ = session.words()
    count = len(round_.transcripts) or len(session.project().transcripts.collect())
    parts = [_.many("{count} interview", "{count} interviews", count)]
    if round_.drawn_from:
        sample = _("drawn from {count} with seed {seed}", count=round_.drawn_from, seed=round_.seed)
        parts.append(sample)
    if round_.stratified_by:
        parts.append(_("in proportion to {attribute}", attribute=round_.stratified_by))
    parts.append(_("codebook version {number}", number=round_.codebook_version))
    if round_.suggestions:
        parts.append(_("with suggestions"))
    return escape_markdown(" · ".join(parts))


def _progress_text(progress: RoundProgress) -> str:
    _ = session.words()
    name = f"**{escape_markdown(progress.coder)}**"
    if progress.handed_in:
        at = f" {_.moment(progress.handed_in_at)}" if progress.handed_in_at else ""
        state = _("handed in") + at
    else:
        state = _("still coding")
    parts = [name, state]
    if progress.codings is not None:
        parts.append(_.many("{count} coding", "{count} codings", progress.codings))
    if progress.uncoded:
        parts.append(
            escape_markdown(_("nothing coded yet in {names}", names=", ".join(progress.uncoded)))
        )
    if progress.reopened:
        parts.append(
            _.many("opened again {count} time", "opened again {count} times", progress.reopened)
        )
    return " · ".join(parts)


def _hand_in_form(round_: Round, coder: str) -> None:
    _ = session.words()
    project = session.project()
    if coder in round_.handed_in:
        with (
            st.popover(_("Take my work back"), icon=":material/lock_open:"),
            st.form(f"reopen-{round_.name}", border=False),
        ):
            st.caption(_("The history and the report tell that it was opened again, and why."))
            reason = st.text_input(_("Why"))
            if st.form_submit_button(_("Open it again")):
                project.rounds.reopen(round_.name, coder, reason.strip())
                st.rerun()
        return
    with st.popover(_("Hand in my work"), icon=":material/lock:"):
        st.write(_("Your codings in this round are fixed once you hand in."))
        if st.button(_("Hand in"), key=f"hand-in-{round_.name}", type="primary"):
            project.rounds.hand_in(round_.name, coder)
            if project.rounds.get(round_.name).closed:
                notify(_("All have handed in. The round can be compared on the page Agreement."))
            st.rerun()


# --- a new one --------------------------------------------------------------------------------


def _new_round_form() -> None:
    _ = session.words()
    if session.find_codebook() is None:
        st.info(_("A round is coded with a codebook. Make or import one first."))
        return
    people = list(session.coders())
    # Only a hint: the second coder may join later, with a copy of the project.
    if len(people) < 2:
        st.info(_("A blind round needs two coders. Add the other one first."))
    name = st.text_input(_("Name"), key="round-name", width=320)
    coders = st.multiselect(
        _("Coders"), people, default=people[:2], key=f"round-coders-{len(people)}"
    )
    chosen = _transcript_select()
    kind = _kind_select()
    # The newest first, which nearly every round uses.
    versions = [version.version for version in session.project().codebook.versions()][::-1]
    version = st.selectbox(_("Codebook version"), versions, width=160, key="round-version")
    _show_interval_advice()
    if st.button(_("Make the round"), type="primary") and name.strip():
        with errors_shown():
            session.project().rounds.create(
                name.strip(),
                coders=coders,
                codebook_version=version,
                **chosen,
                **kind,
            )
            notify(_("Round {name} made", name=name.strip()))
            st.rerun()


def _transcript_select() -> dict[str, Any]:
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


def _kind_select() -> dict[str, Any]:
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


@st.cache_data(show_spinner=False, max_entries=4)
def _expected_intervals(key: str, revision: int) -> tuple[tuple[int, float | None], ...]:
    # They are only there to make the cache forget the widths after a change.
    del key, revision
    return session.project().rounds.expected_intervals()


def _show_interval_advice() -> None:
    _ = session.words()
    widths = [
        _("{count} interviews: ± {width}", count=_.number(size), width=_.number(width, 2))
        for size, width in _expected_intervals(session.view(), session.project().history.revision())
        if width is not None
    ]
    if widths:
        st.caption(
            _(
                "How sure alpha will be depends on the number of interviews that both code, not on "
                "the number of passages. By the interviews coded twice so far, about: {widths}.",
                widths="; ".join(widths),
            )
        )
