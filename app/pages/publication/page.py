"""The page Publish: checklists, annexes, the audit trail and the archive that go with a paper."""

from __future__ import annotations

import streamlit as st

from ... import session
from ...widgets.notices import errors_shown
from ...widgets.requirements import refuse_while_blind, require_codebook, require_transcripts
from . import annexes, archive, audit, checklists


def show() -> None:
    """Draw the page."""
    _ = session.words()
    require_transcripts()
    require_codebook()
    refuse_while_blind()
    st.title(_("Publish"), anchor=False)
    st.caption(_("What goes with a paper. Every file is made when you ask for it."))
    languages = {"nl": _("Dutch"), "en": _("English")}
    language = st.selectbox(
        _("Language of the documents"),
        [*languages],
        index=[*languages].index(session.language()),
        format_func=languages.__getitem__,
        key="publication-language",
        width=260,
    )
    with errors_shown():
        checklists.show_checklists(language)
        annexes.show_annexes(language)
        audit.show_audit(language)
        archive.show_archive(language)
        archive.show_check()
