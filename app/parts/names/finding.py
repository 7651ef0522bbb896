"""The first step: look for names, and tell what was looked at and what no program sees."""

from __future__ import annotations

from collections.abc import Sequence

import session
import streamlit as st
import telling
import working
from parts.names import wording
from parts.names.desk import clear, desk, go
from parts.names.keeping import open_key

from qualcode.project import NameScan

_WORK = "names"


def show() -> None:
    """Draw the step."""
    with session.guarded():
        found = working.result(_WORK, desk().project)
        if found is not None:
            desk().scan = found
            working.forget(_WORK)
    if working.busy(_WORK):
        return
    if desk().scan is None:
        _look()
    else:
        _found()
    _limits()


def _start(transcripts: Sequence[str], names: Sequence[str]) -> None:
    _ = session.words()
    project, known = session.project(), desk().known

    def look(tell: working.Tell) -> NameScan:
        return project.pseudonyms.scan(
            transcripts, key=known, names=names, tell=lambda share: tell(share, "")
        )

    working.start(_WORK, desk().project, _("Reading every text…"), look)
    st.rerun()


def _look() -> None:
    _ = session.words()
    names = [text.name for text in session.project().transcripts.collect()]
    with st.form("names-look", border=True):
        chosen = st.multiselect(
            _("Interviews"), names, placeholder=_("All, and everything else in the project")
        )
        listed = st.text_area(
            _("Names that you know are in them, one on each line"),
            height=100,
            help=_("They are found too where no rule would find them."),
        )
        if st.form_submit_button(_("Look for names"), type="primary", icon=":material/search:"):
            _start(chosen, listed.split("\n"))
    if not desk().known.entries:
        with st.expander(_("Names were decided on before: open their key"), icon=":material/key:"):
            open_key()
    else:
        st.caption(
            _.many(
                "{count} name of the key that you opened is known.",
                "{count} names of the key that you opened are known.",
                len(desk().known.entries),
            )
        )


def _found() -> None:
    _ = session.words()
    work = desk()
    scan = work.scan
    if scan is None:
        return
    with st.container(border=True):
        found = _.many("{count} name proposed", "{count} names proposed", len(scan.proposals))
        before = _.many(
            "{count} was decided on before", "{count} were decided on before", scan.decided
        )
        st.markdown(f"**{found}**" + (f" · {before}" if scan.decided else ""))
        looked = ", ".join(wording.looked_at(what, n, _) for what, n in scan.looked_at)
        st.caption(_("Looked at: {what}.", what=looked))
        st.caption(
            _("Language model: {name}.", name=scan.model)
            if scan.model
            else _("No language model is installed: rules and lists only.")
        )
        with st.container(horizontal=True):
            if scan.proposals and st.button(_("Review the proposals"), type="primary"):
                go("review")
            if st.button(_("Look again"), icon=":material/refresh:", disabled=work.unkept):
                work.scan = None
                st.rerun()
            if st.button(_("Forget what is on this page"), icon=":material/close:"):
                clear()
                st.rerun()
        if work.unkept:
            st.caption(_("Keep your decisions in the key first, or they are lost."))
    telling.problems(scan.problems, _)


def _limits() -> None:
    _ = session.words()
    with st.container(border=True):
        title = _("What no program sees")
        st.markdown(f"**{title}**")
        st.markdown("\n".join(f"- {line}" for line in wording.cannot_see(_)))
        st.caption(
            _(
                "In tries, rules like these found 69% to 94% of names that they had not met "
                "before. Read the texts yourself too."
            )
        )
