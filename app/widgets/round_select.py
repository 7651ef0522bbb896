"""The choice of a round."""

from __future__ import annotations

import streamlit as st

from .. import session


def round_select(coders: tuple[str, str], key: str, *, blind_first: bool = False) -> str:
    """Let the reader choose a round of these coders; ``""`` means all codings.

    Args:
        coders: The two coders.
        key: Key of the choice.
        blind_first: Choose the latest blind round that all handed in, where there is one: only in
            it did the coders work independently.
    """
    _ = session.words()
    rounds = session.project().rounds.collect()
    # A round without a list of coders is open to all of them.
    fitting = [r for r in rounds if not r.coders or {*coders} <= {*r.coders}]
    if not fitting:
        return ""
    names = ["", *(round_.name for round_ in fitting)]
    blind_closed = [r.name for r in fitting if r.blind and r.closed] if blind_first else []
    # Set once: a choice of the reader stays.
    if st.session_state.get(key) not in names:
        st.session_state[key] = blind_closed[-1] if blind_closed else ""
    chosen = st.selectbox(
        _("Round"),
        names,
        format_func=lambda name: name or _("All codings"),
        width=240,
        key=key,
    )
    return str(chosen or "")
