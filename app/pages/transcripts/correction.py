"""A corrected text: what would change, the replacement, codings to confirm, earlier texts."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.project import ChangedCoding, Correction, known_suffixes

from ... import session
from ...page_links import open_passage
from ...widgets import uploads
from ...widgets.notices import errors_shown, notify


def show(name: str) -> None:
    """Draw what there is to correct in an interview."""
    _show_unconfirmed(name)
    _show_upload(name)
    _show_versions(name)


def _show_upload(name: str) -> None:
    _ = session.words()
    with st.expander(_("Replace the text by a corrected file"), icon=":material/edit_document:"):
        # A new key after each replacement empties the field.
        count = st.session_state.get("corrections", 0)
        suffixes = [suffix.removeprefix(".") for suffix in known_suffixes()]
        file = st.file_uploader(_("Corrected file"), suffixes, key=f"correct-{name}-{count}")
        if file is None:
            st.caption(_("Codings, notes and decisions move along with their words."))
            return
        revisions = session.project().transcripts.revisions
        with errors_shown(), uploads.on_disk(file) as path:
            planned = revisions.plan_correction(path, name)
            _show_plan(planned)
            if st.button(_("Yes, replace the text"), type="primary", key=f"replace-{name}"):
                revisions.correct(path, name)
                st.session_state["corrections"] = count + 1
                session.reload_transcripts()
                # Suggestions point at places in the text of before.
                session.offers().pop(name, None)
                notify(_("The text of {name} was replaced", name=name))
                st.rerun()


def _show_plan(planned: Correction) -> None:
    _ = session.words()
    lines = [
        _.many("{count} coding keeps its words", "{count} codings keep their words", planned.same),
        _.many(
            "{count} coding will cover other words, and waits for you to confirm it",
            "{count} codings will cover other words, and wait for you to confirm them",
            len(planned.changed),
        ),
        _.many(
            "{count} coding will be deleted: its words are not in the corrected text",
            "{count} codings will be deleted: their words are not in the corrected text",
            len(planned.gone),
        ),
        _("the text until now is kept; undo does not bring it back"),
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    _show_changes((*planned.changed, *planned.gone))


def _show_changes(items: Sequence[ChangedCoding]) -> None:
    _ = session.words()
    if not items:
        return
    labels = session.labels() if session.find_codebook() else {}
    rows = [
        {
            _("Code"): labels.get(item.coding.code, item.coding.code),
            _("Coder"): item.coding.coder,
            _("Words before"): item.before,
            _("Words now"): item.after or _("deleted"),
        }
        for item in items
    ]
    st.dataframe(rows, hide_index=True)


def _show_unconfirmed(name: str) -> None:
    _ = session.words()
    revisions = session.project().transcripts.revisions
    waiting = revisions.unconfirmed(name)
    if not waiting:
        return
    with st.container(border=True):
        st.markdown(
            _.many(
                "{count} coding covers other words since the text was corrected.",
                "{count} codings cover other words since the text was corrected.",
                len(waiting),
            )
        )
        _show_changes(waiting)
        with st.container(horizontal=True):
            if st.button(_("They still hold: confirm all"), type="primary"):
                with errors_shown():
                    revisions.confirm([item.coding.id for item in waiting])
                    notify(_("Confirmed"))
                    st.rerun()
            if st.button(_("Look at the first one")):
                span = waiting[0].coding.span
                open_passage(name, span.start, span.end)


def _show_versions(name: str) -> None:
    _ = session.words()
    revisions = session.project().transcripts.revisions
    versions = revisions.versions(name)
    if not versions:
        return
    label = _.many("{count} earlier text", "{count} earlier texts", len(versions))
    with st.expander(label, icon=":material/history:"):
        for version in versions:
            title = f"{version.number} · {version.file_name} · {_.moment(version.replaced_at)}"
            st.download_button(
                title,
                version.text.encode("utf-8"),
                file_name=f"{name}-{version.number}.txt",
                key=f"version-{name}-{version.number}",
            )
        with st.popover(_("Remove the earlier texts"), icon=":material/delete:"):
            st.markdown(_("Their words go for good, also from the history."))
            if st.button(_("Yes, remove them"), type="primary", key=f"forget-{name}"):
                with errors_shown():
                    revisions.remove_versions(name)
                    notify(_("Earlier texts removed"))
                    st.rerun()
