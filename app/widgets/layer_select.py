"""The choice of the layer: whose codings a report is about."""

from __future__ import annotations

import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.model import CONSENSUS
from qualcode.project import FINAL

from .. import session


def layer_select(key: str) -> str:
    """Let the reader choose a layer, and return it."""
    _ = session.words()
    settled = _final_exists()
    # Without a consensus the final layer would mix two versions of the same interview.
    layers = _layers() if settled else _layers()[1:]
    names = {FINAL: _("Final codings"), CONSENSUS: _("Consensus")}
    chosen = st.selectbox(
        _("Codings of"), layers, key=key, format_func=lambda name: names.get(name, name), width=220
    )
    layer = str(chosen or layers[0])
    if not settled:
        st.caption(
            _(
                "Two coders differ and not everything is settled yet: choose one of them, "
                "or settle it."
            )
        )
    elif layer == FINAL:
        _warn_of_open_disagreements()
    return layer


def _warn_of_open_disagreements() -> None:
    _ = session.words()
    project, coders = session.project(), session.coders()
    if CONSENSUS not in project.coders() or len(coders) != 2:
        return
    pair = (coders[0], coders[1])
    count = _open_disagreements(session.view(), pair, project.revision())
    if count:
        st.caption(
            _.many(
                "{count} disagreement is still open: what is disputed is not in the final "
                "codings yet.",
                "{count} disagreements are still open: what is disputed is not in the final "
                "codings yet.",
                count,
            )
        )


def _layers() -> tuple[str, ...]:
    """Return all layers: the final codings, then those of each coder."""
    return (FINAL, *(name for name in session.project().coders() if name != FINAL))


def _final_exists() -> bool:
    """Tell whether the final layer exists: no transcript has two coders and no consensus."""
    try:
        session.project().layer(FINAL)
    except UndefinedRequestError:
        return False
    return True


@st.cache_data(show_spinner=False, max_entries=2)
def _open_disagreements(key: str, coders: tuple[str, str], revision: int) -> int:
    # They are only there to make the cache forget the number after a change.
    del key, revision
    return len(session.project().open_disagreements(coders))
