"""The choice of the coder, and of two coders to compare."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from qualcode.errors import QualcodeError

from .. import session
from ..page_links import open_page
from .notices import notify
from .text import escape_markdown

# Of coders in the order in which they came into the project; white letters stand out on each.
_COLORS = ("#0f766e", "#b45309", "#1d4ed8", "#a21caf", "#4d7c0f", "#b91c1c", "#0369a1", "#7c2d12")


def coder_color(name: str) -> str:
    """Return the color of a coder, the same on every page and in every window."""
    everyone = session.coders()
    return _COLORS[everyone.index(name) % len(_COLORS)] if name in everyone else "#57606a"


def coder_form(*, may_join: bool = True) -> None:
    """Ask for the coder of this window.

    Args:
        may_join: Whether somebody new may give a name.
    """
    _ = session.words()
    st.header(_("Who is coding?"), anchor=False)
    st.write(
        _("Codings carry the name of the coder, so that two coders can be compared.")
        if may_join
        else _("This project has a list of people. Choose your name.")
    )
    with st.container(horizontal=True):
        coder_buttons("coder")
    if may_join:
        new_coder_field("coder", _("Your name or initials"), _("Start coding"), switch=True)


def coder_buttons(key: str, *, names: Iterable[str] | None = None) -> None:
    """Show a button for each coder, which makes them the coder of this window."""
    current = session.coder()
    for name in session.people() if names is None else names:
        # In a callback: the click is there before the page asks again who is coding.
        st.button(
            escape_markdown(name),
            key=f"{key}-{name}",
            icon=":material/check:" if name == current else ":material/person:",
            type="primary" if name == current else "secondary",
            on_click=session.set_coder,
            args=(name,),
        )


def new_coder_field(key: str, label: str, button: str, *, switch: bool) -> None:
    """Show a field for the name of a coder that the project does not know yet.

    Args:
        key: Key of the form.
        label: What stands over the field.
        button: What stands on the button.
        switch: Whether the new coder is the coder of this window from then on.
    """
    with (
        st.form(f"{key}-form", border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(label, max_chars=40, width=260, key=f"{key}-new")
        st.form_submit_button(
            button,
            type="primary" if switch else "secondary",
            on_click=_add_coder,
            args=(f"{key}-new", switch),
        )


def _add_coder(field: str, switch: bool) -> None:
    _ = session.words()
    name = str(st.session_state[field]).strip()
    if not name:
        return
    try:
        session.project().rounds.add_coder(name)
    except QualcodeError as error:
        notify(_.translate(str(error)))
        return
    if switch:
        session.set_coder(name)
    else:
        notify(_("{coder} can code in this project now.", coder=name))


def coder_pair_select() -> tuple[str, str] | None:
    """Return the two coders to compare; with too few coders, explain it and return None."""
    _ = session.words()
    everyone = session.coders()
    if len(everyone) < 2:
        st.info(
            _(
                "Agreement is between two coders, and this project has {count}. Add the other "
                "coder on the Project page, under Coders and rounds, and let both code the same "
                "interview.",
                count=len(everyone),
            )
        )
        if st.button(_("Go to the project"), type="primary"):
            open_page("project")
        return None
    if len(everyone) == 2:
        return everyone[0], everyone[1]
    with st.container(horizontal=True):
        first = str(st.selectbox(_("First coder"), everyone, width=200, key="coder-a"))
        other_coders = [name for name in everyone if name != first]
        second = str(st.selectbox(_("Second coder"), other_coders, width=200, key="coder-b"))
    return first, second
