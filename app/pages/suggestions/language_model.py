"""A language model of one's own: which one, and asking it in the background."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.model import AskingReport, LanguageModel, ServerProtocol

from ... import auth, background_jobs, session
from ...widgets.notices import errors_shown

ADDRESSES = {
    ServerProtocol.OLLAMA: "http://127.0.0.1:11434",
    ServerProtocol.OPENAI: "http://127.0.0.1:8080",
}


def show_settings(allowed: Sequence[str]) -> None:
    """Let the coder choose a language model, and ask it about interviews.

    Args:
        allowed: Names of the interviews that the coder may see suggestions for.
    """
    _ = session.words()
    model = session.project().suggestions.language_model.read_choice()
    with st.expander(_("A language model of your own")), errors_shown():
        st.write(
            _(
                "Off by default. A server of language models on this machine, such as Ollama, "
                "llama.cpp or LM Studio, can judge the codes too. Nothing is sent to another "
                "machine. It is slow, and its answers are kept."
            )
        )
        if model is None:
            st.caption(_("No language model takes part."))
        else:
            st.code(model.description, language=None, wrap_lines=True)
        # Who is served from elsewhere may not make this machine open connections.
        if not auth.serving():
            _show_choice(model)
        if model is not None:
            _show_asking(model, allowed)


def _show_choice(model: LanguageModel | None) -> None:
    _ = session.words()
    names = {
        ServerProtocol.OLLAMA: "Ollama",
        ServerProtocol.OPENAI: _("OpenAI's protocol (llama.cpp, LM Studio)"),
    }
    protocol = st.radio(
        _("How the server is spoken to"),
        list(names),
        index=list(names).index(model.protocol) if model else 0,
        format_func=names.__getitem__,
        horizontal=True,
        key="language-model-protocol",
    )
    with st.form("language-model", border=False):
        server = st.text_input(
            _("Address on this machine"),
            value=model.server if model and model.protocol == protocol else ADDRESSES[protocol],
        )
        name = st.text_input(_("Name of the model"), value=model.name if model else "")
        window = st.number_input(
            _("Tokens of its context window (0: what the server tells)"),
            min_value=0,
            step=1024,
            value=0,
        )
        chosen = st.form_submit_button(_("Use this language model"))
    own_model = session.project().suggestions.language_model
    if chosen:
        own_model.choose(server, name, protocol, int(window))
        session.offers().clear()
        st.rerun()
    if model is not None and st.button(_("Use no language model")):
        own_model.turn_off()
        session.offers().clear()
        st.rerun()


def _show_asking(model: LanguageModel, allowed: Sequence[str]) -> None:
    _ = session.words()
    project = session.project()
    chosen = st.selectbox(
        _("Interview to ask about"),
        ["", *allowed],
        format_func=lambda name: name or _("All, and what was coded in them"),
        key="language-model-interview",
    )
    if st.button(_("Ask the language model"), icon=":material/smart_toy:"):
        offers = session.offers()

        def work(tell: background_jobs.Tell) -> AskingReport:
            report = project.suggestions.language_model.ask(chosen, lambda share: tell(share, ""))
            # What was offered before did not know the answers.
            offers.clear()
            return report

        label = _("Asking the language model…")
        background_jobs.start("ask-model", (session.view(), model), label, work)
    report: AskingReport | None = background_jobs.result("ask-model", (session.view(), model))
    if report is not None:
        _show_report(report)


def _show_report(report: AskingReport) -> None:
    _ = session.words()
    st.success(
        _(
            "Passages: {texts}. Judgements of a code for a passage, now: {asked}; known before: "
            "{known}. Codes given, with words of the passage: {given}.",
            texts=report.texts,
            asked=report.new_judgements,
            known=report.known_judgements,
            given=report.codes_given,
        )
    )
    st.caption(
        _(
            "Dropped: quotes that are not in the passage: {invented}; judgements that could not "
            "be read: {unusable}; passages too long for its context window: {too_long}.",
            invented=report.invented,
            unusable=report.unusable,
            too_long=report.too_long,
        )
    )
    if report.left_out:
        st.caption(
            _(
                "Not asked about, in an open round without suggestions: {names}.",
                names=", ".join(report.left_out),
            )
        )
