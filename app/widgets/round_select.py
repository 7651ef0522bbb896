"""The choice of a round."""

from __future__ import annotations

import streamlit as st

from .. import session


def round_select(coders: tuple[str, str], key: str) -> str:
    """Let the reader choose a round of these coders; ``""`` means all codings."""
    _ = session.words()
    rounds = session.project().rounds()
    # A round without a list of coders is open to all of them.
    names = [round_.name for round_ in rounds if not round_.coders or {*coders} <= {*round_.coders}]
    if not names:
        return ""
    chosen = st.selectbox(
        _("Round"),
        ["", *names],
        format_func=lambda name: name or _("All codings"),
        width=240,
        key=key,
    )
    return str(chosen or "")
