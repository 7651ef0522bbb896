"""The versions of the codebook, and the changes between two versions."""

from __future__ import annotations

import streamlit as st

from qualcode.model import CodeChange
from qualcode.translation import Translator

from ... import session
from . import fields


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
    labels, names = session.labels(), fields.field_names(_)
    # For these two kinds the new value is the path of a code.
    paths = change.kind in {"moved", "merged"}
    return {
        _("Code"): labels.get(change.path, change.path),
        _("What"): _kinds(_).get(change.kind, change.kind),
        _("Field"): names.get(change.field, change.field),
        _("Before"): change.before,
        _("After"): labels.get(change.after, change.after) if paths else change.after,
    }


def _kinds(_: Translator) -> dict[str, str]:
    return {
        "added": _("added"),
        "removed": _("removed"),
        "moved": _("moved"),
        "retired": _("retired"),
        "restored": _("restored"),
        "merged": _("merged"),
        "changed": _("changed"),
        "reordered": _("reordered"),
    }
