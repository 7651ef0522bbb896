"""Requirements of a page: if one is not met, the page says so and ends."""

from __future__ import annotations

import streamlit as st

from qualcode.model import Code, Codebook, LocalText
from qualcode.model.code_colors import color_of_new_code

from .. import session
from ..page_links import open_page
from .coder_select import coder_form


def require_transcripts() -> None:
    """End the page if the project has no interviews yet, and say what to do."""
    if session.project().transcripts.collect():
        return
    _ = session.words()
    st.info(_("There are no interviews yet. Import them on the Project page."))
    if st.button(_("Import interviews"), type="primary"):
        open_page("project")
    st.stop()


def require_codebook(*, may_begin: bool = False) -> Codebook:
    """Return the codebook; if there is none yet, say so and end the page.

    Args:
        may_begin: Offer to begin one with codes in the words of respondents.
    """
    codebook = session.find_codebook()
    if codebook is None:
        _ = session.words()
        st.info(_("There is no codebook yet. Make or import one first."))
        with st.container(horizontal=True):
            if st.button(_("Go to the codebook"), type="primary"):
                open_page("codebook")
            if may_begin and st.button(_("Begin with words of respondents"), icon=":material/add:"):
                _begin_codebook()
        st.stop()
    return codebook


def _begin_codebook() -> None:
    """Make a codebook of one theme, for the codes that come out of the texts."""
    _ = session.words()
    project = session.project()
    label = LocalText.of(_("Codes from the texts"), session.language())
    theme = Code("from_the_texts", label=label, color=color_of_new_code(None, ""))
    project.codebook.create(project.info.name, (theme,))
    st.rerun()


def require_coder() -> str:
    """Return the coder of this window; if nobody was chosen, ask and end the page."""
    name = session.coder()
    if not name:
        coder_form()
        st.stop()
    return name


def refuse_while_blind() -> None:
    """End the page for a coder in an open blind round: it would show the other coder's work."""
    # The project refuses too; this page only says so before anything is computed.
    for round_ in session.project().rounds.collect_hiding():
        _ = session.words()
        st.info(
            _(
                "You are coding in the blind round “{round}”. What the other coder did is shown "
                "here once all have handed in on the Project page.",
                round=round_.name,
            )
        )
        st.stop()
