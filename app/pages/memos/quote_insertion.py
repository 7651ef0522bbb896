"""A quote for a memo: chosen among the codings, and put at the end of its text."""

from __future__ import annotations

import streamlit as st

from qualcode.model import CONSENSUS

from ... import session
from ...widgets.passages import quote_text

LONGEST = 90


def quote_select(field: str) -> None:
    """Offer the coder's own quotes, to put at the end of the text in a field.

    Args:
        field: Key of the text field.
    """
    _ = session.words()
    labels = session.labels() if session.find_codebook() is not None else {}
    coder, flowing = session.coder(), dict[str, str]()
    quotes = {
        f"“{quote_text(coding, flowing)}” ({coding.transcript})": labels.get(
            coding.code, coding.code
        )
        for coding in session.project().codings.collect()
        if coding.coder in {coder, CONSENSUS}
    }
    if not quotes:
        return

    def name(quote: str) -> str:
        short = quote if len(quote) <= LONGEST else quote[:LONGEST] + " …"
        return f"{quotes[quote]}: {short}"

    st.selectbox(
        _("Insert a quote"),
        list(quotes),
        index=None,
        format_func=name,
        placeholder=_("Insert a quote"),
        label_visibility="collapsed",
        key=f"quote-{field}",
        on_change=_insert,
        args=(field,),
    )


def _insert(field: str) -> None:
    quote = st.session_state.get(f"quote-{field}")
    if quote:
        before = str(st.session_state.get(field, "")).rstrip()
        st.session_state[field] = f"{before}\n{quote}" if before else str(quote)
        # Emptied, so that the same quote can be chosen again.
        st.session_state[f"quote-{field}"] = None
