"""The request for suggestions."""

from __future__ import annotations

import streamlit as st

from ... import background_jobs, session


def show_request() -> None:
    """Let the coder choose interviews and request suggestions for them."""
    _ = session.words()
    project, coder = session.project(), session.coder()
    names = [text.name for text in project.collect_transcripts()]
    allowed = [name for name in names if project.suggestions_allowed(name, coder)]
    if not allowed:
        st.info(
            _("You are in a round without suggestions: they are shown once it has been handed in.")
        )
        return
    offers = session.offers()
    with (
        st.form("ask-offers", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        # The interviews without suggestions are proposed first.
        waiting = [name for name in allowed if name not in offers]
        chosen = st.multiselect(
            _("Interviews"), allowed, default=waiting or allowed, placeholder=_("Choose"), width=560
        )
        floor = st.select_slider(
            _("At least this sure"),
            options=[0.2, 0.35, 0.5, 0.65, 0.8],
            value=0.5,
            format_func=_.percent,
            width=200,
        )
        go = st.form_submit_button(_("Look for suggestions"), icon=":material/auto_awesome:")
    if go and chosen:

        def work(tell: background_jobs.Tell) -> bool:
            for number, name in enumerate(chosen):
                tell(number / len(chosen), name)
                offers[name] = project.suggest(name, coder, limit=2, floor=float(floor))
            return True

        about = (coder, session.view())
        background_jobs.start("offers", about, _("Looking for suggestions…"), work)
    background_jobs.result("offers", (coder, session.view()))
