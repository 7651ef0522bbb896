"""The name of an interview, and its removal behind one question."""

from __future__ import annotations

import streamlit as st

from ... import session
from ...widgets.notices import errors_shown, notify


def show_name(name: str) -> None:
    """Draw the field with the name."""
    _ = session.words()
    with (
        st.form(f"rename-{name}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        new = st.text_input(_("Name"), value=name, width=420)
        if st.form_submit_button(_("Rename")) and new != name:
            with errors_shown():
                session.project().transcripts.revisions.rename(name, new.strip())
                _forget(name)
                notify(_("'{name}' is now '{new}'.", name=name, new=new.strip()))
                st.rerun()


def show_removal(name: str) -> None:
    """Draw the question whether the interview goes."""
    _ = session.words()
    with st.popover(_("Remove this interview"), icon=":material/delete:"):
        plan = session.project().transcripts.revisions.plan_removal(name)
        st.markdown(_("This goes for good; nothing brings it back:"))
        lines = [
            _("the text of {name}, its file, and its words in the history", name=plan.transcript),
            _.many("{count} coding", "{count} codings", plan.codings),
            _.many("{count} note", "{count} notes", plan.memos),
        ]
        if session.project().rounds.collect_hiding():
            lines.append(_("and what others did in it, which an open blind round hides"))
        st.markdown("\n".join(f"- {line}" for line in lines))
        st.caption(_("Notes elsewhere may still quote it. Does a person withdraw? Use that tab."))
        if st.button(_("Yes, remove it"), type="primary", key=f"remove-{name}"):
            with errors_shown():
                session.project().transcripts.revisions.remove(name)
                _forget(name)
                notify(_("'{name}' was removed.", name=name))
                st.rerun()


def _forget(name: str) -> None:
    """Let no window show what was under a name."""
    session.reload_transcripts()
    session.offers().pop(name, None)
    for key in ("transcript", "managed-interview", "focus"):
        st.session_state.pop(key, None)
