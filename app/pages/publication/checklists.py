"""Reporting checklists: what the project knows of each item, and what the author must answer."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qualcode.model.checklist import ChecklistItem, ChecklistKind, ItemState

from ... import session
from ...widgets.text import show_heading
from .files import show_downloads


def show_checklists(language: str) -> None:
    """Show one checklist, with its files."""
    _ = session.words()
    show_heading(_("Reporting checklist"))
    names = {
        ChecklistKind.COREQ: _("COREQ: interviews and focus groups"),
        ChecklistKind.SRQR: _("SRQR: qualitative research"),
        ChecklistKind.JARS_QUAL: _("JARS-Qual: psychology"),
        ChecklistKind.RTARG: _("RTARG: reflexive thematic analysis"),
    }
    kind = st.selectbox(
        _("Standard"), [*names], format_func=names.__getitem__, key="checklist-kind", width=420
    )
    filled = session.project().exchange.publication.checklist(kind, language=session.language())
    st.markdown(
        _(
            "Of {all} items the project answers {known} by itself and {partly} in part; {author} "
            "are for the author.",
            all=len(filled.items),
            known=filled.count(ItemState.KNOWN),
            partly=filled.count(ItemState.PARTLY),
            author=filled.count(ItemState.AUTHOR),
        )
    )

    def write(path: Path) -> None:
        publication = session.project().exchange.publication
        publication.write_checklist(kind, path, language=language)

    show_downloads(f"checklist-{kind}", write)
    with st.expander(_("The items")):
        st.dataframe([_row(item) for item in filled.items], hide_index=True, width="stretch")


def _row(item: ChecklistItem) -> dict[str, str]:
    _ = session.words()
    say = _.translate
    caution = _("Cannot be claimed: {caution}", caution=item.caution) if item.caution else ""
    return {
        _("No."): item.number,
        _("Item"): say(item.topic),
        _("From the project"): " ".join(say(fact.text) for fact in item.facts),
        _("For the author"): " ".join(filter(None, (say(item.ask), caution))),
    }
