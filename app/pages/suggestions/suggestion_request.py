"""The request for suggestions."""

from __future__ import annotations

import streamlit as st

from ... import auth, background_jobs, session
from ...widgets.notices import errors_shown
from . import language_model


def show_request() -> None:
    """Let the coder choose interviews and request suggestions for them."""
    _ = session.words()
    project, coder = session.project(), session.coder()
    names = [text.name for text in project.transcripts.collect()]
    allowed = [name for name in names if project.suggestions.allowed(name)]
    if not allowed:
        st.info(
            _("You are in a round without suggestions: they are shown once it has been handed in.")
        )
        return
    _show_model()
    language_model.show_settings(allowed)
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
                offers[name] = project.suggestions.offer(name, limit=2, floor=float(floor))
            return True

        about = (coder, session.view())
        background_jobs.start("offers", about, _("Looking for suggestions…"), work)
    background_jobs.result("offers", (coder, session.view()))


def _show_model() -> None:
    """Let the coder choose the embedding model of the project."""
    _ = session.words()
    meaning = session.project().suggestions.meaning
    chosen = meaning.read_choice()
    names = {
        "bundled": _("Meaning and words: the model that comes with the program"),
        "none": _("Words alone"),
        "folder": _("Meaning and words: another model, in a folder on this machine"),
    }
    # Others who are served may not name paths of this machine.
    kinds = [kind for kind in names if kind != "folder" or not auth.serving()]
    current = chosen if chosen in names else "folder"
    with st.expander(_("How suggestions compare texts")):
        kind = st.radio(
            _("Model"),
            kinds,
            index=kinds.index(current) if current in kinds else None,
            format_func=names.__getitem__,
            key="suggestions-model",
        )
        folder = ""
        if kind == "folder":
            folder = st.text_input(
                _("Folder of the model"),
                value="" if chosen in names else chosen,
                help=_("A model saved by model2vec or sentence-transformers."),
            )
        choice = folder if kind == "folder" else kind
        if st.button(_("Use it"), disabled=not choice or choice == chosen) and choice:
            with errors_shown():
                meaning.choose_model(choice)
                session.offers().clear()
                st.rerun()
