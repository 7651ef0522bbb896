"""The audit trail: what was done with the data, by kind of record."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ... import session
from ...widgets.problems import show_problems
from ...widgets.text import show_heading
from .files import show_downloads


def show_audit(language: str) -> None:
    """Show the files of the audit trail, with or without memos."""
    _ = session.words()
    show_heading(_("Audit trail"))
    memos = st.checkbox(
        _("With memos"),
        key="audit-memos",
        help=_("Passages that are withheld are taken out of them."),
    )

    def write(path: Path) -> None:
        publication = session.project().exchange.publication
        publication.write_audit(path, memos=memos, language=language)

    # It prints the reasons of decisions.
    show_problems(session.project().disclosure.check_reasons(), _)
    show_downloads("audit", write)
