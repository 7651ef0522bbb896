"""What a role may do on each page: said before somebody works in vain."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from qualcode.model.team import ROLE_NAMES, Right

from . import session

_RIGHTS: Mapping[str, tuple[Right, ...]] = {
    "project": (Right.DATA, Right.ROUNDS, Right.COPY),
    "transcripts": (Right.DATA, Right.ERASE),
    "codebook": (Right.CODEBOOK,),
    "coding": (Right.CODE,),
    "search": (Right.CODE,),
    "answers": (Right.CODE, Right.DATA),
    "suggestions": (Right.CODE,),
    "adjudication": (Right.WRITE,),
    "framework": (Right.WRITE,),
    "findings": (Right.WRITE,),
    "typology": (Right.WRITE,),
    "quotes": (Right.WRITE,),
    "figures": (Right.WRITE,),
    "memos": (Right.WRITE,),
    "names": (Right.ERASE,),
}
"""The rights of which a person needs one to change anything on a page; other pages only show."""


def tell_role(page: str) -> None:
    """Say on a page that the role of who is in this window changes nothing on it.

    Buttons stay: the list of people may change while the page is open, and the project decides
    when something is asked for.
    """
    rights = _RIGHTS.get(page, ())
    if not rights or not session.has_list() or any(map(session.has_right, rights)):
        return
    _ = session.words()
    role = session.project().rounds.team.collect().role_of(session.coder())
    if role is not None:
        st.caption(
            ":material/visibility: "
            + _(
                "Your role in this project is {role}: you can look at this page, but change "
                "nothing on it.",
                role=ROLE_NAMES[role],
            )
        )
