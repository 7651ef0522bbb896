"""The versions of the codebook, and the changes between two versions."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualcode.model import CodeChange
from qualcode.translation import Translator

from ... import session


def show() -> None:
    """Draw the tab."""
    _ = session.words()
    versions = session.project().codebook.versions()
    st.dataframe(
        [
            {
                _("Version"): str(version.version),
                _("When"): _.moment(version.at),
                _("Who"): version.who or "–",
                _("What"): _.translate(version.note),
            }
            for version in reversed(versions)
        ],
        hide_index=True,
        height="content" if len(versions) <= 8 else 330,
    )
    if len(versions) < 2:
        st.caption(_("Each change makes a version. Once there are two, they are compared here."))
        return
    numbers = [version.version for version in versions]
    with st.container(horizontal=True):
        old = st.selectbox(_("From version"), numbers, index=len(numbers) - 2, width=160)
        new = st.selectbox(_("To version"), numbers, index=len(numbers) - 1, width=160)
    changes = session.project().codebook.compare(old, new)
    if not changes:
        st.info(_("Nothing differs between these versions."))
        return
    show_changes(changes)


def show_changes(changes: Sequence[CodeChange]) -> None:
    """Draw a table of changes between two versions."""
    _ = session.words()
    st.dataframe(
        [_row(change, _) for change in changes],
        hide_index=True,
        height="content" if len(changes) <= 12 else 460,
        column_config={
            _("Before"): st.column_config.TextColumn(width="large"),
            _("After"): st.column_config.TextColumn(width="large"),
        },
    )


def _row(change: CodeChange, _: Translator) -> dict[str, str]:
    labels = session.labels()
    # For these two kinds the new value is the path of a code.
    paths = change.kind in {"moved", "merged"}
    return {
        _("Code"): labels.get(change.path, change.path),
        _("What"): _.translate(change.what),
        _("Field"): _.translate(change.field_name),
        _("Before"): change.before,
        _("After"): labels.get(change.after, change.after) if paths else change.after,
    }
