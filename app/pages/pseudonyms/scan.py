"""The first step: scan for names, and say what was scanned and what no program finds."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.project import NameScan

from ... import background_jobs, session
from ...widgets.notices import errors_shown
from ...widgets.problems import show_problems
from . import labels
from .key_file import open_key
from .state import clear_state, go_to_step, review_state

_WORK = "names"


def show() -> None:
    """Draw the step."""
    with errors_shown():
        scan = background_jobs.result(_WORK, review_state().project)
        if scan is not None:
            review_state().scan = scan
            # The job would otherwise bring this scan back after the review was cleared.
            background_jobs.forget(_WORK)
    if background_jobs.busy(_WORK):
        return
    if review_state().scan is None:
        _scan_form()
    else:
        _show_result()
    _show_limits()


def _start(transcripts: Sequence[str], names: Sequence[str]) -> None:
    _ = session.words()
    project, key = session.project(), review_state().stored_key

    # The project and the key are taken before: the job's thread must not call Streamlit.
    def look(tell: background_jobs.Tell) -> NameScan:
        return project.pseudonyms.scan(
            transcripts, key=key, names=names, tell=lambda share: tell(share, "")
        )

    background_jobs.start(_WORK, review_state().project, _("Reading every text…"), look)
    st.rerun()


def _scan_form() -> None:
    _ = session.words()
    names = [text.name for text in session.project().transcripts.collect()]
    with st.form("names-look", border=True):
        chosen = st.multiselect(
            _("Interviews"), names, placeholder=_("All, and everything else in the project")
        )
        listed = st.text_area(
            _("Names that you know are in them, one on each line"),
            height=100,
            help=_("They are found even where no rule finds them."),
        )
        if st.form_submit_button(_("Look for names"), type="primary", icon=":material/search:"):
            _start(chosen, listed.split("\n"))
    if not review_state().stored_key.entries:
        with st.expander(_("Names were decided on before: open their key"), icon=":material/key:"):
            open_key()
    else:
        st.caption(
            _.many(
                "{count} name of the key that you opened is known.",
                "{count} names of the key that you opened are known.",
                len(review_state().stored_key.entries),
            )
        )


def _show_result() -> None:
    _ = session.words()
    work = review_state()
    scan = work.scan
    if scan is None:
        return
    with st.container(border=True):
        count = _.many("{count} name proposed", "{count} names proposed", len(scan.proposals))
        before = _.many(
            "{count} was decided on before", "{count} were decided on before", scan.decided
        )
        st.markdown(f"**{count}**" + (f" · {before}" if scan.decided else ""))
        looked = ", ".join(labels.source_count(source, n, _) for source, n in scan.looked_at)
        st.caption(_("Looked at: {what}.", what=looked))
        st.caption(
            _("Language model: {name}.", name=scan.model)
            if scan.model
            else _("No language model is installed: rules and lists only.")
        )
        with st.container(horizontal=True):
            if scan.proposals and st.button(_("Review the proposals"), type="primary"):
                go_to_step("review")
            if st.button(_("Look again"), icon=":material/refresh:", disabled=work.unkept):
                work.scan = None
                st.rerun()
            if st.button(_("Forget what is on this page"), icon=":material/close:"):
                clear_state()
                st.rerun()
        if work.unkept:
            st.caption(_("Keep your decisions in the key first, or they are lost."))
    show_problems(scan.problems, _)


def _show_limits() -> None:
    _ = session.words()
    with st.container(border=True):
        title = _("What no program sees")
        st.markdown(f"**{title}**")
        st.markdown("\n".join(f"- {line}" for line in labels.cannot_see(_)))
        st.caption(
            _(
                "In tests, such rules found 69% to 94% of the names that they did not know. "
                "Read the texts yourself too."
            )
        )
