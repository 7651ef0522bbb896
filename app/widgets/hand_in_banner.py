"""The banner of a coder who handed in: what is fixed now, and who is still coding."""

from __future__ import annotations

import streamlit as st

from qualcode.model import Round

from .. import session
from .text import escape_markdown


def show_hand_in_banner(transcript: str = "") -> None:
    """Say which rounds the coder of this window handed in.

    Args:
        transcript: Only rounds that cover this interview; all open ones without it.
    """
    name = session.coder()
    # The place is there without a banner too: if what follows moved down, the tabs would go back
    # to the first one, and the coding screen would begin again.
    with st.container():
        for round_ in session.project().rounds.collect():
            if name not in round_.handed_in or (transcript and not round_.covers(transcript)):
                continue
            # A round that is closed matters only where somebody would go on coding in it.
            if not round_.closed:
                _show_waiting(round_)
            elif transcript:
                _show_closed(round_)


def _show_waiting(round_: Round) -> None:
    _ = session.words()
    other_coders = [name for name in round_.coders if name not in round_.handed_in]
    st.info(
        _(
            "You handed in the round “{round}”: your codings in it are fixed. Still coding: "
            "{coders}. The round closes when all have handed in.",
            round=escape_markdown(round_.name),
            coders=escape_markdown(", ".join(other_coders)),
        ),
        icon=":material/lock:",
    )


def _show_closed(round_: Round) -> None:
    _ = session.words()
    st.info(
        _(
            "You handed in the round “{round}”. What you code in this interview now is not part "
            "of it.",
            round=escape_markdown(round_.name),
        ),
        icon=":material/lock:",
    )
