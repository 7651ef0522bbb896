"""The page Search: words over all interviews, hits in context, a code for many at once."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.model import Hit
from qualcode.project import run_search

from ... import background_jobs, session
from ...widgets.notices import errors_shown
from ...widgets.requirements import require_codebook, require_transcripts
from . import chosen_hits, criteria, hit_list


def _find_hits(search: Any) -> tuple[Hit, ...] | None:
    _ = session.words()
    project = session.project()

    def work(tell: background_jobs.Tell) -> tuple[Hit, ...]:
        tell(0.0, "")
        return run_search(project, search)

    # A code given to hits may change what a filter by code finds.
    about = (session.view(), search, project.history.revision())
    hits: tuple[Hit, ...] | None = background_jobs.result_or_progress(
        "search", about, _("Searching…"), work
    )
    return hits


def show() -> None:
    """Draw the page."""
    _ = session.words()
    require_transcripts()
    require_codebook()
    st.title(_("Search"), anchor=False)
    criteria.show_saved()
    search = criteria.show_form()
    with errors_shown():
        if not search.words and not search.code:
            st.caption(
                _(
                    "Type words. OF between words finds one or the other, NABIJ (near) finds them "
                    "close together: werkdruk OF (druk NABIJ werk)."
                )
            )
            return
        try:
            hits = _find_hits(search)
        except UndefinedRequestError as error:
            st.info(_.translate(str(error)))
            return
        if hits is not None:
            criteria.show_counts(search, hits)
            _show_hits(hits)


def _show_hits(hits: tuple[Hit, ...]) -> None:
    if not hits:
        return
    list_column, panel_column = st.columns([2.6, 1], gap="medium")
    with list_column:
        hit_list.show_hits(hits)
    with panel_column, st.container(border=True):
        chosen_hits.show_panel(hits)
