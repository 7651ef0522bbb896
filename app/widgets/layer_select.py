"""The choice of the layer: whose codings a report is about."""

from __future__ import annotations

import streamlit as st

from qualcode.errors import UndefinedRequestError
from qualcode.model import CONSENSUS, UNION
from qualcode.project import FINAL

from .. import session


def layer_select(key: str) -> str:
    """Let the reader choose a layer, and return it."""
    _ = session.words()
    settled = _final_exists()
    # Without a consensus the final layer would mix two versions of the same interview.
    layers = _layers() if settled else _layers()[1:]
    names = {
        FINAL: _("Final codings"),
        CONSENSUS: _("Consensus"),
        UNION: _("All coders together"),
    }
    chosen = st.selectbox(
        _("Codings of"), layers, key=key, format_func=lambda name: names.get(name, name), width=220
    )
    layer = str(chosen or layers[0])
    if not settled:
        st.caption(
            _(
                "The coders differ, and not every disagreement is resolved yet: choose whose "
                "codings count, or resolve the disagreements. All reports and files say what "
                "you chose."
            )
        )
    elif layer == UNION:
        st.caption(_("What any of them coded, each passage once."))
    elif layer == FINAL:
        _warn_of_open_disagreements()
    return layer


def _warn_of_open_disagreements() -> None:
    _ = session.words()
    project, coders = session.project(), session.coders()
    if CONSENSUS not in project.rounds.coders() or len(coders) != 2:
        return
    pair = (coders[0], coders[1])
    count = _open_disagreements(session.view(), pair, project.history.revision())
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
    """Return all layers: the final codings, those of all coders, and those of each coder."""
    coders = [name for name in session.project().rounds.coders() if name not in {FINAL, UNION}]
    people = [name for name in coders if name != CONSENSUS]
    return (FINAL, *([UNION] if len(people) > 1 else ()), *coders)


def _final_exists() -> bool:
    """Tell whether the final layer exists: no transcript has two coders and no consensus."""
    try:
        session.project().codings.collect_layer(FINAL)
    except UndefinedRequestError:
        return False
    return True


@st.cache_data(show_spinner=False, max_entries=2)
def _open_disagreements(key: str, coders: tuple[str, str], revision: int) -> int:
    # They are only there to make the cache forget the number after a change.
    del key, revision
    return len(session.project().adjudication.open_disagreements(coders))
