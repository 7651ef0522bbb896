"""The page Typology: the property space, the types, who is which, and a page per type."""

from __future__ import annotations

import streamlit as st

from ... import session
from ...page_links import open_page
from ...widgets.layer_select import layer_select
from ...widgets.notices import errors_shown
from ...widgets.requirements import require_codebook, require_transcripts
from . import assignments, space, type_pages, types


def _show_typology() -> None:
    _ = session.words()
    layer = layer_select("typology-layer")
    parts = {
        "space": (_("Property space"), space.show_space),
        "types": (_("Types"), types.show_types),
        "who": (_("Who is which"), assignments.show_assignments),
        "pages": (_("Pages to print"), type_pages.show_pages),
    }
    part = st.segmented_control(
        _("Part"),
        [*parts],
        default="space",
        format_func=lambda name: parts[name][0],
        label_visibility="collapsed",
        required=True,
        key="typology-part",
    )
    parts[str(part)][1](layer)


def show() -> None:
    """Draw the page."""
    _ = session.words()
    project = session.project()
    require_transcripts()
    require_codebook()
    st.title(_("Typology"), anchor=False)
    if not project.codings.collect():
        st.info(_("Nothing is coded yet. Types are built from codings and attributes."))
        if st.button(_("Start coding"), type="primary"):
            open_page("coding")
        return
    if not project.cases.collect():
        st.info(_("There are no participants yet. Say who they are first."))
        if st.button(_("Go to the participants"), type="primary"):
            open_page("transcripts")
        return
    with errors_shown():
        _show_typology()
