"""Annexes of a paper: the codebook, its development, topic guides, the sample, references."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.model.annex import AnnexKind
from qualcode.project import FINAL, attribute_name

from ... import session
from ...widgets.notices import errors_shown, notify
from ...widgets.problems import show_problems
from ...widgets.text import show_heading
from .files import show_downloads

_TABLES = {AnnexKind.CODEBOOK, AnnexKind.GUIDE, AnnexKind.DEVELOPMENT, AnnexKind.SAMPLE}


def show_annexes(language: str) -> None:
    """Show each annex with its files."""
    _ = session.words()
    show_heading(_("Annexes"))
    names = {
        AnnexKind.CODEBOOK: _("Codebook for publication"),
        AnnexKind.DEVELOPMENT: _("Development of the codebook"),
        AnnexKind.GUIDE: _("Topic guides"),
        AnnexKind.SAMPLE: _("Participants"),
        AnnexKind.REFERENCES: _("References of the methods section"),
    }
    kind = st.selectbox(
        _("Annexes"), [*names], format_func=names.__getitem__, key="annex-kind", width=420
    )
    groups = _show_sample_choices() if kind is AnnexKind.SAMPLE else ()

    def write(path: Path) -> None:
        publication = session.project().exchange.publication
        publication.write_annex(kind, path, groups=groups, language=language)

    suffixes = ("docx", "html", "md", "xlsx") if kind in _TABLES else ("docx", "html", "md")
    if kind is AnnexKind.SAMPLE:
        # Its notes print why small numbers may be there.
        show_problems(session.project().disclosure.check_reasons(), _)
    with errors_shown():
        _refuse_without_material(kind)
        show_downloads(f"annex-{kind}", write, suffixes)


def _refuse_without_material(kind: AnnexKind) -> None:
    """Refuse an annex that cannot be made now: a file that is refused later just does not come."""
    project = session.project()
    if kind is AnnexKind.CODEBOOK:
        project.codings.collect_layer(FINAL)
    if kind is AnnexKind.GUIDE and not project.transcripts.collect_guides():
        raise UndefinedRequestError(
            "The project has no topic guide. Read one: qualcode guide import FILE.yaml"
        )


def _show_sample_choices() -> tuple[str, ...]:
    """Show the order of the groups, and what is left out; return the order."""
    _ = session.words()
    language = session.language()
    publication = session.project().exchange.publication
    group_names = [group for group in publication.sample().groups if group]
    order = st.multiselect(
        _("Groups, in their order"), group_names, default=group_names, key="sample-groups"
    )
    sample = publication.sample(order)
    small = [a.name for a in sample.attributes if a.left_out or any(any(r.marks) for r in a.rows)]
    if not small:
        return tuple(order)
    with st.form("print-small", border=False):
        name = st.selectbox(
            _("Small numbers of"), small, format_func=partial(attribute_name, language=language)
        )
        reason = st.text_input(_("Why they may be printed"))
        if st.form_submit_button(_("Print them all the same")) and reason.strip():
            publication.print_small_counts(name, reason)
            notify(_("The decision is kept with the others on disclosure."))
            st.rerun()
    return tuple(order)
